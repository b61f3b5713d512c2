"""The voice of a practice: chosen, and its clips prepared, before the practice begins."""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.audio.tts.narration import Narration
from psoas_cli.errors import PsoasError
from psoas_cli.player.buttons import PAUSED_BY_BUTTON, STILL_PAUSED
from psoas_cli.practice.model.text import Lang, Text, capitalised, shown
from psoas_cli.practice.model.verbosity import Verbosity
from psoas_cli.practice.model.verbosity_texts import ANNOUNCED
from psoas_cli.practice.score.audit import hurried
from psoas_cli.practice.score.facts import VOICE
from psoas_cli.practice.score.speech import Words, said_anywhere, told_in, words_of
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.resources import bundled
from psoas_cli.storage import paths
from psoas_cli.storage.config import VoiceSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from psoas_cli.audio.tts.clips import Clips
    from psoas_cli.audio.tts.speaker import Speaker
    from psoas_cli.cli.progress import SkipKey
    from psoas_cli.practice.model.sequence import Sequence

VOICE_TO_COME = Text(
    "Preparing the voice. This takes a moment the first time.",
    "De stem wordt klaargezet; de eerste keer duurt dat even.",
)
_VOICE_SKIPS = Text("Voice (Esc: only show the rest)", "Stem (Esc: de rest alleen tonen)")
_ESC_SKIPS = Text("Esc goes on without the rest.", "Met Esc ga je zonder de rest verder.")
_SKIPPED = Text(
    "Texts that are only shown, as the voice was not ready yet: {count}.",
    "Teksten die alleen op het scherm staan, omdat de stem nog niet zover was: {count}.",
)
SAMPLE = Text("Lie down whenever you like. Less is always possible.", "Ga liggen wanneer je wilt. Minder mag altijd.")
"""What a voice says to be heard."""

NO_VOICE = Text(
    "There is no English voice here: the words are only shown. psoas voices shows how to get one.",
    "Er is hier nog geen Nederlandse stem: de woorden staan op het scherm. psoas voices --get nl haalt er een.",
)
_NO_WORDS = Text(
    "There is no English voice here, so this file has sounds but no words. psoas voices shows how to get one.",
    "Er is nog geen Nederlandse stem: dit bestand heeft klanken, geen woorden. psoas voices --get nl haalt er een.",
)
_CANNOT_SPEAK = Text(
    "{why}. The words are only shown.", "De stem {name} kan hier niet spreken. De woorden staan op het scherm."
)
_UNUSABLE = Text(
    "Voice packs that cannot be used: {count}. psoas voices says why.",
    "Stempakketten die niet te gebruiken zijn: {count}. psoas voices zegt waarom.",
)
_BUILT_IN = Text("{name}, built in", "{name}, hoort bij psoas")
_LACKING = Text(
    "Texts that {voice} cannot say, and that are only shown: {count}.",
    "Teksten die {voice} niet kan zeggen en die alleen op het scherm staan: {count}.",
)
_LEFT_OUT = Text(
    "Texts that {voice} cannot say, and that are not in the file: {count}.",
    "Teksten die {voice} niet kan zeggen en die niet in het bestand staan: {count}.",
)
_RECORD_ON = Text(
    "psoas record with --voice {id} goes on where you left off.",
    "Met psoas record en --voice {id} ga je verder met inspreken.",
)
_SCAN_UNSPOKEN = Text(
    "A body scan is meant to be heard. Without a voice, a bell tells you when the screen names the next place.",
    "Een bodyscan is om naar te luisteren. Zonder stem hoor je aan een bel dat de volgende plek op het scherm staat.",
)
_SCAN_WITHOUT_VOICE = Text(
    "A body scan is meant to be heard; --voice lets a voice lead you.",
    "Een bodyscan is om naar te luisteren; met --voice leidt een stem je.",
)
_VOICE_FAILED = Text(
    "Texts that are only shown: {count}, because {why}.", "Teksten die alleen op het scherm staan: {count}, want {why}."
)
UNSAID = Text(
    "Texts that are only shown, as there is no time to speak them: {count}.",
    "Teksten die langer duren dan er tijd voor is: {count}. Die staan alleen op het scherm.",
)
_SHORT_MOVES = Text(
    "Transitions in which this voice leaves little time: {count}. You can pause whenever you like.",
    "Bewegingen waarin deze stem weinig tijd overlaat: {count}. Je kunt altijd pauzeren.",
)


class Narrator(NamedTuple):
    """The narration of a practice, and what to say about it beforehand.

    Args:
        narration: What is spoken, and when.
        notes: Remarks for the person: what is only shown, and why.
        voice: Who speaks; empty if nobody does.
    """

    narration: Narration
    notes: tuple[str, ...] = ()
    voice: str = ""


class VoiceWishes(NamedTuple):
    """What is wanted of the voice; None leaves it to the settings.

    Args:
        voice: Who is to speak: `best` or `none`, the id of a pack, or the name of a voice.
        verbosity: How much is said.
        guided: With how many breaths, the first that are heard, their words are said.
    """

    voice: str | None = None
    verbosity: Verbosity | None = None
    guided: int = 0


BEST = "best"
"""What is asked for if a voice is wanted, whoever it is."""


def spoken(
    timeline: Timeline,
    lang: Lang,
    settings: VoiceSettings,
    wishes: VoiceWishes,
    *,
    plain: bool = False,
    fixed: bool = False,
    seen: bool = True,
) -> Narrator:
    """Prepare everything that is spoken in *timeline*: recordings, and the clips of a voice.

    On a terminal a person may go on before all of it is ready.

    Args:
        timeline: The practice.
        lang: The language.
        settings: The settings of the voice.
        wishes: What is wanted beyond the settings.
        plain: Whether to show a line while the voice is prepared, instead of a progress bar.
        fixed: Whether nobody can ask anything or change the course, as in a file.
        seen: Whether the texts are shown as well, as they are everywhere but in a file of sound alone.

    Raises:
        PsoasError: A recording of the practice cannot be read, or a voice asked for by name is not there.
    """
    told = told_in(timeline, lang)
    notes: list[str] = []
    chosen, off = _cast(told, lang, settings, wishes.voice, notes)
    if chosen is None and not off:
        notes.append((NO_VOICE if seen else _NO_WORDS).said(lang))
    if chosen is None and not any(words.audio for words in told):
        notes += [] if fixed else _meant_to_be_heard(timeline, lang, off=off)
        return Narrator(Narration(lang), tuple(notes))
    from psoas_cli.audio.tts.pack import Pack
    from psoas_cli.audio.tts.speaker import PackClips, lacking

    clips: Clips
    if isinstance(chosen, Pack) and not any(words.audio for words in told):
        clips = PackClips(chosen)
    else:
        others = said_anywhere(lang) if fixed else (*words_of(timeline, lang), *said_in_sessions(lang))
        clips, problems = _prepared(dict.fromkeys((*told, *others)), chosen, lang, settings, plain=plain)
        notes += problems
    verbosity = wishes.verbosity or settings.verbosity or "full"
    narration = Narration(lang, clips, verbosity=verbosity, guided=wishes.guided)
    if chosen and (lacks := lacking(chosen, told)):
        notes.append((_LACKING if seen else _LEFT_OUT).filled(count=lacks, voice=name_of(chosen)).said(lang))
        notes += _how_to_go_on(chosen, lang)
    speech = narration.speech(timeline)
    if speech.unsaid:
        notes.append(UNSAID.filled(count=len(speech.unsaid)).said(lang))
    if short := sum(timeline.spans[finding.span - 1].segment.moving for finding in hurried(timeline, speech)):
        notes.append(_SHORT_MOVES.filled(count=short).said(lang))
    return Narrator(narration, tuple(notes), _described(chosen, lang) if chosen else "")


def _prepared(
    words: "Iterable[Words]", speaker: "Speaker | None", lang: Lang, settings: VoiceSettings, *, plain: bool
) -> "tuple[Clips, list[str]]":
    """Return the clips of *words*, recorded or spoken by *speaker*, and remarks on those that are only shown.

    Raises:
        PsoasError: A recording cannot be read.
    """
    from psoas_cli.audio.tts.clips import ready
    from psoas_cli.audio.tts.voices import RATE
    from psoas_cli.cli.progress import SkipKey

    notes = []
    with SkipKey() as key, _waiting(key, lang, plain=plain) as progressed:
        rate, folder = settings.rate or RATE, paths.speech_folder()
        made = ready(words, speaker, rate, folder, progressed, skipped=key.pressed)
    if made.failures:
        why = next(iter(made.failures.values())).message
        notes.append(_VOICE_FAILED.filled(count=len(made.failures), why=why).said(lang))
    if made.skipped:
        notes.append(_SKIPPED.filled(count=len(made.skipped)).said(lang))
    return made.clips, notes


class Unspoken(NamedTuple):
    """How many of a practice's *texts* the *voice* that would speak cannot say."""

    voice: str
    lacking: int
    texts: int


def unspoken(timeline: Timeline, lang: Lang, settings: VoiceSettings) -> Unspoken | None:
    """Return what would only be shown of *timeline* as somebody speaks it; None if nobody would or nothing is lacking.

    Raises:
        PsoasError: The voice in the settings is not there.
    """
    from psoas_cli.audio.tts.speaker import cast

    told = told_in(timeline, lang)
    if settings.on is False:
        return None
    chosen = cast(lang, told, paths.voices_folder(), settings.asked(lang), on=settings.on)
    if chosen.speaker is None or not chosen.lacking:
        return None
    return Unspoken(name_of(chosen.speaker), chosen.lacking, len(told))


def _waiting(key: "SkipKey", lang: Lang, *, plain: bool) -> "AbstractContextManager[Callable[[int, int], None]]":
    """What is shown while the voice is prepared: a bar, or a line if it is to be *plain*."""
    from psoas_cli.cli.progress import progress

    if not plain:
        return progress((_VOICE_SKIPS if key.there else VOICE).said(lang))
    lines = (VOICE_TO_COME, _ESC_SKIPS) if key.there else (VOICE_TO_COME,)
    return progress("", line=" ".join(line.said(lang) for line in lines))


def _cast(
    told: tuple[Words, ...], lang: Lang, settings: VoiceSettings, asked: str | None, notes: list[str]
) -> "tuple[Speaker | None, bool]":
    """Choose who speaks *told*, and say whether all is said if nobody does; add to *notes* what a person should know.

    Raises:
        PsoasError: A voice asked for by an option is not there.
    """
    from psoas_cli.audio.tts.pack import NONE
    from psoas_cli.audio.tts.speaker import cast

    on = True if asked == BEST else settings.on
    by_option = None if asked == BEST else asked
    if by_option == NONE or (by_option is None and on is False):
        return None, True
    name = by_option or settings.asked(lang)
    try:
        chosen = cast(lang, told, paths.voices_folder(), name, on=on)
    except PsoasError as error:
        if by_option:
            raise
        notes.append(_CANNOT_SPEAK.filled(why=capitalised(error.message), name=shown(name or "")).said(lang))
        return None, True
    if chosen.problems:
        notes.append(_UNUSABLE.filled(count=len(chosen.problems)).said(lang))
    return chosen.speaker, name == NONE


def _meant_to_be_heard(timeline: Timeline, lang: Lang, *, off: bool) -> list[str]:
    """What to say of a body scan that nobody speaks."""
    if not any(span.segment.kind == "scan" for span in timeline.spans):
        return []
    return [(_SCAN_WITHOUT_VOICE if off else _SCAN_UNSPOKEN).said(lang)]


def _how_to_go_on(speaker: "Speaker", lang: Lang) -> list[str]:
    """How to record what a voice of one's own lacks."""
    from psoas_cli.audio.tts.pack import Pack
    from psoas_cli.audio.tts.speaker import is_built_in

    if not isinstance(speaker, Pack) or is_built_in(speaker):
        return []
    return [_RECORD_ON.filled(id=speaker.about.id).said(lang)]


def _described(speaker: "Speaker", lang: Lang) -> str:
    """Who speaks, and that they came with psoas if they did."""
    from psoas_cli.audio.tts.speaker import is_built_in

    return _BUILT_IN.filled(name=name_of(speaker)).said(lang) if is_built_in(speaker) else name_of(speaker)


def name_of(speaker: "Speaker") -> str:
    """What a person calls *speaker*."""
    from psoas_cli.audio.tts.pack import Pack

    return speaker.about.name if isinstance(speaker, Pack) else speaker.written


@cache  # all practices, compiled with each care: a second of work, and a list of voices asks once a voice
def everything(lang: Lang) -> tuple[Words, ...]:
    """Everything that psoas can say in *lang* in its own words."""
    from psoas_cli.practice.score.repertoire import repertoire
    from psoas_cli.storage.library import Library

    said = repertoire(built_in_practices(lang), Library(lang, own_poses=False).built_in_poses, lang)
    return tuple(dict.fromkeys((*said, *said_in_sessions(lang), Words(SAMPLE.said(lang)))))


def said_in_sessions(lang: Lang) -> tuple[Words, ...]:
    """What is said when a person asks for something, whatever they practise."""
    from psoas_cli.player.grounding import spoken_ever

    texts = (*spoken_ever(), *ANNOUNCED.values(), PAUSED_BY_BUTTON, STILL_PAUSED)
    return tuple(Words(text.said(lang)) for text in texts)


def built_in_practices(lang: Lang) -> "Iterator[Sequence]":
    """Yield the practices that come with psoas, as they are without the person's own poses."""
    from psoas_cli.storage.library import Library
    from psoas_cli.storage.sequence_files import POSES

    library = Library(lang, own_poses=False)
    for path in sorted(bundled("sequences").glob("*.yaml")):
        if path.name != POSES:
            yield library.sequence(str(path))


class VoiceChoice(NamedTuple):
    """The voices of one language.

    Args:
        lang: The language.
        voices: Those found, best first: packs, then voices of the system, after a model from the settings.
        speaks: Who speaks in a practice made of psoas's own words, if anyone.
        problems: What is wrong with the voice in the settings, or with packs.
    """

    lang: Lang
    voices: "tuple[Speaker, ...]"
    speaks: "Speaker | None"
    problems: tuple[PsoasError, ...] = ()

    @property
    def best(self) -> "Speaker | None":
        """The voice that speaks in a practice, else the best one found."""
        return self.speaks or next(iter(self.voices), None)


def voice_choice(lang: Lang, settings: VoiceSettings) -> VoiceChoice:
    """Return the voices for *lang*, and which of them speaks with these *settings*."""
    from psoas_cli.audio.tts.speaker import cast, packs
    from psoas_cli.audio.tts.voices import voices

    own = packs(lang, paths.voices_folder())
    there: tuple[Speaker, ...] = (*own.usable, *voices(lang))
    if settings.on is False:
        return VoiceChoice(lang, there, None, own.problems)
    try:
        asked, on = settings.asked(lang), settings.on
        speaks = cast(lang, (Words(SAMPLE.said(lang)),), paths.voices_folder(), asked, on=on).speaker
    except PsoasError as error:
        return VoiceChoice(lang, there, None, (error, *own.problems))
    return VoiceChoice(lang, there if speaks is None or speaks in there else (speaks, *there), speaks, own.problems)
