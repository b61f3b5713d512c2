from __future__ import annotations

from cProfile import Profile
from typing import TYPE_CHECKING

import pytest
from tests.systems import HOMES_OF_OTHERS, make_link, make_pipe

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.bed import Bed
from psoas_cli.practice.model.sequence import Bell, Bells
from psoas_cli.storage.config import Config, VoiceSettings, hidden_care, read_config, read_leniently

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def test_every_setting(file: Path) -> None:
    file.write_text(
        "lang: nl\nvolume: 40\nbreath-sound: tone\nnumbers: off\nreduced-motion: yes\n"
        "audio: none\ncare: [knees, eyes]\navoid: [Sphinx]\n",
        "utf-8",
    )
    assert read_config(file) == Config(
        "nl",
        40,
        "tone",
        numbers=False,
        reduced_motion=True,
        audio="none",
        care=("knees", "eyes"),
        avoid=("sphinx",),
    )


@pytest.mark.parametrize("on", ["on", "On", "YES", "true", "True"])
@pytest.mark.parametrize("off", ["off", "OFF", "No", "false"])
def test_a_flag_is_on_or_off_in_any_spelling(file: Path, on: str, off: str) -> None:
    file.write_text(f"numbers: {off}\nreduced-motion: {on}\ncheck-in: {on}\nvoice: {off}\nwords: {off}\n", "utf-8")
    voice = VoiceSettings(on=False, verbosity="none")
    assert read_config(file) == Config(numbers=False, reduced_motion=True, check_in=True, voice=voice)


def test_capitals_do_not_matter_where_it_is_beyond_doubt(file: Path) -> None:
    file.write_text("lang: NL\ntheme: Dark\nbed: Ocean\nwords: NAMES\ncare: [Knees]\nlead-in: AUTO\n", "utf-8")
    read = read_config(file)
    assert (read.lang, read.theme, read.bed.sound, read.care) == ("nl", "dark", "ocean", ("knees",))
    assert (read.voice.verbosity, read.lead_in) == ("names", None)


def test_what_is_wrong_is_left_aside_and_the_rest_counts(file: Path) -> None:
    file.write_text("lang: nl\nvolume: 700\ntheme: dark\n", "utf-8")
    config, wrong = read_leniently(file)
    assert (config.lang, config.volume, config.theme) == ("nl", None, "dark")
    assert wrong is not None
    assert ":2:1: volume" in wrong.message


@pytest.mark.parametrize(
    ("content", "hides"),
    [
        ("volume: 700", False),
        ("them: dark", False),
        ("care: [kness]", True),
        ("care: knees", True),
        ("cares: [knees]", True),
        ("care: [knees]\ncare: [eyes]", True),
        ("bed: {care: [knees]}", True),
        ("volume: [", True),
        ("cautions: [knees]", True),
        ("caution: knees", True),
        ("zorg: [kness]", True),
        ("aandachtspunten: [knieën, rug]", True),
        ("zwanger: ja", True),
        ("rekening_houden: [iets]", True),
        ("knees: on", True),
        ('"care: [knees]": x', True),
        ("settings:\n  care: [knees]", True),
        ("mine: {deep: [{care: eyes}]}", True),
        ("lang:\n  care: [knees]", True),
        ("lang: nl\n  care [knees]", True),
        ("bells: {care: [knees]}", True),
        ("- care: [knees]", True),
        ("care - knees", True),
        ("care: [knees]\nlang: de", False),
        ("langauge: nl", False),
        ("breath_sound: tone", False),
        ("voice: {en: heart, rate: 1000}", False),
        ("avoid: [sadle]", True),
        ("avoid: saddle", True),
        ("avod: saddle", True),
        ("leave_out: [saddle]", True),
        ("weglaten: iets", True),
        ("saddle: no", True),
        ("bed: {avoid: [saddle]}", True),
        ("lang: [saddle]", True),
    ],
)
def test_what_hides_a_caution_or_a_pose_to_leave_out_is_known_of(file: Path, content: str, hides: bool) -> None:
    file.write_text(f"{content}\n", "utf-8")
    wrong = read_leniently(file)[1]
    assert wrong is not None
    assert bool(hidden_care(wrong)) == hides


@pytest.mark.parametrize("key", ["cautions", "caution", "precautions", "zorg", "aandachtspunten", "bescherm"])
def test_what_people_call_care_leads_to_care(file: Path, key: str) -> None:
    file.write_text(f"{key}: [knees]\n", "utf-8")
    with pytest.raises(PsoasError, match=f'unknown key "{key}", did you mean care[?]'):
        read_config(file)


@pytest.mark.parametrize("line", ["avoids: [saddle]", "weglaten: [zadel]", "skip: on", "sphinx: off", "not: [sphinx]"])
def test_what_people_call_leaving_out_leads_to_avoid(file: Path, line: str) -> None:
    file.write_text(f"{line}\n", "utf-8")
    with pytest.raises(PsoasError, match=r"unknown key .*, did you mean avoid\?"):
        read_config(file)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("care: [knees, Sphinx]", r'"sphinx" is a pose, and goes into avoid: \[sphinx\]'),
        ("care: sphinx", r'"sphinx" is a pose, and goes into avoid: \[sphinx\]'),
        ("avoid: [knees]", r'"knees" is a caution, and goes into care: \[knees\]'),
    ],
)
def test_a_pose_among_cautions_and_a_caution_among_poses_are_sent_where_they_belong(
    file: Path, line: str, said: str
) -> None:
    file.write_text(f"{line}\n", "utf-8")
    with pytest.raises(PsoasError, match=said):
        read_config(file)


def test_a_pose_of_ones_own_can_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    (tmp_path / "sequences").mkdir()
    (tmp_path / "sequences" / "poses.yaml").write_text("mine: {name: Mine}\n", "utf-8")
    (tmp_path / "config.yaml").write_text("avoid: [mine, sphinx]\n", "utf-8")
    assert read_config(tmp_path / "config.yaml").avoid == ("mine", "sphinx")
    (tmp_path / "sequences" / "poses.yaml").write_text("mine: [\n", "utf-8")
    with pytest.raises(PsoasError, match=r"as poses.yaml has problems, got .mine"):  # the settings are right
        read_config(tmp_path / "config.yaml")


@pytest.mark.parametrize("above", ["settings", "lang", "bells"])
def test_care_inside_another_setting_is_sent_to_the_start_of_a_line(file: Path, above: str) -> None:
    file.write_text(f"{above}:\n  care: [knees]\n", "utf-8")
    with pytest.raises(PsoasError, match="; care goes at the start of a line"):
        read_config(file)


@pytest.mark.parametrize(
    "line", ["open: gong.flac", "open: ~nosuchuser/x.wav", "open: {sound: gong.flac}", "open: dep"]
)
def test_a_bell_that_cannot_be_rung_is_left_aside_with_its_line_and_the_others_ring(file: Path, line: str) -> None:
    file.write_text(f"bells:\n  close: tingsha\n  {line}\n  side: none\n", "utf-8")
    config, wrong = read_leniently(file)
    assert config.bells == Bells(close=Bell("tingsha"), side=None)
    assert wrong is not None
    assert ":3:" in wrong.message


def test_a_bed_that_is_not_there_is_left_aside_with_its_line(file: Path) -> None:
    file.write_text("bed: ./rain.ogg\n", "utf-8")
    config, wrong = read_leniently(file)
    assert config.bed == Bed()
    assert wrong is not None
    assert "1:1: bed: " in wrong.message
    assert "cannot be read: No such file" in wrong.message


def test_a_hook_is_a_list_or_one_word_and_may_be_in_the_persons_home(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(file.parent))
    file.write_text("hooks:\n  start: xset\n  end: [~/bin/done, '$HOME', 5, a b]\n  pause: none\n", "utf-8")
    assert read_config(file).hooks.commands == {
        "start": ("xset",),
        "end": (str(file.parent / "bin" / "done"), "$HOME", "5", "a b"),
    }


def test_a_hook_of_which_something_is_wrong_is_left_aside_whole(file: Path) -> None:
    file.write_text("hooks:\n  start: [rm, {a: b}]\n  end: [xset, q]\n", "utf-8")
    config, wrong = read_leniently(file)
    assert config.hooks.commands == {"end": ("xset", "q")}
    assert wrong is not None
    assert ":2:" in wrong.message


@pytest.mark.parametrize("content", [None, "", "# lang: nl\n\n"])
def test_nothing_set_is_the_defaults(file: Path, content: str | None) -> None:
    if content is not None:
        file.write_text(content, "utf-8")
    assert read_config(file) == Config(None, None, None, numbers=True, reduced_motion=False)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("lang: de", '"de"'),
        ("volume: 101", "0 to 100"),
        ("volume: -5", "0 to 100"),
        ("volume: loud", "0 to 100"),
        ("volume: 1000000", "0 to 100"),
        ("breath-sound: airr", "air"),
        ("audio: simple", "simpleaudio"),
        ("numbers: maybe", '"maybe"'),
        ("reduced-motion: [yes]", "reduced-motion"),
        ("care: [kness]", "did you mean knees?"),
        ("care: knees", "a list"),
        ("avoid: [spinx]", 'expected a pose, got "spinx", did you mean sphinx?'),
        ("avoid: sphinx", "a list"),
        ("volumen: 40", "volume"),
        ("voice: Xander", "on, off, or a map"),
        ("voice: [Xander]", "a map"),
        ("voice: {de: Anna}", "de"),
        ('voice: {nl: ""}', "a voice"),
        ("voice: {rate: 59}", "60 to 300"),
        ("voice: {rate: 301}", "60 to 300"),
        ("voice: {rate: slow}", "60 to 300"),
        ("hooks: notify-send", "a map"),
        ("hooks: {begin: [notify-send]}", "unknown key"),
        ("hooks: {end: notify-send Done}", "write [notify-send, Done]"),
        ("hooks: {end: 'sh -c \"a b\"'}", "write it like [notify-send, Sphinx]"),
        ("hooks: {end: []}", "an empty list"),
        ("hooks: {end: ''}", "got nothing"),
        ("hooks: {end: {a: b}}", "one value"),
        ("hooks: {end: [a, [b]]}", "one value"),
        ("hooks: {end: [./mine.sh]}", "its whole path from / or ~ on"),
        pytest.param("hooks: {end: ~nosuchuser/mine.sh}", "its whole path from / or ~ on", marks=HOMES_OF_OTHERS),
        ("bed: oceaan", "ocean, brown, drone, none or the path"),
        ("bed: [ocean]", "a map"),
        ("bed: {sound: ocean, volume: 40}", "volume"),
        ("bed: {level: -61}", "-60 to -20 LUFS"),
        ("bed: {level: -19}", "-60 to -20 LUFS"),
        ("bed: {level: nan}", "-60 to -20 LUFS"),
    ],
)
def test_a_wrong_one_is_an_error_with_its_line(file: Path, line: str, said: str) -> None:
    file.write_text(f"# mine\n{line}\n", "utf-8")
    with pytest.raises(PsoasError) as error:
        read_config(file)
    assert error.value.message.startswith(f"{file}:2:")
    assert said in error.value.message
    assert error.value.exit_code == 2


def test_all_that_is_wrong_is_said_at_once(file: Path) -> None:
    file.write_text("lang: de\nvolume: 101\n", "utf-8")
    with pytest.raises(PsoasError, match=r"(?s):1:.*:2:"):
        read_config(file)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda file: file.mkdir(), "is a folder, not settings"),
        (lambda file: make_link(file, file), "is a link that leads back to itself"),
        (lambda file: make_link(file, "nowhere"), "is a link to nowhere, which is not there"),
        (make_pipe, "is a pipe, not a file"),
        (lambda file: make_link(file, "/dev/zero"), "is a device, not a file"),
        (lambda file: file.write_bytes(b"{\\rtf1 volume: 50}"), "this is an RTF document, not settings: save it as"),
    ],
    ids=["a folder", "a loop", "a link to nowhere", "a pipe", "a device", "RTF"],
)
def test_what_is_no_file_of_settings_is_told_as_what_it_is(
    file: Path, make: Callable[[Path], object], said: str
) -> None:
    make(file)
    with pytest.raises(PsoasError, match=said):
        read_config(file)


def test_where_there_can_be_no_file_there_is_none(file: Path) -> None:
    file.touch()
    assert read_config(file / "config.yaml") == Config()
    assert read_config(file.parent / ("x" * 300) / "config.yaml") == Config()


def test_bells_are_written_as_in_a_sequence_and_files_lie_beside_the_settings(file: Path) -> None:
    (file.parent / "my gong.wav").touch()
    file.write_text("bells:\n  side: none\n  close: {sound: my gong.wav, strikes: 2}\n", "utf-8")
    bells = read_config(file).bells
    assert (bells.side, bells.close) == (None, Bell(str(file.parent / "my gong.wav"), 2))
    assert bells.open == Bell("deep-bowl")


def test_wrong_bells_are_told_with_their_lines(file: Path) -> None:
    file.write_text("bells:\n  side: tingsa\n  closing: deep-bowl\n  every: {sound: tingsha}\n", "utf-8")
    with pytest.raises(PsoasError, match="tingsha") as error:
        read_config(file)
    assert [f":{line}:" in error.value.message for line in (2, 3, 4)] == [True] * 3


@pytest.mark.parametrize(
    ("line", "settings"),
    [
        ("voice: on", VoiceSettings(on=True)),
        ("voice: false", VoiceSettings(on=False)),
        ("voice: {nl: Xander, rate: 110}", VoiceSettings(nl="Xander", rate=110)),
        ("voice: {en: 'say:Zoe (Premium)', nl: off}", VoiceSettings(en="say:Zoe (Premium)", nl="none")),
        ("volume: 40", VoiceSettings()),
    ],
)
def test_what_speaks(file: Path, line: str, settings: VoiceSettings) -> None:
    file.write_text(f"{line}\n", "utf-8")
    assert read_config(file).voice == settings


def test_a_model_lies_beside_the_settings(file: Path) -> None:
    file.write_text("voice:\n  nl: voices/nl_NL-alex-medium.onnx\n  en: piper:/elsewhere/joe.onnx\n", "utf-8")
    voice = read_config(file).voice
    assert voice.asked("nl") == f"piper:{file.parent / 'voices' / 'nl_NL-alex-medium.onnx'}"
    assert voice.asked("en") == f"piper:{file.parent / '/elsewhere/joe.onnx'}"


@pytest.mark.parametrize(
    ("line", "bed"),
    [
        ("bed: ocean", Bed("ocean")),
        ("bed: {sound: drone, level: -42}", Bed("drone", -42.0)),
        ("bed: {level: -30.5}", Bed("none", -30.5)),
        ("bed: none", Bed()),
        ("bed: off", Bed()),
        ("volume: 40", Bed()),
    ],
)
def test_what_lies_under_a_practice(file: Path, line: str, bed: Bed) -> None:
    file.write_text(f"{line}\n", "utf-8")
    assert read_config(file).bed == bed


def test_a_recording_for_a_bed_lies_beside_the_settings(file: Path) -> None:
    (file.parent / "sounds").mkdir()
    (file.parent / "sounds" / "rain.ogg").touch()
    file.write_text("bed: {sound: sounds/rain.ogg}\n", "utf-8")
    assert read_config(file).bed.sound == str(file.parent / "sounds" / "rain.ogg")


def test_many_wrong_settings_are_looked_at_in_step_with_their_number(tmp_path: Path) -> None:
    def calls(count: int) -> int:
        looked = Profile()
        (tmp_path / "config.yaml").write_text("hold: 6m\n" * count, "utf-8")
        looked.enable()
        read_leniently(tmp_path / "config.yaml")
        looked.disable()
        return sum(entry.callcount for entry in looked.getstats())

    assert calls(2000) < 2.5 * calls(1000)
