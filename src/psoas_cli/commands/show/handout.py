"""`psoas show --html`: makes a page to print, with pictures, that refers to no other files and has no scripts.

Any text may come from a stranger, so every text goes through `escape` and never becomes markup.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from psoas_cli.cli.markup import care, facts_list, paragraph, picture
from psoas_cli.player.adaptation import Adaptation
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.poses import NOTICE, TWO_SIDES, WAY_IN, WAY_OUT
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import END, INVITATION, TAKE_CARE, breath_of, facts, open_of, remarks
from psoas_cli.practice.score.overview import PLAN, length_of, listed, whole_of
from psoas_cli.practice.score.segments import Segment, plan_name
from psoas_cli.practice.score.timeline import Span, Timeline
from psoas_cli.tui.svg import Colours

_STEPS = Text("Step by step", "Stap voor stap")
_SAID = Text("Along the way", "Onderweg")
_MADE = Text("Made with psoas.", "Gemaakt met psoas.")

_COLOURS = Colours(
    "#f6f4ef",
    {
        "ground": "#a9a49a",
        "prop": "#b79c74",
        "far": "#8b8f93",
        "body": "#3c434a",
        "over": "#3c434a",
        "arrow": "#1d7f86",
    },
)


def page(adaptation: Adaptation, lang: Lang) -> str:
    """Return the practice as a page of HTML."""
    sequence, timeline = adaptation.sequence, adaptation.timeline
    title = escape(sequence.title.said(lang))
    style = Path(__file__).with_name("page.css").read_text("utf-8")
    parts = [
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<h1>{title}</h1>",
        paragraph(sequence.summary.said(lang)),
        facts_list(facts(sequence, timeline, lang)),
        *(paragraph(remark) for remark in (*adaptation.notes(lang), *remarks(sequence, timeline, lang))),
        f"<h2>{PLAN.said(lang)}</h2>",
        _plan(timeline, lang),
        f"<h2>{_STEPS.said(lang)}</h2>",
        *_cards(timeline, lang),
        *_advice(sequence.cautions, lang),
        paragraph(INVITATION.said(lang)),
        f'<p class="small">{_MADE.said(lang)}</p>\n</body>\n</html>\n',
    ]
    return "\n".join(part for part in parts if part)


def _plan(timeline: Timeline, lang: Lang) -> str:
    rows = ["<table>"]
    for index in listed(timeline):
        span = timeline.spans[index]
        parts = (plan_name(span.segment, lang), open_of(span, lang), breath_of(span, lang))
        said = " · ".join(part for part in parts if part)
        cells = (str(span.stop or ""), clock_text(span.start), clock_text(length_of(timeline, index)))
        times = "".join(f'<td class="time">{cell}</td>' for cell in cells)
        row = '<tr class="stop">' if span.stop else "<tr>"
        rows.append(f"{row}{times}<td>{escape(said)}</td></tr>")
    end = f'<td></td><td class="time">{clock_text(timeline.duration)}</td><td></td><td>{END.said(lang)}</td>'
    return "\n".join([*rows, f"<tr>{end}</tr>", "</table>"])


def _cards(timeline: Timeline, lang: Lang) -> Iterator[str]:
    """Yield a card for each pose or other span with texts, for both sides together, and each only once."""
    told = set()
    for index, span in enumerate(timeline.spans):
        segment = span.segment
        if segment.turn == 2 or segment.kind in {"lead-in", "quiet"} or (segment.kind == "scan" and not span.stop):
            continue
        along = _along(timeline, index, lang)
        texts = list(filter(None, _texts(timeline, index, lang)))
        known = (segment.pose and segment.pose.id, segment.title, segment.way_in)
        if (texts or along) and (along or segment.pose is None or known not in told):
            yield _card(segment, _heading(span, lang), [*texts, *along], lang)
        told.add(known)


def _heading(span: Span, lang: Lang) -> str:
    segment = span.segment
    name = plan_name(replace(segment, turn=0), lang)
    sides = TWO_SIDES.said(lang) if segment.turn else ""
    return escape(" · ".join(part for part in (str(span.stop or ""), name, sides) if part))


def _texts(timeline: Timeline, index: int, lang: Lang) -> Iterator[str]:
    """Yield the way in, what to notice and the way out; for time to move, only texts that are not in those."""
    segment = timeline.spans[index].segment
    if segment.moving:
        around = timeline.spans[max(0, index - 1) : index + 2]
        ways = {text for each in around for text in (each.segment.way_in, each.segment.second, each.segment.way_out)}
        parts = (part for told in segment.told for part in told.parts)
        yield from (paragraph(part.said(lang)) for part in parts if not part.heading and part.text not in ways)
        return
    posed = segment.pose is not None
    yield paragraph(segment.way_in.said(lang, segment.side), WAY_IN.said(lang) if posed else "")
    if segment.kind == "scan":
        yield paragraph(" · ".join(region.segment.title.said(lang) for region in whole_of(timeline, index)))
    yield paragraph(" ".join(text.said(lang, segment.side) for text in segment.notice), NOTICE.said(lang))
    yield paragraph(segment.way_out.said(lang, segment.side), WAY_OUT.said(lang))


def _along(timeline: Timeline, index: int, lang: Lang) -> list[str]:
    """Return the cues during span number *index*, and during its other side."""
    pair = timeline.spans[index].segment.pair
    both = {
        i for i, span in enumerate(timeline.spans) if i == index or (pair is not None and span.segment.pair == pair)
    }
    cues = (cue for cue in timeline.cues if cue.role == "say" and cue.span in both)
    said = dict.fromkeys(line for cue in cues for line in cue.shown(lang) if line)
    return [paragraph(text, _SAID.said(lang)) for text in said]


def _card(segment: Segment, heading: str, texts: list[str], lang: Lang) -> str:
    drawn = picture(segment.figure, segment.title.said(lang), _COLOURS) if segment.figure else "<div></div>"
    return "\n".join([f"<article>{drawn}<div>", f"<h3>{heading}</h3>", *texts, "</div></article>"])


def _advice(cautions: tuple[str, ...], lang: Lang) -> Iterator[str]:
    if not cautions:
        return
    yield f"<h2>{TAKE_CARE.said(lang)}</h2>"
    yield from care(cautions, lang)
