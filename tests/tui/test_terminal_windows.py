"""The console of Windows, played by a stand-in."""

from __future__ import annotations

import errno
from contextlib import suppress
from threading import Event

import pytest
from tests.tui.windows_console import (
    CLOSED,
    CTRL_BREAK,
    CTRL_C,
    DEVICE,
    FOCUS,
    INPUT,
    LOGGED_OFF,
    SHUT_DOWN,
    SIZE,
    Console,
    streams,
)

from psoas_cli.tui.terminal_windows import PlainTerminal, Terminal


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    return Console.opened(monkeypatch)


def test_keys_have_the_same_names_as_elsewhere(console: Console) -> None:
    with Terminal() as terminal:
        console.type("q \r\x1b")
        for key in (0x26, 0x28, 0x21, 0x70):
            console.press(key=key)
        console.type("éà🧘")
        assert terminal.events(0) == ["q", "space", "enter", "esc", "up", "down", "pageup", "é", "à", "🧘"]
        assert terminal.events(0) == []
    assert console.is_left


def test_more_keys_than_are_read_at_a_time_come_at_once(console: Console) -> None:
    with Terminal() as terminal:
        for _ in range(300):
            console.press(key=0x26)
        assert terminal.events(None) == ["up"] * 300


def test_it_sleeps_until_a_key_or_the_time_comes_and_no_less(console: Console) -> None:
    with Terminal() as terminal:
        assert terminal.events(1.2345) == []
        console.type("q")
        assert terminal.events(None) == ["q"]
        assert terminal.events(-1.0) == []
    assert console.waits == [1235, 0xFFFFFFFF, 0]


def test_a_click_does_not_hold_up_the_practice(console: Console) -> None:
    marks_text, mouse = 0x40, 0x10
    with Terminal():
        assert not console.modes[INPUT] & (marks_text | mouse)
    assert console.modes[INPUT] & marks_text


def test_a_new_size_is_painted(console: Console) -> None:
    with Terminal() as terminal:
        terminal.dirty = False
        console.report(FOCUS)
        assert terminal.events(0) == []
        assert not terminal.dirty
        console.report(SIZE)
        console.type("q")
        assert terminal.events(0) == ["q"]
        assert terminal.dirty


def test_without_keys_it_waits_for_the_time_alone(console: Console) -> None:
    console.handles[0] = DEVICE
    console.type("q")
    with PlainTerminal() as terminal:
        assert terminal.events(0.5) == []
        console.ask(CTRL_C).join()
        with pytest.raises(KeyboardInterrupt):
            terminal.events(None)
    assert console.records


@pytest.mark.parametrize("kind", [CTRL_C, CTRL_BREAK])
def test_ctrl_c_and_ctrl_break_interrupt_while_it_waits(console: Console, kind: int) -> None:
    with Terminal() as terminal:
        asked = console.ask(kind)
        with pytest.raises(KeyboardInterrupt):
            terminal.events(None)
        asked.join()
    assert console.is_left


def test_a_second_ctrl_c_is_left_to_python(console: Console) -> None:
    with suppress(KeyboardInterrupt), Terminal():
        assert console.answered(CTRL_C)
        assert not console.answered(CTRL_C)


@pytest.mark.parametrize("kind", [CLOSED, LOGGED_OFF, SHUT_DOWN])
def test_a_window_that_closes_ends_it_and_waits_until_all_is_in_order(
    console: Console, monkeypatch: pytest.MonkeyPatch, kind: int
) -> None:
    over = Event()
    monkeypatch.setattr("psoas_cli.tui.terminal_windows.time.sleep", lambda _: over.wait(10))
    with Terminal() as terminal:
        asked = console.ask(kind)
        with pytest.raises(SystemExit) as ended:
            terminal.events(None)
    assert ended.value.code == 129
    assert asked.is_alive()  # once it has answered, the system ends the program
    over.set()
    asked.join()


def test_ctrl_c_as_a_key_is_an_interrupt(console: Console) -> None:
    ctrl = 0x8
    console.press("\x03", 0x43, held=ctrl)
    with pytest.raises(KeyboardInterrupt), Terminal() as terminal:
        terminal.events(None)


def test_pasted_text_is_no_keys_and_no_rest_of_it_is_left_for_the_shell(console: Console) -> None:
    with Terminal() as terminal:
        console.type("q this is no typing q")
        assert terminal.events(0) == ["pasted"]
        console.type("del *")
    assert not console.records


def test_the_screen_is_put_back(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    output = streams(monkeypatch)
    with pytest.raises(RuntimeError), Terminal():
        raise RuntimeError
    assert output.shown.endswith("\x1b[?25h\x1b[?1049l")
    output = streams(monkeypatch)
    with PlainTerminal() as terminal:
        terminal.write("a line\n")
    assert output.shown == "a line\n"
    assert console.is_left


def test_the_window_shows_the_pose_and_then_what_it_showed_before(console: Console) -> None:
    with Terminal() as terminal:
        terminal.entitle("Sphinx · 3 min")
        terminal.entitle("Sphinx · 2 min")
        assert console.title == "Sphinx · 2 min"
        terminal.entitle("")
        assert console.title == "Command Prompt"
        terminal.entitle("Συνέχεια")
    assert console.title == "Command Prompt"
    with PlainTerminal() as lines:
        lines.entitle("Sphinx")
        assert console.title == "Command Prompt"


def test_what_a_pipe_cannot_encode_becomes_what_is_near(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    console.handles[1] = DEVICE
    output = streams(monkeypatch, "cp1252")
    with PlainTerminal() as terminal:
        terminal.write("Ανάσα · 呼吸 → één\n")
    assert output.shown == "????? · ?? > één\n"


@pytest.mark.parametrize(("at", "number", "code"), [(DEVICE, errno.EPIPE, 1), (0x14, errno.EBADF, 129)])
def test_who_reads_is_gone(console: Console, monkeypatch: pytest.MonkeyPatch, at: int, number: int, code: int) -> None:
    console.handles[1] = at

    def fail(_: str) -> int:
        raise OSError(number, "gone")

    monkeypatch.setattr(streams(monkeypatch), "write", fail)
    with pytest.raises(SystemExit) as ended, PlainTerminal() as terminal:
        terminal.write("a line\n")
    assert ended.value.code == code


def test_nothing_is_kept_where_the_reader_was_gone_from_the_start(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.handles[1] = DEVICE

    def fail() -> None:
        raise OSError(errno.EINVAL, "gone")

    monkeypatch.setattr(streams(monkeypatch), "flush", fail)
    with pytest.raises(SystemExit), PlainTerminal():
        pass
    assert console.is_left


def test_a_ctrl_c_while_it_is_left_keeps_nothing_either(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    output = streams(monkeypatch)

    def interrupt(_: str) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Terminal():
        monkeypatch.setattr(output, "write", interrupt)
    assert console.is_left


def test_a_full_disk_is_told(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    console.handles[1] = DEVICE

    def fail(_: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(streams(monkeypatch), "write", fail)
    with pytest.raises(OSError, match="No space"), PlainTerminal() as terminal:
        terminal.write("a line\n")
