"""Where things are kept, and what happens where there is no place for them."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import pytest
from tests.systems import HOMES_OF_OTHERS, NO_RIGHTS, RIGHTS, WINDOWS, make_link

from psoas_cli.storage import paths
from psoas_cli.storage.config import hidden_care, read_leniently

if sys.platform != "win32":
    import pwd

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.program import Psoas

T = TypeVar("T")
AS_ANYBODY = ("list", "show yin", "check yin", "bells", "poses", "config", "--help")


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A user whom the system does not know, without a home, as in some containers and services."""
    if WINDOWS:
        pytest.skip(NO_RIGHTS)

    def unknown(_: int) -> NoReturn:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("PSOAS_HOME", "HOME", *(f"XDG_{kind}_HOME" for kind in ("CONFIG", "DATA", "STATE", "CACHE"))):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize("command", [*AS_ANYBODY, "practice constructive-rest --speed 900 -y --mute"])
@pytest.mark.parametrize("home", [None, "", "relative"])
def test_without_a_home_everything_works_that_keeps_nothing(
    psoas: Psoas, nobody: pytest.MonkeyPatch, command: str, home: str | None
) -> None:
    if home is not None:
        nobody.setenv("HOME", home)
    result = psoas(*command.split())
    assert result.code == 0
    said = [] if command == "--help" else ["No home folder is known, so nothing is kept; set PSOAS_HOME to a folder."]
    assert result.err.splitlines() == said
    assert "journal" not in result.out.lower()
    assert not os.path.lexists("relative")


def test_without_a_home_what_would_be_kept_says_what_to_set(psoas: Psoas, nobody: pytest.MonkeyPatch) -> None:
    result = psoas("new", "mine")
    assert result.code == 1
    assert result.err.endswith("psoas: no home folder is known\n       set PSOAS_HOME to a folder\n")
    found = psoas("doctor", "--mute", "--audio", "none", "-l", "en").out
    assert "no home folder is known: nothing is recorded" in found
    assert "nothing practised yet" not in found
    nobody.setenv("PSOAS_HOME", "here")
    assert psoas("new", "mine").code == 0
    assert paths.sequences_folder().is_absolute()
    assert psoas("show", "mine").err == ""


@pytest.mark.parametrize("command", [*AS_ANYBODY[:-1]])
def test_a_home_that_cannot_be_looked_into_is_said_in_one_line(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (home / "file").touch()
    monkeypatch.setenv("PSOAS_HOME", str(home / "file"))
    monkeypatch.setenv("PSOAS_LANG", "nl")
    result = psoas(*command.split())
    assert result.code == 0
    assert result.err == (
        f"In {home / 'file' / 'sequences'} valt niet te kijken (Not a directory), dus er is niets van jou; "
        "in PSOAS_HOME kun je een andere map zetten.\n"
    )


@pytest.mark.parametrize(
    ("kind", "said"), [("file", "journal.sqlite3 (not writable: "), ("loop", "Too many levels of symbolic links")]
)
def test_the_doctor_does_not_call_a_journal_good_that_cannot_be_made(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch, kind: str, said: str
) -> None:
    place = home / kind
    make_link(place, place) if kind == "loop" else place.touch()
    monkeypatch.setenv("PSOAS_HOME", str(place))
    found = " ".join(psoas("doctor", "--mute", "--audio", "none", "-l", "en").out.split()).partition(" Journal ")[2]
    assert said in found
    assert "nothing practised yet" not in found


def test_a_tilde_in_the_name_of_the_home_is_a_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("PSOAS_HOME", "~/psoas")
    assert paths.config_file() == home / "psoas" / "config.yaml"


@HOMES_OF_OTHERS
def test_a_tilde_in_the_name_of_a_home_that_nobody_has_is_a_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_HOME", "~nobody-of-that-name/psoas")
    assert paths.config_file() == home / "~nobody-of-that-name" / "psoas" / "config.yaml"


@RIGHTS
def test_settings_in_a_folder_that_is_shut_may_hold_a_caution() -> None:
    """As `sudo psoas config --edit` can leave them; the home around it is one's own."""
    with tempfile.TemporaryDirectory() as home:
        shut = Path(home, "shut")
        shut.mkdir()
        (shut / "config.yaml").write_text("care: [knees]\n", "utf-8")
        Path(home).chmod(0o755)
        shut.chmod(0o700 if os.geteuid() == 0 else 0)
        config, wrong = as_nobody(lambda: read_leniently(shut / "config.yaml"))
        assert config.care == ()
        assert wrong is not None
        assert "Permission denied" in hidden_care(wrong)
        assert as_nobody(lambda: read_leniently(shut / "deeper" / "config.yaml"))[1] is None, "somebody else's home"
        shut.chmod(0o700)


def as_nobody(look: Callable[[], T]) -> T:
    """What *look* finds as a user who may do nothing in particular."""
    if os.geteuid():
        return look()
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        return look()
    finally:
        os.seteuid(0)
