"""The text of the settings: one is written anew, and every other character stays."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.errors import PsoasError
from psoas_cli.storage.amendment import Value, amendments, written
from psoas_cli.storage.config import Config, config_in

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path("config.yaml")
TEMPLATES = [
    path.read_text("utf-8") for path in (Path(__file__).parents[2] / "src/psoas_cli/commands").glob("settings.*.yaml")
]
Set = tuple[tuple[str, ...], Value, "Callable[[Config], Config]"]

SETS: list[Set] = [
    (("lang",), "nl", lambda was: was._replace(lang="nl")),
    (("lang",), "en", lambda was: was._replace(lang="en")),
    (("volume",), "45", lambda was: was._replace(volume=45)),
    (("numbers",), "off", lambda was: was._replace(numbers=False)),
    (("numbers",), None, lambda was: was._replace(numbers=True)),
    (("theme",), "high-contrast", lambda was: was._replace(theme="high-contrast")),
    (("lead-in",), "20s", lambda was: was._replace(lead_in=20.0)),
    (("lead-in",), None, lambda was: was._replace(lead_in=None)),
    (("care",), ("knees", "eyes"), lambda was: was._replace(care=("knees", "eyes"))),
    (("care",), ("knees",), lambda was: was._replace(care=("knees",))),
    (("care",), (), lambda was: was._replace(care=())),
    (("voice",), "off", lambda was: was._replace(voice=was.voice._replace(on=False, en=None, nl=None, rate=None))),
    (("voice", "en"), "say: it's", lambda was: was._replace(voice=was.voice._replace(en="say: it's"))),
    (("voice", "en"), None, lambda was: was._replace(voice=was.voice._replace(en=None))),
    (("voice", "rate"), "99", lambda was: was._replace(voice=was.voice._replace(rate=99))),
    (("bed", "level"), "-42", lambda was: was._replace(bed=was.bed._replace(level=-42.0))),
]
LINES = (
    *("lang: nl", "lang: en   # mine, é 🦶", "'lang' : EN", "# lang: en", "#lang: nl # or en", "# lang: as you like"),
    *("volume: 60", '"volume":   "60"  ', "volume: >-\n  60\n", "# volume: 30\n# volume: 70", "volume:\n    60 # soft"),
    *("numbers: &on on\nreduced-motion: *on", "reduced-motion: &a on\ncheck-in: *a\nnumbers: *a", "numbers: on"),
    *("care: [knees, back]", "care:\n  - knees", "care:\n- knees # left\n- eyes\n", "care: [knees,\n  # both\n  eyes]"),
    *("care: # see to it\n  # that\n  - Knees\n\n  - eyes", "care: []", "care: none", "# care: [knees, back]   # x"),
    *(
        "voice: on",
        "voice: off # for now",
        "voice: {en: heart, rate: 90}",
        "voice: {}",
        "voice:\n  en: heart # w\n  nl: a",
    ),
    *(
        "voice:\n  rate: 90",
        "voice: &v {en: a}",
        "# voice: on",
        "bed: ocean",
        "bed: {level: -30}",
        "bed:\n  level: -30",
    ),
    *(
        "theme: dark",
        "lead-in: 1m30s",
        "hooks:\n  start: [xset, q] # mine\n  go-on:\n    - sh\n    - -c\n    - 'theme: dark # no'\n",
        "hooks: {end: xset}",
        "# lead-in: auto   # time",
        "",
        "   ",
        "# only words",
        "  # and more, farther in",
    ),
)


@st.composite
def contents(draw: st.DrawFn) -> str:
    """Settings as people write them, with whatever newlines and marks; most of them are valid."""
    if draw(st.integers(0, 4)) == 0:
        text = draw(st.sampled_from(TEMPLATES))
    elif draw(st.integers(0, 4)) == 0:
        pairs = [each for each in LINES if "\n" not in each and "#" not in each and each.strip()]
        text = "{" + ", ".join(draw(st.lists(st.sampled_from(pairs), max_size=4))) + "}\n"
    else:
        text = "\n".join(draw(st.lists(st.sampled_from(LINES), max_size=7))) + "\n"
        text = draw(st.sampled_from(["", "", "---\n", "# Mine\n\n"])) + text
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


def read(content: str) -> Config | None:
    with suppress(PsoasError):
        return config_in(content.removeprefix("\ufeff"), HERE)
    return None


def changed(content: str, each: Set) -> str | None:
    """*content* with one setting written anew, if there is a way that changes nothing else."""
    keys, value, becomes = each
    was = read(content)
    if was is None or becomes(was) == was:
        return None if was is None else content
    return next((after for after in amendments(content, keys, value) if read(after) == becomes(was)), None)


@given(contents(), st.sampled_from(SETS))
def test_one_piece_is_replaced_and_the_comments_stay(content: str, each: Set) -> None:
    after = changed(content, each)
    if after is None:
        return
    for line in content.splitlines():
        _, mark, comment = f" {line}".partition(" #")
        if mark and not comment.lstrip().startswith(each[0][0]):
            assert comment in after, "a comment is lost"
    assert ("\r" in after) <= ("\r" in content), "lines end as they did"
    assert after.startswith("\ufeff") == content.startswith("\ufeff")


@given(contents(), st.sampled_from(SETS))
def test_to_set_it_twice_is_to_set_it_once(content: str, each: Set) -> None:
    once = changed(content, each)
    if once is not None and each[1] is not None:
        assert changed(once, each) == once


@given(contents(), st.sampled_from(SETS), st.sampled_from(SETS))
def test_a_setting_can_be_set_back(content: str, there: Set, back: Set) -> None:
    once = changed(content, there)
    if once is not None and there[0] == back[0]:
        again = changed(once, back)
        assert again is not None or back[1] is None or there[1] is None
        if again is not None:
            assert read(again) == back[2](there[2](read(content) or Config()))


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("each", [each for each in SETS if len(each[0]) == 1 and each[1] not in (None, ())])
def test_what_waits_as_a_comment_is_used(template: str, each: Set) -> None:
    after = changed(template, each)
    assert after is not None
    assert len(after.splitlines()) == len(template.splitlines())
    (line,) = set(after.splitlines()) - set(template.splitlines())
    assert line.startswith(f"{each[0][0]}: {written(each[1])}")
    comment = next(line for line in template.splitlines() if line.startswith(f"# {each[0][0]}:")).rpartition(" # ")[2]
    assert line.endswith(comment)


@pytest.mark.parametrize(
    ("before", "each", "after"),
    [
        ("care:\n  - knees # left\n  - back\n", SETS[9], "care:\n  - knees # left\n"),
        ("care:\n- eyes # since May\n- knees\n", SETS[9], "care:\n# - eyes # since May\n- knees\n"),
        ("care:\r\n  - knees # left\r\nlang: nl", SETS[8], "care:\r\n  - knees # left\r\n  - eyes\r\nlang: nl"),
        ("care:\n- back\n- neck\n# end\n", SETS[8], "care: [knees, eyes]\n# end\n"),
        ("lead-in: 1m # slowly\n", SETS[7], "# lead-in: 1m # slowly\n"),
        ("lang: nl\nlead-in: 1m", SETS[7], "lang: nl\n"),
        ("{lead-in: 1m, lang: nl}", SETS[7], "{lang: nl}"),
        ("{lang: nl, lead-in: 1m }", SETS[7], "{lang: nl }"),
        ("voice: {en: a, rate: 90}\n", SETS[13], "voice: {rate: 90}\n"),
        ("voice:\n  en: a\n  rate: 90\n", SETS[13], "voice:\n  rate: 90\n"),
        ("numbers: &a on\ncheck-in: *a\nreduced-motion: *a", SETS[3], None),
        (
            "check-in: &a on\nreduced-motion: *a\nnumbers: *a # x",
            SETS[3],
            "check-in: &a on\nreduced-motion: *a\nnumbers: off # x",
        ),
        ("care: [knees, # left\n back]\n", SETS[8], None),
        ("volume: 70\nvolume: 60\n", SETS[2], None),
        ("lang: nl\n...\n", SETS[2], None),
        ("  lang: nl\n", SETS[2], "  lang: nl\n  volume: 45\n"),
    ],
)
def test_how_it_is_written(before: str, each: Set, after: str | None) -> None:
    assert changed(before, each) == after
