"""The voice check of `psoas doctor`: which voice would speak each language."""

from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.commands.doctor.system import Finding
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Lang, Text
from psoas_cli.practice.score.facts import VOICE
from psoas_cli.storage.config import VoiceSettings

if TYPE_CHECKING:
    from psoas_cli.audio.tts.voices import Voice

_IN = Text("{lang}: {voice}", "{lang}: {voice}")
_NOBODY = Text("none", "geen")
_NOT_ASKED = Text("none ({voice} only on request)", "geen ({voice} alleen als je erom vraagt)")
_OFF = Text("off in the settings", "uit, zoals de instellingen vragen")
_ADVICE = Text(
    "psoas voices plays the voices of this system, and shows how to get a better one.",
    "psoas voices laat je horen wat er is, en zegt hoe je een betere stem krijgt.",
)


class Heard(NamedTuple):
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


def heard(lang: Lang, settings: VoiceSettings) -> Heard:
    """Return the voices for *lang*, and which of them speaks with these *settings*."""
    from psoas_cli.audio.tts.voices import used, voices

    there = tuple(voices(lang))
    try:
        speaks = used(lang, settings.asked(lang), on=settings.on)
    except PsoasError as error:
        return Heard(lang, there, None, error)
    return Heard(lang, there if speaks is None or speaks in there else (speaks, *there), speaks)


def voice(settings: VoiceSettings) -> Finding:
    """Check which voice would speak each language."""
    from psoas_cli.audio.tts.voices import RATE

    found = [heard(lang, settings) for lang in LANGS]
    facts: dict[str, object] = {
        "on": settings.on,
        "rate": settings.rate or RATE,
        **{each.lang: each.speaks.written if each.speaks else None for each in found},
    }
    if settings.on is False:
        return Finding("voice", VOICE, (_OFF,), facts=facts)
    said = tuple(_IN.filled(lang=LANGUAGES[each.lang], voice=_said(each, settings)) for each in found)
    wanted = [each for each in found if settings.asked(each.lang) != "none"]
    return Finding("voice", VOICE, said, None if all(each.speaks for each in wanted) else _ADVICE, facts)


def _said(found: Heard, settings: VoiceSettings) -> Text:
    if found.problem:
        return Text(found.problem.message, found.problem.message)
    if found.speaks:
        return Text(found.speaks.written, found.speaks.written)
    asked_for_none = settings.asked(found.lang) is not None
    return _NOBODY if asked_for_none or not found.best else _NOT_ASKED.filled(voice=found.best.written)
