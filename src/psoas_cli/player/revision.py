"""The score of a session: its timeline, and how keys change it from where it is on."""

from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.timeline import Timeline, changed, eased

_EASIER = Text("Easier from the next breath on: {counts}", "Makkelijker vanaf de volgende ademhaling: {counts}")
_EASIEST = Text(
    "No easier breath here; your own is always fine.",
    "Dit is hier het makkelijkste ritme. Je eigen adem is altijd goed.",
)
_LONGER = Text("{seconds} s more", "{seconds} s langer")
_SHORTER = Text("{seconds} s less", "{seconds} s korter")
_ON_BOTH_SIDES = Text("{change}, on both sides", "{change}, aan beide kanten")


class Edits:
    """A timeline that a person changes while it plays.

    Attributes:
        timeline: As it is now.
        changes: What was changed: `hold` or `breath`, at which second, by how many seconds.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.changes: list[tuple[str, float, float]] = []

    def can_change(self, position: float) -> bool:
        """Whether what is at *position* can be longer or shorter: not the time to move, nor a scan."""
        segment = self.timeline.span_at(position).segment
        return not segment.moving and segment.kind != "scan"

    def lengthen(self, at: float, seconds: float) -> Text:
        """Let the hold at *at* be longer by *seconds*, or shorter, from there on; what there is to say of it."""
        index = self.timeline.index_at(at)
        span = self.timeline.spans[index]
        self.timeline = changed(self.timeline, at, seconds)
        self.changes.append(("hold", at, seconds))
        difference = self.timeline.spans[index].length - span.length
        text = (_LONGER if difference > 0 else _SHORTER).filled(seconds=round(abs(difference)))
        return _ON_BOTH_SIDES.filled(change=text) if span.segment.turn == 1 else text

    def ease(self, at: float) -> Text:
        """Let the breath be easier from the one after *at* on, where it can be; what there is to say of it."""
        timeline = eased(self.timeline, at)
        course = timeline.span_at(at).course if timeline else None
        if not (timeline and course):
            return _EASIEST
        self.timeline = timeline
        self.changes.append(("breath", at, 0.0))
        return _EASIER.filled(counts=course.pattern.counts)
