"""The pages of a preview: all that is to be read before a practice, in the room that there is."""

from itertools import chain, zip_longest
from typing import Literal, NamedTuple

from rich.cells import cell_len

from psoas_cli.player.introduction import BEGIN_PLAIN, Facts
from psoas_cli.player.preview import Now, Preview, keys_of
from psoas_cli.practice.model.durations import clock_text, length_in_words
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text, first_sentence, named_in_part
from psoas_cli.practice.score.facts import BED, INVITATION, PROPS, TAKE_CARE, VOICE
from psoas_cli.practice.score.overview import PLAN
from psoas_cli.tui.cells import fitting, rows_of
from psoas_cli.tui.hints import forms, more_hint
from psoas_cli.tui.layout import Size, layout
from psoas_cli.tui.menu import BACK_HINT, KEYS_HINT
from psoas_cli.tui.pages import ROOMY, folded, folded_into, height_of, packed
from psoas_cli.tui.regions import Block, Line
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.status import PARTS

_ENDS = Text("ends at {time}", "klaar om {time}")
_LEVEL = Text("level: {level}", "niveau: {level}")
_LEFT = Text("{begins} · {left} of {length} left", "{begins} · nog {left} van {length}")
GROUND_OFFER = Text(
    "Press g at any point for grounding: the clock stands still.",
    "Onderweg kun je met g altijd even aarden: de klok staat dan stil.",
)
_CAUTIONS = Text("{heading}: {names} · c: what to do then", "{heading}: {names} · c: wat er dan kan")
_CAUTIONS_BACK = (Text("c back", "c terug"),)
_BEGIN_HINT = (Text("Enter begin", "Enter begint"), Text("Enter", "Enter"))  # each with its short form
_LEAVE_HINTS = {  # by whether it leads back to a page
    False: (Text("q quit", "q sluit af"), Text("q quit", "q stop")),
    True: (BACK_HINT,),
}
_POSES_HINT = (Text("i poses", "i toont de houdingen"), Text("i poses", "i houdingen"))
_BELL_HINT = (Text("b bell", "b laat een bel horen"), Text("b bell", "b bel"))
_BLANK: Line = ("", "plain")
_LEAST_STOPS = 2  # of a plan that says more than the title does
_GAP = 4  # cells between two columns of the plan
_COLUMN = 34  # cells in which the longest names of stops may be cut
MOST_COLUMNS = 3
"""Of a plan."""

Section = list[Block]
"""What belongs together: groups of lines."""


@record(frozen=True)
class Leaf:
    """A page, and what stands beside it."""

    lines: Block
    beside: Block = ()


class PreviewScreen:
    """Shows a preview on the screen.

    Args:
        screen: The screen.
        leads_back: Whether one comes back from it to another page instead of quitting.
    """

    def __init__(self, screen: Screen, *, leads_back: bool = False) -> None:
        self._screen = screen
        self._leads_back = leads_back
        self._size = (0, 0)

    def resize(self, width: int, height: int) -> None:
        """Fit to the terminal's size, in columns and rows."""
        self._size = (width, height)
        self._screen.resize(width, height)

    def turn(self) -> bool:
        """Turn to the next page of what is shown, if it has several; return whether it has."""
        return self._screen.turn()

    def read(self, preview: Preview) -> None:
        """Show *preview* as it is now."""
        lang = preview.facts.lang
        if preview.card:
            self._screen.card(preview.card, lang)
        elif preview.page == "keys":
            self._screen.key_list(lang, BEGIN_PLAIN.said(lang), keys_of(leads_back=self._leads_back))
        else:
            self._show(preview, lang)

    def _show(self, preview: Preview, lang: Lang) -> None:
        """Show the facts, or the precautions."""
        facts = preview.page == "facts"
        if facts:
            shown = leaves(preview.facts, preview.now, self._size)
            leave = _LEAVE_HINTS[self._leads_back]
            offered = (_BEGIN_HINT, leave, (KEYS_HINT,), *([_POSES_HINT] if preview.has_poses else []), _BELL_HINT)
        else:
            shown = tuple(map(Leaf, _advice(preview.facts, self._size)))
            offered = (_CAUTIONS_BACK,)
        number = preview.number % len(shown)
        keys = (*more_hint(lang, number, len(shown)), *(forms(lang, texts) for texts in offered))
        line = BEGIN_PLAIN if facts else TAKE_CARE
        self._screen.page(shown[number].lines, keys, line.said(lang), shown[number].beside)


def _advice(facts: Facts, size: tuple[int, int]) -> tuple[Block, ...]:
    """The pages of the precautions, each with what to do instead, and when to stop.

    Where there is room, a blank row is between all of them; else only above each heading.
    """
    care: Block = ((facts.care, "plain"),) if facts.care else ()
    groups: list[Block] = [((TAKE_CARE.said(facts.lang), "name"), *care)]
    for heading, part in facts.advice:
        each: list[Line] = [(f"{name}: {said}", "plain") for name, said in part]
        groups += [((heading, "strong"), *each[:1]), *((one,) for one in each[1:])]
    groups.append(((facts.stop_signs[1], "plain"),))
    page = layout(Size(*size), "page")[0]
    if page.height >= ROOMY:
        return packed(groups, page.width, page.height)
    spaced = ((_BLANK, *group) if group[0][1] != "plain" or group is groups[-1] else group for group in groups)
    return folded(tuple(chain(*spaced)), size)


class _Fullness(NamedTuple):
    """How much a page tells.

    Args:
        about: How much it tells of what the practice is: all of the summary, its first sentence, or nothing.
        cautions: How many rows the precautions may take.
        airy: Whether there is a blank row between all groups, or only between sections.
        between: Whether the plan says how long all takes that lies between its stops.
    """

    about: Literal["all", "first", "nothing"]
    cautions: int
    airy: bool = True
    between: bool = True


_FULLNESSES = (
    _Fullness("all", 2),
    _Fullness("first", 2),
    _Fullness("first", 2, airy=False),
    _Fullness("first", 2, airy=False, between=False),
    _Fullness("first", 1, airy=False, between=False),
    _Fullness("nothing", 1, airy=False, between=False),
)
"""The fullest first; the first one that leaves all on one page is shown, else the fourth one on several."""


def leaves(facts: Facts, now: Now, size: tuple[int, int]) -> tuple[Leaf, ...]:
    """The pages of a preview on a screen of *size* (columns, rows), each with the stop signs at its foot.

    The plan stands beside the rest if there is room for it, else it is a part of a page.
    """
    foot: Block = ((facts.stop_signs[0], "strong"),)
    page, *others = layout(Size(*size), "page beside")
    if page.name == "line":
        return (Leaf(foot),)
    if len(others) > 1:
        plan = _plan(facts, others[0].width, 1, between=True)
        beside = (_BLANK, (PLAN.said(facts.lang), "strong"), _BLANK, *plan)
        lines = (*_joined(_sections(facts, now, page.width, _FULLNESSES[0]), airy=True), _BLANK, *foot)
        if plan and max(height_of(lines, page.width), len(beside)) < page.height:
            return (Leaf((_BLANK, *lines), beside),)
    page = layout(Size(*size), "page")[0]
    top = (_BLANK,) if page.height >= ROOMY else ()
    for fullness in _FULLNESSES:
        plan = _plan(facts, page.width, MOST_COLUMNS, between=fullness.between)
        sections = _sections(facts, now, page.width, fullness, plan)
        lines = (*top, *_joined(sections, airy=fullness.airy))
        if height_of((*lines, *foot), page.width) <= page.height:
            return tuple(map(Leaf, folded_into(lines, page.width, page.height, foot)))
    about, *rest = _sections(facts, now, page.width, _FULLNESSES[3], plan)
    if not top:
        rest = [*rest[:-2], [_joined(rest[-2:], airy=True)]]
    groups = [_joined([about], airy=bool(top)), *(group for section in rest for group in section)]
    return tuple(map(Leaf, packed(groups, page.width, page.height, foot)))


def _joined(sections: list[Section], *, airy: bool) -> Block:
    """*sections* below each other, with a blank row between them, and also between their groups if it is *airy*."""
    parts = [group for section in sections for group in section] if airy else [tuple(chain(*each)) for each in sections]
    spaced: list[Line] = [line for part in parts for line in (_BLANK, *part)]
    return tuple(spaced[1:])


def _sections(facts: Facts, now: Now, width: int, fullness: _Fullness, plan: Block = ()) -> list[Section]:
    """All that there is to read but the stop signs, in *width* cells, in the order of its importance."""
    lang = facts.lang
    about = {"all": facts.summary, "first": first_sentence(facts.summary), "nothing": ""}[fullness.about]
    title: Block = ((facts.title, "name"), (about, "plain")) if about else ((facts.title, "name"),)
    props: Block = ((f"{PROPS.said(lang)}: {facts.props}", "plain"),) if facts.props else ()
    changes = facts.changes if fullness.airy or not facts.changes else (PARTS.join(facts.changes),)
    told: Block = tuple((said, "strong") for said in (*changes, *facts.remarks))
    offers = f"{INVITATION.said(lang)} {GROUND_OFFER.said(lang)}"
    sections: list[Section] = [
        [title, ((_measure(facts, now, width), "strong"),)],
        [plan],
        [told, (*props, (_sound(facts, now), "plain")), _cautions(facts, width, fullness.cautions)],
        [((offers, "faint"),)],
    ]
    return [kept for section in sections if (kept := [group for group in section if group])]


def _measure(facts: Facts, now: Now, width: int) -> str:
    """How long it lasts, when it ends, and how deep it is if there is room for that in the same row."""
    lang = facts.lang
    length = length_in_words(facts.length) if facts.length % 60 == 0 else Text(clock_text(facts.length))
    said = length.said(lang)
    if facts.begins:
        left = clock_text(facts.length - facts.begin)
        said = _LEFT.filled(begins=facts.begins, left=left, length=clock_text(facts.length)).said(lang)
    least = PARTS.join((said, _ENDS.filled(time=now.ends_at).said(lang)))
    all_ = PARTS.join((least, *([_LEVEL.filled(level=facts.level).said(lang)] if facts.level else [])))
    return all_ if len(rows_of(all_, width)) == len(rows_of(least, width)) else least


def _sound(facts: Facts, now: Now) -> str:
    told = ((VOICE, now.voice), (BED, facts.bed))
    return PARTS.join((now.sound, *(f"{heading.said(facts.lang)}: {said}" for heading, said in told if said)))


def _cautions(facts: Facts, width: int, most: int) -> Block:
    """The precautions in *most* rows, and for who is new how the practice adapts to them."""
    care: Block = ((facts.care, "faint"),) if facts.care and not (facts.known or facts.changes) else ()
    if not facts.cautions:
        return care
    rows = 1 if facts.known else most
    said = (named_in_part(facts.cautions, count, facts.lang) for count in range(len(facts.cautions), 0, -1))
    lines = [_CAUTIONS.filled(heading=TAKE_CARE, names=names).said(facts.lang) for names in said]
    return ((next((line for line in lines if len(rows_of(line, width)) <= rows), lines[-1]), "plain"), *care)


def _plan(facts: Facts, width: int, most: int, *, between: bool) -> Block:
    """The stops with their lengths, in as many columns as there is room for, but at most so many; nothing if it is one.

    What lies *between* them comes last if it is wanted: with it the lengths add up. A mark stands before the stop at
    which the practice begins, if that is not the first.
    """
    if len(facts.plan) < _LEAST_STOPS:
        return ()
    rows = [*facts.plan, *([facts.between] if between and facts.between else [])]
    marks = ["→ " if number == facts.here else "  " for number in range(len(rows))] if facts.begins else None
    names = [f"{marks[number] if marks else ''}{item.name}" for number, item in enumerate(rows)]
    return plan_rows([(name, item.measured(facts.lang)) for name, item in zip(names, rows, strict=True)], width, most)


def plan_rows(stops: list[tuple[str, str]], width: int, most: int) -> Block:
    """*stops*, each a name and a length, in as many columns as *width* cells have room for, but at most so many."""
    wide, needed = (max(map(cell_len, column)) for column in zip(*stops, strict=True))
    columns = max(1, min(most, len(stops), (width + _GAP) // (min(wide + 2 + needed, _COLUMN) + _GAP)))
    column = (width - _GAP * (columns - 1)) // columns
    cells = [_ends(name, length, column) for name, length in stops]
    deep = -(-len(cells) // columns)
    lines = zip_longest(*(cells[first : first + deep] for first in range(0, len(cells), deep)), fillvalue="")
    plan: list[Line] = [((" " * _GAP).join(line).rstrip(), "plain") for line in lines]
    return tuple(plan)


def _ends(left: str, right: str, width: int) -> str:
    """*left* and *right* at the ends of *width* cells; *left* is cut if it is too long."""
    shown = fitting(left, width - cell_len(right) - 2)
    return shown + " " * (width - cell_len(shown) - cell_len(right)) + right
