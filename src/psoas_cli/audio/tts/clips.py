"""Clips: everything spoken in a practice, as samples that are ready before it begins."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from psoas_cli.audio import decode
from psoas_cli.audio.clip import Clip
from psoas_cli.audio.normalize import fitted_speech, length_of_speech
from psoas_cli.audio.samples import Samples
from psoas_cli.audio.tts import engines, piper
from psoas_cli.audio.tts.cache import ClipCache
from psoas_cli.audio.tts.pack import Pack
from psoas_cli.audio.tts.pack_files import LARGEST_CLIP
from psoas_cli.audio.tts.speaker import can_say
from psoas_cli.audio.tts.voices import Voice, speak
from psoas_cli.errors import PsoasError
from psoas_cli.practice.score.speech import Words
from psoas_cli.storage.files import read_bytes
from psoas_cli.threads import NO_MORE, begun

if TYPE_CHECKING:
    from concurrent.futures import Future

    from psoas_cli.audio.tts.speaker import Speaker

Clips: TypeAlias = Mapping[Words, Clip]
"""The clips of a practice, by their words."""

Made: TypeAlias = "Samples | int | PsoasError"
"""A clip's samples, only its length if it is a recording, or why there is none."""

AT_ONCE = 2
"""How many clips are made at the same time, by a voice that takes one text at a time."""

_LOOK = 0.05  # seconds between looks whether the rest is skipped

_PATIENCE = 2  # failures after which a voice is given up, as each may take half a minute


class Ready(NamedTuple):
    """The result of `ready`.

    Args:
        clips: The clips, by their words.
        failures: The words that the voice could not speak, and why.
        skipped: The words that were not waited for.
    """

    clips: Clips
    failures: Mapping[Words, PsoasError]
    skipped: tuple[Words, ...] = ()


def ready(
    words: Iterable[Words],
    speaker: "Speaker | None",
    rate: int,
    cache: Path,
    told: Callable[[int, int], None],
    *,
    skipped: Callable[[], bool] = lambda: False,
) -> Ready:
    """Get the clips of *words*: from their recordings, or else spoken by *speaker*.

    Args:
        words: What may have to be spoken, what is needed most first. Without a recording there is a clip only if
            *speaker* is given and can say it, and the text has a letter or digit in it.
        speaker: Speaks the words that have no recording; None if nothing does.
        rate: Words a minute, for a voice of the system.
        cache: The folder in which finished clips are kept.
        told: Called with how many clips have been made, starting at 0, and how many have to be; not called if all of
            them were kept.
        skipped: Called every few milliseconds while a voice speaks; whether to go on without the rest.

    Raises:
        PsoasError: A recording cannot be read, or is silent.
    """
    if isinstance(speaker, Pack):
        words = tuple(words)
        said = {each: clip for each in words if can_say(speaker, each) and (clip := speaker.clip(each.text))}
        recorded = ready((each for each in words if each.audio), None, rate, cache, told, skipped=skipped)
        return recorded._replace(clips={**said, **recorded.clips})
    kept = ClipCache(cache)
    origins = {each: origin for each in words if (origin := _origin(each, speaker, rate))}
    clips = {each: clip for each, origin in origins.items() if (clip := kept.get(origin)) is not None}
    missing = [each for each in origins if each not in clips]
    failures: dict[Words, PsoasError] = {}
    recordings: list[_Recording] = []
    for each, made in _made(missing, speaker, rate, told, skipped):
        if isinstance(made, PsoasError):
            failures[each] = made
        elif isinstance(made, int):
            recordings.append(_Recording(each.audio or "", origins[each], kept))
            clips[each] = Clip(made, recordings[-1].samples)
        else:
            clips[each] = kept.put(origins[each], made)
    if missing:
        kept.tidy()
    if recordings:
        begun(_fit, recordings, name="psoas-clips")  # without it, each is fitted when it is needed
    return Ready(clips, failures, tuple(each for each in missing if each not in clips and each not in failures))


def _made(
    missing: list[Words],
    voice: Voice | None,
    rate: int,
    told: Callable[[int, int], None],
    skipped: Callable[[], bool],
) -> Iterator[tuple[Words, Made]]:
    """Yield the clips of *missing* as they are finished, or the error if the voice could not speak one.

    Raises:
        PsoasError: A recording cannot be used.
    """
    if not missing:
        return
    finished = count()

    def step() -> None:
        told(next(finished), len(missing))

    step()
    for each in missing:
        if each.audio:
            if skipped():
                return
            yield each, length_of_speech(decode.recording(each.audio), each.audio)
            step()
    said = [each for each in missing if not each.audio]
    if voice and said:
        by = _in_one_go if voice.engine == "piper" else _one_by_one
        yield from by(_Order(voice, said, rate, step, skipped))


class _Recording:
    """A recording, fitted to the set when it is first needed, or when there is time."""

    def __init__(self, path: str, origin: tuple[object, ...], kept: ClipCache) -> None:
        self._path = path
        self._origin = origin
        self._kept = kept
        self._clip: Clip | None = None
        self._lock = Lock()

    def samples(self) -> Samples:
        """Its samples.

        Raises:
            PsoasError: It cannot be read any more.
        """
        with self._lock:
            if self._clip is None:
                fitted = fitted_speech(decode.recording(self._path), self._path)
                self._clip = self._kept.put(self._origin, fitted)
                return fitted
        return self._clip.decoded()


def _fit(recordings: list[_Recording]) -> None:
    """Fit *recordings*, in the background: it takes a second for two minutes."""
    for each in recordings:
        with suppress(PsoasError):  # told when it was looked at; what is gone by now is not heard
            each.samples()


class _Order(NamedTuple):
    """What a voice is to say.

    Args:
        voice: The voice.
        said: What it is to say.
        rate: Words a minute.
        step: Called when something has been spoken.
        skipped: Whether to leave out the rest.
    """

    voice: Voice
    said: list[Words]
    rate: int
    step: Callable[[], None]
    skipped: Callable[[], bool]


def _in_one_go(order: _Order) -> Iterator[tuple[Words, Made]]:
    """Yield what one run of piper speaks; what it did not come to has its error.

    Each clip is fitted while piper speaks the next.
    """
    from concurrent.futures import ThreadPoolExecutor

    left, failure = deque(order.said), None
    with ThreadPoolExecutor(1, thread_name_prefix="psoas-clips") as pool:
        made: list[tuple[Words, Future[Samples]]] = []
        texts = [each.text for each in order.said]
        try:
            for content in piper.spoken(Path(order.voice.name), texts, order.rate, order.skipped):
                fitted = pool.submit(_fitted, content, order.voice)
                made.append((left.popleft(), fitted))
                order.step()
        except PsoasError as error:
            failure = error
        except RuntimeError:  # from the pool
            failure = PsoasError(NO_MORE, exit_code=1)
        yield from (_result(*each) for each in made)
    if failure:
        yield from ((each, failure) for each in left)


def _one_by_one(order: _Order) -> Iterator[tuple[Words, Made]]:
    """Yield what the voice's program speaks, run for each text, or its error."""
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

    over = Event()
    patient = _Patient(order.voice, order.rate, over.is_set)
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="psoas-clips")
    try:
        try:
            made = {pool.submit(patient.spoken, each.text): each for each in order.said}
        except RuntimeError:
            yield from ((each, PsoasError(NO_MORE, exit_code=1)) for each in order.said)
            return
        while made and not order.skipped():
            for one in wait(made, _LOOK, FIRST_COMPLETED).done:
                yield _result(made.pop(one), one)
                order.step()
    finally:
        over.set()  # what is being spoken is not waited for
        pool.shutdown(cancel_futures=True)


def _result(words: Words, made: "Future[Samples]") -> tuple[Words, Made]:
    """The clip of *words*, or its error, once it is *made*."""
    try:
        return words, made.result()
    except PsoasError as error:
        return words, error
    except MemoryError:
        return words, PsoasError("there is not enough memory for the voice", exit_code=1)


class _Patient:
    """A voice that is given up once it has failed too often, or is *stopped*."""

    def __init__(self, voice: Voice, rate: int, stopped: Callable[[], bool]) -> None:
        self._voice = voice
        self._rate = rate
        self._stopped = stopped
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
        import tempfile

        try:
            with tempfile.TemporaryDirectory(prefix="psoas-") as folder:
                path = Path(folder, f"spoken{engines.suffix(self._voice.engine)}")
                speak(self._voice, text, self._rate, path, self._stopped)
                content = read_bytes(path, LARGEST_CLIP)
        except OSError as error:
            raise PsoasError(f"speech cannot be written to a file: {error.strerror}", exit_code=1) from error
        return _fitted(content, self._voice)


def _fitted(content: bytes, voice: Voice) -> Samples:
    """The sound file *content*, which *voice* spoke, fitted to the set.

    Raises:
        PsoasError: It cannot be decoded, or is silent.
    """
    name = f"the speech from {voice.engine}"
    return fitted_speech(decode.decode(content, name), name)


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
