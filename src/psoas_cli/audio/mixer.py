"""The mixer: sounds placed on a tape of frames and summed as it is pulled. It knows no clock, device or file."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import Literal

from psoas_cli.audio.bed_loop import Endless, Loop
from psoas_cli.audio.buffer import Buffer, Fade, Gain, PlainBuffer
from psoas_cli.audio.ducking import AFTER_BELLS, BED_BACK, DOWN, UNDER_BELLS, Duck, ducked, product
from psoas_cli.audio.samples import RATE, Samples, frames_of, silence

VoiceKind = Literal["bell", "breath", "speech"]
"""What a sound is. The number of bells sounding at once is limited, speech makes everything else softer, and bells the
loop."""

BELLS = 6
"""The most bells that sound at once; one more makes the oldest fade."""

_GIVE_WAY = 0.3  # seconds over which the oldest bell fades to make room
_GAIN_RAMP = 0.05  # seconds for a gain change of 1: fast enough for the keys, slow enough not to click


@dataclass(slots=True, eq=False)
class _Voice:
    """One sound on the tape, starting at the frame *start*."""

    samples: Samples
    start: int
    kind: VoiceKind
    ducks: tuple[Duck, ...] = ()
    fade_start: int = 0
    fade_frames: int = 0

    @property
    def end(self) -> int:
        whole = self.start + len(self.samples)
        return min(whole, self.fade_start + self.fade_frames) if self.fade_frames else whole

    @property
    def points(self) -> tuple[int, ...]:
        """The frames at which it starts, ends and starts to fade."""
        return (self.start, self.end, self.fade_start) if self.fade_frames else (self.start, self.end)

    def fade(self, at: int, frames: int) -> None:
        """Fade out over *frames* from the frame *at*, unless it is fading already or ends before that."""
        if not self.fade_frames and at + frames < self.end:
            self.fade_start, self.fade_frames = at, frames
            for duck in self.ducks:
                duck.end = min(duck.end, self.end)

    def put_on(self, strip: Buffer, first: int, last: int) -> None:
        """Add its frames from *first* up to *last*, both between the same two points, to *strip*."""
        fading = self.fade_frames and first >= self.fade_start
        fade = Fade(first - self.fade_start, self.fade_frames) if fading else None
        strip.add(self.samples[first - self.start : last - self.start], fade)


class Mixer:
    """A tape of 16-bit mono frames at 48 kHz, mixed as it is pulled.

    The result does not depend on the size of the blocks, except that a change of the gain takes at least one block.
    One thread renders; any other may place sounds, fade them and change the gain meanwhile. One loop may lie
    under them all.

    Args:
        gain: Factor on the mix: 1 leaves the sounds as they are, 0 is silent, 2 is 6 dB louder.
        strip: Makes the buffers in which sounds are summed.
    """

    def __init__(self, gain: float = 1.0, strip: Callable[[], Buffer] = PlainBuffer) -> None:
        self.gain = gain
        self._strip = strip
        self._gain_now = gain
        self._position = 0
        self._voices: list[_Voice] = []
        self._ducks: list[Duck] = []
        self._loop = Loop()
        self._loop_ducks: list[Duck] = []
        self._lock = Lock()

    @property
    def position(self) -> int:
        """The next frame to be rendered."""
        return self._position

    def place(self, samples: Samples, start: int, *, kind: VoiceKind) -> int:
        """Place *samples* on the tape from the frame *start*, or from the next one if that has passed.

        Returns:
            The frame at which they end.
        """
        with self._lock:
            voice = _Voice(samples, max(start, self._position), kind)
            self._voices.append(voice)
            begin = max(voice.start - DOWN, self._position)
            if kind == "speech":
                voice.ducks = Duck(begin, voice.end), Duck(begin, voice.end, back=BED_BACK)
                self._ducks.append(voice.ducks[0])
            elif kind == "bell":
                half = voice.start + len(samples) // 2
                voice.ducks = (Duck(begin, half, UNDER_BELLS, AFTER_BELLS),)
            self._loop_ducks += voice.ducks[-1:]
            return voice.end

    def lay(self, source: Endless) -> None:
        """Play *source* under everything else; unheard until `fade_loop` brings it in."""
        with self._lock:
            self._loop.lay(source, self._position)

    def fade_loop(self, level: float, seconds: float) -> None:
        """Bring what was laid to *level* (0..1) over *seconds*. `hush` leaves it alone."""
        with self._lock:
            self._loop.fade(level, self._position, seconds)

    @property
    def loop_is_heard(self) -> bool:
        """Whether what was laid is heard in the next frame, or fades."""
        return self._loop.is_heard(self._position)

    def start_over(self) -> None:
        """Drop everything at once; what was laid fades in again, if it was heard."""
        self.hush(0)
        with self._lock:
            self._loop.come_again(self._position)

    def hush(self, seconds: float, *, only: VoiceKind | None = None) -> None:
        """Drop what is to come and fade what is sounding over *seconds*; *only* limits this to one kind.

        If the rest had already become softer for speech that is dropped, it comes back.
        """
        with self._lock:
            frames = max(1, frames_of(seconds))
            kept = []
            for voice in self._voices:
                if only is not None and voice.kind != only:
                    kept.append(voice)
                elif voice.start < self._position:
                    voice.fade(self._position, frames)
                    kept.append(voice)
                else:
                    for duck in voice.ducks:
                        duck.give_up(self._position)
            self._voices = kept

    def render(self, frames: int) -> Samples:
        """Render the next *frames* of the tape."""
        with self._lock:
            begin, end = self._position, self._position + frames
            self._position = end
            self._voices = [voice for voice in self._voices if voice.end > begin]
            self._ducks = [duck for duck in self._ducks if duck.over > begin]
            self._loop_ducks = [duck for duck in self._loop_ducks if duck.over > begin]
            sounding = [voice for voice in self._voices if voice.start < end]
            _make_room(sounding, begin)
            looping = self._loop.is_heard(begin)
            if not (sounding or looping) or not (self.gain or self._gain_now):
                self._gain_now = self.gain
                return silence(frames)
            gain = self._gain_over(frames)
            block: Samples = array("h")
            for first, last in pairwise(self._cuts(sounding, begin, end, looping=looping)):
                part = gain[first - begin : last - begin] if isinstance(gain, array) else gain
                block.extend(self._mixed(sounding, first, last, part, looping=looping))
            return block

    def _cuts(self, voices: Iterable[_Voice], begin: int, end: int, *, looping: bool) -> list[int]:
        """*begin* and *end*, and in between the points of all *voices*, ducks and, if heard, the loop, in order."""
        points = [point for voice in voices for point in voice.points]
        points += [point for duck in self._ducks for point in duck.points]
        if looping:
            points += self._loop.points
            points += [point for duck in self._loop_ducks for point in duck.points]
        return [begin, *sorted({point for point in points if begin < point < end}), end]

    def _mixed(self, voices: Iterable[_Voice], first: int, last: int, gain: Gain, *, looping: bool) -> Samples:
        """The sum of *voices* between two cuts, over the loop if that is heard."""
        there = [voice for voice in voices if voice.start <= first < voice.end]
        if not (there or looping):
            return silence(last - first)
        strip = self._strip()
        others = [voice for voice in there if voice.kind != "speech"]
        for voice in others:
            voice.put_on(strip, first, last)
        softer = ducked(self._ducks, first, last)
        if others and softer != 1:
            strip.scale(softer)
        if looping:
            level = product(self._loop.level(first, last), ducked(self._loop_ducks, first, last))
            strip.add(self._loop.take(last - first), gain=level)
        for voice in there:
            if voice.kind == "speech":
                voice.put_on(strip, first, last)
        if gain != 1:
            strip.scale(gain)
        return strip.samples()

    def _gain_over(self, frames: int) -> Gain:
        """The gain over the next *frames*: constant, or a linear ramp after it was changed."""
        if self._gain_now == self.gain:
            return self.gain
        begin = self._gain_now
        furthest = frames / (_GAIN_RAMP * RATE)
        self._gain_now = begin + max(-furthest, min(furthest, self.gain - begin))
        step = (self._gain_now - begin) / frames
        return array("d", [begin + step * i for i in range(frames)])


def _make_room(sounding: Iterable[_Voice], position: int) -> None:
    """Fade the oldest bell wherever one that starts at *position* or later makes more than `BELLS` of them."""
    bells = sorted((voice for voice in sounding if voice.kind == "bell"), key=_start)
    for newest in bells:
        if newest.start >= position:
            there = [bell for bell in bells if bell.start <= newest.start < bell.end and not bell.fade_frames]
            if len(there) > BELLS:
                there[0].fade(newest.start, frames_of(_GIVE_WAY))


def _start(voice: _Voice) -> int:
    return voice.start
