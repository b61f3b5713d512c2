"""The names of YAML files as people and their editors write them: which count, and what others were to be called."""

from pathlib import Path

SUFFIXES = (".yaml", ".yml")
"""What a file of YAML ends in, in any case; of two files that differ by it alone, the first counts."""

_ADDED = {"txt", "text", "rtf", "doc", "docx", "md", "yaml", "yml"}
"""What an editor or a browser adds to a file's name; whatever else follows .yaml is taken for a backup."""


def files_in(folder: Path) -> list[Path]:
    """What is in *folder*, in alphabetical order, but .yaml before .yml and small letters before capitals."""
    try:
        return sorted(folder.iterdir(), key=lambda path: (path.suffix.lower() == SUFFIXES[1], path.name.swapcase()))
    except OSError:
        return []


def is_yaml(path: Path) -> bool:
    """Whether the file at *path* is YAML by its name, and not hidden."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def is_called(path: Path, name: str) -> bool:
    """Whether the file at *path* is called as *name* but for the spelling of its suffix, in any case."""
    return is_yaml(path) and path.stem.lower() == Path(name).stem


def meant(path: Path) -> str:
    """The name under which the file at *path* would be read; empty if it is read, no YAML, or a backup."""
    name = path.name
    at = max(name.lower().find(suffix + ".") for suffix in SUFFIXES)
    if name.startswith(".") or at < 0:
        return ""
    rest = name[at:].lower().split(".")[2:]
    return name[:at] + SUFFIXES[0] if rest and set(rest) <= _ADDED else ""
