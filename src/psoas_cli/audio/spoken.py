"""What is spoken, made to fit a practice: as loud as the bowls, without waiting before it."""

from array import array

from psoas_cli.audio.buffer import FULL, bent
from psoas_cli.audio.decode import LONGEST
from psoas_cli.audio.edges import Edges, trimmed
from psoas_cli.audio.loudness import integrated, peak_of
from psoas_cli.audio.samples import Samples
from psoas_cli.errors import PsoasError

LOUDNESS = -20.0
"""LUFS of the whole (BS.1770, integrated)."""

_SOFTEST = -60.0  # LUFS; below, it would be raised by more than 40 dB, and be its noise
_NEAR = 0.3  # LU from the loudness that are near enough
_TURNS = 4  # peaks that are bent make it softer, so it is raised again; more than a few turns gain nothing
_EDGES = Edges(
    silent_before=10 ** (-40 / 20),  # a room with somebody in it is not as silent as one with a bell
    silent_after=10 ** (-40 / 20),
    kept_before=0.03,  # an f or an h begins softer than that
    kept_after=0.15,
    fade_in=0.01,
    fade_out=0.01,
    longest=LONGEST,
)


def fitted(samples: Samples, name: str) -> Samples:
    """*samples* trimmed, faded and levelled.

    Args:
        samples: Somebody who speaks, however loud, with whatever silence around it.
        name: What it is called in an error.

    Raises:
        PsoasError: There is nothing in it to be heard.
    """
    words = trimmed(samples, _EDGES)
    loud = integrated(words)
    if loud < _SOFTEST:
        raise PsoasError(f"{name} is silent, or as good as that", "Record it louder")
    gain = 10 ** ((LOUDNESS - loud) / 20)
    if peak_of(words) * gain <= FULL:
        return array("h", [int(sample * gain) for sample in words])
    for _ in range(_TURNS):
        level = array("h", [bent(sample * gain) for sample in words])
        missing = LOUDNESS - integrated(level)
        if missing < _NEAR:
            break
        gain *= 10 ** (missing / 20)
    return level
