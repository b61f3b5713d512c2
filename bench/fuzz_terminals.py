"""The program itself in a terminal: whatever is pressed, sent and resized, it ends, and the terminal is as before."""

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from random import Random
from typing import Any, ClassVar

from fuzz_case import MOST_MEMORY, Files, laid
from fuzz_keys import SIZES, stream

_COMMANDS = (
    "", "", "practice", "practice yin-short", "practice yin-short -y", "practice body-scan -y",
    "practice yin -y --from 4 -m 30",
    "practice own.yaml -y", "practice own.yaml", "breathe -y", "breathe box --minutes 2",
    "practice yin-short -y --plain", "practice open.yaml -y", "practice --steps sphinx,rest -y",
)  # fmt: skip
_OWN = b"title: Own\nlead-in: 3s\nsteps:\n  - {name: Lie, hold: 20s}\n  - {pose: dragon, hold: 30s}\n"
_OPEN = b"title: Open\nlead-in: 3s\nsteps:\n  - {pose: sphinx, hold: {typical: 20s, until-key: on}}\n  - {rest: 20s}\n"
_SETTINGS = (
    b"",
    b"",
    b"audio: none\ncheck-in: on\n",
    b"numbers: off\ncare: [knees]\n",
    b"any-key: pause\ntheme: night\nmedia-keys: off\n",
    b"hooks: {start: [sleep, '1'], pause: [/nowhere], go-on: ['true'], stop-begins: [echo], end: ['false']}\n",
)
_SIGNALS = {
    "int": signal.SIGINT,
    "term": signal.SIGTERM,
    "quit": signal.SIGQUIT,
    "usr1": signal.SIGUSR1,
    "hup": signal.SIGHUP,
}
_FIRST = 10.0  # seconds in which it must show something, on a busy machine
_QUIET = 2.5  # seconds without a key, after which a paste without an end is over
_LEAVING = 15.0  # seconds in which keys that lead out of it are pressed again and again
_ENDING = 10.0  # seconds in which it must end after Ctrl-C


class Trial:
    """Trials of the program.

    Attributes:
        peak: The most memory that one came to, in MiB.
    """

    COUNT: ClassVar[int] = 200

    def __init__(self) -> None:
        self.peak = 0.0

    def made(self, random: Random) -> Files:
        """A command, and what somebody does meanwhile."""
        events: list[list[Any]] = [["bytes", piece.hex()] for piece in stream(random, random.choice((3, 8, 15)))]
        for _ in range(random.choice((0, 1, 3))):
            other: list[Any] = random.choice((
                ["size", [*random.choice(SIZES)]],
                ["size", [random.randint(1, 300), random.randint(1, 100)]],
                ["stop", random.choice((0.0, 0.02, 0.1))],
                ["signal", random.choice([*_SIGNALS])],
            ))  # fmt: skip
            events.insert(random.randint(0, len(events)), other)
        if random.random() < 0.05:
            events.append(["gone", 0])
        line = random.choice(_COMMANDS)
        if line:
            line += random.choice(
                (" --mute", " --mute --speed 7", " --mute --speed 600", " --mute --speed 60 --no-motion")
            )
        setting = {
            "line": line,
            "env": random.choice(
                (
                    {},
                    {},
                    {"PSOAS_LANG": "nl"},
                    {"NO_COLOR": "1"},
                    {"TERM": "dumb"},
                    {"TERM": "vt100"},
                    {"COLUMNS": "50"},
                )
            ),
            "size": [*random.choice(SIZES)],
        }
        delays = (0.0, 0.0, 0.01, 0.06, 0.15)
        script = [setting, *([random.choice(delays), *event] for event in events)]
        return {
            "case.jsonl": "".join(f"{json.dumps(line)}\n" for line in script).encode(),
            "config.yaml": random.choice(_SETTINGS),
            "own.yaml": _OWN,
            "open.yaml": _OPEN,
        }

    def tried(self, files: Files) -> str:
        """Run it, and look at what it leaves."""
        home = laid(files)
        setting, *script = map(json.loads, files["case.jsonl"].splitlines())
        line = re.sub(r"\w+\.yaml", lambda name: str(home / name[0]), setting["line"])
        program = _Program([sys.executable, "-m", "psoas_cli", *line.split()], setting["env"], setting["size"])
        try:
            code = _led(program, script)
        finally:
            program.close()
            self.peak = max(self.peak, program.peak)
        text = program.output.decode("utf-8", "replace")
        assert "Traceback" not in text, text[text.index("Traceback") - 200 :]
        sent = {_SIGNALS[value] for _, name, value in script if name == "signal"}
        known = {0, 130, 131, *(128 + number for number in sent), *((129,) if program.gone else ())}
        known |= {
            -number for number in (*sent, *((signal.SIGHUP,) if program.gone else ()))
        }  # before it took the terminal, or once it had given it back
        assert code in known, f"exit code {code}"
        if not program.gone:
            assert program.modes == _new_modes(), "the terminal is not as it was"
            switched = dict(re.findall(r"\x1b\[\?(\d+)([hl])", text))
            left = {mode: state for mode, state in switched.items() if state != ("h" if mode in {"7", "25"} else "l")}
            assert not left, f"modes are left on: {left}"
        assert program.peak < MOST_MEMORY, f"{program.peak:.0f} MiB"
        return f"exit code {code}"


class _Program:
    """A program on a terminal of its own.

    Attributes:
        output: What it has written.
        code: Its exit code, once it has ended.
        modes: The modes of the terminal it has left.
        peak: Its peak memory in MiB, or at most that of this process, from which it is forked.
        gone: Whether its terminal was closed.
    """

    def __init__(self, command: list[str], environment: dict[str, str], size: tuple[int, int]) -> None:
        self.output = b""
        self.code: int | None = None
        self.modes: list[Any] = []
        self.peak = 0.0
        self.gone = False
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            for number in _SIGNALS.values():
                signal.signal(number, signal.SIG_DFL)
            for _ in range(200):  # until the size is set
                if os.get_terminal_size(0).columns:
                    break
                time.sleep(0.005)
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment})  # noqa: S606
        self.resize(size)

    def resize(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def press(self, keys: bytes) -> None:
        """Press *keys*, as far as the terminal takes them."""
        os.set_blocking(self._terminal, False)
        with contextlib.suppress(OSError):  # it takes no more, or has ended
            os.write(self._terminal, keys)
        os.set_blocking(self._terminal, True)

    def send(self, number: int) -> None:
        if self.code is None:
            os.kill(self.pid, number)

    def read(self, seconds: float, *, enough: bool = False) -> bool:
        """Read for *seconds*, or until it ends, or until there is *enough*: anything; whether it goes on."""
        until = time.monotonic() + seconds
        while self.code is None:
            ended, status, usage = os.wait4(self.pid, os.WNOHANG)
            if ended:
                self.code, self.peak = os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024
                self._drain(0.0)
                break
            if enough and self.output:
                return True
            left = until - time.monotonic()
            if left <= 0:
                return True
            self._drain(min(left, 0.02))
        return False

    def _drain(self, seconds: float) -> None:
        """Read what is there within *seconds*."""
        if self.gone:
            time.sleep(seconds)
            return
        while select.select([self._terminal], [], [], seconds)[0]:
            try:
                data = os.read(self._terminal, 65_536)
            except OSError:  # nobody has it open any more
                data = b""
            if not data:
                time.sleep(seconds)
                return
            self.output += data
            seconds = 0.0

    def hang_up(self) -> None:
        """Close its terminal."""
        self.gone = True
        os.close(self._terminal)

    def close(self) -> None:
        """End it, however that may be, and close its terminal."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            self.read(5.0)
        if not self.gone:
            self.modes = termios.tcgetattr(self._terminal)
            os.close(self._terminal)


def _led(program: _Program, script: list[list[Any]]) -> int:
    """Do as the *script* says, and lead the program to its end; its exit code.

    Raises:
        AssertionError: It does not begin, or does not end.
    """
    program.read(_FIRST, enough=True)
    assert program.output or program.code is not None, "nothing is shown"
    for delay, name, value in script:
        if not program.read(delay):
            break
        _happens(program, name, value)
    if not program.gone and program.read(_QUIET if _pasting(script) else 0.1):
        until = time.monotonic() + _LEAVING
        while program.code is None and time.monotonic() < until:
            for keys, seconds in ((b"\x1b", 0.3), (b"q", 0.05), (b"q", 0.05), (b"q", 0.2)):
                program.send(signal.SIGCONT)
                program.press(keys)
                program.read(seconds)
    program.read(_ENDING if program.gone else 1.0)
    if program.code is None:
        program.send(signal.SIGINT)
        program.read(_ENDING)
        raise AssertionError(f"it only ends by Ctrl-C, with {program.code}" if program.code else "it does not end")
    return program.code


def _happens(program: _Program, name: str, value: Any) -> None:  # noqa: ANN401 - as the script says
    match name:
        case "bytes":
            program.press(bytes.fromhex(value))
        case "size":
            program.resize(value)
        case "signal":
            program.send(_SIGNALS[value])
        case "stop":
            program.send(signal.SIGTSTP)
            program.read(value)
            program.send(signal.SIGCONT)
        case "gone":
            program.hang_up()


def _pasting(script: list[list[Any]]) -> bool:
    """Whether the script pastes something."""
    return b"200~" in b"".join(bytes.fromhex(value) for _, name, value in script if name == "bytes")


def _new_modes() -> list[Any]:
    """What a terminal is like before anybody changed it."""
    ours, theirs = os.openpty()
    try:
        return termios.tcgetattr(ours)
    finally:
        os.close(ours)
        os.close(theirs)
