"""The settings as they were kept since they were read, until their file changes, so that no YAML is needed for them."""

import json
from contextlib import suppress
from pathlib import Path

from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.plain_form import plain_form
from psoas_cli.practice.model.bed import BEDS, NO_BED, Bed
from psoas_cli.practice.model.sequence import SOUNDS
from psoas_cli.resources import expanded
from psoas_cli.storage import paths
from psoas_cli.storage.config import SETTINGS, Config, VoiceSettings, config_in, read_leniently, says_anything
from psoas_cli.storage.files import read_text
from psoas_cli.storage.hook_settings import HookSettings
from psoas_cli.storage.readings import UNMADE, mark_of, part_in
from psoas_cli.storage.sealed_file import keep_lines, lines_kept, program

_FORMAT = 2  # the version of what is kept


def settings_at(path: Path) -> tuple[Config, PsoasError | None]:
    """The settings in the file at *path*, as `read_leniently` reads them."""
    try:
        content = read_text(path, SETTINGS)
        if not says_anything(content):
            return read_leniently(path)
        place, stamp = paths.readings_folder() / "settings.json", [_FORMAT, program(), *_whereabouts(path, content)]
        if kept := _kept(place, stamp):
            return kept, None
        config = config_in(content, path)
    except PsoasError:  # it is told each time, and what is right is taken all the same
        return read_leniently(path)
    if _stands_alone(config):
        keep_lines(place, stamp, lambda: _lines(config))
    return config, None


def _whereabouts(path: Path, content: str) -> list[object]:
    """What paths in the settings depend on, and a mark of what they say."""
    return [str(path), str(expanded("~")), mark_of(content)]


def _stands_alone(config: Config) -> bool:
    """Whether *config* depends on no other file: a sound or a pose of a person's own may be gone by the next start.

    What programs to run is never kept: it is taken from where the person wrote it alone.
    """
    sounds = {*config.bells.sounds(), config.bed.sound}
    return sounds <= {*SOUNDS, *BEDS, NO_BED} and not config.avoid and config.hooks == HookSettings()


def _lines(config: Config) -> list[object]:
    """The plain form of *config*, which stands alone: its bells, and all else."""
    given = config._asdict()
    bells, *_ = (given.pop(name) for name in ("bells", "avoid", "hooks"))
    return [plain_form(bells, {}), given]


def _kept(place: Path, stamp: list[object]) -> Config | None:
    """What was kept for *stamp*, if anything was."""
    with suppress(*UNMADE):
        if lines := lines_kept(place, stamp):
            given = json.loads(lines[1]) | {"bells": part_in(lines[0], {})}
            voice, bed = VoiceSettings(*given["voice"]), Bed(*given["bed"])
            made = {"voice": voice, "bed": bed, "care": tuple(given["care"])}
            return Config(**(given | made | {"hooks": HookSettings()}))
    return None
