"""The manual page says what the commands do, and can be read."""

import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

import make_man
import make_reference
from psoas_cli.cli.app import VERBS
from psoas_cli.storage import paths
from psoas_cli.tui.hints import KEY_LIST

ROOT = Path(__file__).parents[1]
READERS = [
    pytest.param(command, marks=pytest.mark.skipif(not shutil.which(command[0]), reason=f"there is no {command[0]}"))
    for command in (["groff", "-man", "-ww", "-Tutf8", "-Kutf8"], ["mandoc", "-Tutf8", "-Wwarning"])
]
NO_RELEASE = "missing date"


@cache
def shown(command: tuple[str, ...]) -> tuple[str, str]:
    """The page as *command* shows it, without bold and underlines, and what it complains of."""
    done = subprocess.run([*command, str(make_man.FILE)], capture_output=True, check=False, encoding="utf-8")
    return re.sub("(?s).\b|\x1b\\[[\\d;]*m", "", done.stdout), done.stderr


def test_the_page_is_that_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")  # a narrow window changes nothing of it
    assert make_man.FILE.read_text("utf-8") == make_man.page(), "run: python tools/make_man.py"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader[0])
def test_readers_have_nothing_to_complain_of(reader: list[str]) -> None:
    complaints = shown(tuple(reader))[1].splitlines()
    assert [each for each in complaints if re.search(r":\d+:", each) and NO_RELEASE not in each] == []


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader[0])
def test_every_command_option_and_key_is_on_it_as_it_is_typed(reader: list[str]) -> None:
    page = shown(tuple(reader))[0]
    for verb in VERBS:
        section = page.partition(f"\n   psoas {verb}\n")[2].partition("\n   psoas ")[0]
        assert section
        for written, _ in make_reference.options(*make_man.verb_called(verb)):
            assert re.search(rf"^ +{re.escape(written)}( |$)", page, re.MULTILINE)
            assert set(re.findall(r"--[\w-]+", written)) <= set(re.findall(r"--[\w-]+", section))
    for key, text in KEY_LIST:
        assert re.search(rf"^ +{re.escape(' '.join(key.split()))} +{re.escape(text.en)}$", page, re.MULTILINE)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader[0])
def test_it_fits_a_terminal_of_80_columns(reader: list[str]) -> None:
    assert [row for row in shown(tuple(reader))[0].splitlines() if len(row) > 80] == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep files elsewhere")
def test_its_files_are_where_psoas_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PSOAS_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/anna")
    kept = (paths.config_file(), paths.sequences_folder(), paths.voices_folder(), paths.journal_file())
    places = [*kept, paths.state_file(), paths.catalogue_file().parent]
    assert list(make_man.FILES) == [f"~/{place.relative_to('/home/anna')}" for place in places]


def test_the_wheel_has_it_where_man_looks() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert built["shared-data"] == {make_man.FILE.relative_to(ROOT).as_posix(): "share/man/man1/psoas.1"}
