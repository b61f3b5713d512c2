"""What is remembered from one session to the next: the volume set with a key, what was practised last, and so on."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from psoas_cli.storage.atomic import keep

_DAY = 24 * 60  # minutes


class Done(NamedTuple):
    """The last time something was practised.

    Args:
        minutes: The length asked for; None for the usual length.
        practised: How long it was practised, in seconds.
        ended: When it ended.
    """

    minutes: float | None
    practised: float
    ended: datetime


def volume(path: Path) -> int | None:
    """The volume of the last session, 0..100; None if unknown."""
    found = _kept(path).get("volume")
    return found if type(found) is int and 0 <= found <= 100 else None


def remember_volume(path: Path, volume: int) -> None:
    """Remember *volume*; that it cannot be written is no reason to disturb a practice."""
    _keep(path, _kept(path) | {"volume": volume})


def breaths_heard(path: Path) -> int:
    """In how many practices a breath was heard."""
    found = _kept(path).get("breaths_heard")
    return found if type(found) is int and found >= 0 else 0


def remember_breath_heard(path: Path) -> None:
    """Remember one more practice in which a breath was heard, if that can be written."""
    _keep(path, _kept(path) | {"breaths_heard": breaths_heard(path) + 1})


def done(path: Path) -> dict[str, Done]:
    """The last time of everything that was practised, by the command that begins it, such as `practice yin`."""
    rows = _kept(path).get("done")
    found = {name: _done(row) for name, row in rows.items()} if isinstance(rows, dict) else {}
    return {name: each for name, each in found.items() if each}


def remember_done(path: Path, command: str, what: Done) -> None:
    """Remember *what* was practised with *command*, if that can be written."""
    kept = _kept(path)
    rows = kept["done"] if isinstance(kept.get("done"), dict) else {}
    row = {"minutes": what.minutes, "practised": what.practised, "ended": what.ended.isoformat(timespec="seconds")}
    _keep(path, kept | {"done": rows | {command: row}})


def _done(row: object) -> Done | None:
    """*row* as it was remembered; None if it is malformed."""
    with suppress(AttributeError, TypeError, ValueError, OverflowError):
        minutes, practised = row.get("minutes"), row.get("practised")  # type: ignore[attr-defined] # see above
        if (minutes is None or 0 < minutes <= _DAY) and 0 <= practised <= _DAY * 60:
            ended = datetime.fromisoformat(row.get("ended")).astimezone()  # type: ignore[attr-defined]
            return Done(minutes and float(minutes), float(practised), ended)
    return None


def _kept(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _keep(path: Path, kept: dict[str, Any]) -> None:
    with suppress(OSError):
        keep(path, (json.dumps(kept) + "\n").encode("utf-8"))
