"""The lesson: what each bell means in a practice, and a sound for every meaning."""

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.cli.console import write
from psoas_cli.cli.context import Context
from psoas_cli.player.playback import listen, pause, playing
from psoas_cli.practice.model.sequence import SOUNDS, Bell, Bells, Every, Warn
from psoas_cli.practice.model.text import Lang, Text

if TYPE_CHECKING:
    from psoas_cli.audio.sink import PhaseSound, Sink

MOMENTS = {
    "open": Text("the practice begins", "de oefening begint"),
    "hold": Text("a hold begins: settle in", "je blijft nu in de houding"),
    "end": Text("a hold is over: come out", "de houding is klaar: kom eruit"),
    "side": Text("the other side", "de andere kant"),
    "change": Text("something new begins: stay where you are", "er begint iets nieuws: blijf waar je bent"),
    "rise": Text("the rest is over: come back in your own time", "de rust is voorbij: kom terug in je eigen tempo"),
    "halfway": Text("halfway through a hold", "halverwege de houding"),
    "warn": Text("a hold is nearly over", "de houding is bijna klaar"),
    "minute": Text("a minute of an open hold is over", "weer een minuut in een open houding"),
    "every": Text("a fixed time has passed", "er is weer wat tijd voorbij"),
    "close": Text("the practice is over", "de oefening is klaar"),
}
"""What a bell means at each of its moments."""

RECOMMENDED = Bells(
    halfway=Bell("high-bowl", 2),
    warn=Warn(12.0, Bell("high-bowl", 3)),
    every=Every(300.0, Bell("deep-bowl")),
)
"""A bell for every moment, as docs/sound.md recommends: deep for the practice itself, high for a hold."""

_NOT_BY_DEFAULT = Text("only on request", "alleen waar een oefening erom vraagt")
_STROKES = Text("{count} strokes", "{count} slagen")
_SOFTLY = Text("softly", "zacht")
_INHALE = Text("breathe in: the air brightens", "adem in: de lucht wordt lichter")
_EXHALE = Text("breathe out: the air darkens", "adem uit: de lucht wordt donkerder")
_AIR = Text("air", "lucht")

AHEAD = 0.4
"""The lookahead in seconds, as in a practice."""

_LISTENING = 5.0  # seconds to hear of a bell after its last stroke, in the lesson
_FADE = 1.0
BREATHS: "dict[str, PhaseSound]" = {
    "inhale": ("inhale", 4.0, "air", (0.0, 1.0)),
    "exhale": ("exhale", 6.0, "air", (1.0, 0.0)),
}
"""A breath in and out, as the lesson lets them be heard."""


class Lesson(NamedTuple):
    """One sound of the lesson: its moment, its meaning and its bell; None for a breath."""

    moment: str
    meaning: Text
    bell: Bell | None


def teach(context: Context, volume: int | None, *, over_ssh: bool) -> None:
    """Print the meaning of every sound in a practice, and play it.

    Raises:
        PsoasError: A sound cannot be read, or there is no sound device.
    """
    from psoas_cli.audio.decode import check_sounds

    bells, lang = bells_of(context), context.lang
    lessons = list(lessons_of(bells))
    check_sounds({lesson.bell.sound for lesson in lessons if lesson.bell})
    with playing(context, volume, over_ssh=over_ssh) as sink:
        sink.prepare([], BREATHS.values())
        for lesson in lessons:
            write(_line(lesson, bells, lang))
            sys.stdout.flush()  # in a pipe, too, the meaning is to come before the sound
            _sound(sink, lesson)


def bells_of(context: Context) -> Bells:
    """The bells of a practice that sets none of its own, with the person's settings."""
    config = context.config
    return config.bells.closed_once(softly=True) if config.closes_softly else config.bells


def lessons_of(bells: Bells) -> Iterator[Lesson]:
    """Yield every sound in a practice with *bells*, with recommended bells for the moments that have none."""
    for moment, meaning in MOMENTS.items():
        bell = _bell_at(moment, bells) or _bell_at(moment, RECOMMENDED)
        yield Lesson(moment, meaning, bell)
    yield Lesson("inhale", _INHALE, None)
    yield Lesson("exhale", _EXHALE, None)


def sounds(bells: Bells) -> tuple[str, ...]:
    """The built-in bells, and then those of the person's own that *bells* name."""
    return (*SOUNDS, *sorted(bells.sounds() - set(SOUNDS)))


def moments_of(sound: str, bells: Bells) -> dict[str, Bell]:
    """The moments at which *sound* rings in a practice with *bells*, each with its bell."""
    found = {moment: _bell_at(moment, bells) for moment in MOMENTS}
    return {moment: bell for moment, bell in found.items() if bell and bell.sound == sound}


def meaning(moment: str, bell: Bell) -> Text:
    """What *bell* means at *moment*, with the number of its strokes if there are several."""
    meant = MOMENTS[moment]
    if bell.strikes == 1:
        return meant
    strokes = _STROKES.filled(count=bell.strikes)
    return Text.each(lambda lang: f"{strokes.said(lang)}: {meant.said(lang)}")


def length_of(seconds: float) -> Text:
    """How long a bell is heard, to a tenth of a second."""
    written = f"{seconds:.1f}"
    return Text(f"{written} s", f"{written.replace('.', ',')} s")


def _line(lesson: Lesson, bells: Bells, lang: Lang) -> str:
    """Return the line that is printed before *lesson*."""
    return f"{lesson.meaning.said(lang)} ({', '.join(notes_on(lesson, bells, lang))})"


def notes_on(lesson: Lesson, bells: Bells, lang: Lang) -> list[str]:
    """What is heard in *lesson*: the bell, how softly and how often; and whether it is not among *bells* by itself."""
    bell = lesson.bell
    if bell is None:
        return [_AIR.said(lang)]
    notes = [bell.sound]
    notes += [_SOFTLY.said(lang)] if bell.softer else []
    notes += [_STROKES.filled(count=bell.strikes).said(lang)] if bell.strikes > 1 else []
    notes += [] if _bell_at(lesson.moment, bells) else [_NOT_BY_DEFAULT.said(lang)]
    return notes


def _sound(sink: "Sink", lesson: Lesson) -> None:
    """Play *lesson*, fading out a long bell."""
    at = time.monotonic() + AHEAD
    if lesson.bell is None:
        phase, seconds, style, fill = BREATHS[lesson.moment]
        sink.breath(phase, seconds, style, at, fill)
        pause(sink, lambda: time.monotonic() > at + seconds)
        return
    from psoas_cli.practice.model.sequence import STRIKE_GAP

    sink.bell(lesson.bell, at)
    enough = at + (lesson.bell.strikes - 1) * STRIKE_GAP + _LISTENING
    pause(sink, lambda: min(enough, sink.sounding_until()) < time.monotonic())
    sink.hush(_FADE)
    listen(sink)


def _bell_at(moment: str, bells: Bells) -> Bell | None:
    value = getattr(bells, moment)
    return value.bell if isinstance(value, Warn | Every) else value
