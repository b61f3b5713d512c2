"""Grounding: noticing the room, step by step, for as long as the person wants, while the clock stands still."""

from typing import Literal

from psoas_cli.player.scheduler import Scheduler
from psoas_cli.practice.model.text import Lang, Text, sentence
from psoas_cli.tui.status import GO_ON, SPACE_KEY, TURNS, Ground

GROUNDING: tuple[tuple[Text, Text], ...] = (
    (
        Text("Eyes open", "Ogen open"),
        Text(
            "If you like. The clock stands still; there is no hurry.",
            "Als je wilt. De klok staat stil; er is geen haast.",
        ),
    ),
    (
        Text("The floor under you", "De vloer onder je"),
        Text(
            "Wherever you touch it. You can press a little, or move.",
            "Waar je hem raakt. Je kunt wat duwen, of bewegen.",
        ),
    ),
    (
        Text("Five things you see", "Vijf dingen die je ziet"),
        Text(
            "A colour, an edge, something near, something far.",
            "Een kleur, een rand, iets dichtbij, iets ver weg.",
        ),
    ),
    (
        Text("Four things you hear", "Vier dingen die je hoort"),
        Text("Nearby, further off, or your own breath.", "Dichtbij, verder weg, of je eigen adem."),
    ),
    (
        Text("Three things you feel", "Drie dingen die je voelt"),
        Text(
            "Cloth on your skin, air on your face, a hand on the floor.",
            "Stof op je huid, lucht langs je gezicht, een hand op de vloer.",
        ),
    ),
    (
        Text("Two things you smell", "Twee dingen die je ruikt"),
        Text("Or two smells that you like to think of.", "Of twee geuren waar je graag aan denkt."),
    ),
    (
        Text("One thing you taste", "Eén ding dat je proeft"),
        Text("A sip of water is fine too.", "Een slokje water mag ook."),
    ),
    (
        Text("As long as you like", "Zolang je wilt"),
        Text(
            "Going on, resting or ending: it is all fine.",
            "Verdergaan, rusten of stoppen: het is allemaal goed.",
        ),
    ),
)
_GROUND_REST = Text("rest", "rust")
_GROUND_NEXT = Text("next", "volgende")
_GROUND_END = Text("end", "stop")

OPENING = Text("The clock stands still. There is no hurry.", "De klok staat stil. Er is geen haast.")
"""Said at once, however little is said otherwise."""

OPEN_EYES = Text("Open your eyes, if you like.", "Doe je ogen open, als je wilt.")
GO_ON_BY = Text("Space goes on.", "Met spatie ga je verder.")
REST_BY = Text("R is rest.", "R is rusten.")
END_BY = Text("Q ends.", "Met Q stop je.")

SOFTER = 3.0
"""dB by which grounding is spoken softer than a practice (-20 LUFS)."""

FIRST = 12.0
"""Seconds until the second step: time to open the eyes. Our own judgement, like the next one."""

STEP = 20.0
"""Seconds until each step after that; the last one stays. Time to find five things."""

Choice = Literal["on", "rest", "end"]
"""What comes next: the practice goes on, its final rest begins, or it ends."""

_CHOICES: dict[str, Choice] = {"space": "on", "enter": "on", "r": "rest", "q": "end"}
KEYS = frozenset({*_CHOICES, *TURNS, "v"})
"""The keys that mean something in grounding."""

_LAST = len(GROUNDING) - 1


class Grounding:
    """One visit to the grounding screen.

    Args:
        lang: The language.
        now: The clock time at which it begins, in seconds.
        scheduler: Speaks.
        rest: Whether there is a final rest to go to.
    """

    def __init__(self, lang: Lang, now: float, scheduler: Scheduler, *, rest: bool) -> None:
        self._lang = lang
        self._scheduler = scheduler
        self._rest = rest
        self._step = 0
        self._since = now
        self._said = -1  # the last step that was spoken
        self._hushed = False

    def key(self, name: str, now: float) -> Choice | None:
        """Return what the key *name* chooses, if anything; arrows go from step to step, and `v` silences the voice."""
        step = self._at(now)
        if name in TURNS:
            self._step, self._since = max(0, min(_LAST, step + TURNS[name])), now
        elif name == "v":
            self._hushed = True
            self._scheduler.hush_speech()
        choice = _CHOICES.get(name)
        return None if choice == "rest" and not self._rest else choice

    def tick(self, now: float) -> None:
        """Say the step that has come, once; where nothing else is said, only that the clock stands still."""
        step = self._at(now)
        if step <= self._said or self._hushed:
            return
        first, self._said = self._said < 0, step
        self._hushed = self._scheduler.verbosity == "none"
        if first:
            said: tuple[Text, ...] = (OPENING,) if self._hushed else (OPENING, OPEN_EYES)
        else:
            ways_on = (GO_ON_BY, *((REST_BY,) if self._rest else ()), END_BY)
            said = (*spoken(step), *(ways_on if step == _LAST else ()))
        self._scheduler.say(*said, softer=SOFTER)

    def ground(self, now: float) -> Ground:
        """The step to show now."""
        large, said = GROUNDING[self._at(now)]
        return Ground(large.said(self._lang), said.said(self._lang), self.keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys to go on with, each with its meaning, the most needed first."""
        rest = [f"r {_GROUND_REST.said(self._lang)}"] if self._rest else []
        space, end = f"{SPACE_KEY.said(self._lang)} {GO_ON.said(self._lang)}", f"q {_GROUND_END.said(self._lang)}"
        return (space, end, *rest, f"→ {_GROUND_NEXT.said(self._lang)}")

    def _at(self, now: float) -> int:
        passed = now - self._since + 1e-6
        first = FIRST if self._step == 0 else STEP
        return min(_LAST, self._step + (passed >= first) + max(0, int((passed - first) / STEP)))


def spoken(step: int) -> tuple[Text, Text]:
    """How the voice says a *step* after the first: what to notice, and how."""
    large, said = GROUNDING[step]
    return large.changed(sentence), said


def spoken_ever() -> tuple[Text, ...]:
    """Everything that is said in grounding."""
    steps = (text for step in range(1, len(GROUNDING)) for text in spoken(step))
    return (OPENING, OPEN_EYES, *steps, GO_ON_BY, REST_BY, END_BY)
