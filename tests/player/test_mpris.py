"""Buttons over a real session bus: playerctl drives the real program, and a bus that fails changes nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.systems import NO_BUS, make_link

pytest.importorskip("jeepney", reason=NO_BUS)

from jeepney.low_level import HeaderFields, Parser
from jeepney.wrappers import DBusAddress, new_method_call, new_method_return
from tests.buses import bus  # noqa: F401 - a fixture
from tests.program import home, psoas, window  # noqa: F401 - fixtures of these tests, too

from psoas_cli.player.mpris import NAME
from psoas_cli.player.mpris_object import PATH, PLAYER, Playing, answered
from psoas_cli.player.session_bus import SessionBus
from psoas_cli.storage import paths
from psoas_cli.storage.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.program import Psoas, Window


PRACTICE = """
title: Short
language: en
lead-in: 1m
transition: 5s
steps:
  - {name: Lie, hold: 5m}
  - {pose: half-saddle, hold: 5m}
  - {name: Roll, hold: 5m}
"""
BRIEF = "title: Brief\nlanguage: en\nlead-in: 0s\ntransition: 0s\nsteps: [{name: Lie, hold: 2s}]\n"
PROPERTIES = "org.freedesktop.DBus.Properties"


@pytest.fixture(autouse=True)
def practices(home: Path) -> None:  # noqa: F811 - it is the fixture
    (home / "short.yaml").write_text(PRACTICE, "utf-8")
    (home / "brief.yaml").write_text(BRIEF, "utf-8")
    (home / "config.yaml").write_text("audio: none\n", "utf-8")


def playerctl(*words: str) -> str:
    ran = subprocess.run(["playerctl", *words], capture_output=True, text=True, check=False, timeout=10)
    return ran.stdout.strip()


def told(until: str, *words: str) -> None:
    """Ask playerctl until it tells that."""
    patience = time.monotonic() + 10
    while (said := playerctl(*words)) != until:
        assert time.monotonic() < patience, f"playerctl {' '.join(words)} tells {said!r}, and not {until!r}"
        time.sleep(0.02)


def practising(window: Callable[..., Window], name: str = "short", *more: str) -> Window:  # noqa: F811
    return window(sys.executable, "-m", "psoas_cli", "practice", f"{name}.yaml", "-y", *more)


def ended(seen: Window) -> int:
    code = seen.end()
    assert "Traceback" not in seen.output
    return code


def undisturbed(psoas: Psoas, speed: str) -> None:  # noqa: F811
    """Practise in lines, in this process; nothing is told of a bus, and nothing is left of what talked to it."""
    ran = psoas("practice", "brief.yaml", "-y", "--plain", "--speed", speed)
    assert (ran.code, ran.err) == (0, "")
    assert [entry.state for entry in Journal(paths.journal_file()).read().entries] == ["completed"]
    for thread in threading.enumerate():
        if thread.name == "psoas-media":
            thread.join(10)
            assert not thread.is_alive()


# -- with a bus


@pytest.mark.usefixtures("bus")
def test_buttons_lead_through_a_practice(window: Callable[..., Window]) -> None:  # noqa: F811 - the fixture
    seen = practising(window)
    told("psoas", "-l")
    told("Playing", "status")
    told("Lie", "metadata", "xesam:title")
    assert playerctl("metadata", "xesam:artist") == "Short"
    playerctl("pause")
    told("Paused", "status")
    seen.see("space to resume")
    playerctl("play")
    told("Playing", "status")
    playerctl("next")
    told("Half saddle, right knee bent", "metadata", "xesam:title")
    assert playerctl("metadata", "mpris:trackid") == "'/psoas/place/2'"
    playerctl("play-pause")
    told("Paused", "status")
    playerctl("next")
    told("Half saddle, left knee bent", "metadata", "xesam:title")
    playerctl("next")
    told("Roll", "metadata", "xesam:title")
    assert playerctl("status") == "Paused"
    playerctl("stop")
    assert playerctl("status") == "Paused"
    assert playerctl("metadata", "mpris:length") == ""
    seen.send("qq")
    seen.see("before you get up")
    told("Stopped", "status")
    seen.send("q")
    assert ended(seen) == 0
    assert playerctl("-l") == ""


@pytest.mark.usefixtures("bus")
def test_previous_tells_where_one_is_and_twice_begins_this_stop_again(window: Callable[..., Window]) -> None:  # noqa: F811
    seen = practising(window, "short", "--plain")
    told("psoas", "-l")
    seen.send(" ")  # skips the lead-in
    seen.see("Lie")
    playerctl("previous")
    seen.see("minutes")
    playerctl("previous")
    seen.see("Lie starts in 20 seconds")
    seen.send("qqq")
    assert ended(seen) == 0


@pytest.mark.usefixtures("bus")
def test_two_at_once_have_two_names_and_each_its_own_buttons(window: Callable[..., Window]) -> None:  # noqa: F811
    first = practising(window)
    told("psoas", "-l")
    second = practising(window)
    told(f"psoas\npsoas.instance{second.child.pid}", "-l")
    playerctl("-p", f"psoas.instance{second.child.pid}", "pause")
    second.see("space to resume")
    told("Playing", "-p", "psoas", "status")
    for each in (first, second):
        each.send("qqq")
        assert ended(each) == 0


@pytest.mark.usefixtures("bus")
def test_it_can_be_turned_off(window: Callable[..., Window], home: Path) -> None:  # noqa: F811
    (home / "config.yaml").write_text("audio: none\nmedia-keys: off\n", "utf-8")
    seen = practising(window)
    seen.see(r"21:4\d left")
    seen.send(" ")
    seen.see(r"20:4\d left")
    assert playerctl("-l") == ""
    seen.send("qqq")
    assert ended(seen) == 0


@pytest.mark.usefixtures("bus")
def test_in_plain_lines_buttons_work_as_well(window: Callable[..., Window]) -> None:  # noqa: F811
    seen = practising(window, "short", "--plain")
    told("psoas", "-l")
    playerctl("pause")
    seen.see("Paused")
    seen.send("qqq")
    assert ended(seen) == 0


def test_a_bus_that_dies_on_the_way_changes_nothing(
    window: Callable[..., Window],  # noqa: F811
    bus: subprocess.Popen[str],  # noqa: F811
    home: Path,  # noqa: F811
) -> None:
    (home / "late.yaml").write_text(BRIEF.replace("lead-in: 0s", "lead-in: 1m"), "utf-8")
    seen = practising(window, "late", "--speed", "2")
    told("psoas", "-l")
    bus.send_signal(signal.SIGKILL)
    seen.send(" ")  # skips the lead-in
    assert ended(seen) == 0
    assert [entry.state for entry in Journal(paths.journal_file()).read().entries] == ["completed"]


def test_a_bus_that_stands_still_does_not_hold_up_leaving(
    window: Callable[..., Window],  # noqa: F811
    bus: subprocess.Popen[str],  # noqa: F811
) -> None:
    seen = practising(window)
    told("psoas", "-l")
    bus.send_signal(signal.SIGSTOP)
    seen.send(" nnqqq")
    assert ended(seen) == 0
    bus.send_signal(signal.SIGCONT)


# -- with what only looks like one


def _greeted(peer: socket.socket) -> bytes:
    """Take the greeting of *peer*; return what came after it."""
    came = b""
    for line in (b"\r\n", b"BEGIN\r\n"):
        while line not in came:
            data = peer.recv(512)
            if not data:
                raise OSError("it has left")
            came += data
        if line == b"\r\n":
            peer.sendall(b"OK 1234\r\n")
    return came.partition(b"BEGIN\r\n")[2]


def _silent(_peer: socket.socket) -> None:
    pass


def _garbage(peer: socket.socket) -> None:
    peer.sendall(bytes(range(256)) * 64)


def _garbage_after_greeting(peer: socket.socket) -> None:
    _greeted(peer)
    peer.sendall(b"l\x02\x00\x01" + b"\xff" * 4096)


def _hangs_after_greeting(peer: socket.socket) -> None:
    _greeted(peer)


def _endless(peer: socket.socket) -> None:
    peer.recv(512)
    peer.sendall(b"OK 1234\r\n")
    signal_ = (
        b"l\x04\x01\x01\x00\x00\x00\x00\x01\x00\x00\x00\x10\x00\x00\x00\x01\x01o\x00\x02\x00\x00\x00/a\x00" + bytes(5)
    )
    while True:
        peer.sendall(signal_ * 100)


@contextmanager
def pretending(place: Path, behave: Callable[[socket.socket], None]) -> Iterator[None]:
    """A socket in place of the bus, that behaves like that towards whoever comes."""
    kept: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                peer, _ = listening.accept()
                kept.append(peer)
                threading.Thread(target=quietly, args=(peer,), daemon=True).start()

    def quietly(peer: socket.socket) -> None:
        with suppress(OSError):
            behave(peer)

    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(place))
        listening.listen()
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
    for each in kept:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()


@pytest.mark.parametrize("behave", [_silent, _garbage, _garbage_after_greeting, _hangs_after_greeting, _endless])
def test_what_only_looks_like_a_bus_changes_nothing(
    psoas: Psoas,  # noqa: F811
    home: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    behave: Callable[[socket.socket], None],
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/bus")
    met = threading.Event()

    def met_and_behaves(peer: socket.socket) -> None:
        met.set()
        behave(peer)

    with pretending(home / "bus", met_and_behaves):
        undisturbed(psoas, "4")
        assert met.wait(10)


@pytest.mark.parametrize(
    "address", [None, "", "disabled:", "unix:path=/nowhere", "nonsense", "tcp:host=localhost,port=1"]
)
def test_without_a_bus_it_is_as_ever(
    psoas: Psoas,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    address: str | None,
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    undisturbed(psoas, "20")


def test_a_call_that_comes_along_with_the_name_is_answered(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def call(to: str, member: str, interface: str) -> bytes:
        address = DBusAddress("/org/mpris/MediaPlayer2", to, interface)
        message: bytes = new_method_call(address, member).serialise(9)
        return message

    def behave(peer: socket.socket) -> None:
        came = _greeted(peer)
        parser = Parser()
        answers = {"Hello": ("s", (":1.1",)), "RequestName": ("u", (1,))}
        while came or (came := peer.recv(512)):
            for message in parser.feed(came):
                member = message.header.fields[HeaderFields.member]
                reply = new_method_return(message, *answers[member]).serialise(5)
                peer.sendall(reply + (call(NAME, "Pause", PLAYER) if member == "RequestName" else b""))
            came = b""

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/bus")
    waker, woken = socket.socketpair()
    with pretending(home / "bus", behave), waker, woken, SessionBus() as found:
        assert found.is_given(NAME)
        (message,) = found.messages(woken)
        assert answered(message, Playing("Playing", "Lie", "Short", 1))[1] == "media-pause"


@pytest.mark.parametrize("address", ["{0}", "unix:path=/nowhere;{0}", "tcp:host=nowhere,port=1;{0};", ""])
def test_the_bus_is_found_wherever_the_environment_says_that_it_may_be(
    bus: subprocess.Popen[str],  # noqa: ARG001, F811 - a fixture
    home: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    there = os.environ["DBUS_SESSION_BUS_ADDRESS"]
    make_link(home / "bus", there.removeprefix("unix:path=").partition(",")[0])
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address.format(there))
    with SessionBus() as found:
        assert found.is_given(NAME)


def test_what_it_is_can_be_looked_up_on_the_bus() -> None:
    message = new_method_call(DBusAddress(PATH, NAME, "org.freedesktop.DBus.Introspectable"), "Introspect")
    message.header.serial = 7
    reply, _ = answered(message, Playing("Paused", "Lie", "Short", 3))
    assert reply is not None
    interfaces = {each.get("name"): each for each in ET.fromstring(reply.body[0])}  # noqa: S314 - psoas's own
    assert {each.get("name") for each in interfaces[PLAYER]} >= {"PlayPause", "Next", "PlaybackStatus", "Metadata"}
    (changed,) = interfaces[PROPERTIES].findall("signal")
    assert changed.get("name") == "PropertiesChanged"
    assert [each.get("type") for each in changed] == ["s", "a{sv}", "as"]


ADDRESSED = Playing("Paused", "Lie", "Short", 3)


@pytest.mark.parametrize(
    ("path", "interface", "member", "signature", "given", "error"),
    [
        ("/elsewhere", PLAYER, "Play", None, (), "UnknownObject"),
        (PATH, PLAYER, "Dance", None, (), "UnknownMethod"),
        (PATH, "org.example", "Play", None, (), "UnknownMethod"),
        (PATH, PLAYER, "Play", "s", ("now",), "InvalidArgs"),
        (PATH, PROPERTIES, "Get", "s", (PLAYER,), "InvalidArgs"),
        (PATH, PROPERTIES, "Get", "ss", (PLAYER, "Position"), "UnknownProperty"),
        (PATH, PROPERTIES, "Set", "ssv", (PLAYER, "Volume", ("d", 0.1)), "PropertyReadOnly"),
    ],
)
def test_what_is_wrong_is_answered_with_an_error_and_presses_nothing(
    path: str, interface: str, member: str, *, signature: str | None, given: tuple[object, ...], error: str
) -> None:
    message = new_method_call(DBusAddress(path, NAME, interface), member, signature, given)
    message.header.serial = 7
    reply, button = answered(message, ADDRESSED)
    assert reply is not None
    assert reply.header.fields[HeaderFields.error_name] == f"org.freedesktop.DBus.Error.{error}"
    assert button == ""
    reply.serialise(1)


@given(st.text(max_size=8), st.text(max_size=8), st.sampled_from(["", PLAYER, PROPERTIES, "x"]), st.binary(max_size=40))
def test_whatever_is_asked_there_is_an_answer_that_can_be_sent(
    path: str, member: str, interface: str, body: bytes
) -> None:
    message = new_method_call(DBusAddress("/", NAME, "a.b"), "Play")
    message.header.serial = 7
    message.header.fields |= {HeaderFields.path: f"/{path}", HeaderFields.interface: interface}
    message.header.fields[HeaderFields.member] = member
    if body:
        message.header.fields[HeaderFields.signature] = "ay"
        message.body = (body,)
    reply, button = answered(message, ADDRESSED)
    assert reply is not None
    assert reply.serialise(1)
    assert button == ""
