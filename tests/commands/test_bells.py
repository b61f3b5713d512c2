"""The sounds: what is listed, what is rung, and the lesson in what they mean."""

from __future__ import annotations

import json
import wave
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from psoas_cli.audio import sink
from psoas_cli.commands import bells
from psoas_cli.commands.bells import lesson
from psoas_cli.main import run
from psoas_cli.player import playback

if TYPE_CHECKING:
    from pathlib import Path

    from psoas_cli.practice.model.sequence import Bell

BOWL = 18.0


class Rung:
    """A player that writes down what it is asked for; its time passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.state = "on"
        self.states_to_come: list[str] = []
        self.volume = -1
        self.heard: list[tuple[str, int]] = []
        self.until = 0.0
        self.closed = False
        self.ctrl_c = False

    def __call__(self, *, volume: int) -> Rung:
        self.volume = volume
        return self

    def start(self) -> None:
        """It is on."""

    def close(self) -> None:
        self.closed = True

    def prepare(self, *_: object) -> None:
        """It is ready."""

    def bell(self, bell: Bell, at: float) -> None:
        assert at >= self.now + 0.3, "a device needs it a little ahead"
        assert self.until <= self.now, "the one before still rings"
        self.heard.append((bell.sound, bell.strikes))
        self.until = at + (bell.strikes - 1) * 4 + BOWL

    def breath(self, phase: str, seconds: float, style: str, at: float, fill: tuple[float, float]) -> None:
        self.heard.append((f"{phase} {style} {fill[0]:g}-{fill[1]:g}", 1))
        self.until = at + seconds

    def hush(self, seconds: float) -> None:
        self.until = min(self.until, self.now + seconds)

    def sounding_until(self) -> float:
        return self.until

    def sleep(self, seconds: float) -> None:
        if self.ctrl_c:
            raise KeyboardInterrupt
        self.now += seconds
        if self.states_to_come:
            self.state = self.states_to_come.pop(0)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SSH_CONNECTION", "PSOAS_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> Rung:
    rung = Rung()
    monkeypatch.setattr(sink, "Sink", rung)
    for module in (playback, bells, lesson):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: rung.now, sleep=rung.sleep))
    return rung


def config(place: Path, content: str) -> None:
    (place / "config.yaml").write_text(content, "utf-8")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "deep-bowl    18.0 s  the practice begins; the rest is over: come back in your own time; "
                "3 strokes: the practice is over"
            ),
        ),
        (
            "nl",
            (
                "deep-bowl    18,0 s  de oefening begint; de rust is voorbij: kom terug in je eigen tempo; "
                "3 slagen: de oefening is klaar"
            ),
        ),
    ],
)
def test_the_list_says_what_each_means(capsys: pytest.CaptureFixture[str], lang: str, said: str) -> None:
    assert run(["bells", "-l", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == said
    names = ["deep-bowl", "high-bowl", "marimba", "soft-stroke", "tingsha", "wood-block"]
    assert [line.split()[0] for line in lines] == names


def test_the_list_follows_the_settings(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config(place, "bells: {side: deep-bowl, halfway: {sound: high-bowl, strikes: 2}}")
    assert run(["bells", "--json"]) == 0
    bells: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["bells"]
    assert {bell["name"]: bell["moments"] for bell in bells} == {
        "deep-bowl": ["open", "side", "rise", "close"],
        "high-bowl": ["hold", "halfway"],
        "marimba": ["change"],
        "soft-stroke": ["minute"],
        "tingsha": [],
        "wood-block": ["end"],
    }
    assert bells[0]["duration_s"] == BOWL


def test_one_is_rung_to_its_end(rung: Rung) -> None:
    assert run(["bells", "tingsha", "--volume", "30"]) == 0
    assert (rung.heard, rung.volume, rung.closed) == ([("tingsha", 1)], 30, True)
    assert rung.now == pytest.approx(100.4 + BOWL, abs=0.2)


def test_a_recording_of_one_s_own_is_rung(rung: Rung, place: Path) -> None:
    with wave.open(str(place / "mine.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\x00\x10\x00\xf0" * 4000)
    assert run(["bells", "./mine.wav"]) == 0
    assert rung.heard == [("./mine.wav", 1)]


def test_the_lesson_says_each_meaning_and_plays_it(rung: Rung, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bells", "--lesson"]) == 0
    bells = [("deep-bowl", 1), ("high-bowl", 1), ("wood-block", 1), ("tingsha", 1), ("marimba", 1), ("deep-bowl", 1)]
    bells += [("high-bowl", 2), ("high-bowl", 3), ("soft-stroke", 1), ("deep-bowl", 1), ("deep-bowl", 3)]
    assert rung.heard == [*bells, ("inhale air 0-1", 1), ("exhale air 1-0", 1)]
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(rung.heard)
    assert lines[3] == "the other side (tingsha)"
    assert lines[4] == "something new begins: stay where you are (marimba)"
    assert lines[5] == "the rest is over: come back in your own time (deep-bowl, softly)"
    assert lines[6] == "halfway through a hold (high-bowl, 2 strokes, only on request)"
    assert rung.now < 100 + 130


def test_every_moment_of_the_lesson_is_told_apart() -> None:
    rung = [each.bell for each in lesson.lessons_of(lesson.RECOMMENDED) if each.moment != "every"]
    heard = [bell for bell in rung if bell]
    assert len(heard) == len(set(heard)) == 10


@pytest.mark.parametrize("states", [["lost"], ["on", "on", "lost"], ["opening"] * 1000])
def test_without_a_device_one_line_says_so(rung: Rung, states: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    rung.state, rung.states_to_come = "opening", states
    assert run(["bells", "tingsha"]) == 1
    assert capsys.readouterr().err.startswith("psoas: no sound device answers\n")
    assert rung.closed


def test_over_ssh_sound_is_off_unless_it_is_asked_for(
    rung: Rung, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    assert run(["bells", "tingsha"]) == 1
    assert "SSH" in capsys.readouterr().err
    assert run(["bells", "tingsha", "--sound"]) == 0
    assert rung.heard == [("tingsha", 1)]


def test_ctrl_c_leaves_at_once(rung: Rung) -> None:
    rung.ctrl_c = True
    assert run(["bells", "--lesson"]) == 130
    assert rung.closed


@pytest.mark.parametrize(("name", "said"), [("gong", "gong"), ("./none.wav", "cannot be read")])
def test_what_is_no_sound_is_said(rung: Rung, capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    assert run(["bells", name]) == 2
    assert said in capsys.readouterr().err
    assert rung.heard == []
