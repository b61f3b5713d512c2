"""A page that leads through a practice by itself: its sound, and what is to be seen with it, in one file.

Any text may come from a stranger: it becomes data for the script, or goes through `escape`, and is never markup.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

from psoas_cli.cli.markup import care, facts_list, paragraph, picture
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import INVITATION, TAKE_CARE
from psoas_cli.practice.score.navigation import SAME_PLACE
from psoas_cli.practice.score.overview import PLAN
from psoas_cli.practice.score.scenes import Scene, Stop
from psoas_cli.practice.score.view import PHASE_WORDS
from psoas_cli.tui.status import PAUSED
from psoas_cli.tui.svg import Colours

_SCRIPT_WORDS: dict[str, Text] = {
    "begin": Text("Begin", "Beginnen"),
    "pause": Text("Pause", "Pauze"),
    "resume": Text("Go on", "Verder"),
    "anew": Text("From the beginning", "Vanaf het begin"),
    "paused": PAUSED,
    "count": Text("{number} of {count}", "{number} van {count}"),
}
_WORDS = {
    "now": Text("Now", "Nu"),
    "again": Text("Again", "Opnieuw"),
    "again_whole": Text("This stop again", "Dit onderdeel opnieuw"),
    "next": Text("Next", "Volgende"),
    "next_whole": Text("Next stop", "Volgende onderdeel"),
    "plan": PLAN,
    "keys": Text("Good to know", "Handig om te weten"),
    "over": Text("That was the practice.", "Dat was de oefening."),
    "farewell": Text(
        "Stay as long as you like, and take your time before you get up.",
        "Blijf zo lang je wilt, en neem de tijd voordat je opstaat.",
    ),
    "trouble": Text("The sound cannot be played here.", "Het geluid kan hier niet worden afgespeeld."),
    "unled": Text(
        "No scripts run here: the page plays its sound, and the plan says when each stop begins.",
        "Hier werken geen scripts: je hoort het geluid, en in het plan zie je wanneer elk onderdeel begint.",
    ),
}
_HELP = (
    (Text("Space", "Spatie"), Text("begin, pause, go on", "beginnen, pauzeren, verdergaan")),
    (Text("→ or n", "→ of n"), Text("the next stop", "het volgende onderdeel")),
    (
        Text("← or p", "← of p"),
        Text(
            "this stop again; twice quickly, the one before",
            "dit onderdeel opnieuw; twee keer kort na elkaar: het vorige",
        ),
    ),
    (Text("?", "?"), Text("these lines", "deze regels")),
)
_DARK = Text(
    "After half a minute without a touch the screen turns black; a touch only shows it again.",
    "Raak je het scherm een halve minuut niet aan, dan wordt het zwart; een tik maakt het alleen weer zichtbaar.",
)
_SOUND = "@sound@"  # stands in the template for the sound, which does not fit into memory
_COLOURS = Colours(
    "var(--paper)",
    {
        "ground": "var(--ground)",
        "prop": "var(--prop)",
        "far": "var(--far)",
        "body": "var(--body)",
        "over": "var(--body)",
        "arrow": "var(--arrow)",
    },
)


class Preface(NamedTuple):
    """What stands on a page before the practice begins.

    Args:
        title: The title of the practice.
        summary: What it is, in a few sentences.
        facts: Its facts, each as a heading and a line.
        remarks: What else to know beforehand, in sentences.
        cautions: The names of its cautions.
    """

    title: str
    summary: str
    facts: Sequence[tuple[str, str]]
    remarks: Sequence[str]
    cautions: tuple[str, ...]


def page_around(preface: Preface, scenes: Sequence[Scene], stops: Sequence[Stop], lang: Lang) -> tuple[str, str]:
    """The page for a practice in *lang*, before and after its sound, which is to be put between in base64."""
    figures = list(dict.fromkeys(scene.figure for scene in scenes if scene.figure))
    style, script = _part("page.css"), _part("page.js")
    words = {name: escape(text.said(lang)) for name, text in _WORDS.items()}
    page = Template(_part("page.html")).substitute(
        words,
        lang=lang,
        policy=_policy(style, script),
        title=escape(preface.title),
        style=style,
        script=script,
        intro="\n".join(_intro(preface, lang)),
        pictures="\n".join(_pictures(figures, scenes)),
        stops="\n".join(map(_row, stops)),
        help="\n".join(_help(lang)),
        data=_as_data(_data(preface.title, scenes, stops, figures, lang)),
        sound=_SOUND,
    )
    before, _, after = page.rpartition(_SOUND)
    return before, after


def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """What the page may do: run its own script and style, play its own sound, and nothing else."""
    own = {"style": style, "script": script}
    hashes = [f"{kind}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for kind, text in own.items()]
    return "; ".join(("default-src 'none'", *hashes, "media-src blob: data:", "base-uri 'none'", "form-action 'none'"))


def _intro(preface: Preface, lang: Lang) -> Iterable[str]:
    yield paragraph(preface.summary)
    yield facts_list(preface.facts)
    yield from map(paragraph, preface.remarks)
    if preface.cautions:
        yield f"<details><summary>{escape(TAKE_CARE.said(lang))}</summary>"
        yield from care(preface.cautions, lang)
        yield "</details>"
    yield paragraph(INVITATION.said(lang))


def _pictures(figures: Sequence[Figure], scenes: Iterable[Scene]) -> Iterable[str]:
    names = {scene.figure: ", ".join(filter(None, (scene.title, scene.side))) for scene in scenes}
    for number, figure in enumerate(figures):
        yield picture(figure, names[figure], _COLOURS, f' id="{_picture_id(number)}" hidden=""')


def _picture_id(number: int) -> str:
    return f"picture-{number}"


def _row(stop: Stop) -> str:
    return f'<li><span class="time">{clock_text(stop.start)}</span><span>{escape(stop.name)}</span></li>'


def _help(lang: Lang) -> Iterable[str]:
    yield facts_list((key.said(lang), does.said(lang)) for key, does in _HELP)
    yield paragraph(_DARK.said(lang))


def _data(
    title: str, scenes: Sequence[Scene], stops: Sequence[Stop], figures: Sequence[Figure], lang: Lang
) -> dict[str, object]:
    """What the script knows: all times in seconds of the sound."""
    return {
        "title": title,
        "over": scenes[-1].end,
        "same": SAME_PLACE,
        "words": {name: text.said(lang) for name, text in (*_SCRIPT_WORDS.items(), *PHASE_WORDS.items())},
        "stops": [stop.start for stop in stops],
        "scenes": [
            {
                "start": scene.start,
                "end": scene.end,
                "title": scene.title,
                "side": scene.side,
                "turn": scene.turn,
                "picture": _picture_id(figures.index(scene.figure)) if scene.figure else "",
                "way_in": scene.way_in,
                "captions": [[round(caption.at, 3), caption.text] for caption in scene.captions],
                "breath": [
                    [round(at, 3), phase.kind, phase.seconds, phase.begin, phase.end] for at, phase in scene.breath
                ],
            }
            for scene in scenes
        ],
    }


def _as_data(value: object) -> str:
    """*value* as JSON in which nothing can be taken for markup or the end of a line."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
