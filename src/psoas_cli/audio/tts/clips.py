"""Clips: everything spoken in a practice, as samples that are ready before it begins."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from psoas_cli.audio import decode
from psoas_cli.audio.clip import Clip
from psoas_cli.audio.normalize import fitted_speech
from psoas_cli.audio.samples import Samples
from psoas_cli.audio.tts import engines
from psoas_cli.audio.tts.cache import ClipCache
from psoas_cli.audio.tts.pack import Pack
from psoas_cli.audio.tts.speaker import Speaker, can_say
from psoas_cli.audio.tts.voices import Voice, speak
from psoas_cli.errors import PsoasError
from psoas_cli.practice.score.speech import Words

Clips: TypeAlias = Mapping[Words, Clip]
"""The clips of a practice, by their words."""

AT_ONCE = 2
"""How many clips are made at the same time."""

_PATIENCE = 2  # failures after which a voice is given up, as each may take half a minute


class Ready(NamedTuple):
    """The result of `ready`.

    Args:
        clips: The clips, by their words.
        failures: The words that the voice could not speak, and why.
    """

    clips: Clips
    failures: Mapping[Words, PsoasError]


def ready(
    words: Iterable[Words], speaker: Speaker | None, rate: int, cache: Path, told: Callable[[int, int], None]
) -> Ready:
    """Get the clips of *words*: from their recordings, or else spoken by *speaker*.

    Args:
        words: What may have to be spoken. Without a recording there is a clip only if *speaker* is given and can say
            it, and the text has a letter or digit in it.
        speaker: Speaks the words that have no recording; None if nothing does.
        rate: Words a minute, for a voice of the system.
        cache: The folder in which finished clips are kept.
        told: Called with how many clips have been made, starting at 0, and how many have to be; not called if all of
            them were kept.

    Raises:
        PsoasError: A recording cannot be read, or is silent.
    """
    if isinstance(speaker, Pack):
        words = tuple(words)
        said = {each: clip for each in words if can_say(speaker, each) and (clip := speaker.clip(each.text))}
        recorded = ready((each for each in words if each.audio), None, rate, cache, told)
        return Ready({**said, **recorded.clips}, recorded.failures)
    kept, patient = ClipCache(cache), _Patient(speaker, rate) if speaker else None
    clips: dict[Words, Clip] = {}
    missing: dict[Words, Callable[[], Samples]] = {}
    origins = {each: origin for each in words if (origin := _origin(each, speaker, rate))}
    for each, origin in origins.items():
        if (clip := kept.get(origin)) is not None:
            clips[each] = clip
        elif each.audio:
            missing[each] = partial(_recorded, each.audio)
        elif patient:
            missing[each] = partial(patient.spoken, each.text)
    failures: dict[Words, PsoasError] = {}
    for each, made in _made(missing, told):
        if isinstance(made, PsoasError):
            failures[each] = made
        else:
            clips[each] = kept.put(origins[each], made)
    if missing:
        kept.tidy()
    return Ready(clips, failures)


class _Patient:
    """A voice that is given up once it has failed too often."""

    def __init__(self, voice: Voice, rate: int) -> None:
        self._voice = voice
        self._rate = rate
        self._failures: list[PsoasError] = []

    def spoken(self, text: str) -> Samples:
        """*text* as a clip, fitted to the set.

        Raises:
            PsoasError: The voice cannot speak it, or has been given up.
        """
        if len(self._failures) >= _PATIENCE:
            raise self._failures[-1]
        try:
            return self._spoken(text)
        except PsoasError as error:
            self._failures.append(error)
            raise

    def _spoken(self, text: str) -> Samples:
        voice = self._voice
        try:
            with tempfile.TemporaryDirectory(prefix="psoas-") as folder:
                path = Path(folder, f"spoken{engines.suffix(voice.engine)}")
                speak(voice, text, self._rate, path)
                content = path.read_bytes()
        except OSError as error:
            raise PsoasError(f"speech cannot be written to a file: {error.strerror}", exit_code=1) from error
        name = f"the speech from {voice.engine}"
        return fitted_speech(decode.decode(content, name), name)


def _recorded(audio: str) -> Samples:
    return fitted_speech(decode.recording(audio), audio)


def _made(
    missing: Mapping[Words, Callable[[], Samples]], told: Callable[[int, int], None]
) -> "Iterator[tuple[Words, Samples | PsoasError]]":
    """Yield the clips of *missing* as they are finished, or the error if the voice could not speak one.

    Raises:
        PsoasError: A recording cannot be used.
    """
    if not missing:
        return
    recordings_first = sorted(missing, key=lambda each: each.audio is None)
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="psoas-clips")
    try:
        told(0, len(missing))
        orders = {pool.submit(missing[each]): each for each in recordings_first}
        for number, order in enumerate(as_completed(orders), 1):
            each, failure = orders[order], order.exception()
            if failure is None:
                yield each, order.result()
            elif isinstance(failure, PsoasError) and each.audio is None:
                yield each, failure
            else:
                raise failure
            told(number, len(missing))
    finally:
        pool.shutdown(cancel_futures=True)


def _origin(words: Words, voice: Voice | None, rate: int) -> tuple[object, ...] | None:
    """Everything that the clip of *words* depends on; None if they get no clip."""
    if words.audio:
        return "recording", *_file(Path(words.audio))
    if voice is None or words.foreign or not any(map(str.isalnum, words.text)):
        return None
    model = _file(Path(voice.name)) if voice.engine == "piper" else ()
    return voice.engine, voice.name, *model, rate, words.text


def _file(path: Path) -> tuple[object, ...]:
    """What identifies the content of the file at *path*; a missing file is reported when it is read."""
    try:
        status = path.stat()
    except OSError:
        return (path.absolute(),)
    return path.absolute(), status.st_size, status.st_mtime_ns
