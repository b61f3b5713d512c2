"""`psoas voices`: lists and plays the voices of this system, and shows how to get a better one."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from psoas_cli.cli import options
from psoas_cli.cli.console import columns, wrapped, write
from psoas_cli.cli.context import Context, is_muted, is_over_ssh
from psoas_cli.cli.installation import install_line
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import SAMPLE, VoiceChoice, voice_choice
from psoas_cli.player.playback import SILENT_AS_ASKED, SILENT_OVER_SSH, listen, playing
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Lang, Text
from psoas_cli.practice.score.speech import Words
from psoas_cli.storage import paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psoas_cli.audio.sink import Sink
    from psoas_cli.audio.tts.speaker import Speaker

_SPEAKS = Text("speaks in a practice", "spreekt in een oefening")
_ONLY_ASKED: dict[Lang, Text] = {
    "en": Text("only on request; clear but robotic", "alleen als je erom vraagt: duidelijk, als een machine"),
    "nl": Text("only on request; hard to understand", "alleen als je erom vraagt: lastig te verstaan"),
}
"""The remark on a voice that does not speak by default."""

_NO_VOICE = Text("no voice found", "hier is geen stem")
_NO_DEVICE = Text("No sound device answers, so nothing is spoken.", "Er is geen geluidsapparaat, dus er klinkt niets.")

_ON_MACOS = Text(
    "More voices, and better ones (Enhanced, Premium): System Settings, Accessibility, Spoken Content, System Voice, "
    "Manage Voices.",
    "Meer stemmen, en betere (Enhanced, Premium): Systeeminstellingen, Toegankelijkheid, Gesproken materiaal, "
    "Systeemstem, Beheer stemmen.",
)
_ON_WINDOWS = Text(
    "More voices: Settings, Time & language, Speech, Add voices. Only those for desktop programs appear here; if "
    "Dutch is not among them, piper speaks it.",
    "Meer stemmen: Instellingen, Tijd en taal, Spraak, Stemmen toevoegen. Alleen die voor bureaubladprogramma's "
    "verschijnen hier; is er geen Nederlandse bij, dan spreekt piper Nederlands.",
)
_PIPER = Text(
    "A more natural voice on any system: piper, which runs on this computer only. Install it and download its models "
    "once:",
    "Een menselijker stem op elk systeem: piper, dat alleen op deze computer spreekt. Installeer het en haal de "
    "modellen op, eenmalig:",
)
_NAME_THEM = Text("Then add this to {config}:", "Noem ze dan in {config}:")
_MODELS = Text("Other Dutch models:", "Andere Nederlandse modellen:")
_MODEL: dict[Lang, str] = {"en": "en_US-joe-medium", "nl": "nl_NL-alex-medium"}
_OTHERS = "nl_BE-nathalie-medium (CC0), nl_BE-rdh-medium (CC0), nl_NL-mls-medium (CC BY 4.0)"

_AHEAD = 0.4  # lookahead in seconds, as in a practice


def command(
    lang: options.Language = None,
    rate: Annotated[
        int | None,
        typer.Option("--rate", metavar="N", min=60, max=300, help="Words a minute (default: from settings, else 125)."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Hear every voice, not just one per language.")] = False,
    mute: Annotated[bool, typer.Option("--mute", help="Don't play them.")] = False,
    sound: options.Sound = False,
    as_json: options.Json = False,
) -> None:
    """List the voices, and hear them.

    Also shows how to get a better one.

    \b
    psoas voices              list the English and Dutch voices, and hear one of each
    psoas voices --rate 110   hear them more slowly
    psoas voices --all        hear every one of them
    """
    from psoas_cli.audio.tts.voices import RATE

    context = Context(lang)
    settings = context.config.voice
    rate = rate or settings.rate or RATE
    found = [voice_choice(each, settings) for each in LANGS]
    if as_json:
        write(_as_json(found, rate))
        return
    write(columns([row for each in found for row in _rows(each, context.lang)], strong=0))
    for problem in (problem for each in found for problem in each.problems):
        write("\n".join(wrapped(problem.message)))
    write(f"\n{_advice(context.lang)}")
    candidates = [each.voices if every else (each.best,) for each in found]
    speaking = [voice for each in candidates for voice in each if voice]
    silenced = is_muted() and not sound
    if speaking and not (mute or silenced):
        write("")
        _let_hear(speaking, rate, context, over_ssh=sound)


def _rows(found: VoiceChoice, lang: Lang) -> list[tuple[str, str, str]]:
    from psoas_cli.audio.tts.pack import Pack
    from psoas_cli.audio.tts.voices import speaks_by_default

    name = LANGUAGES[found.lang].said(lang)
    if not found.voices:
        return [(name, "-", _NO_VOICE.said(lang))]
    rows: list[tuple[str, str, str]] = []
    for voice in found.voices:
        remark = (
            _SPEAKS
            if voice == found.speaks
            else Text()
            if isinstance(voice, Pack) or speaks_by_default(voice)
            else _ONLY_ASKED[voice.lang]
        )
        rows.append(("" if rows else name, voice.written, remark.said(lang)))
    return rows


def _as_json(found: list[VoiceChoice], rate: int) -> str:
    import json

    from psoas_cli.audio.tts.pack import Pack

    voices = [
        {
            "lang": each.lang,
            "engine": "pack" if isinstance(voice, Pack) else voice.engine,
            "name": voice.about.name if isinstance(voice, Pack) else voice.name,
            "written": voice.written,
            "speaks": voice == each.speaks,
        }
        for each in found
        for voice in each.voices
    ]
    problems = [problem.message for each in found for problem in each.problems]
    return json.dumps({"rate": rate, "voices": voices, "problems": problems}, ensure_ascii=False, indent=2)


def _advice(lang: Lang) -> str:
    """Return how to get better voices on this system."""
    from psoas_cli.audio.tts.engines import SYSTEM

    of_the_system = {"darwin": _ON_MACOS, "win32": _ON_WINDOWS}.get(SYSTEM)
    config = paths.config_file()
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    models = " ".join(_MODEL.values())
    lines = [*wrapped(of_the_system.said(lang)), ""] if of_the_system else []
    lines += wrapped(_PIPER.said(lang))
    lines.append(f"  {install_line('piper-tts')}")
    lines.append(f'  {python} -m piper.download_voices --download-dir "{config.parent / "voices"}" {models}')
    lines += wrapped(_NAME_THEM.filled(config=str(config)).said(lang))
    named = ", ".join(f"{each}: voices/{model}.onnx" for each, model in _MODEL.items())
    lines.append(f"  voice: {{{named}}}")
    lines.append(f"{_MODELS.said(lang)} {_OTHERS}")
    return "\n".join(lines)


def _let_hear(speaking: "Sequence[Speaker]", rate: int, context: Context, *, over_ssh: bool) -> None:
    """Let each voice speak a line, or print why there is no sound."""
    if is_over_ssh() and not over_ssh:
        write(SILENT_OVER_SSH.said(context.lang))
        return
    if context.config.audio == "none":
        write(SILENT_AS_ASKED.said(context.lang))
        return
    try:
        with playing(context, None, over_ssh=over_ssh) as sink:
            for voice in speaking:
                write(f"{voice.written}: {SAMPLE.said(voice.lang)}")
                sys.stdout.flush()  # in a pipe, too, the words are to come before the sound
                _speak(sink, voice, rate)
    except PsoasError:
        write(_NO_DEVICE.said(context.lang))


def _speak(sink: "Sink", voice: "Speaker", rate: int) -> None:
    """Let *voice* speak its line to the end, or print why it cannot."""
    from psoas_cli.audio.tts.clips import ready

    line = Words(SAMPLE.said(voice.lang))
    made = ready([line], voice, rate, paths.speech_folder(), lambda _done, _all: None)
    for failure in made.failures.values():
        write("\n".join(wrapped(failure.message)))
    for clip in made.clips.values():
        sink.speech(clip, time.monotonic() + _AHEAD)
    listen(sink)
