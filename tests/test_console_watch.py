"""What is kept of a console is seen as in a terminal, as it comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from console_watch import Console

if TYPE_CHECKING:
    from pathlib import Path


def test_the_screen_is_seen_as_it_comes_and_the_code_at_last(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    console = Console(kept)
    assert console.look() == ""
    seen = []
    for line in (
        [0.1, "one\ntwo\n"],
        [0.2, "\x1b[?1049h\x1b[2;3HLie \x1b[1mdown\x1b[0m"],
        [1.5, "\x1b[2;3HRoll\x1b[K"],
        [2.5, "\x1b[?1049lafter"],
        [3],
    ):
        with kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n[")
        seen.append(console.look())
        kept.write_text(kept.read_text("utf-8")[:-1], "utf-8")
    assert seen == ["one\ntwo", "\n  Lie down", "\n  Roll", "after", "after"]
    assert console.code == 3
