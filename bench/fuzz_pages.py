"""Pages that lead: whoever wrote its texts, a page shows them and does nothing else, at moments that are its sound's.

The texts are those of people who mean harm, in practices that psoas reads: the built-in ones, and what the schema
permits.
"""

import json
import zlib
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from random import Random
from typing import Any, ClassVar
from unicodedata import category

import yaml

from damage import UNSEEN
from fuzz_case import Files
from fuzz_sequences import Trial as SequenceTrial
from psoas_cli.audio.clip import Clip
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.commands.render.audio_file import _page  # what psoas render writes around the sound
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import Adaptation, adapted
from psoas_cli.practice.format.reader import Source, read_sequence
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.scenes import Scene, Stop, scenes_of, stops_of
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.resources import bundled
from psoas_cli.storage.library import Library
from psoas_cli.storage.sequence_files import POSES

_NASTY = (
    "</script><script>alert(1)</script>", "<!--<script>", "--></style></title></noscript>", "<img src=x onerror=a()>",
    '" autofocus onfocus="a()', "' onmouseover='a()", "<svg onload=a()>", "]]>", "<![CDATA[", "<?php ?>", "&lt;b&gt;",
    "&#60;b&#62;", "&amp;amp;", "$data ${title} $$ $", "{0} %s {number} {count}", "@sound@", "data:text/html,<b>",
    "javascript:a()", "\\u003c/script>", "\\", "`${a()}`", "<", "<a", "</", "&", "&#x110000;",
    "<plaintext>", "<base href=//x>", "<meta http-equiv=refresh content=0>", "a" * 300, "🧘🏽‍♀️",
)  # fmt: skip
_TEXTS = {"title", "summary", "credit", "text", "name", "en", "nl", "leave", "second", "notice", "props", "fetch"}
_STRANGE = "".join(char for char in UNSEEN if category(char) not in {"Cc", "Cs", "Zl"})  # the others are refused
_INSTANT = 2e-3  # seconds; moments are rounded


class _Markup(HTMLParser):
    """What a browser would make of a page.

    Attributes:
        elements: The elements and their attributes.
        texts: The text in each element and those in it, by the name of the element.
        labels: What its pictures are called.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.texts: dict[str, list[str]] = {}
        self.labels: list[str] = []
        self.policy = ""
        self._within: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        told = dict(attrs)
        self.elements |= {tag, *(f"{tag} {name}" for name in told)}
        self.texts.setdefault(tag, []).append("")
        self._within.append(tag)
        if told.get("http-equiv") == "Content-Security-Policy":
            self.policy = told["content"] or ""
        if tag == "svg" and "role" in told:
            self.labels.append(told["aria-label"] or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is empty."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it those in it that are never closed."""
        if tag in self._within:
            del self._within[len(self._within) - 1 - self._within[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        for tag in {*self._within}:
            self.texts[tag][-1] += data

    def handle_comment(self, data: str) -> None:
        """A page has no comments of its own."""
        self.elements.add(f"<!--{data}-->")

    handle_pi = unknown_decl = handle_comment


class Trial:
    """Trials of pages."""

    COUNT: ClassVar[int] = 1_000

    def __init__(self) -> None:
        self._files = SequenceTrial({"text": lambda random: _text(random, "Lie")})
        self._libraries = {lang: Library(lang, own_poses=False) for lang in LANGS}
        paths = sorted(bundled("sequences").glob("*.yaml"))
        self._built_in = [path.read_text("utf-8") for path in paths if path.name != POSES]
        sequence = self._libraries["en"].sequence("yin-short")
        plain = Adaptation(sequence, compile_sequence(sequence))
        self._known = _Markup("".join(_page(plain, Narration("en"), "en"))).elements

    def made(self, random: Random) -> Files:
        """A practice with texts that nobody means well with."""
        if random.random() < 0.5:
            return {"own.yaml": self._files.permitted("own.yaml", random)}
        value = yaml.safe_load(random.choice(self._built_in))
        often = random.choice((0.05, 0.3, 1.0))
        return {"own.yaml": json.dumps(_hostile(value, random, often), ensure_ascii=False).encode()}

    def tried(self, files: Files) -> str:
        """Make its page, and look at what stands in it."""
        content = files["own.yaml"]
        choice = Random(zlib.crc32(content))
        lang: Lang = choice.choice(LANGS)
        care = tuple(choice.sample([*CAUTIONS], choice.choice((0, 0, 1, 3))))
        minutes = choice.choice((None, None, choice.randint(1, 90)))
        try:
            source = Source("own", "own.yaml", content.decode())
            made = adapted(read_sequence(source, self._libraries[lang].shelf), minutes and minutes * 60.0, care)
        except (PsoasError, UnicodeDecodeError):
            return "refused"
        pace = choice.choice((None, 1_000, 3_000, 20_000))  # frames a letter
        words = words_of(made.timeline, lang) if pace else ()
        clips = {each: Clip(9_000 + (pace or 0) * len(each.text), list) for each in words}  # type: ignore[arg-type]
        narration = Narration(lang, clips)
        scenes, stops = scenes_of(made.timeline, narration.speech(made.timeline), lang), stops_of(made.timeline, lang)
        assert_led(made.timeline, scenes, stops)
        page = "".join(_page(made, narration, lang))
        page.encode()
        self._assert_shown(_Markup(page), made.sequence.title.said(lang), scenes, stops)
        return "spoken" if pace else "silent"

    def _assert_shown(self, markup: _Markup, title: str, scenes: list[Scene], stops: list[Stop]) -> None:
        """Every text is one, whole; and nothing runs or is styled but what psoas wrote.

        Raises:
            AssertionError: A text became something else.
        """
        odd = markup.elements - self._known
        assert not odd, f"texts became markup: {odd}"
        data, script = markup.texts["script"]
        (style,) = markup.texts["style"]
        for part in (script, style):
            assert b64encode(sha256(part.encode()).digest()).decode() in markup.policy, "a script that may not run"
        listed = markup.texts.get("li", [])
        assert markup.texts["title"] == markup.texts["h1"] == [title]
        assert [text[len(text) - len(stop.name) :] for text, stop in zip(listed, stops, strict=True)] == [
            stop.name for stop in stops
        ]
        told: dict[str, Any] = json.loads(data)
        assert told["title"] == title
        shown = [(each["title"], each["side"], [text for _, text in each["captions"]]) for each in told["scenes"]]
        assert shown == [(each.title, each.side, [text for _, text in each.captions]) for each in scenes]
        assert len(markup.labels) == len({scene.figure for scene in scenes if scene.figure})


def assert_led(timeline: Timeline, scenes: list[Scene], stops: list[Stop]) -> None:
    """The scenes are all of *timeline*, one after the other, and what is in each lies within it.

    Raises:
        AssertionError: It is not so.
    """
    assert (scenes[0].start, scenes[-1].end) == (0, timeline.duration)
    for one, other in pairwise(scenes):
        assert one.end == other.start, f"{one.end} is not {other.start}"
        assert one.stop <= other.stop, f"stop {one.stop} before {other.stop}"
    for scene in scenes:
        ats = [at for at, _ in scene.captions]
        assert ats == sorted(ats)
        assert all(scene.start <= at < scene.end for at in ats), f"{ats} in {scene.start} to {scene.end}"
        assert all(text.strip() for _, text in scene.captions), "a caption that says nothing"
        ends = [scene.start, *(at + phase.seconds for at, phase in scene.breath)]
        for (at, _), before in zip(scene.breath, ends, strict=False):
            assert at >= before - _INSTANT, f"a breath at {at}, before {before}"
        assert ends[-1] <= scene.end + _INSTANT, f"a breath until {ends[-1]}, after {scene.end}"
    assert len(stops) == len(timeline.stops)
    assert scenes[-1].stop == len(stops)
    for former, later in pairwise(stops):
        assert former.start < later.start, f"a stop at {later.start}, after {former.start}"
    assert all(stop.name.strip() for stop in stops)


def _hostile(value: Any, random: Random, often: float, key: str = "") -> Any:  # noqa: ANN401 - YAML
    """*value* with other texts in it, which are as long as may be."""
    if isinstance(value, dict):
        return {name: _hostile(each, random, often, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_hostile(each, random, often, key) for each in value]
    return _text(random, value) if key in _TEXTS and isinstance(value, str) and random.random() < often else value


def _text(random: Random, usual: str) -> str:
    """A text of somebody who means harm."""
    nasty: str = random.choice(_NASTY)
    return random.choice((nasty, f"{usual} {nasty}", f"{nasty}{random.choice(_STRANGE)}{usual}", f"[{nasty}] {nasty}"))
