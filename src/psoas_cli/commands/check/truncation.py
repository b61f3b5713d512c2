"""Checks that the texts of a file fit on a screen of 80 by 24."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from rich.cells import cell_len

from psoas_cli.practice.format.nodes import Notebook
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Lang, Text
from psoas_cli.practice.score.timeline import OFFERS, Span, Timeline
from psoas_cli.practice.score.view import View, view_at
from psoas_cli.tui import headline, regions
from psoas_cli.tui.layout import Size, layout
from psoas_cli.tui.screen import arrangement_of
from psoas_cli.tui.status import Status

_SIZE = Size(80, 24)
Place = Literal["header", "main", "text"]


class Lack(NamedTuple):
    """A place that is too small, with the rows (for `text`) or columns *needed*, and its *room*."""

    place: Place
    needed: int
    room: int


class _Cut(NamedTuple):
    """A text that is cut, and the place that lacks room for it."""

    text: Text
    lack: Lack
    lang: Lang


def warn_of_cuts(notebook: Notebook, sequence: Sequence, timeline: Timeline) -> None:
    """Warn of the texts in the file that are cut on the screen, each once, where it is worst."""
    worst: dict[Text, _Cut] = {}
    for cut in _cuts(notebook, sequence, timeline):
        known = worst.get(cut.text)
        if known is None or cut.lack.needed > known.lack.needed:
            worst[cut.text] = cut
    for text, cut in worst.items():
        notebook.warn(notebook.written[text], _said(cut))


def _cuts(notebook: Notebook, sequence: Sequence, timeline: Timeline) -> Iterator[_Cut]:
    for lang in LANGS:
        seen = set()
        for status, told in _statuses(sequence, timeline, lang):
            view = status.view
            looks = (view.title, view.side, view.lines, view.offer, view.name_first)
            if looks in seen:  # a repeat looks the same
                continue
            seen.add(looks)
            for lack in lacks(status, _SIZE):
                among = {"header": (sequence.title,), "main": told[:1], "text": told[1:]}[lack.place]
                own = [text for text in among if text in notebook.written]
                if own:
                    yield _Cut(max(own, key=lambda text: len(text.said(lang))), lack, lang)


def _statuses(sequence: Sequence, timeline: Timeline, lang: Lang) -> Iterator[tuple[Status, tuple[Text, ...]]]:
    """Yield the practice at every change of text, with the texts on the screen: a title, then the others."""
    for index, span in enumerate(timeline.spans):
        cues = [cue for cue in timeline.cues_in(span.start, span.end) if cue.role in OFFERS]
        title = _subject(timeline, index).segment.title
        told = [part.text for each in span.segment.told for part in each.parts if not part.heading] or [
            span.segment.way_in
        ]
        begun = view_at(timeline, span.start, lang)
        held = replace(begun, name_first=begun.name_first and begun.kind != "hold")
        yield _status(sequence, begun, lang), (title, *told)
        yield _status(sequence, held, lang), (title, *told)
        for cue in cues:
            if cue.span == index and (offer := " ".join(cue.shown(lang))):
                offering = replace(held, offer=offer)
                yield _status(sequence, offering, lang), (title, *told, *(part.text for part in cue.told.parts))


def _status(sequence: Sequence, view: View, lang: Lang) -> Status:
    return Status(lang, sequence.title.said(lang), "playing", view, "00:00")


def _subject(timeline: Timeline, index: int) -> Span:
    """Return the span that the screen names at *index*: while moving the next one to stay in, else the span itself."""
    return next(timeline.stays_from(index), timeline.spans[index])


def _said(cut: _Cut) -> str:
    place, needed, room = cut.lack
    what = f"this text is cut on a screen of {_SIZE.width}x{_SIZE.height} in {LANGUAGES[cut.lang].en}"
    if place == "text":
        return f"{what}: with the texts beside it, it takes {needed} lines, but there are {room}"
    return f"{what}: it takes {needed} columns, but there are {room}"


def lacks(status: Status, size: Size) -> list[Lack]:
    """Return the places that are too small for their contents at *status*, on a screen of *size*."""
    rooms = {region.name: region for region in layout(size, arrangement_of(status))}
    main, header, text = rooms["main"], rooms["header"], rooms.get("text", rooms["main"])  # alone, it has no text
    title, right = regions.header_of(status)
    large = headline.main_of(status)
    rows = len(regions.wrapped(regions.shortest(regions.told_lines(status)), text.width))
    found = [
        Lack("text", rows, text.height),
        Lack("main", max(map(cell_len, (large.headline, large.second))), main.width),
        Lack("header", cell_len(title), header.width - cell_len(" · ".join(right)) - 2),
    ]
    return [each for each in found if each.needed > each.room]
