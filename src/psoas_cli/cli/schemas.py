"""`psoas schema`: the form of a file as JSON Schema, printed or written for an editor."""

import json
from pathlib import Path
from typing import Any

from psoas_cli.cli.printing import write
from psoas_cli.practice.pose_reader import read_library
from psoas_cli.practice.schema import poses_schema, sequence_schema
from psoas_cli.resources import bundled
from psoas_cli.store import folders
from psoas_cli.store.entries import POSES
from psoas_cli.store.files import read_text
from psoas_cli.store.writing import write_file


def print_schema(output: str | None, *, poses: bool, force: bool) -> None:
    """Print the schema of a sequence file, or of *poses*; or write it to the file *output*.

    Raises:
        PsoasError: It cannot be written, or there is a file already and it is not to be replaced by *force*.
    """
    if output is None:
        write(_as_json(_schema(poses=poses)).rstrip())
        return
    write_file(Path(output).expanduser(), _as_json(_schema(poses=poses)), force=force)


def write_schemas() -> None:
    """Write both schemas into the person's data folder, in place of older ones.

    From a file in the sequences folder it is `../schema.json`, and that of `poses.yaml` is `../poses-schema.json`.

    Raises:
        PsoasError: They cannot be written.
        OSError: The folder cannot be made.
    """
    folders.make(folders.data_folder())
    write_file(folders.schema_file(), _as_json(_schema(poses=False)), force=True)
    write_file(folders.poses_schema_file(), _as_json(_schema(poses=True)), force=True)


def _schema(*, poses: bool) -> dict[str, Any]:
    """The schema, with the built-in poses offered: the same on every machine."""
    path = bundled("sequences") / POSES
    known = read_library(read_text(path), path.name, "en", {})
    return poses_schema(known) if poses else sequence_schema(known)


def _as_json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1) + "\n"
