"""The forms of a pose: as it is, in a variation, or another pose instead; and the nearest that suits a person."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from psoas_cli.practice.model.poses import Pose, Variation, as_done, cautions_of
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.text import Text, uncapitalised


class Form(NamedTuple):
    """A pose, as it is or in a variation."""

    pose: Pose
    variation: Variation | None = None

    @property
    def name(self) -> Text:
        """The name of the variation if there is one, otherwise of the pose."""
        return self.variation.name if self.variation else self.pose.name

    @property
    def whole(self) -> Pose:
        """The form as one pose."""
        return as_done(*self)

    @property
    def in_full(self) -> Pose:
        """The form as one pose, named after both the pose and the variation."""
        if self.variation is None:
            return self.pose
        said = Text.each(lambda lang: f"{self.pose.name.said(lang)}: {uncapitalised(self.name.said(lang))}")
        return replace(self.whole, name=said)

    def against(self, care: Collection[str]) -> tuple[str, ...]:
        """Its cautions that are in *care*."""
        return tuple(name for name in cautions_of(*self) if name in care)


def suiting(
    form: Form,
    care: Collection[str],
    poses: Mapping[str, Pose],
    here: Position | None = None,
    without: Pose | None = None,
    *,
    avoid: Collection[str] = (),
) -> Form | None:
    """The nearest form to *form* without the cautions in *care*; None if there is no such form among *poses*.

    The forms of the pose itself come first, then the poses that it names instead for those cautions, then what those
    name. Of several equally near, one in the position *here* is preferred; *without* is a form that is ruled out, and
    *avoid* has the ids of poses that are. In place of one of these comes what it names instead for whatever reason, the
    first that suits, unless a caution in *care* already leads to another.
    """
    level, seen = [form], set[str]()
    while level:
        free = [each for each in level if each.pose.id not in avoid]
        found = [own for each in free if (own := _of_the_pose(each, care, here, without))]
        if found:
            return _keeping(found, here)
        seen.update(each.pose.id for each in level)
        names = (each.pose.instead.get(name) for each in level for name in _objections(each, care))
        level = [Form(poses[name]) for name in dict.fromkeys(names) if name and name in poses and name not in seen]
    return _in_place_of(form, care, poses, without, avoid) if seen & set(avoid) else None


def _in_place_of(
    form: Form, care: Collection[str], poses: Mapping[str, Pose], without: Pose | None, avoid: Collection[str]
) -> Form | None:
    """The first form that suits among all that the pose of *form* and those in its place name instead."""
    names = [form.pose.id]
    for name in names:  # which grows
        pose = form.pose if name == form.pose.id else poses[name]
        if name not in avoid and (found := _of_the_pose(Form(pose), care, None, without)):
            return found
        names += [each for each in dict.fromkeys(pose.instead.values()) if each in poses and each not in names]
    return None


def _of_the_pose(form: Form, care: Collection[str], here: Position | None, without: Pose | None) -> Form | None:
    """*form*, else its pose as it is, else the softer variation, else another one; never a deeper one."""
    pose = form.pose
    others = [Form(pose, each) for name, each in pose.variations.items() if name not in (pose.softer, pose.deeper)]
    softer = [Form(pose, each) for name, each in pose.variations.items() if name == pose.softer]
    nearest = [each for each in (form, Form(pose), *softer) if _suits(each, care, without)]
    return nearest[0] if nearest else _keeping([each for each in others if _suits(each, care, without)], here)


def _suits(form: Form, care: Collection[str], without: Pose | None) -> bool:
    asked_for = without is None or form.whole != replace(without, name=form.pose.name)
    return asked_for and not form.against(care)


def _objections(form: Form, care: Collection[str]) -> tuple[str, ...]:
    """The cautions in *care* of *form* and of its pose as it is."""
    return tuple(dict.fromkeys((*form.against(care), *Form(form.pose).against(care))))


def _keeping(forms: list[Form], here: Position | None) -> Form | None:
    """The first of *forms* in the position *here*, else the first of them; None if there are none."""
    return next((form for form in forms if here and form.whole.position == here), forms[0] if forms else None)
