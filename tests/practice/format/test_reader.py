import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.strategies import SHELF, read, texts

from psoas_cli.practice.format.pose_reader import check_library, read_library
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model.poses import as_done
from psoas_cli.practice.model.sequence import (
    LARGEST_FILE,
    Bell,
    BreatheStep,
    Every,
    Moment,
    PoseStep,
    RestStep,
    ScanStep,
    Sequence,
    TransitionStep,
    Warn,
)
from psoas_cli.practice.model.text import Text


def problems_of(content: str, shelf: Shelf = SHELF) -> list[str]:
    with pytest.raises(BadFileError) as caught:
        read_sequence(Source("x", "x.yaml", content), shelf)
    assert caught.value.exit_code == 2
    return [str(problem) for problem in caught.value.problems]


def steps(written: str) -> str:
    return f"title: T\nsteps:\n  - {written}\n"


def top(written: str) -> str:
    return f"title: T\n{written}\nsteps: [{{pose: lying}}]\n"


BAD = [
    # the whole file
    ("", "1:1: the file is empty"),
    ("# only a comment\n", "1:1: the file is empty"),
    ("- pose: lying\n", "1:1: expected a map, got a list"),
    ("just words", '1:1: expected a map, got "just words"'),
    ("title: T\n", "1:1: a sequence needs steps"),
    ("steps: [{pose: lying}]\n", "1:1: a sequence needs a title"),
    ("title: T\nsteps: []\n", "2:1: steps: expected at least one step"),
    ("title: T\nsteps:\n", "2:1: steps: expected a list, got"),
    ("title: T\nsteps: none\n", '2:1: steps: expected a list, got "none"'),
    ("title: T\nlead-in: 0s\nsteps: [transition: 0s]\n", "3:1: steps: expected at least one step that takes time"),
    (top("title: Again"), '2:1: title: duplicate key "title"'),
    (top("stepz: []"), '2:1: stepz: unknown key "stepz", did you mean steps?'),
    (top("format: 2"), "2:1: format: format 2 is newer than this psoas"),
    (top("format: one"), '2:1: format: expected 1, got "one"'),
    (top("format: ²"), '2:1: format: expected 1, got "²"'),
    (top("language: de"), '2:1: language: expected a language (en, nl), got "de"'),
    (top("level: gentel"), 'got "gentel", did you mean gentle?'),
    (top("cautions: [knee]"), '2:12: cautions[0]: expected a caution, got "knee", did you mean knees?'),
    (top("props: blanket"), '2:1: props: expected a list, got "blanket"'),
    (top("summary: [a]"), "2:1: summary: expected one value, got a list; if it is text that begins with ["),
    (top("summary: ''"), "2:1: summary: expected text, got nothing"),
    (top("lead-in: 15"), "2:1: lead-in: expected a duration with a unit, 15m (minutes) or 15s (seconds)"),
    (top("transition: no"), '2:1: transition: expected a duration like 3m or 90s, got "no"'),
    (top("[a]: b"), "2:1: expected a key, got a list"),
    # YAML
    (top("summary: !!python/object/apply:os.system [id]"), "2:1: summary: expected one value, got a list"),
    ("title: T\n\tsteps: x\n", "2:1: indent with spaces, not tabs"),
    ("title: [a\n", "1:8: a [ without its ]: add it"),
    ("title: *nowhere\n", "1:8: text that begins with *: put the text in double quotes"),
    ("title: a\n---\ntitle: b\n", "2:1: --- ends the file here: delete this line"),
    ("title: a\nx: b\x07\n", "2:5: a control character (U+0007), which cannot be seen: delete it"),
    ("title: \ud800\n", "1:8: a character without a name (U+D800), which cannot be seen: delete it"),
    ("title: T\nsteps: &a [*a]\n", "nested deeper than 32 levels, or inside itself"),
    (
        "a: &a [x]\n" + "".join(f"{b}: &{b} [{(f'*{a},' * 9)}]\n" for a, b in pairwise("abcdefghi")),
        "more than 100,000 values",
    ),
    ("[" * 1000, "1:1000: a [ without its ]: add it"),
    ("[" * 1000 + "]" * 1000, "1:1: nested deeper than 32 levels"),
    ("[" * 100_000, "1:33: nested deeper than 32 levels"),
    ("- " * 100_000, "nested deeper than 32 levels"),
    ("[" * 40 + "]" * 40, "1:1: nested deeper than 32 levels"),
    ("title: T\n#" + "x" * LARGEST_FILE, "1:1: the file is larger than 1 MiB"),
    # prose
    (
        "title: 's Avonds lig ik\nsteps: []\n",
        "1:8: text that begins with an apostrophe: put the text in double quotes",
    ),
    (steps("name: 's Avonds\n    text: zo'n dag\n    hold: 3m"), "3:11: text that begins with an apostrophe"),
    (steps("name: Look: the sky\n    hold: 3m"), "3:15: text with a colon followed by a space"),
    (
        steps("pose: lying\n    text: {en: Lie down, knees bent, nl: Lig}"),
        "4:26: steps[0].text.knees bent: inside {} a comma ends the text",
    ),
    (steps("pose: lying\n    text: {en: a: b}"), "4:17: a second colon between two commas: put the text in"),
    (steps("pose: lying\n    text: Take block #2"), "4:5: steps[0].text: text cut short by a space and #"),
    (steps("scan: [Feet, {Knees: x}]"), "3:18: steps[0].scan[1]: expected text or a map of en and nl"),
    # steps
    (steps("lying"), '3:5: steps[0]: expected a map, got "lying"'),
    (steps("hold: 3m\n    pose: lying"), "3:5: steps[0].hold: a step begins with one of pose, name, transition"),
    (steps("poze: lying"), 'got "poze", did you mean pose?'),
    (
        steps("pose: lyin"),
        '3:5: steps[0].pose: expected a pose (dragon, lying, rocking), got "lyin", did you mean lying?',
    ),
    (steps("pose: lying\n    holt: 3m"), '4:5: steps[0].holt: unknown key "holt", did you mean hold?'),
    (steps("name: Here"), "3:5: steps[0].name: a hold is missing"),
    (steps("name: {de: Hier}\n    hold: 3m"), "3:5: steps[0].name: expected text or a map of en and nl"),
    (steps("pose: lying\n    hold: until-key"), "until-key alone is no hold: write how long it usually is: {until-key"),
    (steps("breathe: 4-6\n    hold: until-key"), "until-key alone is no hold: write a duration here"),
    (steps("breathe: 4-6\n    hold: {typical: 3m, until-key: true}"), "until-key"),
    (steps("pose: lying\n    hold: {until-key: true}"), "as in {typical: 3m, until-key: true}: plans count with that"),
    (steps("pose: lying\n    hold: {until-key: maybe, typical: 3m}"), "hold.until-key: expected on or off, got"),
    (steps("pose: lying\n    hold: {until-key: true, typical: 3m, max: 2m}"), "min, typical and max in increasing"),
    (steps("pose: lying\n    hold: 0s"), '4:5: steps[0].hold: expected a duration of more than 0, got "0s"'),
    (steps("pose: lying\n    hold: [3m]"), "4:5: steps[0].hold: expected a map, got a list"),
    (steps("pose: lying\n    hold: {min: 1m}"), "a hold needs a typical duration"),
    (steps("pose: lying\n    hold: {typical: 1m, min: 2m}"), "expected min, typical and max in increasing order"),
    (steps("pose: dragon\n    sides: [right, right]"), "4:5: steps[0].sides: expected right, left, [right, left] or"),
    (steps("pose: dragon\n    sides: up"), "4:5: steps[0].sides: expected right, left, [right, left] or [left, right]"),
    (steps("pose: dragon\n    sides: []"), "expected right, left, [right, left] or [left, right]"),
    (steps("pose: dragon\n    sides: [[right]]"), "expected [right, left], [left, right] or one of them"),
    (
        steps("pose: dragon\n    variation: hi"),
        '4:5: steps[0].variation: expected a variation of dragon (low, raised), got "hi"',
    ),
    (steps("pose: dragon\n    between: {hold: 0s}"), "4:15: steps[0].between.hold: expected a duration of more than 0"),
    (
        steps("pose: dragon\n    rebound: {pose: x}"),
        '4:15: steps[0].rebound.pose: expected a pose (dragon, lying, rocking), got "x"',
    ),
    (steps("pose: lying\n    optional: maybe"), '4:5: steps[0].optional: expected on or off, got "maybe"'),
    (steps("pose: lying\n    bells: {open: none}"), "4:13: steps[0].bells.open: this bell belongs to the whole"),
    (steps("pose: lying\n    say: [{text: x}]"), "4:11: steps[0].say[0]: a cue needs at: when to say it"),
    (
        steps("pose: lying\n    say: [{at: 5s}]"),
        "4:11: steps[0].say[0]: a cue needs text, audio or both",
    ),
    (
        steps("pose: lying\n    say: [{at: 3m, text: x}]"),
        "4:12: steps[0].say[0].at: expected a moment within the hold of 2m, got 3m",
    ),
    (steps("pose: lying\n    say: [{at: 101%, text: x}]"), 'expected a percentage like 50%, got "101%"'),
    (steps("pose: lying\n    say: [{at: ²%, text: x}]"), 'expected a percentage like 50%, got "²%"'),
    (steps("pose: lying\n    say: [{at: 5s, audio: x.txt}]"), "expected a WAV, FLAC, OGG or MP3 file"),
    (steps('pose: lying\n    say: [{at: 5s, audio: "x\\0.wav"}]'), "a control character (U+0000), which"),
    (steps("pose: lying\n    say: [{at: 5s, text: x, side: both}]"), "expected a side (first, second)"),
    (steps("transition: soon"), '3:5: steps[0].transition: expected a duration like 3m or 90s, got "soon"'),
    (steps("breathe: 4-6"), "expected hold or cycles to say how long, got neither"),
    (steps("breathe: 4-6\n    hold: 3m\n    cycles: 30"), "5:5: steps[0].cycles: expected hold or cycles, got both"),
    (
        steps("breathe: boxx\n    hold: 3m"),
        'expected a pattern, by name or by counts like 4-6 or 4-7-8, got "boxx", did you mean box?',
    ),
    (steps("breathe: 4-99\n    hold: 3m"), "expected counts of 0.5 to 60 seconds, got 99"),
    (
        steps("breathe: [{inhale: 4}]\n    hold: 3m"),
        "3:5: steps[0].breathe: expected at least one inhale and one exhale",
    ),
    (
        steps("breathe: [{inhale: 4}, {exhale: nan}]\n    hold: 3m"),
        "3:29: steps[0].breathe[1].exhale: expected a duration",
    ),
    (steps("breathe: 4-6\n    cycles: 0"), 'expected a whole number from 1 to 10000, got "0"'),
    (steps("breathe: 4-6\n    hold: 3m\n    ramp: [9]"), "5:12: steps[0].ramp[0]: expected a pattern"),
    (
        steps("breathe: 4-6\n    hold: 3m\n    sound: organ"),
        "expected a breath sound (air, tone, chime, tick, words, none)",
    ),
    (steps("scan: []"), "3:5: steps[0].scan: expected a list with at least one region"),
    (steps("scan: [Feet]\n    each: 5"), "4:5: steps[0].each: expected a duration with a unit"),
    (steps("rest: long"), '3:5: steps[0].rest: expected a duration like 3m or 90s, got "long"'),
    (steps("rest: 3m\n  - pose: lying"), "3:5: steps[0]: the rest must be the last step; only a transition may follow"),
    (steps("rest: 3m\n  - rest: 3m"), "3:5: steps[0]: the rest must be the last step"),
    (steps("repeat: 2"), "3:5: steps[0]: a repeat needs steps"),
    (steps("repeat: x\n    steps: [{pose: lying}]"), "expected a whole number from 1 to 10000"),
    (steps("include: outer"), '3:5: steps[0].include: expected the id of a sequence, got "outer"'),
    # the music
    (
        top("bells: {hold: gong}"),
        'soft-stroke, tingsha, wood-block or the path of a sound file, got "gong"',
    ),
    (top("bells: {hold: tingshaa}"), "did you mean tingsha?"),
    (top("bells: {hold: {strikes: 2}}"), "2:9: bells.hold: sound is missing"),
    (top("bells: {hold: {sound: tingsha, strikes: 109}}"), "expected a whole number from 1 to 108"),
    (top("bells: {warn: tingsha}"), '2:9: bells.warn: expected a map, got "tingsha"'),
    (top("bells: {warn: {sound: tingsha}}"), "2:9: bells.warn: before is missing"),
    (top("bells: {every: {interval: 0.01s, sound: tingsha}}"), "expected an interval of at least 1 s"),
    (top("check-in: on"), '2:1: check-in: expected a check-in (usual, rest), got "on"'),
    (top("breath: {pattern: 4-6, for: ever}"), '2:24: breath.for: expected a duration like 3m or 90s, got "ever"'),
    # poses of one's own
    (top("poses: {a: {text: x}}"), "2:9: poses.a: a pose needs a name"),
    (
        top("poses: {a: {name: A, softer: b}}"),
        '2:22: poses.a.softer: expected one of this pose\'s variations, got "b"',
    ),
    (top("poses: {a: {name: A, instead: {knees: b}}}"), "2:32: poses.a.instead.knees: expected a pose"),
    (top("poses: {a: {name: A, instead: {nees: lying}}}"), 'unknown key "nees", did you mean knees?'),
    (top("poses: {a: {name: A, counter: dragn}}"), "did you mean dragon?"),
    (top("poses: {a: {name: A, kind: dance}}"), "expected a kind (pose, movement)"),
    (top("poses: {a: {name: A, variations: {b: {text: x}}}}"), "a variation needs a name"),
    (
        top("poses: {a: {name: A, position: bak}}"),
        'belly, left-side, right-side), got "bak", did you mean back?',
    ),
    (top("poses: {a: {name: A, leave: Up, leaves-in: sit}}"), "2:33: poses.a.leaves-in: expected a position (standing"),
    (top("poses: {a: {name: A, into: 0s}}"), 'poses.a.into: expected a duration of more than 0, got "0s"'),
    (
        top("poses: {a: {name: A, leaves-in: sitting}}"),
        "2:22: poses.a.leaves-in: leaves-in says where leave ends, but there is no leave",
    ),
    (
        top("poses: {a: {name: A, variations: {b: {name: B, text: x, leaves-in: sitting}}}}"),
        "2:57: poses.a.variations.b.leaves-in: leaves-in says where leave ends, but there is no leave",
    ),
    *(
        (
            top(f"poses: {{a: {{name: A, variations: {{b: {{name: B, {key}: {value}}}}}}}}}"),
            f"2:48: poses.a.variations.b.{key}: a variation with {key} needs its own text, the complete way in",
        )
        for key, value in (
            ("second", "x"),
            ("position", "belly"),
            ("into", "10s"),
            ("leave", "x"),
            ("shares", "[leave]"),
        )
    ),
    (
        top("poses: {a: {name: A, variations: {b: {name: B, text: x, shares: [leaf]}}}}"),
        'expected something a variation can share (leave, notice), got "leaf", did you mean leave?',
    ),
    (
        top("poses: {a: {name: A, variations: {b: {name: B, text: x, leave: y, shares: [leave]}}}}"),
        "leave is both shared with the pose and given here: keep one of the two",
    ),
    (
        top("poses: {a: {name: A, position: back, variations: {b: {name: B, text: x, position: belly, {}}}}}").replace(
            "{}", "shares: [leave]"
        ),
        "leave cannot be shared with a pose in another position: give the variation its own",
    ),
    (
        top("poses: {a: {name: A, cautions: [back], variations: {b: {name: B, suits: [neck]}}}}"),
        "suits neck, which is not one of this pose's cautions",
    ),
    # too much
    (steps("name: Here\n    hold: 24h"), "2:1: steps: longer than 24 hours"),
    (steps("name: Here\n    hold: 25h"), "expected a duration of at most 24 hours"),
    (steps(f"breathe: 4-6\n    hold: {'9' * 400}h"), "expected a duration of at most 24 hours"),
    (
        steps("repeat: 6000\n    steps: [{name: Here, hold: 1s}, {transition: 1s}]"),
        "more than 10,000 steps, counting repeats",
    ),
    (steps("repeat: 5001\n    steps: [{name: Here, hold: 1s}]"), "2:1: steps: more than 10,000 spans"),
    (steps("repeat: 10000\n    steps: [{scan: [" + "x, " * 5000 + "y]}]"), "2:1: steps: more than 10,000 spans"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "problem"), BAD, ids=[f"{i}: {problem[:50]}" for i, (_, problem) in enumerate(BAD)]
)
def test_what_is_wrong_is_said_with_its_place(content: str, problem: str) -> None:
    found = problems_of(content)
    assert all(re.match(r"x\.yaml:\d+:\d+: ", line) for line in found)
    wanted = f"x.yaml:{problem}" if problem[0].isdigit() else problem
    assert any(line.startswith(wanted) if problem[0].isdigit() else wanted in line for line in found), found


def test_a_compiled_parser_with_a_limit_of_its_own_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = yaml.parse

    def limited(content: str, Loader: Any) -> Any:  # noqa: N803 - as PyYAML calls it
        if Loader is not yaml.BaseLoader:
            raise yaml.scanner.ScannerError(None, None, "exceeded maximum nesting depth", None)
        return parse(content, Loader=Loader)

    monkeypatch.setattr(yaml, "parse", limited)
    assert problems_of("[" * 100_000) == ["x.yaml:1:33: nested deeper than 32 levels"]


def test_one_mistake_is_one_problem() -> None:
    lonely = [content for content, _ in BAD if "steps" in content and "pose: lying" in content and "title" in content]
    several = {content: found for content in lonely if len(found := problems_of(content)) > 1}
    assert not several


def test_the_example_of_the_format_comes_out_as_it_stands_there() -> None:
    content = (
        "\n" * 12
        + "title: Yin\nsteps:\n"
        + "  - pose: lying\n\n" * 2
        + "\n\n\n  - pose: dragon\n    hold: 3 min or so\n"
    )
    with pytest.raises(BadFileError) as caught:
        read_sequence(Source("yin", "yin.yaml", content), SHELF)
    assert str(caught.value) == 'yin.yaml:23:5: steps[2].hold: expected a duration like 3m or 90s, got "3 min or so"'


def test_every_problem_comes_in_one_go_in_the_order_of_the_lines() -> None:
    content = """\
lead-in: 5
steps:
  - pose: sitting
    hold: 3 min or so
    say: [{at: 2m, text: x}]
    colour: red
  - breathe: 4-6
  - pose: dragon
    between: soon
"""
    places = [line.split(" ")[0] + line.split(" ")[1] for line in problems_of(content)]
    assert places == [
        "x.yaml:1:1:a",
        "x.yaml:1:1:lead-in:",
        "x.yaml:3:5:steps[0].pose:",
        "x.yaml:4:5:steps[0].hold:",
        "x.yaml:6:5:steps[0].colour:",
        "x.yaml:7:5:steps[1].breathe:",
        "x.yaml:9:5:steps[2].between:",
    ]


def test_a_message_shows_control_characters_and_is_never_endless() -> None:
    (line,) = problems_of(top('level: ["\\e[31m' + "x" * 5000 + '"]'))
    assert "␛[31m" in line
    assert len(line) < 600


def shelf_of(**files: str) -> Shelf:
    def find(name: str) -> Source | None:
        return Source(name, f"{name}.yaml", files[name]) if name in files else None

    return Shelf("en", SHELF.poses, find)


def test_a_circle_of_includes_is_named() -> None:
    shelf = shelf_of(a=steps("include: b"), b=steps("include: x"))
    assert problems_of(steps("include: a"), shelf) == ["b.yaml:3:5: steps[0].include: circular include: x → a → b → x"]


def test_includes_neither_explode_nor_go_down_for_ever() -> None:
    doubled = {f"f{i}": steps(f"include: f{i + 1}\n  - include: f{i + 1}") for i in range(25)}
    shelf = shelf_of(**doubled, f25=steps("pose: lying"))
    assert "longer than 24 hours" in problems_of(steps("include: f0"), shelf)[0]
    chain = {f"f{i}": steps(f"include: f{i + 1}") for i in range(2000)}
    assert "includes nested deeper than 32 levels" in problems_of(steps("include: f0"), shelf_of(**chain))[0]


def test_problems_of_an_included_file_are_told_with_its_name_once() -> None:
    shelf = shelf_of(a=steps("pose: lying\n    hold: 3"))
    found = problems_of(steps("include: a\n  - include: a"), shelf)
    assert [line.split(" ")[0] for line in found] == ["a.yaml:4:5:"]


def test_an_include_brings_steps_and_poses_and_its_rest_becomes_a_hold() -> None:
    inner = "title: I\nlead-in: 1m\nposes: {own: {name: Own}}\nsteps: [{pose: own, hold: 1m}, {rest: 2m}]\n"
    sequence = read_sequence(Source("x", "x.yaml", steps("include: a\n  - rest: 3m")), shelf_of(a=inner))
    own, rest, last = sequence.steps
    assert isinstance(own, PoseStep)
    assert own.pose.name == Text(en="Own")
    assert isinstance(rest, PoseStep)
    assert isinstance(last, RestStep)
    assert sequence.lead_in is None
    ends = read_sequence(Source("x", "x.yaml", steps("include: a")), shelf_of(a=inner))
    assert isinstance(ends.steps[-1], RestStep)


@pytest.mark.parametrize(("begin", "line_end"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(begin: str, line_end: str) -> None:
    def saved(content: str) -> str:
        return begin + content.replace("\n", line_end)

    content = steps("pose: lying\n    text: >-\n      Lie\n      down\n    hold: 1:30")
    assert read(saved(content)) == read(content)
    bad = steps("pose: lying\n    hold: 3")
    assert problems_of(saved(bad)) == problems_of(bad)


def test_the_shortest_file_of_the_format() -> None:
    sequence = read(
        "title: My evening\nsteps: [{pose: lying, hold: 5m}, {breathe: 4-6, hold: 3m}, {name: Legs up, hold: 4m}]"
    )
    assert (sequence.title, sequence.lead_in, sequence.transition) == (Text(en="My evening"), None, None)
    assert (sequence.bells.close, sequence.bells.halfway) == (Bell("deep-bowl", 3), None)
    assert (sequence.pacer.pattern and sequence.pacer.pattern.name, sequence.pacer.sound) == ("long-exhale", "none")


def test_everything_that_is_written_arrives() -> None:
    sequence = read("""
format: 1
title: {nl: Alles}
language: nl
level: deep
props: [deken]
cautions: [knees]
lead-in: 0s
transition: 20s
bells: {warn: {before: 10s, sound: tingsha}, every: {interval: 5m, sound: ./gong.ogg, strikes: 2}, end: none}
breath: {pattern: 4-6, sound: air, for: 2m}
check-in: Rest
steps:
  - pose: dragon
    hold: {typical: 2m, max: 10m}
    sides: [left, right]
    between: {leave: 5s, pose: lying, hold: 30s}
    rebound: 2m
    say: [{at: -20s, text: Nog even, side: second}]
    bells: {side: deep-bowl, change: none}
    breath: none
    optional: true
  - transition: 30s
    text: Schuif op
  - breathe: box
    cycles: 6
    ramp: [3-3]
    sound: chime
  - scan: [Voeten, {text: Buik, for: 15s}]
    each: 6s
  - rest: {typical: 5m, min: 1m}
    pose: lying
  - transition: 0s
""")  # fmt: skip
    pose, moving, breathe, scan, rest, _ = sequence.steps
    assert (sequence.check_in, read("title: T\nsteps:\n  - rest: 3m\n").check_in) == ("rest", "usual")
    assert (sequence.level, sequence.props, sequence.cautions) == ("deep", (Text(nl="deken"),), ("knees",))
    assert sequence.bells.warn == Warn(10, Bell("tingsha"))
    assert sequence.bells.every == Every(300, Bell("./gong.ogg", 2))
    assert sequence.bells.end is None
    assert (sequence.pacer.sound, sequence.pacer.limit) == ("air", 120)
    assert isinstance(pose, PoseStep)
    assert (pose.hold.typical, pose.hold.min, pose.hold.max) == (120, 60, 600)
    assert (pose.sides, pose.between.leave, pose.between.hold) == (("left", "right"), 5, 30)
    assert pose.rebound
    assert (pose.rebound.hold.typical, pose.rebound.hold.min, pose.rebound.hold.max) == (120, 30, 120)
    assert (pose.say[0].at, pose.say[0].side) == (Moment("before", 20), "second")
    assert (pose.bells, pose.optional) == ({"side": Bell("deep-bowl"), "change": None}, True)
    assert pose.pacer
    assert pose.pacer.pattern is None
    assert moving == TransitionStep(30, Text(nl="Schuif op"))
    assert isinstance(breathe, BreatheStep)
    assert (breathe.cycles, breathe.sound, len(breathe.ramp)) == (6, "chime", 1)
    assert isinstance(scan, ScanStep)
    assert [entry.hold.typical for entry in scan.entries] == [6, 15]
    assert isinstance(rest, RestStep)
    assert (rest.hold.min, rest.hold.max, rest.own_min) == (60, 900, True)


def test_a_typical_hold_beyond_the_library_s_bounds_widens_them() -> None:
    holds = [
        step.hold
        for step in read(steps("pose: lying\n    hold: 10s\n  - pose: lying\n    hold: 9m")).steps
        if isinstance(step, PoseStep)
    ]
    assert [(hold.min, hold.typical, hold.max) for hold in holds] == [(10, 10, 240), (30, 540, 540)]


def test_bounds_without_a_pose_of_the_library_are_half_and_twice() -> None:
    (step,) = read(steps("name: Here\n    hold: 3m")).steps
    assert isinstance(step, PoseStep)
    assert (step.hold.min, step.hold.max) == (90, 360)


def test_props_and_cautions_are_those_of_the_poses_unless_written() -> None:
    poses = "poses: {a: {name: A, props: [belt], cautions: [knees]}}\n"
    content = poses + steps("pose: a\n    hold: 1m\n    props: [chair]\n  - pose: a\n    hold: 1m")
    assert (read(content).props, read(content).cautions) == ((Text(en="chair"), Text(en="belt")), ("knees",))
    assert read("props: []\ncautions: []\n" + content).props == ()


def test_a_library_adds_to_another_and_overrides_it() -> None:
    poses = read_library("lying: {name: Mine, counter: dragon}\nnew: {name: New}\n", "poses.yaml", "en", SHELF.poses)
    assert poses.keys() == {"dragon", "lying", "rocking", "new"}
    assert poses["lying"].name == Text(en="Mine")
    with pytest.raises(BadFileError, match=r"mine\.yaml:1:7: new\.holt: unknown key"):
        read_library("new: {holt: 3m, name: New}", "mine.yaml", "en", {})


POSE = """
a:
  name: A
  text: Sit
  second: The other [left] foot
  position: sitting
  into: 20s
  notice: [Hips]
  leave: Lie down
  leaves-in: back
  variations:
    same: {name: Same, props: [belt]}
    own: {name: Own, text: Lie, notice: [Belly], position: belly, into: 5s, leave: Up, leaves-in: kneeling}
    way-in: {name: Way in, text: Sit high, second: Now left, shares: [leave]}
    way-out: {name: Way out, text: Sit low, leave: Stay}
"""


def test_a_pose_says_where_it_begins_and_ends_and_a_variation_what_is_other_in_it() -> None:
    pose = read_library(POSE, "poses.yaml", "en", {})["a"]
    assert (pose.position, pose.leaves_in, pose.into) == ("sitting", "back", 20)
    assert pose.second == Text(en="The other [left] foot")
    own = pose.variations["own"]
    assert (own.position, own.leaves_in, own.into) == ("belly", "kneeling", 5)
    assert (own.leave, own.notice, own.second) == (Text(en="Up"), (Text(en="Belly"),), Text())
    bare = read_library("b: {name: B}", "poses.yaml", "en", {})["b"]
    assert (bare.position, bare.leaves_in, bare.into, bare.second) == (None, None, None, Text())


def test_a_pose_as_it_is_done_is_whole() -> None:
    pose = read_library(POSE, "poses.yaml", "en", {})["a"]
    assert as_done(pose) is pose
    same, own, way_in, way_out = (as_done(pose, variation) for variation in pose.variations.values())
    assert same == replace(pose, props=(Text(en="belt"),))
    assert (own.text, own.second, own.position, own.into) == (Text(en="Lie"), Text(), "belly", 5)
    assert (own.notice, own.leave, own.leaves_in) == ((Text(en="Belly"),), Text(en="Up"), "kneeling")
    assert (way_in.second, way_in.position, way_in.into) == (Text(en="Now left"), "sitting", 20)
    assert (way_in.leave, way_in.leaves_in) == (pose.leave, "back")
    assert (way_out.second, way_out.leave, way_out.leaves_in) == (Text(), Text(en="Stay"), None)


def test_a_second_side_told_at_length_is_warned_of() -> None:
    pose = "a: {name: A, second: {en: " + "left " * 16 + ", nl: " + "links " * 15 + "}}"
    _, notebook = check_library(pose, "poses.yaml", "en", {})
    (warning,) = notebook.warnings
    assert str(warning) == "poses.yaml:1:14: a.second: expected at most 15 words for the second side, got 16 (en)"


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The text of a valid file with some of its characters and lines deleted, doubled or put in another's place."""
    content = draw(texts())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        end = draw(st.integers(at, min(len(content), at + 20)))
        segment = draw(
            st.sampled_from(
                [
                    '"',
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "-",
                    "&a ",
                    "*a",
                    "\n",
                    "\t",
                    "#",
                    "'",
                    "0",
                    content[at:end] * 2,
                    "",
                ]
            )
        )
        content = content[:at] + segment + content[end:]
    return content


@settings(max_examples=100)
@given(mutated())
def test_a_damaged_file_is_read_or_refused_but_never_crashes(content: str) -> None:
    try:
        sequence = read(content)
    except BadFileError:
        return
    assert isinstance(sequence, Sequence)
