"""`psoas show`: the plan of a practice."""

import json
from collections.abc import Iterable
from pathlib import Path

from psoas_cli.cli import caring, choosing, language
from psoas_cli.cli.caring import Cared
from psoas_cli.cli.printing import bold, wrapped, write
from psoas_cli.live.lines import length_of, whole_of
from psoas_cli.practice import words
from psoas_cli.practice.care import Change
from psoas_cli.practice.cautions import STOP_SIGNS, advised, in_order, in_short
from psoas_cli.practice.durations import clock_text
from psoas_cli.practice.fitting import as_written, fit, own_length
from psoas_cli.practice.patterns import title_of
from psoas_cli.practice.pieces import plan_name
from psoas_cli.practice.plan import optional_steps
from psoas_cli.practice.sequence import Sequence
from psoas_cli.practice.text import Lang, shown
from psoas_cli.practice.timeline import Cue, Span, Timeline
from psoas_cli.store import folders
from psoas_cli.store.config import read_config


def print_plan(name: str, minutes: float | None, asked: str | None, breath: str | None, *, as_json: bool) -> None:
    """Print the plan of the practice *name*, fitted to *minutes* where these are given."""
    cared, lang = _cared(name, minutes, asked, breath)
    write(_as_json(cared, lang) if as_json else _as_text(cared, lang))


def write_page(
    name: str, minutes: float | None, asked: str | None, breath: str | None, output: str, *, force: bool
) -> None:
    """Write the plan of the practice *name*, with its texts and pictures, into the page *output*.

    Raises:
        PsoasError: It cannot be written, or there is another file there and no *force*.
    """
    from psoas_cli.cli.printable import page
    from psoas_cli.store.writing import see_place, write_file

    path = Path(output).expanduser()
    see_place(path, force=force)
    cared, lang = _cared(name, minutes, asked, breath)
    write_file(path, page(cared, lang), force=force)
    write(words.PAGE_WRITTEN.filled(file=shown(str(path)), title=cared.sequence.title).said(lang))


def _cared(name: str, minutes: float | None, asked: str | None, breath: str | None) -> tuple[Cared, Lang]:
    from psoas_cli.store.library import Library

    config = read_config(folders.config_file())
    lang = language.choose(asked, config.lang)
    sequence = choosing.with_breath(Library(lang, config.bells).sequence(name), breath, None)
    return caring.cared(sequence, choosing.seconds_of(minutes), config.care, config.lead_in), lang


def _as_json(cared: Cared, lang: Lang) -> str:
    from psoas_cli.sound.tail import tail_of

    sequence, timeline = cared.sequence, cared.timeline
    plan: dict[str, object] = {
        "id": sequence.id,
        "title": sequence.title.said(lang),
        "duration_s": timeline.duration,
        "tail_s": tail_of(sequence.bells.close),
        "props": [prop.said(lang) for prop in sequence.props],
        "cautions": list(in_order(sequence.cautions)),
        "spans": [_span(span, lang) for span in timeline.spans],
        "cues": [_cue(cue, lang) for cue in timeline.cues],
    }
    if cared.changes:
        plan["changes"] = [_change(change, lang) for change in cared.changes]
    return json.dumps(plan, ensure_ascii=False, indent=2)


def _span(span: Span, lang: Lang) -> dict[str, object]:
    piece = span.piece
    return {
        "start_s": span.start,
        "end_s": span.end,
        "kind": piece.kind,
        "pose": piece.pose.id or None if piece.pose else None,
        "title": piece.title.said(lang, piece.side),
        "side": piece.side,
        "breath": span.course.pattern.name if span.course else None,
        "stop": span.stop,
    }


def _cue(cue: Cue, lang: Lang) -> dict[str, object]:
    found: dict[str, object] = {
        "at_s": cue.at,
        "kind": "bell" if cue.bell else "say",
        "sound": cue.bell.sound if cue.bell else cue.audio,
        "strikes": cue.bell.strikes if cue.bell else None,
        "text": " ".join(cue.shown(lang) or cue.spoken(lang)) or None,
    }
    return found if cue.bell else found | {"spoken": list(cue.spoken(lang)), "stop": cue.stop or None}


def _change(change: Change, lang: Lang) -> dict[str, object]:
    now = change.now.said(lang) if change.now else None
    return {"was": change.was.said(lang), "now": now, "cautions": list(change.cautions)}


def _as_text(cared: Cared, lang: Lang) -> str:
    sequence, timeline = cared.sequence, cared.timeline
    lines = [bold(sequence.title.said(lang))]
    if sequence.summary:
        lines += ["", *wrapped(sequence.summary.said(lang))]
    lines.append("")
    for heading, said in facts(sequence, timeline, lang):
        lines += wrapped(said, f"{heading}: ")
    lines.append("")
    for index, span in enumerate(timeline.spans):
        if span.piece.kind != "scan" or span.stop:
            lines.append(_plan_line(timeline, index, lang))
    lines.append(f"{'':>4}  {clock_text(timeline.duration):>7}  {words.END.said(lang)}")
    for remark in (*cared.notes(lang), *remarks(sequence, timeline, lang)):
        lines += ["", *wrapped(remark)]
    if sequence.cautions:
        lines += [*advice(sequence.cautions, lang), "", *wrapped(STOP_SIGNS.said(lang))]
    return "\n".join(lines)


def advice(cautions: Iterable[str], lang: Lang) -> list[str]:
    """What there is instead, for each of the *cautions*, below the headings of their groups."""
    lines = []
    for heading, part in advised(cautions, lang):
        lines += ["", bold(heading)]
        for name, said in part:
            lines += wrapped(said, f"{name}: ")
    return lines


def _plan_line(timeline: Timeline, index: int, lang: Lang) -> str:
    span = timeline.spans[index]
    length = length_of(timeline, index)
    number = str(span.stop) if span.stop else ""
    parts = (plan_name(span.piece, lang), _other_length(timeline, index, lang), breath_of(span, lang))
    said = " · ".join(part for part in parts if part)
    line = f"{number:>4}  {clock_text(span.start):>7}  {clock_text(length):>6}  {said}"
    return bold(line) if span.stop else line


def breath_of(span: Span, lang: Lang) -> str:
    """How many breaths are paced in *span*, and of which pattern; nothing where none is."""
    if span.course is None:
        return ""
    title = title_of(span.course.pattern).said(lang).lower()
    return words.BREATHS.filled(count=span.course.breaths, pattern=title).said(lang)


def _other_length(timeline: Timeline, index: int, lang: Lang) -> str:
    """How long what begins with span number *index* lasts in the sequence itself, where it is fitted to another."""
    own = clock_text(sum(own_length(span.piece) for span in whole_of(timeline, index)))
    if own == clock_text(length_of(timeline, index)):
        return ""
    return words.OWN_LENGTH.filled(time=own).said(lang)


def facts(sequence: Sequence, timeline: Timeline, lang: Lang) -> list[tuple[str, str]]:
    """What there is to know before a practice: each a heading and a line."""
    props = ", ".join(prop.said(lang) for prop in sequence.props)
    found = [(words.LENGTH.said(lang), clock_text(timeline.duration))]
    if sequence.level:
        found.append((words.LEVEL.said(lang), words.LEVELS[sequence.level].said(lang)))
    if props or any(span.piece.pose for span in timeline.spans):
        found.append((words.PROPS.said(lang), props or words.NO_PROPS.said(lang)))
    if sequence.cautions:
        found.append((words.CAUTIONS.said(lang), in_short(sequence.cautions, lang)))
    if sequence.credit:
        found.append((words.CREDIT.said(lang), sequence.credit.said(lang)))
    return found


def remarks(sequence: Sequence, timeline: Timeline, lang: Lang) -> list[str]:
    """What fitting did that a person should know: quiet time at the end, steps left out."""
    found = []
    last = timeline.spans[-1]
    if last.piece.kind == "quiet":
        found.append(words.QUIET_ADDED.filled(time=clock_text(last.length)).said(lang))
    if optional_steps(sequence) and abs(timeline.duration - sum(as_written(sequence).lengths)) > 1e-6:
        left_out = fit(sequence, timeline.duration).left_out
        if left_out:
            found.append(words.LEFT_OUT.filled(count=left_out).said(lang))
    return found
