"""The introduction to a practice: what a person should know beforehand, for the preview and for plain lines."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from psoas_cli.cli.console import bold, wrapped, write
from psoas_cli.practice.model import cautions
from psoas_cli.practice.model.durations import length_in_words
from psoas_cli.practice.model.names import as_typed
from psoas_cli.practice.model.needs import cautions_in
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import Lang, Text, decimal
from psoas_cli.practice.score.change import Change, brief, told
from psoas_cli.practice.score.facts import LEVELS, TAKE_CARE, props_said, remarks
from psoas_cli.practice.score.segments import name_of
from psoas_cli.practice.score.timeline import Timeline

if TYPE_CHECKING:
    from psoas_cli.player.run import Run
    from psoas_cli.practice.score.overview import PlanItem

BEGIN_PLAIN = Text("Press Enter to begin", "Druk op Enter om te beginnen")
_CAUTIONS_IN_SHOW = Text(
    "psoas show {name} says what you can do instead.", "psoas show {name} zegt wat je in plaats daarvan kunt doen."
)
_CAUTIONS_BY_KEY = Text("The key c says what you can do instead.", "De toets c zegt wat er dan kan.")
_CAUTIONS_AS_BEFORE = Text(
    "Precautions as before: the key c says which, and what you can do instead.",
    "Let op, net als eerder: de toets c zegt waarop, en wat er dan kan.",
)
_CARE_HOW = Text(
    "If one applies, choose it in psoas under s: the practice adapts.",
    "Herken je iets? Kies het in psoas met s: dan past de oefening zich aan.",
)
_CARE_ADAPTED = Text("Adapted to: {names}.", "Aangepast aan: {names}.")
_CARE_UNCHANGED = Text(
    "In your settings: {names}. No pose here needs a change.",
    "In je instellingen: {names}. Geen houding hier vraagt om een aanpassing.",
)
_FROM = Text("From {name}", "Vanaf {name}")
_GOES_ON = Text("Goes on at {name}", "Verder bij {name}")
_REHEARSAL = Text(
    "A rehearsal, {speed} times as fast: it takes {time}.",
    "Een doorloop, {speed} keer zo snel: die duurt {time}.",
)
_RETENTIONS = Text(
    "There are pauses in this breathing. Leave them out whenever that is kinder. If you feel light-headed, "
    "breathe normally.",
    "In deze ademhaling zitten pauzes. Sla ze over wanneer dat prettiger is; word je licht in je hoofd, adem dan "
    "zoals het komt.",
)
_SOFT_CLOSE = Text(
    "In the night theme the closing bell is struck once, softly.",
    "Met de kleuren voor de nacht klinkt de slotbel maar één keer, en zacht.",
)
_INSTANT = 1e-6  # seconds
_BREATH_ALONE = {"lead-in", "breathe", "quiet"}  # kinds of span in which there is nothing to come out of


@record(frozen=True)
class Facts:
    """What a preview shows, in the person's language.

    Args:
        lang: That language.
        title: The title of the practice.
        summary: What it is, in a few sentences.
        level: How deep it is; empty if that is not known.
        props: What to have within reach; empty if there are no poses.
        bed: The bed of sound; empty without one.
        length: How long all of it lasts, in seconds.
        begin: Where it begins, in seconds from its start.
        begins: In words where it begins, if that is not at its start.
        plan: Its stops, in order.
        between: What lies between them, if anything does.
        changes: What was changed for the person, in a few words each.
        remarks: What else to know beforehand.
        cautions: The names of the precautions, the most serious first.
        known: Whether the person has begun it before.
        advice: The heading of each group, and its cautions with what to do instead.
        care: What the practice is adapted to, or how to adapt it.
        stop_signs: When to come out of a pose, in a line and in full.
    """

    lang: Lang
    title: str
    summary: str
    level: str
    props: str
    bed: str
    length: float
    begin: float
    begins: str
    plan: "tuple[PlanItem, ...]"
    between: "PlanItem | None"
    changes: tuple[str, ...]
    remarks: tuple[str, ...]
    cautions: tuple[str, ...]
    known: bool
    advice: tuple[tuple[str, list[tuple[str, str]]], ...]
    care: str
    stop_signs: tuple[str, str]

    @property
    def here(self) -> int | None:
        """The number of the stop in the plan where it begins; None if it begins at its start."""
        begun = [number for number, item in enumerate(self.plan) if item.start <= self.begin + _INSTANT]
        return begun[-1] if begun and self.begins else None


@record(frozen=True)
class Introduction:
    """What this person should know about a practice beforehand.

    Args:
        sequence: The practice, adapted to the person.
        timeline: Its timeline.
        lang: The language.
        name: Its name in `psoas show`.
        notes: Remarks, such as what was changed.
        care: The cautions in the person's settings.
        changes: What was changed.
        adapted: The cautions for which something was changed.
        known: Whether the person has begun it before.
        position: Where it begins, in seconds from its start.
        resumed: Whether it goes on there after an interruption.
        speed: How much faster it goes: above 1 it is a rehearsal.
    """

    sequence: Sequence
    timeline: Timeline
    lang: Lang
    name: str
    notes: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    adapted: tuple[str, ...] = ()
    known: bool = False
    position: float = 0.0
    resumed: bool = False
    speed: float = 1.0

    @property
    def remarks(self) -> list[str]:
        """What was changed for the person, and all that is to be known besides."""
        return [*told(self.changes, self.lang), *self.others]

    @property
    def others(self) -> list[str]:
        """That it is a rehearsal, the notes, pauses in the breath, what fitting changed, and that it closes softly."""
        seconds = (self.timeline.expected(self.position) - self.position) / self.speed
        fast = _REHEARSAL.filled(speed=decimal(self.speed), time=length_in_words(seconds)).said(self.lang)
        courses = [span.course for span in self.timeline.spans if span.course]
        has_retention = any(pattern.has_retention for course in courses for pattern, _ in course.stages)
        retentions = [_RETENTIONS.said(self.lang)] if has_retention else []
        fitting = remarks(self.sequence, self.timeline, self.lang)
        close = self.sequence.bells.close
        soft = [_SOFT_CLOSE.said(self.lang)] if close and close.softer else []
        return [*([fast] if self.speed > 1 else []), *self.notes, *retentions, *fitting, *soft]

    @property
    def begins(self) -> str:
        """Where it begins, in words; empty if that is at its start."""
        stay = self.timeline.stay_at(self.position)
        if not self.position or stay is None:
            return ""
        return (_GOES_ON if self.resumed else _FROM).filled(name=name_of(stay.segment)).said(self.lang)

    def precautions(self, *, waits: bool) -> list[str]:
        """The precautions as lines, and when to come out of a pose.

        Args:
            waits: Whether the person reads them before they begin, and has a key for what to do instead; then each
                precaution is named if the practice is new.
        """
        lang, listed = self.lang, self.sequence.cautions
        heading = TAKE_CARE.said(lang)
        lines = []
        if listed and waits and self.known:
            lines.append(_CAUTIONS_AS_BEFORE.said(lang))
        elif listed and waits:
            named = (f"{group}: {names}." for group, names in cautions.rows(listed, lang))
            lines += [f"{heading}:", *named, _CAUTIONS_BY_KEY.said(lang)]
        elif listed:
            more = _CAUTIONS_IN_SHOW.filled(name=as_typed(self.name)).said(lang)
            lines.append(f"{heading}: {cautions.in_short(listed, lang)}. {more}")
        if (care := self.to_adapt) and (self.adapted or not self.known):
            lines.append(care)
        breath_alone = {span.segment.kind for span in self.timeline.spans} <= _BREATH_ALONE
        return lines if breath_alone and not listed else [*lines, cautions.STOP_SIGNS_BRIEF.said(lang)]

    @property
    def to_adapt(self) -> str:
        """What the practice is adapted to, or how to adapt it; empty if no pose in it has a caution."""
        if self.adapted:
            return _CARE_ADAPTED.filled(names=cautions.named(self.adapted, self.lang)).said(self.lang)
        if not cautions_in(self.sequence.steps):
            return ""
        if self.care:
            return _CARE_UNCHANGED.filled(names=cautions.named(self.care, self.lang)).said(self.lang)
        return _CARE_HOW.said(self.lang)


def introduction_of(run: "Run") -> Introduction:
    """What is to be known before *run* begins."""
    return Introduction(
        run.sequence,
        run.timeline,
        run.lang,
        run.name,
        notes=run.notes,
        care=run.context.config.care,
        changes=run.changes,
        adapted=run.adapted,
        known=run.known,
        position=run.position,
        resumed=run.resumed is not None,
        speed=run.wishes.speed,
    )


def facts_of(introduction: Introduction, bed: str = "") -> Facts:
    """Return what the preview shows, with the *bed* of sound unless it is empty."""
    from psoas_cli.practice.score.overview import at_a_glance, between_stops

    sequence, timeline, lang = introduction.sequence, introduction.timeline, introduction.lang
    return Facts(
        lang=lang,
        title=sequence.title.said(lang),
        summary=sequence.summary.said(lang) if sequence.summary else "",
        level=LEVELS[sequence.level].said(lang) if sequence.level else "",
        props=props_said(sequence, timeline, lang),
        bed=bed,
        length=timeline.expected(introduction.position),
        begin=introduction.position,
        begins=introduction.begins,
        plan=at_a_glance(timeline, lang),
        between=between_stops(timeline, lang),
        changes=tuple(brief(change, lang) for change in introduction.changes),
        remarks=tuple(introduction.others),
        cautions=tuple(cautions.CAUTIONS[name].in_row(lang) for name in cautions.in_order(sequence.cautions)),
        known=introduction.known,
        advice=tuple(cautions.advised(sequence.cautions, lang)),
        care=introduction.to_adapt,
        stop_signs=(cautions.STOP_SIGNS_BRIEF.said(lang), cautions.STOP_SIGNS.said(lang)),
    )


def print_introduction(introduction: Introduction, *, to_stderr: bool = False) -> None:
    """Print the remarks, the precautions, and when to come out of a pose."""
    for notice in (*introduction.remarks, *introduction.precautions(waits=False)):
        write("\n".join(wrapped(notice)), to_stderr=to_stderr)


def advice(names: Iterable[str], lang: Lang) -> list[str]:
    """Lines on what to do instead for each caution in *names*, below the headings of their groups."""
    lines = []
    for heading, part in cautions.advised(names, lang):
        lines += ["", bold(heading)]
        for name, said in part:
            lines += wrapped(said, f"{name}: ")
    return lines
