"""The list of voices: packs and voices of the system, with how much they can say, and how to get a better one."""

from typing import TYPE_CHECKING

from psoas_cli.cli.console import columns, wrapped, write, write_json
from psoas_cli.cli.context import Context, is_muted
from psoas_cli.commands.voices.audition import let_hear
from psoas_cli.player.narrator import VoiceChoice, everything, voice_choice
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Lang, Text

if TYPE_CHECKING:
    from psoas_cli.audio.tts.speaker import Speaker

_SPEAKS = Text("speaks in a practice", "spreekt in een oefening")
_ONLY_ASKED: dict[Lang, Text] = {
    "en": Text("only on request; clear but robotic", "alleen als je erom vraagt: duidelijk, als een machine"),
    "nl": Text("only on request; hard to understand", "alleen als je erom vraagt: lastig te verstaan"),
}
"""The remark on a voice that does not speak by default."""

_BUILT_IN = Text("built in", "hoort bij psoas")
_OWN = Text("added", "toegevoegd")
_SAYS_ALL = Text("says all {count} texts", "zegt alle {count} teksten")
_SAYS_SOME = Text("says {said} of {count} texts", "zegt {said} van {count} teksten")
NO_VOICE = Text("no voice found", "hier is geen stem")

_ON_MACOS = Text(
    "More voices, and better ones (Enhanced, Premium): System Settings, Accessibility, Spoken Content, System Voice, "
    "Manage Voices.",
    "Meer stemmen, en betere (Enhanced, Premium): Systeeminstellingen, Toegankelijkheid, Gesproken materiaal, "
    "Systeemstem, Beheer stemmen.",
)
_ON_WINDOWS = Text(
    "More voices: Settings, Time & language, Speech, Add voices. Only those for desktop programs appear here.",
    "Meer stemmen: Instellingen, Tijd en taal, Spraak, Stemmen toevoegen. Alleen die voor bureaubladprogramma's "
    "verschijnen hier.",
)
_PIPER = Text(
    "A natural voice on any system, which speaks on this computer only (63 MB, after asking):",
    "Een natuurlijke stem op elk systeem, die alleen op deze computer spreekt (63 MB; psoas vraagt het eerst):",
)
_MBROLA = Text(
    "On Debian, with its section non-free, another one for Dutch, clearer than espeak-ng (--voice mb-nl2):",
    "Op Debian, met de sectie non-free, nog een Nederlandse, beter te verstaan dan espeak-ng (--voice mb-nl2):",
)


def list_voices(context: Context, rate: int | None, *, every: bool, mute: bool, sound: bool, as_json: bool) -> None:
    """List the voices, and let them be heard.

    Args:
        context: Settings and language.
        rate: Words a minute; None for the settings.
        every: Whether to play all of them, not just one for each language.
        mute: Whether to play none.
        sound: Whether to play them even over SSH.
        as_json: Whether to list them for a program, which plays none.
    """
    from psoas_cli.audio.tts.voices import RATE

    settings = context.config.voice
    rate = rate or settings.rate or RATE
    found = [voice_choice(each, settings) for each in LANGS]
    if as_json:
        write_json(_facts(found, rate))
        return
    write(columns([row for each in found for row in _rows(each, context.lang)], strong=0))
    for problem in problems_in(found):
        write("\n".join(wrapped(problem)))
    for said, commands in advice_for(found, context.lang):
        write("\n".join(("", *wrapped(said), *(f"  {each}" for each in commands))))
    candidates = [each.voices if every else (each.best,) for each in found]
    speaking = [voice for each in candidates for voice in each if voice]
    if speaking and not (mute or (is_muted() and not sound)):
        write("")
        let_hear(speaking, rate, context, over_ssh=sound)


def _rows(found: VoiceChoice, lang: Lang) -> list[tuple[str, str, str]]:
    name = LANGUAGES[found.lang].said(lang)
    rows = [(voice.written, ", ".join(each.said(lang) for each in remarks_on(voice, found))) for voice in found.voices]
    if not rows:
        return [(name, "-", NO_VOICE.said(lang))]
    return [("" if number else name, *row) for number, row in enumerate(rows)]


def remarks_on(voice: "Speaker", found: VoiceChoice, *, counted: bool = True) -> list[Text]:
    """What to say of *voice*, one of those *found* for its language.

    Of a pack also how many texts it can say, if they are to be *counted*, which takes a second or two.
    """
    from psoas_cli.audio.tts.pack import Pack
    from psoas_cli.audio.tts.speaker import is_built_in
    from psoas_cli.audio.tts.voices import speaks_by_default

    remarks = [_SPEAKS] if voice == found.speaks else []
    if isinstance(voice, Pack):
        remarks = [_BUILT_IN if is_built_in(voice) else _OWN, *([_says(voice)] if counted else []), *remarks]
    elif not (remarks or speaks_by_default(voice)):
        remarks = [_ONLY_ASKED[voice.lang]]
    return remarks


def _says(voice: "Speaker") -> Text:
    said, count = _covering(voice)
    return (_SAYS_ALL if said == count else _SAYS_SOME).filled(said=said, count=count)


def _covering(voice: "Speaker") -> tuple[int, int]:
    """How many of psoas's own texts *voice* can say, and how many there are."""
    from psoas_cli.audio.tts.speaker import lacking

    texts = everything(voice.lang)
    return len(texts) - lacking(voice, texts), len(texts)


def _facts(found: list[VoiceChoice], rate: int) -> dict[str, object]:
    voices = [_described(voice, each) for each in found for voice in each.voices]
    return {"rate": rate, "voices": voices, "problems": problems_in(found)}


def problems_in(found: list[VoiceChoice]) -> list[str]:
    """What is wrong with the voices *found*, once each: a pack that cannot be read may be one of any language."""
    return list(dict.fromkeys(problem.message for each in found for problem in each.problems))


def _described(voice: "Speaker", found: VoiceChoice) -> dict[str, object]:
    """*voice* for a program."""
    from psoas_cli.audio.tts.pack import Pack
    from psoas_cli.audio.tts.speaker import is_built_in

    described: dict[str, object] = {
        "lang": found.lang,
        "engine": "pack" if isinstance(voice, Pack) else voice.engine,
        "name": voice.about.name if isinstance(voice, Pack) else voice.name,
        "written": voice.written,
        "speaks": voice == found.speaks,
    }
    if isinstance(voice, Pack):
        said, count = _covering(voice)
        described |= {"built-in": is_built_in(voice), "says": said, "texts": count, "place": str(voice.place)}
        described |= {"speaker": voice.about.speaker, "licence": voice.about.licence, "made": voice.about.made}
    return described


def advice_for(found: list[VoiceChoice], lang: Lang) -> list[tuple[str, tuple[str, ...]]]:
    """How to get better voices on this system, for the languages that could do with one: sentences and commands."""
    from psoas_cli.audio.tts import engines

    of_the_system = {"darwin": _ON_MACOS, "win32": _ON_WINDOWS}.get(engines.SYSTEM)
    parts: list[tuple[str, tuple[str, ...]]] = [(of_the_system.said(lang), ())] if of_the_system else []
    if getting := tuple(f"psoas voices --get {each.lang}" for each in found if not _is_natural(each.speaks)):
        parts.append((_PIPER.said(lang), getting))
    silent = any(each.lang == "nl" and not each.speaks for each in found)
    if engines.SYSTEM == "linux" and silent and not engines.has_mbrola():
        parts.append((_MBROLA.said(lang), (engines.GET_MBROLA,)))
    return parts


def _is_natural(voice: "Speaker | None") -> bool:
    """Whether *voice* is a pack, or speaks with piper."""
    from psoas_cli.audio.tts.pack import Pack

    return isinstance(voice, Pack) or (voice is not None and voice.engine == "piper")
