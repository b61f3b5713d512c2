"""`psoas poses`: the library, and one pose with its picture."""

from __future__ import annotations

import json
import re
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from tests.systems import be_a_terminal

from psoas_cli.commands.poses import pose_page
from psoas_cli.practice.model.text import LANGS, Lang, cells
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.program import Psoas, Window

POSES = (sys.executable, "-m", "psoas_cli", "poses")


def picture_in(out: str) -> list[str]:
    return [line for line in out.splitlines() if any("\u2800" < char < "\u2900" for char in line)]


def words_of(out: str) -> str:
    """The words of *out*, without a picture and what makes them bold."""
    return " ".join(re.sub("\x1b\\[\\d*m|[\u2800-\u28ff]", " ", out).split())


def test_all_poses_are_listed_for_people_and_for_programs(psoas: Psoas) -> None:
    lines = psoas("poses", "-l", "nl").out.splitlines()
    line = next(line for line in lines if line.startswith("baby-dragon"))
    assert line.split("  ")[-1].strip() == "twee kanten"
    assert "1:00-5:00" in line
    poses = {each["id"]: each for each in json.loads(psoas("poses", "--json").out)["poses"]}
    assert len(poses) == len(lines)
    assert poses["baby-dragon"]["hold"] == {"typical_s": 180.0, "min_s": 60.0, "max_s": 300.0}
    assert poses["baby-dragon"]["sides"] == ["right", "left"]
    assert poses["knees-side-to-side"]["kind"] == "movement"


def test_in_a_pipe_a_pose_has_a_large_picture_and_all_its_texts(psoas: Psoas) -> None:
    out = psoas("poses", "baby-dragon", "-l", "en").out
    assert out.startswith("Baby dragon · right foot forward\n")
    picture = picture_in(out)
    assert len(picture) > 10
    assert max(map(len, picture)) <= 64
    headings = [
        "Hold:",
        "The way in:",
        "The other side: Right knee back on the blanket",
        "What to notice:",
        "The way out:",
        "Softer, hands higher: Step your right foot",
        "Deeper, hands on the thigh: Step your right foot",
        "Afterwards:",
        "Props:",
        "Precautions:",
    ]
    found = [out.find(heading) for heading in headings]
    assert found == sorted(found)
    assert found[0] > 0
    assert "sensitive knees, sensitive ankles (instead: Supported bridge)" in words_of(out)
    shown = json.loads(psoas("poses", "baby-dragon", "--json").out)
    assert shown["softer"] in {each["id"] for each in shown["variations"]}
    assert shown["second"].startswith("Right knee back")


def test_a_pose_that_is_not_there(psoas: Psoas) -> None:
    result = psoas("poses", "baby-dragoon")
    assert result.code == 2
    assert "did you mean baby-dragon?" in result.err


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_pose_can_be_shown(psoas: Psoas, lang: str) -> None:
    for each in json.loads(psoas("poses", "--json", "-l", lang).out)["poses"][::6]:
        result = psoas("poses", each["id"], "-l", lang)
        assert result.code == 0
        assert each["name"] in result.out


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 50), (64, 24), (40, 24), (24, 24)])
@pytest.mark.parametrize("lang", LANGS)
def test_on_a_terminal_no_line_is_wider_and_the_picture_comes_first(
    monkeypatch: pytest.MonkeyPatch, lang: Lang, columns: int, lines: int
) -> None:
    be_a_terminal("sys.stdout", monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(lines))
    poses = Library(lang).poses
    for pose in poses.values():
        shown = pose_page.page(pose, poses, lang)
        assert max(map(cells, shown.splitlines())) <= min(columns, 80)
        assert 3 <= len(picture_in(shown)) <= 10
        first = "\n".join(shown.splitlines()[: lines - 1])
        assert picture_in(first) == picture_in(shown)
        if columns >= 64:
            assert pose.text.said(lang) in words_of(first)
        for text in (pose.text, *pose.notice, pose.leave, *(each.text for each in pose.variations.values())):
            assert text.said(lang) in words_of(shown)


@pytest.mark.parametrize("lang", LANGS)
def test_most_poses_are_there_at_once_on_a_small_terminal(monkeypatch: pytest.MonkeyPatch, lang: Lang) -> None:
    be_a_terminal("sys.stdout", monkeypatch)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    poses = Library(lang).poses
    fitting = [pose.id for pose in poses.values() if len(pose_page.page(pose, poses, lang).splitlines()) < 24]
    assert len(fitting) >= 20
    assert {"sphinx", "supported-bridge"} <= {*fitting}


@pytest.mark.parametrize(
    ("lang", "first", "last"),
    [("en", "Sphinx", "Resting on your side"), ("nl", "Sfinx", "Rusten op je zij")],
)
def test_the_picture_stands_beside_the_way_in(window: Callable[..., Window], lang: str, first: str, last: str) -> None:
    seen = window(*POSES, "sphinx", "-l", lang)
    assert seen.end() == 0
    rows = seen.text.splitlines()
    assert first in rows[0]
    assert picture_in(rows[0])
    assert last in words_of(seen.text)
    assert "\x1b[1m" in seen.output


def test_without_room_beside_it_the_picture_stands_above(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "")
    seen = window(*POSES, "childs-pose", "-l", "en", columns=40, lines=60)
    assert seen.end() == 0
    picture = picture_in(seen.text)
    assert 3 <= len(picture) <= 7
    assert not re.search("[a-z]", "".join(picture))
    assert seen.text.index(picture[-1]) < seen.text.index("The way in")


def test_what_is_longer_than_the_screen_comes_in_pages(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "sed s/Constructive.rest/TURNED/")
    seen = window(*POSES, "constructive-rest", "-l", "en")
    assert seen.end() == 0
    assert "TURNED" in seen.output
    short = window(*POSES, "belly-rest", "-l", "en")
    assert short.end() == 0
    assert "TURNED" not in short.output


@pytest.mark.parametrize(
    ("name", "value"),
    [("PAGER", ""), ("PAGER", "no-such-pager"), ("PAGER", "less '"), ("PAGER", "cat"), ("TERM", "dumb")],
)
def test_without_a_pager_all_of_it_is_printed(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    seen = window(*POSES, "constructive-rest", "-l", "en")
    assert seen.end() == 0
    assert "The way in" in seen.output
    assert "Resting on your side" in words_of(seen.text)


@pytest.mark.skipif(not shutil.which("less"), reason="needs less")
def test_in_pages_the_picture_is_seen_first_and_q_leaves(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAGER", raising=False)
    seen = window(*POSES, "constructive-rest", "-l", "en")
    page = seen.see("(?m)^:")
    assert picture_in(page)
    assert "The way in" in page
    assert "Precautions" not in page
    seen.send("\x03")  # it is the pager's, and may take the key after it along

    def on() -> bool:
        seen.send(" ")
        return "Precautions" in seen.output

    seen.look(on, "the precautions")
    seen.send("q")
    assert seen.end() == 0
