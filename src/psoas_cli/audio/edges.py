"""The edges of a recording: the silence around it is cut away, and it begins and ends without a click."""

from typing import NamedTuple

from psoas_cli.audio.loudness import peak_of
from psoas_cli.audio.samples import Samples, frames_of


class Edges(NamedTuple):
    """How a kind of sound begins and ends.

    Args:
        silent_before: The part of the peak (0..1) up to which what comes before it is silence.
        silent_after: The same of what comes after it.
        kept_before: Seconds of that silence that stay before it.
        kept_after: Seconds that stay after it.
        fade_in: Seconds in which it comes up from nothing.
        fade_out: Seconds in which it goes down to nothing.
        longest: Seconds, after which it fades out whatever is to come.
    """

    silent_before: float
    silent_after: float
    kept_before: float
    kept_after: float
    fade_in: float
    fade_out: float
    longest: float


def trimmed(samples: Samples, edges: Edges) -> Samples:
    """*samples* without the silence around, faded in and out; where it does that already it is not to be heard."""
    peak = peak_of(samples)
    last_frame = len(samples) - 1
    first = next((i for i, sample in enumerate(samples) if abs(sample) > peak * edges.silent_before), 0)
    last = next((i for i in range(last_frame, -1, -1) if abs(samples[i]) > peak * edges.silent_after), last_frame)
    begin = max(0, first - frames_of(edges.kept_before))
    sound = samples[begin : min(last + 1 + frames_of(edges.kept_after), begin + frames_of(edges.longest))]
    _fade(sound, edges)
    return sound


def _fade(sound: Samples, edges: Edges) -> None:
    fade_in = min(frames_of(edges.fade_in), len(sound) // 2)
    fade_out = min(frames_of(edges.fade_out), len(sound) // 2)
    for i in range(fade_in):
        sound[i] = sound[i] * i // fade_in
    for i in range(fade_out):
        sound[-1 - i] = sound[-1 - i] * i // fade_out
