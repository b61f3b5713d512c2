"""Clips that are kept: found again, made anew where damaged, bounded, and never a reason to fail."""

from __future__ import annotations

import os
import random
import wave
from array import array
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from tests.audio.programs import tone
from tests.systems import make_link, make_pipe

from psoas_cli.audio.decode import decode
from psoas_cli.audio.tts import cache
from psoas_cli.audio.tts.cache import ClipCache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from psoas_cli.audio.clip import Clip
    from psoas_cli.audio.samples import Samples

CLIP = tone(0.2)


def samples(clip: Clip | None) -> Samples:
    assert clip
    assert clip.frames == len(clip.decoded())
    return clip.decoded()


def test_what_is_no_file_in_the_place_of_a_clip_is_none(tmp_path: Path) -> None:
    clips = ClipCache(tmp_path)
    clips.put(["a"], CLIP)
    (file,) = tmp_path.iterdir()
    file.unlink()
    make_pipe(file)
    assert clips.get(["a"]) is None
    file.unlink()
    make_link(file, "/dev/zero")
    assert clips.get(["a"]) is None


def test_a_clip_is_found_by_what_it_was_made_from(tmp_path: Path) -> None:
    clips = ClipCache(tmp_path / "speech")
    assert clips.get(["say", "Xander", 125, "Ga liggen"]) is None
    clips.put(["say", "Xander", 125, "Ga liggen"], CLIP)
    assert samples(clips.get(["say", "Xander", 125, "Ga liggen"])) == CLIP
    assert clips.get(["say", "Xander", 110, "Ga liggen"]) is None
    assert samples(ClipCache(tmp_path / "speech").get(["say", "Xander", 125, "Ga liggen"])) == CLIP
    assert [file.suffix for file in (tmp_path / "speech").iterdir()] == [".wav"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1000],
        lambda content: content[:-1001],
        lambda content: content[:20],
        lambda _: b"",
        lambda content: b"\0" * len(content),
        lambda content: content[:44] + b"\0" * (len(content) - 44),
        lambda content: content[:60] + random.Random(1).randbytes(2_000) + content[2_060:],
        lambda content: content[:-13] + bytes([content[-13] ^ 1]) + content[-12:],
        lambda content: content[:-12],
        lambda content: content[:12] + b"LIST\xff\xff\xff\x7f" + content[12:],
        lambda content: content.replace((48_000).to_bytes(4, "little"), (44_100).to_bytes(4, "little"), 1),
    ],
    ids=[
        "cut off",
        "cut in a sample",
        "cut in its head",
        "empty",
        "zeros",
        "a silent body",
        "noise within",
        "one bit",
        "without a seal",
        "a part too long",
        "another rate",
    ],
)
def test_a_damaged_one_is_none(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    clips = ClipCache(tmp_path)
    clips.put(["a"], CLIP)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert clips.get(["a"]) is None
    clips.put(["a"], CLIP)
    assert samples(clips.get(["a"])) == CLIP


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    clips = ClipCache(tmp_path / "file" / "speech")
    clips.put(["a"], CLIP)
    clips.tidy()
    assert clips.get(["a"]) is None


def test_what_was_unused_the_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clips = ClipCache(tmp_path)
    for age, name in enumerate("abc"):
        before = set(tmp_path.iterdir())
        clips.put([name], CLIP)
        (new,) = set(tmp_path.iterdir()) - before
        os.utime(new, (1000 + age, 1000 + age))
    assert samples(clips.get(["a"])) == CLIP  # used just now
    monkeypatch.setattr(cache, "LARGEST", 2 * new.stat().st_size)
    ClipCache(tmp_path).tidy()
    assert [clips.get([name]) is not None for name in "abc"] == [True, False, True]


def test_what_a_practice_needs_stays_even_if_it_is_more_than_there_is_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = ClipCache(tmp_path)
    monkeypatch.setattr(cache, "LARGEST", 0)
    made = [clips.put([name], CLIP) for name in "abc"]
    clips.tidy()
    assert [each.decoded() for each in made] == [CLIP] * 3
    ClipCache(tmp_path).tidy()
    assert not list(tmp_path.iterdir())


def test_several_may_write_the_same_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ClipCache(tmp_path).put(["a"], CLIP), range(20)))
    assert samples(ClipCache(tmp_path).get(["a"])) == CLIP
    assert len(list(tmp_path.iterdir())) == 1


def test_a_clip_that_is_kept_can_be_played_by_other_programs(tmp_path: Path) -> None:
    ClipCache(tmp_path).put(["a"], CLIP)
    (file,) = tmp_path.iterdir()
    with wave.open(str(file), "rb") as sound:
        assert array("h", sound.readframes(sound.getnframes())) == CLIP
    assert decode(file.read_bytes(), "clip") == CLIP
