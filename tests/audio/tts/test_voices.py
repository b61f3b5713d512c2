"""Which voices there are, which is meant, and how each engine is called: by programs that stand in for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.audio.programs import Programs, aiff, tone

from psoas_cli.audio import decode
from psoas_cli.audio.samples import RATE
from psoas_cli.audio.tts import engines, piper, voices
from psoas_cli.audio.tts.voices import Voice
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from psoas_cli.practice.model.text import Lang

ON_MACOS = """\
Albert              en_US    # Hello! My name is Albert.
Bad News            en_US    # Hello! My name is Bad News.
Daniel              en_GB    # Hello! My name is Daniel.
Eddy (Dutch (Netherlands)) nl_NL    # Hallo! Mijn naam is Eddy.
Ellen               nl_BE    # Hallo! Mijn naam is Ellen.
Fiona               en-scotland # Hello, my name is Fiona.
Samantha            en_US    # Hello! My name is Samantha.
Thomas              fr_FR    # Bonjour ! Mon nom est Thomas.
Xander              nl_NL    # Hallo! Mijn naam is Xander.
Zoe (Premium)       en_US    # Hello! My name is Zoe.
"""
ON_WINDOWS = "en-US\tMicrosoft David Desktop\r\nen-GB\tMicrosoft Hazel Desktop\nfr-FR\tMicrosoft Hortense Desktop"
TEXT = 'Zet je knieën neer; "rustig" $(aan) `nu` & %PATH% -o x'


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Programs]:
    return lambda system: Programs(tmp_path / "bin", monkeypatch, system)


@pytest.fixture
def macos(programs: Callable[[str], Programs]) -> Programs:
    there = programs("darwin")
    there.add("say", aiff(tone(1.0)), prints=ON_MACOS)
    return there


@pytest.fixture
def windows(programs: Callable[[str], Programs]) -> Programs:
    there = programs("win32")
    there.add("powershell", prints=ON_WINDOWS)
    return there


@pytest.fixture
def linux(programs: Callable[[str], Programs]) -> Programs:
    there = programs("linux")
    there.add("espeak-ng")
    return there


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "nl.onnx"
    path.write_bytes(b"a model")
    path.with_name("nl.onnx.json").write_text("{}")
    return path


def spoken(voice: Voice | None, folder: Path, text: str = TEXT, rate: int = 125) -> Path:
    assert voice
    path = folder / f"spoken{engines.suffix(voice.engine)}"
    voices.speak(voice, text, rate, path)
    return path


def test_on_macos_the_voices_of_the_language_are_there_the_best_first(macos: Programs) -> None:
    assert [voice.name for voice in voices.voices("nl")] == ["Xander", "Ellen", "Eddy (Dutch (Netherlands))"]
    assert [voice.name for voice in voices.voices("en")] == [
        "Zoe (Premium)", "Samantha", "Daniel", "Albert", "Bad News", "Fiona",
    ]  # fmt: skip
    assert voices.choose("nl") == Voice("say", "Xander", "nl")
    assert len(macos.calls("say")) == 1  # asked once
    assert macos.calls("say")[0].arguments == ["-v", "?"]


@pytest.mark.parametrize("kind", [b"", b"sowt", b"NONE"], ids=["AIFF", "AIFF-C, swapped", "AIFF-C"])
def test_macos_s_say_is_given_the_text_over_its_standard_input(macos: Programs, tmp_path: Path, kind: bytes) -> None:
    macos.add("say", aiff(tone(1.0), compressed=kind), prints=ON_MACOS)
    path = spoken(voices.choose("nl"), tmp_path, rate=110)
    call = macos.calls("say")[-1]
    assert call.arguments == ["-v", "Xander", "-r", "110", "-o", str(path), "-f", "-"]
    assert call.stdin.strip() == TEXT
    samples = decode.decode(path.read_bytes(), "spoken")
    assert len(samples) == pytest.approx(RATE, abs=100)
    assert max(samples) == pytest.approx(8000, rel=0.05)


def test_on_windows_everything_comes_over_the_standard_input_and_the_environment(
    windows: Programs, tmp_path: Path
) -> None:
    assert [voice.name for voice in voices.voices("en")] == ["Microsoft David Desktop", "Microsoft Hazel Desktop"]
    assert voices.voices("nl") == []
    path = spoken(voices.choose("en", "microsoft hazel desktop"), tmp_path)
    call = windows.calls("powershell")[-1]
    assert call.arguments[:3] == ["-NoProfile", "-NonInteractive", "-Command"]
    script = call.arguments[3]
    assert all(part in script for part in ("System.Speech", "SelectVoice($env:PSOAS_VOICE)", "OpenStandardInput()"))
    assert "$input" not in script.lower()  # with that PowerShell itself would take what comes over the standard input
    assert not {'"', "\n"} & set(script)  # what a command line of Windows could garble
    assert "knie" not in script
    assert str(path) not in script
    assert call.stdin.strip() == TEXT
    told = {name: value for name, value in call.environment.items() if name.startswith("PSOAS_")}
    assert told == {"PSOAS_VOICE": "Microsoft Hazel Desktop", "PSOAS_RATE": "-3", "PSOAS_FILE": str(path)}


@pytest.mark.parametrize(("rate", "of_windows"), [(60, "-9"), (170, "0"), (300, "5")])
def test_windows_has_a_rate_of_its_own(windows: Programs, tmp_path: Path, rate: int, of_windows: str) -> None:
    spoken(voices.choose("en"), tmp_path, rate=rate)
    assert windows.calls("powershell")[-1].environment["PSOAS_RATE"] == of_windows


def test_espeak_ng_speaks_the_language(linux: Programs, tmp_path: Path) -> None:
    assert voices.voices("nl") == [Voice("espeak-ng", "nl", "nl")]
    path = spoken(voices.choose("nl"), tmp_path)
    (call,) = linux.calls("espeak-ng")
    assert call.arguments == ["-v", "nl", "-s", "125", "-w", str(path), "--stdin"]
    assert call.stdin.strip() == TEXT


@pytest.mark.parametrize("name", ["piper", "piper-tts"])
def test_piper_speaks_with_a_model(linux: Programs, model: Path, name: str) -> None:
    linux.add(name)
    assert [decode.decode(each, "spoken") for each in piper.spoken(model, [TEXT, "a [[slnc 9]]\nb"], 125)]
    (call,) = linux.calls(name)
    assert call.arguments[:3] == ["--model", str(model), "--output_dir"]
    assert call.arguments[4] == "--length_scale"
    assert float(call.arguments[5]) > 1  # slower than it is by itself
    assert call.stdin == f"{TEXT}\na slnc 9 b\n"  # a line is an utterance


def test_what_an_engine_would_obey_is_left_out_and_a_text_is_one_line(linux: Programs, tmp_path: Path) -> None:
    spoken(voices.choose("en"), tmp_path, "Lie down [[slnc 60000]]\nin your\tway")
    assert linux.calls("espeak-ng")[0].stdin == "Lie down slnc 60000 in your way\n"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (None, "Xander"),
        ("say", "Xander"),
        ("say:Ellen", "Ellen"),
        ("ellen", "Ellen"),
        ("Eddy (Dutch (Netherlands))", "Eddy (Dutch (Netherlands))"),
    ],
)
def test_a_voice_is_chosen_by_its_name(macos: Programs, asked: str | None, name: str) -> None:
    assert voices.choose("nl", asked) == Voice("say", name, "nl")
    assert macos.calls("espeak-ng") == []


def test_none_is_none(macos: Programs) -> None:
    assert voices.choose("nl", "none") is None
    macos.add("say", prints="")
    assert voices.choose("nl") is None


@pytest.mark.parametrize("asked", ["Xandr", "espeak-ng", "windows:Microsoft David Desktop", "piper", "\x1b[31m"])
def test_what_is_not_there_is_said_with_what_is(macos: Programs, asked: str) -> None:
    with pytest.raises(PsoasError, match="there is no voice") as caught:
        voices.choose("nl", asked)
    assert "say:Xander" in caught.value.hint
    assert "\x1b" not in caught.value.message
    assert macos.calls("say")


def test_a_model_needs_its_two_files_and_piper(linux: Programs, model: Path) -> None:
    with pytest.raises(PsoasError, match="piper is not installed"):
        voices.choose("nl", f"piper:{model}")
    linux.add("piper")
    assert voices.choose("nl", f"piper:{model}") == Voice("piper", str(model), "nl")
    model.with_name("nl.onnx.json").unlink()
    with pytest.raises(PsoasError, match=r"nl\.onnx\.json"):
        voices.choose("nl", str(model))
    model.unlink()
    with pytest.raises(PsoasError, match=r"there is no file .*nl\.onnx"):
        voices.choose("nl", str(model))


def test_espeak_ng_speaks_only_where_it_is_asked_for(linux: Programs) -> None:
    assert not any(voices.speaks_by_default(voice) for lang in LANGS for voice in voices.voices(lang))
    assert linux.calls("espeak-ng") == []


def test_any_other_voice_speaks_by_itself(macos: Programs, model: Path) -> None:
    macos.add("piper")
    for voice in (voices.choose("nl"), voices.choose("nl", str(model))):
        assert voice
        assert voices.speaks_by_default(voice)


@pytest.mark.parametrize(
    ("asked", "lang", "said"),
    [
        ("say:Xander", "en", "the voice say:Xander speaks Dutch, and this practice is in English"),
        ("samantha", "nl", "the voice samantha speaks English, and this practice is in Dutch"),
        ("say:Thomas", "nl", "the voice say:Thomas speaks fr_FR, and this practice is in Dutch"),
    ],
)
def test_no_voice_speaks_another_language(macos: Programs, asked: str, lang: Lang, said: str) -> None:
    with pytest.raises(PsoasError, match=said):
        voices.choose(lang, asked)
    assert [call.arguments for call in macos.calls("say")] == [["-v", "?"]]


@pytest.mark.parametrize(
    "described",
    [
        {"language": {"code": "nl_BE", "family": "nl"}, "espeak": {"voice": "nl"}},
        {"espeak": {"voice": "nl"}},
        {"language": {"code": "nl_NL"}},
    ],
)
def test_a_model_says_which_language_it_speaks(linux: Programs, model: Path, described: object) -> None:
    linux.add("piper")
    model.with_name("nl.onnx.json").write_text(json.dumps(described))
    assert voices.choose("nl", str(model)) == Voice("piper", str(model), "nl")
    with pytest.raises(PsoasError, match=r"the voice nl\.onnx speaks Dutch, and this practice is in English"):
        voices.choose("en", str(model))


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "\0"])
def test_a_model_with_a_damaged_description_is_told(linux: Programs, model: Path, content: str) -> None:
    linux.add("piper")
    model.with_name("nl.onnx.json").write_text(content)
    with pytest.raises(PsoasError, match="does not describe a piper model"):
        voices.choose("nl", str(model))


LISTED = "Pty Language       Age/Gender VoiceName          File\n 7  nl  --/M  dutch-mbrola-2  mb/mb-nl2\n"


@pytest.fixture
def mbrola(linux: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where mbrola's Dutch voice is; espeak-ng knows of it."""
    linux.add("espeak-ng", prints=LISTED)
    linux.add("mbrola")
    data = tmp_path / "nl2"
    data.touch()
    monkeypatch.setattr(engines, "MBROLA_DATA", data)
    return data


def test_the_voice_of_mbrola_comes_before_espeak_ng_and_speaks_on_request(
    linux: Programs, mbrola: Path, tmp_path: Path
) -> None:
    assert mbrola.exists()
    found = voices.voices("nl")
    assert [voice.written for voice in found] == ["mb-nl2", "espeak-ng"]
    assert not any(map(voices.speaks_by_default, found))
    assert voices.choose("nl") == voices.choose("nl", "mb-nl2") == found[0]
    assert voices.choose("nl", "espeak-ng") == found[1]
    path = spoken(found[0], tmp_path)
    assert linux.calls("espeak-ng")[-1].arguments == ["-v", "mb-nl2", "-s", "125", "-w", str(path), "--stdin"]
    assert [voice.written for voice in voices.voices("en")] == ["espeak-ng"]
    with pytest.raises(PsoasError, match="the voice mb-nl2 speaks Dutch"):
        voices.choose("en", "mb-nl2")


@pytest.mark.parametrize("lacking", ["data", "mbrola", "listing", "espeak-ng"])
def test_the_voice_of_mbrola_needs_all_that_it_is_made_of(linux: Programs, mbrola: Path, lacking: str) -> None:
    if lacking == "data":
        mbrola.unlink()
    elif lacking == "listing":
        linux.add("espeak-ng")
    else:
        linux.remove(lacking)
    with pytest.raises(PsoasError, match="mb-nl2 is not installed") as caught:
        voices.choose("nl", "mb-nl2")
    assert "sudo apt install mbrola mbrola-nl2 espeak-ng" in caught.value.hint


def test_an_engine_that_fails_is_told_with_its_own_words(linux: Programs, tmp_path: Path) -> None:
    linux.add("espeak-ng", code=1, complaint="Traceback\n\x1b[31mno phoneme table\n\n")
    with pytest.raises(PsoasError, match=r"the voice espeak-ng failed: .*no phoneme table") as caught:
        spoken(voices.choose("nl"), tmp_path)
    assert caught.value.exit_code == 1
    assert "\x1b" not in caught.value.message


def test_an_engine_that_leaves_nothing_has_failed(programs: Callable[[str], Programs], tmp_path: Path) -> None:
    there = programs("linux")
    there.add("espeak-ng")
    (tmp_path / "bin" / "espeak-ng.sound").write_bytes(b"")
    with pytest.raises(PsoasError, match="failed"):
        spoken(voices.choose("nl"), tmp_path)


def test_an_engine_that_hangs_is_not_waited_for(
    linux: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "SPEAKING", 0.2)
    linux.add("espeak-ng", seconds=30)
    with pytest.raises(PsoasError, match=r"did not answer in 0\.2 seconds"):
        spoken(voices.choose("nl"), tmp_path)


def test_an_engine_that_cannot_be_started_is_told(linux: Programs, tmp_path: Path) -> None:
    voice = voices.choose("nl")
    assert linux.calls("espeak-ng") == []
    linux.remove("espeak-ng")
    with pytest.raises(PsoasError, match="cannot be started"):
        spoken(voice, tmp_path)
