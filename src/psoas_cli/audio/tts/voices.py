"""The voices of this system: list them, choose one, and have it speak into a file."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from psoas_cli.audio.tts import engines, piper
from psoas_cli.audio.tts.child import Child, size_of
from psoas_cli.audio.tts.engines import Engine
from psoas_cli.audio.tts.pack import NONE
from psoas_cli.audio.tts.pack_files import LARGEST_CLIP
from psoas_cli.errors import PsoasError, nearest
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Lang, shown
from psoas_cli.resources import expanded

RATE = 125
"""Words a minute by default: slow, for someone who is lying down."""

SPEAKING = 30.0
"""Seconds that a voice may take to speak one text into a file."""

_LOOK = 0.05  # seconds between looks at what it has written
_SYSTEMS: Final = ("say", "windows")  # the engines that list voices of many languages
_PREFERRED = ("Samantha", "Daniel", "Karen", "Moira", "Xander", "Claire", "Ellen")
"""The macOS voices that simply speak, best first; many others sing, whisper or imitate."""


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
        if self.engine == "espeak-ng":
            return self.name if self.name == engines.MBROLA else self.engine
        return f"{self.engine}:{self.name}"


def voices(lang: Lang) -> list[Voice]:
    """The voices this system has for *lang*, best first; piper voices are not listed, only chosen by their path."""
    return list(_voices(lang))


def choose(lang: Lang, asked: str | None = None, others: Iterable[str] = ()) -> Voice | None:
    """Choose a voice for *lang*: the one *asked* for, or the best there is.

    Args:
        lang: The language to speak.
        asked: `none`, `espeak-ng`, `mb-nl2`, `say:Xander`, `windows:Microsoft David Desktop`, `piper:model.onnx`, a
            path that ends in .onnx, or the bare name of a voice; None for the best.
        others: What else could have been asked for, which a message names as well.

    Returns:
        The voice; None if *asked* is `none` or this system has no voice.

    Raises:
        PsoasError: This system does not have the voice asked for, or it speaks another language.
    """
    if asked is None:
        return next(_voices(lang), None)
    if asked == NONE:
        return None
    if asked.lower().endswith(piper.MODEL_SUFFIX):
        return _model(lang, asked.removeprefix("piper:"))
    wanted = asked.strip().casefold()
    if voice := next((each for each in _voices(lang) if wanted in _names(each)), None) or _first_of(lang, wanted):
        return voice
    if theirs := _other_language(wanted):
        raise foreign(asked, theirs, lang)
    if wanted == engines.MBROLA:
        raise PsoasError(
            f"{engines.MBROLA} is not installed", f"on Debian, with non-free: {engines.GET_MBROLA}", exit_code=1
        )
    known = [*others, *(each.written for each in voices(lang))]
    there = ", ".join(known[:8])
    hint = (
        f"choose one of {there}; psoas voices lists them all; the name of a practice comes before --voice"
        if there
        else "psoas voices says how to get one"
    )
    raise PsoasError(f'there is no voice "{shown(asked)}" here{nearest(wanted, known)}', hint, exit_code=1)


def foreign(voice: str, theirs: str, lang: Lang) -> PsoasError:
    """The error for a *voice* that speaks *theirs* and was asked to speak *lang*."""
    ours = LANGUAGES[lang].en
    return PsoasError(
        f"the voice {shown(voice)} speaks {theirs}, and this practice is in {ours}",
        f"psoas voices lists the voices for {ours}",
    )


def speaks_by_default(voice: Voice) -> bool:
    """Whether *voice* is good enough to speak unasked; half the words of espeak-ng's Dutch cannot be understood."""
    return voice.engine != "espeak-ng"


def speak(voice: Voice, text: str, rate: int, path: Path, stopped: Callable[[], bool] = lambda: False) -> None:
    """Have *voice* speak *text* into the file at *path*.

    Args:
        voice: A voice of this system, other than piper's.
        text: Spoken as one line.
        rate: Words a minute.
        path: The file to write; it must have the suffix that `engines.suffix` gives.
        stopped: Called often; whether to give it up.

    Raises:
        PsoasError: The voice cannot be started, takes too long, writes too much or fails, or is *stopped*.
    """
    arguments, environment = engines.command(voice.engine, voice.name, rate, path)
    spoken = f"{engines.one_line(text)}\n".encode()
    patience = time.monotonic() + SPEAKING
    try:
        with Child(arguments, environment, spoken) as child:
            while not child.ends(_LOOK):
                if stopped():
                    raise _mute(voice, "was stopped")
                if time.monotonic() > patience:
                    raise _mute(voice, f"did not answer in {SPEAKING:g} seconds")
                _check_size(voice, path)
            _check_size(voice, path)
            if child.code or not size_of(path):
                raise _mute(voice, child.failure())
    except OSError as error:
        raise _mute(voice, f"cannot be started: {error.strerror}") from None


def _check_size(voice: Voice, path: Path) -> None:
    if size_of(path) > LARGEST_CLIP:
        raise _mute(voice, f"wrote more than {LARGEST_CLIP // 1_000_000} MB")


def _voices(lang: Lang) -> Iterator[Voice]:
    """Yield what `voices` lists; a system is asked for its voices only when the caller gets that far."""
    for engine in _SYSTEMS:
        spoken = [each.name for each in engines.listed(engine) if each.locale.lower().startswith(lang)]
        yield from (Voice(engine, name, lang) for name in sorted(spoken, key=_rank))
    if lang == "nl" and engines.has_mbrola():
        yield Voice("espeak-ng", engines.MBROLA, lang)
    if engines.program("espeak-ng"):
        yield Voice("espeak-ng", lang, lang)


def _first_of(lang: Lang, engine: str) -> Voice | None:
    """The best voice for *lang* of the *engine* of that name, if there is one."""
    return next((each for each in _voices(lang) if each.engine == engine), None)


def _names(voice: Voice) -> tuple[str, str]:
    return voice.name.casefold(), voice.written.casefold()


def _other_language(wanted: str) -> str:
    """The language of the voice *wanted*, which is not the one asked for; empty if there is no such voice."""
    if wanted == engines.MBROLA and engines.has_mbrola():
        return LANGUAGES["nl"].en
    for engine in _SYSTEMS:
        for each in engines.listed(engine):
            if wanted in _names(Voice(engine, each.name, "en")):
                return _called(each.locale)
    return ""


def _called(locale: str) -> str:
    """What the language of *locale* is called, if it is one of ours; else *locale* itself."""
    return next((LANGUAGES[each].en for each in LANGS if locale.lower()[:2] == each), shown(locale))


def _rank(name: str) -> tuple[bool, int]:
    """The sort key of a voice within its language: first those downloaded for their quality, then the preferred."""
    plain = not name.endswith(("(Premium)", "(Enhanced)"))
    return plain, next((i for i, known in enumerate(_PREFERRED) if name.startswith(known)), len(_PREFERRED))


def _model(lang: Lang, written: str) -> Voice:
    """The voice of the piper model at the path *written*.

    Raises:
        PsoasError: A file of the model is missing, piper is not installed, or the model speaks another language.
    """
    path = expanded(written)
    for file in (path, path.with_name(path.name + piper.DESCRIPTION_SUFFIX)):
        if not file.is_file():
            raise PsoasError(f"there is no file {shown(str(file))}", "a piper voice needs an .onnx and an .onnx.json")
    if engines.program("piper") is None:
        raise PsoasError("piper is not installed", "psoas voices says how to get it", exit_code=1)
    if (theirs := piper.language_of(path)) not in ("", lang):
        raise foreign(path.name, _called(theirs), lang)
    return Voice("piper", str(path), lang)


def _mute(voice: Voice, why: str) -> PsoasError:
    return PsoasError(f"the voice {voice.written} {why}", "psoas voices lists the others", exit_code=1)
