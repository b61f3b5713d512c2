"""What has to be known of a practice, whether or not anyone waits for it to be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psoas_cli.cli.console import bold, wrapped, write
from psoas_cli.practice.model.cautions import (
    CAUTIONS,
    STOP_SIGNS,
    STOP_SIGNS_BRIEF,
    advised,
    in_order,
    in_short,
    named,
    rows,
)
from psoas_cli.practice.model.needs import cautions_in
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import CREDIT, PROPS, TAKE_CARE, VOICE, facts, remarks
from psoas_cli.practice.score.timeline import Timeline

if TYPE_CHECKING:
    from psoas_cli.player.preview import Facts

BEGIN_PLAIN = Text("Press Enter to begin", "Druk op Enter om te beginnen")
_CAUTIONS_IN_SHOW = Text(
    "psoas show {name} says what you can do instead.", "psoas show {name} zegt wat je in plaats daarvan kunt doen."
)
_CARE_HOW = Text(
    "Does one apply? care: [{name}] in psoas config --edit adapts the practice.",
    "Herken je iets? care: [{name}] in psoas config --edit past de oefening aan.",
)
_CARE_ADAPTED = Text("Adapted to: {names}.", "Aangepast aan: {names}.")
_CARE_UNCHANGED = Text(
    "In your settings: {names}. No pose here asks for a change.",
    "In je instellingen: {names}. Geen houding hier vraagt om een aanpassing.",
)
_RETENTIONS = Text(
    "There are pauses in this breathing. Leave them out whenever that is kinder; when you feel light-headed, "
    "breathe as it comes.",
    "In deze ademhaling zitten pauzes. Sla ze over wanneer dat prettiger is; word je licht in je hoofd, adem dan "
    "zoals het komt.",
)
_BREATH_ALONE = {"lead-in", "breathe", "quiet"}  # kinds of span in which there is nothing to come out of


@dataclass(frozen=True)
class Introduction:
    """What has to be known of a practice, and by whom.

    Args:
        sequence: The practice, with care taken.
        timeline: Its timeline.
        lang: The language.
        name: What `psoas show` knows it by.
        notes: What was changed, and what else there is to say of it.
        care: The cautions that the person's settings name.
        adapted: Those for which something was changed.
        known: Whether the person began it before.
    """

    sequence: Sequence
    timeline: Timeline
    lang: Lang
    name: str
    notes: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    adapted: tuple[str, ...] = ()
    known: bool = False

    @property
    def remarks(self) -> list[str]:
        """What care changed, as the notes say; whether there are pauses in the breath; what fitting did."""
        courses = [span.course for span in self.timeline.spans if span.course]
        has_retention = any(pattern.has_retention for course in courses for pattern, _ in course.stages)
        retentions = [_RETENTIONS.said(self.lang)] if has_retention else []
        return [*self.notes, *retentions, *remarks(self.sequence, self.timeline, self.lang)]

    def cautions(self, *, each: bool) -> list[str]:
        """In lines: what to take care with, *each* caution where the practice is new; when to come out of a pose."""
        lang, cautions = self.lang, self.sequence.cautions
        lines = []
        if cautions:
            heading = TAKE_CARE.said(lang)
            more = _CAUTIONS_IN_SHOW.filled(name=self.name).said(lang)
            if each and not self.known:
                lines += [f"{heading}:", *(f"{group}: {names}." for group, names in rows(cautions, lang)), more]
            else:
                lines.append(f"{heading}: {in_short(cautions, lang)}. {more}")
        if (care := self.to_adapt) and (self.adapted or not self.known):
            lines.append(care)
        breath_alone = {span.segment.kind for span in self.timeline.spans} <= _BREATH_ALONE
        return lines if breath_alone and not cautions else [*lines, STOP_SIGNS_BRIEF.said(lang)]

    @property
    def to_adapt(self) -> str:
        """To what it was adapted, or how it can be; nothing where no pose in it has a caution."""
        if self.adapted:
            return _CARE_ADAPTED.filled(names=named(self.adapted, self.lang)).said(self.lang)
        possible = in_order(cautions_in(self.sequence.steps))
        if not possible:
            return ""
        if self.care:
            return _CARE_UNCHANGED.filled(names=named(self.care, self.lang)).said(self.lang)
        example = next((name for name in possible if CAUTIONS[name].group != "ask"), possible[0])
        return _CARE_HOW.filled(name=example).said(self.lang)


def facts_of(notices: Introduction, voice: str) -> "Facts":
    """What there is to know before the practice, and the *voice* that leads through it, where one does."""
    from psoas_cli.player.preview import Facts

    sequence, lang = notices.sequence, notices.lang
    longest, left_out = PROPS.said(lang), {CREDIT.said(lang), TAKE_CARE.said(lang)}
    told = [row for row in facts(sequence, notices.timeline, lang) if row[0] not in left_out]
    told += [(VOICE.said(lang), voice)] if voice else []
    return Facts(
        title=sequence.title.said(lang),
        summary=sequence.summary.said(lang) if sequence.summary else "",
        measures=tuple(row for row in told if row[0] != longest),
        rows=tuple(row for row in told if row[0] == longest),
        remarks=tuple(notices.remarks),
        cautions=() if notices.known else tuple(rows(sequence.cautions, lang)),
        advice=tuple(advised(sequence.cautions, lang)),
        care=notices.to_adapt,
        adapted=bool(notices.adapted),
        stop_signs=(STOP_SIGNS_BRIEF.said(lang), STOP_SIGNS.said(lang)),
    )


def print_notices(notices: Introduction) -> None:
    """Print the remarks, whom the practice asks to take care, and when to come out of anything."""
    for notice in (*notices.remarks, *notices.cautions(each=False)):
        write("\n".join(wrapped(notice)))


def advice(cautions: Iterable[str], lang: Lang) -> list[str]:
    """What there is instead, for each of the *cautions*, below the headings of their groups."""
    lines = []
    for heading, part in advised(cautions, lang):
        lines += ["", bold(heading)]
        for name, said in part:
            lines += wrapped(said, f"{name}: ")
    return lines
