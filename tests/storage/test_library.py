from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.systems import NAMES, ONE_WHATEVER_CASE, make_link

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.sequence import Bell, Bells
from psoas_cli.storage.library import Library
from psoas_cli.storage.sequence_files import place_of, remarks

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


@pytest.mark.parametrize("name", ["evening.yml", "evening.YAML", "evening.Yml", "e\u0301vening.yaml"])
def test_a_file_counts_in_either_suffix_and_any_case(home: Path, name: str) -> None:
    write(home / name)
    for asked in ("evening", "EVENING") if name[1] == "v" else ("évening", "e\u0301vening", "ÉVENING"):
        assert Library("en").sequence(asked).title.said("en") == "Mine"
        assert Library("en").sequence(asked).id in {"evening", "évening"}
    assert remarks() == []


def test_poses_count_in_either_suffix_too(home: Path) -> None:
    (home / "Poses.YML").write_text("log: {name: On a log, hold: 2m}\n", "utf-8")
    assert "log" in Library("en").poses
    assert "Poses" not in Library("en").entries


def test_of_two_files_of_one_name_one_counts_and_the_other_is_named(home: Path) -> None:
    write(home / "evening.yml", "Other")
    write(home / "evening.yaml")
    assert Library("en").sequence("evening").title.said("en") == "Mine"
    assert remarks() == ["evening.yml is not read: evening.yaml has the same name, and counts"]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ("evening.yaml.txt", ["evening.yaml.txt is not read: rename it to evening.yaml"]),
        ("evening.YML.rtf", ["evening.YML.rtf is not read: rename it to evening.yaml"]),
        ("evening.yaml.yaml", ["evening.yaml.yaml is not read: rename it to evening.yaml"]),
        pytest.param("a\\b.yaml", ["a\\b.yaml is not read: rename it to a-b.yaml"], marks=NAMES),
        ("-.yaml", ["-.yaml is not read: rename it to practice.yaml"]),
        ("poses.yaml.txt", ["poses.yaml.txt is not read: rename it to poses.yaml"]),
        ("evening.yaml~", []),
        ("evening.yaml.bak", []),
        (".evening.yaml.swp", []),
        ("notes.txt", []),
    ],
)
def test_a_file_that_an_editor_named_is_named_and_a_backup_is_not(home: Path, left: str, said: list[str]) -> None:
    write(home / left)
    assert remarks() == said
    assert {each.whose for each in Library("en").entries.values()} == {"built in"}


def test_a_name_that_only_looks_like_a_built_in_one_is_named(home: Path) -> None:
    write(home / "yіn.yaml")  # noqa: RUF001 - it is meant
    assert [said.partition(":")[0] for said in remarks()] == ["yіn only looks like yin"]  # noqa: RUF001
    assert Library("en").entries["yin"].whose == "built in"


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "lpt9"])
def test_a_name_that_windows_keeps_for_a_device_is_refused(name: str) -> None:
    with pytest.raises(PsoasError, match="device on Windows"):
        place_of(name)


def test_capitals_do_not_matter_unless_two_of_ones_own_differ_by_them(home: Path) -> None:
    assert Library("en").path("YIN") == Library("en").path("yin")
    write(home / "Evening.yaml", "Capital")
    write(home / "evening.yaml", "Small")
    if len(list(home.iterdir())) == 1:
        pytest.skip(ONE_WHATEVER_CASE)
    assert Library("en").sequence("Evening").title.said("en") == "Capital"
    with pytest.raises(PsoasError, match="no practice"):
        Library("en").path("EVENING")


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
        make_link(path, content)
    else:
        path.write_bytes(content)
    library = Library("en")
    with pytest.raises(PsoasError, match=said) as error:
        library.sequence("broken")
    assert str(path) in error.value.message
    assert error.value.exit_code == 2
    assert library.sequence("yin").title.said("en")


def test_of_two_files_of_poses_one_counts_and_the_other_is_named(home: Path) -> None:
    for name in ("poses.yml", "poses.yaml"):
        (home / name).write_text("log: {name: On a log, hold: 2m}\n", "utf-8")
    assert remarks() == ["poses.yml is not read: poses.yaml has the same name, and counts"]


def test_what_only_looks_like_another_is_never_the_nearest(home: Path) -> None:
    write(home / "yіn.yaml")  # noqa: RUF001 - it is meant
    with pytest.raises(PsoasError, match=r'no practice "yn", did you mean yin\?'):
        Library("en").path("yn")


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
