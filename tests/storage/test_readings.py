"""Readings: a practice is the same whether it was kept or is read anew, and never older than its files."""

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.systems import make_pipe
from tests.test_examples import EXAMPLES, whole

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.sequence import Bell, Bells, PoseStep, Sequence
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage import paths
from psoas_cli.storage.library import Library
from psoas_cli.storage.sequence_files import entries

WALL = "wall: {{name: {name}, hold: 3m, counter: childs-pose}}\n"
EVENING = "title: Evening\nsteps: [{pose: wall}, {include: tail}]\n"
TAIL = "title: Tail\nposes: {log: {name: Log}}\nsteps: [{pose: log, hold: 3m}, {rest: 3m}]\n"

Read = Callable[[str], Sequence]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own folder of sequences."""
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    folder = tmp_path / "sequences"
    folder.mkdir()
    return folder


@pytest.fixture
def evening(home: Path) -> Path:
    """The file of a practice that includes another, with a pose of the person's own."""
    (home / "poses.yaml").write_text(WALL.format(name="Wall"), "utf-8")
    (home / "tail.yaml").write_text(TAIL, "utf-8")
    (home / "evening.yaml").write_text(EVENING, "utf-8")
    return home / "evening.yaml"


def anew(name: str) -> Sequence:
    """The practice *name*, as it is read where nothing was kept."""
    shutil.rmtree(paths.readings_folder())
    return Library("en").sequence(name)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Read:
    """Gets a practice as a new psoas does, which must not read YAML."""

    def refuse(*_: object) -> None:
        raise AssertionError("read anew")

    def get(name: str, lang: Lang = "en") -> Sequence:
        with monkeypatch.context() as patch:
            patch.setattr("psoas_cli.practice.format.nodes.compose", refuse)
            return Library(lang).sequence(name)

    return get


def same(one: Sequence, other: Sequence) -> bool:
    """Whether both are the same practice, also by its poses and by what it looks and lasts like."""
    return (
        one == other
        and repr(one) == repr(other)
        and list(one.poses.items()) == list(other.poses.items())
        and compile_sequence(one) == compile_sequence(other)
    )


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_built_in_is_the_same_read_or_kept(lang: Lang, kept: Callable[[str, Lang], Sequence]) -> None:
    for name in entries():
        read = Library(lang).sequence(name)
        assert same(kept(name, lang), read), name


@pytest.mark.parametrize("lang", LANGS)
def test_the_examples_of_the_docs_are_the_same_read_or_kept(
    lang: Lang, home: Path, kept: Callable[[str, Lang], Sequence]
) -> None:
    written = [str(example.values[0]) for example in EXAMPLES]
    sequences = [found for each in written if not each.startswith("# poses.yaml") and (found := whole(each))]
    for sequence in sequences:
        (home / "example.yaml").write_text(sequence, "utf-8")
        read = Library(lang).sequence("example")
        assert same(kept("example", lang), read), sequence
    assert len(sequences) > 20


def test_a_practice_is_the_same_kept_with_poses_of_its_own_of_the_person_and_of_what_it_includes(
    evening: Path, kept: Read
) -> None:
    evening.write_text(EVENING + "poses: {sphinx: {name: My sphinx}, stone: {name: Stone}}\n", "utf-8")
    library = Library("en")
    read = library.sequence("evening")
    again = kept("evening")
    assert same(again, read)
    assert [step.pose.name.said("en") for step in again.steps if isinstance(step, PoseStep)] == ["Wall", "Log"]
    assert again.poses["sphinx"].name.said("en") == "My sphinx"
    assert again.steps[0].pose is again.poses["wall"]  # type: ignore[union-attr] # as it is when read


def test_a_kept_practice_needs_no_yaml() -> None:
    script = (
        "import sys; from psoas_cli.storage.library import Library; Library('en').sequence('yin'); print(*sys.modules)"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    )
    assert "yaml" in first
    assert "yaml" not in second


CHANGES = {
    "its title": ("evening.yaml", EVENING.replace("Evening", "Morning")),
    "a title of what it includes, which shows nowhere": ("tail.yaml", TAIL.replace("Tail", "Tial")),
    "a pose of what it includes": ("tail.yaml", TAIL.replace("Log", "Tub")),
    "a pose of the person's own": ("poses.yaml", WALL.format(name="Well")),
    "a pose that none of its steps names": ("poses.yaml", WALL.format(name="Wall") + "x: {name: X}\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed_even_at_the_same_size_and_time(evening: Path, change: str) -> None:
    Library("en").sequence("evening")
    name, content = CHANGES[change]
    file = evening.with_name(name)
    before = file.stat()
    file.write_text(content, "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert same(Library("en").sequence("evening"), anew("evening"))


def test_what_an_include_means_now_is_noticed(home: Path) -> None:
    (home / "whole.yaml").write_text("title: Whole\nsteps: [{include: yin-short}]\n", "utf-8")
    Library("en").sequence("whole")
    (home / "yin-short.yaml").write_text(TAIL, "utf-8")
    assert [step.pose.name.said("en") for step in Library("en").sequence("whole").steps[:1]] == ["Log"]  # type: ignore[union-attr]
    (home / "yin-short.yaml").unlink()
    assert same(Library("en").sequence("whole"), anew("whole"))


def test_other_bells_in_the_settings_are_heard() -> None:
    for sound in ("marimba", "tingsha"):
        bells = Bells(hold=Bell(sound))
        assert {Library("en", bells).sequence("yin").bells for _ in ("read", "kept")} == {bells}


def test_a_language_of_its_own_stays_that_of_plain_texts(home: Path) -> None:
    (home / "plain.yaml").write_text("title: Plain\nsteps: [{pose: childs-pose}]\n", "utf-8")
    for _ in ("read", "kept"):
        assert [Library(lang).sequence("plain").title.has("nl") for lang in LANGS] == [False, True]


def test_a_mistake_is_said_each_time(evening: Path) -> None:
    Library("en").sequence("evening")
    for name, content, said in (
        ("evening.yaml", "title: Evening\nsteps: [{pose: wal}]\n", 'got "wal"'),
        ("tail.yaml", "title: Tail\n", "a sequence needs steps"),
        ("poses.yaml", "wall: {hold: 3m}\n", "a pose needs a name"),
    ):
        file = evening.with_name(name)
        before = file.read_text("utf-8")
        file.write_text(content, "utf-8")
        for _ in range(2):
            with pytest.raises(PsoasError, match=said):
                Library("en").sequence("evening")
        file.write_text(before, "utf-8")
    assert same(Library("en").sequence("evening"), anew("evening"))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-200]),
    "another seal": lambda file: file.write_bytes(b"0" * 8 + file.read_bytes()[8:]),
    "a letter that is another": lambda file: file.write_bytes(file.read_bytes().replace(b"hold", b"hald", 1)),
    "a folder": lambda file: become(file, Path.mkdir),
    "a pipe": lambda file: become(file, make_pipe),
    "well sealed, and nothing": lambda file: reseal(file, lambda _: []),
    "well sealed, and no JSON": lambda file: reseal(file, lambda lines: [b"["] * len(lines)),
    "well sealed, and deep": lambda file: reseal(file, lambda lines: [b"[" * 200_000] * len(lines)),
    "well sealed, and numbers": lambda file: reseal(file, lambda lines: [b"1"] * len(lines)),
    "well sealed, and poses that are none": lambda file: reseal(
        file, lambda lines: [lines[0], *([b'{"":"Hold"}'] * (len(lines) - 1))]
    ),
    "well sealed, and another thing": lambda file: reseal(
        file, lambda lines: [line.replace(b'"":"', b'"":"os.') for line in lines]
    ),
}


def become(file: Path, make: Callable[[Path], object]) -> None:
    """Put in the place of *file* what *make* makes."""
    file.unlink()
    make(file)


def reseal(file: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Change the lines of *file* as only psoas could."""
    stamp, *lines = file.read_bytes().split(b"\n")[1:]
    sealed = b"\n".join([stamp, *change(lines)])
    file.write_bytes(b"%08x\n" % zlib.crc32(sealed) + sealed)


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_read_anew_without_a_word(damage: str) -> None:
    read = Library("en").sequence("evening")
    for file in paths.readings_folder().rglob("*.json"):
        DAMAGES[damage](file)
    assert same(Library("en").sequence("evening"), read)
    assert same(Library("en").sequence("evening"), read)


@pytest.mark.usefixtures("evening")
def test_where_nothing_can_be_kept_a_practice_is_read_all_the_same() -> None:
    paths.readings_folder().write_bytes(b"a file in place of the folder")
    assert Library("en").sequence("evening").title.said("en") == "Evening"
