"""Which frame the sound card takes when: a running fit of its clock to ours."""

from collections import deque

from psoas_cli.audio.samples import RATE

_WINDOW = 10.0  # seconds of reports kept: a card that drifts 0.2 s an hour is followed to within 0.6 ms
_LATE = 0.05  # seconds behind the fit from which a report counts as late
_PATIENCE = 1.5  # seconds of nothing but late reports, after which the card itself must have stalled


class ClockFit:
    """A line through reports of how many frames have been taken by which clock time, in seconds.

    Reports may be late (another thread was busy) but never early, so the earliest of the last ten seconds, relative
    to its frames, is the accurate one. If every report stays late, the card has stalled, and the fit starts again.
    """

    def __init__(self) -> None:
        # (when reported, when frame 0 was taken according to it), increasing in both
        self._begins: deque[tuple[float, float]] = deque()
        self._late_since: float | None = None
        self._zero: float | None = None  # when frame 0 was taken: all that other threads look at, replaced in one piece

    def report(self, frames: int, now: float) -> None:
        """Record that *frames* had been taken by the clock time *now*."""
        begin = now - frames / RATE
        if self._begins and begin > self._begins[0][1] + _LATE:
            if self._late_since is None:
                self._late_since = now
            elif now - self._late_since > _PATIENCE:
                self._begins.clear()
                self._late_since = None
        else:
            self._late_since = None
        while self._begins and self._begins[-1][1] >= begin:
            self._begins.pop()
        self._begins.append((now, begin))
        while self._begins[0][0] < now - _WINDOW:
            self._begins.popleft()
        self._zero = self._begins[0][1]

    @property
    def ready(self) -> bool:
        """Whether there has been a report."""
        return self._zero is not None

    def frame_at(self, moment: float) -> int:
        """The frame that is taken at the clock time *moment*. Call only if `ready`."""
        assert self._zero is not None
        return round((moment - self._zero) * RATE)

    def moment_of(self, frame: int) -> float:
        """The clock time at which *frame* is taken. Call only if `ready`."""
        assert self._zero is not None
        return self._zero + frame / RATE
