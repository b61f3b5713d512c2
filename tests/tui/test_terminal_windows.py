"""The console of Windows, played by a stand-in."""

import sys
import types

import pytest

from psoas_cli.tui.terminal_windows import PlainTerminal, Terminal


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    waiting: list[str] = []
    console = types.SimpleNamespace(kbhit=lambda: bool(waiting), getwch=lambda: waiting.pop(0))
    monkeypatch.setitem(sys.modules, "msvcrt", console)
    monkeypatch.setattr("os.isatty", lambda _: True)
    return waiting


def test_keys_have_the_same_names_as_elsewhere(typed: list[str]) -> None:
    with Terminal() as terminal:
        typed += "q \r\x1b\xe0H\x00P\xe0I\x00;é"
        typed.append("\xe0")
        assert terminal.events(0) == ["q", "space", "enter", "esc", "up", "down", "pageup", "é", "à"]
        assert terminal.events(0) == []


def test_ctrl_c_is_an_interrupt(typed: list[str]) -> None:
    typed.append("\x03")
    with pytest.raises(KeyboardInterrupt), Terminal() as terminal:
        terminal.events(None)


def test_pasted_text_is_no_keys(typed: list[str]) -> None:
    with Terminal() as terminal:
        typed += "q this is no typing q"
        assert terminal.events(0) == []


@pytest.mark.usefixtures("typed")
def test_the_screen_is_put_back(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError), Terminal():
        raise RuntimeError
    assert capsys.readouterr().out.endswith("\x1b[?25h\x1b[?1049l")
    with PlainTerminal() as terminal:
        terminal.write("a line\n")
    assert capsys.readouterr().out == "a line\n"
