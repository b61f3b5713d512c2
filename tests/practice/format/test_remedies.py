"""What is valid YAML but no sequence is answered with the likely slip and the right form."""

import pytest
from tests.practice.format.test_reader import problems_of, steps, top
from tests.practice.strategies import SHELF, read

from psoas_cli.practice.format.step_reader import STEP_KINDS
from psoas_cli.practice.model.text import Text

NBSP, ZWSP = "\u00a0", "\u200b"
QUOTES = "put the text in double quotes, or on the lines below after >-"


def sides(written: str) -> str:
    return steps(f"pose: dragon\n    sides: {written}")


MISTAKES = [
    # characters
    (steps(f"pose: lying\n    hold{NBSP}: 3m"), "4:9: steps[0].hold: a no-break space (U+00A0) at the end: delete it"),
    (steps(f"pose: lying\n    h{ZWSP}old: 3m"), "4:6: steps[0].hold: a zero width space (U+200B), which"),
    (steps("pose: lying\n    h\u00adold: 3m"), "4:6: steps[0].hold: a soft hyphen (U+00AD), which cannot be seen"),
    (steps(f"pose: lying{ZWSP}"), "3:16: steps[0].pose: a zero width space (U+200B), which cannot be seen: delete it"),
    (steps("pose: \u200elying"), "3:5: steps[0].pose: a left-to-right mark (U+200E), which cannot be seen: delete it"),
    (steps("pose: l\u0443ing"), "3:12: steps[0].pose: a Cyrillic small letter u (U+0443): type y instead"),
    (steps("p\u043ese: lying"), "3:5: steps[0].p\u043ese: a Cyrillic small letter o (U+043E): type o instead"),
    (steps("pose: \u201clying\u201d"), '3:5: steps[0].pose: a left double quotation mark (U+201C): type " instead'),
    (steps(f"pose: lying\n    hold: 3{ZWSP}m"), "4:12: steps[0].hold: a zero width space (U+200B)"),
    (steps(f"pose: lying\n    hold: 3m{NBSP}# long"), "4:13: steps[0].hold: a no-break space (U+00A0)"),
    (steps(f"pose:{NBSP}lying"), "3:10: steps[0]: a no-break space (U+00A0): type a plain space instead"),
    (steps(f"pose: lying\n    text: {{en:{NBSP}A, nl: B}}"), "4:15: steps[0].text"),
    (top(f"poses: {{my{ZWSP}pose: {{name: X}}}}"), "2:11: poses.mypose: a zero width space (U+200B)"),
    (f"title: T\nsteps:\n  -{NBSP}pose: lying\n", "3:4: a no-break space (U+00A0): type a plain space instead"),
    (steps("include: inner\u200b"), "3:19: steps[0].include: a zero width space (U+200B)"),
    (top("poses: {a: {name: A, softer: b\u200b, variations: {b: {name: B}}}}"), "2:31: poses.a.softer: a zero width"),
    (sides(f"[right,{NBSP}left]"), "4:5: steps[0].sides: a no-break space (U+00A0)"),
    (top("poses: {mijn-p\u043ese: {name: X}, a: {name: A, counter: mijn-pose}}"), "2:15: poses.mijn-pose: a Cyrillic"),
    (top("poses: {a: {name: A, variations: {my\u2013way: {name: B}}}}"), "an en dash (U+2013): type - instead"),
    # words that would be lost
    (steps("scan: [\u201chead, neck\u201d, belly]"), "3:12: steps[0].scan[0]: a comma ends a text in \u201c"),
    ("title: !important My evening\nsteps: [{pose: lying}]\n", f"1:8: title: text that begins with !: {QUOTES}"),
    ("title: ! My evening\nsteps: [{pose: lying}]\n", f"1:8: title: text that begins with !: {QUOTES}"),
    ("title: &relax and breathe\nsteps: [{pose: lying}]\n", f"1:8: title: text that begins with &: {QUOTES}"),
    (steps("pose: !my lying"), "3:11: steps[0].pose: text that begins with !"),
    ("title: #1 in the morning\nsteps: [{pose: lying}]\n", "1:1: title: text cut short by a space and #"),
    ("title: {my title}\nsteps: [{pose: lying}]\n", f"1:1: title: text that begins with {{: {QUOTES}"),
    ("title: [right]\nsteps: [{pose: lying}]\n", "1:1: title: expected one value, got a list; if it is text"),
    # lists and maps
    ("title: T\nsteps:\n  pose: lying\n", "3:3: steps: expected a list, got a map; begin each entry with"),
    ("title: T\nsteps:\n  -pose: lying\n", "3:3: steps: a space is missing after the dash"),
    ("title: T\nsteps:\n  \N{EN DASH} pose: lying\n", "3:3: steps: an entry of a list begins with - and a space"),
    ("title: T\nsteps:\n  1. pose: lying\n", "3:3: steps: an entry of a list begins with - and a space, not with 1."),
    ("title: T\nsteps: lying\n", '2:1: steps: expected a list, got "lying"; write - pose: lying on a line below'),
    (steps("pose:lying"), "3:9: steps[0]: a colon and a space are missing: write pose: lying"),
    (steps("pose = lying\n    hold = 3m"), "3:9: steps[0]: a colon and a space are missing: write pose: lying"),
    (steps("pose: lying\n    hold: {typical:3m}"), "4:19: steps[0].hold.typical:3m: a colon and a space are missing"),
    (steps("pose: lying\n    say: Breathe"), '4:5: steps[0].say: expected a list, got "Breathe"; write - {at: 50%, t'),
    (steps("pose: lying\n    say: [Breathe]"), '4:11: steps[0].say[0]: expected a map, got "Breathe"; write {at: 50%'),
    (steps("pose: lying\n    say:\n      at: 50%\n      text: x"), "5:7: steps[0].say: expected a list, got a map"),
    (steps("rest"), '3:5: steps[0]: expected a map, got "rest"; write rest: 3m'),
    (steps("scan: Feet, Legs"), '3:5: steps[0].scan: expected a list, got "Feet, Legs"; write [Feet, Legs], or a dash'),
    (steps("pose: [lying]"), "3:5: steps[0].pose: expected one value, got a list; write lying alone"),
    (steps("pose: lying\n    props: mat"), '4:5: steps[0].props: expected a list, got "mat"; write [mat], or a dash'),
    (steps("pose: lying\n    bells: tingsha"), '4:5: steps[0].bells: expected a map, got "tingsha"; write {hold: t'),
    (steps("pose: lying\n    text:\n      - Lie\n      - down"), "4:5: steps[0].text: expected one value, got a list"),
    # several names
    *(
        (top(f"cautions: [{written}]"), f'2:12: cautions[0]: expected a caution, got "{written}"; put a comma between')
        for written in ("knees; back", "knees\uff0cback", "knees\u3001back", "knees and back", "knees en x")
    ),
    (top("cautions: knees and back"), "write [knees, back]"),
    (top("cautions:\n  knees\n  back"), "write [knees, back]"),
    (top("cautions:\n- knees, back"), "put each after a dash of its own"),
    (top("cautions: [hips]"), "expected a caution (surgery, thrombosis, "),
    (top("cautions: geen"), "expected none, or a list with a caution (surgery, "),
    # steps without their form
    (steps("lying 3m"), "write pose: lying, and how long on a line below: hold: 3m"),
    (steps("pose lying"), "3:9: steps[0]: a colon is missing after pose: write pose: lying"),
    (steps("Lie down"), "write name: Lie down, and how long on a line below: hold: 3m"),
    (steps("breathe"), "write breathe: 4-6, and how long on a line below: hold: 3m"),
    (steps('"rest: 3m"'), "3:5: steps[0]: quotes around a key and its value: write rest: 3m"),
    ("- pose: lying\n", "1:1: expected a map, got a list; write title: and a name first, then steps: with the steps"),
    ("---\n", "1:1: the file is empty"),
    (top("+summary: x"), "2:1: +summary: a + before summary: delete it"),
    # keys
    (steps("lying: 3m"), 'got "lying"; write pose: lying, and how long on a line below: hold: 3m'),
    (steps("hold: 3m\n    pose: lying"), 'got "hold"; put pose first'),
    (steps("Pose: lying"), 'got "Pose", did you mean pose?'),
    (steps("pose: LYNG"), 'got "LYNG", did you mean lying?'),
    (steps("pose: lying\nhold: 3m"), '4:1: hold: unknown key "hold"; it belongs elsewhere: line it up'),
    (steps("breathe: 4-6\n    hold: 3m\n    until-key: true"), 'unknown key "until-key"; only poses, rebounds and'),
    ("title: {EN: A, NL: B}\nsteps: [{pose: lying}]\n", 'expected a map of en and nl, got "EN", did you mean en?'),
    ("title: {Nederlands: A}\nsteps: [{pose: lying}]\n", 'got "Nederlands", did you mean nl?'),
    ("title: {en-GB: A}\nsteps: [{pose: lying}]\n", 'got "en-GB", did you mean en?'),
    # sides
    *(
        (sides(written), f"{meant}?")
        for written, meant in (
            ("right, left", "did you mean [right, left]"), ("both", "did you mean [right, left]"),
            ("beide", "did you mean [right, left]"), ("links, rechts", "did you mean [left, right]"),
            ("[rechts, links]", "did you mean [right, left]"), ("right and left", "did you mean [right, left]"),
            ("L/R", "did you mean [left, right]"), ("links", "did you mean left"), ("Right", "did you mean right"),
        )
    ),
    (sides("rigth"), "did you mean right?"),
    # durations
    (steps("pose: lying\n    hold: 3m#kort"), "4:13: steps[0].hold: a space is missing before #"),
    (steps("pose: lying\n    breath: geen"), "did you mean none?"),
    *(
        (steps(f"pose: lying\n    say: [{{at: {written}, text: x}}]"), told)
        for written, told in (
            ("-15", '-15m (minutes) or -15s (seconds), got "-15"'), ("-.5m", "did you mean -30s?"),
            ("-3\u20135m", "write one duration, like -4m"), ("-15 secondes", 'like -3m or -90s, got "-15 secondes"'),
        )
    ),
    (steps("pose: lying\n    hold: 3-5m"), "4:5: steps[0].hold: a range is written {typical: 4m, min: 3m, max: 5m}"),
    (steps("pose: lying\n    between: 10-20s"), "instead of a range write one duration, like 15s"),
    (steps("breathe: 4-6-0\n    hold: 3m"), "its exhale would take no time; without a retention write 4-6"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "told"), MISTAKES, ids=[f"{i}: {told[:50]}" for i, (_, told) in enumerate(MISTAKES)]
)
def test_a_slip_is_answered_with_the_right_form(content: str, told: str) -> None:
    (found,) = problems_of(content)
    assert found.startswith(f"x.yaml:{told}") if told[0].isdigit() else told in found, found


@pytest.mark.parametrize(
    "kind", [kind for kind in STEP_KINDS if kind not in ("pose", "scan", "include", "name", "repeat")]
)
def test_what_a_bare_kind_of_step_is_answered_with_can_be_read(kind: str) -> None:
    (found,) = problems_of(steps(kind))
    form, _, more = found.partition("; write ")[2].partition(", and how long on a line below: ")
    assert read(steps(f"{form}\n    {more}" if more else form)).steps


def test_ids_in_other_letters_are_as_good_as_any_and_none_is_no_caution() -> None:
    assert read(
        "title: T\nposes:\n  \u043f\u043e\u0437\u0430: {name: X}\nsteps: [{pose: \u043f\u043e\u0437\u0430, hold: 3m}]\n"
    ).steps
    assert read(top("cautions: none")).cautions == ()


def test_an_include_that_is_nearly_an_id_is_answered_with_it() -> None:
    (found,) = problems_of(steps("include: yin-shrot"), SHELF._replace(names=lambda: ["yin", "yin-short"]))
    assert found.endswith('expected the id of a sequence, got "yin-shrot", did you mean yin-short?')


def test_prose_may_have_the_spaces_dashes_and_quotes_of_good_typography() -> None:
    written = "Op je\u00a0rug \N{EM DASH} \u201cja\u201d, caf\u00e9\u2026"
    assert read(f"title: {written}\nsteps: [{{pose: lying}}]\n").title == Text(en=written.replace("\u00a0", " "))
    below = f"Lie down\n      {NBSP}and breathe"
    assert read(steps(f"pose: lying\n    text: {below}\n    hold: 1m")).steps


def test_a_mark_that_something_refers_to_is_kept() -> None:
    sequence = read(steps("name: &n Here\n    hold: &long 5m\n  - name: *n\n    hold: *long"))
    assert [step.hold.typical for step in sequence.steps] == [300, 300]  # type: ignore[union-attr] # both are holds
