"""`psoas poses`: the library, and one pose with its picture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Psoas


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


def test_one_pose_is_shown_with_its_picture_and_all_its_texts(psoas: Psoas) -> None:
    out = psoas("poses", "baby-dragon", "-l", "en").out
    picture = [line for line in out.splitlines() if any("\u2800" < char < "\u2900" for char in line)]
    assert len(picture) > 10
    assert max(map(len, picture)) <= 64
    headings = ["The way in:", "What to notice:", "The way out:", "Softer:", "Deeper:", "Take care with:", "Instead:"]
    found = [out.find(heading) for heading in headings]
    assert found == sorted(found)
    assert found[0] > 0
    assert "Supported bridge (sensitive knees, sensitive ankles)" in " ".join(out.split())
    shown = json.loads(psoas("poses", "baby-dragon", "--json").out)
    assert shown["softer"] in {each["id"] for each in shown["variations"]}


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
