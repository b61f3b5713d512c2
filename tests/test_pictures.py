"""The README's pictures are of the screen as it is."""

import re
from xml.etree import ElementTree as ET

import pytest

import make_moving_picture
import make_pictures


@pytest.mark.parametrize("name", make_pictures.PICTURES)
def test_a_picture_shows_the_screen_as_it_is(name: str) -> None:
    drawn = (make_pictures.FOLDER / f"{name}.svg").read_text("utf-8")
    assert drawn == make_pictures.picture(name), "make it anew: python tools/make_pictures.py"


@pytest.fixture(scope="module")
def moving() -> str:
    return make_moving_picture.FILE.read_text("utf-8")


def test_the_moving_picture_shows_the_screens_as_they_are(moving: str) -> None:
    assert moving == make_moving_picture.picture(), "make it anew: python tools/make_moving_picture.py"


def test_the_moving_picture_plays_within_a_page_and_loads_nothing(moving: str) -> None:
    assert len(moving.encode()) < 1_000_000
    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(moving).iter()}  # noqa: S314 - our own
    assert names == {"svg", "style", "rect", "g", "text", "circle"}
    assert not re.search(r"url\(|@import|@font-face|href|<script|on\w+=", moving)


def test_who_wants_less_motion_sees_one_whole_screen(moving: str) -> None:
    style = re.findall(r"<style>(.*?)</style>", moving)[0]
    always, reduced, animated = style.partition("@media (prefers-reduced-motion:no-preference)")
    assert (always, bool(reduced)) == ("g[class]{visibility:hidden}g.s{visibility:visible}", True)
    assert "animation" in animated
    still = re.sub(r'<g class="m\d+">.*?</g>', "", moving, flags=re.DOTALL)
    said = " ".join(re.findall(r">([^<]+)</text>", still))
    assert "Baby dragon · Right foot forward" in said
    assert "breath 5 of 12" in said
    assert len(re.findall(r"\d:\d\d left", said)) == 1  # of one moment alone


def test_every_moment_of_it_has_rows_of_its_own_and_ends_with_the_picture(moving: str) -> None:
    for name in re.findall(r"@keyframes (m\d+)", moving):
        frames = re.findall(rf"@keyframes {name}{{(.*?}})}}", moving)[0]
        assert frames.startswith("0%{visibility:")
        assert re.findall(r"([\d.]+)%", frames) == sorted(re.findall(r"([\d.]+)%", frames), key=float)
        assert f'class="{name}' in moving
