"""Prints the list of poses, or one pose."""

from typing import TYPE_CHECKING

from psoas_cli.cli.console import columns, write, write_json
from psoas_cli.cli.context import Context
from psoas_cli.cli.pager import show_paged
from psoas_cli.commands.poses import pose_page
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.cautions import in_order
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.poses import TWO_SIDES, Pose, id_called, nearest_pose
from psoas_cli.practice.model.text import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping


def print_poses(context: Context, *, as_json: bool) -> None:
    """Print all poses and movements, as a table or as JSON."""
    lang, poses = context.lang, context.library.poses
    if as_json:
        write_json({"poses": [_facts(pose, lang) for pose in poses.values()]})
    else:
        write(_table(poses, lang))


def print_pose(name: str, context: Context, *, as_json: bool) -> None:
    """Show the pose *name*, through the pager if it is longer than the screen.

    Raises:
        PsoasError: There is no such pose.
    """
    lang, poses = context.lang, context.library.poses
    found = id_called(name, poses)
    if found is None:
        raise PsoasError(f'there is no pose "{name}"{nearest_pose(name, poses)}', "psoas poses lists them all")
    pose = poses[found]
    if as_json:
        write_json(_facts(pose, lang) | _texts(pose, lang))
    else:
        show_paged(pose_page.page(pose, poses, lang))


def _table(poses: "Mapping[str, Pose]", lang: Lang) -> str:
    cells = [
        (
            pose.id,
            pose.name.said(lang),
            pose_page.KINDS[pose.kind].said(lang),
            f"{clock_text(pose.hold.min)}-{clock_text(pose.hold.max)}" if pose.hold else "",
            TWO_SIDES.said(lang) if pose.sides else "",
        )
        for pose in poses.values()
    ]
    return columns(cells, strong=0)


def _facts(pose: Pose, lang: Lang) -> dict[str, object]:
    hold = pose.hold
    return {
        "id": pose.id,
        "name": pose.name.said(lang),
        "kind": pose.kind,
        "hold": {"typical_s": hold.typical, "min_s": hold.min, "max_s": hold.max} if hold else None,
        "sides": ["right", "left"] if pose.sides else [],
        "props": [prop.said(lang) for prop in pose.props],
        "cautions": list(in_order(pose.cautions)),
        "instead": dict(pose.instead),
        "counter": pose.counter,
    }


def _texts(pose: Pose, lang: Lang) -> dict[str, object]:
    return {
        "text": pose.text.said(lang),
        "second": pose.second.said(lang, "left"),
        "notice": [text.said(lang) for text in pose.notice],
        "leave": pose.leave.said(lang),
        "variations": [
            {
                "id": each.id,
                "name": each.name.said(lang),
                "text": each.text.said(lang),
                "from_here": each.from_here.said(lang),
                "second": each.second.said(lang, "left"),
            }
            for each in pose.variations.values()
        ],
        "softer": pose.softer,
        "deeper": pose.deeper,
    }
