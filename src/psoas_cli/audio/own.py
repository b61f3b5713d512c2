"""A person's own bell, made to fit the set: as loud as the bowls, without waiting before it or a cut after it."""

from array import array

from psoas_cli.audio.edges import Edges, trimmed
from psoas_cli.audio.loudness import momentary, peak_of
from psoas_cli.audio.samples import Samples
from psoas_cli.errors import PsoasError

LOUDNESS = -20.0
"""LUFS of the loudest 400 ms (BS.1770): that of the bowls."""

PEAK = 10 ** (-6 / 20)
"""Of full scale, which no sample goes beyond: what rings very shortly stays softer than the bowls instead."""

_SOFTEST = -60.0  # LUFS; below, it would be raised by more than 40 dB, and be its noise
_EDGES = Edges(
    silent_before=10 ** (-50 / 20),  # the room that a recording begins with is no part of the bell
    silent_after=10 ** (-60 / 20),  # as far as T60 goes
    kept_before=0.01,
    kept_after=0.5,
    fade_in=0.002,
    fade_out=0.5,
    longest=60.0,
)


def fitted(samples: Samples, name: str) -> Samples:
    """*samples* trimmed, faded and levelled.

    Args:
        samples: A recording, however loud, with whatever silence around it.
        name: What it is called in an error.

    Raises:
        PsoasError: There is nothing in it to be heard.
    """
    bell = trimmed(samples, _EDGES)
    loud = momentary(bell)
    if loud < _SOFTEST:
        raise PsoasError(f"{name} is silent, or as good as that", "Record it louder")
    gain = min(10 ** ((LOUDNESS - loud) / 20), PEAK * 32767 / peak_of(bell))
    return array("h", [int(sample * gain) for sample in bell])
