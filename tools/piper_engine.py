"""A voice model for piper, loaded once: it would take three seconds for each text."""

import hashlib
from pathlib import Path

import numpy as np

from psoas_cli.errors import PsoasError
from utterance import Break, Utterance

_SCALE = 1.5  # times as long as the model's own pace: with our pauses, about 125 words a minute
_JOINT = 0.2  # seconds on each side of the joint of two sentences in which the pause is looked for


class PiperModel:
    """The engine.

    Args:
        path: The model; its configuration is beside it.

    Raises:
        PsoasError: There is none.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise PsoasError(f"there is no model at {path}", "python -m piper.download_voices gets one")
        from piper import PiperVoice, SynthesisConfig

        self._name = path.stem
        self._voice = PiperVoice.load(path)
        self._config = SynthesisConfig(length_scale=_SCALE)

    def identity(self, text: str) -> str:
        """A key that changes with everything that *text* sounds different by."""
        return hashlib.sha256(f"{self._name} {_SCALE} {text}".encode()).hexdigest()[:32]

    def say(self, text: str) -> Utterance:
        """Say *text*, sentence by sentence."""
        chunks = list(self._voice.synthesize(text, syn_config=self._config))
        rate = chunks[0].sample_rate
        ends = np.cumsum([chunk.audio_float_array.size for chunk in chunks])
        around = int(_JOINT * rate)
        joints = tuple(Break(".", max(0, int(end) - around), int(end) + around) for end in ends[:-1])
        return Utterance(np.concatenate([chunk.audio_float_array for chunk in chunks]).astype(float), rate, joints)
