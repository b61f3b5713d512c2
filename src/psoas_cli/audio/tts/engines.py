"""The engines: installed programs that speak text into a file, with their commands and voices.

The text never becomes part of a command; it is passed on standard input. `spd-say` is not used, as it hangs without a
sound card.
"""

import math
import re
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from psoas_cli.audio.tts.child import Child
from psoas_cli.programs import found

Engine = Literal["say", "windows", "piper", "espeak-ng"]
"""macOS's say, Windows's System.Speech, the neural piper, and espeak-ng; each is used only if it is installed."""

SYSTEM = sys.platform
"""The platform; voices of other platforms are not looked for."""

MBROLA = "mb-nl2"
"""A Dutch voice of mbrola, which espeak-ng speaks with where both are installed. Its licence allows personal use, with
the mbrola program only: psoas names it, and brings neither it nor its sound."""

GET_MBROLA = "sudo apt install mbrola mbrola-nl2 espeak-ng"
"""The command that brings it on Debian; the first two packages are in its section non-free."""

MBROLA_DATA = Path("/usr/share/mbrola/nl2")
"""Where they put it."""

_LISTING = 10.0  # seconds a system may take to list its voices
_SAY_LINE = re.compile(r"^(.+?)\s+([a-z]{2,3}[_-]\S+)\s+#", re.MULTILINE)
_WINDOWS_PACE = 170.0  # words a minute at rate 0: approximate, not measured
_WINDOWS_STEPS = 10  # steps of the rate that make it three times as fast

_LIST_ON_WINDOWS = """
Add-Type -AssemblyName System.Speech;
$speech = New-Object System.Speech.Synthesis.SpeechSynthesizer;
$lines = $speech.GetInstalledVoices() | Where-Object { $_.Enabled } |
    ForEach-Object { $_.VoiceInfo.Culture.Name + [char]9 + $_.VoiceInfo.Name };
$bytes = [Text.Encoding]::UTF8.GetBytes($lines -join [char]10);
[Console]::OpenStandardOutput().Write($bytes, 0, $bytes.Length)
"""
# Values that differ between calls are passed in the environment, so they cannot become part of the script.
_SPEAK_ON_WINDOWS = """
$ErrorActionPreference = 'Stop';
Add-Type -AssemblyName System.Speech;
$text = (New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8)).ReadToEnd();
$speech = New-Object System.Speech.Synthesis.SpeechSynthesizer;
$speech.SelectVoice($env:PSOAS_VOICE);
$speech.Rate = [int]$env:PSOAS_RATE;
$speech.SetOutputToWaveFile($env:PSOAS_FILE);
$speech.Speak($text);
$speech.Dispose()
"""


class ListedVoice(NamedTuple):
    """A voice as its engine lists it.

    Args:
        name: The engine's name for it.
        locale: Its language, as the engine writes it: `nl_NL`, `en-GB`.
    """

    name: str
    locale: str


class Command(NamedTuple):
    """How to run an engine: its arguments, and the variables to add to our environment."""

    arguments: list[str]
    environment: dict[str, str]


def program(engine: Engine) -> str | None:
    """The path of the program of *engine*; None if it is not installed.

    piper is looked for first beside the running interpreter, where pip installs it, and then as `piper-tts`, its name
    where `piper` is another program.
    """
    if engine == "say":
        return found("say") if SYSTEM == "darwin" else None
    if engine == "windows":
        return found("powershell") if SYSTEM == "win32" else None
    if engine == "piper":
        beside = Path(sys.executable).parent  # or below it, in a Python of Windows that is no virtual environment
        return found("piper", [str(beside), str(beside / "Scripts")]) or found("piper-tts") or found("piper")
    return found("espeak-ng")


@lru_cache(maxsize=2)
def listed(engine: Literal["say", "windows"]) -> tuple[ListedVoice, ...]:
    """The voices that the system has for *engine*; none if it does not list them."""
    there = program(engine)
    if there is None:
        return ()
    if engine == "say":
        return tuple(ListedVoice(*each) for each in _SAY_LINE.findall(_printed([there, "-v", "?"])))
    lines = _printed(_powershell(there, _LIST_ON_WINDOWS)).splitlines()
    rows = (line.partition("\t") for line in lines if "\t" in line)
    return tuple(ListedVoice(name.strip(), locale) for locale, _, name in rows)


def has_mbrola() -> bool:
    """Whether espeak-ng can speak with `MBROLA`."""
    espeak = program("espeak-ng")
    if not (espeak and found("mbrola") and MBROLA_DATA.exists()):
        return False
    return f"mb/{MBROLA}" in _printed([espeak, "--voices=mb"]).split()


def command(engine: Engine, voice: str, rate: int, path: Path) -> Command:
    """The command that speaks the text on its standard input into the file at *path*.

    Args:
        engine: An engine that is installed; not piper, which speaks many texts at once.
        voice: The engine's name for the voice.
        rate: Words a minute, by the engine's own measure.
        path: The file to write; it must have the suffix that `suffix` gives.
    """
    there = program(engine) or engine
    if engine == "say":
        return Command([there, "-v", voice, "-r", str(rate), "-o", str(path), "-f", "-"], {})
    if engine == "windows":
        told = {"PSOAS_VOICE": voice, "PSOAS_RATE": str(_windows_rate(rate)), "PSOAS_FILE": str(path)}
        return Command(_powershell(there, _SPEAK_ON_WINDOWS), told)
    return Command([there, "-v", voice, "-s", str(rate), "-w", str(path), "--stdin"], {})


def suffix(engine: Engine) -> str:
    """The suffix that a file must have for *engine* to write it."""
    return ".aiff" if engine == "say" else ".wav"


def one_line(text: str) -> str:
    """*text* as engines are given it: one line, without `[[` and `]]`, which mark commands for an engine."""
    return " ".join(text.replace("[[", " ").replace("]]", " ").split())


def _powershell(there: str, script: str) -> list[str]:
    return [there, "-NoProfile", "-NonInteractive", "-Command", " ".join(script.split())]


def _windows_rate(rate: int) -> int:
    """*rate*, in words a minute, on System.Speech's scale: -10 is a third of its normal pace, 10 three times that."""
    return max(-10, min(10, round(_WINDOWS_STEPS * math.log(rate / _WINDOWS_PACE, 3))))


def _printed(arguments: list[str]) -> str:
    """What a command prints; empty if it cannot be run or takes too long."""
    with suppress(OSError), Child(arguments, {"LC_ALL": "en_US.UTF-8"}, b"", prints=True) as child:
        if child.ends(_LISTING):
            return child.printed()
    return ""
