"""A practice of one's own on one line: while its steps are typed, its plan is shown, or what is wrong with them."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import practice_for
from psoas_cli.player.browser import browse
from psoas_cli.player.preview_page import MOST_COLUMNS, plan_rows
from psoas_cli.practice.format.problems import BadStepsError, Slip
from psoas_cli.practice.format.shorthand import last_step_in
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.names import STEPS
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text, capitalised, sentence
from psoas_cli.practice.score.change import brief
from psoas_cli.practice.score.overview import PlanItem, at_a_glance, between_stops
from psoas_cli.tui.cells import fitting
from psoas_cli.tui.hints import Hint, forms
from psoas_cli.tui.keys import typed_by
from psoas_cli.tui.layout import Size, layout
from psoas_cli.tui.menu import KEYS_HINT, LAST_KEYS, LEAVING_HELP
from psoas_cli.tui.pages import ROOMY, height_of
from psoas_cli.tui.regions import Block, Line
from psoas_cli.tui.status import PARTS

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window
    from psoas_cli.tui.screen import Screen

TITLE = Text("A practice of your own", "Een eigen oefening")
_HOW = Text(
    "Type the steps with commas between them, each with how long it lasts. The poses are those of p on the home "
    "screen. For example:",
    "Typ de stappen met een komma ertussen, elk met hoe lang die duurt. De houdingen vind je op het beginscherm met "
    "p. Bijvoorbeeld:",
)
_EXAMPLE = Text(
    "constructive-rest 5m, baby-dragon 3m, breathe 4-6 3m, rest 4m",
    "constructieve rust 5m, babydraak 3m, adem 4-6 3m, rust 4m",
)
_IN_ALL = Text("{length} in all", "{length} bij elkaar")
_KEEP = Text('To keep it: psoas new NAME --steps "…"', 'Bewaren kan met: psoas new NAAM --steps "…"')
_HINTS = (  # the most needed first
    (Text("Enter see it before you begin", "Enter laat zien wat er komt"), Text("Enter on", "Enter verder")),
    (Text("Esc back", "Esc terug"),),
    (KEYS_HINT,),
)
_KEYS: tuple[tuple[str, Text], ...] = (  # the most needed first
    ("Enter", Text("on to the preview", "verder, naar het overzicht")),
    ("Esc", Text("back; the line is kept while psoas runs", "terug; de regel blijft staan zolang psoas open is")),
    ("Backspace", Text("delete the character before the cursor", "het teken voor de cursor weg")),
    ("←  →", Text("move in the line", "door de regel")),
    ("Home End", Text("to its beginning, to its end", "naar het begin, naar het eind")),
    ("↑", Text("the line that you practised last", "de regel die je het laatst hebt geoefend")),
    ("↓", Text("an empty line", "een lege regel")),
    LAST_KEYS[-1],
)
_LONGEST = 1000  # characters; a file can be longer
_MOVES = {"left": -1, "right": 1, "home": -_LONGEST, "end": _LONGEST}
_BLANK: Line = ("", "plain")


class Sketch(NamedTuple):
    """What a line comes to.

    Args:
        plan: Its stops, and what lies between them; empty if it cannot be read.
        length: How long all of it lasts, in seconds.
        changes: What is changed for the person, in a few words each.
        slips: What is wrong with the line.
        problem: What else keeps it from being practised, in sentences.
    """

    plan: tuple[PlanItem, ...] = ()
    length: float = 0.0
    changes: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    problem: str = ""


@record(frozen=True)
class StepsLine:
    """One state of the page.

    Args:
        lang: The language.
        read: Reads a line.
        written: The line.
        cursor: Where in it one types.
        latest: The line that was practised last; empty if there is none.
        asked: Whether the person wants to begin it, so that a mistake in its last step is told as well.
        help: Whether the keys are shown.
        closed: Whether the person is done.
        begun: Whether it is to be begun then.
    """

    lang: Lang
    read: Callable[[str], Sketch]
    written: str = ""
    cursor: int = 0
    latest: str = ""
    asked: bool = False
    help: bool = False
    closed: bool = False
    begun: bool = False

    @property
    def chosen(self) -> None:
        """Nothing: there is no list."""

    @property
    def steps(self) -> str:
        """The line without a comma that nothing follows yet."""
        return self.written.rstrip(" ,;")

    @cached_property
    def sketch(self) -> Sketch:
        """What the line comes to; a last step that cannot be read is left aside, as it may be half typed."""
        whole = self.read(self.steps) if self.steps or self.asked else Sketch()
        if self.asked or not whole.slips:
            return whole
        begins = last_step_in(self.written)
        if slips := tuple(slip for slip in whole.slips if slip.begin < begins):
            return Sketch(slips=slips)
        finished = self.written[:begins].rstrip(" ,;")
        return self.read(finished) if finished else Sketch()

    def key(self, name: str) -> "StepsLine":
        """The state after the key *name*; most keys type a character."""
        if self.help:
            return replace(self, help=name not in LEAVING_HELP)
        line = replace(self, asked=False) if self.asked else self
        if name == "enter":
            return _led_on(replace(line, asked=True))
        if name in {"esc", "?"}:
            return replace(line, closed=name == "esc", help=name == "?")
        return _typed(line, name)


def _led_on(line: StepsLine) -> StepsLine:
    """*line* once the person wants to begin it: done, or with the cursor at the first mistake."""
    if line.sketch.plan:
        return replace(line, closed=True, begun=True)
    slips = line.sketch.slips
    return replace(line, cursor=min(slips[0].end, len(line.written))) if slips else line


def _typed(line: StepsLine, name: str) -> StepsLine:
    before, after = line.written[: line.cursor], line.written[line.cursor :]
    match name:
        case "left" | "right" | "home" | "end":
            return replace(line, cursor=max(0, min(len(line.written), line.cursor + _MOVES[name])))
        case "backspace":
            before = before[:-1]
        case "up" | "down":
            before, after = "" if name == "down" else line.latest or line.written, ""
        case _:
            before += typed_by(name)[: _LONGEST - len(line.written)]
    return replace(line, written=before + after, cursor=len(before))


def type_steps(window: "Window", screen: "Screen", context: Context, written: str, latest: str) -> tuple[str, str]:
    """Let the person type the steps of a practice until they begin it or go back.

    Args:
        window: The source of keys.
        screen: The screen.
        context: The settings and the poses.
        written: The line as it is at first.
        latest: The line that was practised last.

    Returns:
        The line as it is then, and the name of the practice to begin, which is empty if there is none.
    """

    def show(line: StepsLine, _picture: object) -> None:
        room = layout(Size(*window.size), "page")[0]
        shown = one_line(line, room.width)
        if line.help:
            screen.key_list(line.lang, shown, _KEYS)
        else:
            hints: tuple[Hint, ...] = tuple(forms(line.lang, texts) for texts in _HINTS)
            screen.page(lines_of(line, room.width, room.height), hints, shown)

    read = lru_cache(16)(lambda steps: _read(context, steps))
    line = browse(StepsLine(context.lang, read, written, len(written), latest), window, screen, show=show)
    return line.written, context.library.id_of(STEPS + line.steps) if line.begun else ""


def _read(context: Context, steps: str) -> Sketch:
    """What *steps* come to, for the person."""
    try:
        made = practice_for(context, STEPS + steps, None)
    except BadStepsError as error:
        return Sketch(slips=tuple(error.slips))
    except PsoasError as error:
        return Sketch(problem=" ".join(_told(each) for each in (error.message.splitlines()[0], error.hint) if each))
    between = between_stops(made.timeline, context.lang)
    plan = (*at_a_glance(made.timeline, context.lang), *([between] if between else []))
    return Sketch(plan, made.timeline.duration, tuple(brief(change, context.lang) for change in made.changes))


def lines_of(line: StepsLine, width: int, height: int) -> Block:
    """The page in *height* rows of *width* cells; where there is little room, what is known by then falls out."""
    lang, sketch = line.lang, line.sketch
    roomy = height >= ROOMY
    example: Line = (_EXAMPLE.said(lang), "faint")
    top: Block = ((TITLE.said(lang), "name"),)
    if roomy:
        top = (_BLANK, *top, _BLANK, (_HOW.said(lang), "plain"), example, _BLANK)
    elif not line.written:
        top = (*top, example)
    shown, carets = field_of(line, width)
    top = (*top, (shown, "strong"), (carets, "alert"))
    end: Block = _whole(line)
    keep: Block = ((_KEEP.said(lang), "faint"),)
    middle: Block = tuple((_told(slip.message), "plain") for slip in sketch.slips)
    if sketch.problem:
        middle = ((sketch.problem, "plain"),)
    if sketch.plan:
        columns = [(item.name, item.measured(lang)) for item in sketch.plan]
        room = max(1, height - height_of((*top, *end), width) - (2 if roomy else 0))
        middle = plan_rows(columns, width, MOST_COLUMNS)
        if len(middle) > room:  # what is typed last is at its end
            middle = (("…", "faint"), *middle[len(middle) - room + 1 :])
    gap: Block = (_BLANK,) if roomy and middle else ()
    below: Block = (*gap, *end) if end else ()
    for foot in ((*below, _BLANK, *keep), (*below, *keep), below, end):
        if height_of((*top, *middle, *foot), width) <= height:
            return (*top, *middle, *foot)
    return (*top, *middle)


def _whole(line: StepsLine) -> Block:
    """How long all of it lasts, and what is changed for the person."""
    sketch = line.sketch
    if not sketch.plan:
        return ()
    changes: Block = ((PARTS.join(sketch.changes), "plain"),) if sketch.changes else ()
    return ((_IN_ALL.filled(length=clock_text(sketch.length)).said(line.lang), "strong"), *changes)


def one_line(line: StepsLine, width: int) -> str:
    """The page where there is room for one line: what is typed, or why Enter does not lead on."""
    wrong = line.sketch.problem or "".join(_told(slip.message) for slip in line.sketch.slips[:1])
    if line.written and not (line.asked and wrong):
        return field_of(line, width)[0]
    return fitting(wrong or TITLE.said(line.lang), width)


def field_of(line: StepsLine, width: int) -> tuple[str, str]:
    """The line with its cursor, in *width* cells around it, and carets below what is wrong."""
    at = line.cursor
    mark = "_" if at == len(line.written) else "|"
    written = line.written[:at] + mark + line.written[at:]
    start, stop = 0, len(written)
    if cell_len(written) > width:
        room = width - 2
        start, stop = max(0, at - room), at + 1
        while start < at and cell_len(written[start : at + 1]) > room:
            start += 1
        while stop < len(written) and cell_len(written[start : stop + 1]) <= room:
            stop += 1
    before, after = "…" if start else "", "…" if stop < len(written) else ""
    carets = ""
    for slip in line.sketch.slips:
        begin, end = (place + (place >= at) for place in (slip.begin, max(slip.begin, slip.end - 1)))
        if begin >= stop:
            break
        left = cell_len(before + written[start:begin]) if begin >= start else 0
        right = cell_len(before + written[start : end + 1]) if end >= start else 1
        carets = carets.ljust(left) + "^" * max(0, right - max(left, len(carets)))
    return before + written[start:stop] + after, carets[:width]


def _told(said: str) -> str:
    return sentence(capitalised(said))
