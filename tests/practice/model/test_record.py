"""Records: what is said of a frozen dataclass holds for them."""

import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

import pytest

from psoas_cli.practice.model.record import record


@record(frozen=True)
class Place:
    """A place."""

    name: str
    seen: int = 0
    notes: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def length(self) -> int:
        return len(self.name)


@record(frozen=True)
class Room(Place):
    """A room."""

    doors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Generated:
    """The same as a place, from the standard library."""

    name: str
    seen: int = 0
    notes: dict[str, int] = field(default_factory=dict, repr=False, compare=False)


def test_it_has_its_values_defaults_and_those_of_what_it_extends() -> None:
    assert vars(Place("hall", notes={"a": 1})) == {"name": "hall", "notes": {"a": 1}}
    room = Room("attic", 2, doors=(1, 2))
    assert (room.name, room.seen, room.notes, room.doors) == ("attic", 2, {}, (1, 2))
    assert Place("hall").notes is not Place("hall").notes


def test_it_is_compared_hashed_and_shown_as_a_dataclass_is() -> None:
    place = Place("hall", 3, {"a": 1})
    assert place == Place("hall", 3)
    assert hash(place) == hash(Place("hall", 3)) == hash(Generated("hall", 3))
    assert place != Place("hall", 4)
    assert Place("hall") != Room("hall")
    assert repr(place) == repr(Generated("hall", 3)).replace("Generated", "Place")


def test_it_never_changes() -> None:
    place: Any = Place("hall")
    with pytest.raises(FrozenInstanceError):
        place.seen = 2
    with pytest.raises(FrozenInstanceError):
        place.other = 2
    with pytest.raises(FrozenInstanceError):
        del place.name
    assert (place.length, place) == (4, Place("hall"))


def test_what_works_on_dataclasses_works_on_it() -> None:
    place = Place("hall", notes={"a": 1})
    assert place.length == 4
    assert replace(place, name="porch") == Place("porch")
    assert replace(place, name="porch").length == 5
    assert asdict(place) == {"name": "hall", "seen": 0, "notes": {"a": 1}}
    assert is_dataclass(place)
    assert [each.name for each in fields(Room)] == ["name", "seen", "notes", "doors"]
    assert pickle.loads(pickle.dumps(place)) == place  # noqa: S301 - made here
    match place:
        case Place(name, seen):
            assert (name, seen) == ("hall", 0)


@pytest.mark.parametrize(
    ("values", "named", "told"),
    [
        ((), {}, "name"),
        (("hall",), {"colour": "red"}, "colour"),
        (("hall", 1, {}, 2), {}, "too many"),
        (("hall",), {"name": "porch"}, "too many"),
        ((), {"seen": 1, "colour": "red"}, "colour, name"),
    ],
)
def test_it_takes_no_values_but_its_own(values: tuple[Any, ...], named: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        Place(*values, **named)
