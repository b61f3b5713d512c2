"""What is wrong in the settings, and what of it could hide a caution or a pose to leave out; only mistakes need it."""

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
AVOID = "avoid"
_BODY = (CARE, AVOID)
_CALLED = (CARE, "caution", "cautions", "precautions", "zorg", "aandachtspunten")
"""What people call the setting of cautions."""
_LEFT_OUT = (AVOID, "avoids", "avoided", "leave-out", "without", "skip", "weglaten", "vermijden", "mijden", "zonder")
"""What people call the setting of poses to leave out."""

_MOST = 300  # settings, and words of one, that are looked at; nobody writes so many
_CLOSE = 0.75  # as get_close_matches counts: one letter of four may be another


class WrongSettingsError(BadFileError):
    """Settings of which some are wrong.

    Args:
        problems: What is wrong, at least one thing.
        top: The settings as written.
        known: The keys of settings.

    Attributes:
        hidden: A problem that could hide a caution or a pose to leave out, as it is told; empty if none does.
    """

    def __init__(self, problems: Iterable[Problem], top: yaml.Node, known: Iterable[str]) -> None:
        settings = _Settings(top, tuple(known))
        told, hidden = [], []
        for each in problems:
            hides, nested, meant = settings.about(str(each.path[0]) if each.path else "")
            if not each.path or hides:
                each = _with_remedy(each, nested, meant)  # noqa: PLW2901 - the same, said better
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
        self._about: dict[str, tuple[bool, str, str]] = {}

    def about(self, name: str) -> tuple[bool, str, str]:
        """Whether a caution or a pose to leave out could be lost with the setting *name*.

        Also which setting of these is written inside it, if any, and which of them it is probably meant to be.

        If none is called so, its key is told otherwise than it is written, and it may be any.
        """
        name = name if name in self._named else ""
        if name not in self._about:
            if len(self._about) > _MOST:
                return True, "", CARE  # whatever this is, nobody can vouch for it
            entries = self._named.get(name, self._all)
            hides = any(_hides(*entry, self._known) for entry in entries[:_MOST]) or len(entries) > _MOST
            nested = next((key for _, value in entries if (key := _nested(value, self._known))), "")
            avoids = hides and any(_is_avoiding(*entry) for entry in entries[:_MOST])
            self._about[name] = hides, nested, AVOID if avoids else CARE
        return self._about[name]


def _nested(value: yaml.Node, known: tuple[str, ...]) -> str:
    """The first of `care` and `avoid` that is written inside *value*; empty if neither is."""
    inner = [key for key, _ in value.value] if isinstance(value, yaml.MappingNode) else []
    return next((key.value for key in inner if _is_known(key, known) and key.value in _BODY), "")


def _is_avoiding(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether the unknown setting *key* is probably meant to leave out poses: by its name, or by what is in it."""
    name = str(key.value).lower().replace("_", "-") if isinstance(key, yaml.ScalarNode) else ""
    called = get_close_matches(name, _LEFT_OUT, 1, _CLOSE)
    return bool(called) or not _poses().isdisjoint([*_words(key), *_words(value)])


def _hides(key: yaml.Node, value: yaml.Node, known: tuple[str, ...]) -> bool:
    """Whether a caution could be lost with the setting *key*, of which something is wrong."""
    words = {*_words(key), *_words(value)}
    if _is_known(key, known):
        return key.value in _BODY or bool(words & {*_BODY, *CAUTIONS, *_poses()})
    if isinstance(value, yaml.SequenceNode) or any(name in nearest(str(key.value), known) for name in _BODY):
        return True  # no other setting is a list
    return len(words) > _MOST or bool(words & _poses()) or any(map(_is_nearly_one, words))


def _words(node: yaml.Node) -> list[str]:
    return [word.lower() for text in _texts(node) for word in re.findall(r"[\w-]+", text)]


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
    """What people call cautions, word by word, in every language, and the setting of poses to leave out."""
    words = {*_CALLED, *_LEFT_OUT, *CAUTIONS}
    for text in (text for caution in CAUTIONS.values() for text in (caution.name, caution.brief)):
        for lang in LANGS:
            words |= {word for word in text.said(lang).lower().split() if len(word) > 2}  # "of" and "or" are no names
    return tuple(words)


@cache
def _poses() -> frozenset[str]:
    """The ids of the poses of the library."""
    from psoas_cli.storage.library import Library

    return frozenset(Library("en").built_in_poses)


def _with_remedy(problem: Problem, nested: str, meant: str) -> Problem:
    """*problem*, with how a caution or a pose to leave out is written if it does not say so."""
    if elsewhere := _elsewhere(problem):
        return problem._replace(message=elsewhere)
    if problem.path and nested:
        return problem._replace(
            message=f"{problem.message.partition(', did you mean')[0]}; {nested} goes at the start of a line"
        )
    if len(problem.path) == 1 and problem.message.startswith("unknown key"):
        return problem._replace(message=f"{problem.message.partition(', did you mean')[0]}, did you mean {meant}?")
    return problem


def _elsewhere(problem: Problem) -> str:
    """What is to be said of a pose among the cautions, or of a caution among the poses; empty if it is neither."""
    name = problem.message.rpartition('got "')[2].partition('"')[0].lower()
    key, *_ = problem.path or ("",)
    if key == CARE and name in _poses():
        return f'"{name}" is a pose, and goes into {AVOID}: [{name}]'
    if key == AVOID and name in CAUTIONS:
        return f'"{name}" is a caution, and goes into {CARE}: [{name}]'
    return ""
