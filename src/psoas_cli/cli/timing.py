"""Whether a file leaves time to do what it tells, and silence: as written, and at its least and greatest length."""

from collections.abc import Iterator

from psoas_cli.practice.audit import Finding, audit
from psoas_cli.practice.durations import duration_text
from psoas_cli.practice.fitting import feasible_minutes
from psoas_cli.practice.nodes import Notebook, Place
from psoas_cli.practice.sequence import Sequence
from psoas_cli.practice.text import LANGS
from psoas_cli.practice.timeline import Span, Timeline, compile_sequence

_SAID = {
    "unsaid": "what is told here has no time to be said calmly: {seconds:.0f} s too little",
    "talked over": "what is told before the rest between the sides goes on into it",
    "noisy": "no silence of half of this hold: the longest is {seconds:.0f} s of {length:.0f} s",
}


def warn_of_haste(notebook: Notebook, sequence: Sequence) -> None:
    """Note in *notebook* where there is too little time to move, to speak, or to be silent, each place once."""
    noted: set[tuple[str, Place]] = set()
    for kind, place, message in _found(notebook, sequence):
        if (kind, place) not in noted:
            noted.add((kind, place))
            notebook.warn(place, message)


def _found(notebook: Notebook, sequence: Sequence) -> Iterator[tuple[str, Place, str]]:
    timelines = [*_lengths(sequence)]
    for span in timelines[0].spans:
        if (
            span.piece.moving
            and not span.piece.auto
            and span.length < span.piece.takes
            and (place := _place(notebook, span))
        ):
            yield f"move {span.piece.kind}", place, _short(span)
    for timeline in timelines:
        for lang in LANGS:
            for finding in audit(timeline, lang):
                span = timeline.spans[finding.span]
                if finding.kind in _SAID and (place := _place(notebook, span)):
                    yield finding.kind, place, _told(finding, span)


def _lengths(sequence: Sequence) -> Iterator[Timeline]:
    """The practice as written, and at its least and its greatest length."""
    yield compile_sequence(sequence)
    low, high = feasible_minutes(sequence)
    if low <= high:
        yield from (compile_sequence(sequence, minutes * 60.0) for minutes in {low, high})


def _place(notebook: Notebook, span: Span) -> Place | None:
    if span.piece.kind == "lead-in":
        return notebook.lead_in
    return notebook.steps[span.piece.step] if 0 <= span.piece.step < len(notebook.steps) else None


def _short(span: Span) -> str:
    written, takes = duration_text(span.length), duration_text(span.piece.takes)
    return f"{written} to move here is short: told calmly and done without haste it takes {takes}, as auto would give"


def _told(finding: Finding, span: Span) -> str:
    return _SAID[finding.kind].format(seconds=finding.seconds, length=span.length)
