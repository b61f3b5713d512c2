"""What comes with psoas is found, and where it is not, psoas says so and what to do."""

import shutil
from pathlib import Path
from typing import Literal

import pytest

from psoas_cli import main, resources
from psoas_cli.audio import decode
from psoas_cli.audio.simpleaudio.simple_stream import SimpleStream
from psoas_cli.cli.installation import install_line
from psoas_cli.commands import about
from psoas_cli.resources import bundled
from psoas_cli.storage import catalogue, sequence_files

PACKAGE = Path(resources.__file__).parent


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A psoas without its data: only its modules."""
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "lib" / "psoas_cli")
    decode.load.cache_clear()  # another test may have read the sounds
    return tmp_path / "lib" / "psoas_cli"


@pytest.mark.parametrize("kind", ["sequences", "sounds"])
def test_they_are_found_in_a_checkout_and_beside_the_modules(
    kind: Literal["sequences", "sounds"], nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (nothing / kind).mkdir(parents=True)
    assert bundled(kind) == nothing / kind
    monkeypatch.undo()
    assert bundled(kind).is_dir()


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        (["list"], "sequences"),
        (["show", "yin"], "sequences"),
        (["poses"], "sequences"),
        (["bells"], "sounds"),
    ],
)
def test_without_them_one_line_and_a_hint_say_so(
    line: list[str], missing: str, nothing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(line) == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [f"psoas: the built-in {missing} are missing: {nothing / missing} is not there", said[1]]
    assert "install psoas again" in said[1]


def test_a_single_text_that_is_missing_is_named_with_what_to_do(
    nothing: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "__file__", str(nothing / "commands" / "about.py"))
    assert main.run(["about", "-l", "nl"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert str(nothing / "commands" / "about.nl.md") in first
    assert "install psoas again" in second


def bundled_of_the_checkout() -> Path:
    return PACKAGE.parents[1] / "sequences"


def test_a_program_of_one_file_names_a_psoas_that_takes_in_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psoas_cli.cli.installation.IS_ONE_FILE", True)
    assert install_line("lameenc") == "python3 -m pip install psoas lameenc"


def test_a_program_of_one_file_starts_itself_for_no_sound_and_says_what_is_missing() -> None:
    stream = SimpleStream(command=())
    stream.start()
    assert (stream.missing, stream.state) == (True, "lost")


def test_a_program_of_one_file_remembers_its_list_wherever_it_is_unpacked(
    nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "IS_ONE_FILE", True)
    shutil.copytree(bundled_of_the_checkout(), nothing / "sequences")
    listed = catalogue.listed("en")
    moved = nothing.parents[1] / "elsewhere" / "psoas_cli"
    shutil.copytree(nothing, moved)
    monkeypatch.setattr(resources, "_PACKAGE", moved)
    monkeypatch.setattr(catalogue, "_read", None)  # it is not read again
    assert catalogue.listed("en") == listed
    (moved / "sequences" / "yin.yaml").write_text("", "utf-8")
    with pytest.raises(TypeError):
        catalogue.listed("en")
    assert sequence_files.entries()["yin"].path == moved / "sequences" / "yin.yaml"
