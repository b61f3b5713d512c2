"""What a person should know before a practice begins: its facts, and what fitting changed."""

from typing import TYPE_CHECKING

from psoas_cli.practice.model.cautions import in_short
from psoas_cli.practice.model.durations import clock_text, length_in_words
from psoas_cli.practice.model.patterns import title_of
from psoas_cli.practice.model.text import Lang, Text

if TYPE_CHECKING:  # the list of practices takes only the levels from here
    from psoas_cli.practice.model.sequence import Sequence
    from psoas_cli.practice.score.timeline import Span, Timeline

VOICE = Text("Voice", "Stem")
BED = Text("Bed of sound", "Klanktapijt")
_OPEN_UP_TO = Text("open, at most {time}", "open, hoogstens {time}")
_LENGTH = Text("Length", "Duur")
PROPS = Text("Props", "Binnen handbereik")
_NO_PROPS = Text("none", "niets nodig")
TAKE_CARE = Text("Precautions", "Let op bij")
CREDIT = Text("Credit", "Herkomst")
LEVEL = Text("Level", "Niveau")
LEVELS = {
    "gentle": Text("gentle", "zacht"),
    "moderate": Text("moderate", "gemiddeld"),
    "deep": Text("deep", "diep"),
}
SOUND = Text("Sound", "Geluid")
_QUIET_ADDED = Text(
    "The steps leave {time} of quiet time at the end.",
    "Na de stappen blijft er aan het eind {time} stille tijd over.",
)
_LEFT_OUT = Text(
    "Optional steps left out to fit the time: {count}.",
    "Om in de tijd te passen zijn er stappen weggelaten die niet hoeven: {count}.",
)
END = Text("the end", "het einde")
_BREATHS = Text("{count} breaths, {pattern}", "{count} keer ademen, {pattern}")
INVITATION = Text(
    "Everything here is an invitation. Less is always possible, and you can stop at any moment.",
    "Alles hier is een uitnodiging. Minder mag altijd, en je kunt op elk moment stoppen.",
)


def facts(sequence: "Sequence", timeline: "Timeline", lang: Lang) -> list[tuple[str, str]]:
    """The facts of a practice, each as a heading and a line."""
    props = props_said(sequence, timeline, lang)
    found = [(_LENGTH.said(lang), clock_text(timeline.duration))]
    if sequence.level:
        found.append((LEVEL.said(lang), LEVELS[sequence.level].said(lang)))
    if props:
        found.append((PROPS.said(lang), props))
    if sequence.cautions:
        found.append((TAKE_CARE.said(lang), in_short(sequence.cautions, lang)))
    if sequence.credit:
        found.append((CREDIT.said(lang), sequence.credit.said(lang)))
    return found


def props_said(sequence: "Sequence", timeline: "Timeline", lang: Lang) -> str:
    """The props of a practice, in words; empty if it has none and no poses either."""
    props = ", ".join(prop.said(lang) for prop in sequence.props)
    return props or (_NO_PROPS.said(lang) if any(span.segment.pose for span in timeline.spans) else "")


def remarks(sequence: "Sequence", timeline: "Timeline", lang: Lang) -> list[str]:
    """What fitting changed, as sentences: quiet time at the end, steps left out."""
    from psoas_cli.practice.score.fitting import as_written, fit
    from psoas_cli.practice.score.plan import optional_steps

    found = []
    last = timeline.spans[-1]
    if last.segment.kind == "quiet":
        found.append(_QUIET_ADDED.filled(time=length_in_words(last.length)).said(lang))
    if optional_steps(sequence) and abs(timeline.duration - sum(as_written(sequence).lengths)) > 1e-6:
        left_out = fit(sequence, timeline.duration).left_out
        if left_out:
            found.append(_LEFT_OUT.filled(count=left_out).said(lang))
    return found


def open_of(span: "Span", lang: Lang) -> str:
    """That *span* is open until a key, and for how long at most; empty if it is not."""
    most = span.segment.until_key
    return "" if most is None else _OPEN_UP_TO.filled(time=clock_text(max(most, span.length))).said(lang)


def breath_of(span: "Span", lang: Lang) -> str:
    """The number of breaths paced in *span* and their pattern, in words; empty if none are paced."""
    if span.course is None:
        return ""
    title = title_of(span.course.pattern).said(lang).lower()
    return _BREATHS.filled(count=span.course.breaths, pattern=title).said(lang)
