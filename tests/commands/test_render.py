"""`psoas render`: the file is as the plan says, in each format, and of one that fails nothing stays."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
import wave
from array import array
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tests.systems import DEVICES, SIGNALS, make_link, make_pipe

from psoas_cli.audio import decode
from psoas_cli.audio.samples import RATE, frames_of
from psoas_cli.cli import installation
from psoas_cli.errors import PsoasError
from psoas_cli.main import run
from psoas_cli.storage.atomic import STANDARD_OUTPUT, replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.program import Psoas, Window

    from psoas_cli.audio.samples import Samples

    Open = Callable[..., Window]

MINE = """
title: {en: Mine, nl: Van mij}
lead-in: 4s
transition: 3s
breath: none
bells: {open: tingsha, hold: none, end: wood-block, side: tingsha, close: {sound: wood-block, strikes: 2}}
poses:
  kneeling: {name: {en: Kneeling, nl: Knielen}, cautions: [knees]}
steps:
  - pose: dragon-low
    hold: 6s
    between: {hold: 5s}
  - pose: kneeling
    hold: 3s
  - breathe: 1-1
    cycles: 2
    sound: none
"""
LENGTH = 31 + 4 + 2.1
CHAPTERS = {
    0: "Aankomen",
    4: "Lage draak, rechtervoet naar voren · eerste van twee kanten",
    15: "Lage draak, linkervoet naar voren · tweede van twee kanten",
    24: "Knielen",
    27: "Ademen",
}
WITHOUT_NUMPY = "import sys; sys.modules['numpy'] = None; from psoas_cli.main import main; main()"
SUFFIXES = ("wav", "flac", "ogg", "mp3")
NEEDED = {
    "wav": (),
    "flac": ("soundfile", "mutagen"),
    "ogg": ("soundfile", "mutagen"),
    "mp3": ("lameenc", "mutagen"),
    "html": ("lameenc",),
}


@pytest.fixture(autouse=True)
def mine(home: Path) -> None:
    """A practice of one's own."""
    (home / "mine.yaml").write_text(MINE, "utf-8")


def see_packages(suffix: str) -> None:
    """Skip where what a format needs is not installed."""
    for package in NEEDED[suffix]:
        pytest.importorskip(package, reason="the extra export is not installed")


def samples_of(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        return array("h", file.readframes(file.getnframes()))


def test_every_bell_of_the_plan_is_in_the_file_where_the_plan_says(psoas: Psoas, home: Path) -> None:
    plan: dict[str, Any] = json.loads(psoas("show", "mine.yaml", "--json").out)
    written = psoas("render", "mine.yaml", "-o", "mine.wav", "--no-voice")
    assert (written.code, written.err) == (0, "")
    tape = samples_of(home / "mine.wav")
    assert len(tape) == frames_of(plan["duration_s"] + plan["tail_s"])
    bells = [cue for cue in plan["cues"] if cue["kind"] == "bell"]
    assert [cue["sound"] for cue in bells] == ["tingsha", "tingsha", "wood-block", "marimba", "wood-block"]
    for cue in bells:
        for strike in range(cue["strikes"]):
            first, bell = frames_of(cue["at_s"] + 4 * strike), decode.load(cue["sound"])
            assert tape[first : first + RATE] == bell[:RATE]
            assert not any(tape[first - 100 : first])
    assert len(tape) == frames_of(LENGTH)
    size = (home / "mine.wav").stat().st_size
    assert written.out.splitlines()[-1] == f"Created mine.wav: Mine, 0:38, {size / 1e6:.1f} MB"


def test_without_numpy_the_file_is_the_same(psoas: Psoas, home: Path) -> None:
    pytest.importorskip("numpy", reason="numpy is not installed")
    how = ["render", "mine.yaml", "--breath", "1.5-2", "--breath-sound", "tone", "--volume", "90", "--no-voice", "-o"]
    assert psoas(*how, "quick.wav").code == 0
    subprocess.run([sys.executable, "-c", WITHOUT_NUMPY, *how, "plain.wav"], capture_output=True, check=True)
    quick, plain = samples_of(home / "quick.wav"), samples_of(home / "plain.wav")
    assert max(abs(a - b) for a, b in zip(quick, plain, strict=True)) <= 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_format_is_as_long_and_says_what_it_is(psoas: Psoas, home: Path, suffix: str) -> None:
    see_packages(suffix)
    written = psoas("render", "mine.yaml", "-l", "nl", "--output", f"./Mijn oefening.{suffix.upper()}")
    assert (written.code, written.err) == (0, "")
    file = home / f"Mijn oefening.{suffix.upper()}"
    assert written.out.splitlines()[-1].startswith(f"Mijn oefening.{suffix.upper()} staat klaar: Van mij, 0:38, ")
    assert [path.name for path in home.iterdir() if path.suffix.lower() == f".{suffix}"] == [file.name]
    if suffix == "wav":
        return
    length, title, language, chapters = told_by(file)
    assert length == pytest.approx(LENGTH, abs=0.05 if suffix == "mp3" else 1e-4)
    assert (title, language) == ("Van mij", "nld")
    assert chapters == CHAPTERS


def told_by(path: Path) -> tuple[float, str, str, dict[float, str]]:
    """How long a file is, its title, its language, and its chapters in the order in which they stand in it."""
    import mutagen

    file = mutagen.File(path)
    assert file is not None
    assert (file.info.sample_rate, file.info.channels) == (RATE, 1)
    tags = file.tags
    if path.suffix == ".MP3":
        frames = [tag for name, tag in tags.items() if name.startswith("CHAP:")]
        table = tags.getall("CTOC")[0]
        assert table.child_element_ids == [frame.element_id for frame in frames]
        assert [frame.end_time for frame in frames] == [*(frame.start_time for frame in frames[1:]), LENGTH * 1000]
        chapters = {frame.start_time / 1000: str(frame.sub_frames["TIT2"]) for frame in frames}
        return file.info.length, str(tags["TIT2"]), str(tags["TLAN"]), chapters
    chapters = {}
    for number in range(1, 6):
        hours, minutes, seconds = tags[f"CHAPTER{number:03}"][0].split(":")
        at = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
        chapters[at] = tags[f"CHAPTER{number:03}NAME"][0]
    assert "CHAPTER006" not in tags
    return file.info.length, tags["TITLE"][0], tags["LANGUAGE"][0], chapters


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_other_programs_read_it(psoas: Psoas, suffix: str) -> None:
    see_packages(suffix)
    for program in ("ffprobe", "soxi"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    file = f"mine.{suffix}"
    assert psoas("render", "mine.yaml", "-l", "nl", "-o", file).code == 0
    asked = ["format=duration:chapter=start_time:chapter_tags=title", "-of", "json", file]
    probe = json.loads(subprocess.check_output(["ffprobe", "-v", "error", "-show_entries", *asked]))
    length = float(subprocess.check_output(["soxi", "-D", file]))
    for told in (length, float(probe["format"]["duration"])):
        assert told == pytest.approx(LENGTH, abs=0.05 if suffix == "mp3" else 1e-4)
    chapters = {float(each["start_time"]): each["tags"]["title"] for each in probe["chapters"]}
    assert chapters == ({} if suffix == "wav" else CHAPTERS)
    assert list(chapters) == sorted(chapters)


def loudest(samples: Samples) -> int:
    return max(map(abs, samples))


def test_a_file_is_as_loud_as_the_sounds_are_unless_it_is_asked_otherwise(psoas: Psoas, home: Path) -> None:
    (home / "remembered.json").write_text('{"volume": 10}\n', "utf-8")
    (home / "config.yaml").write_text("volume: 5\n", "utf-8")
    for name, options in {"usual": [], "loud": ["--volume", "100"], "silent": ["--volume", "0"]}.items():
        assert psoas("render", "mine.yaml", "-o", f"{name}.wav", "--no-voice", *options).code == 0
    usual = samples_of(home / "usual.wav")
    assert loudest(usual) == max(loudest(decode.load(sound)) for sound in ("tingsha", "wood-block"))
    assert loudest(samples_of(home / "loud.wav")) == pytest.approx(2 * loudest(usual), abs=1)
    assert not any(samples_of(home / "silent.wav"))


def test_for_the_night_there_are_bells_only_softer_and_one_stroke_at_the_end(psoas: Psoas, home: Path) -> None:
    assert psoas("render", "mine.yaml", "-o", "mine.wav", "--quiet", "--breath-sound", "tick").code == 0
    tape = samples_of(home / "mine.wav")
    assert len(tape) == frames_of(LENGTH - 4)
    assert loudest(tape) == pytest.approx(loudest(decode.load("wood-block")) / 4, rel=0.02)
    assert not any(tape[frames_of(29.2) : frames_of(31)])


def test_breathing_alone(psoas: Psoas, home: Path) -> None:
    assert psoas("render", "--breathe", "2-3", "-c", "4", "-o", "breath.wav", "--breath-sound", "tick").code == 0
    tape = samples_of(home / "breath.wav")
    assert len(tape) == frames_of(3 + 4 * 5 + 26)
    assert psoas("render", "--breathe", "2-3", "-m", "1", "--ramp", "-o", "breath.wav", "--force").code == 0
    assert len(samples_of(home / "breath.wav")) == pytest.approx(frames_of(3 + 60 + 26), abs=frames_of(5))


def test_care_is_taken_and_what_has_to_be_known_is_said_before(psoas: Psoas, home: Path) -> None:
    (home / "config.yaml").write_text("care: [knees]\n", "utf-8")
    written = psoas("render", "mine.yaml", "-o", "mine.wav", "--breath", "box", "-m", "1")
    told, last = written.out.rsplit("\n", 2)[:2]
    assert "Changed (sensitive knees): " in " ".join(told.split())
    assert "Kneeling" in told
    assert "There are pauses in this breathing." in told
    assert "psoas show mine.yaml says what you can do instead." in " ".join(told.split())
    assert last.startswith("Created mine.wav: Mine, 2:0")


@pytest.mark.parametrize(
    ("command", "code", "message", "hint"),
    [
        ("mine.yaml -o mine.aac", 2, 'a name that ends in .wav, .flac, .ogg, .mp3 or .html, got "mine.aac"', None),
        ("mine.yaml -o mine", 2, 'a name that ends in .wav, .flac, .ogg, .mp3 or .html, got "mine"', None),
        ("mine.yaml", 2, "--output: expected OUT, got nothing", "--help"),
        ("-o a.wav", 2, "expected a practice or --breathe, got neither", "psoas list"),
        ("mine.yaml --breathe 4-6 -o a.wav", 2, "expected a practice or --breathe, got both", "psoas list"),
        ("mine.yaml --cycles 3 -o a.wav", 2, "--cycles and --ramp go with --breathe", "--breathe 4-6"),
        ("mine.yaml --ramp -o a.wav", 2, "--cycles and --ramp go with --breathe", "--breathe 4-6"),
        ("--breathe 4-6 --breath box -o a.wav", 2, "--breath is for the holds of a practice", "leave out one"),
        ("--breathe 4-6 -m 5 -c 3 -o a.wav", 2, "expected --minutes or --cycles, got both", "leave out one"),
        ("--breathe bxo -o a.wav", 2, "did you mean box?", "psoas breathe --list"),
        ("yinn -o a.wav", 2, 'there is no practice "yinn", did you mean yin?', "choose one of"),
        ("yin -m 2 -o a.wav", 2, "yin cannot last 2 minutes", "choose 30 to"),
        ("own.yaml -o a.wav", 2, "missing.wav cannot be read", None),
        ("mine.yaml -o there.wav", 1, "there.wav already exists", "--force"),
        ("mine.yaml -o folder.wav --force", 1, "folder.wav is a folder", "name a file in it"),
        ("mine.yaml -o nowhere/a.wav", 1, "there is no folder ", "create it"),
        ("mine.yaml -o there.wav/a.wav", 1, "there is no folder ", "create it"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_all_as_it_was(
    psoas: Psoas, home: Path, *, command: str, code: int, message: str, hint: str | None
) -> None:
    (home / "there.wav").write_text("mine", "utf-8")
    (home / "folder.wav").mkdir()
    (home / "own.yaml").write_text("title: T\nbells: {open: ./missing.wav}\nsteps: [{rest: 1m}]\n", "utf-8")
    before = {path.name for path in home.iterdir()}
    result = psoas("render", *command.split())
    assert (result.code, result.out) == (code, "")
    said, *rest = result.err.splitlines()
    assert said.startswith("psoas: ")
    assert message in said
    assert len(rest) == (0 if hint is None else 1)
    assert hint is None or hint in rest[0]
    assert {path.name for path in home.iterdir()} - {"readings"} == before
    assert (home / "there.wav").read_text("utf-8") == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="there is no folder in which nobody may write")
def test_a_folder_in_which_one_may_not_write(psoas: Psoas) -> None:
    result = psoas("render", "mine.yaml", "-o", "/sys/kernel/mine.wav")
    assert result.code == 1
    assert result.err == "psoas: /sys/kernel/mine.wav cannot be written: Permission denied\n"


def test_with_force_a_file_is_replaced_and_a_link_stays_one(psoas: Psoas, home: Path) -> None:
    (home / "mine.wav").write_text("old", "utf-8")
    make_link(home / "link.wav", "mine.wav")
    assert psoas("render", "mine.yaml", "-o", "link.wav", "--force").code == 0
    assert (home / "link.wav").is_symlink()
    assert len(samples_of(home / "mine.wav")) == frames_of(LENGTH)


def test_what_came_there_meanwhile_is_not_replaced(psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = decode.load

    def slowly(sound: str) -> Samples:
        (home / "mine.wav").write_text("another's", "utf-8")
        return load(sound)

    monkeypatch.setattr(decode, "load", slowly)
    monkeypatch.setattr("psoas_cli.audio.strike.tail_of", lambda _: 6.1)
    result = psoas("render", "mine.yaml", "-o", "mine.wav")
    assert (result.code, result.err.splitlines()[0]) == (1, "psoas: mine.wav already exists")
    assert (home / "mine.wav").read_text("utf-8") == "another's"
    assert not list(home.glob(".psoas-*"))


@pytest.mark.parametrize(
    ("suffix", "needed"), [("wav", f"{(44 + 2 * frames_of(LENGTH)) / 1e6:.1f} MB"), ("mp3", "0.5")]
)
def test_a_disk_that_is_too_small_is_told_how_much_it_takes(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, needed: str
) -> None:
    see_packages(suffix)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=300_000))
    result = psoas("render", "mine.yaml", "-o", f"mine.{suffix}")
    assert result.code == 1
    assert f"mine.{suffix} needs {needed}" in result.err
    assert "0.3 MB are free there" in result.err
    assert ("a smaller format" in result.err) == (suffix == "wav")  # an MP3 is not smaller than itself
    assert {path.name for path in home.iterdir() if "mine" not in path.name} <= {"readings"}


@pytest.mark.parametrize(("suffix", "minutes", "hours"), [("wav", 800, (12, 13.3)), ("html", 900, (14, 15.0))])
def test_what_is_too_long_for_a_file_is_said(
    psoas: Psoas, monkeypatch: pytest.MonkeyPatch, suffix: str, minutes: int, hours: tuple[int, float]
) -> None:
    see_packages(suffix)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**12))
    result = psoas("render", "--breathe", "4-6", "-m", str(minutes), "-o", f"long.{suffix}")
    assert (result.code, result.err.splitlines()[0]) == (
        1,
        f"psoas: a .{suffix} file can hold {hours[0]} hours, but this one would need {hours[1]}",
    )


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file can become larger than 400 kB: writing fails in the midst, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="files cannot be limited here")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
@pytest.mark.parametrize("suffix", [*SUFFIXES, "html"])
def test_when_the_disk_is_full_nothing_stays(psoas: Psoas, home: Path, suffix: str) -> None:
    see_packages(suffix)
    result = psoas("render", "--breathe", "4-6", "-m", "5", "-o", f"breath.{suffix}")
    assert (result.code, "Created" in result.out) == (1, False)
    assert result.err == f"psoas: breath.{suffix} cannot be written: File too large\n"
    assert [path.name for path in home.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize(
    ("suffix", "package"),
    [("flac", "soundfile"), ("ogg", "mutagen"), ("mp3", "lameenc"), ("mp3", "mutagen"), ("html", "lameenc")],
)
def test_what_a_format_needs_is_named_with_the_line_that_installs_it(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, package: str
) -> None:
    see_packages(suffix)
    monkeypatch.setitem(sys.modules, package, None)
    result = psoas("render", "mine.yaml", "-o", f"mine.{suffix}")
    assert (result.code, result.out) == (1, "")
    said, hint = result.err.splitlines()
    assert said == f"psoas: .{suffix} files need {package}, not installed here"
    assert hint.endswith(f"{sys.executable} -m pip install soundfile lameenc mutagen")
    assert [path.name for path in home.iterdir()] == ["mine.yaml"]
    assert psoas("render", "mine.yaml", "-o", "mine.wav").code == 0


def test_where_there_is_no_pip_it_is_installed_by_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "find_spec", lambda _: None)
    monkeypatch.setattr(sys, "executable", "/home/my tools/python")
    line = installation.install_line("soundfile", "lameenc")
    assert line == 'uv pip install --python "/home/my tools/python" soundfile lameenc'


@SIGNALS
@pytest.mark.parametrize(
    ("name", "suffix", "code"),
    [("SIGINT", "wav", 130), ("SIGTERM", "ogg", 143), ("SIGHUP", "mp3", 129), ("SIGQUIT", "html", 131)],
)
def test_whoever_stops_it_finds_nothing_half_done(home: Path, name: str, suffix: str, code: int) -> None:
    see_packages(suffix)
    (home / "out").mkdir()
    command = [sys.executable, "-m", "psoas_cli", "render", "--breathe", "4-6", "-m", "120"]
    with subprocess.Popen(
        [*command, "-o", f"out/breath.{suffix}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as it:
        until = time.monotonic() + 10
        while not any(path.stat().st_size > 100_000 for path in (home / "out").iterdir()):
            assert time.monotonic() < until
            assert it.poll() is None
            time.sleep(0.005)
        it.send_signal(signal.Signals[name])
        told, error = it.communicate(timeout=10)
    assert (it.returncode, b"Created" in told, error) == (code, False, b"")
    assert list((home / "out").iterdir()) == []


def test_on_a_terminal_a_bar_shows_how_far_it_is(window: Open, home: Path) -> None:
    shown = window(sys.executable, "-c", WITHOUT_NUMPY, "render", "--breathe", "4-6", "-m", "4", "-o", "breath.wav")
    assert shown.end() == 0
    assert "━" in shown.output
    assert "100%" in shown.output
    assert (
        shown.text.strip()
        == f"Created breath.wav: Breathing 4-6, 4:29, {(home / 'breath.wav').stat().st_size / 1e6:.1f} MB"
    )


def test_a_bed_lies_under_the_whole_file_and_is_gone_at_its_end(psoas: Psoas, home: Path) -> None:
    assert psoas("render", "./mine.yaml", "-o", "bare.wav").code == 0
    (home / "config.yaml").write_text("bed: {sound: brown, level: -30}\n", "utf-8")
    assert psoas("render", "./mine.yaml", "-o", "over.wav").code == 0
    assert psoas("render", "./mine.yaml", "-o", "off.wav", "--bed", "none").code == 0
    assert psoas("render", "./mine.yaml", "-o", "night.wav", "--quiet").code == 0
    bare, over = samples_of(home / "bare.wav"), samples_of(home / "over.wav")
    assert len(over) == len(bare)
    bed = [a - b for a, b in zip(over, bare, strict=True)]
    loud = [max(map(abs, bed[second * RATE : (second + 1) * RATE])) for second in range(int(LENGTH))]
    assert min(loud[2:-2]) > 100
    assert loud[0] < loud[7]  # it comes in
    assert loud[-1] < loud[12] / 4  # and goes out
    assert max(map(abs, bed[-100:])) <= 2
    assert samples_of(home / "off.wav") == bare
    night = samples_of(home / "night.wav")
    assert not any(night[frames_of(29.2) : frames_of(31)])


def test_a_bed_that_is_not_there_is_said_and_nothing_is_written(psoas: Psoas, home: Path) -> None:
    result = psoas("render", "./mine.yaml", "-o", "out.wav", "--bed", "./rain.ogg")
    assert result.code == 2
    assert "rain.ogg cannot be read" in result.err
    assert "--bed none" in result.err
    assert not (home / "out.wav").exists()


@pytest.mark.parametrize(
    ("output", "begin"),
    [
        ("-", b"RIFF"),
        pytest.param("/dev/stdout", b"RIFF", marks=DEVICES),
        ("-.mp3", b"ID3"),
        ("-.html", b"<!D"),
    ],
)
def test_the_sound_can_go_to_standard_output_and_what_is_said_goes_beside_it(
    capsysbinary: pytest.CaptureFixture[bytes], output: str, begin: bytes
) -> None:
    if output.startswith("-."):
        see_packages(output[2:])
    assert run(["render", "mine.yaml", "-o", output]) == 0
    written = capsysbinary.readouterr()
    assert written.out.startswith(begin)
    assert f"Created {STANDARD_OUTPUT}: Mine".encode() in written.err


@pytest.mark.parametrize(("suffix", "where"), [("wav", "that are not in the file"), ("html", "that are only shown")])
def test_what_the_voice_cannot_say_is_missing_in_a_file_of_sound_and_shown_on_a_page(
    psoas: Psoas, suffix: str, where: str
) -> None:
    see_packages(suffix)
    assert where in " ".join(psoas("render", "mine.yaml", "-o", f"mine.{suffix}").out.split())


def test_how_large_a_page_becomes_is_told_before_it_is_made(psoas: Psoas, home: Path) -> None:
    see_packages("html")
    made = psoas("render", "mine.yaml", "-o", "mine.html", "--no-voice")
    size = f"{(home / 'mine.html').stat().st_size / 1e6:.1f} MB"
    assert (made.code, made.err) == (0, "")
    assert made.out.splitlines()[-2:] == [f"mine.html will take {size}.", f"Created mine.html: Mine, 0:38, {size}"]
    again = psoas("render", "mine.yaml", "-o", "mine.html")
    assert (again.code, again.err) == (1, "psoas: mine.html already exists\n       use --force to replace it\n")


def test_a_terminal_is_not_given_a_sound_file(window: Callable[..., Window]) -> None:
    seen = window(sys.executable, "-m", "psoas_cli", "render", "mine.yaml", "-o", "-")
    assert seen.end() == 1
    assert "standard output is a terminal, which cannot show this" in " ".join(seen.text.split())


def test_a_link_to_itself_is_not_replaced(psoas: Psoas, home: Path) -> None:
    make_link(home / "x.wav", "x.wav")
    result = psoas("render", "mine.yaml", "-o", "x.wav", "--force")
    assert (result.code, result.err) == (1, "psoas: x.wav cannot be written: Too many levels of symbolic links\n")
    assert (home / "x.wav").is_symlink()


def test_what_became_a_pipe_meanwhile_is_not_replaced(home: Path) -> None:
    def write() -> None:
        with replacing(home / "x.wav", force=True):
            make_pipe(home / "x.wav")

    with pytest.raises(PsoasError, match="is a pipe"):
        write()
    assert [path.name for path in home.iterdir() if path.name.startswith(".psoas")] == []
    assert (home / "x.wav").is_fifo()


@pytest.mark.parametrize("command", ["render mine.yaml -o x.wav", "share yin -o x.wav", "show yin --html x.wav"])
@pytest.mark.parametrize("force", ["", "--force"])
def test_what_is_no_file_is_never_replaced(psoas: Psoas, home: Path, command: str, force: str) -> None:
    make_pipe(home / "pipe")
    make_link(home / "x.wav", "pipe")
    result = psoas(*command.split(), *force.split())
    assert (result.code, result.out) == (1, "")
    assert "x.wav is a pipe, not a file" in result.err
    assert (home / "pipe").is_fifo()
    assert (home / "x.wav").is_symlink()
