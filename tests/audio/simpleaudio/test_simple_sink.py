"""The player through simpleaudio, with a child that writes down what it is told; and with the real one, where it is."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from array import array
from threading import Event
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio import decode
from psoas_cli.audio.simpleaudio.simple_sink import SimpleSink
from psoas_cli.audio.simpleaudio.simple_stream import CHILD, SimplePace, SimpleStream
from psoas_cli.practice.model.sequence import Bell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Takes the same orders as the real child, and writes them down: of a load its loudest frame. Its delivery is the second
# argument.
FAKE = """
import os, sys, time
from array import array
log, delivery = open(sys.argv[1], "a", buffering=1), sys.argv[2]
def tell(*words):
    log.write(" ".join(map(str, words)) + "\\n")
def answer(word):
    print(word, flush=True)
tell("started", os.environ.get("PYTHONMALLOC"), os.getpid())
print("noise that nobody shall see", file=sys.stderr)
if delivery == "missing":
    answer("missing")
    sys.exit()
if delivery == "no device":
    answer("failed")
    sys.exit()
answer("ready")
if delivery == "deaf":
    time.sleep(60)
for line in sys.stdin.buffer:
    order, *rest = line.decode().split()
    if order == "load":
        data = sys.stdin.buffer.read(int(rest[1]))
        tell("load", bytes.fromhex(rest[0]).decode(), max(array("h", data)))
    elif order == "play":
        tell("play", bytes.fromhex(rest[0]).decode())
        if delivery == "dies":
            os._exit(139)
        if delivery == "stuck":
            time.sleep(60)
        answer("played")
    else:
        tell(order, *rest)
"""

RETRY = 0.1
SLOW = 10.0  # seconds that a machine may be busy with something else


class Stage:
    """A player with a child that behaves in some delivery, what that was told, and a clock that stands still."""

    def __init__(self, folder: Path) -> None:
        self.now = 1000.0
        self._looks = 0
        self._log = folder / "log"
        self._script = folder / "child.py"
        self._script.write_text(FAKE)
        self._log.touch()
        self._players: list[SimpleSink] = []

    def player(self, delivery: str = "well", *, muted: bool = False, quiet: bool = False) -> SimpleSink:
        pace = SimplePace(answer=1.0 if delivery == "stuck" else SLOW, retry=RETRY)
        line = SimpleStream((sys.executable, str(self._script), str(self._log), delivery), pace=pace)
        player = SimpleSink(clock=lambda: self.now, muted=muted, quiet=quiet, line=line)
        self._players.append(player)
        player.start()
        return player

    def on(self, delivery: str = "well", *, quiet: bool = False) -> SimpleSink:
        player = self.player(delivery, quiet=quiet)
        wait(lambda: player.state == "on")
        return player

    def play(self, player: SimpleSink, seconds: float = 0.0) -> list[str]:
        """Let *seconds* go by; everything that the child was told until then, but for its start."""
        made, carried = Event(), Event()
        player._prefetch.want(made.set)
        assert made.wait(SLOW)
        self.now += seconds
        player._post.put(self.now, carried.set)
        assert carried.wait(SLOW)
        self._looks += 1
        player._stream.send(b"look %d\n" % self._looks)
        wait(lambda: self.told[-1] == f"look {self._looks}")
        return [order for order in self.told if order.split()[0] not in ("look", "started")]

    @property
    def told(self) -> list[str]:
        return self._log.read_text().splitlines() or [""]

    def starts(self) -> int:
        return sum(order.startswith("started") for order in self.told)

    def close(self) -> None:
        for player in self._players:
            player.close()


def wait(condition: Callable[[], object]) -> None:
    until = time.monotonic() + SLOW
    while not condition():
        assert time.monotonic() < until, "it does not come to that"
        time.sleep(0.005)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.close()


def loudest(sound: str, gain: float = 1) -> int:
    return int(max(decode.load(sound)) * gain)


def test_a_bell_is_struck_as_often_as_it_should_and_never_early(stage: Stage) -> None:
    player = stage.on()
    player.bell(Bell("wood-block", 2), stage.now + 0.5)
    load = f"load wood-block {loudest('wood-block')}"
    assert player.sounding_until() == pytest.approx(stage.now + 4.5 + player.length("wood-block"))
    assert stage.play(player, 0.4) == [load]
    assert stage.play(player, 0.2) == [load, "play wood-block"]
    assert stage.play(player, 3.8) == [load, "play wood-block"]
    assert stage.play(player, 0.2) == [load, "play wood-block", "play wood-block"]
    assert stage.told[0].startswith("started malloc")


def test_the_volume_is_that_of_the_next_bell_and_a_sound_is_sent_once_for_it(stage: Stage) -> None:
    player = stage.on(quiet=True)
    for volume in (70, 70, 100):
        player.volume = volume
        player.bell(Bell("wood-block"), stage.now)
        told = stage.play(player)
    quiet, full = (f"load wood-block {loudest('wood-block', 10 ** (-12 / 20) * gain)}" for gain in (1, 2))
    assert told == [quiet, "play wood-block", "play wood-block", full, "play wood-block"]


def test_a_softer_bell_is_a_sound_of_its_own_to_the_child(stage: Stage) -> None:
    player = stage.on()
    bells = [Bell("wood-block", softer=8.0), Bell("wood-block"), Bell("wood-block", softer=8.0)]
    for bell in bells:
        player.bell(bell, stage.now)
        told = stage.play(player)
    soft, usual = "wood-block 8 dB softer", "wood-block"
    loads = [f"load {soft} {loudest('wood-block', 10 ** (-8 / 20))}", f"load {usual} {loudest('wood-block')}"]
    assert told == [loads[0], f"play {soft}", loads[1], f"play {usual}", f"play {soft}"]


def test_a_hush_breaks_off_what_sounds_and_forgets_what_is_planned(stage: Stage) -> None:
    player = stage.on()
    player.bell(Bell("wood-block"), stage.now + 0.3)
    player.hush()
    player.bell(Bell("tingsha"), stage.now + 0.4)
    told = stage.play(player, 0.5)
    assert "stop" in told
    assert [order for order in told if order.startswith("play")] == ["play tingsha"]


def test_muting_breaks_off_and_what_is_due_meanwhile_is_not_heard(stage: Stage) -> None:
    player = stage.on()
    player.bell(Bell("wood-block"), stage.now + 0.2)
    player.muted = True
    assert player.sounding_until() < 0
    assert stage.play(player, 0.3)[-1] in ("stop", f"load wood-block {loudest('wood-block')}")
    player.muted = False
    player.bell(Bell("tingsha"), stage.now)
    told = stage.play(player)
    assert "stop" in told
    assert [order for order in told if order.startswith("play")] == ["play tingsha"]


def test_begun_muted_there_is_no_child_before_it_is_wanted(stage: Stage) -> None:
    player = stage.player(muted=True)
    assert (player.state, stage.starts()) == ("off", 0)
    player.muted = False
    wait(lambda: player.state == "on")


def test_without_simpleaudio_it_is_lost_and_not_tried_again(stage: Stage) -> None:
    player = stage.player("missing")
    wait(lambda: player.state == "lost")
    assert player.missing
    again = time.monotonic() + 4 * RETRY
    wait(lambda: time.monotonic() > again)
    assert stage.starts() == 1


def test_without_a_device_it_is_lost_and_tried_again(stage: Stage) -> None:
    player = stage.player("no device")
    wait(lambda: stage.starts() > 1)
    assert player.state in ("lost", "opening")
    assert not player.missing


@pytest.mark.parametrize("delivery", ["dies", "stuck"])
def test_a_child_that_dies_or_hangs_is_followed_by_another_that_plays(stage: Stage, delivery: str) -> None:
    player = stage.on(delivery)
    for _ in range(2):
        wait(lambda: player.state == "on")
        player.bell(Bell("wood-block"), stage.now)
        wait(lambda: player.state == "lost")
    one = [f"load wood-block {loudest('wood-block')}", "play wood-block"]
    assert [order for order in stage.told if not order.startswith("started")] == one * 2


def test_a_child_that_takes_nothing_holds_up_nobody(stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    player = stage.on("deaf")
    player.bell(Bell("deep-bowl"), stage.now)
    wait(lambda: player._loaded)  # two megabytes are on their way into a pipe that nobody reads
    player.hush()
    player.bell(Bell("wood-block"), stage.now)
    begin = time.monotonic()
    player.close()
    assert time.monotonic() - begin < 1
    assert player.state == "off"
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no zombies on Windows")
def test_no_child_is_left_behind(stage: Stage) -> None:
    player = stage.on()
    process = int(stage.told[0].split()[-1])
    player.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_sound_that_cannot_be_played_is_missing_and_the_others_ring(stage: Stage, tmp_path: Path) -> None:
    player = stage.on()
    player.bell(Bell(str(tmp_path / "gone.wav")), stage.now)
    player.bell(Bell("wood-block"), stage.now)
    assert stage.play(player)[1:] == ["play wood-block"]


@pytest.mark.skipif(
    importlib.util.find_spec("simpleaudio") is None, reason="simpleaudio is not installed: psoas[simpleaudio]"
)
def test_the_real_child_answers_and_does_not_crash_when_sounds_end(tmp_path: Path) -> None:
    blip = tmp_path / "blip.wav"
    _write(blip)
    player = SimpleSink()
    player.start()
    try:
        wait(lambda: player.state in ("on", "lost"))
        if player.state == "lost":
            pytest.skip("no sound device")
        for _ in range(20):
            player.bell(Bell(str(blip)), time.monotonic())
            wait(lambda: not player._stream._asked)
        over = time.monotonic() + 0.5
        wait(lambda: time.monotonic() > over)
        assert (player.state, player._stream.children) == ("on", 1)
    finally:
        player.close()


def test_the_real_child_says_what_it_lacks() -> None:
    """Where simpleaudio is missing or finds no device the child ends by itself, having said so; else it stays."""
    line = SimpleStream(CHILD)
    line.start()
    try:
        wait(lambda: line.state in ("on", "lost"))
        installed = importlib.util.find_spec("simpleaudio") is not None
        assert line.missing == (not installed)
    finally:
        line.close(0.5)


def _write(path: Path) -> None:
    import wave

    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(array("h", [1000]) * 2400)
