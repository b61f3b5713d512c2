"""Between positions: that every way is told, in both languages, over the side and unhurried."""

import re
from itertools import product

import pytest
from tests.practice.test_language import avoided_in

from psoas_cli.practice.model.positions import POSITIONS, Position, mirrored, seconds, sentence
from psoas_cli.practice.model.text import LANGS

HERE: list[Position | None] = [None, *POSITIONS]
WAYS = [(here, there) for here, there in product(HERE, POSITIONS) if here != there]
LYING: tuple[Position, ...] = ("back", "belly", "left-side", "right-side")


@pytest.mark.parametrize(("here", "there"), WAYS)
def test_every_way_is_told_in_a_sentence_or_two(here: Position | None, there: Position) -> None:
    text = sentence(here, there)
    for lang in LANGS:
        said = getattr(text, lang)
        assert said.endswith(".")
        assert said.count(".") + said.count(";") <= 2
        assert len(said.split()) <= 25
        assert not avoided_in(said, lang)
    assert ("[right]" in text.en, "[left]" in text.en) == ("[rechter]" in text.nl, "[linker]" in text.nl)
    assert not re.search(r"(?<!\[)\b(?:left|right|linker|rechter)", text.en) or "side" in there
    assert 5 <= seconds(here, there) <= 40


@pytest.mark.parametrize("position", POSITIONS)
def test_where_one_is_already_nothing_is_told(position: Position) -> None:
    assert not sentence(position, position)
    assert seconds(position, position) == 0
    assert seconds(position, None) == seconds(None, None) == 10


def test_one_gets_up_and_lies_down_over_the_side() -> None:
    from_the_back = [sentence("back", there) for there in POSITIONS if there != "back"]
    assert all("side" in text.en and "zij" in text.nl for text in from_the_back)
    upright: tuple[Position, ...] = ("sitting", "kneeling", "hands-and-knees", "lunge")
    onto_the_back = [sentence(here, "back") for here in upright]
    assert all("side" in text.en and "zij" in text.nl for text in onto_the_back)


def test_the_head_comes_up_last() -> None:
    rising = [(here, there) for here in LYING for there in POSITIONS if there in ("sitting", "kneeling", "standing")]
    told = [sentence(here, there) for here, there in rising if here != "belly" or there == "sitting"]
    assert all("your head last" in text.en and "je hoofd als laatste" in text.nl for text in told)


def test_from_standing_the_way_is_the_one_that_is_right_from_anywhere() -> None:
    for there in POSITIONS[1:]:
        assert sentence("standing", there) == sentence(None, there)
        assert seconds("standing", there) == seconds(None, there)


def test_the_sides_change_places_where_a_pose_does() -> None:
    assert [mirrored("left-side", side) for side in (None, "right", "left")] == ["left-side", "left-side", "right-side"]
    assert mirrored("right-side", "left") == "left-side"
    assert mirrored("back", "left") == "back"
    assert sentence("back", "left-side").nl == "Rol met gebogen knieën op je linkerzij."
    assert sentence("back", "right-side").en == "With knees bent, roll onto your right side."


def test_a_lunge_has_its_foot_in_front() -> None:
    assert sentence("hands-and-knees", "lunge").said("en", "left") == "Step your left foot forward between your hands."
    assert sentence("lunge", "back").said("nl", "left").startswith("Breng je linkerknie terug naast de andere.")
