"""The JSON Schemas of the files that people write, for editors."""

import json

from psoas_cli.practice.format.pose_reader import read_library
from psoas_cli.practice.format.schema import poses_schema, sequence_schema
from psoas_cli.resources import bundled
from psoas_cli.storage import paths
from psoas_cli.storage.atomic import write_file
from psoas_cli.storage.files import read_text
from psoas_cli.storage.sequence_files import POSES


def schema_text(*, poses: bool) -> str:
    """The schema of a sequence file, or of `poses.yaml`; it lists the built-in poses, the same on every machine."""
    path = bundled("sequences") / POSES
    known = read_library(read_text(path), path.name, "en", {})
    return json.dumps(poses_schema(known) if poses else sequence_schema(known), indent=1) + "\n"


def write_schemas() -> None:
    """Write both schemas into the user's data folder, replacing older ones.

    From a file in the sequences folder they are `../schema.json` and, for `poses.yaml`, `../poses-schema.json`.

    Raises:
        PsoasError: They cannot be written.
        OSError: The folder cannot be created.
    """
    paths.make(paths.data_folder())
    write_file(paths.schema_file(), schema_text(poses=False), force=True)
    write_file(paths.poses_schema_file(), schema_text(poses=True), force=True)
