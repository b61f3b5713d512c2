"""The engines: the programs of a system that speak a text into a file, with their commands and their voices.

Text never becomes part of a command; it comes over the standard input. `spd-say` is none of them, as it hangs
without a sound card.
"""

import math
import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

Engine = Literal["say", "windows", "piper", "espeak-ng"]
"""macOS's say, Windows's System.Speech, the neural piper, and espeak-ng; each only where it is installed."""

SYSTEM = sys.platform
"""What this runs on: the voices of another system are not looked for."""

_LISTING = 10.0  # seconds in which a system has to name its voices
_SAY_LINE = re.compile(r"^(.+?)\s+([a-z]{2,3}[_-]\S+)\s+#", re.MULTILINE)
_PIPER_PACE = 209.0  # words a minute, as the English model joe speaks by itself: measured; others are not the same
_WINDOWS_PACE = 170.0  # words a minute at the rate 0: about, and not measured
_WINDOWS_STEPS = 10  # of the rate, for three times as fast

_LIST_ON_WINDOWS = """
Add-Type -AssemblyName System.Speech;
$speech = New-Object System.Speech.Synthesis.SpeechSynthesizer;
$lines = $speech.GetInstalledVoices() | Where-Object { $_.Enabled } |
    ForEach-Object { $_.VoiceInfo.Culture.Name + [char]9 + $_.VoiceInfo.Name };
$bytes = [Text.Encoding]::UTF8.GetBytes($lines -join [char]10);
[Console]::OpenStandardOutput().Write($bytes, 0, $bytes.Length)
"""
# What is different from call to call comes in the environment: nothing in it can become part of the script.
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
        name: What the engine calls it.
        locale: What it speaks, as the engine writes it: `nl_NL`, `en-GB`.
    """

    name: str
    locale: str


class Command(NamedTuple):
    """How an engine is called: its arguments, and what its environment holds besides ours."""

    arguments: list[str]
    environment: dict[str, str]


def program(engine: Engine) -> str | None:
    """The program of *engine*; None where it is not installed.

    piper is also looked for beside the interpreter that runs this, where pip puts it, and under the name that it has
    where `piper` is another program.
    """
    if engine == "say":
        return shutil.which("say") if SYSTEM == "darwin" else None
    if engine == "windows":
        return shutil.which("powershell") if SYSTEM == "win32" else None
    if engine == "piper":
        beside = str(Path(sys.executable).parent)
        return shutil.which("piper", path=beside) or shutil.which("piper-tts") or shutil.which("piper")
    return shutil.which("espeak-ng")


@lru_cache(maxsize=2)
def listed(engine: Literal["say", "windows"]) -> tuple[ListedVoice, ...]:
    """The voices that the system itself has for *engine*; none where it does not say."""
    there = program(engine)
    if there is None:
        return ()
    if engine == "say":
        return tuple(ListedVoice(*found) for found in _SAY_LINE.findall(_printed([there, "-v", "?"])))
    lines = _printed(_powershell(there, _LIST_ON_WINDOWS)).splitlines()
    rows = (line.partition("\t") for line in lines if "\t" in line)
    return tuple(ListedVoice(name.strip(), locale) for locale, _, name in rows)


def command(engine: Engine, voice: str, rate: int, path: Path) -> Command:
    """The command that speaks what comes over its standard input into the file at *path*.

    Args:
        engine: One whose program is there.
        voice: What the engine calls it; for piper the path of its model.
        rate: Words a minute; each engine's own measure of them.
        path: Its suffix is that of `suffix`.
    """
    there = program(engine) or engine
    if engine == "say":
        return Command([there, "-v", voice, "-r", str(rate), "-o", str(path), "-f", "-"], {})
    if engine == "windows":
        told = {"PSOAS_VOICE": voice, "PSOAS_RATE": str(_windows_rate(rate)), "PSOAS_FILE": str(path)}
        return Command(_powershell(there, _SPEAK_ON_WINDOWS), told)
    if engine == "piper":
        scale = f"{_PIPER_PACE / rate:.3f}"
        told = {"PYTHONUTF8": "1"}  # where it is a Python program
        return Command([there, "--model", voice, "--output_file", str(path), "--length_scale", scale], told)
    return Command([there, "-v", voice, "-s", str(rate), "-w", str(path), "--stdin"], {})


def suffix(engine: Engine) -> str:
    """What the file has to be called at its end for *engine* to write it."""
    return ".aiff" if engine == "say" else ".wav"


def _powershell(there: str, script: str) -> list[str]:
    return [there, "-NoProfile", "-NonInteractive", "-Command", " ".join(script.split())]


def _windows_rate(rate: int) -> int:
    """*rate* in words a minute as System.Speech has it: -10 for a third of its own pace, 10 for three times it."""
    return max(-10, min(10, round(_WINDOWS_STEPS * math.log(rate / _WINDOWS_PACE, 3))))


def _printed(arguments: list[str]) -> str:
    """What a command prints; nothing where it fails."""
    try:
        ran = subprocess.run(  # noqa: S603 - fixed words
            arguments,
            env={**os.environ, "LC_ALL": "en_US.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LISTING,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout
