"""Shell completion of the names that psoas knows. It runs at every press of Tab, so it parses no files."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

_LARGEST = 1024 * 1024  # bytes of a file that is looked into


def practices(incomplete: str) -> list[str]:
    """Practice names, and sequence files in this folder; the shell itself completes paths with a slash."""
    if incomplete.startswith((".", "~")) or "/" in incomplete or "\\" in incomplete:
        return []
    from glob import escape

    from psoas_cli.storage.sequence_files import is_sequence

    found = Path().glob(f"{escape(incomplete)}*") if incomplete else ()
    files = beginning(sorted(path.name for path in found if is_sequence(path)), incomplete)
    return [*named_practices(incomplete), *files]


def named_practices(incomplete: str) -> list[str]:
    """Practice names."""
    from psoas_cli.storage.sequence_files import entries

    return beginning(entries(), incomplete)


def poses(incomplete: str) -> list[str]:
    """Ids of the poses in the library and of the user's own."""
    from psoas_cli.resources import bundled
    from psoas_cli.storage import paths
    from psoas_cli.storage.sequence_files import poses_file

    places = map(poses_file, (bundled("sequences"), paths.sequences_folder()))
    return beginning(dict.fromkeys(name for path in places for name in _keys_of(path)), incomplete)


def avoided(incomplete: str) -> list[str]:
    """Ids of poses for the last of those with commas between them, and `none`."""
    before, comma, last = incomplete.rpartition(",")
    named = before.split(",")
    found = [each for each in (*poses(last), *beginning(["none"], last)) if each not in named]
    return beginning([f"{before}{comma}{each}" for each in found], incomplete)


def steps(incomplete: str) -> list[str]:
    """Steps in shorthand: a pose, or what else a step may begin with, after the last comma or semicolon."""
    from psoas_cli.practice.model.names import KEYWORDS

    begun = re.split("[,;]", incomplete)[-1].lstrip()
    typed = incomplete[: len(incomplete) - len(begun)]
    return [f"{typed}{name}" for name in [*poses(begun), *beginning(KEYWORDS, begun)]]


def patterns(incomplete: str) -> list[str]:
    """Names of breathing patterns."""
    from psoas_cli.practice.model.patterns import NAMED

    return beginning(NAMED, incomplete)


def breaths(incomplete: str) -> list[str]:
    """Values for the breath in holds: a pattern, or `none`."""
    return [*patterns(incomplete), *beginning(["none"], incomplete)]


def bells(incomplete: str) -> list[str]:
    """Names of the built-in bells."""
    from psoas_cli.practice.model.sequence import SOUNDS

    return beginning(SOUNDS, incomplete)


def beds(incomplete: str) -> list[str]:
    """Names of the built-in beds of sound, or `none`; the shell itself completes paths with a slash."""
    from psoas_cli.practice.model.bed import BEDS, NO_BED

    return beginning([*BEDS, NO_BED], incomplete)


def voices(incomplete: str) -> list[str]:
    """Ids of voice packs, and `none`."""
    from contextlib import suppress

    from psoas_cli.resources import bundled
    from psoas_cli.storage import paths

    found = []
    for folder in (paths.voices_folder(), bundled("sounds") / "voices"):
        for path in sorted(folder.glob("*/voice.yaml")):
            with suppress(OSError):
                found += re.findall(r'^id: "?([\w-]+)', _text_of(path)[:4096], re.MULTILINE)
    return beginning(dict.fromkeys((*found, "none")), incomplete)


def languages(incomplete: str) -> list[str]:
    """Language codes."""
    from psoas_cli.practice.model.text import LANGS

    return beginning(LANGS, incomplete)


class BashLine(NamedTuple):
    """A line as bash hands it over to be completed: it also parts words at `=`, `:` and `@`.

    Args:
        words: The words of the line, each as it was typed.
        number: The number of the word to complete.
        part: The part of that word that bash puts another in place of.
    """

    words: list[str]
    number: int
    part: str

    @classmethod
    def joined(cls, parts: list[str], number: int) -> "BashLine":
        """Return the line whose *parts* are given, with the part *number* to complete."""
        words: list[str] = []
        word, glue = number, False
        for i, part in enumerate(parts):
            parting = bool(part) and set(part) <= set(_PARTING)
            if words and part and (parting or glue):
                words[-1] += part
            else:
                words.append(part)
            glue = parting
            if i == number:
                word = len(words) - 1
        part = parts[number] if number < len(parts) else ""
        return cls(words, word, "" if set(part) <= set(_PARTING) else part)

    def reply(self, name: str) -> str:
        """Return *name* as bash is to put it in place of the part typed so far, which may begin with a quote.

        Bash puts it there as it is, and what has a space, a quote or a dollar in it would become something else.
        """
        typed = self.words[self.number] if self.number < len(self.words) else ""
        if typed.startswith("-"):  # of an option, the value alone is completed
            typed = typed.partition("=")[2]
        stays = len(_ESCAPED.sub(r"\1", typed[: len(typed) - len(self.part)]))
        name = name[stays:]
        if self.part.startswith("'"):
            return name.replace("'", "'\\''")
        special = '\\"$`' if self.part.startswith('"') else _SPECIAL
        return "".join(f"\\{char}" if char in special else char for char in name)


_PARTING = "=:@"
_ESCAPED = re.compile(r"\\(.)")
_SPECIAL = " \t\\\"'`$&|;<>()[]{}*?!#~^="
"""What means something to bash outside quotes."""


class Offered(str):
    """A name that is offered. Typer asks it again whether it begins with what is typed, and capitals do not matter."""

    __slots__ = ()

    def startswith(self, typed: Any, *within: Any) -> bool:  # noqa: ANN401 - as that of str
        """Whether the name begins with *typed*, in any capitals."""
        return self.lower().startswith(typed.lower(), *within)


def beginning(names: Iterable[str], incomplete: str) -> list[str]:
    """Those of *names* that begin with *incomplete*, if only in other capitals, but for those a shell would obey."""
    offered = [name for name in names if name.isprintable()]
    same = [name for name in offered if name.startswith(incomplete)]
    return same or [each for name in offered if (each := Offered(name)).startswith(incomplete)]


def _keys_of(path: Path) -> list[str]:
    """Return the top-level keys of the YAML file at *path*, found by pattern; none if it cannot be read."""
    try:
        return re.findall(r"^([\w-]+):", _text_of(path), re.MULTILINE)
    except OSError:
        return []


def _text_of(path: Path) -> str:
    """Return the text of the file at *path*, whatever it is."""
    from psoas_cli.storage.files import read_bytes

    return read_bytes(path, _LARGEST).decode("utf-8", "replace")
