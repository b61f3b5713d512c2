"""Grounding: the room, step by step, while the clock of the practice stands still; as long as a person wants."""

from typing import Literal

from psoas_cli.practice import words
from psoas_cli.practice.model.text import Lang
from psoas_cli.tui.status import Ground

STEP = 20.0
"""Seconds until the next step offers itself; the last one stays. Our own judgement: time to find five things."""

Choice = Literal["on", "rest", "end"]
"""How it goes on: with the practice, with its final rest, or not."""

_CHOICES: dict[str, Choice] = {"space": "on", "enter": "on", "r": "rest", "q": "end"}
_LAST = len(words.GROUNDING) - 1


class Grounding:
    """One time on the grounding screen.

    Args:
        lang: The language.
        now: The clock's seconds when it begins.
        rest: Whether there is a final rest to go to.
    """

    def __init__(self, lang: Lang, now: float, *, rest: bool) -> None:
        self._lang = lang
        self._rest = rest
        self._step = 0
        self._since = now

    def key(self, name: str, now: float) -> Choice | None:
        """What the key *name* chooses, if anything; arrows go from step to step."""
        step = self._at(now)
        if name in {"right", "down", "n", "pagedown"}:
            self._step, self._since = min(_LAST, step + 1), now
        elif name in {"left", "up", "p", "pageup"}:
            self._step, self._since = max(0, step - 1), now
        choice = _CHOICES.get(name)
        return None if choice == "rest" and not self._rest else choice

    def ground(self, now: float) -> Ground:
        """What is offered now."""
        large, said = words.GROUNDING[self._at(now)]
        return Ground(large.said(self._lang), said.said(self._lang), self.keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys to go on with, each with its meaning."""
        keys = [f"{words.SPACE_KEY.said(self._lang)} {words.GO_ON.said(self._lang)}"]
        if self._rest:
            keys.append(f"r {words.GROUND_REST.said(self._lang)}")
        return (*keys, f"→ {words.GROUND_NEXT.said(self._lang)}", f"q {words.GROUND_END.said(self._lang)}")

    def _at(self, now: float) -> int:
        return min(_LAST, self._step + int((now - self._since) / STEP + 1e-6))


def page(ground: Ground, lang: Lang) -> list[str]:
    """All steps at once, and how to go on: for lines."""
    steps = [f"{large.said(lang)}. {said.said(lang)}" for large, said in words.GROUNDING]
    return [words.GROUNDED.said(lang), *steps, " · ".join(key for key in ground.keys if not key.startswith("→"))]
