"""The script: which texts are recorded, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.audio.speech import babble

from psoas_cli.cli.context import Context
from psoas_cli.commands.record.own_pack import own_pack
from psoas_cli.commands.record.script import script_of
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import everything
from psoas_cli.practice.model.text import LANGS, Lang

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
title: Own
language: nl
lead-in: 10s
steps:
  - name: {{en: Lying, nl: Liggen}}
    hold: 3m
    say:
      - {{at: 30s, text: {{en: Only here., nl: Alleen hier.}}}}
      - {{at: 60s, text: {{en: Mine., nl: Mijn eigen.}}, audio: mine.wav}}
      - {{at: 90s, text: {{{only}}}}}
  - rest: 2m
"""


def own(home: Path, only: str) -> str:
    path = home / "own.yaml"
    path.write_text(OWN.format(only=only), "utf-8")
    return str(path)


@pytest.mark.parametrize("lang", LANGS)
def test_a_practice_is_recorded_in_its_own_order_each_text_once(home: Path, lang: Lang) -> None:
    texts = script_of(Context(lang), "yin-short").texts
    first = {"en": ("Come to your mat. There is time.", "Come onto your back."), "nl": ("Kom naar je mat.", "Kom op")}
    assert texts[0].startswith(first[lang][0])
    assert texts[1].startswith(first[lang][1])
    assert len(texts) == len(set(texts)) > 60
    assert {path.name for path in home.iterdir()} <= {"readings"}  # what can be made again


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("home")
def test_without_a_name_it_is_everything_that_psoas_says(lang: Lang) -> None:
    texts = script_of(Context(lang), None).texts
    assert set(texts) == {words.text for words in everything(lang)}
    assert set(script_of(Context(lang), "yin").texts) <= set(texts)


def test_what_has_a_recording_or_is_in_one_language_alone_is_left_out(home: Path) -> None:
    texts = {lang: script_of(Context(lang), own(home, "nl: Nederlands.")).texts for lang in LANGS}
    assert {"Only here."} == {"Only here.", "Mine.", "Nederlands."} & set(texts["en"])
    assert {"Alleen hier.", "Nederlands."} == {"Alleen hier.", "Mijn eigen.", "Nederlands."} & set(texts["nl"])


def test_what_a_person_takes_care_with_is_recorded_and_so_is_the_practice_as_written(home: Path) -> None:
    plain = script_of(Context("en"), "yin").texts
    (home / "config.yaml").write_text("care: [knees]\n", "utf-8")
    cared = script_of(Context("en"), "yin").texts
    assert set(plain) < set(cared)


@pytest.mark.usefixtures("home")
def test_the_time_for_a_text_depends_on_how_long_the_others_are() -> None:
    script = script_of(Context("en"), "yin-short")
    text = "Child's pose."
    usual = script.time_for(text, lambda _: None)
    assert usual is not None
    slow = script.time_for(text, lambda other: 12.0 if other.startswith("Bring your seat") else None)
    assert slow is not None
    assert slow < usual
    assert script.time_for("A breath or two more here.", lambda _: None) is None  # nobody moves then


@pytest.mark.usefixtures("home")
def test_how_long_a_text_lasts_is_known_once_it_is_recorded() -> None:
    pack = own_pack(None, "en", None)
    pack.keep("Text.", babble(0.5))
    assert own_pack(None, "en", None).seconds("Text.") == 0.5


@pytest.mark.usefixtures("home")
def test_a_practice_that_is_not_there_is_said_like_everywhere() -> None:
    with pytest.raises(PsoasError, match='there is no practice "yim", did you mean yin'):
        script_of(Context("en"), "yim")
