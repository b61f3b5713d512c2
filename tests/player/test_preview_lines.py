"""The preview in lines: told once, and then what each key does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.player.test_lines import SIGNS, TIME_OF_DAY
from tests.player.test_preview import Person, Silence, facts, practice

from psoas_cli.player.adaptation import adapted
from psoas_cli.player.preview import Preview
from psoas_cli.player.preview_lines import PreviewLines
from psoas_cli.player.sentences import facts_sentences
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from psoas_cli.practice.model.sequence import Sequence


def told(sequence: Sequence, lang: Lang, *keys: str, note: str = "", **more: Any) -> list[list[str]]:
    """What is told: at first, and after each of the *keys*."""
    found: list[list[str]] = [[]]
    sound: Any = Silence()
    sound.bell = lambda *_: None
    known = facts(sequence, lang, **more)

    class Listener(Person):
        def events(self, timeout: float | None) -> list[str]:
            if timeout is not None and timeout > 0:
                found.append([])
            return super().events(timeout)

    timeline = adapted(sequence, None, ()).timeline
    preview = Preview(
        known, timeline, sound, "bowl", spoken=None, sound_note=note, ends_at=lambda: "21:45", clock=lambda: 0.0
    )
    opening = facts_sentences(known, "21:45")
    preview.run(Listener((80, 24), list(keys)), PreviewLines(lambda *lines: found[-1].extend(lines), opening))
    return found[: len(keys) + 1]


@pytest.mark.parametrize("lang", LANGS)
def test_the_plan_is_told_in_sentences(lang: Lang) -> None:
    said = {
        "en": (
            "45 minutes, ending at 21:45.",
            "Baby dragon, two sides, 2 minutes 45 seconds each.",
            "Sphinx, 2 minutes",
        ),
        "nl": (
            "45 minuten, klaar om 21:45.",
            "Babydraak, twee kanten, elk 2 minuten en 45 seconden.",
            "Sfinx, 2 minuten",
        ),
    }[lang]
    first = told(Library(lang).sequence("yin"), lang)[0]
    for each in said:
        assert any(line.startswith(each) for line in first), each
    left = told(Library(lang).sequence("yin"), lang, position=1335.0)[0]
    assert not any(line.startswith(("Baby dragon", "Babydraak")) for line in left)
    assert any(re.search("22 minut(es|en en) 45 second", line) for line in left)


@pytest.mark.parametrize("lang", LANGS)
def test_each_key_is_answered_in_words(lang: Lang) -> None:
    keys = ["?", "c", "i", "right", "esc", "b", "m", "up", "v", "x"]
    for said in (told(practice(), lang, *keys), told(practice(), lang, *keys, note="Silent here")):
        assert all(said), [key for key, lines in zip(["", *keys], said, strict=True) if not lines]
        for line in (line for lines in said for line in lines):
            assert not SIGNS.search(TIME_OF_DAY.sub("", line)), line


def test_a_page_covers_nothing_and_enter_begins_after_it() -> None:
    first, keys, again = told(practice(), "en", "?", "?")
    assert keys == again
    assert first[-1].startswith("Press Enter to begin")
