"""`psoas voices --get`: a voice in one command, from a server that stands in for the collection of piper's makers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.audio.programs import tone, wav
from tests.systems import SIGNALS, WINDOWS, make_program

from psoas_cli.audio.tts import piper_model
from psoas_cli.storage.config import read_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.program import Window

# As piper's own: a file after the other, straight to where it belongs, and a traceback if that fails.
DOWNLOADER = """
import argparse, os, shutil, sys
from urllib.request import urlopen

parser = argparse.ArgumentParser()
parser.add_argument("voice")
parser.add_argument("--download-dir")
given = parser.parse_args()
os.makedirs(given.download_dir, exist_ok=True)
for suffix in (".onnx", ".onnx.json"):
    with urlopen(os.environ["SERVER"] + given.voice + suffix) as response:
        with open(os.path.join(given.download_dir, given.voice + suffix), "wb") as file:
            shutil.copyfileobj(response, file, 1000)
            if os.environ.get("FULL"):
                raise OSError(28, "No space left on device")
"""

# As piper's own: a WAV file for each line, if the model is whole.
SPEAKER = """
import os, sys, time
model = sys.argv[sys.argv.index("--model") + 1]
folder = sys.argv[sys.argv.index("--output_dir") + 1]
if not open(model, "rb").read().endswith(b"END"):
    sys.exit("onnxruntime: Protobuf parsing failed")
for line in sys.stdin:
    with open(os.path.join(folder, str(time.monotonic_ns()) + ".wav"), "wb") as file:
        file.write(open(os.environ["SOUND"], "rb").read())
"""

MODEL = b"a model" * 40_000 + b"END"
DESCRIBED = b'{"language": {"code": "nl_NL"}, "espeak": {"voice": "nl"}}'


class Server(ThreadingHTTPServer):
    """The collection: it has one model, and may fail in several ways."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.trouble = ""
        self.goes_on = Event()


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        content = DESCRIBED if self.path.endswith(".json") else MODEL
        if self.server.trouble == "404":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.server.trouble == "breaks off":
            self.wfile.write(content[: len(content) // 2])
        elif self.server.trouble == "stalls":
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            self.server.goes_on.wait(20)
        else:
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.goes_on.set()
        server.shutdown()
        thread.join()


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Person:
    """Somebody whose Python has piper, in their own home."""

    def __init__(self, home: Path, server: Server) -> None:
        self.home = home
        package, programs = home / "site" / "piper", home / "bin"
        for folder in (package, programs):
            folder.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "download_voices.py").write_text(DOWNLOADER, "utf-8")
        make_program(programs / "piper", SPEAKER)
        (home / "sound.wav").write_bytes(wav(tone(1.0)))
        self.env = os.environ | {
            "PSOAS_HOME": str(home / "psoas"),
            "PYTHONPATH": str(home / "site"),
            "PATH": str(programs),
            "SERVER": f"http://127.0.0.1:{server.server_port}/",
            "SOUND": str(home / "sound.wav"),
            "no_proxy": "*",
        }
        self.models = home / "psoas" / "voices"
        self.config = home / "psoas" / "config.yaml"

    def start(self, *arguments: str, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "psoas_cli", "voices", *arguments],
            env=self.env | env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def gets(self, *arguments: str, lang: str = "nl", **env: str) -> Ran:
        process = self.start("--get", lang, *arguments, **env)
        out, err = process.communicate(timeout=60)
        return Ran(process.returncode, out, err)

    def left(self) -> list[str]:
        """What is in the folder of models."""
        return sorted(each.name for each in self.models.iterdir()) if self.models.exists() else []


@pytest.fixture
def person(home: Path, server: Server) -> Person:
    return Person(home, server)


WHOLE = ["nl_NL-alex-medium.onnx", "nl_NL-alex-medium.onnx.json"]


def test_a_dutch_voice_in_one_command(person: Person, server: Server) -> None:
    ran = person.gets("--yes")
    assert (ran.code, ran.err) == (0, "")
    assert "63 MB" in ran.out
    assert "CC0" in ran.out
    assert str(person.models) in ran.out
    assert "nl_NL-alex-medium is here, and speaks." in ran.out
    assert server.asked == [f"/{name}" for name in WHOLE]
    assert person.left() == WHOLE
    assert (person.models / WHOLE[0]).read_bytes() == MODEL
    assert "\nvoice: {nl: voices/nl_NL-alex-medium.onnx} " in person.config.read_text("utf-8")
    assert read_config(person.config).voice.nl == f"piper:{person.models / WHOLE[0]}"


def test_what_is_there_is_not_downloaded_again_but_checked_and_named(person: Person, server: Server) -> None:
    person.gets("--yes")
    person.config.write_text("lang: nl\n", "utf-8")
    ran = person.gets()
    assert (ran.code, ran.err) == (0, "")
    assert "Te downloaden" not in ran.out
    assert len(server.asked) == 2
    assert person.config.read_text("utf-8") == "lang: nl\nvoice: {nl: voices/nl_NL-alex-medium.onnx}\n"
    (person.models / WHOLE[0]).write_bytes(b"cut off")
    ran = person.gets()
    assert ran.code == 1
    assert "nl_NL-alex-medium does not speak here: failed: onnxruntime: Protobuf parsing failed" in ran.err


def test_nothing_comes_without_a_yes(person: Person, server: Server) -> None:
    ran = person.gets()
    assert (ran.code, server.asked, person.left()) == (2, [], [])
    assert "63 MB" in ran.out
    assert ran.err.startswith("psoas: nothing was downloaded: there is no terminal to ask on\n       --yes")


@pytest.mark.parametrize("answer", ["y\r", "\r"])
def test_the_person_is_asked(
    person: Person, server: Server, window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    for name, value in person.env.items():
        monkeypatch.setenv(name, value)
    asked = window(sys.executable, "-m", "psoas_cli", "voices", "--get", "nl")
    asked.see(r"Download it\? \[y/N\]")
    assert server.asked == []
    asked.send(answer)
    assert asked.end() == 0
    assert person.left() == (WHOLE if answer == "y\r" else [])
    assert ("It is the voice of your practices in Dutch now" in asked.text) == (answer == "y\r")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("404", "could not be downloaded: HTTP Error 404: Not Found"),
        ("breaks off", "does not speak here: failed: onnxruntime: Protobuf parsing failed"),
        ("full", "could not be downloaded: [Errno 28] No space left on device"),
        ("no network", "could not be downloaded: <urlopen error ["),
    ],
)
def test_what_goes_wrong_is_told_and_leaves_nothing(person: Person, server: Server, trouble: str, said: str) -> None:
    server.trouble = trouble
    env = {"full": {"FULL": "1"}, "no network": {"SERVER": "http://127.0.0.1:1/"}}.get(trouble, {})
    ran = person.gets("--yes", **env)
    assert (ran.code, person.left(), person.config.exists()) == (1, [], False)
    assert f"psoas: nl_NL-alex-medium {said}" in ran.err
    assert "Traceback" not in ran.err
    server.trouble = ""
    assert person.gets("--yes").code == 0
    assert person.left() == WHOLE


@SIGNALS
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_broken_off_it_leaves_nothing_half(person: Person, server: Server, name: str) -> None:
    server.trouble = "stalls"
    process = person.start("--get", "nl", "--yes")
    waited(lambda: any(place.glob("*.onnx") for place in person.models.glob(".*")) and bool(server.asked))
    process.send_signal(signal.Signals[name])
    process.communicate(timeout=20)
    assert process.returncode == 128 + signal.Signals[name]
    assert person.left() == []
    assert not person.config.exists()


def test_what_a_killed_one_left_is_no_voice_and_goes_with_the_next(person: Person, server: Server) -> None:
    server.trouble = "stalls"
    process = person.start("--get", "nl", "--yes")
    waited(lambda: any(file.stat().st_size for file in person.models.glob(".*/*.onnx")))
    process.kill()
    process.communicate(timeout=20)
    (left,) = person.models.iterdir()
    assert left.name.startswith(".")
    server.goes_on.set()
    server.trouble = ""
    described = left / WHOLE[1]
    if not WINDOWS:  # where it ends with psoas
        waited(lambda: described.exists() and described.stat().st_size == len(DESCRIBED))  # the downloader lives on
    yesterday = time.time() - 86_400
    for each in (*left.iterdir(), left):
        os.utime(each, (yesterday, yesterday))
    assert person.gets("--yes").code == 0
    assert person.left() == WHOLE


def test_a_download_of_which_nothing_comes_is_given_up(
    person: Person, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server.trouble = "stalls"
    monkeypatch.setattr(piper_model, "STALLED", 1.0)
    for name, value in person.env.items():
        monkeypatch.setenv(name, value)
    model = piper_model.MODELS["nl"]
    shown: list[tuple[int, int]] = []
    download = piper_model.Download(sys.executable, "", lambda *counts: shown.append(counts), lambda: None)
    with pytest.raises(Exception, match="could not be downloaded: nothing came for 1 seconds"):
        piper_model.fetch(model, "Rust.", tmp_path / "models", download)
    assert 0 < shown[-1][0] <= len(MODEL) // 2
    assert shown[-1][1] == 63_000_000
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("lacking", ["program", "downloader", "package"])
def test_without_piper_one_line_says_how_to_install_it(person: Person, server: Server, lacking: str) -> None:
    if lacking == "program":
        next((person.home / "bin").glob("piper*")).unlink()
    elif lacking == "downloader":
        (person.home / "site" / "piper" / "download_voices.py").unlink()
    else:
        shutil.rmtree(person.home / "site")
    ran = person.gets("--yes")
    assert (ran.code, server.asked, person.left()) == (1, [], [])
    assert "piper" in ran.err
    assert "Traceback" not in ran.err
    assert "install piper-tts" in ran.err


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("numbers: &a on\nvoice: *a\n", "voice: {nl: voices/nl_NL-alex-medium.onnx}"),
        ("lang: nl\n...\n", "voice: {nl: voices/nl_NL-alex-medium.onnx}"),
    ],
)
def test_settings_of_another_shape_are_left_alone_and_the_line_is_told(person: Person, content: str, line: str) -> None:
    person.config.parent.mkdir()
    person.config.write_text(content, "utf-8")
    ran = person.gets("--yes")
    assert (ran.code, ran.err) == (0, "")
    assert person.config.read_text("utf-8") == content
    assert f"\n  {line}" in ran.out


def test_settings_with_a_mistake_are_told_before_anything_comes(person: Person, server: Server) -> None:
    person.config.parent.mkdir()
    person.config.write_text("lang: xx\n", "utf-8")
    ran = person.gets("--yes")
    assert (ran.code, server.asked, person.left()) == (2, [], [])
    assert "config.yaml:1" in ran.err


@pytest.mark.parametrize("lang", ["de", "", "nl_NL-alex-medium"])
def test_only_our_languages_can_be_asked_for(person: Person, lang: str) -> None:
    ran = person.gets("--yes", lang=lang)
    assert ran.code == 2
    assert "--get: expected en or nl" in ran.err


def waited(until: Callable[[], bool]) -> None:
    patience = time.monotonic() + 20
    while not until():
        assert time.monotonic() < patience
        time.sleep(0.02)
