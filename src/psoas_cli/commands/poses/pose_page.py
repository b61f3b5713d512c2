"""Lays out a pose: text beside the picture on a wide terminal, otherwise below it."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from psoas_cli.cli.console import ascii_only, bold, height, width
from psoas_cli.practice.model.cautions import CAUTIONS, in_order
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.poses import DEEPER, NOTICE, SOFTER, WAY_IN, WAY_OUT, Pose, Variation
from psoas_cli.practice.model.text import Lang, Text, cells, padded, rows_of, uncapitalised, visible
from psoas_cli.practice.score.facts import PROPS, TAKE_CARE
from psoas_cli.practice.score.segments import SIDE
from psoas_cli.tty import is_terminal

_HOLD = Text("Hold", "Hoe lang")
_HOLD_RANGE = Text("{typical}, from {low} to {high}", "{typical}, van {low} tot {high}")
_EACH_SIDE = Text("on each side", "per kant")
OTHER_SIDE = Text("The other side", "De andere kant")
_INSTEAD_OF_IT = Text("{cautions} (instead: {pose})", "{cautions} (liever: {pose})")
_AFTERWARDS = Text("Afterwards", "Daarna")

_WIDEST = 80  # longer lines are hard to read
_PLAIN_PICTURE = (64, 21)  # columns and rows
_BESIDE, _ABOVE = (30, 10), (36, 7)
_LEAST_BESIDE = 64  # columns for picture and text side by side
_GUTTER = 3


KINDS = {"pose": Text("pose", "houding"), "movement": Text("movement", "beweging")}
"""What each kind of pose is called."""


class _Room(NamedTuple):
    """How generously a page is spaced.

    Args:
        between: Blank lines between parts.
        under_the_picture: Blank lines between the picture and the parts below it, if *between* is 0.
        joined: What separates parts that share a line; None if each has its own.
    """

    between: int
    under_the_picture: int
    joined: str | None


_AIRY, _TIDY, _DENSE = _Room(1, 1, None), _Room(0, 1, None), _Room(0, 0, " · ")


class Paragraph(NamedTuple):
    """A heading and its text."""

    heading: str
    said: str


def page(pose: Pose, poses: Mapping[str, Pose], lang: Lang) -> str:
    """Return *pose* with the widest spacing that fits the terminal; in a pipe, plain and in full."""
    parts = [part for part in _parts(pose, poses, lang) if part.said]
    title = _title(pose, lang)
    if not is_terminal(sys.stdout):
        return "\n".join(_below(title, _picture(pose.figure, *_PLAIN_PICTURE), parts, _AIRY))
    layout = _beside if width() >= _LEAST_BESIDE and pose.figure else _below
    picture = _picture(pose.figure, *(_BESIDE if layout is _beside else _ABOVE))
    pages = [layout(title, picture, parts, room) for room in (_AIRY, _TIDY, _DENSE)]
    fitting = (lines for lines in pages if len(lines) < height())  # the prompt takes a line too
    return "\n".join(next(fitting, pages[0]))


def _title(pose: Pose, lang: Lang) -> str:
    """Return the name, with the side that the picture and the texts show."""
    side = side_shown(pose, lang)
    return f"{pose.name.said(lang)} · {side}" if side else pose.name.said(lang)


def side_shown(pose: Pose, lang: Lang) -> str:
    """The side that the picture and the texts of *pose* show; empty if it has no sides."""
    return (pose.side_label or SIDE).said(lang) if pose.sides else ""


def _below(title: str, picture: list[str], parts: Iterable[Paragraph], room: _Room) -> list[str]:
    """Return the lines with the title, the picture and the parts below each other."""
    lines = _titled(title, _across())
    for block in filter(None, [picture, *(_block(part, _across()) for part in parts)]):
        lines += [""] * room.between + block
    return lines


def _beside(title: str, picture: list[str], parts: Iterable[Paragraph], room: _Room) -> list[str]:
    """Return the lines with the title, the first two parts and whatever fits beside the picture; the rest below."""
    across = max(map(cells, picture)) + _GUTTER
    column = _titled(title, _across() - across)
    below: list[list[str]] = []
    for number, part in enumerate(parts):
        block = [""] * (room.between and number > 0) + _block(part, _across() - across)
        if not below and (number < 2 or len(column) + len(block) <= len(picture)):
            column += block
        else:
            below.append(_block(part, _across()))
    both = zip_longest(picture, column, fillvalue="")
    lines = [f"{padded(drawn, across)}{said}".rstrip() for drawn, said in both]
    for number, block in enumerate(below if room.joined is None else _joined(below, room.joined)):
        lines += [""] * (room.between or (room.under_the_picture and not number)) + block
    return lines


def _joined(blocks: Iterable[list[str]], by: str) -> list[list[str]]:
    """Return *blocks*, with single lines joined *by* a separator as long as they fit."""
    found: list[list[str]] = []
    for block in blocks:
        if found and len(found[-1]) == len(block) == 1 and cells(both := found[-1][0] + by + block[0]) <= _across():
            found[-1] = [both]
        else:
            found.append(block)
    return found


def _across() -> int:
    """Return the width of a page in columns."""
    return min(width(), _WIDEST)


def _titled(title: str, room: int) -> list[str]:
    return [bold(line) for line in rows_of(visible(title), room)]


def _block(part: Paragraph, room: int) -> list[str]:
    """Return *part* wrapped to *room* columns, with its heading in bold if the terminal shows it."""
    heading = f"{part.heading}:"
    lines = rows_of(visible(f"{heading} {part.said}"), room, "  ")
    if lines[0].startswith(heading):
        lines[0] = bold(heading) + lines[0][len(heading) :]
    return lines


def _picture(figure: Figure | None, across: int, down: int) -> list[str]:
    """Return *figure* in at most *across* columns and *down* rows, cropped to what is drawn."""
    if not figure:
        return []
    from psoas_cli.tui.drawing import draw

    room = min(across, width())
    rows = draw(figure, room, min(down, max(1, room // 3)), ascii_only=ascii_only())
    drawn = [row.rstrip() for row in rows]
    used = [i for i, row in enumerate(drawn) if row]
    left = min(len(row) - len(row.lstrip()) for row in drawn if row)
    return [row[left:] for row in drawn[used[0] : used[-1] + 1]]


def _parts(pose: Pose, poses: Mapping[str, Pose], lang: Lang) -> Iterator[Paragraph]:
    """Yield everything about *pose*, in the order of reading."""
    for heading, said in (
        (_HOLD, hold_of(pose, lang)),
        (WAY_IN, pose.text.said(lang)),
        (OTHER_SIDE, other_side(pose, lang)),
        (NOTICE, " ".join(text.said(lang) for text in pose.notice)),
        (WAY_OUT, pose.leave.said(lang)),
    ):
        yield Paragraph(heading.said(lang), said)
    yield from further_parts(pose, poses, lang)


def further_parts(pose: Pose, poses: Mapping[str, Pose], lang: Lang) -> Iterator[Paragraph]:
    """Yield what there is to know about *pose* besides the way in and out: its variations, props and precautions."""
    yield from (_variation(each, pose, lang) for each in pose.variations.values())
    for heading, said in (
        (_AFTERWARDS, poses[pose.counter].name.said(lang) if pose.counter else ""),
        (PROPS, ", ".join(prop.said(lang) for prop in pose.props)),
        (TAKE_CARE, "; ".join(_cautions(pose, poses, lang))),
    ):
        yield Paragraph(heading.said(lang), said)


def other_side(pose: Pose, lang: Lang) -> str:
    """The way into *pose* on the second side; empty if it has no sides."""
    return pose.second.said(lang, "left") if pose.sides else ""


def hold_of(pose: Pose, lang: Lang) -> str:
    """How long to stay in *pose*; empty if a practice alone decides."""
    if not pose.hold:
        return ""
    typical, low, high = map(clock_text, pose.hold[:3])
    said = _HOLD_RANGE.filled(typical=typical, low=low, high=high).said(lang)
    return f"{said}, {_EACH_SIDE.said(lang)}" if pose.sides else said


def _variation(variation: Variation, pose: Pose, lang: Lang) -> Paragraph:
    """Return *variation* under its name, marked if it is the softer or the deeper one."""
    name = variation.name.said(lang)
    level = {pose.softer: SOFTER, pose.deeper: DEEPER}.get(variation.id)
    if not level:
        return Paragraph(name, variation.text.said(lang) or name)
    if not variation.text:
        return Paragraph(level.said(lang), name)
    return Paragraph(f"{level.said(lang)}, {uncapitalised(name)}", variation.text.said(lang))


def _cautions(pose: Pose, poses: Mapping[str, Pose], lang: Lang) -> Iterator[str]:
    """Yield the cautions, grouped by the pose to do instead, with its name."""
    alike: dict[str | None, list[str]] = {}
    for name in in_order(pose.cautions):
        alike.setdefault(pose.instead.get(name), []).append(uncapitalised(CAUTIONS[name].name.said(lang)))
    for other, cautions in alike.items():
        said = ", ".join(cautions)
        named = poses[other].name.said(lang) if other else ""
        yield _INSTEAD_OF_IT.filled(cautions=said, pose=named).said(lang) if named else said
