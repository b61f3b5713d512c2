"""Programs that stand in for those that speak: they write down how they were called, and leave a sound behind."""

from __future__ import annotations

import io
import json
import math
import struct
import sys
import wave
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.systems import WINDOWS, make_program

from psoas_cli.audio.tts import engines

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SCRIPT = """import json, os, sys, time

def in_turn():
    # as piper does: a file for each line, begun before it is spoken
    folder = sys.argv[sys.argv.index("--output_dir") + 1]
    for number, line in enumerate(sys.stdin.buffer):
        if number == {lines}:
            time.sleep({seconds})
            return
        yield line.decode("utf-8")
        its_own = os.path.join({sounds!r}, line.decode("utf-8").strip() + ".wav")
        path = os.path.join(folder, f"{{time.monotonic_ns()}}.wav")
        with open(path, "wb") as file, open(its_own if {sounds!r} else {sound!r}, "rb") as sound:
            file.write(sound.read())

stdin = "".join(in_turn()) if "--output_dir" in sys.argv else sys.stdin.buffer.read().decode("utf-8")
ours = {{name: value for name, value in os.environ.items() if name.startswith(("PSOAS_", "PYTHON"))}}
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps([sys.argv[1:], stdin, ours]) + "\\n")
time.sleep({seconds})
sys.stdout.buffer.write({prints!r}.encode())
sys.stderr.buffer.write({complaint!r}.encode())
before = [argument for argument in ("-o", "-w") if argument in sys.argv]
path = sys.argv[sys.argv.index(before[0]) + 1] if before else os.environ.get("PSOAS_FILE")
if path and {code} == 0:
    with open({sound!r}, "rb") as sound, open(path, "wb") as file:
        file.write(sound.read())
sys.exit({code})
"""


@dataclass(frozen=True)
class Call:
    """How a program was called."""

    arguments: list[str]
    stdin: str
    environment: dict[str, str]


class Programs:
    """A PATH on which nothing else is, for a system of one's choice."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, system: str = "linux") -> None:
        self._folder = folder
        self._python = sys.executable
        self._scripts: dict[str, str] = {}
        folder.mkdir()
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.setattr(sys, "executable", str(folder / "python"))  # pip puts programs beside it
        monkeypatch.setattr(engines, "SYSTEM", system)
        engines.listed.cache_clear()

    def add(
        self,
        name: str,
        sound: bytes = b"",
        *,
        prints: str = "",
        complaint: str = "",
        code: int = 0,
        seconds: float = 0.0,
        lines: int = -1,
        sounds: Path | str = "",
    ) -> None:
        """Put a program *name* there, that leaves *sound* where it is told to.

        One that takes a line a text ends after as many *lines*, and *seconds*, if that is given; if *sounds* is, each
        text has its own sound in that folder.
        """
        kept = self._folder / f"{name}.sound"
        kept.write_bytes(sound or wav(tone(1.0)))
        said: dict[str, object] = {
            "prints": prints,
            "complaint": complaint,
            "code": code,
            "seconds": seconds,
            "lines": lines,
            "sounds": str(sounds),
        }
        log = str(self._folder / f"{name}.log")
        self._scripts[name] = SCRIPT.format(log=log, sound=str(kept), **said)
        make_program(self._folder / name, self._scripts[name], self._python)
        engines.listed.cache_clear()

    def change(self, name: str, this: str, that: str) -> None:
        """Have the program *name* do *that* in place of *this*, of its script."""
        assert this in self._scripts[name]
        self._scripts[name] = self._scripts[name].replace(this, that)
        make_program(self._folder / name, self._scripts[name], self._python)

    def remove(self, name: str) -> None:
        """Take the program *name* away."""
        (self._folder / (f"{name}.exe" if WINDOWS else name)).unlink()

    def calls(self, name: str) -> list[Call]:
        """How the program *name* was called, each time."""
        log = self._folder / f"{name}.log"
        return [Call(*json.loads(line)) for line in log.read_text("utf-8").splitlines()] if log.exists() else []


def tone(seconds: float, peak: float = 8000, rate: int = 22_050) -> array[int]:
    """A tone that stands in for a voice."""
    return array("h", [round(peak * math.sin(2 * math.pi * 440 * i / rate)) for i in range(round(seconds * rate))])


def wav(samples: array[int], rate: int = 22_050) -> bytes:
    """*samples* as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, rate, 0, "NONE", ""))
        written.writeframes(samples)
    return file.getvalue()


def aiff(samples: array[int], *, compressed: bytes = b"") -> bytes:
    """*samples* as an AIFF file of 22,050 Hz, as macOS writes it; *compressed* names the kind of an AIFF-C file."""
    rate = b"\x40\x0d\xac\x44\x00\x00\x00\x00\x00\x00"  # 22,050 as a float of 80 bits
    kind = compressed + b"\0\0" if compressed else b""
    data = samples[:]
    if compressed != b"sowt":
        data.byteswap()
    raw = data.tobytes()
    version = b"FVER" + struct.pack(">II", 4, 0xA2805140) if compressed else b""
    common = b"COMM" + struct.pack(">IhIh", 18 + len(kind), 1, len(samples), 16) + rate + kind
    sound = b"SSND" + struct.pack(">III", len(raw) + 8, 0, 0) + raw
    content = (b"AIFC" if compressed else b"AIFF") + version + common + sound
    return b"FORM" + struct.pack(">I", len(content)) + content
