"""The voices of this system: which there are, which is meant or the best, and having one speak into a file."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from psoas_cli.audio.tts import engines
from psoas_cli.audio.tts.engines import Engine
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Lang, shown

RATE = 125
"""Words a minute where nobody says otherwise: slow, as somebody listens who lies down."""

SPEAKING = 30.0
"""Seconds that one text may take to be spoken into a file."""

NONE = "none"
"""What is asked for where nothing is to speak."""

MODEL_SUFFIX = ".onnx"
"""What the file of a piper model is called at its end."""

_PREFERRED = ("Samantha", "Daniel", "Karen", "Moira", "Xander", "Claire", "Ellen")
"""Of macOS's voices those that speak; many others sing, whisper or imitate."""

_LONGEST_SAID = 200  # characters of what a program says is wrong


class Voice(NamedTuple):
    """A voice.

    Args:
        engine: What it speaks with.
        name: What the engine calls it; for piper the path of its model.
        lang: The language that it speaks here.
    """

    engine: Engine
    name: str
    lang: Lang

    @property
    def written(self) -> str:
        """How the settings name it."""
        return self.engine if self.engine == "espeak-ng" else f"{self.engine}:{self.name}"


def voices(lang: Lang) -> list[Voice]:
    """The voices for *lang* that this system has, the best first; a piper voice is there only where it is asked for."""
    return list(_voices(lang))


def choose(lang: Lang, asked: str | None = None) -> Voice | None:
    """The voice for *lang* that is *asked* for, or the best that is there.

    Args:
        lang: What it is to speak.
        asked: `none`, `espeak-ng`, `say:Xander`, `windows:Microsoft David Desktop`, `piper:model.onnx`, a path that
            ends in .onnx, or the bare name of a voice; None for the best.

    Returns:
        None where none is asked for, or none is there.

    Raises:
        PsoasError: The one asked for is not there.
    """
    if asked is None:
        return next(_voices(lang), None)
    if asked == NONE:
        return None
    engine, _, name = asked.partition(":")
    if asked.lower().endswith(MODEL_SUFFIX):
        return _model(lang, asked.removeprefix("piper:"))
    if engine in get_args(Engine) and not name:
        found = (each for each in _voices(lang) if each.engine == engine)
    elif engine in ("say", "windows"):
        found = (each for each in _of_any_language(lang) if each.engine == engine and _is(each, name))
    else:
        found = (each for each in _of_any_language(lang) if _is(each, asked))
    if voice := next(found, None):
        return voice
    there = ", ".join(each.written for each in voices(lang)[:8])
    hint = f"there are {there}; psoas voices shows all" if there else "psoas voices says how to get one"
    raise PsoasError(f'there is no voice "{shown(asked)}" here', hint, exit_code=1)


def used(lang: Lang, asked: str | None, *, on: bool | None) -> Voice | None:
    """The voice that speaks in a practice in *lang*; None where nothing does.

    Args:
        lang: The practice's language.
        asked: The voice for it, as the settings name it.
        on: Whether a voice is wanted at all; None where that is not said: then it is a voice that is asked for by its
            name, or one that is good enough.

    Raises:
        PsoasError: The one asked for is not there.
    """
    voice = None if on is False else choose(lang, asked)
    if voice is None or on or asked is not None or speaks_by_default(voice):
        return voice
    return None


def speaks_by_default(voice: Voice) -> bool:
    """Whether *voice* is good enough to speak without being asked; of espeak-ng's Dutch half the words are lost."""
    return voice.engine != "espeak-ng"


def speak(voice: Voice, text: str, rate: int, path: Path) -> None:
    """Have *voice* speak *text* into the file at *path*.

    Args:
        voice: One that is there.
        text: On one line; what its engine would take for commands in it is left out.
        rate: Words a minute.
        path: What it is called ends as `engines.suffix` says.

    Raises:
        PsoasError: It could not.
    """
    arguments, environment = engines.command(voice.engine, voice.name, rate, path)
    said = " ".join(text.replace("[[", " ").replace("]]", " ").split())
    # a file takes what the program complains about: a pipe would be held open by a child of it that hangs
    with tempfile.TemporaryFile() as complaints:
        try:
            ran = subprocess.run(  # noqa: S603 - fixed words, the settings' voice, and our own path
                arguments,
                input=f"{said}\n".encode(),
                env={**os.environ, **environment},
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                timeout=SPEAKING,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _mute(voice, f"did not answer in {SPEAKING:g} seconds") from None
        except OSError as error:
            raise _mute(voice, f"cannot be started: {error.strerror}") from None
        complaints.seek(0)
        lines = complaints.read().decode("utf-8", "replace").split("\n")
    if ran.returncode or not path.is_file() or not path.stat().st_size:
        last = next((shown(line) for line in reversed(lines) if line.strip()), "")
        raise _mute(voice, f"failed: {last[:_LONGEST_SAID]}" if last else "failed without a word")


def _voices(lang: Lang) -> Iterator[Voice]:
    """Those of `voices`; a system's own are asked for only where somebody looks that far."""
    for engine in ("say", "windows"):
        spoken = [each.name for each in engines.listed(engine) if each.locale.lower().startswith(lang)]
        yield from (Voice(engine, name, lang) for name in sorted(spoken, key=_rank))
    if engines.program("espeak-ng"):
        yield Voice("espeak-ng", lang, lang)


def _of_any_language(lang: Lang) -> Iterator[Voice]:
    """The voices for *lang*, and then the system's others, which may be asked to speak it all the same."""
    yield from _voices(lang)
    for engine in ("say", "windows"):
        yield from (Voice(engine, each.name, lang) for each in engines.listed(engine))


def _is(voice: Voice, name: str) -> bool:
    return voice.name.casefold() == name.strip().casefold()


def _rank(name: str) -> tuple[bool, int]:
    """What comes first among the voices of one language: those that were downloaded for their quality."""
    plain = not name.endswith(("(Premium)", "(Enhanced)"))
    return plain, next((i for i, known in enumerate(_PREFERRED) if name.startswith(known)), len(_PREFERRED))


def _model(lang: Lang, written: str) -> Voice:
    """The voice of the piper model at the path *written*.

    Raises:
        PsoasError: The model or piper is not there.
    """
    path = Path(written).expanduser()
    for file in (path, path.with_name(f"{path.name}.json")):
        if not file.is_file():
            raise PsoasError(f"there is no file {shown(str(file))}", "a piper voice is two files, .onnx and .onnx.json")
    if engines.program("piper") is None:
        raise PsoasError("piper is not installed", "psoas voices says how to get it", exit_code=1)
    return Voice("piper", str(path), lang)


def _mute(voice: Voice, why: str) -> PsoasError:
    return PsoasError(f"the voice {voice.written} {why}", "psoas voices shows the others", exit_code=1)
