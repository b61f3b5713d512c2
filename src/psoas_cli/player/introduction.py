"""The introduction to a practice: what a person should know beforehand, for the preview and for plain lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from psoas_cli.cli.console import bold, wrapped, write
from psoas_cli.practice.model import cautions
from psoas_cli.practice.model.needs import cautions_in
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import BED, CREDIT, PROPS, TAKE_CARE, VOICE, facts, remarks
from psoas_cli.practice.score.timeline import Timeline

BEGIN_PLAIN = Text("Press Enter to begin", "Druk op Enter om te beginnen")
_CAUTIONS_IN_SHOW = Text(
    "psoas show {name} says what you can do instead.", "psoas show {name} zegt wat je in plaats daarvan kunt doen."
)
_CARE_HOW = Text(
    "Does one apply? With psoas config --edit, care: [{name}] adapts it.",
    "Herken je iets? care: [{name}] in psoas config --edit past de oefening aan.",
)
_CARE_ADAPTED = Text("Adapted to: {names}.", "Aangepast aan: {names}.")
_CARE_UNCHANGED = Text(
    "In your settings: {names}. No pose here needs a change.",
    "In je instellingen: {names}. Geen houding hier vraagt om een aanpassing.",
)
_RETENTIONS = Text(
    "There are pauses in this breathing. Leave them out whenever that is kinder. If you feel light-headed, "
    "breathe normally.",
    "In deze ademhaling zitten pauzes. Sla ze over wanneer dat prettiger is; word je licht in je hoofd, adem dan "
    "zoals het komt.",
)
_BREATH_ALONE = {"lead-in", "breathe", "quiet"}  # kinds of span in which there is nothing to come out of


@dataclass(frozen=True)
class Facts:
    """What a preview shows, in the person's language.

    Args:
        title: The title of the practice.
        summary: What it is, in a few sentences.
        measures: Headings with a few words each, such as the length and the level.
        rows: Headings with a line each.
        remarks: What to know beforehand.
        cautions: The precautions, one row for each group; empty if the person knows the practice.
        advice: The heading of each group, and its cautions with what to do instead.
        care: What the practice is adapted to, or how to adapt it.
        adapted: Whether it is adapted.
        stop_signs: When to come out of a pose, in a line and in full.
    """

    title: str
    summary: str
    measures: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    cautions: tuple[tuple[str, str], ...]
    advice: tuple[tuple[str, list[tuple[str, str]]], ...]
    care: str
    adapted: bool
    stop_signs: tuple[str, str]


@dataclass(frozen=True)
class Introduction:
    """What this person should know about a practice beforehand.

    Args:
        sequence: The practice, adapted to the person.
        timeline: Its timeline.
        lang: The language.
        name: Its name in `psoas show`.
        notes: Remarks, such as what was changed.
        care: The cautions in the person's settings.
        adapted: Those for which something was changed.
        known: Whether the person has begun it before.
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
        """The notes, a word on pauses in the breath if it has any, and what fitting changed."""
        courses = [span.course for span in self.timeline.spans if span.course]
        has_retention = any(pattern.has_retention for course in courses for pattern, _ in course.stages)
        retentions = [_RETENTIONS.said(self.lang)] if has_retention else []
        return [*self.notes, *retentions, *remarks(self.sequence, self.timeline, self.lang)]

    def precautions(self, *, each: bool) -> list[str]:
        """The precautions as lines, and when to come out of a pose; *each* caution only if the practice is new."""
        lang, listed = self.lang, self.sequence.cautions
        lines = []
        if listed:
            heading = TAKE_CARE.said(lang)
            more = _CAUTIONS_IN_SHOW.filled(name=self.name).said(lang)
            if each and not self.known:
                lines += [f"{heading}:", *(f"{group}: {names}." for group, names in cautions.rows(listed, lang)), more]
            else:
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
        possible = cautions.in_order(cautions_in(self.sequence.steps))
        if not possible:
            return ""
        if self.care:
            return _CARE_UNCHANGED.filled(names=cautions.named(self.care, self.lang)).said(self.lang)
        example = next((name for name in possible if cautions.CAUTIONS[name].group != "ask"), possible[0])
        return _CARE_HOW.filled(name=example).said(self.lang)


def facts_of(introduction: Introduction, voice: str, bed: str = "") -> Facts:
    """Return what the preview shows, with the *voice* and the *bed* of sound unless they are empty."""
    sequence, lang = introduction.sequence, introduction.lang
    longest, left_out = PROPS.said(lang), {CREDIT.said(lang), TAKE_CARE.said(lang)}
    told = [row for row in facts(sequence, introduction.timeline, lang) if row[0] not in left_out]
    told += [(heading.said(lang), said) for heading, said in ((VOICE, voice), (BED, bed)) if said]
    return Facts(
        title=sequence.title.said(lang),
        summary=sequence.summary.said(lang) if sequence.summary else "",
        measures=tuple(row for row in told if row[0] != longest),
        rows=tuple(row for row in told if row[0] == longest),
        remarks=tuple(introduction.remarks),
        cautions=() if introduction.known else tuple(cautions.rows(sequence.cautions, lang)),
        advice=tuple(cautions.advised(sequence.cautions, lang)),
        care=introduction.to_adapt,
        adapted=bool(introduction.adapted),
        stop_signs=(cautions.STOP_SIGNS_BRIEF.said(lang), cautions.STOP_SIGNS.said(lang)),
    )


def print_introduction(introduction: Introduction, *, to_stderr: bool = False) -> None:
    """Print the remarks, the precautions, and when to come out of a pose."""
    for notice in (*introduction.remarks, *introduction.precautions(each=False)):
        write("\n".join(wrapped(notice)), to_stderr=to_stderr)


def advice(names: Iterable[str], lang: Lang) -> list[str]:
    """Lines on what to do instead for each caution in *names*, below the headings of their groups."""
    lines = []
    for heading, part in cautions.advised(names, lang):
        lines += ["", bold(heading)]
        for name, said in part:
            lines += wrapped(said, f"{name}: ")
    return lines
