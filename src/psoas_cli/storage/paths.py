"""Where things are kept: in the system's own places, or all under PSOAS_HOME."""

import os
from pathlib import Path


def config_file() -> Path:
    """The person's settings."""
    return _home("config") / "config.yaml"


def data_folder() -> Path:
    """The person's sequences and poses, and the journal."""
    return _home("data")


def sequences_folder() -> Path:
    """The person's own sequences and poses."""
    return data_folder() / "sequences"


def schema_file() -> Path:
    """The form of a sequence file, for the person's editor; to be made anew at any time."""
    return data_folder() / "schema.json"


def poses_schema_file() -> Path:
    """The form of `poses.yaml`, likewise."""
    return data_folder() / "poses-schema.json"


def journal_file() -> Path:
    """The journal of sessions."""
    return data_folder() / "journal.sqlite3"


def state_file() -> Path:
    """What is remembered from one session to the next."""
    return _home("state") / "remembered.json"


def catalogue_file() -> Path:
    """What was made of the sequences' files, to be made anew at any time."""
    return _home("cache") / "catalogue.json"


def speech_folder() -> Path:
    """What was spoken, to be made anew at any time."""
    return _home("cache") / "speech"


def _home(kind: str) -> Path:
    """The folder for *kind* (config, data, state or cache)."""
    if home := os.environ.get("PSOAS_HOME"):
        return Path(home)
    import platformdirs  # 6 ms, and not needed where PSOAS_HOME says it

    return Path(getattr(platformdirs, f"user_{kind}_path")("psoas", appauthor=False))


def make(folder: Path) -> None:
    """Make *folder* and whatever lacks above it, readable by nobody else.

    Raises:
        OSError: Where it cannot be made.
    """
    for each in (*reversed(folder.parents), folder):  # with parents=True only the last would be closed to others
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)  # a file in its place is an error
