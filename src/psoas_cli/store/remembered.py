"""What is remembered from one session to the next: small things that a person set with a key."""

import json
from contextlib import suppress
from pathlib import Path

from psoas_cli.store import folders


def volume(path: Path) -> int | None:
    """The volume of the last session, 0..100; None where nothing is remembered."""
    with suppress(OSError, ValueError, AttributeError, RecursionError):
        found = json.loads(path.read_text("utf-8")).get("volume")
        if type(found) is int and 0 <= found <= 100:
            return found
    return None


def remember_volume(path: Path, volume: int) -> None:
    """Remember *volume*. Where nothing can be written nothing is: no reason to disturb a practice."""
    with suppress(OSError):
        folders.make(path.parent)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({"volume": volume}) + "\n", "utf-8")
        new.replace(path)
