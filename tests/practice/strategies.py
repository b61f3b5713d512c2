"""Random sequences that are valid: as the text of a file, and as what the reader makes of it."""

import json
from typing import Any

from hypothesis import strategies as st

from psoas_cli.practice.format.pose_reader import read_library
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.format.step_reader import STEP_KINDS
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.positions import POSITIONS
from psoas_cli.practice.model.sequence import Sequence

Draw = Any

LIBRARY = read_library(
    """
dragon:
  name: {en: Dragon, nl: Draak}
  text: {en: "Step your [right] foot forward", nl: "Zet je [rechter]voet naar voren"}
  notice: ["Your [right] hip", "Your breath", "The floor"]
  second: {en: "The [right] one", nl: "De [rechter]"}
  leave: {en: "Come back from the [right]", nl: "Kom terug"}
  position: hands-and-knees
  into: 20s
  hold: {typical: 3m, min: 1m, max: 5m}
  sides: true
  side-label: {en: "[right] foot forward", nl: "[rechter]voet naar voren"}
  variations:
    low: {name: Low dragon, text: "Stay low, [right]", position: left-side, leave: Get up, leaves-in: sitting}
    raised:
      name: {en: Raised dragon, nl: Hoge draak}
      text: {en: "A short step with your [right] foot", nl: "Een kleine stap met je [rechter]voet"}
      from-here: {en: "A shorter step, [right]", nl: "Een kleinere stap, [rechts]"}
      second: {en: "A short step, and then the [right] hand goes where it was before", nl: "Een kleine stap"}
      notice: ["Your [right] hip", "The ceiling"]
      leave: {en: "Back from the [right]", nl: "Kom weer"}
  softer: raised
lying:
  name: {en: Lying, nl: Liggen}
  text: {en: Knees bent, nl: Buig je knieën}
  leave: {en: Roll over, nl: Rol om}
  position: back
  leaves-in: right-side
  hold: {typical: 2m, min: 30s, max: 4m}
  variations:
    chair:
      name: {en: On a chair, nl: Op een stoel}
      text: {en: Your legs on a chair, nl: Je benen op een stoel}
      from-here: {en: Lift your legs onto a chair, nl: Leg je benen op een stoel}
      leave: {en: Take your legs off the chair, nl: Haal je benen van de stoel}
  softer: chair
rocking:
  name: Rocking
  text: {en: Rock, nl: Wieg}
  leave: {en: Come to rest, nl: Word stil}
  position: back
  hold: {typical: 45s, min: 20s, max: 90s}
  kind: movement
  variations: {less: {name: {en: Less, nl: Minder}, from-here: {en: Rock less, nl: Wieg minder}}}
  softer: less
""",
    "poses.yaml",
    "en",
    {},
)
INNER = """
title: Inner
lead-in: 40s
bells: {open: tingsha}
steps:
  - pose: dragon
    optional: true
  - rest: 2m
"""
SHELF = Shelf("en", LIBRARY, lambda name: Source("inner", "inner.yaml", INNER) if name == "inner" else None)


def read(content: str) -> Sequence:
    return read_sequence(Source("random", "random.yaml", content), SHELF)


PATTERNS = st.one_of(
    st.sampled_from(["long-exhale", "coherent", "box", "4-7-8", "triangle", "5.5-5.5", "3.3-4.7", "4-0.5-6-0"]),
    st.just([{"inhale": "3"}, {"inhale": "1"}, {"exhale": "6.5s"}]),
)
BREATHS = st.one_of(
    st.just("none"),
    PATTERNS,
    st.fixed_dictionaries({}, optional={"pattern": PATTERNS, "sound": st.just("tone"), "for": st.just("1m10s")}),
)
BELLS = st.sampled_from(["none", "deep-bowl", "tingsha", {"sound": "wood-block", "strikes": "2"}])
WARNS = st.sampled_from(["none", {"before": "10s", "sound": "tingsha"}, {"before": "61s", "sound": "high-bowl"}])
EVERIES = st.sampled_from(["none", {"interval": "30s", "sound": "tingsha"}, {"interval": "77s", "sound": "tingsha"}])
BELLS_OF_A_HOLD = {
    **dict.fromkeys(("hold", "end", "side", "change", "halfway", "minute"), BELLS),
    "warn": WARNS,
}
TEXTS = st.sampled_from(["Breathe", {"en": "Soften your [left] hip", "nl": "Zacht, je [linker]heup"}, {"nl": "Rust"}])


def seconds(low: int, high: int) -> st.SearchStrategy[str]:
    """A duration from *low* to *high* seconds, in one of the ways to write it."""
    whole = st.integers(low, high)
    return st.one_of(
        whole.map(duration_text),
        whole.map(lambda each: f"{each // 60}:{each % 60:02}"),
        whole.map(lambda each: f"{each}.5s"),
    )


@st.composite
def holds(draw: Draw, low: int = 8, high: int = 300) -> Any:
    typical = draw(st.integers(low, high))
    if draw(st.booleans()):
        return duration_text(typical)
    shortest = draw(st.integers(max(1, typical // 3), typical))
    longest = draw(st.integers(typical, typical * 3))
    bounds = {"min": duration_text(shortest), "max": duration_text(longest)}
    return {"typical": duration_text(typical), **draw(st.sampled_from([{}, bounds, {"max": bounds["max"]}]))}


@st.composite
def open_holds(draw: Draw, high: int = 300) -> Any:
    """A hold that may be open until a key."""
    hold = draw(holds(high=high))
    if draw(st.integers(0, 2)):
        return hold
    return (hold if isinstance(hold, dict) else {"typical": hold}) | {
        "until-key": draw(st.sampled_from(["true", "no"]))
    }


SAYS = st.lists(
    st.fixed_dictionaries(
        {"at": st.sampled_from(["0s", "7s", "-6.5s", "-0s", "50%", "33.3%", "0%", "100%"]), "text": TEXTS},
        optional={"side": st.sampled_from(["first", "second"])},
    ),
    min_size=1,
    max_size=3,
)
TIMES_TO_MOVE = st.one_of(st.just("auto"), st.just("0s"), seconds(1, 40))
POSITIONS_TO_BE = st.sampled_from(POSITIONS)
_OF_A_POSE = {
    "between": st.one_of(
        TIMES_TO_MOVE,
        st.fixed_dictionaries(
            {"pose": st.just("lying"), "hold": seconds(1, 40)}, optional={"leave": TIMES_TO_MOVE, "back": TIMES_TO_MOVE}
        ),
        st.fixed_dictionaries({"leave": TIMES_TO_MOVE, "hold": seconds(1, 40)}),
    ),
    "rebound": st.one_of(
        seconds(20, 120),
        st.fixed_dictionaries(
            {"hold": open_holds()}, optional={"leave": TIMES_TO_MOVE, "pose": st.sampled_from(["lying", "rocking"])}
        ),
    ),
    "text": TEXTS,
    "breath": BREATHS,
    "bells": st.fixed_dictionaries({}, optional=BELLS_OF_A_HOLD),
    "say": SAYS,
    "optional": st.sampled_from(["true", "false"]),
}
_SIDES = st.sampled_from([["right", "left"], ["left", "right"], ["left"], "right"])
POSE_STEPS = st.one_of(
    st.fixed_dictionaries(
        {"pose": st.just("dragon")},
        optional=_OF_A_POSE | {"hold": open_holds(), "sides": _SIDES, "variation": st.just("low")},
    ),
    st.fixed_dictionaries(
        {"pose": st.sampled_from(["lying", "rocking", "mine"])}, optional=_OF_A_POSE | {"hold": open_holds()}
    ),
    st.fixed_dictionaries(
        {"name": TEXTS, "hold": open_holds()},
        optional=_OF_A_POSE
        | {"sides": _SIDES, "position": POSITIONS_TO_BE, "leaves-in": POSITIONS_TO_BE, "into": seconds(1, 30)},
    ),
)
_OF_BREATHING: dict[str, st.SearchStrategy[Any]] = {
    "ramp": st.lists(PATTERNS, min_size=1, max_size=3),
    "sound": st.sampled_from(["air", "none"]),
    "text": TEXTS,
    "say": SAYS,
}
BREATHE_STEPS = st.one_of(
    st.fixed_dictionaries({"breathe": PATTERNS, "hold": holds()}, optional=_OF_BREATHING),
    st.fixed_dictionaries({"breathe": PATTERNS, "cycles": st.integers(2, 40).map(str)}, optional=_OF_BREATHING),
)
SCAN_STEPS = st.fixed_dictionaries(
    {"scan": st.lists(st.one_of(TEXTS, st.fixed_dictionaries({"text": TEXTS, "for": seconds(1, 40)})), min_size=1)},
    optional={"each": seconds(2, 25), "text": TEXTS},
)
TRANSITIONS = st.fixed_dictionaries({"transition": TIMES_TO_MOVE}, optional={"text": TEXTS, "fetch": TEXTS})
STEPS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    POSE_STEPS, POSE_STEPS, BREATHE_STEPS, SCAN_STEPS, TRANSITIONS, st.just({"include": "inner"})
)
REPEATS = st.fixed_dictionaries({"repeat": st.sampled_from("123"), "steps": st.lists(STEPS, min_size=1, max_size=2)})
RESTS = st.fixed_dictionaries(
    {"rest": open_holds(high=600)},
    optional={"pose": st.just("lying"), "text": TEXTS, "breath": BREATHS, "say": SAYS},
)
ENDS: st.SearchStrategy[list[dict[str, Any]]] = st.one_of(
    st.just([]), RESTS.map(lambda rest: [rest]), st.tuples(RESTS, TRANSITIONS).map(list)
)


def _kind_first(step: dict[str, Any]) -> dict[str, Any]:
    """The keys of *step* with its kind before the others, which come in any order."""
    if "steps" in step:
        step = step | {"steps": [_kind_first(each) for each in step["steps"]]}
    return dict(
        sorted(step.items(), key=lambda item: item[0] not in STEP_KINDS or (item[0] == "pose" and "rest" in step))
    )


@st.composite
def texts(draw: Draw) -> str:
    """The text of a valid file. JSON is YAML as well, and its keys stay in their order."""
    settings = st.fixed_dictionaries(
        {},
        optional={
            "lead-in": TIMES_TO_MOVE,
            "transition": TIMES_TO_MOVE,
            "breath": BREATHS,
            "bells": st.fixed_dictionaries(
                {}, optional=BELLS_OF_A_HOLD | {"open": BELLS, "close": BELLS, "every": EVERIES}
            ),
        },
    )
    steps = [*draw(st.lists(st.one_of(STEPS, STEPS, REPEATS), max_size=5)), draw(POSE_STEPS), *draw(ENDS)]
    own = {"mine": {"name": "My own", "sides": draw(st.sampled_from(["yes", "no"])), "hold": "1m"}}
    return json.dumps(
        {"title": "Random", "poses": own, **draw(settings), "steps": list(map(_kind_first, steps))}, indent=1
    )


SEQUENCES: st.SearchStrategy[Sequence] = texts().map(read)
