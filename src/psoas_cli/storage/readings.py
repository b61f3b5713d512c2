"""Readings: what was read of poses and practices, kept until one of their files changes, so that no YAML is needed."""

import json
import zlib
from collections import ChainMap
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from typing import Any, NamedTuple

from psoas_cli.practice.format.plain_form import own_poses, part_of, plain_form
from psoas_cli.practice.model.poses import LazyPoses, Pose
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.storage import paths
from psoas_cli.storage.sealed_file import keep_lines, lines_kept

_FORMAT = 1  # the version of what is kept

UNMADE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What making something of a line may raise that psoas has not written."""


class Found(NamedTuple):
    """A file that a practice includes by its name: its path, and the mark of its content."""

    path: str
    mark: str


def mark_of(content: str) -> str:
    """A mark that changes with *content*."""
    written = content.encode("utf-8", "surrogatepass")
    return f"{len(written):x} {zlib.crc32(written):08x} {zlib.adler32(written):08x}"


def poses_read(name: str, stamp: list[object], read: Callable[[], Mapping[str, Pose]]) -> Mapping[str, Pose]:
    """Return the poses that *read* returns, kept as *name* for *stamp*."""
    place, stamp = paths.readings_folder() / "poses" / f"{name}.json", [_FORMAT, *stamp]
    lines = lines_kept(place, stamp)
    with suppress(*UNMADE):
        if lines is not None:
            return _poses_in(dict(zip(json.loads(lines[0]), lines[1:], strict=True)), read)
    poses = read()
    keep_lines(place, stamp, lambda: [list(poses), *(plain_form(pose, {}) for pose in poses.values())])
    return poses


class SequenceReading:
    """The reading of one sequence.

    Args:
        name: What it is kept as.
        stamp: What its reading depends on, but for the files that it includes.
        known: The poses that it may name.
        find: Finds what it includes, by its name.
    """

    def __init__(
        self, name: str, stamp: list[object], known: Mapping[str, Pose], find: Callable[[str], Found | None]
    ) -> None:
        self._place = paths.readings_folder() / "practices" / f"{name}.json"
        self._stamp = [_FORMAT, *stamp]
        self._known = known
        self._find = find

    def kept(self) -> Sequence | None:
        """The sequence, if it was kept and nothing has changed since."""
        with suppress(*UNMADE):
            if lines := lines_kept(self._place, self._stamp):
                found, own, bare = lines
                if all(self._find(name) == Found(*each) for name, each in json.loads(found).items()):
                    return self._made(own, bare)
        return None

    def _made(self, own: bytes, bare: bytes) -> Sequence:
        added = part_in(own, {})
        poses: Mapping[str, Pose] = ChainMap(added, self._known) if added else self._known  # type: ignore[arg-type] # only read
        sequence: Sequence = replace(part_in(bare, poses), poses=poses)
        return sequence

    def keep(self, sequence: Sequence, found: Mapping[str, Found]) -> None:
        """Keep *sequence*, in which the files *found* are included."""

        def lines() -> list[object]:
            own, bare = own_poses(sequence, self._known), replace(sequence, poses={})
            return [found, plain_form(own, {}), plain_form(bare, sequence.poses)]

        keep_lines(self._place, self._stamp, lines)


def _poses_in(lines: Mapping[str, bytes], read: Callable[[], Mapping[str, Pose]]) -> Mapping[str, Pose]:
    """The poses that were kept in *lines*, by id; *read* reads them anew, should one of the lines be something else."""
    anew = cache(read)

    def make(name: str) -> Pose:
        with suppress(*UNMADE):
            if isinstance(pose := part_in(lines[name], {}), Pose):
                return pose
        return anew()[name]

    return LazyPoses(lines, make)


def part_in(line: bytes, known: Mapping[str, Pose]) -> Any:  # noqa: ANN401 - any part of a practice
    """The part of a practice that was kept in *line*, with the poses that are *known*; see `UNMADE` for errors."""
    return json.loads(line, object_hook=partial(part_of, known=known))
