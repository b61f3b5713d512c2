"""The voices of this system: list them, choose one, and have it speak into a file."""

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
"""Words a minute by default: slow, for someone who is lying down."""

SPEAKING = 30.0
"""Seconds that a voice may take to speak one text into a file."""

NONE = "none"
"""The setting for no voice."""

MODEL_SUFFIX = ".onnx"
"""The suffix of a piper model's file."""

_PREFERRED = ("Samantha", "Daniel", "Karen", "Moira", "Xander", "Claire", "Ellen")
"""The macOS voices that simply speak, best first; many others sing, whisper or imitate."""

_LONGEST_SAID = 200  # characters to quote of a program's error message


class Voice(NamedTuple):
    """A voice.

    Args:
        engine: The engine it speaks with.
        name: The engine's name for it; for piper, the path of its model.
        lang: The language it speaks here.
    """

    engine: Engine
    name: str
    lang: Lang

    @property
    def written(self) -> str:
        """How to write it in the settings."""
        return self.engine if self.engine == "espeak-ng" else f"{self.engine}:{self.name}"


def voices(lang: Lang) -> list[Voice]:
    """The voices this system has for *lang*, best first; piper voices are not listed, only chosen by their path."""
    return list(_voices(lang))


def choose(lang: Lang, asked: str | None = None) -> Voice | None:
    """Choose a voice for *lang*: the one *asked* for, or the best there is.

    Args:
        lang: The language to speak.
        asked: `none`, `espeak-ng`, `say:Xander`, `windows:Microsoft David Desktop`, `piper:model.onnx`, a path that
            ends in .onnx, or the bare name of a voice; None for the best.

    Returns:
        The voice; None if *asked* is `none` or this system has no voice.

    Raises:
        PsoasError: This system does not have the voice asked for.
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
    hint = f"choose one of {there}; psoas voices lists them all" if there else "psoas voices says how to get one"
    raise PsoasError(f'there is no voice "{shown(asked)}" here', hint, exit_code=1)


def used(lang: Lang, asked: str | None, *, on: bool | None) -> Voice | None:
    """The voice that speaks in a practice; None if nothing does.

    Args:
        lang: The language of the practice.
        asked: The voice for that language, as written in the settings; None for the best.
        on: Whether a voice is wanted. If None, a voice speaks if it was asked for by name or is good enough.

    Raises:
        PsoasError: This system does not have the voice asked for.
    """
    voice = None if on is False else choose(lang, asked)
    if voice is None or on or asked is not None or speaks_by_default(voice):
        return voice
    return None


def speaks_by_default(voice: Voice) -> bool:
    """Whether *voice* is good enough to speak unasked; half the words of espeak-ng's Dutch cannot be understood."""
    return voice.engine != "espeak-ng"


def speak(voice: Voice, text: str, rate: int, path: Path) -> None:
    """Have *voice* speak *text* into the file at *path*.

    Args:
        voice: A voice of this system.
        text: Spoken as one line, without `[[` and `]]`, which mark commands for an engine.
        rate: Words a minute.
        path: The file to write; it must have the suffix that `engines.suffix` gives.

    Raises:
        PsoasError: The voice cannot be started, takes too long or fails.
    """
    arguments, environment = engines.command(voice.engine, voice.name, rate, path)
    said = " ".join(text.replace("[[", " ").replace("]]", " ").split())
    # errors go to a file, as a hanging child of the program would hold a pipe open
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
        raise _mute(voice, f"failed: {last[:_LONGEST_SAID]}" if last else "failed without an error message")


def _voices(lang: Lang) -> Iterator[Voice]:
    """Yield what `voices` lists; a system is asked for its voices only when the caller gets that far."""
    for engine in ("say", "windows"):
        spoken = [each.name for each in engines.listed(engine) if each.locale.lower().startswith(lang)]
        yield from (Voice(engine, name, lang) for name in sorted(spoken, key=_rank))
    if engines.program("espeak-ng"):
        yield Voice("espeak-ng", lang, lang)


def _of_any_language(lang: Lang) -> Iterator[Voice]:
    """Yield the voices for *lang*, then the system's others, which may be asked to speak it all the same."""
    yield from _voices(lang)
    for engine in ("say", "windows"):
        yield from (Voice(engine, each.name, lang) for each in engines.listed(engine))


def _is(voice: Voice, name: str) -> bool:
    return voice.name.casefold() == name.strip().casefold()


def _rank(name: str) -> tuple[bool, int]:
    """The sort key of a voice within its language: first those downloaded for their quality, then the preferred."""
    plain = not name.endswith(("(Premium)", "(Enhanced)"))
    return plain, next((i for i, known in enumerate(_PREFERRED) if name.startswith(known)), len(_PREFERRED))


def _model(lang: Lang, written: str) -> Voice:
    """The voice of the piper model at the path *written*.

    Raises:
        PsoasError: A file of the model is missing, or piper is not installed.
    """
    path = Path(written).expanduser()
    for file in (path, path.with_name(f"{path.name}.json")):
        if not file.is_file():
            raise PsoasError(f"there is no file {shown(str(file))}", "a piper voice needs an .onnx and an .onnx.json")
    if engines.program("piper") is None:
        raise PsoasError("piper is not installed", "psoas voices says how to get it", exit_code=1)
    return Voice("piper", str(path), lang)


def _mute(voice: Voice, why: str) -> PsoasError:
    return PsoasError(f"the voice {voice.written} {why}", "psoas voices lists the others", exit_code=1)
