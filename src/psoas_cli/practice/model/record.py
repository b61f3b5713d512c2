"""Records: frozen dataclasses whose methods are shared, not generated: compiling those took a third of the start."""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

__all__ = ["record"]

_Class = TypeVar("_Class", bound=type)
_set = object.__setattr__


def _recorded(cls: _Class) -> _Class:
    """Make a frozen dataclass of *cls*: with fields, `replace` and `match`, compared and hashed by its values."""
    dataclass(init=False, repr=False, eq=False)(cls)
    known = fields(cls)
    for method in (_init(cls, known), *_comparison(known), _repr(known), _refuse_to_set, _refuse_to_delete):
        setattr(cls, method.__name__, method)
    return cls


def _init(cls: type, known: tuple[Field[Any], ...]) -> Callable[..., None]:
    """The method that takes the values of the *known* fields; a default that is a plain value stays with the class."""
    names = tuple(field.name for field in known)
    factories = tuple((field.name, field.default_factory) for field in known if field.default_factory is not MISSING)
    every, optional = frozenset(names), {field.name for field in known if field.default is not MISSING}
    needed = every.difference(optional, dict(factories))

    def __init__(self: object, /, *values: object, **named: object) -> None:  # noqa: N807 - it becomes a method
        given = named
        if values:
            given = {**dict(zip(names, values)), **named}  # noqa: B905 - what is too much is found below
            if len(given) < len(values) + len(named):
                raise TypeError(f"{cls.__name__}() got too many values")
        if not needed <= given.keys() <= every:
            wrong = sorted((needed - given.keys()) | (given.keys() - every))
            raise TypeError(f"{cls.__name__}() lacks or does not know {', '.join(wrong)}")
        for name, make in factories:
            if name not in given:
                given[name] = make()
        for name, value in given.items():  # one by one: updating its dict would make each instance twice as large
            _set(self, name, value)

    return __init__


def _comparison(known: tuple[Field[Any], ...]) -> tuple[Callable[..., bool], Callable[..., int]]:
    """The methods that compare and hash by the *known* fields that take part in it."""
    values_of = attrgetter(*(field.name for field in known if field.compare))

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it becomes a method
        return values_of(self) == values_of(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807 - it becomes a method
        return hash(values_of(self))

    return __eq__, __hash__


def _repr(known: tuple[Field[Any], ...]) -> Callable[[object], str]:
    """The method that shows the *known* fields that are to be shown."""
    names = tuple(field.name for field in known if field.repr)

    def __repr__(self: object) -> str:  # noqa: N807 - it becomes a method
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _refuse_to_set(_: object, name: str, value: object) -> NoReturn:  # noqa: ARG001 - the signature of __setattr__
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_refuse_to_set.__name__, _refuse_to_delete.__name__ = "__setattr__", "__delattr__"


if TYPE_CHECKING:
    from dataclasses import dataclass as record  # which is what one is to whoever uses it
else:

    def record(*, frozen: bool) -> Callable[[_Class], _Class]:
        """Return a decorator that makes a frozen dataclass of a class, with its `field` and `replace`."""
        assert frozen
        return _recorded
