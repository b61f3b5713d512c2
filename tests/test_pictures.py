"""The README's pictures are of the screen as it is."""

import pytest

import make_pictures


@pytest.mark.parametrize("name", make_pictures.PICTURES)
def test_a_picture_shows_the_screen_as_it_is(name: str) -> None:
    drawn = (make_pictures.FOLDER / f"{name}.svg").read_text("utf-8")
    assert drawn == make_pictures.picture(name), "make it anew: python tools/make_pictures.py"
