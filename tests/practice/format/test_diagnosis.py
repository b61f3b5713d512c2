"""What is not valid YAML is told where the person made it, in words that a person knows."""

import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.format.test_reader import BAD, problems_of, steps, top
from tests.practice.format.test_remedies import MISTAKES
from tests.practice.format.test_schema_values import GOOD
from tests.practice.strategies import read, texts

from psoas_cli.practice.format.diagnosis import fault_in
from psoas_cli.practice.format.pose_reader import check_library, pose_library
from psoas_cli.practice.format.problems import BadFileError, Problem
from psoas_cli.practice.format.reader import Shelf, Source, check_sequence

FOLDER = Path(__file__).parents[3] / "sequences"
NBSP, EM_SPACE, ZWSP, EN_DASH = "\u00a0", "\u2003", "\u200b", "\N{EN DASH}"
QUOTES = "put the text in double quotes, or on the lines below after >-"

TOLD = [
    # a colon, a space
    (steps("pose: lying\n    hold:3m\n  - rest: 3m"), "4:10: a space is missing after the colon: write hold: 3m"),
    (steps("pose: lying\n    hold 3m\n  - rest: 3m"), "4:9: a colon is missing after hold: write hold: 3m"),
    (steps("pose: lying\n    hold = 3m\n  - rest: 3m"), "4:10: a colon belongs after a key: write hold: 3m"),
    (steps("pose lying\n    hold: 3m"), "3:9: a colon is missing after pose: write pose: lying"),
    (steps("pose:lying\n    hold: 3m"), "3:10: a space is missing after the colon: write pose: lying"),
    ("title T\nsteps:\n  - pose: lying\n", "1:6: a colon is missing after title: write title: T"),
    ("title: T\nsteps\n  - pose: lying\n", "2:6: a colon is missing after steps: write steps:"),
    (top("title: {en: A\n  nl:B"), "2:8: a { without its }"),
    ("title:\n  en: A\n  nl:B\nsteps: []\n", "3:6: a space is missing after the colon: write nl: B"),
    (steps("pose: lying\n  -rest: 3m"), "4:4: a space is missing after the dash"),
    # where a line stands
    (steps("pose: lying\n      hold: 2m"), "4:7: hold begins in column 7: line it up with pose in line 3, column 5"),
    (steps("pose: lying\n     hold: 2m"), "4:6: hold begins in column 6: line it up with pose in line 3, column 5"),
    (steps("pose: lying\n   hold: 2m"), "4:4: hold begins in column 4: line it up with pose in line 3, column 5, or"),
    (steps("pose: lying\n  hold: 2m"), "4:3: hold begins in column 3: line it up with pose in line 3, column 5, or"),
    (steps("pose: lying\n    - pose: lying"), "4:5: this dash begins in column 5: line it up with the dash in line 3"),
    (steps("pose: lying\n - pose: lying"), "4:2: this dash begins in column 2: line it up with the dash in line 3"),
    (" title: T\nsteps:\n  - pose: lying\n", "1:2: title begins in column 2: put it in column 1"),
    ("title: T\nsteps:\n    pose: lying\n  - rest: 3m\n", "3:5: a dash and a space are missing before pose"),
    (steps("pose: lying\n\thold: 2m"), "4:1: indent with spaces, not tabs"),
    ("title: T\nsteps:\n  -\tpose: lying\n    hold: 2m\n", "3:4: a tab after the dash: type a space instead"),
    (
        steps("pose: lying\n  rest: 3m"),
        "4:3: rest begins in column 3: line it up with pose in line 3, column 5, or with",
    ),
    (
        "title: T\nsteps:\n- pose: lying\nhold: 2m\n- rest: 3m\n",
        "4:1: hold ends the list above: put it in column 3, to be a part of its last entry",
    ),
    # quotes
    (steps("pose: lying\n    'hold: 3m"), "4:5: a ' without another one at the end of the text: add it, or delete"),
    ('title: "My evening\nsteps:\n  - rest: 3m\n', '1:8: a " without another one at the end of the text'),
    ('title: "A\nlanguage: "en"\nsteps: []\n', '1:8: a " without another one at the end of the text'),
    ("title: 'My evening\nsteps: []\n", "1:8: a ' without another one at the end of the text"),
    ('title: "My" evening\nsteps: []\n', '1:13: text goes on after its closing ": write each " inside it as \\"'),
    ("title: 'It's late'\nsteps: []\n", "1:12: text goes on after its closing ': write each ' inside it twice"),
    ("title: 't Is stil, zo'n dag\nsteps: []\n", f"1:8: text that begins with an apostrophe: {QUOTES}"),
    ('title: "a\\d"\nsteps: []\n', "1:10: a backslash in double quotes: write two"),
    ('title: "x",\nsteps: []\n', "1:11: a , at the end of the line: delete it"),
    # texts
    *(
        (f"title: {begin}\nsteps: []\n", f"1:8: text that begins with {begin[0]}: {QUOTES}")
        for begin in (
            "@home",
            "`x`",
            "% off",
            "*evening*",
            "**x**",
            "& x",
            "> x",
            "| x",
            "? x",
            ", x",
            "[right] foot",
            "{x} y",
        )
    ),
    ("title: - x\nsteps: []\n", "1:8: a dash on the line of its key: put it on a line of its own below"),
    (
        steps("name: X\n    text: Lie down\n    and breathe\n    hold: 3m"),
        "5:5: to go on with text, put at least 1 space",
    ),
    (
        steps("name: X\n    text: >-\n    Lie down\n    hold: 3m"),
        "5:5: text below >- or | stands farther in: put at least 1",
    ),
    (
        steps("name: X\n    text: >-\n        Lie\n      down"),
        "6:7: this line begins in column 7, but its text in column 9",
    ),
    (steps("name: X\n    text: Lie\n      Note: breathe"), "5:11: text with a colon followed by a space"),
    (steps("name: X\n    hold: 3m text: Lie"), "4:14: a second key on the line: put text on a line of its own"),
    # brackets
    (steps("pose: dragon\n    sides: [right, left\n    hold: 3m"), "4:12: a [ without its ]: add it"),
    (steps("pose: dragon\n    hold: {typical: 3m, min: 2m\n  - rest: 3m"), "4:11: a { without its }: add it"),
    (steps("pose: dragon\n    hold: {typical: 3m min: 2m}"), "4:23: a comma is missing before min"),
    (steps("pose: lying\n    breath: {pattern: 4-6 for: 2m}"), "4:26: a comma is missing before for"),
    (steps("{pose: lying, hold: 3m]"), "3:27: a ] where a } belongs, for the bracket opened in line 3"),
    ("title: T\nsteps: [{pose: lying} {rest: 3m}]\n", "2:22: a comma is missing here"),
    ("title: T\nsteps: [- {pose: lying}]\n", "2:9: a dash inside brackets: leave it out"),
    ('{\n  "title": "T"\n  "steps": []\n}\n', "2:15: a comma is missing here"),
    ('{\n  "title": "T",\n  // nice\n  "steps": []\n}\n', "3:3: a comment begins with #"),
    (steps("name: X\n    text: {en: Take #2, nl: x}"), "4:21: a # after a space ends the text"),
    (top("poses: {p: {name: P, side-label: [right] foot}}"), f"2:34: text that begins with [: {QUOTES}"),
    (steps("pose: lying\n    hold: {typical: 4m, min: 3m}}"), "4:33: a } too many: delete it"),
    (top("props: [mat], block"), "2:8: one pair of brackets belongs around all entries"),
    (steps("pose: lying\n    say: [{at: - 15 s, text: x}]"), "4:16: a space after the minus: delete it"),
    (steps("pose: lying\n    say:\n      - at: - 50 %\n        text: x"), "5:13: a space after the minus: delete it"),
    # comments where a text goes on
    *(
        (steps(f"name: X\n    text: {written}\n      en laat los\n    hold: 3m"), told)
        for written, told in (
            ("Voel kussen #1 onder je,", f"4:23: text cut short by a space and #: {QUOTES}"),
            ("Voel kussen\n      en #3 onder je", f"5:10: text cut short by a space and #: {QUOTES}"),
            ("Voel kussen\n      #2 keer", f"5:7: text cut short by a space and #: {QUOTES}"),
            ("Voel kussen\n      # nice", "5:7: a comment inside a text: put it above that"),
        )
    ),
    (steps("pose: lying # nice\n      hold 3m"), "4:11: a colon is missing after hold: write hold: 3m"),
    (steps("name: X\n    text #2: hoi"), '4:9: a colon is missing after text: write text: "#2: hoi"'),
    # quotes around a whole line
    ('"title: A"\nsteps:\n  - pose: lying\n', "1:1: quotes around a key and its value: write title: A"),
    ('title: T\nposes:\n  "mine:"\n    name: X\n', "3:3: quotes around a key and its colon: write mine:"),
    (steps('pose: lying\n    "hold: 3m"\n  - rest: 3m'), "4:5: quotes around a key and its value: write hold: 3m"),
    (
        'title: "Evening\u201d\nsteps: []\n',
        "1:16: a right double quotation mark (U+201D) cannot close a text that begins",
    ),
    # a value below its key, a list without its key, a mark that is not there
    (steps("pose:\n    belly-rest\n    hold: 3m"), "4:5: belly-rest stands below its key: put it on the line of that"),
    (steps("repeat: 3\n    - pose: lying"), "4:5: steps: is missing on a line above this one, below repeat"),
    (steps("name: &heupen X\n    text: *heup\n    hold: 3m"), "4:11: there is no &heup for this *heup, did you mean"),
    (top("props: [*ma, &mat x]"), "2:9: there is no &ma for this *ma, did you mean mat?"),
    # what comes along from elsewhere
    ("title: A\n<<<<<<< HEAD\nsteps: []\n", "2:1: a line of a merge: keep one of the versions, and delete this line"),
    ("...\ntitle: A\nsteps: []\n", "1:1: ... ends the file here: delete this line"),
    (steps("pose: lying\n// nice\n  - rest: 3m"), "4:1: a comment begins with #"),
    ("```yaml\n" + steps("pose: lying") + "```\n", "1:1: ``` is no part of the file: delete this line"),
    (steps("pose: lying\n---\nNotes"), "4:1: --- ends the file here: delete this line"),
    ("title: T\nsteps:\n  * pose: lying\n", "3:3: an entry of a list begins with - and a space, not with *"),
    (steps("pose: lying\n  \N{BULLET} rest: 3m"), "4:3: an entry of a list begins with - and a space, not with"),
    # what cannot be seen
    (f"title: T\nsteps:{NBSP}\n  - pose: lying\n", "2:7: a no-break space (U+00A0) at the end: delete it"),
    (
        steps(f"pose: lying\n{NBSP * 4}hold: 3m\n  - rest: 3m"),
        "4:1: a no-break space (U+00A0): type a plain space instead",
    ),
    (
        steps(f"pose: lying\n  {EM_SPACE}hold: 3m\n  - rest: 3m"),
        "4:3: an em space (U+2003): type a plain space instead",
    ),
    (steps(f"pose: lying\n  -{NBSP}rest: 3m"), "4:4: a no-break space (U+00A0): type a plain space instead"),
    (steps(f"pose: lying\n    hold:{NBSP}3m\n  - rest: 3m"), "4:10: a no-break space (U+00A0): type a plain space"),
    (steps(f"pose: lying\n{NBSP}\n  - rest: 3m"), "4:1: a no-break space (U+00A0) on an empty line: delete it"),
    (
        steps("pose: lying\n    hold\N{FULLWIDTH COLON}3m\n  - rest: 3m"),
        "4:9: a fullwidth colon (U+FF1A): type : instead",
    ),
    ("title\N{FULLWIDTH COLON}T\nsteps: []\n", "1:6: a fullwidth colon (U+FF1A): type : instead"),
    (f"title: T\n{ZWSP}steps: []\n", "2:1: a zero width space (U+200B), which cannot be seen: delete it"),
    ("title: T\n\ufeffsteps: []\n", "2:1: a byte order mark (U+FEFF), which cannot be seen: delete it"),
    ("title: T\u2028x\nsteps: []\n", "1:9: a line separator (U+2028), which cannot be seen: delete it"),
]


@pytest.mark.parametrize(("content", "told"), TOLD, ids=[f"{i}: {told[:50]}" for i, (_, told) in enumerate(TOLD)])
def test_a_mistake_is_told_where_it_was_made_with_the_remedy(content: str, told: str) -> None:
    found = problems_of(content)
    assert len(found) == 1
    assert found[0].startswith(f"x.yaml:{told}")


def test_it_is_told_the_same_without_the_compiled_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    for content, told in TOLD:
        if "\t" not in content:
            assert problems_of(content)[0].startswith(f"x.yaml:{told}")


JARGON = re.compile(
    r"mapping|scalar|(?<!wood-)\bblock|token|\bflow\b|expected <|simple key|stream|indicator|collection|\bnode\b|YAML"
)


def test_no_message_speaks_of_what_only_a_parser_knows() -> None:
    for content, _ in (*TOLD, *MISTAKES, *BAD):
        for problem in problems_of(content):
            assert not JARGON.search(re.sub(r'".*?"|write .*', "", problem)), problem


VALID = [
    *(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yaml"))),
    *GOOD,
    "a: &x [1]\nb: *x\nc: !t\n  d: 'it''s'\n",
    "a: >2-\n    deep\n  less\n\n  # no comment\nb: |\n\n  x\n",
    "a: one\n  two\n  - three\nb:\n- c\n-  d: e\n   f: g\n- - h\n  - i\n",
    "title: T\nprops:\n  - rest\n  - text\nsteps:\n- pose: a\n",
    '{"a": {"b": [1, 2,], "c": "d\\n\\\n e"}, f:\n g}\n',
    "%YAML 1.1\n---\na: b # c\n...\n",
]


@pytest.mark.parametrize("content", VALID, ids=range(len(VALID)))
def test_nothing_is_found_where_nothing_is_wrong(content: str) -> None:
    assert yaml.compose(content, Loader=yaml.BaseLoader)
    assert fault_in(content.split("\n"), ()) is None


@given(texts())
@settings(max_examples=50, deadline=None)
def test_nothing_is_found_in_any_file_that_can_be_read(content: str) -> None:
    assert fault_in(content.split("\n"), ()) is None


LIBRARY = pose_library((FOLDER / "poses.yaml").read_text("utf-8"), "poses.yaml", "en")
WRITTEN = [(path.stem, path.read_text("utf-8").split("\n")) for path in sorted(FOLDER.glob("*.yaml"))]
_KEY_LINE = re.compile(r"( *)((?:- )?)([\w-]+):( ?)(.*)")


def damages(line: str) -> Iterator[str]:
    """*line* with one thing done to it that a hand, an editor or a word processor does."""
    if match := _KEY_LINE.fullmatch(line):
        indent, dash, key, space, value = match.groups()
        for odd in (NBSP, ZWSP, "\u3000", "\ufeff"):
            yield f"{indent[1:]}{odd}{dash}{key}:{space}{value}"
            yield f"{indent}{dash}{odd}{key}:{space}{value}"
            yield f"{indent}{dash}{key[0]}{odd}{key[1:]}:{space}{value}"
            yield f"{indent}{dash}{key}{odd}:{space}{value}"
        yield f"{indent}{dash}{key}\N{FULLWIDTH COLON}{space}{value}"
        yield f" {line}"
        if indent:
            yield f"\t{line[1:]}"
            yield line[1:]
        if value:
            yield f"{indent}{dash}{key}:{value}"
            yield f"{indent}{dash}{key}:{NBSP}{value}"
            yield f"{indent}{dash}{key} {value}"
            yield f"{indent}{dash}{key} = {value}"
        if dash:
            yield from (f"{indent}{mark}{key}:{space}{value}" for mark in ("-", "  ", f"-{NBSP}", f"{EN_DASH} ", "* "))
    for at, char in enumerate(line):
        if char in "\"'[]{},":
            yield line[:at] + line[at + 1 :]


def first_problem(name: str, content: str) -> Problem | None:
    """The first problem of *content*, or None."""
    try:
        if name == "poses":
            check_library(content, "x", "en", {})
        else:
            check_sequence(Source("x", "x", content), Shelf("en", LIBRARY))
    except BadFileError as error:
        return error.problems[0]
    return None


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_whatever_is_done_to_a_line_is_told_at_that_line_unless_it_does_no_harm(data: st.DataObject) -> None:
    name, lines = data.draw(st.sampled_from(WRITTEN))
    at = data.draw(st.sampled_from([i for i, line in enumerate(lines) if any(damages(line))]))
    damaged = data.draw(st.sampled_from(list(damages(lines[at]))))
    problem = first_problem(name, "\n".join([*lines[:at], damaged, *lines[at + 1 :]]))
    assert problem is None or problem.line == at + 1, f"{damaged!r}: {problem}"


@pytest.mark.parametrize("before", ["title: {a: ", "title: ['s ", "hold: "])
def test_a_line_of_a_megabyte_takes_little_more_memory_than_itself(before: str) -> None:
    content = f"steps:\n  - {before}{'a b ' * 200_000}: c\n"
    tracemalloc.start()
    problems_of(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * len(content)


def test_a_tab_on_an_empty_line_or_before_a_comment_does_no_harm() -> None:
    tabs = steps("name: X\n    text: >-\n      One\n\t\n      two\n\t# three\n    hold: 3m\n \t \n  - rest: 3m")
    assert read(tabs) == read(tabs.replace("\t", ""))


@pytest.mark.skipif(not hasattr(yaml, "CBaseLoader"), reason="only the compiled parser refuses these")
def test_what_only_the_compiled_parser_refuses_is_told_with_the_remedy() -> None:
    assert "2:13: a space is missing after the colon" in problems_of(top("bells: {open:{sound: tingsha}}"))[0]
    assert "5:7: indent with spaces, not tabs" in problems_of(steps("name: X\n    text: |\n      \tOne"))[0]


def test_a_kind_of_step_with_a_stray_quote_is_told() -> None:
    assert "did you mean pose?" in problems_of("title: T\nsteps:\n- pose': {}\n")[0]
