"""Programs that need no installing start psoas, and say in a line why where they cannot."""

import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import platformdirs
import pytest
from tests.systems import RIGHTS

import frozen_start
import make_programs
import zipapp_start


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    """What is to be packed: a psoas that says where it is, and what tells that it is for this Python."""
    stage = tmp_path / "stage"
    package = stage / "psoas_cli"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "main.py").write_text("import sys\ndef main():\n    print(__file__, *sys.argv[1:])\n", "utf-8")
    shutil.copytree(Path(platformdirs.__file__).parent, stage / "platformdirs")
    (stage / f"{zipapp_start.COMPILED}{EXTENSION_SUFFIXES[0]}").touch()
    return stage


def run(stage: Path, home: Path) -> subprocess.CompletedProcess[str]:
    program = stage.with_name("psoas.pyz")
    make_programs.pack(stage, program)
    return subprocess.run(
        [sys.executable, str(program), "list"],
        env={**os.environ, "PSOAS_HOME": str(home)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_the_zip_file_unpacks_itself_once_and_runs_from_there(stage: Path, tmp_path: Path) -> None:
    done = run(stage, tmp_path / "home")
    place, line = done.stdout.split()
    assert line == "list"
    (unpacked,) = (tmp_path / "home" / "program").iterdir()
    assert Path(place) == unpacked / "psoas_cli" / "main.py"
    Path(place).write_text("def main():\n    print('unpacked before')\n", "utf-8")
    assert run(stage, tmp_path / "home").stdout == "unpacked before\n"


def test_another_zip_file_has_a_place_of_its_own(stage: Path, tmp_path: Path) -> None:
    run(stage, tmp_path / "home")
    (stage / "psoas_cli" / "main.py").write_text("def main():\n    print('newer')\n", "utf-8")
    assert run(stage, tmp_path / "home").stdout == "newer\n"


def test_where_it_cannot_be_unpacked_it_says_so_and_what_to_do(stage: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", "utf-8")
    done = run(stage, tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    first, second = done.stderr.splitlines()
    assert first.startswith(f"psoas: cannot be unpacked into {tmp_path / 'home'}")
    assert "PSOAS_HOME" in second


@RIGHTS
def test_nobody_else_may_change_what_it_runs(stage: Path, tmp_path: Path) -> None:
    run(stage, tmp_path / "home")
    (unpacked,) = (tmp_path / "home" / "program").iterdir()
    assert unpacked.stat().st_mode & 0o777 == 0o700


def test_a_python_that_it_is_not_for_is_told_so(stage: Path, tmp_path: Path) -> None:
    next(stage.glob(f"{zipapp_start.COMPILED}*")).unlink()
    done = run(stage, tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not for Python" in done.stderr.splitlines()[0]
    assert "pip" in done.stderr.splitlines()[1]


def test_an_older_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 1))
    with pytest.raises(SystemExit):
        zipapp_start.start("any")
    assert capsys.readouterr().err.splitlines()[0] == "psoas: this needs Python 3.11 or newer, and is run by 3.8"


@pytest.mark.parametrize(("before", "after"), [({}, None), ({"LD_LIBRARY_PATH_ORIG": "/mine"}, "/mine")])
def test_programs_that_one_file_starts_have_the_libraries_of_the_person(
    before: dict[str, str], after: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/of-the-program")
    for name, value in before.items():
        monkeypatch.setenv(name, value)
    frozen_start.libraries_of_the_person()
    assert os.environ.get("LD_LIBRARY_PATH") == after
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
