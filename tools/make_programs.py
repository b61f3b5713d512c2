"""Make programs of the wheel that need no installing, and try them: a zip file for Python, and one file for itself.

    python tools/make_programs.py dist/psoas-1.0.0-py3-none-any.whl dist            both
    python tools/make_programs.py dist/psoas-1.0.0-py3-none-any.whl dist one-file   one of them

`zipapp` needs a Python where it runs. It is for this system, and for every Python from 3.11 on: the compiled parts for
each of them lie in it side by side. What is compiled cannot be loaded from a zip file, so it is unpacked at its first
start. `one-file` needs nothing; it is made with PyInstaller, for this system alone.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
import zipapp
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

import zipapp_start

TOOLS = Path(__file__).parent
PYINSTALLER = "pyinstaller>=6.22,<7"

UNUSED = ("numpy", "tkinter", "pip", "setuptools", "ssl", "_ssl", "_hashlib", "unittest", "pydoc")
"""What PyInstaller would take along and psoas never needs; without `_hashlib`, OpenSSL stays out too."""

_PRACTICE = "constructive-rest"
_TO_START = "platformdirs"  # what `zipapp_start` imports from within the zip file
_NOT_NEEDED = ("bin", "share")  # of what pip installs, in a zip file


def main() -> None:
    """Make and try what is asked for, side by side: most of it waits for others."""
    wheel, into, *kinds = sys.argv[1:]
    with ThreadPoolExecutor() as threads:
        for told in threads.map(
            lambda kind: _made(kind, Path(wheel).absolute(), Path(into).absolute()), kinds or MAKERS
        ):
            print(told)


def _made(kind: str, wheel: Path, folder: Path) -> str:
    """Make a program of this *kind* and try it, and return what to say of it."""
    with tempfile.TemporaryDirectory(prefix="psoas-make-", ignore_cleanup_errors=True) as work:
        program = MAKERS[kind](wheel, Path(work), folder)
    try_out([sys.executable, str(program)] if kind == "zipapp" else [str(program)])
    return f"{program}: {program.stat().st_size / 1e6:.1f} MB, tried"


def make_zipapp(wheel: Path, work: Path, folder: Path) -> Path:
    """Make a zip file that any Python on this system runs."""
    stage = work / "stage"
    _pip("install", "--target", str(stage), "--no-compile", str(wheel))
    for name in _NOT_NEEDED:
        shutil.rmtree(stage / name, ignore_errors=True)
    _add_compiled(stage, work / "wheels")
    program = folder / f"psoas-{_version(wheel)}-{_system()}.pyz"
    pack(stage, program)
    return program


def pack(stage: Path, program: Path) -> None:
    """Make *program* of what is in *stage*, with what starts it."""
    start = (TOOLS / "zipapp_start.py").read_text("utf-8")
    build = hashlib.sha256(start.encode())
    for path in sorted(path for path in stage.rglob("*") if path.is_file()):
        build.update(f"{path.relative_to(stage).as_posix()}\0".encode() + path.read_bytes())
    with tempfile.TemporaryDirectory(prefix="psoas-pack-") as place:
        outer = Path(place)
        (outer / "__main__.py").write_text(f'{start}\n\nstart("{build.hexdigest()[:16]}")\n', "utf-8")
        shutil.copytree(stage / _TO_START, outer / _TO_START)
        shutil.make_archive(str(outer / Path(zipapp_start.PACKED).stem), "zip", stage)
        zipapp.create_archive(outer, program, interpreter="/usr/bin/env python3")
    program.chmod(0o755)


def _add_compiled(stage: Path, wheels: Path) -> None:
    """Add to *stage* the compiled modules of what is in it, for each other Python that psoas is for."""
    told = tomllib.loads((TOOLS.parent / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    compiled = {path.relative_to(stage).parts[0] for path in stage.rglob("*") if path.suffix in (".so", ".pyd")}
    records = [path for path in stage.glob("*.dist-info/RECORD") if compiled & _tops(path)]
    pinned = [record.parent.name.removesuffix(".dist-info").replace("-", "==") for record in records]
    for version in re.findall(r"Python :: (3\.\d+)", " ".join(told)):
        only = ("--only-binary", ":all:", "--no-deps", "--python-version", version)
        _pip("download", *only, "-d", str(wheels / version), *pinned)
        for wheel in (wheels / version).glob("*.whl"):
            with ZipFile(wheel) as packed:
                lacking = (name for name in packed.namelist() if name.endswith((".so", ".pyd")))
                packed.extractall(stage, [name for name in lacking if not (stage / name).exists()])


def _tops(record: Path) -> set[str]:
    """The folders and modules at the top of what *record* lists."""
    return {re.split("[/,]", line)[0] for line in record.read_text("utf-8").splitlines()}


def make_one_file(wheel: Path, work: Path, folder: Path) -> Path:
    """Make a program that needs no Python, with PyInstaller."""
    venv.create(work / "venv", with_pip=True)
    python = next(path for path in (work / "venv").glob("*/python*") if path.stem == "python")
    _pip("install", str(wheel), PYINSTALLER, python=python)
    name = f"psoas-{_version(wheel)}-{_system()}"
    taken = ["--collect-all", "psoas_cli", "--hidden-import", "_cffi_backend"]
    for module in UNUSED:
        taken += ["--exclude-module", module]
    places = ["--distpath", str(folder), "--workpath", str(work / "work"), "--specpath", str(work)]
    stripped = ["--strip"] if sys.platform == "linux" and shutil.which("strip") else []
    made = ["--onefile", "--noupx", *stripped, "--name", name, "--log-level", "ERROR", *places, *taken]
    _run([str(python), "-m", "PyInstaller", *made, str(TOOLS / "frozen_start.py")])
    return next(path for path in (folder / name, folder / f"{name}.exe") if path.is_file())


def try_out(program: list[str]) -> None:
    """Run *program* as a person does, from an empty folder, with nothing of psoas's around it.

    Raises:
        SystemExit: It does not do what psoas does.
    """
    with tempfile.TemporaryDirectory(prefix="psoas-try-") as place:
        empty = Path(place, "empty")
        empty.mkdir(mode=0o500)
        environment = {**os.environ, "PSOAS_HOME": str(Path(place, "home")), "PSOAS_LANG": "en", "NO_COLOR": "1"}
        environment.pop("PYTHONPATH", None)

        def said(*arguments: str, **told: str) -> str:
            return _run([*program, *arguments], empty, {**environment, **told})

        spoken, silent = Path(place, "spoken.wav"), Path(place, "silent.wav")
        rendered = ("render", _PRACTICE, "-m", "6", "-o")
        said(*rendered, str(spoken))
        said(*rendered, str(silent), "--no-voice")
        expected = {
            "its version": said("--version").startswith("psoas "),
            "its practices": _PRACTICE in said("list"),
            "a practice": "the practice is over"
            in said("practice", _PRACTICE, "--yes", "--speed", "600", "--mute").lower(),
            "what it has to read": "psoas major" in said("about"),
            "its poses": "baby-dragon" in said("poses"),
            "a voice": spoken.stat().st_size == silent.stat().st_size and spoken.read_bytes() != silent.read_bytes(),
            "notes for a practice": "pose:"
            in Path(said("new", "mine").splitlines()[0].partition(": ")[2]).read_text("utf-8"),
            "help": "--speed" in said("practice", "--help"),
            "completion": said(_PSOAS_COMPLETE="complete_bash", COMP_WORDS="psoas\nshow\nyin-l", COMP_CWORD="2")
            == "yin-long\n",
        }
        if lacking := [what for what, there in expected.items() if not there]:
            sys.exit(f"{program[-1]} lacks {', '.join(lacking)}")


def _version(wheel: Path) -> str:
    return wheel.name.split("-")[1]


def _system() -> str:
    """What a program runs on, for its name: the system and its processor."""
    return f"{ {'darwin': 'macos', 'win32': 'windows'}.get(sys.platform, sys.platform) }-{platform.machine().lower()}"


def _pip(*arguments: str, python: str | Path = sys.executable) -> None:
    _run([str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments])


def _run(command: list[str], folder: Path | None = None, environment: dict[str, str] | None = None) -> str:
    """What *command* prints.

    Raises:
        SystemExit: It fails.
    """
    done = subprocess.run(  # noqa: S603 - what is made here, and what makes it
        command, cwd=folder, env=environment, capture_output=True, check=False, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


MAKERS = {"zipapp": make_zipapp, "one-file": make_one_file}


if __name__ == "__main__":
    main()
