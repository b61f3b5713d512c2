"""A question that a person answers with yes or no."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from tests.tui.windows_console import Console, streams

from psoas_cli.cli import question
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Text

if TYPE_CHECKING:
    import pytest


def test_what_was_typed_before_is_no_answer_on_windows_either(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console.opened(monkeypatch)
    monkeypatch.setattr(question, "IS_WINDOWS", True)
    output = streams(monkeypatch)
    console.type("y\r")
    monkeypatch.setattr(
        "sys.stdin", SimpleNamespace(fileno=lambda: 0, readline=lambda: "y\n" if console.records else "\n")
    )
    assert not question.agreed(Text("Delete it? ", "Wissen? "), "en", PsoasError("nobody to ask"))
    assert output.shown == "Delete it? "
