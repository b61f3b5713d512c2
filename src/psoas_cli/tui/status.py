"""What a screen shows: the view of the practice, and how the session stands around it."""

from dataclasses import dataclass
from typing import Literal

from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.view import View

SPACE_KEY = Text("space", "spatie")

GO_ON = Text("go on", "verder")

PAUSED = Text("Paused", "Gepauzeerd")
RETURNING = Text("We go on in {seconds}", "We gaan verder over {seconds}")
ENDING = Text("Ending", "Afronden")
MUTED = Text("Sound muted", "Geluid gedempt")

Mode = Literal["playing", "paused", "returning", "grounding", "ending", "closing"]

Pacing = Literal["heard", "seen", "off"]


@dataclass(frozen=True, slots=True)
class PoseCard:
    """A pose to look at while the clock stands still: its texts, in one language."""

    title: str
    side: str
    way_in: str
    notice: tuple[str, ...]
    way_out: str
    options: tuple[tuple[Text, str], ...]
    props: tuple[str, ...]
    number: int
    count: int
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A step of grounding: in a few words, in a sentence, and the keys to go on with, each with its meaning."""

    large: str
    said: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Where a person is who asked.

    Args:
        large: What it is called, the side where there is one, and what is as short; each on a line of its own.
        said: What stands below that: a way in.
        sentences: All of it, as it is spoken.
        asked: How often it was asked by now.
    """

    large: tuple[str, ...]
    said: tuple[str, ...]
    sentences: tuple[str, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class Status:
    """One instant of a session, in words and figures.

    Args:
        lang: The language of the person.
        title: What the practice is called.
        mode: Whether it plays, and if not, why.
        view: What is true of the practice.
        ends_at: The clock time at which it ends when time goes on, `21:45`.
        count_in: Seconds to come back in before it goes on, or of taking back an end.
        message: One plain message, or nothing.
        again: What is told, while one comes back from anywhere, of where one comes to.
        muted: Whether sound is muted.
        deaf: Whether there is no device to sound.
        pacing: Whether the breath is heard and seen, seen, or neither.
        practised: What was practised, in words; only when it is over.
        help: Whether the keys are shown.
        card: The pose that is looked at, if one is.
        ground: What is offered while the mode is grounding.
        where: Where the person is, for a while after they asked.
        numbers: Whether clocks and counts are shown.
    """

    lang: Lang
    title: str
    mode: Mode
    view: View
    ends_at: str
    count_in: float = 0.0
    message: str = ""
    again: tuple[str, ...] = ()
    muted: bool = False
    deaf: bool = False
    pacing: Pacing = "seen"
    practised: str = ""
    help: bool = False
    card: PoseCard | None = None
    ground: Ground | None = None
    where: Where | None = None
    numbers: bool = True
