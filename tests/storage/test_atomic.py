"""Moving into place, where others may have a file open: on Windows that is waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.systems import WINDOWS

from psoas_cli.storage import atomic


class Scanner:
    """A program that has each new file open for a while, so that Windows does not move it; and its clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, until: float) -> None:
        self.now = 0.0
        real = Path.replace

        def replace(new: Path, place: Path) -> Path:
            if self.now < until:
                raise PermissionError(13, "Access is denied", str(new))
            return real(new, place)

        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr("time.sleep", self.sleep)

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(("windows", "until", "written"), [(True, 0.5, True), (True, 5, False), (False, 0.5, False)])
def test_what_another_program_has_open_for_a_moment_is_waited_for_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, until: float, *, windows: bool, written: bool
) -> None:
    place = tmp_path / "remembered.json"
    atomic.keep(place, b"before")
    monkeypatch.setattr(atomic, "IS_WINDOWS", windows)
    scanner = Scanner(monkeypatch, until)
    if written:
        atomic.keep(place, b"after")
    else:
        with pytest.raises(PermissionError, match="denied"):
            atomic.keep(place, b"after")
    assert place.read_bytes() == (b"after" if written else b"before")
    assert os.listdir(tmp_path) == ["remembered.json"]  # noqa: PTH208 - nothing else, hidden or not
    assert scanner.now < 2


@pytest.mark.skipif(not WINDOWS, reason="elsewhere what is open can be moved")
def test_what_stays_open_is_left_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "remembered.json"
    atomic.keep(place, b"before")
    with place.open("rb"), pytest.raises(PermissionError):
        atomic.keep(place, b"after")
    assert place.read_bytes() == b"before"
