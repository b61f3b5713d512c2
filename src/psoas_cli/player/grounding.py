"""Grounding: noticing the room, step by step, for as long as the person wants, while the clock stands still."""

from typing import Literal

from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.tui.status import GO_ON, SPACE_KEY, Ground

_GROUNDED = Text("Grounding: the clock stands still.", "Aarden: de klok staat stil.")
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

STEP = 20.0
"""Seconds until the next step is shown; the last one stays. Our own judgement: time to find five things."""

Choice = Literal["on", "rest", "end"]
"""What comes next: the practice goes on, its final rest begins, or it ends."""

_CHOICES: dict[str, Choice] = {"space": "on", "enter": "on", "r": "rest", "q": "end"}
_LAST = len(GROUNDING) - 1


class Grounding:
    """One visit to the grounding screen.

    Args:
        lang: The language.
        now: The clock time at which it begins, in seconds.
        rest: Whether there is a final rest to go to.
    """

    def __init__(self, lang: Lang, now: float, *, rest: bool) -> None:
        self._lang = lang
        self._rest = rest
        self._step = 0
        self._since = now

    def key(self, name: str, now: float) -> Choice | None:
        """Return what the key *name* chooses, if anything; arrows go from step to step."""
        step = self._at(now)
        if name in {"right", "down", "n", "pagedown"}:
            self._step, self._since = min(_LAST, step + 1), now
        elif name in {"left", "up", "p", "pageup"}:
            self._step, self._since = max(0, step - 1), now
        choice = _CHOICES.get(name)
        return None if choice == "rest" and not self._rest else choice

    def ground(self, now: float) -> Ground:
        """The step to show now."""
        large, said = GROUNDING[self._at(now)]
        return Ground(large.said(self._lang), said.said(self._lang), self.keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys to go on with, each with its meaning."""
        keys = [f"{SPACE_KEY.said(self._lang)} {GO_ON.said(self._lang)}"]
        if self._rest:
            keys.append(f"r {_GROUND_REST.said(self._lang)}")
        return (*keys, f"→ {_GROUND_NEXT.said(self._lang)}", f"q {_GROUND_END.said(self._lang)}")

    def _at(self, now: float) -> int:
        return min(_LAST, self._step + int((now - self._since) / STEP + 1e-6))


def page(ground: Ground, lang: Lang) -> list[str]:
    """All steps at once, and the keys to go on with, as plain lines."""
    steps = [f"{large.said(lang)}. {said.said(lang)}" for large, said in GROUNDING]
    return [_GROUNDED.said(lang), *steps, " · ".join(key for key in ground.keys if not key.startswith("→"))]
