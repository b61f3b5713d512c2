"""What goes wrong is said in one clear line, and what to do about it in another."""

from __future__ import annotations

import errno
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.systems import FULL_DISK, HOMES_OF_OTHERS, be_a_terminal

from psoas_cli.cli.app import VERBS, command_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.program import Psoas

REST = "title: Mine\nbells: {{open: {bell}}}\nsteps:\n  - pose: {pose}\n    hold: 3m\n"


@pytest.fixture
def files(home: Path) -> None:
    """Files that something is wrong with."""
    (home / "folder.yaml").mkdir()
    (home / "empty.yaml").touch()
    (home / "binary.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (home / "twice.yaml").write_text("titel: Mine\nsteps:\n  - pose: dragn\n    hold: 3 min or so\n", "utf-8")
    (home / "silent.yaml").write_text(REST.format(bell="./missing.wav", pose="savasana"), "utf-8")
    (home / "text.yaml").write_text(REST.format(bell="./text.wav", pose="savasana"), "utf-8")
    (home / "text.wav").write_text("no sound\n", "utf-8")
    (home / "breaths.yaml").write_text("title: B\nsteps:\n  - breathe: 4-6\n    cycles: 33\n", "utf-8")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("command", "message", "hint"),
    [
        ("practice yinn", 'there is no practice "yinn", did you mean yin?', "choose one of body-scan"),
        ("practice ./folder.yaml", "folder.yaml is a folder", "name a sequence file in it"),
        ("practice ./", ". is a folder", "name a sequence file in it"),
        ("practice empty.yaml", "empty.yaml:1:1: the file is empty", None),
        (
            "practice binary.yaml",
            "binary.yaml:1:1: this is a picture, not a sequence: name the file that you wrote in an editor",
            None,
        ),
        ("practice nowhere.yaml", "there is no file nowhere.yaml", "psoas list shows the practices"),
        ("show nowhere/", "there is no file nowhere", "psoas list shows the practices"),
        ("practice yin -m 2", "yin cannot last 2 minutes", "choose 30 to 91 minutes"),
        ("show yin -m 92", "yin cannot last 92 minutes", "choose 30 to 91 minutes"),
        ("practice breaths.yaml -m 9", "breaths cannot last 9 minutes", "leave out --minutes: it has one length alone"),
        ("practice -m 0", "--minutes: expected more than 0 and at most 1440, got 0", None),
        ("practice -m nan", '--minutes: expected a length like 30 or 1h15, got "nan"', "--help"),
        ("practice -m ten", '--minutes: expected a length like 30 or 1h15, got "ten"', "--help"),
        ("practice -m 25h", "--minutes: expected more than 0 and at most 1440, got 1500", None),
        ("practice yin -m 2m", "yin cannot last 2 minutes", "choose 30 to 91 minutes"),
        ("practice --volume -5", '--volume: expected a whole number from 0 to 100, got "-5"', "--help"),
        ("practice --speed 0", '--speed: expected a number from 0.1 to 1000, got "0"', "--help"),
        ("practice --speed nan", '--speed: expected a number from 0.1 to 1000, got "nan"', "--help"),
        (
            "practice --breath-sound airs",
            "--breath-sound: expected air, tone, chime, tick, words or none, got",
            "--help",
        ),
        ("practice --from 99", '--from: there is no stop "99"', "choose 1 to 12, or constructive-"),
        ("practice --from sphynx", 'there is no stop "sphynx", did you mean sphinx?', "choose 1 to 12, or"),
        ("practice --from sfynx", 'no stop "sfynx", did you mean Sfinx?', "choose 1 to 12, or"),
        ("poses sfynx", 'there is no pose "sfynx", did you mean Sfinx?', "psoas poses lists them"),
        ("practice --avoid sfynx", '--avoid: there is no pose "sfynx", did you mean Sfinx?', "psoas poses lists them"),
        ("practice --breath 4-", "--breath: expected a pattern", "psoas breathe --list shows the patterns"),
        ("practice -l xx", '--lang: expected en or nl, got "xx"', "nl is Dutch"),
        ("practice --loud", "there is no option --loud", "psoas practice --help shows its options"),
        ("practice yin two", "too many words: two", "--help"),
        ("practise", 'there is no command "practise", did you mean practice?', "--help"),
        ("yin", 'there is no command "yin"', "psoas practice yin starts the practice of that name"),
        ("--lst", "there is no option --lst", "psoas --help shows the commands and options"),
        ("--version=3", "--version: expected no value", "psoas --help"),
        ("practice --volume", "--volume: expected 0..100, got nothing", "psoas practice --help"),
        ("practice --steps", "--steps: expected STEPS, got nothing", '"sphinx 3m, rest 4m"; psoas practice --help'),
        ("practice --mute=3", "--mute: expected no value", "psoas practice --help"),
        ("show", "expected NAME or FILE, got nothing", "psoas show --help"),
        ("render yin", "--output: expected OUT, got nothing", "psoas render --help"),
        ("breathe bxo", 'got "bxo", did you mean box?', "psoas breathe --list shows the patterns"),
        ("breathe 0-6", "expected counts of 0.5 to 60 seconds, got 0", "psoas breathe --list shows the patterns"),
        ("breathe -m 3 -c 4", "expected --minutes or --cycles, got both", "leave out one of the two"),
        ("breathe -c 0", '--cycles: expected a whole number from 1 to 10000, got "0"', "--help"),
        ("breathe -m 2000", "--minutes: expected more than 0 and at most 1440, got 2000", None),
        ("practice silent.yaml --mute", "missing.wav cannot be read: No such file or directory", None),
        ("practice text.yaml -y", "text.wav is not a readable sound file", "use WAV, FLAC, OGG Vorbis or MP3"),
    ],
)
def test_wrong_usage_and_bad_files(psoas: Psoas, command: str, message: str, hint: str | None) -> None:
    result = psoas(*command.split())
    assert (result.code, result.out) == (2, "")
    said, *rest = result.err.splitlines()
    assert said.startswith("psoas: ")
    assert message in said
    assert len(rest) == (0 if hint is None else 1)
    assert hint is None or hint in rest[0]


@pytest.mark.usefixtures("files")
def test_all_that_is_wrong_with_a_file_is_said_at_once(psoas: Psoas) -> None:
    result = psoas("practice", "twice.yaml", "-y")
    assert (result.code, result.out) == (2, "")
    lines = result.err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"twice.yaml:{at}" for at in ("1:1", "1:1", "3:5", "4:5")]
    assert '"dragn", did you mean' in lines[2]
    assert 'steps[0].hold: expected a duration like 3m or 90s, got "3 min or so"' in lines[3]


@pytest.mark.parametrize(
    "command", ["list", "show yin", "check yin", "poses sphinx", "history", "about", "breathe --list", "bells"]
)
def test_a_wrong_setting_is_said_in_a_line_and_stops_no_command_that_does_without_it(
    psoas: Psoas, home: Path, command: str
) -> None:
    right = psoas(*command.split())
    (home / "config.yaml").write_text("lang: en\nvolume: 700\ncare: [kness]\n", "utf-8")
    wrong = psoas(*command.split())
    assert (wrong.code, wrong.out) == (right.code, right.out)
    if command != "about":  # which needs no setting but the language
        assert wrong.err.startswith(f"psoas: {home / 'config.yaml'}:2:1: volume: expected a volume from 0 to 100")
        assert wrong.err.endswith("left aside, and 1 more (psoas config shows them all)\n")
        assert wrong.err.count("\n") == 1


@pytest.mark.parametrize("wrong", ["care: [kness]", "cares: [knees]", "volume: [", "bells:\n  care: [knees]"])
@pytest.mark.parametrize("command", ["practice yin -y --speed 1000", "render yin -o yin.wav", "practice --resume"])
def test_a_caution_that_cannot_be_read_stops_a_practice(psoas: Psoas, home: Path, command: str, wrong: str) -> None:
    (home / "config.yaml").write_text(f"lang: en\n{wrong}\n", "utf-8")
    result = psoas(*command.split())
    assert (result.code, result.out) == (2, "")
    said, hint = result.err.splitlines()
    assert f"{home / 'config.yaml'}:" in said
    assert "psoas config --edit" in hint


def test_every_wrong_setting_is_said_by_config(psoas: Psoas, home: Path) -> None:
    (home / "config.yaml").write_text("volume: 700\nlang: de\nnumbers: OFF\n", "utf-8")
    result = psoas("config")
    assert result.code == 2
    assert [line.partition("config.yaml:")[2][:3] for line in result.err.splitlines()] == ["1:1", "2:1"]
    rows = dict(line.split(maxsplit=1) for line in result.out.splitlines()[:14])
    assert rows["numbers"].split() == ["config.yaml,", "line", "3", "off"]
    assert rows["volume"].startswith("default")


@pytest.mark.parametrize("command", ["list", "show yin", "config", "poses sphinx"])
def test_a_wrong_language_of_the_environment_is_said_and_left_aside(
    psoas: Psoas, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    right = psoas(*command.split())
    monkeypatch.setenv("PSOAS_LANG", "x\x1b[1mx")
    wrong = psoas(*command.split())
    assert wrong.err == 'psoas: PSOAS_LANG: expected en or nl, got "x␛[1mx"; left aside\n'
    assert (wrong.code, wrong.out) == (right.code, right.out)


@pytest.mark.parametrize("written", ["nl", " NL ", "nl_NL", "nl-BE", "nl_NL.UTF-8", "dutch", "Nederlands"])
def test_a_language_is_read_as_people_and_systems_write_it(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    told = psoas("show", "yin", "-l", "nl")
    assert psoas("show", "yin", "-l", written) == told
    monkeypatch.setenv("PSOAS_LANG", written)
    assert psoas("show", "yin") == told
    monkeypatch.delenv("PSOAS_LANG")
    (home / "config.yaml").write_text(f'lang: "{written}"\n', "utf-8")
    assert psoas("show", "yin") == told


@pytest.mark.parametrize("name", ["config.yml", "Config.yaml", "CONFIG.YML"])
def test_settings_are_read_in_either_suffix_and_any_case(psoas: Psoas, home: Path, name: str) -> None:
    (home / name).write_text("lang: nl\n", "utf-8")
    assert psoas("show", "yin") == psoas("show", "yin", "-l", "nl")
    assert f"{name}, regel 1" in psoas("config").out


@pytest.mark.parametrize("name", ["config.yaml.txt", "Config.yml.rtf", "config.yaml.yaml"])
def test_settings_under_a_name_that_is_not_read_are_named_and_hide_no_caution(
    psoas: Psoas, home: Path, name: str
) -> None:
    other = home / name
    other.write_text("# care: [knees]\nlang: nl\n", "utf-8")
    said = f"psoas: {other} is not read: rename it to config.yaml"
    assert psoas("list").err.splitlines() == [said]
    assert psoas("check", "yin").err.splitlines() == [said]
    assert psoas("render", "yin").err.splitlines()[0].startswith("psoas: --output")
    for content in ("care: [knees]\n", "cares: [knees]\n", "care: [knees\n"):
        other.write_text(content, "utf-8")
        stopped = psoas("practice", "yin", "-y", "--speed", "1000")
        assert (stopped.code, stopped.out) == (2, "")
        assert said in stopped.err
        assert "that file has some: rename it" in stopped.err


def test_of_two_settings_one_counts_and_a_caution_in_the_other_is_not_lost(psoas: Psoas, home: Path) -> None:
    (home / "config.yaml").write_text("care: [knees]\n", "utf-8")
    (home / "config.yml").write_text("care: [back]\nlang: nl\n", "utf-8")
    said = f"psoas: {home / 'config.yml'} is not read: config.yaml counts"
    shown = psoas("show", "yin")
    assert shown.err.splitlines() == [said]
    assert "Changed (sensitive knees)" in shown.out
    assert said in psoas("practice", "yin", "-y", "--speed", "1000").err


@pytest.mark.parametrize("name", ["avond.yaml.txt", "avond.yaml.yaml", "avond.YML.rtf"])
def test_a_practice_under_a_name_that_is_not_read_is_found_when_it_is_asked_for(
    psoas: Psoas, home: Path, name: str
) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / name).write_text("title: Avond\nsteps:\n  - pose: sphinx\n    hold: 3m\n", "utf-8")
    assert psoas("list").err == f"{name} is not read: rename it to avond.yaml\n"
    for command in ("show avond", "practice Avond", "check avond", "new mine --from avond", "show avond.yaml"):
        result = psoas(*command.split())
        told = f"{result.err}{result.out}"
        assert f"{name} is not read" in told, command
        assert "rename it to avond.yaml" in told, command


WRONG = {"--lang": "xx", "--get": "xx", "--since": "x", "--html": "nowhere/x.html", "--output": "nowhere/x.wav"}
STANDING = {"show": ["yin"], "check": ["yin"], "new": ["mine"], "add": ["x.yaml"], "share": ["yin"], "render": ["yin"]}
ANYTHING = {"--voice", "--speaker", "--breathe", "--delete", "--name", "--share", "--from", "--breath", "--bed"} | {
    "--steps"  # it shows what is wrong in lines of its own
}
"""Options that take any word, which is looked for later."""


def mistakes() -> Iterator[list[str]]:
    """Every verb with an option that it has not, with a word too many, and each of its options misused."""
    for verb in VERBS:
        yield [verb, *STANDING.get(verb, []), "--nothing-of-the-kind"]
        for param in command_of(verb).params:
            if param.param_type_name != "option" or param.name == "help":
                continue
            for name in param.opts:
                if name.startswith("--"):
                    yield [verb, *STANDING.get(verb, []), f"{name}=x"] if param.is_flag else [verb, name]
            if not param.is_flag and param.opts[0] not in ANYTHING | WRONG.keys():
                yield [verb, *STANDING.get(verb, []), param.opts[0], "wrong"]


@pytest.mark.parametrize("command", list(mistakes()), ids=" ".join)
def test_every_mistake_on_the_command_line_is_said_in_one_style(psoas: Psoas, command: list[str]) -> None:
    if command[-1] == "--voice":
        pytest.skip("it may stand alone")
    result = psoas(*command)
    assert (result.code, result.out) == (2, "")
    said, hint = result.err.splitlines()
    message = said.removeprefix("psoas: ")
    assert said != message
    assert message[0] in "-abcdefghijklmnopqrstuvwxyz"
    assert not message.endswith(".")
    for foreign in (
        "nvalid value",
        "valid float",
        "No such",
        "requires",
        "Option ",
        "rgument",
        "<=",
        "(Possible",
        "Try ",
    ):
        assert foreign not in said
    assert hint.startswith("       ")
    assert not hint.endswith(".")


def test_a_broken_file_of_ones_own_is_named_beside_the_list(psoas: Psoas, home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "mine.yaml").write_text("titel: Mine\n", "utf-8")
    result = psoas("list")
    assert result.code == 0
    names = [line.split()[0] for line in result.out.splitlines()]
    assert "yin" in names
    assert "mine" not in names
    assert result.err.startswith("mine: ")
    assert len(result.err.splitlines()) == 1


def test_a_bell_of_ones_own_is_heard_of_before_anything_begins(psoas: Psoas, home: Path) -> None:
    (home / "broken.flac").write_bytes(b"fLaC" + bytes(100))
    (home / "mine.yaml").write_text(REST.format(bell="./broken.flac", pose="savasana"), "utf-8")
    result = psoas("practice", "mine.yaml", "-y", "--speed", "60")
    assert (result.code, result.out) == (2, "")
    assert "broken.flac" in result.err


@pytest.mark.parametrize("command", [["list", "--json"], ["history", "--csv"], ["poses"], ["share", "yin", "-o", "-"]])
def test_a_reader_that_has_gone_is_no_error(home: Path, command: list[str]) -> None:
    psoas = [sys.executable, "-m", "psoas_cli", *command]
    with subprocess.Popen(psoas, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize("system", ["Windows", "another"])
def test_windows_calls_that_an_invalid_argument(psoas: Psoas, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    def write(_: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("psoas_cli.commands.list.write_json", write)
    monkeypatch.setattr("psoas_cli.tty.IS_WINDOWS", system == "Windows")
    result = psoas("list", "--json")
    said = "" if system == "Windows" else "psoas: cannot write the output: Invalid argument\n"
    assert (result.code, result.err) == (1, said)


@FULL_DISK
def test_a_full_disk_and_a_reader_that_has_gone() -> None:
    for command in (["show", "yin", "--json"], ["--version"]):
        with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - a device
            psoas = [sys.executable, "-m", "psoas_cli", *command]
            result = subprocess.run(psoas, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert (result.returncode, result.stderr) == (1, "psoas: cannot write the output: No space left on device\n")
    reader = f"{sys.executable} -m psoas_cli show yin --json | head -n 1"
    read = subprocess.run(["bash", "-c", reader], capture_output=True, text=True, check=False)
    assert (read.stdout, read.stderr) == ("{\n", "")


@HOMES_OF_OTHERS
def test_the_home_of_nobody_is_a_name_like_any_other(psoas: Psoas, home: Path) -> None:
    """`~nosuchuser` where anything is named: in a sequence, in the settings, in an option, as an argument."""
    place = "~nosuchuser/x"
    (home / "sequences").mkdir(exist_ok=True)
    written = (
        f"title: T\nlanguage: en\nbells: {{open: {place}.wav}}\nsteps:\n"
        f'  - pose: sphinx\n    hold: 3m\n    say: [{{at: 5s, audio: "{place}2.wav"}}]\n  - rest: 3m\n'
    )
    (home / "sequences" / "mine.yaml").write_text(written, "utf-8")
    (home / "settings.yaml").write_text(f"bells: {{close: {place}.wav}}\nbed: {place}.ogg\n", "utf-8")
    assert psoas("list").code == 0
    checked = psoas("check", "mine").out
    assert re.search(r"mine\.yaml:3:9: bells\.open: \S*~nosuchuser/x\.wav cannot be read: No such file", checked)
    assert re.search(r"mine\.yaml:7:20: \S+ \S*~nosuchuser/x2\.wav cannot be read: No such file", checked)
    for command in (
        f"show {place}.yaml",
        f"add {place}.yaml",
        f"add {place}.zip",
        f"new another --from {place}.yaml",
        f"share yin -o {place}.yaml",
        f"render yin -o {place}.wav",
        f"practice yin --mute -y --bed {place}.wav",
        f"practice yin --mute -y --voice {place}.onnx",
        f"bells {place}.wav",
        f"voices --share {place} -o a.zip",
    ):
        result = psoas(*command.split())
        assert result.code in (1, 2)
        assert result.err.startswith(("psoas: there is no ", f"psoas: {place}.wav cannot be read"))
    (home / "settings.yaml").replace(home / "config.yaml")
    left_aside = psoas("show", "yin")
    assert left_aside.code == 0
    assert "config.yaml:1:9: bells.close: " in left_aside.err
    assert f"{home}/~nosuchuser/x.wav cannot be read: No such file or directory; left aside" in left_aside.err


def test_too_little_memory_is_one_line(psoas: Psoas, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("psoas_cli.cli.app.app", refuse)
    result = psoas("list")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("psoas: there is not enough memory for this\n")


def test_a_terminal_breaks_no_word_of_what_went_wrong(psoas: Psoas, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_pipe = psoas("practice", "yinn").err
    be_a_terminal("sys.stderr", monkeypatch)
    shown = psoas("practice", "yinn").err
    assert max(map(len, shown.splitlines())) <= 80 < max(map(len, in_a_pipe.splitlines()))
    assert shown.split() == in_a_pipe.split()


@pytest.mark.parametrize("verb", VERBS)
def test_help_fits_a_usual_terminal(verb: str, psoas: Psoas) -> None:
    assert not [line for line in psoas(verb, "--help").out.splitlines() if len(line) > 80]
