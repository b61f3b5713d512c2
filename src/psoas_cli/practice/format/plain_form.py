"""The plain form of a practice: lists, maps, texts and numbers, of which it is made again without reading its file."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from psoas_cli.practice.model.figure import Figure, Prop
from psoas_cli.practice.model.patterns import Pattern, Phase
from psoas_cli.practice.model.poses import Hold, Pose, Variation
from psoas_cli.practice.model.sequence import (  # fmt: skip
    Bell,
    Bells,
    Between,
    BreatheStep,
    Every,
    Moment,
    Pacer,
    PoseStep,
    Rebound,
    RestStep,
    Say,
    ScanEntry,
    ScanStep,
    Sequence,
    TransitionStep,
    Warn,
)
from psoas_cli.practice.model.text import Text

_KINDS: Mapping[str, Callable[..., object]] = {
    kind.__name__: kind
    for kind in (
        Text, Figure, Prop, Pattern, Phase, Hold, Pose, Variation, Bell, Bells, Warn, Every, Between, Rebound, Moment,
        Pacer, Say, ScanEntry, PoseStep, TransitionStep, BreatheStep, ScanStep, RestStep, Sequence,
    )
}  # fmt: skip
"""All that is ever made of a plain form: nothing that it says can have anything else done."""

_KIND = ""
"""The key of a map that says what is made of it; no part of a practice is called so."""

_MAP, _KNOWN = "map", "known"


def plain_form(value: object, known: Mapping[str, Pose]) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return the plain form of *value*, a part of a practice; of the poses that are *known* it has only the ids.

    Raises:
        TypeError: No practice has such a part.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Pose) and known.get(value.id) is value:
        return {_KIND: _KNOWN, "id": value.id}
    if (kind := type(value).__name__) in _KINDS:
        given = ((name, getattr(value, name), default) for name, default in _defaults(kind).items())
        return {_KIND: kind} | {name: plain_form(each, known) for name, each, default in given if repr(each) != default}
    if isinstance(value, tuple):
        return [plain_form(each, known) for each in value]
    if isinstance(value, Mapping):
        return {_KIND: _MAP, "of": [[key, plain_form(each, known)] for key, each in value.items()]}
    raise TypeError(f"a practice has no {kind}")


def part_of(form: dict[str, Any], known: Mapping[str, Pose]) -> Any:  # noqa: ANN401 - any part of a practice
    """Return the part of a practice whose plain form is the map *form*, in which all other maps are parts already.

    Raises:
        KeyError: There is no such part, or it is a pose that is not *known*.
        TypeError: It cannot have what it says.
    """
    kind = form.pop(_KIND)
    if kind == _KNOWN:
        return known[form["id"]]
    if kind == _MAP:
        return {key: _in_tuples(each) for key, each in form["of"]}
    return _KINDS[kind](**{name: _in_tuples(each) if type(each) is list else each for name, each in form.items()})


def own_poses(sequence: Sequence, known: Mapping[str, Pose]) -> dict[str, Pose]:
    """Return the poses of *sequence* that are not those *known*: its own, and those of what it includes."""
    poses = sequence.poses
    if poses is known:
        return {}
    return {name: poses[name] for name in poses if known.get(name) is not poses[name]}


@cache
def _defaults(name: str) -> dict[str, str]:
    """What the parts of the kind *name* look like where nobody gave them; empty for those that have to be given."""
    kind: Any = _KINDS[name]
    if hasattr(kind, "_fields"):
        return {field: _look(kind._field_defaults.get(field, MISSING)) for field in kind._fields}
    return {field.name: "{}" if field.default_factory is dict else _look(field.default) for field in fields(kind)}


def _look(default: object) -> str:
    return "" if default is MISSING else repr(default)


def _in_tuples(value: object) -> Any:  # noqa: ANN401 - any part of a practice
    return tuple(map(_in_tuples, value)) if isinstance(value, list) else value
