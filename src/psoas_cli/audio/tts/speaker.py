"""The speaker of a practice: a voice pack, or a voice of this system. One speaks a whole practice."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from psoas_cli.audio.clip import Clip
from psoas_cli.audio.tts.pack import NONE, About, Pack, is_pack, packs_in, read_about, read_pack
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import LANGUAGES, Lang, shown
from psoas_cli.practice.score.speech import Words
from psoas_cli.resources import bundled, expanded

if TYPE_CHECKING:  # a pack that can say everything needs none of these
    from psoas_cli.audio.tts.voices import Voice

Speaker: TypeAlias = "Voice | Pack"


class Cast(NamedTuple):
    """Who speaks in a practice.

    Args:
        speaker: Who speaks; None if nobody does.
        lacking: How many of the texts the speaker cannot say.
        problems: What is wrong with packs that cannot be used.
    """

    speaker: "Speaker | None" = None
    lacking: int = 0
    problems: tuple[PsoasError, ...] = ()


class Packs(NamedTuple):
    """The packs for a language, the person's own first, and what is wrong with those that cannot be used."""

    usable: tuple[Pack, ...]
    problems: tuple[PsoasError, ...] = ()


class PackClips(Mapping[Words, Clip]):
    """All that a pack can say, by the words; each is looked up when it is needed."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def __getitem__(self, words: Words) -> Clip:
        clip = None if words.audio or words.foreign else self._pack.clip(words.text)
        if clip is None:
            raise KeyError(words)
        return clip

    def __iter__(self) -> Iterator[Words]:
        return (Words(entry.text) for entry in self._pack.entries.values())

    def __len__(self) -> int:
        return len(self._pack.entries)


def packs(lang: Lang, folder: Path) -> Packs:
    """The packs for *lang*: those in the person's *folder*, then the built-in ones."""
    usable, problems = [], []
    for place in _places(folder):
        try:
            about = read_about(place, trusted=_came_with_psoas(place))
            if about.lang == lang:
                usable.append(_pack_at(place, about))
        except PsoasError as error:
            problems.append(error)
    return Packs(tuple(usable), tuple(problems))


def is_built_in(speaker: Speaker) -> bool:
    """Whether *speaker* came with psoas."""
    return isinstance(speaker, Pack) and _came_with_psoas(speaker.place)


def built_in_ids() -> set[str]:
    """The ids of the packs that came with psoas."""
    return {_id_of(place) for place in packs_in(_built_in())}


def cast(lang: Lang, told: Collection[Words], folder: Path, asked: str | None, *, on: bool | None) -> Cast:
    """Choose who speaks *told* in *lang*: whoever is *asked* for, else the first who can say all of it.

    First come the person's packs, then the built-in ones, then the system's voices. If nobody can say all of it, the
    one who can say most speaks.

    Args:
        lang: The language of the practice.
        told: What is told in it.
        folder: The folder of the person's packs.
        asked: The id of a pack, its path, the name of a voice, or `none`; None for the best.
        on: Whether a voice is wanted. If None, one of the system speaks only if it is good enough.

    Raises:
        PsoasError: Nobody is called as *asked*, or does not speak *lang*.
    """
    if asked is not None:
        speaker = named(lang, asked, folder)
        return Cast(speaker, lacking(speaker, told) if speaker else 0)
    own, problems = packs(lang, folder)
    best: tuple[int, Speaker] | None = None
    for each in _in_turn(lang, own, on=on):
        lacks = lacking(each, told)
        if best is None or lacks < best[0]:
            best = (lacks, each)
        if not lacks:
            break
    if best is None or (best[0] and best[0] == len([*_texts(told)])):
        return Cast(problems=problems)
    return Cast(best[1], best[0], problems)


def named(lang: Lang, asked: str, folder: Path) -> "Speaker | None":
    """The speaker called *asked*; None for `none`.

    Raises:
        PsoasError: There is none, or it speaks another language than *lang*.
    """
    if asked.strip().lower() == NONE:
        return None
    if pack := called(asked, folder):
        return _speaking(lang, pack)
    from psoas_cli.audio.tts import voices

    return voices.choose(lang, asked, _ids(lang, folder))


def _ids(lang: Lang, folder: Path) -> Iterator[str]:
    """Yield the ids of the packs for *lang*; they are read only if a message names them."""
    yield from (pack.written for pack in packs(lang, folder).usable)


def called(asked: str, folder: Path) -> Pack | None:
    """The pack whose id or path is *asked*, the person's own in *folder* before the built-in ones; None without one.

    Raises:
        PsoasError: It cannot be used.
    """
    place = expanded(asked)
    if is_pack(place) and ("/" in asked or "\\" in asked or asked.lower().endswith(".zip")):
        return read_pack(place)
    return next((_pack_at(place) for place in _places(folder) if _id_of(place) == asked.strip().lower()), None)


def lacking(speaker: Speaker, told: Collection[Words]) -> int:
    """How many of the texts *told* the speaker cannot say."""
    return sum(not can_say(speaker, words) for words in _texts(told))


def can_say(speaker: Speaker, words: Words) -> bool:
    """Whether *speaker* can say *words*."""
    return not words.foreign and (not isinstance(speaker, Pack) or speaker.clip(words.text) is not None)


def _in_turn(lang: Lang, own: tuple[Pack, ...], *, on: bool | None) -> Iterator[Speaker]:
    """Yield who may speak, best first; the system is asked for its voices only when the caller gets that far."""
    yield from own
    from psoas_cli.audio.tts import voices

    for voice in voices.voices(lang):
        if on or voices.speaks_by_default(voice):
            yield voice


def _texts(told: Collection[Words]) -> Iterator[Words]:
    """Yield those of *told* that need a voice."""
    return (words for words in told if not words.audio and any(map(str.isalnum, words.text)))


def _speaking(lang: Lang, pack: Pack) -> Pack:
    """*pack*, which must speak *lang*.

    Raises:
        PsoasError: It speaks another language.
    """
    if pack.lang == lang:
        return pack
    from psoas_cli.audio.tts.voices import foreign

    raise foreign(pack.about.id, LANGUAGES[pack.lang].en, lang)


def _places(folder: Path) -> tuple[Path, ...]:
    """Where packs are: the person's own, in *folder*, then the built-in ones."""
    return (*packs_in(folder), *packs_in(_built_in()))


def _id_of(place: Path) -> str:
    """The id of the pack at *place*; its name if it cannot be read, which is told when it is used."""
    try:
        return read_about(place, trusted=_came_with_psoas(place)).id
    except PsoasError:
        return shown(place.stem)


def _pack_at(place: Path, about: About | None = None) -> Pack:
    """Read the pack at *place*, which says of itself what is in *about* if that is known.

    Raises:
        PsoasError: It cannot be used.
    """
    return read_pack(place, about, trusted=_came_with_psoas(place))


def _came_with_psoas(place: Path) -> bool:
    """Whether the pack at *place* did."""
    return place.parent == _built_in()


def _built_in() -> Path:
    return bundled("sounds") / "voices"
