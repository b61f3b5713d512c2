"""`psoas poses`: the pose library, and one pose with its picture."""

from typing import TYPE_CHECKING

from psoas_cli.cli import language
from psoas_cli.cli.printing import ascii_only, bold, columns, width, wrapped, write
from psoas_cli.errors import PsoasError
from psoas_cli.practice import words
from psoas_cli.practice.cautions import CAUTIONS
from psoas_cli.practice.durations import clock_text
from psoas_cli.practice.poses import Pose
from psoas_cli.practice.problems import nearest
from psoas_cli.practice.text import Lang, Text
from psoas_cli.store import folders
from psoas_cli.store.config import read_config
from psoas_cli.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDEST_PICTURE = 64


def print_poses(asked: str | None, *, as_json: bool) -> None:
    """Print all poses and movements."""
    lang = language.choose(asked, read_config(folders.config_file()).lang)
    poses = Library(lang).poses
    write(_as_json({"poses": [_facts(pose, lang) for pose in poses.values()]}) if as_json else _table(poses, lang))


def print_pose(name: str, asked: str | None, *, as_json: bool) -> None:
    """Print the pose *name*.

    Raises:
        PsoasError: Where there is none.
    """
    lang = language.choose(asked, read_config(folders.config_file()).lang)
    poses = Library(lang).poses
    if name not in poses:
        raise PsoasError(f'there is no pose "{name}"{nearest(name, poses)}', "psoas poses lists them all", exit_code=2)
    pose = poses[name]
    write(_as_json(_facts(pose, lang) | _texts(pose, lang)) if as_json else "\n".join(_page(pose, poses, lang)))


def _table(poses: "Mapping[str, Pose]", lang: Lang) -> str:
    cells = [
        (
            pose.id,
            pose.name.said(lang),
            words.KINDS[pose.kind].said(lang),
            f"{clock_text(pose.hold.min)}-{clock_text(pose.hold.max)}" if pose.hold else "",
            words.TWO_SIDES.said(lang) if pose.sides else "",
        )
        for pose in poses.values()
    ]
    return columns(cells, strong=0)


def _page(pose: Pose, poses: "Mapping[str, Pose]", lang: Lang) -> list[str]:
    """A pose as people read it."""
    lines = [bold(pose.name.said(lang)), *_picture(pose)]
    for heading, said in (
        (words.HOLD, _hold(pose, lang)),
        (words.WAY_IN, pose.text.said(lang)),
        (words.NOTICE, " ".join(text.said(lang) for text in pose.notice)),
        (words.WAY_OUT, pose.leave.said(lang)),
        *_variations(pose, lang),
        (words.AFTERWARDS, poses[pose.counter].name.said(lang) if pose.counter else ""),
        (words.PROPS, ", ".join(prop.said(lang) for prop in pose.props)),
        (words.CAUTIONS, ", ".join(_caution(name, lang) for name in pose.cautions)),
        (words.INSTEAD, _instead(pose, poses, lang)),
    ):
        if said:
            lines += ["", *wrapped(said, f"{heading.said(lang)}: ")]
    return lines


def _picture(pose: Pose) -> list[str]:
    if not pose.figure:
        return []
    from psoas_cli.screen.figure import draw

    across = min(_WIDEST_PICTURE, width())
    rows = draw(pose.figure, across, max(1, across // 3), ascii_only=ascii_only())
    drawn = [row.rstrip() for row in rows]
    while drawn and not drawn[-1]:  # what is wider than high leaves rows free
        drawn.pop()
    first = next((i for i, row in enumerate(drawn) if row), 0)
    return ["", *drawn[first:]]


def _hold(pose: Pose, lang: Lang) -> str:
    if not pose.hold:
        return ""
    typical, low, high = map(clock_text, pose.hold)
    said = words.HOLD_RANGE.filled(typical=typical, low=low, high=high).said(lang)
    return f"{said}, {words.EACH_SIDE.said(lang)}" if pose.sides else said


def _variations(pose: Pose, lang: Lang) -> list[tuple[Text, str]]:
    """The other ways to do it: the softer and the deeper one by these words, others by their names."""
    headings = {pose.softer: words.SOFTER, pose.deeper: words.DEEPER}
    return [
        (headings.get(name, variation.name), (variation.text or variation.name).said(lang))
        for name, variation in pose.variations.items()
    ]


def _instead(pose: Pose, poses: "Mapping[str, Pose]", lang: Lang) -> str:
    """The poses that do without a caution, each with the cautions that it is for."""
    reasons: dict[str, list[str]] = {}
    for caution, other in pose.instead.items():
        reasons.setdefault(other, []).append(_caution(caution, lang))
    return "; ".join(f"{poses[other].name.said(lang)} ({', '.join(why)})" for other, why in reasons.items())


def _caution(name: str, lang: Lang) -> str:
    said = CAUTIONS[name].name.said(lang)
    return said[:1].lower() + said[1:]


def _facts(pose: Pose, lang: Lang) -> dict[str, object]:
    hold = pose.hold
    return {
        "id": pose.id,
        "name": pose.name.said(lang),
        "kind": pose.kind,
        "hold": {"typical_s": hold.typical, "min_s": hold.min, "max_s": hold.max} if hold else None,
        "sides": ["right", "left"] if pose.sides else [],
        "props": [prop.said(lang) for prop in pose.props],
        "cautions": list(pose.cautions),
        "instead": dict(pose.instead),
        "counter": pose.counter,
    }


def _texts(pose: Pose, lang: Lang) -> dict[str, object]:
    return {
        "text": pose.text.said(lang),
        "notice": [text.said(lang) for text in pose.notice],
        "leave": pose.leave.said(lang),
        "variations": [
            {"id": each.id, "name": each.name.said(lang), "text": each.text.said(lang)}
            for each in pose.variations.values()
        ],
        "softer": pose.softer,
        "deeper": pose.deeper,
    }


def _as_json(facts: dict[str, object]) -> str:
    import json

    return json.dumps(facts, ensure_ascii=False, indent=2)
