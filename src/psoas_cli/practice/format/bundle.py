"""Bundles a sequence with its includes and the user's own poses into one file that can be shared.

A file that needs nothing is left as it is. Missing poses are added to its text, so that comments survive. Only
includes require composing a new file from the nodes of each.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias, Union

import yaml
from yaml.resolver import Resolver

from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.format.pose_reader import HOLD_KEYS
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.format.reader import RESTING, Shelf, Source, read_sequence
from psoas_cli.practice.format.step_reader import StepReader
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.needs import sound_files
from psoas_cli.practice.model.poses import Pose
from psoas_cli.practice.model.sequence import RestStep, Sequence
from psoas_cli.practice.model.text import LANGS, Lang

_FOR_EDITORS = "# yaml-language-server:"
Shape: TypeAlias = Union[str, "list[Shape]", "dict[str, Shape]"]
"""Where the texts are in a node: the node itself, each entry of a list, or by key of a map (`*` is any key)."""

_TEXT = "text"
POSE: Shape = {
    **dict.fromkeys(("name", "text", "second", "leave", "side-label"), _TEXT),
    "notice": [_TEXT],
    "props": [_TEXT],
    "variations": {
        "*": {
            **dict.fromkeys(("name", "text", "from-here", "second", "leave"), _TEXT),
            "notice": [_TEXT],
            "props": [_TEXT],
        }
    },
}
"""Where the texts of a pose are."""

_STEP: dict[str, Shape] = {
    **dict.fromkeys(("name", "text", "fetch"), _TEXT),
    "props": [_TEXT],
    "say": [{"text": _TEXT}],
    "scan": [_TEXT],
}
_STEP["steps"] = [_STEP]
STEP: Shape = _STEP
"""Where the texts of a step are."""

_STR = "tag:yaml.org,2002:str"
_MAP = "tag:yaml.org,2002:map"
_SEQ = "tag:yaml.org,2002:seq"
_RESOLVER = Resolver()
_WIDTH = 100  # columns, at which long texts wrap


class Shared(NamedTuple):
    """A sequence in one file.

    Args:
        content: The file's content.
        poses: The ids of the poses that were added.
        includes: The ids of the sequences that were included and are now part of it.
        sounds: The paths of the sound files it names, as written; these have to be shared with it.
    """

    content: str
    poses: tuple[str, ...]
    includes: tuple[str, ...]
    sounds: tuple[str, ...]


def shared(source: Source, shelf: Shelf, own: Source | None, there: Mapping[str, Pose]) -> Shared:
    """Bundle *source* into one file that works for anyone who has psoas.

    Args:
        source: The sequence.
        shelf: What it may refer to, with the default bells.
        own: The user's own poses.
        there: The built-in poses, by id.

    Raises:
        BadFileError: The sequence has problems; the error has all of them.
        PsoasError: It cannot become one file.
    """
    source = source._replace(resolve=str)
    sequence = read_sequence(source, shelf._replace(find=lambda name: _as_written(shelf.find(name))))
    joining = _Joining(source, shelf, own)
    steps = joining.steps()
    ways = [] if joining.includes else [joining.added_to_text()]
    for content in (*ways, joining.composed(steps, sequence)):
        if content and _reads_as(content, sequence, source, there):
            return Shared(content, tuple(joining.brought), tuple(joining.includes), sound_files(sequence))
    raise PsoasError(f"{source.id} cannot be written as one file with the same practice", exit_code=1)


def _as_written(source: Source | None) -> Source | None:
    return source and source._replace(resolve=str)


def _reads_as(content: str, sequence: Sequence, source: Source, there: Mapping[str, Pose]) -> bool:
    """Whether *content*, with only the poses *there*, reads as *sequence* in every language."""
    try:
        return all(read_sequence(source._replace(content=content), Shelf(lang, there)) == sequence for lang in LANGS)
    except BadFileError:
        return False


class _File:
    """The nodes of a sequence file; *language* is that of plain texts if the file does not name one."""

    def __init__(self, source: Source, language: Lang) -> None:
        self.id = source.id
        self.top = Notebook(source.file, language).top(source.content).node
        self.at = entries(self.top)
        said = self.at["language"].value if "language" in self.at else language
        self.language: Lang = next(lang for lang in LANGS if lang == said)
        self.poses = entries(self.at.get("poses"))


class _Joining:
    """Joins a sequence with what it refers to, and records what was added."""

    def __init__(self, source: Source, shelf: Shelf, own: Source | None) -> None:
        self.shelf = shelf
        self.content = "".join(
            line for line in source.content.splitlines(keepends=True) if not line.startswith(_FOR_EDITORS)
        )
        self.file = _File(source._replace(content=self.content), shelf.language)
        self.own = entries(Notebook(own.file, shelf.language).top(own.content).node) if own else {}
        self.includes: dict[str, _File] = {}
        self.brought: dict[str, yaml.Node] = {}
        self._meant: dict[str, yaml.Node | None] = {}

    def steps(self) -> list[yaml.Node]:
        """Return the steps with includes expanded, and collect the poses they need in `brought`."""
        for name in self.file.poses:
            self._need(name, self.file)
        return self._steps(self.file.at["steps"], self.file, at_end=True)[0]

    def added_to_text(self) -> str:
        """Return the file's text with what is missing inserted; empty if its layout leaves no place for that."""
        lines = self.content.splitlines(keepends=True)
        lines[-1] = lines[-1].removesuffix("\n") + "\n"
        first = self.file.top.value[0][0].start_mark
        if first.column or self.file.top.start_mark.line != first.line:
            return ""
        if self.brought and (poses := self.file.at.get("poses")):
            if not isinstance(poses, yaml.MappingNode) or poses.flow_style or not poses.value:
                return ""
            mark = poses.value[0][0].start_mark
            lines.insert(mark.line, written(mapping(self.brought), mark.column))
        elif self.brought:
            lines += ["\n", written(mapping({"poses": mapping(self.brought)}))]
        if "language" not in self.file.at:
            lines.insert(first.line, f"language: {self.file.language}\n")
        return "".join(lines)

    def composed(self, steps: list[yaml.Node], sequence: Sequence) -> str:
        """Return a new file of *steps* and the other top-level keys, after the file's opening comment."""
        top = {"language": scalar(self.file.language)} | {key: copied(node) for key, node in self.file.at.items()}
        if "cautions" not in top:  # an included sequence may name more than its poses do
            top["cautions"] = listing([scalar(name) for name in sequence.cautions], flow=True)
        if self.brought:
            own = {name: copied(node) for name, node in self.file.poses.items()}
            top["poses"] = mapping({**own, **self.brought})
        top["steps"] = listing(steps)
        before = self.content.splitlines(keepends=True)[: self.file.top.start_mark.line]
        return "".join(line for line in before if line.startswith("#")) + written(mapping(top))

    def _steps(self, node: yaml.Node, file: _File, *, at_end: bool) -> tuple[list[yaml.Node], bool]:
        """Convert a list of steps for the bundled file.

        Args:
            node: The list.
            file: The file that it is in.
            at_end: Whether only transitions follow it; a rest elsewhere becomes a hold.

        Returns:
            The converted steps, and whether only transitions follow a step that comes before them.
        """
        steps: list[yaml.Node] = []
        for each in reversed(node.value):
            at = entries(each)
            kind = next(iter(at))
            if kind == "include":
                included = self._included(at[kind].value)
                part, at_end = self._steps(included.at["steps"], included, at_end=at_end)
            elif kind == "repeat":
                part, at_end = self._repeat(at, file, at_end=at_end)
            else:
                for name in _poses_named(at):
                    self._need(name, file)
                lasting = kind == "rest" and not at_end
                part = [self._as_hold(each, at, file) if lasting else self._copied(each, file)]
                at_end = at_end and kind == "transition"
            steps = part + steps
        return steps, at_end

    def _repeat(self, at: Mapping[str, yaml.Node], file: _File, *, at_end: bool) -> tuple[list[yaml.Node], bool]:
        """Convert a repeat; if it ends the practice in a rest, its last turn is separate, as the rest comes once."""
        times = int(at["repeat"].value)
        last, still_at_end = self._steps(at["steps"], file, at_end=at_end)
        if times == 1 or not at_end or not any("rest" in entries(step) for step in last):
            return [_repeated(times, last)], still_at_end
        before, _ = self._steps(at["steps"], file, at_end=False)
        return [_repeated(times - 1, before), *last], still_at_end

    def _included(self, name: str) -> _File:
        if name not in self.includes:
            source = self.shelf.find(name)
            assert source is not None  # the sequence was read
            self.includes[name] = _File(source, self.shelf.language)
        return self.includes[name]

    def _copied(self, step: yaml.Node, file: _File) -> yaml.Node:
        return copied(step, STEP, self._foreign(file.language))

    def _foreign(self, language: Lang) -> Lang | None:
        """Return *language* if it differs from the bundled file's, so that texts must name it; else None."""
        return None if language == self.file.language else language

    def _as_hold(self, step: yaml.Node, at: Mapping[str, yaml.Node], file: _File) -> yaml.Node:
        """Return an included rest that is not the last step as a hold, as the reader does."""
        lasting = Place(
            mapping({"rest": at["rest"]}), step.start_mark, ()
        )  # its pose does not change how long it lasts
        rest = StepReader(Notebook("", file.language), {}, str).step("rest", lasting)
        assert isinstance(rest, RestStep)
        names = mapping({lang: scalar(RESTING.name.said(lang)) for lang in LANGS})
        lengths = {key: scalar(duration_text(getattr(rest.hold, key))) for key in HOLD_KEYS}
        hold = mapping(lengths | ({"until-key": scalar("true")} if rest.hold.until_key else {}), flow=True)
        begins = {"pose": copied(at["pose"])} if "pose" in at else {"name": names}
        kept = entries(self._copied(step, file))
        return mapping({**begins, "hold": hold, **{key: kept[key] for key in ("text", "breath", "say") if key in kept}})

    def _need(self, name: str, file: _File) -> None:
        """Collect in `brought` the pose *name* of *file* and those it refers to, if the bundled file would lack them.

        Raises:
            PsoasError: A different pose with the same id is needed too.
        """
        node = file.poses.get(name, self.own.get(name))
        if name in self._meant:
            if self._meant[name] is not node:
                raise PsoasError(
                    f'two different poses that {self.file.id} needs are called "{name}"',
                    f"rename the one in {file.id}",
                    exit_code=1,
                )
            return
        self._meant[name] = node
        if node is not None and (file is not self.file or name not in file.poses):
            language = file.language if name in file.poses else self.shelf.language
            self.brought[name] = copied(node, POSE, self._foreign(language))
        for other in _referred(entries(node)) if node else _named_by(self.shelf.poses[name]):
            self._need(other, file)


def _repeated(times: int, steps: list[yaml.Node]) -> yaml.Node:
    return mapping({"repeat": scalar(str(times)), "steps": listing(steps)})


def _poses_named(at: Mapping[str, yaml.Node]) -> Iterator[str]:
    """Yield the ids of the poses that a step names."""
    for place in (at, entries(at.get("between")), entries(at.get("rebound"))):
        if "pose" in place:
            yield str(place["pose"].value)


def _referred(at: Mapping[str, yaml.Node]) -> Iterator[str]:
    """Yield the ids of the poses that a pose's nodes refer to."""
    if "counter" in at:
        yield str(at["counter"].value)
    yield from (str(node.value) for node in entries(at.get("instead")).values())


def _named_by(pose: Pose) -> Iterator[str]:
    """Yield the ids of the poses that *pose* refers to."""
    yield from pose.instead.values()
    if pose.counter:
        yield pose.counter


def scalar(value: str) -> yaml.ScalarNode:
    """Return a scalar that reads as *value*."""
    return yaml.ScalarNode(_tag(value, None), value)


def mapping(entries: Mapping[str, yaml.Node], *, flow: bool = False) -> yaml.MappingNode:
    """Return a map of *entries*, on one line if *flow*."""
    return yaml.MappingNode(_MAP, [(scalar(key), node) for key, node in entries.items()], flow_style=flow)


def listing(nodes: list[yaml.Node], *, flow: bool = False) -> yaml.SequenceNode:
    """Return a list of *nodes*, on one line if *flow*."""
    return yaml.SequenceNode(_SEQ, nodes, flow_style=flow)


def entries(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return the entries of a map by key; empty if *node* is not a map."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def copied(node: yaml.Node, shape: Shape = "", lang: Lang | None = None) -> yaml.Node:
    """Return a copy of *node* without anchors and tags.

    Args:
        node: The node; aliases in it become copies.
        shape: Where the texts are in it.
        lang: The language to name for each plain text; None to leave plain texts as they are.
    """
    if isinstance(node, yaml.ScalarNode):
        same = yaml.ScalarNode(_tag(node.value, node.style), node.value, style=node.style)
        return mapping({lang: same}) if lang and shape == _TEXT else same
    if isinstance(node, yaml.SequenceNode):
        inner = shape[0] if isinstance(shape, list) else ""
        return listing([copied(each, inner, lang) for each in node.value], flow=node.flow_style)
    assert isinstance(node, yaml.MappingNode)
    if shape == _TEXT:  # a map of languages, or an entry of a scan
        shape = {"text": _TEXT}
    shapes = shape if isinstance(shape, dict) else {}
    pairs = [
        (copied(key), copied(value, shapes.get(str(key.value), shapes.get("*", "")), lang)) for key, value in node.value
    ]
    return yaml.MappingNode(_MAP, pairs, flow_style=node.flow_style)


def written(node: yaml.Node, indent: int = 0) -> str:
    """Return *node* as YAML, with each line indented by *indent* spaces."""
    text = str(yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=_WIDTH - indent))
    return "".join(f"{' ' * indent}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _tag(value: str, style: str | None) -> str:
    """Return the tag that YAML resolves *value* to, so that none has to be written."""
    return _STR if style else str(_RESOLVER.resolve(yaml.ScalarNode, value, (True, False)))  # type: ignore[no-untyped-call]
