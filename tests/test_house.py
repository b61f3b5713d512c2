"""The rules of the house: what may import what, what the core knows nothing of, and what things are called."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import house
from psoas_cli.cli.app import VERBS, command_of

PACKAGE = Path(__file__).parents[1] / "src" / "psoas_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))
CORE = PACKAGE / "practice"

PURE = {
    "__future__", "bisect", "codecs", "collections", "dataclasses", "difflib", "enum", "fractions", "functools",
    "itertools", "math", "operator", "re", "types", "typing", "unicodedata", "yaml",
}  # fmt: skip
"""All that the core may import besides itself: no clock, no file, no terminal, no sound."""

BELOW = {
    "practice": set(),
    "tui": {"practice"},
    "storage": {"practice"},
    "audio": {"practice"},
    "cli": {"practice", "storage", "tui"},
    "player": {"practice", "tui", "audio", "storage", "cli"},
    "commands": {"practice", "tui", "audio", "storage", "cli", "player"},
}
"""The packages that each package may import from."""

IN_THE_CORE = {"model": set(), "score": {"model"}, "format": {"model", "score"}}
"""The same within the core."""

FROM_CLI = {"context", "console", "progress"}
"""What the player may use of what commands share."""

ALLOWED = {
    *(  # the one way to write a file
        (f"audio/tts/{name}.py", "psoas_cli.storage.atomic") for name in ("cache", "pack", "parcel", "piper_model")
    ),
    ("audio/", "psoas_cli.storage.files"),  # the one way to read one
    ("audio/decode.py", "psoas_cli.storage.file_kind"),  # what it is instead of a sound
    ("cli/app.py", "psoas_cli.commands"),  # the verbs, each when it is meant
}

OPENS = {
    "storage/journal_file.py": "the journal, to learn why SQLite cannot write it",
    "storage/presence.py": "a file that is empty, to lock it",
    "main.py": "the null device, in place of closed streams",
    "tui/output.py": "the terminal",
    "tui/terminal_posix.py": "the null device, in place of standard error",
    "audio/device.py": "the null device, while a library would print",
    "audio/samples.py": "writes a WAV file into memory",
    "audio/export/formats.py": "writes the file that is made",
    "audio/tts/cache.py": "a WAV file that read_bytes has read",
    "audio/tts/pack_files.py": "a member of a zip that is open",
    "audio/bed_samples.py": "a sound of the package",
    "audio/decode.py": "a sound of the package",
    "commands/about.py": "a text of the package",
    "commands/config.py": "a text of the package",
    "commands/new.py": "a text of the package",
    "commands/render/web_page.py": "a text of the package",
    "commands/show/handout.py": "a text of the package",
    "commands/voices/download.py": "a text of the package",
    "storage/files.py": "the one way to open a file",
    "storage/atomic.py": "the one way to write a file",
}
"""The modules that open something by themselves, and what: all else is read by `storage/files.py`."""

SMALL_FOR_A_REASON = {
    "audio.clock_fit": "the fit of two clocks is a law of its own, tested without a stream",
    "audio.export.numpy_buffer": "imported only where numpy is installed",
    "cli.system_language": "imported only where no variable says the language; what it asks is the system's own",
    "player.any_key": "what a key means where any key pauses is a law of its own, tested for each key and mode",
    "player.fader": "when a bed is heard is a law of its own, tested with a session and without its screen",
}
"""The modules that are short, have one importer, and stay."""


pytestmark = pytest.mark.xdist_group("house")  # what one has read of the code is there for the others

modules = cache(house.modules)  # they are read once, for all tests


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Everything that is written in *path*."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that is imported anywhere in *path*, with its line."""
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def imports_in(folder: Path) -> Iterator[tuple[Path, int, str]]:
    """Every module that is imported anywhere in *folder*, with the file and the line."""
    for path in MODULES:
        if path.is_relative_to(folder):
            yield from ((path, *each) for each in imports_of(path))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


# -- arrows


def test_the_core_imports_nothing_that_has_a_clock_a_file_a_terminal_or_a_sound() -> None:
    for path, line, module in imports_in(CORE):
        top, *rest = module.split(".")
        is_pure = rest[0] in {"practice", "errors"} if top == "psoas_cli" else top in PURE
        assert is_pure, f"{path}:{line} imports {module}"


def test_the_core_opens_and_prints_nothing() -> None:
    called = {
        (name_of(path), node.func.id)
        for path in MODULES
        if path.is_relative_to(CORE)
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert [each for each in called if each[1] in {"open", "print", "input", "exec", "eval", "__import__"}] == []


def test_arrows_between_packages_point_down() -> None:
    for path, line, module in imports_in(PACKAGE):
        own, *inner = path.relative_to(PACKAGE).parts
        top, package, *rest = [*module.split("."), "", ""][:4]
        is_allowed = any(name_of(path).startswith(name) and module.startswith(allowed) for name, allowed in ALLOWED)
        if is_allowed or not inner or top != "psoas_cli" or package not in BELOW:
            continue
        if package != own:
            assert package in BELOW[own], f"{path}:{line}: {own} imports {package}"
        elif own == "practice" and rest[0] in IN_THE_CORE and inner[0] in IN_THE_CORE and rest[0] != inner[0]:
            assert rest[0] in IN_THE_CORE[inner[0]], f"{path}:{line}: {inner[0]} imports {rest[0]}"
        if (own, package) == ("player", "cli"):
            assert rest[0] in FROM_CLI, f"{path}:{line}: the player imports cli.{rest[0]}"


def test_one_place_prints() -> None:
    """What a terminal would obey is shown there; the rest are the screen, and the child that speaks to its parent."""
    printing = {
        name_of(path)
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"print", "input", "sys.stdout.write", "sys.stderr.write", "typer.echo", "typer.secho", "typer.confirm"}
    }
    assert printing <= {"cli/console.py", "tui/terminal_windows.py", "audio/simpleaudio/simpleaudio_child.py"}


def test_one_place_knows_what_a_terminal_is() -> None:
    """It differs by system, and an answer of its own in some corner has sent raw codes, or hidden the screen."""
    asking = {
        name_of(path)
        for path in MODULES
        for node in nodes_of(path)
        if (isinstance(node, ast.Attribute) and node.attr == "isatty")
        or (isinstance(node, ast.Constant) and node.value == "TERM")
    }
    assert asking == {"tty.py", "tty_windows.py"}


def test_what_never_changes_is_a_record() -> None:
    """A frozen dataclass compiles six methods, and there are dozens before the first picture."""
    frozen = {
        name_of(path)
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "dataclass" and "frozen" in ast.unparse(node)
    }
    assert not frozen, "say @record(frozen=True), from practice/model/record.py"


def test_one_place_begins_threads() -> None:
    """It does without them where a system has no more; the journal is then written at the end."""
    beginning = {
        name_of(path)
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Thread", "threading.Thread"}
    }
    assert beginning == {"threads.py"}


def test_nothing_imports_in_a_circle() -> None:
    imports = {module.name: {name for name in module.imports if name != module.name} for module in modules()}
    left = dict(imports)
    while free := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in free:
            del left[name]
    assert not left, "each of these needs another one of them"


def test_every_package_has_its_place_in_the_arrows() -> None:
    assert {path.relative_to(PACKAGE).parts[0] for path in MODULES if path.parent != PACKAGE} == BELOW.keys()


def test_numpy_is_for_files_alone() -> None:
    def users(name: str) -> set[str]:
        return {
            name_of(path) for path in MODULES for _, module in imports_of(path) if f"{module}.".startswith(f"{name}.")
        }

    assert users("numpy") == {"audio/export/numpy_buffer.py"}
    assert users("psoas_cli.audio.export.numpy_buffer") == {"audio/export/mixdown.py"}
    assert users("psoas_cli.audio.export.mixdown") == {"commands/render/audio_file.py"}


def test_one_place_imports_the_sound_library() -> None:
    """It has to leave out what the library would import: the web, and numpy where that is installed."""
    importing = {name_of(path) for path in MODULES for _, module in imports_of(path) if module == "miniaudio"}
    assert importing == {"audio/sound_library.py"}


OPENING = {"open", "read_text", "read_bytes", "fdopen"}


def opened_in(path: Path) -> Iterator[int]:
    """The lines of *path* that open a file in another way than by what `storage/files.py` has."""
    for node in nodes_of(path):
        if isinstance(node, ast.Call):
            is_open = isinstance(node.func, ast.Name) and node.func.id == "open"
            if is_open or (isinstance(node.func, ast.Attribute) and node.func.attr in OPENING):
                yield node.lineno


def test_a_file_that_psoas_did_not_just_make_is_opened_in_one_way() -> None:
    opening = {name_of(path) for path in MODULES if any(opened_in(path))}
    assert opening == OPENS.keys(), "read it with storage/files.py, or say why not"


# -- names and sizes


def test_every_name_is_said_once() -> None:
    assert house.said_twice(modules()) == []


def test_modules_are_called_by_nouns() -> None:
    assert house.gerunds(modules()) == []


def test_no_module_is_longer_than_400_lines() -> None:
    assert [module.name for module in modules() if module.lines > house.LARGE] == []


def test_what_is_short_and_has_one_importer_has_a_reason() -> None:
    assert set(house.small_with_one_importer(modules())) == SMALL_FOR_A_REASON.keys()


# -- verbs


def test_there_is_a_module_for_each_verb_and_a_verb_for_each_module() -> None:
    there = {path.stem if path.is_file() else path.name for path in (PACKAGE / "commands").iterdir()}
    suffixed = {path.name for path in (PACKAGE / "commands").iterdir() if path.suffix not in ("", ".py")}
    files = {name.partition(".")[0] for name in suffixed}
    assert there - {"__init__", "__pycache__"} - {Path(name).stem for name in suffixed} == {*VERBS, "home"}
    assert files <= VERBS.keys() | {"settings", "starter"}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_says_of_itself_what_the_list_of_verbs_does(verb: str) -> None:
    assert command_of(verb).help.splitlines()[0] == f"{VERBS[verb]}."


@pytest.mark.parametrize(
    ("line", "known"),
    [(["--help"], set()), (["--version"], set()), (["list", "--help"], {"list"}), (["show", "--help"], {"show"})],
)
def test_a_verb_is_imported_when_it_is_meant(line: list[str], known: set[str]) -> None:
    script = (
        "import json, sys\n"
        "from psoas_cli.main import run\n"
        f"try: run({line!r})\n"
        "finally: print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    modules = {name.split(".")[2] for name in json.loads(done.stderr) if name.startswith("psoas_cli.commands.")}
    assert modules == known
