"""The bells of a practice, and whether those of a person's own can be played."""

from psoas_cli.practice.model.sequence import SOUNDS, Bell, Sequence
from psoas_cli.practice.score.timeline import Timeline


def bells_of(sequence: Sequence, timeline: Timeline) -> set[Bell]:
    """The bells that may ring: those of *timeline*, and what pausing and ending ring."""
    timed = {cue.bell for cue in timeline.cues if cue.bell}
    return timed | {bell for bell in (sequence.bells.hold, sequence.bells.close) if bell}


def check_sounds(sequence: Sequence, timeline: Timeline) -> None:
    """See that a person's own bells can be played, before the practice begins.

    Raises:
        PsoasError: Where one cannot.
    """
    own = {bell.sound for bell in bells_of(sequence, timeline)} - set(SOUNDS)
    if own:
        from psoas_cli.audio.sink import check

        for path in sorted(own):
            check(path)
