"""Where files are kept: in the system's usual folders, or all in the folder `PSOAS_HOME`."""

import errno
import os
import sys
from pathlib import Path

from psoas_cli.resources import expanded
from psoas_cli.storage.yaml_names import files_in, is_called, meant

NOWHERE = Path(os.devnull, "psoas")
"""The folder for everything where there is no home: nothing is ever in it, and it cannot be created."""

_CONFIG = "config.yaml"


def config_file() -> Path:
    """The user's settings, whether they are there or not."""
    folder = _home("config")
    return next((path for path in files_in(folder) if is_called(path, _CONFIG)), folder / _CONFIG)


def other_config_files() -> list[Path]:
    """What looks like the user's settings in their folder, and does not count: `config.yaml.txt`, a second file."""
    counts = config_file()
    return [
        path
        for path in files_in(counts.parent)
        if path != counts and (is_called(path, _CONFIG) or meant(path).lower() == _CONFIG)
    ]


def data_folder() -> Path:
    """The user's sequences, poses and voices, the schemas and the journal."""
    return _home("data")


def sequences_folder() -> Path:
    """The user's own sequences and poses."""
    return data_folder() / "sequences"


def schema_file() -> Path:
    """The JSON Schema of a sequence file, for editors; can be recreated at any time."""
    return data_folder() / "schema.json"


def poses_schema_file() -> Path:
    """The JSON Schema of `poses.yaml`, for editors; can be recreated at any time."""
    return data_folder() / "poses-schema.json"


def voices_folder() -> Path:
    """The user's voice packs."""
    return data_folder() / "voices"


def journal_file() -> Path:
    """The journal of sessions."""
    return data_folder() / "journal.sqlite3"


def state_file() -> Path:
    """What is remembered from one session to the next."""
    return _home("state") / "remembered.json"


def catalogue_file() -> Path:
    """The cached catalogue of practices; can be recreated at any time."""
    return _home("cache") / "catalogue.json"


def readings_folder() -> Path:
    """What was read of practices and poses, cached; can be recreated at any time."""
    return _home("cache") / "readings"


def speech_folder() -> Path:
    """The cached clips of spoken text; can be recreated at any time."""
    return _home("cache") / "speech"


def _home(kind: str) -> Path:
    """The folder for *kind* (config, data, state or cache)."""
    if home := os.environ.get("PSOAS_HOME"):
        return expanded(home).absolute()
    import platformdirs  # takes 6 ms, and is not needed with PSOAS_HOME

    try:
        folder = Path(getattr(platformdirs, f"user_{kind}_path")("psoas", appauthor=False))
    except RuntimeError:  # no HOME, and nobody of that number among the users, as in some containers
        return NOWHERE
    return folder if folder.is_absolute() else NOWHERE


def obstacle() -> tuple[Path, str] | None:
    """The folder of the user's own things and why it cannot be looked into; None if it can be, or is not there yet."""
    folder = sequences_folder()
    try:
        os.scandir(folder).close()
    except FileNotFoundError:
        if sys.platform == "win32" and any(each.is_file() for each in folder.parents):  # as others say by themselves
            return folder, os.strerror(errno.ENOTDIR)
        return None
    except OSError as error:
        return folder, error.strerror or ""
    return None


def make(folder: Path) -> None:
    """Create *folder* and any missing folder above it, readable by nobody else.

    Raises:
        OSError: It cannot be created.
    """
    if folder.is_relative_to(NOWHERE):
        raise OSError(errno.ENOENT, "no home folder is known, so set PSOAS_HOME to a folder", str(folder))
    for each in (*reversed(folder.parents), folder):  # with parents=True, mode would apply to the last only
        try:
            if not os.path.isdir(each):  # noqa: PTH112 - that of pathlib raises some errors
                each.mkdir(mode=0o700, exist_ok=True)
        except FileExistsError:
            raise NotADirectoryError(errno.ENOTDIR, f"{each} is not a folder", str(each)) from None
