"""The voice of a practice: chosen, and its clips prepared, before the practice begins."""

from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.audio.tts.narration import Narration
from psoas_cli.cli.progress import progress
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Lang, Text, capitalised
from psoas_cli.practice.score.audit import hurried
from psoas_cli.practice.score.facts import VOICE
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.storage import paths
from psoas_cli.storage.config import VoiceSettings

if TYPE_CHECKING:
    from psoas_cli.audio.tts.voices import Voice

VOICE_TO_COME = Text(
    "Preparing the voice. This takes a moment the first time.",
    "De stem wordt klaargezet; de eerste keer duurt dat even.",
)
NO_VOICE = Text(
    "No voice found: the words are only shown. psoas voices shows how to get one.",
    "Er is hier geen stem: de woorden staan op het scherm. psoas voices zegt hoe je er een krijgt.",
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
        voice: The voice, as named in the settings; empty if there is none.
    """

    narration: Narration
    notes: tuple[str, ...] = ()
    voice: str = ""


def spoken(
    timeline: Timeline, lang: Lang, settings: VoiceSettings, *, wanted: bool | None, plain: bool = False
) -> Narrator:
    """Prepare everything that is spoken in *timeline*: recordings, and the clips of a voice.

    Args:
        timeline: The practice.
        lang: The language.
        settings: The settings of the voice.
        wanted: Whether to speak; None leaves it to the settings, and to how good the best voice is.
        plain: Whether to show a line while the voice is prepared, instead of a progress bar.

    Raises:
        PsoasError: A recording of the practice cannot be read.
    """
    on = settings.on if wanted is None else wanted
    if on is False:
        return Narrator(Narration(lang))
    from psoas_cli.audio.tts import voices

    notes = []
    try:
        voice = voices.used(lang, settings.asked(lang), on=on)
        if on and voice is None:
            notes.append(NO_VOICE.said(lang))
    except PsoasError as error:
        voice = None
        notes.append(f"{capitalised(error.message)}. {NO_VOICE.said(lang)}")
    if voice is None and not any(cue.audio for cue in timeline.cues):
        return Narrator(Narration(lang), tuple(notes))
    from psoas_cli.audio.tts.clips import ready

    with progress(VOICE.said(lang), line=VOICE_TO_COME.said(lang) if plain else "") as told:
        made = ready(words_of(timeline, lang), voice, settings.rate or voices.RATE, paths.speech_folder(), told)
    narration = Narration(lang, made.clips)
    if made.failures:
        why = next(iter(made.failures.values())).message
        notes.append(_VOICE_FAILED.filled(count=len(made.failures), why=why).said(lang))
    speech = narration.speech(timeline)
    if speech.unsaid:
        notes.append(UNSAID.filled(count=len(speech.unsaid)).said(lang))
    if short := sum(timeline.spans[finding.span - 1].segment.moving for finding in hurried(timeline, speech)):
        notes.append(_SHORT_MOVES.filled(count=short).said(lang))
    return Narrator(narration, tuple(notes), voice.written if voice else "")


class VoiceChoice(NamedTuple):
    """The voices of one language.

    Args:
        lang: The language.
        voices: The voices found, best first, after a model from the settings if there is one.
        speaks: The voice that speaks in a practice, if any.
        problem: What is wrong with the voice in the settings, if anything.
    """

    lang: Lang
    voices: "tuple[Voice, ...]"
    speaks: "Voice | None"
    problem: PsoasError | None = None

    @property
    def best(self) -> "Voice | None":
        """The voice that speaks in a practice, else the best one found."""
        return self.speaks or next(iter(self.voices), None)


def voice_choice(lang: Lang, settings: VoiceSettings) -> VoiceChoice:
    """Return the voices for *lang*, and which of them speaks with these *settings*."""
    from psoas_cli.audio.tts.voices import used, voices

    there = tuple(voices(lang))
    try:
        speaks = used(lang, settings.asked(lang), on=settings.on)
    except PsoasError as error:
        return VoiceChoice(lang, there, None, error)
    return VoiceChoice(lang, there if speaks is None or speaks in there else (speaks, *there), speaks)
