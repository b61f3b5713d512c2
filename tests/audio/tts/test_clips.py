"""What is spoken is ready before a practice, and kept: recordings, or the voice; and no voice holds up a practice."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pytest
from tests.audio.programs import Programs, tone, wav
from tests.systems import make_program

from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.samples import RATE
from psoas_cli.audio.tts import clips, voices
from psoas_cli.audio.tts.clips import Ready, ready
from psoas_cli.audio.tts.voices import Voice
from psoas_cli.errors import PsoasError
from psoas_cli.practice.score.speech import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from psoas_cli.audio.samples import Samples
    from psoas_cli.practice.model.text import Lang

PYTHON = sys.executable  # which Programs hides
ESPEAK = Voice("espeak-ng", "nl", "nl")
HERE, THERE = Words("Ga liggen"), Words("Blijf liggen")


@pytest.fixture
def linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    programs = Programs(tmp_path / "bin", monkeypatch)
    programs.add("espeak-ng")
    return programs


def heard(made: Ready) -> dict[Words, Samples]:
    return {words: clip.decoded() for words, clip in made.clips.items()}


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Ready]:
    """Makes clips ready, kept in a folder of the test's own."""

    def made(
        *words: Words,
        voice: Voice | None = ESPEAK,
        rate: int = 125,
        told: object = None,
        skipped: Callable[[], bool] = lambda: False,
    ) -> Ready:
        steps = told if isinstance(told, list) else []
        return ready(words, voice, rate, tmp_path / "speech", lambda *counts: steps.append(counts), skipped=skipped)

    return made


def test_a_voice_speaks_each_text_once_and_as_loud_as_the_bowls(linux: Programs, make: Callable[..., Ready]) -> None:
    made = make(HERE, THERE, HERE)
    assert made.failures == {}
    assert set(made.clips) == {HERE, THERE}
    assert integrated(made.clips[HERE].decoded()) == pytest.approx(-20, abs=1)
    assert made.clips[HERE].decoded()[0] == made.clips[HERE].decoded()[-1] == 0
    assert sorted(call.stdin.strip() for call in linux.calls("espeak-ng")) == ["Blijf liggen", "Ga liggen"]


def test_what_was_spoken_is_kept_until_something_about_it_changes(linux: Programs, make: Callable[..., Ready]) -> None:
    first = heard(make(HERE, THERE))
    steps: list[tuple[int, int]] = []
    assert heard(make(HERE, THERE, told=steps)) == first
    assert steps == []
    assert len(linux.calls("espeak-ng")) == 2
    make(HERE, rate=110)
    make(HERE, voice=Voice("espeak-ng", "en", "en"))
    assert len(linux.calls("espeak-ng")) == 4


def test_another_model_at_the_same_place_speaks_anew(
    linux: Programs, make: Callable[..., Ready], tmp_path: Path
) -> None:
    linux.add("piper")
    (tmp_path / "nl.onnx").write_bytes(b"a model")
    voice = Voice("piper", str(tmp_path / "nl.onnx"), "nl")
    make(HERE, voice=voice)
    make(HERE, voice=voice)
    (tmp_path / "nl.onnx").write_bytes(b"a better model")
    make(HERE, voice=voice)
    assert len(linux.calls("piper")) == 2


TEXTS_OF_A_PRACTICE = [Words(f"Tekst {number}") for number in range(12)]


@pytest.fixture
def piper(linux: Programs, tmp_path: Path) -> Voice:
    """A voice of piper's, which is not there yet."""
    assert not linux.calls("piper")
    (tmp_path / "nl.onnx").write_bytes(b"a model")
    return Voice("piper", str(tmp_path / "nl.onnx"), "nl")


def test_piper_is_started_once_for_all_texts_of_a_practice(
    linux: Programs, make: Callable[..., Ready], piper: Voice
) -> None:
    linux.add("piper")
    steps: list[tuple[int, int]] = []
    foreign = Words("In another language", foreign=True)
    made = make(*TEXTS_OF_A_PRACTICE, foreign, voice=piper, told=steps)
    (call,) = linux.calls("piper")
    assert set(made.clips) == set(TEXTS_OF_A_PRACTICE)
    assert (made.failures, made.skipped) == ({}, ())
    assert call.stdin.splitlines() == [words.text for words in TEXTS_OF_A_PRACTICE]
    assert steps == [(number, 12) for number in range(13)]
    assert make(*TEXTS_OF_A_PRACTICE, foreign, voice=piper).clips.keys() == made.clips.keys()
    assert len(linux.calls("piper")) == 1


def test_each_text_gets_its_own_sound(
    linux: Programs, make: Callable[..., Ready], piper: Voice, tmp_path: Path
) -> None:
    lengths = {words: 0.5 + 0.1 * number for number, words in enumerate(TEXTS_OF_A_PRACTICE)}
    folder = tmp_path / "sounds"
    folder.mkdir()
    for words, seconds in lengths.items():
        (folder / f"{words.text}.wav").write_bytes(wav(tone(seconds)))
    linux.add("piper", sounds=folder)
    made = make(*TEXTS_OF_A_PRACTICE, voice=piper)
    for words, seconds in lengths.items():
        assert made.clips[words].seconds == pytest.approx(seconds, abs=0.05)


@pytest.fixture
def impatient(linux: Programs, monkeypatch: pytest.MonkeyPatch) -> Programs:
    monkeypatch.setattr("psoas_cli.audio.tts.piper.PATIENCE", 3)
    return linux


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ({"lines": 5, "code": 1, "complaint": "Traceback\n\x1b[31mout of memory\n"}, r"failed: .*out of memory"),
        ({"lines": 5}, "ended before it had spoken"),
        ({"lines": 5, "seconds": 30}, r"did not answer in 3 seconds"),
    ],
    ids=["dies", "writes too few", "hangs"],
)
def test_what_piper_spoke_before_it_failed_is_heard(
    impatient: Programs, make: Callable[..., Ready], piper: Voice, trouble: Any, said: str
) -> None:
    linux = impatient
    linux.add("piper", **trouble)
    made = make(*TEXTS_OF_A_PRACTICE, voice=piper)
    assert set(made.clips) in (set(TEXTS_OF_A_PRACTICE[:4]), set(TEXTS_OF_A_PRACTICE[:5]))
    assert set(made.failures) == set(TEXTS_OF_A_PRACTICE) - set(made.clips)
    (why,) = {error.message for error in made.failures.values()}
    assert re.search(said, why)
    assert "\x1b" not in why
    linux.add("piper")
    again = make(*TEXTS_OF_A_PRACTICE, voice=piper)
    assert set(again.clips) == set(TEXTS_OF_A_PRACTICE)
    spoken = linux.calls("piper")[-1].stdin.splitlines()
    assert spoken == [words.text for words in made.failures]


@pytest.mark.parametrize(
    "spoil",
    [
        "os.symlink('/nowhere', path)",
        "open(path, 'w').close(); os.unlink(path)",
        "shutil.rmtree(folder)",
        "os.mkdir(path)",
    ],
    ids=["dangling", "gone", "no folder", "a folder"],
)
def test_a_file_of_piper_s_that_is_none_costs_its_voice_alone(
    make: Callable[..., Ready], piper: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    monkeypatch.setattr("psoas_cli.audio.tts.piper.PATIENCE", 0.3)
    program = tmp_path / "bin" / "piper"
    make_program(
        program,
        f"import os, shutil, sys\nfolder = sys.argv[sys.argv.index('--output_dir') + 1]\n"
        f"for number, _ in enumerate(sys.stdin):\n    path = os.path.join(folder, f'{{number:05}}.wav')\n    {spoil}\n",
        PYTHON,
    )
    made = make(*TEXTS_OF_A_PRACTICE, voice=piper)
    assert not made.clips
    assert set(made.failures) == set(TEXTS_OF_A_PRACTICE)


def test_a_file_of_piper_s_that_goes_away_is_not_replaced_by_that_of_another_text(
    linux: Programs, make: Callable[..., Ready], piper: Voice
) -> None:
    linux.add("piper")
    linux.change(
        "piper",
        "        with open(path",
        "        if number == 1:\n            os.unlink(before)\n        before = path\n        with open(path",
    )
    made = make(*TEXTS_OF_A_PRACTICE, voice=piper)
    assert not made.clips
    assert "cannot be read" in made.failures[TEXTS_OF_A_PRACTICE[0]].message


@pytest.mark.parametrize("voice", ["piper", "espeak-ng"])
def test_too_little_memory_for_a_clip_costs_that_alone(
    linux: Programs, make: Callable[..., Ready], piper: Voice, monkeypatch: pytest.MonkeyPatch, voice: str
) -> None:
    linux.add(voice)

    def refuse(*_: object) -> Samples:
        raise MemoryError

    monkeypatch.setattr(clips, "fitted_speech", refuse)
    made = make(HERE, voice=piper if voice == "piper" else ESPEAK)
    assert "memory" in made.failures[HERE].message


@pytest.mark.parametrize("name", ["piper", "espeak-ng"])
def test_a_person_can_go_on_with_what_is_ready(
    linux: Programs, make: Callable[..., Ready], piper: Voice, name: str
) -> None:
    linux.add(name, lines=5, seconds=30) if name == "piper" else linux.add(name)
    steps: list[tuple[int, int]] = []
    voice = piper if name == "piper" else ESPEAK
    made = make(*TEXTS_OF_A_PRACTICE, voice=voice, told=steps, skipped=lambda: len(steps) > 3)
    assert 3 <= len(made.clips) < 12
    assert made.failures == {}
    assert {*made.clips, *made.skipped} == set(TEXTS_OF_A_PRACTICE)


def test_who_gives_up_waiting_leaves_nothing_behind(
    linux: Programs, make: Callable[..., Ready], piper: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linux.add("piper", lines=0, seconds=30)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))

    def interrupted() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(HERE, voice=piper, skipped=interrupted)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_how_far_it_is_is_told(linux: Programs, make: Callable[..., Ready]) -> None:
    steps: list[tuple[int, int]] = []
    make(HERE, THERE, told=steps)
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert len(linux.calls("espeak-ng")) == 2


@pytest.mark.parametrize("voice", [ESPEAK, None])
def test_a_recording_takes_the_voice_s_place(
    linux: Programs, make: Callable[..., Ready], tmp_path: Path, voice: Voice | None
) -> None:
    recorded = tmp_path / "mijn stem.wav"
    recorded.write_bytes(wav(tone(0.3, 0) + tone(0.5, 500) + tone(0.3, 0)))
    words = Words("Ga liggen", str(recorded))
    clip = make(words, voice=voice).clips[words].decoded()
    assert integrated(clip) == pytest.approx(-20, abs=1)
    assert 0.5 <= len(clip) / RATE < 0.8
    assert linux.calls("espeak-ng") == []
    recorded.write_bytes(wav(tone(2.0, 500)))
    assert make(words, voice=voice).clips[words].frames > 1.9 * RATE


def test_a_recording_is_fitted_when_it_is_needed_and_its_length_is_known_before(
    make: Callable[..., Ready], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips, "_fit", lambda _: None)  # there is no time before it is needed
    (tmp_path / "mine.wav").write_bytes(wav(tone(0.3, 0) + tone(0.5, 500)))
    (tmp_path / "gone.wav").write_bytes(wav(tone(0.6, 500)))
    mine, gone = (Words("", str(tmp_path / name)) for name in ("mine.wav", "gone.wav"))
    made = make(mine, gone, voice=None)
    assert not (tmp_path / "speech").exists()
    (tmp_path / "gone.wav").unlink()
    with pytest.raises(PsoasError, match=r"gone\.wav cannot be read"):
        made.clips[gone].decoded()
    fitted = made.clips[mine].decoded()
    assert len(fitted) == made.clips[mine].frames
    assert made.clips[mine].decoded() == fitted
    assert make(mine, voice=None).clips[mine].decoded() == fitted
    assert len(list((tmp_path / "speech").iterdir())) == 1


def test_a_person_can_go_on_without_all_recordings(make: Callable[..., Ready], tmp_path: Path) -> None:
    (tmp_path / "mine.wav").write_bytes(wav(tone(0.5, 500)))
    words = Words("", str(tmp_path / "mine.wav"))
    assert make(words, voice=None, skipped=lambda: True) == Ready({}, {}, (words,))


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), (b"no sound at all", "not a readable sound file"), (wav(tone(1, 0)), "silent")],
    ids=["missing", "text", "silent"],
)
def test_a_bad_recording_is_told_before_the_practice(
    linux: Programs, make: Callable[..., Ready], tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "mine.wav").write_bytes(content)
    with pytest.raises(PsoasError, match=rf"mine\.wav .*{said}") as caught:
        make(HERE, Words("", str(tmp_path / "mine.wav")))
    assert caught.value.exit_code == 2
    assert len(linux.calls("espeak-ng")) <= 1


def test_where_there_is_nothing_to_say_nothing_is_said(linux: Programs, make: Callable[..., Ready]) -> None:
    assert make(Words(""), Words("  "), Words("…")) == Ready({}, {})
    assert make(HERE, voice=None) == Ready({}, {})
    assert linux.calls("espeak-ng") == []


def test_a_voice_that_fails_is_given_up_and_recordings_are_heard_all_the_same(
    linux: Programs, make: Callable[..., Ready], tmp_path: Path
) -> None:
    linux.add("espeak-ng", code=1, complaint="no data")
    (tmp_path / "mine.wav").write_bytes(wav(tone(1.0)))
    recorded = Words("", str(tmp_path / "mine.wav"))
    texts = [Words(f"Tekst {number}") for number in range(20)]
    made = make(*texts, recorded)
    assert set(made.clips) == {recorded}
    assert set(made.failures) == set(texts)
    assert "no data" in made.failures[texts[0]].message
    assert len(linux.calls("espeak-ng")) <= 4


def test_what_cannot_be_kept_is_heard(linux: Programs, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    made = ready([HERE], ESPEAK, 125, tmp_path / "file" / "speech", lambda *_: None)
    assert set(made.clips) == {HERE}
    assert len(linux.calls("espeak-ng")) == 1


def test_a_damaged_clip_is_made_anew(linux: Programs, make: Callable[..., Ready], tmp_path: Path) -> None:
    first = heard(make(HERE))
    (file,) = (tmp_path / "speech").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    assert heard(make(HERE)) == first
    assert heard(make(HERE)) == first
    assert len(linux.calls("espeak-ng")) == 2


TEXTS = {
    "en": ("Rest.", "Baby dragon, right side. Less is always possible."),
    "nl": ("Rust.", "Kleine draak, rechterkant. Minder mag altijd."),
}


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("rate", [90, 220])
def test_a_real_voice_is_as_loud_as_the_bowls_and_begins_at_once(
    make: Callable[..., Ready], lang: Lang, rate: int
) -> None:
    made = make(*map(Words, TEXTS[lang]), voice=voices.choose(lang, "espeak-ng"), rate=rate)
    assert made.failures == {}
    assert len(made.clips) == 2
    for clip in (each.decoded() for each in made.clips.values()):
        assert integrated(clip) == pytest.approx(-20, abs=1)
        loudest = max(map(abs, clip))
        assert next(i for i, sample in enumerate(clip) if abs(sample) > loudest / 100) <= 0.1 * RATE
        assert clip[0] == clip[-1] == 0


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
def test_a_real_voice_speaks_slower_where_it_is_asked_to(make: Callable[..., Ready]) -> None:
    slow, quick = (make(Words(TEXTS["en"][1]), voice=voices.choose("en", "espeak-ng"), rate=rate) for rate in (90, 180))
    lengths = [clip.frames for made in (slow, quick) for clip in made.clips.values()]
    assert lengths[0] > 1.5 * lengths[1]
