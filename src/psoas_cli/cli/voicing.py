"""`psoas voices`: the voices of this system, how they sound, and how to get a better one."""

import os
import sys
import time
from typing import TYPE_CHECKING

from psoas_cli.cli import language
from psoas_cli.cli.hearing import listen, playing
from psoas_cli.cli.installing import install_line
from psoas_cli.cli.printing import columns, wrapped, write
from psoas_cli.cli.voice_check import Heard, heard
from psoas_cli.errors import PsoasError
from psoas_cli.practice import words
from psoas_cli.practice.speech import Words
from psoas_cli.practice.text import LANGS, Lang, Text
from psoas_cli.store import folders
from psoas_cli.store.config import Config, read_config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psoas_cli.sound.player import Player
    from psoas_cli.sound.voices import Voice

_LINE = Text("Lie down whenever you like. Less is always possible.", "Ga liggen wanneer je wilt. Minder mag altijd.")
_SPEAKS = Text("speaks in a practice", "spreekt in een oefening")
_ONLY_ASKED: dict[Lang, Text] = {
    "en": Text(
        "only where you ask for it: clear, like a machine", "alleen als je erom vraagt: duidelijk, als een machine"
    ),
    "nl": Text("only where you ask for it: hard to understand", "alleen als je erom vraagt: lastig te verstaan"),
}
"""What there is to say of a voice that does not speak without being asked."""

_NO_VOICE = Text("there is no voice here", "hier is geen stem")
_NO_DEVICE = Text("No sound device answers, so nothing is spoken.", "Er is geen geluidsapparaat, dus er klinkt niets.")

_ON_MACOS = Text(
    "More voices, and better ones (Enhanced, Premium): System Settings, Accessibility, Spoken Content, System Voice, "
    "Manage Voices.",
    "Meer stemmen, en betere (Enhanced, Premium): Systeeminstellingen, Toegankelijkheid, Gesproken materiaal, "
    "Systeemstem, Beheer stemmen.",
)
_ON_WINDOWS = Text(
    "More voices: Settings, Time & language, Speech, Add voices. Only those for desktop programs appear here; where "
    "Dutch is not among them, piper speaks it.",
    "Meer stemmen: Instellingen, Tijd en taal, Spraak, Stemmen toevoegen. Alleen die voor bureaubladprogramma's "
    "verschijnen hier; is er geen Nederlandse bij, dan spreekt piper Nederlands.",
)
_PIPER = Text(
    "A more human voice on any system: piper, which speaks on this computer alone. Install it and get its models, "
    "once:",
    "Een menselijker stem op elk systeem: piper, dat alleen op deze computer spreekt. Installeer het en haal de "
    "modellen op, eenmalig:",
)
_NAME_THEM = Text("Then name them in {config}:", "Noem ze dan in {config}:")
_MODELS = Text("Other Dutch models:", "Andere Nederlandse modellen:")
_MODEL: dict[Lang, str] = {"en": "en_US-joe-medium", "nl": "nl_NL-alex-medium"}
_OTHERS = "nl_BE-nathalie-medium (CC0), nl_BE-rdh-medium (CC0), nl_NL-mls-medium (CC BY 4.0)"

_AHEAD = 0.4  # seconds before its moment that a sound is handed over, as in a practice


def print_voices(asked: str | None, rate: int | None, *, mute: bool, sound: bool, every: bool, as_json: bool) -> None:
    """Print the voices, and how to get better ones; then let them be heard, the one of each language or *every* one."""
    from psoas_cli.sound.voices import RATE

    config = read_config(folders.config_file())
    lang, rate = language.choose(asked, config.lang), rate or config.voice.rate or RATE
    found = [heard(each, config.voice) for each in LANGS]
    if as_json:
        write(_as_json(found, rate))
        return
    write(columns([row for each in found for row in _rows(each, lang)], strong=0))
    for problem in (each.problem for each in found if each.problem):
        write("\n".join(wrapped(problem.message)))
    write(f"\n{_advice(lang)}")
    candidates = [each.voices if every else (each.best,) for each in found]
    speaking = [voice for each in candidates for voice in each if voice]
    silenced = os.environ.get("PSOAS_MUTE", "") not in ("", "0") and not sound
    if speaking and not (mute or silenced):
        write("")
        _let_hear(speaking, rate, config, lang, over_ssh=sound)


def _rows(found: Heard, lang: Lang) -> list[tuple[str, str, str]]:
    from psoas_cli.sound.voices import speaks_by_default

    name = words.LANGUAGES[found.lang].said(lang)
    if not found.voices:
        return [(name, "-", _NO_VOICE.said(lang))]
    rows: list[tuple[str, str, str]] = []
    for voice in found.voices:
        remark = _SPEAKS if voice == found.speaks else Text() if speaks_by_default(voice) else _ONLY_ASKED[voice.lang]
        rows.append(("" if rows else name, voice.written, remark.said(lang)))
    return rows


def _as_json(found: list[Heard], rate: int) -> str:
    import json

    voices = [
        {
            "lang": each.lang,
            "engine": voice.engine,
            "name": voice.name,
            "written": voice.written,
            "speaks": voice == each.speaks,
        }
        for each in found
        for voice in each.voices
    ]
    problems = [each.problem.message for each in found if each.problem]
    return json.dumps({"rate": rate, "voices": voices, "problems": problems}, ensure_ascii=False, indent=2)


def _advice(lang: Lang) -> str:
    """How to get better voices on this system."""
    from psoas_cli.sound.engines import SYSTEM

    of_the_system = {"darwin": _ON_MACOS, "win32": _ON_WINDOWS}.get(SYSTEM)
    config = folders.config_file()
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


def _let_hear(speaking: "Sequence[Voice]", rate: int, config: Config, lang: Lang, *, over_ssh: bool) -> None:
    """Let each voice speak a line; where there is no sound one line says why."""
    if os.environ.get("SSH_CONNECTION") and not over_ssh:
        write(words.SILENT_OVER_SSH.said(lang))
        return
    if config.audio == "none":
        write(words.SILENT_AS_ASKED.said(lang))
        return
    try:
        with playing(config, None, over_ssh=over_ssh) as player:
            for voice in speaking:
                write(f"{voice.written}: {_LINE.said(voice.lang)}")
                sys.stdout.flush()  # in a pipe, too, the words come before the sound
                _speak(player, voice, rate)
    except PsoasError:
        write(_NO_DEVICE.said(lang))


def _speak(player: "Player", voice: "Voice", rate: int) -> None:
    """Let *voice* be heard to the end of its line; where it cannot speak, say why."""
    from psoas_cli.sound.clips import ready

    line = Words(_LINE.said(voice.lang))
    made = ready([line], voice, rate, folders.speech_folder(), lambda _done, _all: None)
    for failure in made.failures.values():
        write("\n".join(wrapped(failure.message)))
    for clip in made.clips.values():
        player.speech(clip, time.monotonic() + _AHEAD)
    listen(player)
