"""Measure how easy the code is to navigate: its modules, their names, and two walks through them.

    python bench/house.py            the tables
    python bench/house.py --names    also the modules, classes and words behind each figure

The walks are traced, call by call: one hold from a file to the samples of its first seconds, and the key `+` in the
middle of that hold, until the change is written to the terminal. A module counts as passed if something in it was
called; a change is a call from one module of psoas into another.
"""

import argparse
import ast
import collections
import importlib
import io
import pkgutil
import sys
import tempfile
import token
import tokenize
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1] / "src" / "psoas_cli"

SMALL = 60
"""Lines; a shorter module with only one importer needs a reason to exist."""

LARGE = 400
"""Lines; a longer module should be split."""

FIELD_TERMS = {"breathing", "fitting", "ducking", "grounding", "drawing"}
"""Words in -ing that the field itself uses as nouns."""

_FIRST = 5 * 48_000  # frames of the hold to render
_SYSTEMS = ("_posix", "_windows")  # a pair of modules, one for each, may share names
_ONE_HOLD = "title: One hold\nlanguage: en\nlead-in: 3s\nsteps:\n  - pose: sphinx\n    hold: 1m\n"


class Module(NamedTuple):
    """A module of the program.

    Args:
        name: Its dotted name, without that of the program.
        lines: The number of its lines.
        code: The number of its lines of code, without blanks, comments and docstrings.
        classes: The public classes at its top level.
        imports: The modules of the program that it imports, inside functions too.
    """

    name: str
    lines: int
    code: int
    classes: list[str]
    imports: set[str]

    @property
    def last(self) -> str:
        """Its name without those of its packages."""
        return self.name.rpartition(".")[2]


def modules() -> list[Module]:
    """Every module of the program that has any code."""
    paths = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
    found = [_module(name, path, paths.keys()) for name, path in paths.items()]
    return [module for module in found if module.code]


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def _module(name: str, path: Path, names: collections.abc.Set[str]) -> Module:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    classes = [node.name for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    return Module(name, len(text.splitlines()), len(_code_lines(text, tree)), classes, set(_imports(tree, names)))


def _code_lines(text: str, tree: ast.AST) -> set[int]:
    """The numbers of the lines that have code on them."""
    lines: set[int] = set()
    blank = {tokenize.COMMENT, tokenize.NL, token.NEWLINE, token.INDENT, token.DEDENT, token.ENDMARKER}
    for each in tokenize.generate_tokens(io.StringIO(text).readline):
        if each.type not in blank:
            lines |= {*range(each.start[0], each.end[0] + 1)}
    for node in ast.walk(tree):  # a bare string is documentation
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines -= {*range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return lines


def _imports(tree: ast.AST, names: collections.abc.Set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("psoas_cli"):
            module = node.module.removeprefix("psoas_cli").removeprefix(".")
            for name in node.names:
                whole = f"{module}.{name.name}".removeprefix(".")
                yield whole if whole in names else module


def small_with_one_importer(found: list[Module]) -> list[str]:
    """The modules under `SMALL` lines that only one other module imports."""
    importers = collections.Counter(name for module in found for name in module.imports)
    return [module.name for module in found if module.lines < SMALL and importers[module.name] == 1]


def said_twice(found: list[Module]) -> list[str]:
    """The names that several modules or classes have; a command may share its name with a module elsewhere."""
    own = [module for module in found if module.name.split(".")[0] != "commands"]
    verbs = [module.last for module in found if module.name.split(".")[0] == "commands"]
    names = collections.Counter(module.last for module in own if "__" not in module.last)
    twice = [name for name, count in names.items() if count > 1]
    twice += [name for name, count in collections.Counter(verbs).items() if count > 1]
    where = collections.defaultdict(set)
    for module in found:
        for name in module.classes:
            where[name].add(_without_system(module.name))
    return twice + [name for name, places in where.items() if len(places) > 1]


def _without_system(name: str) -> str:
    for system in _SYSTEMS:
        name = name.removesuffix(system)
    return name


def gerunds(found: list[Module]) -> list[str]:
    """The modules named after what they do, not after what they are."""
    return [
        module.name
        for module in found
        if any(word.endswith("ing") and word not in FIELD_TERMS for word in module.last.split("_"))
    ]


class Walk(NamedTuple):
    """A traced way through the program.

    Args:
        modules: The modules passed, in order of their first call.
        changes: The number of calls from one module into another.
        calls: The number of calls in all of them.
    """

    modules: list[str]
    changes: int
    calls: int


def traced(walk: Callable[[], object]) -> Walk:
    """Run *walk*, and trace its calls."""
    passed: dict[str, None] = {}
    counts = collections.Counter[str]()

    def on_event(frame: FrameType, event: str, _: object) -> None:
        if event != "call":
            return
        here = frame.f_globals.get("__name__", "")
        if not here.startswith("psoas_cli."):
            return
        passed.setdefault(here.removeprefix("psoas_cli."))
        counts["calls"] += 1
        caller = frame.f_back
        while caller and not caller.f_globals.get("__name__", "").startswith("psoas_cli."):
            caller = caller.f_back
        counts["changes"] += caller is not None and caller.f_globals["__name__"] != here

    sys.setprofile(on_event)
    try:
        walk()
    finally:
        sys.setprofile(None)
    return Walk([*passed], counts["changes"], counts["calls"])


def _load_everything() -> None:
    """Import every module, so that code run at import is not part of a walk."""
    import psoas_cli

    for module in pkgutil.walk_packages(psoas_cli.__path__, "psoas_cli."):
        foreign = "win" if sys.platform != "win32" else "posix"
        if not any(word in module.name for word in ("__main__", "_child", f"terminal_{foreign}")):
            importlib.import_module(module.name)


def walk_of_a_hold() -> Walk:
    """Trace one hold, from its file to samples."""
    from psoas_cli.audio.export.mixdown import rendered
    from psoas_cli.audio.mixer import Mixer
    from psoas_cli.practice.score.timeline import compile_sequence
    from psoas_cli.storage.library import Library

    def walk() -> None:
        timeline = compile_sequence(Library("en").sequence(str(path)))
        next(rendered(timeline, lambda span: span.segment.sound, 6.0, Mixer(), block=_FIRST))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hold.yaml"
        path.write_text(_ONE_HOLD, "utf-8")
        return traced(walk)


def walk_of_a_key() -> Walk:
    """Trace the key `+`, from the terminal to the timeline and back to the terminal."""
    from psoas_cli.audio.silent_sink import SilentSink
    from psoas_cli.player.session import Session
    from psoas_cli.player.wishes import Delivery
    from psoas_cli.practice.score.timeline import compile_sequence
    from psoas_cli.storage.library import Library
    from psoas_cli.tui.keys import KeyParser
    from psoas_cli.tui.screen import Screen

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hold.yaml"
        path.write_text(_ONE_HOLD, "utf-8")
        sequence = Library("en").sequence(str(path))
    now, evening = [1000.0], datetime(2024, 1, 1, 20)  # noqa: DTZ001 - any day
    session = Session(
        sequence, compile_sequence(sequence), SilentSink(), Delivery(), clock=lambda: now[0], wall=lambda: evening
    )
    written: list[str] = []
    screen = Screen("truecolor", written.append)
    screen.resize(80, 24)
    session.begin()
    for _ in range(160):  # into the hold, tick by tick
        now[0] += 0.25
        session.tick()
    screen.show(session.status())
    keys = KeyParser()

    def walk() -> None:
        for name in keys.feed(b"+", now[0]):
            session.key(name)
        session.tick()
        screen.show(session.status())

    found = traced(walk)
    assert written[-1], "the key changed nothing"
    return found


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", action="store_true", help="also list what was counted")
    asked = parser.parse_args()
    from tables import print_table

    found = modules()
    counted = {
        "under 60 lines, with one importer": small_with_one_importer(found),
        "names used twice": said_twice(found),
        "names that are gerunds": gerunds(found),
        f"over {LARGE} lines": [module.name for module in found if module.lines > LARGE],
    }
    rows = [("modules", str(len(found))), ("lines of code", f"{sum(module.code for module in found):,}")]
    print_table(("the code", ""), rows + [(name, str(len(which))) for name, which in counted.items()])
    _load_everything()
    walks = {"one hold, from its file to samples": walk_of_a_hold(), "the key +, to the screen": walk_of_a_key()}
    print()
    print_table(
        ("walk", "modules passed", "changes of module", "calls"),
        [(name, str(len(walk.modules)), f"{walk.changes:,}", f"{walk.calls:,}") for name, walk in walks.items()],
    )
    if asked.names:
        for name, which in (counted | {name: walk.modules for name, walk in walks.items()}).items():
            print(f"\n{name}: {', '.join(which)}")


if __name__ == "__main__":
    main()
