"""What has to be known of a practice, whether or not anyone waits for it to be read."""

from collections.abc import Iterable

from psoas_cli.cli.printing import wrapped, write
from psoas_cli.cli.showing import remarks
from psoas_cli.practice import words
from psoas_cli.practice.cautions import CAUTIONS
from psoas_cli.practice.sequence import Sequence
from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Timeline


def remarks_of(sequence: Sequence, timeline: Timeline, notes: Iterable[str], lang: Lang) -> list[str]:
    """What care changed, as *notes* say; whether there are pauses in the breath; what fitting did."""
    courses = [span.course for span in timeline.spans if span.course]
    has_retention = any(pattern.has_retention for course in courses for pattern, _ in course.stages)
    retentions = [words.RETENTIONS.said(lang)] if has_retention else []
    return [*notes, *retentions, *remarks(sequence, timeline, lang)]


def print_notices(sequence: Sequence, timeline: Timeline, notes: Iterable[str], lang: Lang) -> None:
    """Print the remarks, and whom the practice asks to take care."""
    notices = remarks_of(sequence, timeline, notes, lang)
    if sequence.cautions:
        names = ", ".join(CAUTIONS[name].name.said(lang).lower() for name in sequence.cautions)
        more = words.CAUTIONS_IN_SHOW.filled(name=sequence.id).said(lang)
        notices.append(f"{words.CAUTIONS.said(lang)}: {names}. {more}")
    for notice in notices:
        write("\n".join(wrapped(notice)))
