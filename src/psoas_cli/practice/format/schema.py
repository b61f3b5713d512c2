"""JSON Schemas of a sequence file and of a library of poses, for completion and checks in an editor.

They are built from the reader's own keys, closed lists and value patterns. What a schema cannot express, such as
whether a pose exists or a cue lies within its hold, is left to `psoas check`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from psoas_cli.practice.format import pose_reader, step_reader
from psoas_cli.practice.format.bell_reader import BELL_KEYS, BELL_MOMENTS, BELLS_OF_A_HOLD, MOST_STRIKES
from psoas_cli.practice.format.reader import MOST_SPANS, TOP_KEYS
from psoas_cli.practice.format.schema_values import VALUES, Schema, any_of, list_of, map_of, one_of, ref, whole_number
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.figure import FIGURE_KEYS, VIEWS
from psoas_cli.practice.model.poses import INTO
from psoas_cli.practice.model.sensations import CHECK_INS
from psoas_cli.practice.model.sequence import FORMAT, LEVELS, Sequence
from psoas_cli.practice.model.text import LANGS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def sequence_schema(poses: Iterable[str] = ()) -> dict[str, Any]:
    """Return the schema of a sequence file.

    Args:
        poses: Ids of poses for editors to offer; others remain valid.
    """
    return {
        "$schema": DIALECT,
        "title": f"psoas sequence, format {FORMAT}",
        "description": "A practice: a title, settings and steps.",
        **map_of(TOP_KEYS, TOP, ("title", "steps")),
        "$defs": _definitions(poses),
    }


def poses_schema(poses: Iterable[str] = ()) -> dict[str, Any]:
    """Return the schema of a library of poses, `poses.yaml`; for *poses* see `sequence_schema`."""
    return {
        "$schema": DIALECT,
        "title": f"psoas poses, format {FORMAT}",
        "description": "Poses and movements by id.",
        **_POSES,
        "$defs": _definitions(poses),
    }


def _definitions(poses: Iterable[str]) -> dict[str, Schema]:
    known = list(poses)
    offered = any_of(one_of(known), ref("id")) if known else ref("id")
    pose_id = {
        "title": "id of a pose",
        "description": "A pose listed by psoas poses, or one defined in this file.",
    }
    steps = {f"{kind}-step": _step(kind, keys) for kind, keys in step_reader.STEP_KINDS.items()}
    step = {"title": "step", "description": "A part of the practice; its first key is its kind."}
    step_of_a_kind = {"oneOf": [ref(name) for name in steps]}
    return {**VALUES, "pose-id": {**pose_id, **offered}, **MAPS, "step": {**step, **step_of_a_kind}, **steps}


def _about(name: str, description: str, **more: object) -> Schema:
    """Return the schema of a key: the definition *name* with a description of its own."""
    return {**ref(name), "description": description, **more}


TOP: Mapping[str, Schema] = {
    "format": {**one_of([FORMAT, str(FORMAT)]), "description": "The version of this format.", "default": FORMAT},
    "title": _about("text", "The name of the practice."),
    "language": {**one_of(LANGS), "description": "The language of plain texts; if omitted, that of the system."},
    "summary": _about("text", "A sentence or two about the practice."),
    "credit": _about("text", "Where it comes from: a teacher, a book, yourself."),
    "level": {**one_of(LEVELS), "description": "How deep it goes."},
    "props": _about("texts", "What to have within reach; if omitted, the props of its poses."),
    "cautions": _about("cautions", "Whom to ask to take care; if omitted, the cautions of its poses."),
    "lead-in": _about("time-to-move", "Time to lie down before the opening bell.", default=step_reader.AUTO),
    "transition": _about(
        "time-to-move",
        "Time to move before each pose, name or rest, unless it follows the lead-in or a transition.",
        default=step_reader.AUTO,
    ),
    "bells": _about("bells", "Which bell rings when; a moment left out keeps its default."),
    "breath": _about(
        "breath",
        "The breath in holds: shown, and heard only if it has a sound.",
        default={"pattern": "long-exhale", "sound": Sequence.pacer.sound},
    ),
    "check-in": {
        **one_of(CHECK_INS),
        "description": "What the check-in of the settings asks afterwards; `rest` adds how breath, belly and hips are.",
        "default": Sequence.check_in,
    },
    "poses": _about("poses", "Poses of this file's own, each under an id that you choose."),
    "steps": _about("steps", "The steps of the practice in order, at least one."),
}  # fmt: skip

STEP: Mapping[str, Schema] = {
    "pose": _about("pose-id", "The pose or movement."),
    "name": _about("text", "The name of a pose that the library lacks."),
    "hold": _about("open-hold", "How long it lasts, on each side; if omitted, the pose's own hold."),
    "sides": _about("sides", "Which sides, in which order; if omitted, those of the pose."),
    "between": {
        **any_of(ref("time-to-move"), ref("between")),
        "description": "From the first side to the second: time to move, or a rest in another pose.",
        "default": step_reader.AUTO,
    },
    "rebound": {
        **any_of(ref("open-hold"), ref("rebound")),
        "description": "A rest after the pose, once for both sides: a duration, or a map with a pose to rest in.",
    },
    "variation": _about("id", "Another way to do the pose; psoas poses NAME lists them."),
    "text": _about("text", "What to do; for a pose, it replaces the pose's own text."),
    "props": _about("texts", "Props in addition to those of the pose."),
    "breath": _about("breath", "The breath in this step only."),
    "bells": _about("bells-of-a-hold", "The bells of this step only."),
    "say": _about("cues", "Cues during the step."),
    "optional": _about("flag", "Whether a short practice may leave it out.", default=False),
    "position": _about("position", "The position in which its text begins; if omitted, unknown."),
    "leaves-in": _about("position", "The position after it, if different."),
    "into": _about("duration", "How long coming into it takes after the instructions.", default=duration_text(INTO)),
    "transition": _about("time-to-move", "Time to move."),
    "fetch": _about("text", "What to have within reach, said before how to move: Have a block within reach."),
    "breathe": _about("pattern", "Breathing, in whole breaths."),
    "cycles": {**whole_number(step_reader.MOST_CYCLES), "description": "How many breaths, instead of hold."},
    "ramp": {
        **list_of(ref("pattern")),
        "description": "Patterns that lead up to it, about a minute each, as part of the hold.",
    },
    "sound": _about("breath-sound", "How the breath sounds.", default="air"),
    "scan": {
        **list_of(any_of(ref("text"), ref("region")), minItems=1),
        "description": "The regions that attention visits: texts, or maps of text and for.",
    },
    "each": _about("hold", "How long each region lasts.", default=duration_text(step_reader.SCAN_BOUNDS.typical)),
    "rest": _about(
        "open-hold",
        "The final rest, and the last step; only a transition may follow it. It can last 15 minutes, or its max.",
    ),
    "repeat": {**whole_number(MOST_SPANS), "description": "How many times to do the steps."},
    "steps": _about("steps", "The steps to repeat."),
    "include": _about("id", "The id of another sequence, whose steps and own poses are inserted here."),
}
"""The meaning of each key of a step."""

_NEEDED: Mapping[str, tuple[str, ...]] = {"name": ("hold",), "repeat": ("steps",)}
_STEPS: Mapping[str, str] = {
    "pose": "Time in a pose or movement of the library.",
    "name": "Time in a pose that the library lacks.",
    "transition": "Time to move.",
    "breathe": "Breathing, in whole breaths.",
    "scan": "Attention moves through the body.",
    "rest": "The final rest.",
    "repeat": "Steps to do more than once.",
    "include": "The steps of another sequence.",
}


_OF_BREATHING: Mapping[str, Schema] = {"hold": _about("hold", "How long it lasts.")}
"""What a key means in a breathing step only."""


def _step(kind: str, keys: tuple[str, ...]) -> Schema:
    limits = {"oneOf": [{"required": ["hold"]}, {"required": ["cycles"]}]} if kind == "breathe" else {}
    meanings = {**STEP, **(_OF_BREATHING if kind == "breathe" else {})}
    form = map_of(keys, meanings, (kind, *_NEEDED.get(kind, ())), **limits)
    return {"title": f"step: {kind}", "description": _STEPS[kind], **form}


_BELL = {
    "sound": _about("sound", "What rings."),
    "strikes": {**whole_number(MOST_STRIKES), "description": "How many strikes, four seconds apart.", "default": 1},
}
_BELLS: Mapping[str, Schema] = {
    "open": _about("bell", "The practice begins.", default="deep-bowl"),
    "hold": _about("bell", "A hold begins.", default="high-bowl"),
    "end": _about("bell", "A hold is over: come out.", default="wood-block"),
    "side": _about("bell", "The first side is over: change sides. It replaces end.", default="tingsha"),
    "change": _about("bell", "Another hold begins in the same position, without time to move.", default="marimba"),
    "halfway": _about("bell", "Halfway through every hold.", default="none"),
    "warn": _about("warning-bell", "A hold is about to end; only in holds of 60 s or more.", default="none"),
    "minute": _about("bell", "A minute of an open hold is over.", default="soft-stroke"),
    "every": _about("interval-bell", "At regular intervals from the opening bell.", default="none"),
    "close": _about("bell", "The practice is over.", default={"sound": "deep-bowl", "strikes": 3}),
}
_AROUND = {
    "leave": _about("time-to-move", "Time to leave the pose, including the instructions.", default=step_reader.AUTO),
    "pose": _about("pose-id", "The pose to rest in."),
}
_POSES: Schema = {"type": "object", "additionalProperties": ref("pose")}
_OF_A_POSE: Mapping[str, Schema] = {
    "name": _about("text", "Its name."),
    "text": _about("text", "The way in, from its position; for a variation, the complete way in."),
    "from-here": _about("text", "What to change when already in the pose, in at most 15 words; said by the key s."),
    "second": _about("text", "The text for the second side, in at most 15 words."),
    "position": _about("position", "The position in which the way in begins; if omitted, it must work from anywhere."),
    "into": _about("duration", "How long coming into it takes after the instructions.", default=duration_text(INTO)),
    "notice": _about("texts", "Things to notice, spread over the hold."),
    "leave": _about("text", "The way out."),
    "leaves-in": _about("position", "The position in which the way out ends, if different."),
    "shares": _about(
        "shares", "What a variation with its own text shares with the pose. Without its own text it shares all."
    ),
    "hold": _about("hold", "How long to stay, on each side, if the step does not say."),
    "sides": _about("flag", "Whether it has two sides.", default=False),
    "side-label": _about("text", "A name for the side: [right] foot forward."),
    "props": _about("texts", "What to have within reach; for a variation, instead of the props of the pose."),
    "cautions": _about("cautions", "Whom to ask to take care."),
    "suits": _about("cautions", "Cautions of the pose that do not apply to this variation."),
    "variations": {
        "type": "object", "additionalProperties": ref("variation"),
        "description": "Other ways to do it, each under an id that you choose.",
    },
    "softer": _about("id", "The softer variation."),
    "deeper": _about("id", "The deeper variation."),
    "instead": {
        **map_of(list(CAUTIONS), dict.fromkeys(CAUTIONS, ref("pose-id"))),
        "description": "For a caution, the pose to do instead; the first also for who leaves this pose out (`avoid`).",
    },
    "counter": _about("pose-id", "The counterpose, to do afterwards."),
    "back-bend": _about("flag", "Whether it is a back bend, to be followed by a rest.", default=False),
    "kind": {**one_of(pose_reader.KINDS), "description": "A pose to hold, or a movement.", "default": "pose"},
    "figure": _about("figure", "Its picture."),
}  # fmt: skip
_WAY_OUT = {"leaves-in": ["leave"]}
_OF_A_FIGURE: Mapping[str, Schema] = {
    "head": _about("point", "The centre of the head."),
    "trunk": _about("points", "From between the shoulders to the hips."),
    **{f"{side}-arm": _about("points", "Shoulder, elbow, hand.") for side in ("right", "left")},
    **{f"{side}-leg": _about("points", "Hip, knee, ankle, toes.") for side in ("right", "left")},
    "face": _about(
        "point",
        "The tip of the nose, which shows where the person faces. In a view from the top, the person lies on a side.",
    ),
    "props": {**list_of(ref("prop")), "description": "The props in the picture."},
    "arrows": {**list_of(ref("points")), "description": "Arrows that show movement."},
    "view": {**one_of(VIEWS), "description": "Seen from the side, or from the top.", "default": VIEWS[0]},
}


def _map(title: str, description: str, schema: Schema) -> Schema:
    return {"title": title, "description": description, **schema}


def _bell_with(key: str, value: Schema) -> Schema:
    """Return a schema for no bell, or a bell with a time under *key*."""
    return any_of(one_of(["none"]), map_of((key, *BELL_KEYS), {key: value, **_BELL}, (key, "sound")))


_LENGTHS: Mapping[str, Schema] = {
    "typical": _about("duration", "How long, when the sequence has its usual length."),
    "min": _about("duration", "The shortest it may be."),
    "max": _about("duration", "The longest it may be."),
}

MAPS: Mapping[str, Schema] = {
    "hold": _map(
        "hold",
        "How long to stay: a duration, or a map of the typical one and its bounds. A practice fitted to another "
        "length changes holds within their bounds.",
        any_of(ref("duration"), map_of(pose_reader.HOLD_KEYS, _LENGTHS, ("typical",))),
    ),
    "open-hold": _map(
        "hold, or an open one",
        "How long to stay: as any hold, or, with until-key, until the person goes on. Of two sides the first is open, "
        "and the second lasts as long as that did. Whatever is planned or rendered has the typical duration.",
        any_of(
            ref("duration"),
            map_of(
                pose_reader.OPEN_HOLD_KEYS,
                {
                    **_LENGTHS,
                    "until-key": _about(
                        "flag",
                        "Whether it lasts until a key, n or Enter, or the button Next. It ends by itself after max, "
                        f"{duration_text(pose_reader.OPEN_MAX)} if that is not given (a rest: as long as a rest can).",
                        default=False,
                    ),
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
                step_reader.BREATH_KEYS,
                {
                    "pattern": _about("pattern", "The breathing pattern.", default="long-exhale"),
                    "sound": _about("breath-sound", "How the breath sounds.", default="none"),
                    "for": _about("duration", "For how long, in whole breaths; if omitted, throughout."),
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
        _bell_with("interval", _about("duration", "The time between bells, at least a second.")),
    ),
    "bells": _map("bells", "The bell for each moment.", map_of(BELL_MOMENTS, _BELLS)),
    "bells-of-a-hold": _map("bells of a hold", "The bell for each moment of a hold.", map_of(BELLS_OF_A_HOLD, _BELLS)),
    "between": _map(
        "between",
        "From the first side to the second.",
        map_of(
            step_reader.BETWEEN_KEYS,
            {
                **_AROUND,
                "hold": _about(
                    "duration", "How long to rest, in silence.", default=duration_text(step_reader.BETWEEN_HOLD)
                ),
                "back": _about(
                    "time-to-move", "Time to leave that pose and come to the second side.", default=step_reader.AUTO
                ),
            },
        ),
    ),
    "rebound": _map(
        "rebound",
        "The rest after a pose.",
        map_of(
            step_reader.REBOUND_KEYS,
            {
                **_AROUND,
                "hold": _about("open-hold", "How long to rest.", default=duration_text(step_reader.REBOUND.typical)),
            },
        ),
    ),
    "cues": _map("list of cues", "What to say, and when; each after a dash.", list_of(ref("cue"))),
    "cue": _map(
        "cue",
        "Text, a recording or both, at a moment in the hold.",
        map_of(
            step_reader.CUE_KEYS,
            {
                "at": _about("moment", "When to say it."),
                "text": _about("text", "What to say."),
                "audio": _about("recording", "A recording of it, in your own voice."),
                "side": _about("cue-side", "The only side to say it on; if omitted, both."),
            },
            ("at",),
            anyOf=[{"required": ["text"]}, {"required": ["audio"]}],
        ),
    ),
    "region": _map(
        "region",
        "A region of a scan with its own duration.",
        map_of(
            step_reader.ENTRY_KEYS,
            {"text": _about("text", "What to say."), "for": _about("hold", "How long it lasts.")},
            ("text",),
        ),
    ),
    "steps": _map("list of steps", "Steps, each after a dash.", list_of(ref("step"), minItems=1)),
    "poses": _map("poses", "Poses by id.", _POSES),
    "pose": _map(
        "pose",
        "A pose or a movement.",
        map_of(pose_reader.POSE_KEYS, _OF_A_POSE, ("name",), dependentRequired=_WAY_OUT),
    ),
    "variation": _map(
        "variation",
        "Another way to do a pose. Keys that are left out are as in the pose.",
        map_of(
            pose_reader.VARIATION_KEYS,
            _OF_A_POSE,
            ("name",),
            dependentRequired={**_WAY_OUT, **{key: ["text"] for key in pose_reader.KEYS_WITH_TEXT}},
        ),
    ),
    "figure": _map(
        "figure",
        "A person in the pose, drawn by joints.",
        map_of(FIGURE_KEYS, _OF_A_FIGURE, pose_reader.NEEDED_OF_A_FIGURE),
    ),
}
"""The definitions of maps and lists, by name."""
