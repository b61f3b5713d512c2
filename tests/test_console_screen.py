"""What was kept of a console is shown as a terminal would have shown it."""

from console_screen import pictures


def test_the_screen_is_shown_as_it_was_at_each_moment() -> None:
    rows: list[list[float | str]] = [
        [0.1, "before\r\n"],
        [0.2, "\x1b[?1049h\x1b[2;3HLie \x1b[1mdown\x1b[0m"],
        [1.5, "\x1b[2;3HRoll\x1b[K"],
        [2.5, "\x1b[?1049lafter"],
    ]
    assert pictures(rows, [0.15, 1, 2, 1e9]) == ["before", "\n  Lie down", "\n  Roll", "after"]
