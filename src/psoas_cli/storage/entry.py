"""An entry of the journal: a session, and what its row must hold.

SQLite takes any value in any column, and a file may have been damaged or edited: nothing in a row is taken on trust.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Literal, get_args

from psoas_cli.practice.model.durations import LONGEST
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.sensations import OF_THE_BODY, OF_THE_BREATH
from psoas_cli.practice.model.text import LANGS

State = Literal["running", "completed", "ended", "interrupted"]
"""How a session ended: `completed` by itself, `ended` by the user, or `interrupted`; `running` until then."""

_MOST = 1e9  # more seconds, and more of anything that is counted, than any session has
_MOST_AT_ONCE: Mapping[str, float] = {"hold": 3600.0, "breath": 3600.0}
"""The largest value of a change, by its kind; of any other kind, also one that a later version made, `LONGEST`."""

_TENSEST = 10


@record(frozen=True)
class Entry:
    """A session in the journal.

    Args:
        id: Unique to the session.
        began: When it began, ISO 8601 with a time zone.
        seen: When it was last written.
        state: How it ended.
        command: The command that begins it again, such as `practice yin`.
        title: The title of the practice, in *lang*.
        lang: The language it was practised in.
        asked_s: The length asked for, in seconds; None for the usual length.
        breath: The breath in holds that was asked for, if any.
        length_s: The length of the whole practice, in seconds.
        speed: 1, or the speed of a rehearsal.
        digest: A digest of the practice, which changes with it.
        position_s: How far it got on its timeline, in seconds.
        practised_s: Seconds of practice, without pauses and the lead-in.
        stops: How many stops were begun.
        breaths: How many paced breaths went by.
        changes: What keys changed on its timeline: the kind of each change, at which second, and its value.
        process: The id of the process that wrote it.
        sessions: How often the same was practised before; it decides what is offered to notice.
        tension_before: How tense the user felt before, 0 (relaxed) to 10 (tense).
        tension_after: The same, afterwards.
        breath_before: How the breath felt before, 0 (shallow) to 10 (deep).
        breath_after: The same, afterwards.
        line: What the user wrote about it.
        continues: The id of the interrupted session that it continues; empty if it began anew.
        heard: Whether a breath is to be heard in it.
        avoid: The poses that were asked to be left out, as the option takes them; empty if none.
        felt_breath: How the breath was after a rest, one of `sensations.OF_THE_BREATH`; empty if not told.
        felt_belly: How the belly felt, one of `sensations.OF_THE_BODY`; empty if not told.
        felt_hips: How the hips felt, one of the same.
    """

    id: str
    began: str
    seen: str
    state: State
    command: str
    title: str
    lang: str
    asked_s: float | None
    breath: str | None
    length_s: float
    speed: float
    digest: str
    position_s: float = 0.0
    practised_s: float = 0.0
    stops: int = 0
    breaths: int = 0
    changes: tuple[tuple[str, float, float], ...] = ()
    process: int = 0
    sessions: int = 0
    tension_before: int | None = None
    tension_after: int | None = None
    breath_before: int | None = None
    breath_after: int | None = None
    line: str = ""
    continues: str = ""
    heard: bool = False
    avoid: str = ""
    felt_breath: str = ""
    felt_belly: str = ""
    felt_hips: str = ""

    @property
    def when(self) -> datetime:
        """When it began."""
        return datetime.fromisoformat(self.began)

    @property
    def last(self) -> datetime:
        """When it was last seen to go on."""
        return datetime.fromisoformat(self.seen)


NAMES = tuple(field.name for field in fields(Entry))
"""The names of the columns."""


def row_of(entry: Entry) -> list[object]:
    """Return the values of *entry* as they are written, in the order of `NAMES`."""
    values = {name: getattr(entry, name) for name in NAMES}
    values["changes"] = json.dumps(entry.changes)
    return [readable(value) if isinstance(value, str) else value for value in values.values()]


def readable(written: str) -> str:
    """Return *written* with a replacement for whatever is no text: names of files may be any bytes."""
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def entry_of(row: Mapping[str, object]) -> Entry:
    """Return the entry in *row*, which may lack the columns that older versions did not have.

    Raises:
        ValueError: A value cannot be what psoas wrote; the message is the name of its column.
    """
    values: dict[str, object] = {}
    for name, read in _COLUMNS.items():
        if name in row:
            try:
                values[name] = read(row[name])
            except (ValueError, RecursionError):  # a list in a list, in a list …
                raise ValueError(name) from None
        elif name in _ALWAYS:
            raise ValueError(name)
    return Entry(**values)  # type: ignore[arg-type] # as the columns say


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError


def _id(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError


def _instant(value: object) -> str:
    if datetime.fromisoformat(_text(value)).tzinfo:
        return str(value)
    raise ValueError


def _state(value: object) -> str:
    if value in get_args(State):
        return str(value)
    raise ValueError


def _lang(value: object) -> str:
    if value in LANGS:
        return str(value)
    raise ValueError


def _number(value: object) -> float:
    if isinstance(value, (int, float)) and 0 <= value <= _MOST:  # which no NaN is
        return float(value)
    raise ValueError


def _speed(value: object) -> float:
    if found := _number(value):
        return found
    raise ValueError


def _count(value: object) -> int:
    if isinstance(value, int) and 0 <= value <= _MOST:
        return value
    raise ValueError


def _whole(value: object) -> int:
    if isinstance(value, int):
        return value
    raise ValueError


def _length(value: object) -> float | None:
    if value is None or 0 < _number(value) <= LONGEST:
        return value  # type: ignore[return-value] # a number
    raise ValueError


def _maybe_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _felt(value: object) -> int | None:
    if value is None or _count(value) <= _TENSEST:
        return value  # type: ignore[return-value] # a count
    raise ValueError


def _one_of(known: Collection[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value == "" or value in known:
            return str(value)
        raise ValueError

    return read


def _flag(value: object) -> bool:
    if value in (0, 1):
        return bool(value)
    raise ValueError


def _changes(value: object) -> tuple[tuple[str, float, float], ...]:
    if value == "[]":
        return ()
    found = json.loads(_text(value))
    if isinstance(found, list):
        return tuple(map(_change, found))
    raise ValueError


def _change(found: object) -> tuple[str, float, float]:
    if not isinstance(found, list) or len(found) != 3:
        raise ValueError
    kind, at, value = _text(found[0]), found[1], found[2]
    if not isinstance(value, (int, float)) or not abs(value) <= _MOST_AT_ONCE.get(kind, LONGEST):
        raise ValueError
    return kind, _number(at), float(value)


_COLUMNS: Mapping[str, Callable[[object], object]] = {
    "id": _id,
    "began": _instant,
    "seen": _instant,
    "state": _state,
    "command": _text,
    "title": _text,
    "lang": _lang,
    "asked_s": _length,
    "breath": _maybe_text,
    "length_s": _number,
    "speed": _speed,
    "digest": _text,
    "position_s": _number,
    "practised_s": _number,
    "stops": _count,
    "breaths": _count,
    "changes": _changes,
    "process": _whole,
    "sessions": _count,
    "tension_before": _felt,
    "tension_after": _felt,
    "breath_before": _felt,
    "breath_after": _felt,
    "line": _text,
    "continues": _text,
    "heard": _flag,
    "avoid": _text,
    "felt_breath": _one_of(OF_THE_BREATH),
    "felt_belly": _one_of(OF_THE_BODY),
    "felt_hips": _one_of(OF_THE_BODY),
}
"""How the value of each column is read; each raises ValueError for what psoas cannot have written."""

_ALWAYS = frozenset(NAMES[: NAMES.index("sessions")])  # what the first version had
