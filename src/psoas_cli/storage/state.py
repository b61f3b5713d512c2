"""What is remembered from one session to the next: the volume set with a key. The rest is in the journal."""

import json
from contextlib import suppress
from pathlib import Path

from psoas_cli.storage.atomic import keep
from psoas_cli.storage.files import read_bytes

_LARGEST = 1 << 20  # bytes; earlier versions kept more than the volume


def volume(path: Path) -> int | None:
    """The volume of the last session, 0..100; None if unknown."""
    with suppress(OSError, ValueError, RecursionError):
        kept = json.loads(read_bytes(path, _LARGEST))
        found = kept.get("volume") if isinstance(kept, dict) else None
        if type(found) is int and 0 <= found <= 100:
            return found
    return None


def remember_volume(path: Path, volume: int) -> None:
    """Remember *volume*; that it cannot be written is no reason to disturb a practice."""
    with suppress(OSError):
        keep(path, (json.dumps({"volume": volume}) + "\n").encode("utf-8"))
