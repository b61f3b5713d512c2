"""Which frame the sound card takes at which moment: a running fit of its clock to ours."""

from collections import deque

from psoas_cli.audio.samples import RATE

_WINDOW = 10.0  # seconds looked back: a card that strays 0.2 s an hour is followed within 0.6 ms
_LATE = 0.05  # seconds behind the fit from which a report is late
_PATIENCE = 1.5  # seconds of nothing but late reports, after which it is the stream that was held up


class ClockFit:
    """A line through the reports "by now so many frames are taken", in clock seconds.

    Reports come late (another thread was busy), never early: the earliest of the last ten seconds, counted
    against the frames, tells the truth. When every report stays late the card has stood still, and the line
    begins anew.
    """

    def __init__(self) -> None:
        self._begins: deque[tuple[float, float]] = (
            deque()
        )  # (when reported, when frame 0 was taken by it), rising in both
        self._late_since: float | None = None

    def report(self, frames: int, now: float) -> None:
        """*frames* were taken before the clock read *now*."""
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

    @property
    def ready(self) -> bool:
        """Whether there was a report yet."""
        return bool(self._begins)

    def frame_at(self, moment: float) -> int:
        """The frame that is taken at the clock's *moment*. Only after a report."""
        return round((moment - self._begins[0][1]) * RATE)

    def moment_of(self, frame: int) -> float:
        """The clock's moment at which *frame* is taken. Only after a report."""
        return self._begins[0][1] + frame / RATE
