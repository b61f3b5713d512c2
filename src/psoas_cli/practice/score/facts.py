"""What there is to know of a practice before it begins: its facts, and what fitting made of it."""

from psoas_cli.practice import words
from psoas_cli.practice.model.cautions import in_short
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.patterns import title_of
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.fitting import as_written, fit
from psoas_cli.practice.score.plan import optional_steps
from psoas_cli.practice.score.timeline import Span, Timeline


def facts(sequence: Sequence, timeline: Timeline, lang: Lang) -> list[tuple[str, str]]:
    """What there is to know before a practice: each a heading and a line."""
    props = ", ".join(prop.said(lang) for prop in sequence.props)
    found = [(words.LENGTH.said(lang), clock_text(timeline.duration))]
    if sequence.level:
        found.append((words.LEVEL.said(lang), words.LEVELS[sequence.level].said(lang)))
    if props or any(span.segment.pose for span in timeline.spans):
        found.append((words.PROPS.said(lang), props or words.NO_PROPS.said(lang)))
    if sequence.cautions:
        found.append((words.CAUTIONS.said(lang), in_short(sequence.cautions, lang)))
    if sequence.credit:
        found.append((words.CREDIT.said(lang), sequence.credit.said(lang)))
    return found


def remarks(sequence: Sequence, timeline: Timeline, lang: Lang) -> list[str]:
    """What fitting did that a person should know: quiet time at the end, steps left out."""
    found = []
    last = timeline.spans[-1]
    if last.segment.kind == "quiet":
        found.append(words.QUIET_ADDED.filled(time=clock_text(last.length)).said(lang))
    if optional_steps(sequence) and abs(timeline.duration - sum(as_written(sequence).lengths)) > 1e-6:
        left_out = fit(sequence, timeline.duration).left_out
        if left_out:
            found.append(words.LEFT_OUT.filled(count=left_out).said(lang))
    return found


def breath_of(span: Span, lang: Lang) -> str:
    """How many breaths are paced in *span*, and of which pattern; nothing where none is."""
    if span.course is None:
        return ""
    title = title_of(span.course.pattern).said(lang).lower()
    return words.BREATHS.filled(count=span.course.breaths, pattern=title).said(lang)
