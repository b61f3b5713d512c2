"""Hooks in the settings: the programs of the person's own that are run at certain moments of a practice."""

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from psoas_cli import programs
from psoas_cli.practice.model.flags import NO
from psoas_cli.resources import expanded

if TYPE_CHECKING:
    from psoas_cli.practice.format.nodes import Notebook, Place

HookEvent = Literal["start", "pause", "go-on", "stop-begins", "end"]
"""What a program can be run at."""

HOOK_EVENTS: tuple[HookEvent, ...] = get_args(HookEvent)
_NOTHING = ("none", *NO)
_EXAMPLE = "[notify-send, Sphinx]"
_UNQUOTED = frozenset("-_./=+%@")  # besides letters and digits: what needs no quotes in a list, wherever it stands


class HookSettings(NamedTuple):
    """Of each event the program to run, with its arguments; empty for none."""

    start: tuple[str, ...] = ()
    pause: tuple[str, ...] = ()
    go_on: tuple[str, ...] = ()
    stop_begins: tuple[str, ...] = ()
    end: tuple[str, ...] = ()

    @property
    def commands(self) -> dict[HookEvent, tuple[str, ...]]:
        """The programs by their events, where one is to be run."""
        return {event: command for event, command in zip(HOOK_EVENTS, self, strict=True) if command}


def read_hooks(notebook: "Notebook", place: "Place | None") -> HookSettings:
    """The hooks in the map at *place*."""
    if place is None:
        return HookSettings()
    at = notebook.map(place, HOOK_EVENTS)
    return HookSettings(*(_command(notebook, at.get(event)) for event in HOOK_EVENTS))


def program_of(written: str) -> str:
    """The whole path of the program *written*: such a path, or a name that is looked up in PATH alone.

    Raises:
        OSError: It is not there, or cannot be run.
    """
    path = Path(written)
    if (path.is_absolute() or path.name == written) and (found := programs.found(written)):
        return found
    if not path.is_absolute():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), written)
    path.stat()
    why = errno.EISDIR if path.is_dir() else errno.EACCES
    raise OSError(why, os.strerror(why), written)


def _command(notebook: "Notebook", place: "Place | None") -> tuple[str, ...]:
    """The program with its arguments at *place*: a list, or one word."""
    if place is None or (notebook.is_scalar(place) and place.node.value.lower() in _NOTHING):
        return ()
    if not notebook.is_list(place):
        program = notebook.value(place, _alone, "")
        return (program,) if program else ()
    known = len(notebook.problems)
    words = notebook.list(place)
    if not words:
        notebook.bad(place, f"expected a program and what it is given, as in {_EXAMPLE}, got an empty list")
    command = tuple(notebook.value(each, str if number else _program, "") for number, each in enumerate(words))
    return command if len(notebook.problems) == known else ()


def _alone(written: str) -> str:
    """The program *written* by itself, which a list would hold if it had arguments."""
    if len(written.split()) > 1:
        raise ValueError(f'expected a list, got "{written}"; write {_listed(written)}')
    return _program(written)


def _listed(written: str) -> str:
    """The command line *written* as a list; an example if that would need more thought."""
    import shlex

    try:
        words = shlex.split(written)
    except ValueError:  # a quote is not closed
        words = []
    plain = words and all(word and all(c.isalnum() or c in _UNQUOTED for c in word) for word in words)
    return f"[{', '.join(words)}]" if plain else f"it like {_EXAMPLE}"


def _program(written: str) -> str:
    path = expanded(written)
    if not written.strip():
        raise ValueError(f"expected a program, as in {_EXAMPLE}, got nothing")
    if path.is_absolute():
        return str(path)
    if {"/", os.sep} & set(written):
        raise ValueError(f'expected the name of a program, or its whole path from / or ~ on, got "{written}"')
    return written
