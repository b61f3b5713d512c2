"""The form of a sequence file, and of a library of poses, as JSON Schema: what an editor helps and checks with.

It is made from what the reader knows: its keys, its closed lists, its forms of values. What only a reader can tell
(that a pose exists, that a cue lies in its hold) it leaves to `psoas check`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from psoas_cli.practice.format.bell_reader import BELL_KEYS, BELL_MOMENTS, BELLS_OF_A_HOLD, MOST_STRIKES
from psoas_cli.practice.format.figure_reader import NEEDED_OF_A_FIGURE
from psoas_cli.practice.format.pose_reader import HOLD_KEYS, KEYS_WITH_TEXT, KINDS, POSE_KEYS, VARIATION_KEYS
from psoas_cli.practice.format.reader import MOST_SPANS, TOP_KEYS
from psoas_cli.practice.format.schema_values import VALUES, Schema, any_of, list_of, map_of, one_of, ref, whole_number
from psoas_cli.practice.format.step_reader import (
    AUTO,
    BETWEEN_HOLD,
    BETWEEN_KEYS,
    BREATH_KEYS,
    CUE_KEYS,
    ENTRY_KEYS,
    MOST_CYCLES,
    REBOUND,
    REBOUND_KEYS,
    SCAN_BOUNDS,
    STEP_KINDS,
)
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.figure import FIGURE_KEYS, VIEWS
from psoas_cli.practice.model.poses import INTO
from psoas_cli.practice.model.sequence import FORMAT, LEVELS, Sequence
from psoas_cli.practice.model.text import LANGS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def sequence_schema(poses: Iterable[str] = ()) -> dict[str, Any]:
    """The schema of a sequence file; *poses* are ids that an editor may offer, any other one is as good."""
    return {
        "$schema": DIALECT,
        "title": f"A sequence of psoas, format {FORMAT}",
        "description": "A practice: a title, some settings, and steps.",
        **map_of(TOP_KEYS, TOP, ("title", "steps")),
        "$defs": _definitions(poses),
    }


def poses_schema(poses: Iterable[str] = ()) -> dict[str, Any]:
    """The schema of a library of poses, `poses.yaml`; *poses* as in `sequence_schema`."""
    return {
        "$schema": DIALECT,
        "title": f"Poses of psoas, format {FORMAT}",
        "description": "Poses and movements by id.",
        **_POSES,
        "$defs": _definitions(poses),
    }


def _definitions(poses: Iterable[str]) -> dict[str, Schema]:
    known = list(poses)
    offered = any_of(one_of(known), ref("id")) if known else ref("id")
    pose_id = {
        "title": "id of a pose",
        "description": "One that psoas poses lists, or of a pose of this file's own.",
    }
    steps = {f"{kind}-step": _step(kind, keys) for kind, keys in STEP_KINDS.items()}
    step = {"title": "step", "description": "A part of the practice: its first key says the kind."}
    step_of_a_kind = {"oneOf": [ref(name) for name in steps]}
    return {**VALUES, "pose-id": {**pose_id, **offered}, **MAPS, "step": {**step, **step_of_a_kind}, **steps}


def _about(name: str, description: str, **more: object) -> Schema:
    """What the value of a key is: the definition *name*, and what it is there for."""
    return {**ref(name), "description": description, **more}


TOP: Mapping[str, Schema] = {
    "format": {**one_of([FORMAT, str(FORMAT)]), "description": "The version of this format.", "default": FORMAT},
    "title": _about("text", "What the practice is called."),
    "language": {**one_of(LANGS), "description": "What plain texts are in; without it, the language of the system."},
    "summary": _about("text", "What the practice is, in a sentence or two."),
    "credit": _about("text", "Where it comes from: a teacher, a book, yourself."),
    "level": {**one_of(LEVELS), "description": "How deep it goes."},
    "props": _about("texts", "What to have within reach; without it, what its poses ask for."),
    "cautions": _about("cautions", "Who might take care; without it, what its poses say."),
    "lead-in": _about("time-to-move", "Time to lie down before the opening bell.", default=AUTO),
    "transition": _about(
        "time-to-move",
        "Time to move, put before each pose, name or rest that follows neither the lead-in nor a transition.",
        default=AUTO,
    ),
    "bells": _about("bells", "Which bell rings when; a moment that is left out keeps its own."),
    "breath": _about(
        "breath",
        "The breath in holds: seen, and heard only where it says a sound.",
        default={"pattern": "long-exhale", "sound": Sequence.pacer.sound},
    ),
    "poses": _about("poses", "Poses of this file's own, by an id that you choose."),
    "steps": _about("steps", "What happens, in order; at least one."),
}  # fmt: skip

STEP: Mapping[str, Schema] = {
    "pose": _about("pose-id", "The pose or movement that one is in."),
    "name": _about("text", "A pose that the library lacks, by what it is called."),
    "hold": _about("hold", "How long; of a pose on each side, and without it as the pose itself says."),
    "sides": _about("sides", "Which sides, and in what order; without it, as the pose has them."),
    "between": {
        **any_of(ref("time-to-move"), ref("between")),
        "description": "From the first side to the second: time to move, or a pose to rest in and the ways around it.",
        "default": AUTO,
    },
    "rebound": {
        **any_of(ref("hold"), ref("rebound")),
        "description": "A rest after the pose, once: a duration, or a way out and a pose.",
    },
    "variation": _about("id", "Another way to do the pose: psoas poses NAME lists them."),
    "text": _about("text", "What there is to do; of a pose, in place of its own way in."),
    "props": _about("texts", "What it needs, besides what the pose itself needs."),
    "breath": _about("breath", "The breath in this step alone."),
    "bells": _about("bells-of-a-hold", "The bells of this step alone."),
    "say": _about("cues", "Things said on the way."),
    "optional": _about("flag", "Whether a short practice may leave it out.", default=False),
    "position": _about("position", "Where its way in begins; without it that is not known."),
    "leaves-in": _about("position", "Where one is after it, where that is elsewhere."),
    "into": _about("duration", "How long coming into it takes once it is told.", default=duration_text(INTO)),
    "transition": _about("time-to-move", "Time to move."),
    "fetch": _about("text", "What to have within reach, told before how to move: Have a block within reach."),
    "breathe": _about("pattern", "Breathing, in whole breaths."),
    "cycles": {**whole_number(MOST_CYCLES), "description": "How many breaths, in place of hold."},
    "ramp": {**list_of(ref("pattern")), "description": "Patterns before it, about a minute each, inside the hold."},
    "sound": _about("breath-sound", "How the breath is heard.", default="air"),
    "scan": {
        **list_of(any_of(ref("text"), ref("region")), minItems=1),
        "description": "Attention moves through these regions: texts, or maps of text and for.",
    },
    "each": _about("hold", "How long each region lasts.", default=duration_text(SCAN_BOUNDS.typical)),
    "rest": _about("hold", "The final rest: the last step, or the last but a transition."),
    "repeat": {**whole_number(MOST_SPANS), "description": "How many times its steps come."},
    "steps": _about("steps", "The steps that are repeated."),
    "include": _about("id", "The id of another sequence: its steps and its own poses come here."),
}
"""What each key of a step means."""

_NEEDED: Mapping[str, tuple[str, ...]] = {"name": ("hold",), "repeat": ("steps",)}
_STEPS: Mapping[str, str] = {
    "pose": "Time in a pose or movement of the library.",
    "name": "Time in a pose that the library lacks.",
    "transition": "Time to move.",
    "breathe": "Breathing, in whole breaths.",
    "scan": "Attention moves through the body.",
    "rest": "The final rest.",
    "repeat": "Steps that come more than once.",
    "include": "The steps of another sequence.",
}


def _step(kind: str, keys: tuple[str, ...]) -> Schema:
    limits = {"oneOf": [{"required": ["hold"]}, {"required": ["cycles"]}]} if kind == "breathe" else {}
    form = map_of(keys, STEP, (kind, *_NEEDED.get(kind, ())), **limits)
    return {"title": f"step: {kind}", "description": _STEPS[kind], **form}


_BELL = {
    "sound": _about("sound", "What rings."),
    "strikes": {**whole_number(MOST_STRIKES), "description": "How often, four seconds apart.", "default": 1},
}
_BELLS: Mapping[str, Schema] = {
    "open": _about("bell", "The practice begins.", default="deep-bowl"),
    "hold": _about("bell", "A hold begins.", default="high-bowl"),
    "end": _about("bell", "A hold is over: come out.", default="wood-block"),
    "side": _about("bell", "The first side is over: change sides. In place of end.", default="tingsha"),
    "change": _about("bell", "Another hold begins in the same position, without time to move.", default="marimba"),
    "halfway": _about("bell", "Halfway through every hold.", default="none"),
    "warn": _about("warning-bell", "A hold is soon over; in holds of 60 s and more.", default="none"),
    "every": _about("interval-bell", "So much time has gone by since the opening bell.", default="none"),
    "close": _about("bell", "The practice is over.", default={"sound": "deep-bowl", "strikes": 3}),
}
_AROUND = {
    "leave": _about("time-to-move", "Time to leave the pose, in which its way out is told.", default=AUTO),
    "pose": _about("pose-id", "The pose to rest in."),
}
_POSES: Schema = {"type": "object", "additionalProperties": ref("pose")}
_OF_A_POSE: Mapping[str, Schema] = {
    "name": _about("text", "What it is called."),
    "text": _about("text", "The way in, from its position; of a variation, whole."),
    "from-here": _about("text", "What to change for it while in the pose, in at most 15 words."),
    "second": _about("text", "What is told on the second side in place of text, in at most 15 words."),
    "position": _about("position", "Where the way in begins; without it, text is told whole, from anywhere."),
    "into": _about("duration", "How long coming into it takes, once it is told.", default=duration_text(INTO)),
    "notice": _about("texts", "What it offers to attention, spread over the hold."),
    "leave": _about("text", "The way out."),
    "leaves-in": _about("position", "Where the way out ends, where that is not its position."),
    "shares": _about(
        "shares", "What a variation with a text of its own shares with the pose. Without a text it shares all."
    ),
    "hold": _about("hold", "How long one stays, on each side, where a step does not say."),
    "sides": _about("flag", "Whether it is done on two sides.", default=False),
    "side-label": _about("text", "What a side is called: [right] foot forward."),
    "props": _about("texts", "What it needs within reach; of a variation, in place of what the pose needs."),
    "cautions": _about("cautions", "Who might take care."),
    "suits": _about("cautions", "Cautions of the pose that this variation does without."),
    "variations": {
        "type": "object", "additionalProperties": ref("variation"),
        "description": "Other ways to do it, by an id that you choose.",
    },
    "softer": _about("id", "The variation that is softer."),
    "deeper": _about("id", "The variation that goes further."),
    "instead": {
        **map_of(list(CAUTIONS), dict.fromkeys(CAUTIONS, ref("pose-id"))),
        "description": "A caution, and the pose that does without it.",
    },
    "counter": _about("pose-id", "A pose that does good afterwards."),
    "back-bend": _about("flag", "Whether it is a back bend, after which one rests a while.", default=False),
    "kind": {**one_of(KINDS), "description": "A pose to stay in, or a movement.", "default": KINDS[0]},
    "figure": _about("figure", "Its picture."),
}  # fmt: skip
_WAY_OUT = {"leaves-in": ["leave"]}
_OF_A_FIGURE: Mapping[str, Schema] = {
    "head": _about("point", "The middle of the head."),
    "trunk": _about("points", "From between the shoulders to the hips."),
    **{f"{side}-arm": _about("points", "Shoulder, elbow, hand.") for side in ("right", "left")},
    **{f"{side}-leg": _about("points", "Hip, knee, ankle, toes.") for side in ("right", "left")},
    "face": _about(
        "point",
        "The tip of the nose: which way the person faces. Seen from above it says that the person lies on a side.",
    ),
    "props": {**list_of(ref("prop")), "description": "What helps."},
    "arrows": {**list_of(ref("points")), "description": "Ways in which something moves."},
    "view": {**one_of(VIEWS), "description": "Seen along the floor, or from above.", "default": VIEWS[0]},
}


def _map(title: str, description: str, schema: Schema) -> Schema:
    return {"title": title, "description": description, **schema}


def _bell_with(key: str, value: Schema) -> Schema:
    """No bell, or one with a time under *key*."""
    return any_of(one_of(["none"]), map_of((key, *BELL_KEYS), {key: value, **_BELL}, (key, "sound")))


MAPS: Mapping[str, Schema] = {
    "hold": _map(
        "hold",
        "How long one stays: a duration, or a map of the typical one and its bounds, between which a practice that is "
        "made to last longer or shorter may change it.",
        any_of(
            ref("duration"),
            map_of(
                HOLD_KEYS,
                {
                    "typical": _about("duration", "How long, at the sequence's own length."),
                    "min": _about("duration", "The shortest it may become."),
                    "max": _about("duration", "The longest it may become."),
                },
                ("typical",),
            ),
        ),
    ),
    "breath": _map(
        "breath",
        "none, a pattern, or a map of pattern, sound and for.",
        any_of(
            one_of(["none"]),
            ref("pattern"),
            map_of(
                BREATH_KEYS,
                {
                    "pattern": _about("pattern", "The breath.", default="long-exhale"),
                    "sound": _about("breath-sound", "How it is heard.", default="none"),
                    "for": _about("duration", "For how long, in whole breaths; without it, all through."),
                },
            ),
        ),
    ),
    "bell": _map(
        "bell",
        "none, a sound, or a map of sound and strikes.",
        any_of(one_of(["none"]), ref("sound"), map_of(BELL_KEYS, _BELL, ("sound",))),
    ),
    "warning-bell": _map(
        "warning bell",
        "none, or a map of before, sound and strikes.",
        _bell_with("before", _about("duration", "How long before the end of a hold.")),
    ),
    "interval-bell": _map(
        "interval bell",
        "none, or a map of interval, sound and strikes.",
        _bell_with("interval", _about("duration", "How much time, at least a second.")),
    ),
    "bells": _map("bells", "Bells by their moment.", map_of(BELL_MOMENTS, _BELLS)),
    "bells-of-a-hold": _map("bells of a hold", "Bells by their moment.", map_of(BELLS_OF_A_HOLD, _BELLS)),
    "between": _map(
        "between",
        "The way from the first side to the second.",
        map_of(
            BETWEEN_KEYS,
            {
                **_AROUND,
                "hold": _about("duration", "How long between, in silence.", default=duration_text(BETWEEN_HOLD)),
                "back": _about("time-to-move", "Time to leave that pose and come to the second side.", default=AUTO),
            },
        ),
    ),
    "rebound": _map(
        "rebound",
        "The rest after a pose.",
        map_of(REBOUND_KEYS, {**_AROUND, "hold": _about("hold", "How long.", default=duration_text(REBOUND.typical))}),
    ),
    "cues": _map("list of cues", "What is said, and when; each with a dash before it.", list_of(ref("cue"))),
    "cue": _map(
        "cue",
        "A text, a recording, or both, at a moment.",
        map_of(
            CUE_KEYS,
            {
                "at": _about("moment", "When it is said."),
                "text": _about("text", "What is said."),
                "audio": _about("recording", "A recording of it, in your own voice."),
                "side": _about("cue-side", "On which side alone; without it, on each."),
            },
            ("at",),
            anyOf=[{"required": ["text"]}, {"required": ["audio"]}],
        ),
    ),
    "region": _map(
        "region",
        "A region of a scan with a length of its own.",
        map_of(
            ENTRY_KEYS,
            {"text": _about("text", "What is said."), "for": _about("hold", "How long it lasts.")},
            ("text",),
        ),
    ),
    "steps": _map("list of steps", "Each with a dash before it.", list_of(ref("step"), minItems=1)),
    "poses": _map("poses", "Poses by id.", _POSES),
    "pose": _map("pose", "A pose or a movement.", map_of(POSE_KEYS, _OF_A_POSE, ("name",), dependentRequired=_WAY_OUT)),
    "variation": _map(
        "variation",
        "Another way to do a pose; what it does not say is as in the pose.",
        map_of(
            VARIATION_KEYS,
            _OF_A_POSE,
            ("name",),
            dependentRequired={**_WAY_OUT, **{key: ["text"] for key in KEYS_WITH_TEXT}},
        ),
    ),
    "figure": _map("figure", "A person in the pose, by joints.", map_of(FIGURE_KEYS, _OF_A_FIGURE, NEEDED_OF_A_FIGURE)),
}
"""The maps and lists in a file, by name."""
