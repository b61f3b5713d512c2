"""What is wrong in the settings, and what of it could hide a caution; a module of its own, as only mistakes need it."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

import yaml

from psoas_cli.errors import nearest
from psoas_cli.practice.format.problems import BadFileError, Problem
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.text import LANGS, shown

CARE = "care"
_CALLED = (CARE, "caution", "cautions", "precautions", "zorg", "aandachtspunten")
"""What people call the setting."""

_MOST = 300  # settings, and words of one, that are looked at; nobody writes so many
_CLOSE = 0.75  # as get_close_matches counts: one letter of four may be another


class WrongSettingsError(BadFileError):
    """Settings of which some are wrong.

    Args:
        problems: What is wrong, at least one thing.
        top: The settings as written.
        known: The keys of settings.

    Attributes:
        hidden: A problem that could hide a caution, as it is told; empty if none does.
    """

    def __init__(self, problems: Iterable[Problem], top: yaml.Node, known: Iterable[str]) -> None:
        settings = _Settings(top, tuple(known))
        told, hidden = [], []
        for each in problems:
            hides, nested = settings.about(str(each.path[0]) if each.path else "")
            if not each.path or hides:
                each = _with_remedy(each, nested=nested)  # noqa: PLW2901 - the same, said better
                hidden.append(each)
            told.append(each)
        super().__init__(told)
        self.hidden = str(hidden[0]) if hidden else ""


_Entry = tuple[yaml.Node, yaml.Node]


class _Settings:
    """The settings as written, each looked at once, however many problems they have."""

    def __init__(self, top: yaml.Node, known: tuple[str, ...]) -> None:
        self._all: list[_Entry] = list(top.value) if isinstance(top, yaml.MappingNode) else []
        self._known = known
        self._named: dict[str, list[_Entry]] = {}
        for entry in self._all:
            self._named.setdefault(shown(str(entry[0].value)), []).append(entry)
        self._about: dict[str, tuple[bool, bool]] = {}

    def about(self, name: str) -> tuple[bool, bool]:
        """Whether a caution could be lost with the setting *name*, and whether one is written inside it.

        If none is called so, its key is told otherwise than it is written, and it may be any.
        """
        name = name if name in self._named else ""
        if name not in self._about:
            if len(self._about) > _MOST:
                return True, False  # whatever this is, nobody can vouch for it
            entries = self._named.get(name, self._all)
            hides = any(_hides(*entry, self._known) for entry in entries[:_MOST]) or len(entries) > _MOST
            self._about[name] = hides, any(_is_nested(value, self._known) for _, value in entries)
        return self._about[name]


def _is_nested(value: yaml.Node, known: tuple[str, ...]) -> bool:
    return isinstance(value, yaml.MappingNode) and any(
        _is_known(inner, known) and inner.value == CARE for inner, _ in value.value
    )


def _hides(key: yaml.Node, value: yaml.Node, known: tuple[str, ...]) -> bool:
    """Whether a caution could be lost with the setting *key*, of which something is wrong."""
    words = {word.lower() for node in (key, value) for text in _texts(node) for word in re.findall(r"[\w-]+", text)}
    if _is_known(key, known):
        return key.value == CARE or bool(words & {CARE, *CAUTIONS})
    if isinstance(value, yaml.SequenceNode) or CARE in nearest(str(key.value), known):
        return True  # no other setting is a list
    return len(words) > _MOST or any(map(_is_nearly_one, words))


def _is_nearly_one(word: str) -> bool:
    """Whether *word* is close to the name of a caution, or begins one."""
    begins = len(word) > 3 and any(name.startswith(word) for name in _names())
    return begins or bool(get_close_matches(word, _names(), 1, _CLOSE))


def _is_known(key: yaml.Node, known: tuple[str, ...]) -> bool:
    return isinstance(key, yaml.ScalarNode) and key.value in known


def _texts(node: yaml.Node) -> list[str]:
    """Every scalar in *node*, at any depth, each once."""
    seen, ahead = {}, [node]
    while ahead:
        each = ahead.pop()
        if id(each) not in seen:
            seen[id(each)] = each
            if not isinstance(each, yaml.ScalarNode):
                ahead += [inner for entry in each.value for inner in (entry if isinstance(entry, tuple) else (entry,))]
    return [each.value for each in seen.values() if isinstance(each, yaml.ScalarNode)]


@cache
def _names() -> tuple[str, ...]:
    """What people call cautions, word by word, in every language."""
    words = {*_CALLED, *CAUTIONS}
    for text in (text for caution in CAUTIONS.values() for text in (caution.name, caution.brief)):
        for lang in LANGS:
            words |= {word for word in text.said(lang).lower().split() if len(word) > 2}  # "of" and "or" are no names
    return tuple(words)


def _with_remedy(problem: Problem, *, nested: bool) -> Problem:
    """*problem*, with how a caution is written if it does not say so."""
    if problem.path and nested:
        return problem._replace(
            message=f"{problem.message.partition(', did you mean')[0]}; care goes at the start of a line"
        )
    if len(problem.path) == 1 and problem.message.startswith("unknown key"):
        return problem._replace(message=f"{problem.message.partition(', did you mean')[0]}, did you mean {CARE}?")
    return problem
