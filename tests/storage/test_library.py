from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.sequence import Bell, Bells
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from pathlib import Path

SEQUENCE = "title: {title}\nsteps:\n  - pose: {pose}\n    hold: 3m\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own folder of sequences."""
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    folder = tmp_path / "sequences"
    folder.mkdir()
    return folder


def write(path: Path, title: str = "Mine", pose: str = "constructive-rest") -> None:
    path.write_text(SEQUENCE.format(title=title, pose=pose), "utf-8")


def test_a_persons_own_sequences_stand_beside_the_built_in_ones_and_before_their_namesakes(home: Path) -> None:
    write(home / "evening.yaml")
    write(home / "yin.yaml", "My yin")
    library = Library("en")
    assert library.entries["evening"].whose == library.entries["yin"].whose == "yours"
    assert library.entries["constructive-rest"].whose == "built in"
    assert library.sequence("yin").title.said("en") == "My yin"
    assert library.sequence("yin").id == "yin"


def test_only_sequences_count(home: Path) -> None:
    for name in ("poses.yaml", ".hidden.yaml", "notes.txt", "copy.yaml~"):
        write(home / name)
    (home / "poses.yaml").write_text("", "utf-8")
    assert {entry.whose for entry in Library("en").entries.values()} == {"built in"}


def test_a_path_means_that_file_and_includes_are_found_by_name(home: Path, tmp_path: Path) -> None:
    write(tmp_path / "yin.yaml", "Elsewhere")
    assert Library("en").sequence(str(tmp_path / "yin.yaml")).title.said("en") == "Elsewhere"
    write(home / "inner.yaml", pose="constructive-rest")
    (tmp_path / "outer.yaml").write_text("title: Outer\nsteps:\n  - include: inner\n", "utf-8")
    assert len(Library("en").sequence(str(tmp_path / "outer.yaml")).steps) == 1


def test_own_poses_add_to_the_library_and_override_by_id(home: Path) -> None:
    (home / "poses.yaml").write_text(
        "log: {name: On a log, hold: 2m}\nconstructive-rest: {name: My rest, hold: 4m}\n", "utf-8"
    )
    write(home / "evening.yaml", pose="log")
    library = Library("en")
    assert library.poses["constructive-rest"].name.said("en") == "My rest"
    assert library.sequence("evening").steps
    assert len(library.poses) > 10


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff", "not valid UTF-8"),
        ("title: Caf\xe9\nsteps: []".encode("latin-1"), "UTF-8"),
        (b"title: [", ":1:"),
        (b"a" * 2**20 + b"a", "1 MiB"),
        (None, "is a folder"),
        ("nowhere", "a link to nowhere, which is not there"),
    ],
    ids=["empty", "binary", "latin-1", "no-yaml", "huge", "folder", "dangling"],
)
def test_a_broken_file_says_what_is_wrong_and_hides_no_other(
    home: Path, content: bytes | str | None, said: str
) -> None:
    path = home / "broken.yaml"
    if content is None:
        path.mkdir()
    elif isinstance(content, str):
        path.symlink_to(content)
    else:
        path.write_bytes(content)
    library = Library("en")
    with pytest.raises(PsoasError, match=said) as error:
        library.sequence("broken")
    assert str(path) in error.value.message
    assert error.value.exit_code == 2
    assert library.sequence("yin").title.said("en")


def test_a_misspelt_name_is_given_the_nearest(home: Path) -> None:
    write(home / "evening.yaml")
    with pytest.raises(PsoasError, match=r'no practice "evenning".*evening'):
        Library("en").sequence("evenning")


def test_a_home_that_cannot_be_looked_into_is_an_empty_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for home in (tmp_path / "file", tmp_path / ("x" * 300)):
        monkeypatch.setenv("PSOAS_HOME", str(home))
        assert {entry.whose for entry in Library("en").entries.values()} == {"built in"}


def test_the_settings_bells_ring_where_a_sequence_does_not_say(home: Path) -> None:
    write(home / "evening.yaml")
    (home / "own.yaml").write_text("bells: {side: deep-bowl}\n" + SEQUENCE.format(title="Own", pose="sphinx"), "utf-8")
    library = Library("en", Bells(side=None, open=Bell("gong.wav")))
    assert library.sequence("evening").bells == Bells(side=None, open=Bell("gong.wav"))
    assert library.sequence("own").bells == Bells(side=Bell("deep-bowl"), open=Bell("gong.wav"))
