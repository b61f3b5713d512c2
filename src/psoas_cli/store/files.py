"""Reading a file that a person wrote."""

from pathlib import Path

from psoas_cli.errors import PsoasError


def is_there(path: Path) -> bool:
    """Whether there is anything at *path*; where one may not look there is nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def read_text(path: Path) -> str:
    """The text of the file at *path*, which may begin with a byte order mark.

    Raises:
        PsoasError: Where there is no such file, or no text in it.
    """
    from psoas_cli.practice.nodes import LARGEST_FILE  # with it comes YAML, which looking around does not need

    try:
        if path.is_dir():
            raise PsoasError(f"{path} is a folder", "name a sequence file in it")
        if not path.is_file():
            raise PsoasError(f"there is no file {path}", "psoas list shows the practices there are")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise PsoasError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:  # a NUL in the name
        raise PsoasError(f"{path!s} is no name of a file") from None
    if len(content) > LARGEST_FILE:
        raise PsoasError(f"{path} is larger than 1 MiB, too large for a sequence")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PsoasError(f"{path} is no text in UTF-8", "save it as UTF-8 in your editor") from None
    if "\0" in text:
        raise PsoasError(f"{path} is no text: it has zero bytes in it")
    return text
