"""What a voice pack is made of: each text that psoas says, calm, as loud as the set, and silent at its ends.

Needs the extra `make`.
"""

# ruff: noqa: RUF001 - the extra is asked for first, and the phonetic alphabet has letters that look like others

from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("scipy")
pytest.importorskip("soundfile")

import numpy as np

import kokoro
import make_voice
import pronunciation
from psoas_cli.audio.decode import decode
from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.samples import RATE
from psoas_cli.audio.tts.pack import About, read_pack
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import everything
from psoas_cli.practice.score.speech import Words
from synthesis import Signal
from utterance import CLIP_RATE, Break, Utterance, calmed, clip_of


def hum(seconds: float) -> Signal:
    """A hum that rises and falls softly."""
    time = np.arange(int(seconds * CLIP_RATE)) / CLIP_RATE
    return 0.3 * np.sin(2 * np.pi * 180 * time) * np.sin(np.pi * time / seconds)


def two_sentences(pause: float) -> Utterance:
    """Half a second of sound, *pause* seconds of silence, and half a second of sound."""
    first, silent = hum(0.5), np.zeros(int(pause * CLIP_RATE))
    around = Break(".", first.size - 2000, first.size + silent.size + 100)
    return Utterance(np.concatenate([first, silent, hum(0.5)]), CLIP_RATE, (around,))


class Hummer:
    """An engine that hums, and remembers what it was asked; it fails at one text."""

    def __init__(self, fails_at: str = "") -> None:
        self.asked: list[str] = []
        self._fails_at = fails_at

    def identity(self, text: str) -> str:
        return f"hum-{len(text)}"

    def say(self, text: str) -> Utterance:
        if text == self._fails_at:
            raise PsoasError("out of breath", "try again")
        self.asked.append(text)
        return Utterance(hum(0.2 + 0.05 * len(text)), CLIP_RATE, ())


def maker(engine: Hummer, name: str = "hum", papers: Mapping[str, bytes] | None = None) -> make_voice.Maker:
    return make_voice.Maker(About(name, "Hum", "en"), engine, papers or {})


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said = ["Come onto your back.", "Left hip", "There is time."]
    monkeypatch.setattr(make_voice, "everything", lambda _lang: [Words(text) for text in said])
    return said


# -- the pack


def test_a_pack_has_a_clip_of_each_text_as_long_as_its_index_says(texts: list[str], tmp_path: Path) -> None:
    make_voice.make(tmp_path, maker(Hummer(), papers={"NOTICE": b"who spoke"}))
    pack = read_pack(tmp_path)
    pack.check()
    assert [entry.text for entry in pack.entries.values()] == texts
    assert (tmp_path / "NOTICE").read_bytes() == b"who spoke"
    minutes = sum(entry.frames for entry in pack.entries.values()) / RATE / 60
    assert pack.about.pace == round(9 / minutes)


def test_bringing_a_pack_up_to_date_speaks_what_is_new_and_removes_what_is_gone(
    texts: list[str], tmp_path: Path
) -> None:
    make_voice.make(tmp_path, maker(Hummer()))
    texts[1:] = ["There is time.", "Right hip"]
    engine = Hummer()
    make_voice.make(tmp_path, maker(engine))
    pack = read_pack(tmp_path)
    assert engine.asked == ["Right hip"]
    assert [entry.text for entry in pack.entries.values()] == texts
    assert {f"clips/{file.name}" for file in (tmp_path / "clips").iterdir()} == {e.file for e in pack.entries.values()}


def test_a_clip_that_was_deleted_is_made_anew(texts: list[str], tmp_path: Path) -> None:
    make_voice.make(tmp_path, maker(Hummer()))
    (tmp_path / list(read_pack(tmp_path).entries.values())[1].file).unlink()
    engine = Hummer()
    make_voice.make(tmp_path, maker(engine))
    assert engine.asked == [texts[1]]
    read_pack(tmp_path).check()


def test_what_was_spoken_before_something_went_wrong_is_kept(texts: list[str], tmp_path: Path) -> None:
    with pytest.raises(PsoasError, match="out of breath"):
        make_voice.make(tmp_path, maker(Hummer(fails_at=texts[2])))
    engine = Hummer()
    make_voice.make(tmp_path, maker(engine))
    assert engine.asked == texts[2:]
    read_pack(tmp_path).check()


@pytest.mark.usefixtures("texts")
def test_the_pack_of_another_voice_is_left_alone(tmp_path: Path) -> None:
    make_voice.make(tmp_path, maker(Hummer()))
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(PsoasError, match='holds the voice "hum"'):
        make_voice.make(tmp_path, maker(Hummer(), name="drone"))
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_clips_can_be_made_anew_without_the_engine_speaking_again(texts: list[str], tmp_path: Path) -> None:
    engine = Hummer()
    make_voice.make(tmp_path / "pack", maker(engine), kept=tmp_path / "kept")
    before = read_pack(tmp_path / "pack").entries
    make_voice.make(tmp_path / "pack", maker(engine), kept=tmp_path / "kept", anew=True)
    assert engine.asked == texts
    assert read_pack(tmp_path / "pack").entries == before


# -- a clip


@pytest.mark.parametrize("seconds", [0.4, 3.0])
def test_a_clip_is_as_loud_as_the_set_and_begins_and_ends_in_silence(seconds: float) -> None:
    silent = np.zeros(CLIP_RATE // 2)
    said = Utterance(np.concatenate([silent, 0.05 * hum(seconds), silent]), CLIP_RATE, ())
    clip = clip_of(said, "a hum")
    decoded = decode(clip.content, "a hum")
    assert clip.frames == len(decoded)
    assert decoded[0] == decoded[-1] == 0
    assert integrated(decoded) == pytest.approx(-20, abs=0.3)
    assert seconds - 0.2 < clip.frames / RATE < seconds + 0.25


def test_saying_nothing_is_an_error() -> None:
    with pytest.raises(PsoasError, match="nothing is silent"):
        clip_of(Utterance(np.zeros(CLIP_RATE), CLIP_RATE, ()), "nothing")


@pytest.mark.parametrize("pause", [0.2, 0.6])
def test_a_pause_between_sentences_lasts_most_of_a_second(pause: float) -> None:
    heard = calmed(two_sentences(pause))
    silent = np.abs(heard) < 0.01
    longest = max(len(run) for run in "".join(" x"[int(each)] for each in silent).split())
    assert longest / CLIP_RATE == pytest.approx(0.9, abs=0.1)


def test_a_pause_that_is_long_enough_is_left_alone() -> None:
    said = two_sentences(1.2)
    assert np.array_equal(calmed(said), said.signal)


def test_nothing_is_inserted_where_the_voice_speaks_on() -> None:
    signal = 0.3 * np.sin(2 * np.pi * 180 * np.arange(CLIP_RATE) / CLIP_RATE)
    said = Utterance(signal, CLIP_RATE, (Break(",", 9000, 12000),))
    assert np.array_equal(calmed(said), signal)


# -- how Kokoro speaks


def test_only_what_is_no_part_of_a_pause_is_drawn_out() -> None:
    slow, at_pauses = 0.65, 0.9
    assert kokoro.speeds("ˈaɪ, mˈaʊθ") == [slow, slow, *[at_pauses] * 3, *[slow] * 4, at_pauses]


def test_many_small_words_are_spoken_more_slowly() -> None:
    small, large = "tˈuː biː ɔːɹ nˈɑːt tə bˈiː, ɪt ɪz", "ɹᵻklˈaɪnɪŋ bˈʌɾɚflaɪ ɹˈɛstɪŋ kəmplˈiːtli ˌɑːntʊ kˈʊʃənz"
    assert kokoro.speed_of(small) < kokoro.speed_of(f"{large} {large}")


def test_pauses_lie_where_the_marks_are() -> None:
    lengths = np.array([10, 2, 3, 4, 1, 5, 6, 1, 9])  # silence, the sounds, silence
    assert kokoro.breaks("aɪ, oʊ.", lengths) == (Break(",", 12 * 600, 20 * 600),)


def test_words_that_engines_do_not_know_are_put_right() -> None:
    assert pronunciation.respelt("4-7-8 breath.") == "four, seven, eight breath."
    assert pronunciation.resounded("ðə sˈoʊəz") == "ðə sˈoʊæs"


def test_sounds_of_their_own_are_given_to_texts_that_are_said() -> None:
    assert set(pronunciation.BY_TEXT) <= {words.text for words in everything("en")}
