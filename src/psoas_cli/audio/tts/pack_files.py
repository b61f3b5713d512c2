"""The files of a voice pack, in a folder or in one zip.

They may come from a stranger: none is read beyond its limit, and no name leads outside the pack.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Protocol

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import shown
from psoas_cli.storage.files import opened, read_bytes

if TYPE_CHECKING:
    import zipfile

DESCRIPTION = "voice.yaml"
INDEX = "index.json"

MOST_CLIPS = 20_000
"""The most clips in a pack; everything that psoas itself can say is less than a thousand."""

LARGEST_CLIP = 24_000_000
"""Bytes of a clip: more than two minutes of WAV."""

LARGEST_PACK = 1_000_000_000
"""Bytes of a whole pack, unpacked: two hours of WAV."""

SUFFIX = ".zip"

_MORE = 100  # files besides the clips: the description, the index, licences, and folders
_DEEPEST = 1  # folders above the description
_QUOTED = 80  # characters of a name


class Files(Protocol):
    """The files of a pack, wherever they are."""

    def read(self, name: str, most: int) -> bytes:
        """The content of the file *name*, at most *most* bytes.

        Raises:
            PsoasError: It is missing, too large, or not a plain file.
        """

    def has(self, name: str) -> bool:
        """Whether there is a plain file called *name*."""


@contextmanager
def files_of(place: Path) -> Iterator[Files]:
    """The files of the pack at *place*, as long as the block lasts.

    Raises:
        PsoasError: There is no pack.
    """
    if place.suffix.lower() != SUFFIX:
        yield _Folder(place)
        return
    with _opened(place) as zipped:
        yield _Zip(place, zipped)


class _Folder:
    """The files of a pack that is a folder; links are not followed."""

    def __init__(self, place: Path) -> None:
        self._place = place
        if not place.is_dir():
            raise PsoasError(f"there is no voice pack at {shown(str(place))}", "psoas voices lists the voices")

    def read(self, name: str, most: int) -> bytes:
        """The content of the file *name*, at most *most* bytes."""
        path = self._place / name
        try:
            below = [self._place.joinpath(*PurePosixPath(name).parts[:i]) for i in range(1, name.count("/") + 2)]
            if any(each.is_symlink() for each in below):
                raise wrong(self._place, f"{name} is a link")
            return read_bytes(path, most)
        except FileNotFoundError:
            raise wrong(self._place, f"{name} is missing") from None
        except OSError as error:
            if why := {errno.EFBIG: "too large", errno.EINVAL: "not a file"}.get(error.errno or 0):
                raise wrong(self._place, f"{name} is {why}") from None
            raise wrong(self._place, f"{name} cannot be read: {error.strerror}") from None

    def has(self, name: str) -> bool:
        """Whether there is a plain file called *name*."""
        path = self._place / name
        return path.is_file() and not path.is_symlink()


class _Zip:
    """The files of a pack that is a zip, at its top or in one folder."""

    def __init__(self, place: Path, zipped: "zipfile.ZipFile") -> None:
        self._place = place
        self._zipped = zipped
        self._members = members_of(place, zipped.infolist())

    def read(self, name: str, most: int) -> bytes:
        """The content of the member *name*, at most *most* bytes, whatever its header says."""
        member = self._members.get(name)
        if member is None:
            raise wrong(self._place, f"{name} is missing")
        if member.file_size > most:
            raise wrong(self._place, f"{name} is too large")
        try:
            with self._zipped.open(member) as file:
                content = file.read(most + 1)
        except Exception:  # noqa: BLE001 - damaged data raise whatever the compression's module does
            raise wrong(self._place, f"{name} is damaged") from None
        if len(content) != member.file_size:
            raise wrong(self._place, f"{name} is not as long as the zip says")
        return content

    def has(self, name: str) -> bool:
        """Whether there is a member called *name*."""
        return name in self._members


@contextmanager
def _opened(place: Path) -> "Iterator[zipfile.ZipFile]":
    """The zip at *place*, open as long as the block lasts.

    Raises:
        PsoasError: It cannot be read, or is none.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(opened(place))
            size = os.fstat(file.fileno()).st_size
        except OSError as error:
            raise wrong(place, f"it cannot be read: {error.strerror}") from None
        if size > LARGEST_PACK:
            raise wrong(place, f"it is larger than {LARGEST_PACK // 1_000_000} MB")
        yield stack.enter_context(_zipped(place, file))


def _zipped(place: Path, file: BinaryIO) -> "zipfile.ZipFile":
    """The zip in *file*, which was opened at *place*.

    Raises:
        PsoasError: It is none.
    """
    import zipfile

    try:
        return zipfile.ZipFile(file)
    except Exception:  # noqa: BLE001 - whatever it is that is in it, it is no zip
        raise wrong(place, "it is not a whole zip file") from None


def members_of(place: Path, members: "list[zipfile.ZipInfo]") -> "dict[str, zipfile.ZipInfo]":
    """The files of the pack among the *members* of the zip at *place*, by their names within the pack.

    Raises:
        PsoasError: There is no pack among them, or they are not what a pack may hold.
    """
    if len(members) > MOST_CLIPS + _MORE:
        raise wrong(place, f"it has {len(members)} files, more than a voice can have")
    if sum(member.file_size for member in members) > LARGEST_PACK:
        raise wrong(place, f"unpacked it would take more than {LARGEST_PACK // 1_000_000} MB")
    for member in members:
        if why := _mistake(member):
            raise wrong(place, why)
    tops = [each.filename for each in members if PurePosixPath(each.filename).name == DESCRIPTION]
    top = min(tops, key=lambda name: name.count("/"), default=None)
    if top is None or top.count("/") > _DEEPEST:
        raise wrong(place, f"it is no voice pack, as {DESCRIPTION} is missing", "psoas add adds voice packs from zips")
    prefix = top.removesuffix(DESCRIPTION)
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        if not member.filename.startswith(prefix) or member.is_dir():
            continue
        name = member.filename.removeprefix(prefix)
        if found.setdefault(name, member) is not member:
            raise wrong(place, f"it has two files called {name[:_QUOTED]}")
    return found


def _mistake(member: "zipfile.ZipInfo") -> str:
    """What makes a zip with *member* unsafe; empty if nothing does."""
    import zipfile

    name = member.filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
        return f"it names a file outside itself: {name[:_QUOTED]}"
    if stat.S_ISLNK(member.external_attr >> 16):
        return f"{name[:_QUOTED]} is a link"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others unpack all there is at once
        return f"{name[:_QUOTED]} is compressed in an uncommon way"
    return "it is protected by a password" if member.flag_bits & 1 else ""


def wrong(place: Path, why: str, hint: str = "ask its maker for a whole copy") -> PsoasError:
    """The error for a pack at *place* that cannot be used, and *why*."""
    return PsoasError(f"the voice pack {shown(str(place))} cannot be used: {shown(why)}", hint)
