"""Breathing patterns: phases of inhale, exhale and retention, by name or by counts."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from psoas_cli.errors import nearest
from psoas_cli.practice.model.durations import FRACTIONS, number_of, plainly
from psoas_cli.practice.model.names import match
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Text

PhaseKind = Literal["inhale", "exhale", "retention"]

LONGEST_PHASE = 60.0
"""Seconds; a longer phase is taken for a mistake."""

COUNT = rf"(?:\d+(?:[.,]\d+)?|\d*[{FRACTIONS}])"
"""The seconds of a phase, once `plainly` has been at them."""

_COUNTED_ON = rf"{COUNT}(?: ?\+ ?{COUNT})*"
COUNTS = rf"{_COUNTED_ON}(?: ?- ?{_COUNTED_ON}){{1,3}}"
"""Two to four counts, each of a phase or, with a plus, of several of the same kind."""

_ORDER: dict[int, tuple[PhaseKind, ...]] = {
    2: ("inhale", "exhale"),
    3: ("inhale", "retention", "exhale"),
    4: ("inhale", "retention", "exhale", "retention"),
}


class Phase(NamedTuple):
    """A phase of a breath, in seconds, during which the lungs fill or empty from *begin* to *end* (each 0..1)."""

    kind: PhaseKind
    seconds: float
    begin: float
    end: float


@record(frozen=True)
class Pattern:
    """A breath to be repeated: its *phases* in order."""

    name: str
    phases: tuple[Phase, ...]

    @cached_property
    def cycle(self) -> float:
        """The length of one whole breath, in seconds."""
        return round(sum(phase.seconds for phase in self.phases), 6)

    @property
    def has_retention(self) -> bool:
        """Whether any of its phases is a retention."""
        return any(phase.kind == "retention" for phase in self.phases)

    @property
    def counts(self) -> str:
        """The pattern as counts, such as `4-6`; two phases of the same kind are joined with a plus, `3+1-6`."""
        written = ""
        for before, phase in zip((None, *self.phases), self.phases, strict=False):
            joint = "" if before is None else "+" if before.kind == phase.kind else "-"
            written += f"{joint}{phase.seconds:g}"
        return written


def pattern_of(name: str, counts: list[tuple[PhaseKind, float]]) -> Pattern:
    """Make a pattern, working out how far the lungs are filled in each phase.

    Args:
        name: Its name.
        counts: The kind and the seconds of each phase; retentions of 0 seconds are left out.

    Raises:
        ValueError: A phase is too short or too long, or there is no inhale or no exhale.
    """
    for kind, seconds in counts:
        if not (kind == "retention" and seconds == 0) and not 0.5 <= seconds <= LONGEST_PHASE:
            raise ValueError(f"expected counts of 0.5 to {LONGEST_PHASE:g} seconds, got {seconds:g}")
    whole = {kind: sum(s for k, s in counts if k == kind) for kind in ("inhale", "exhale")}
    if not all(whole.values()):
        raise ValueError("expected at least one inhale and one exhale")
    phases, fill = [], 0.0
    for kind, seconds in counts:
        if not seconds:
            continue
        change = 0.0 if kind == "retention" else seconds / whole[kind] * (1 if kind == "inhale" else -1)
        end = min(1.0, max(0.0, round(fill + change, 9)))
        phases.append(Phase(kind, seconds, fill, end))
        fill = end
    return Pattern(name, tuple(phases))


def _counted(name: str, *seconds: float) -> Pattern:
    return pattern_of(name, list(zip(_ORDER[len(seconds)], seconds, strict=True)))


NAMED: Mapping[str, Pattern] = {
    pattern.name: pattern
    for pattern in (
        _counted("long-exhale", 4, 6),
        _counted("coherent", 5.5, 5.5),
        _counted("equal", 5, 5),
        _counted("extended", 4, 8),
        _counted("evening", 3, 7),
        _counted("triangle", 4, 4, 4),
        _counted("box", 4, 4, 4, 4),
        _counted("4-7-8", 4, 7, 8),
        pattern_of("cyclic-sigh", [("inhale", 3), ("inhale", 1), ("exhale", 6)]),
    )
}

TITLES: Mapping[str, Text] = {
    "long-exhale": Text("Long exhale", "Lange uitademing"),
    "coherent": Text("Coherent breathing", "Coherent ademen"),
    "equal": Text("Equal breathing", "Gelijk ademen"),
    "extended": Text("Extended exhale", "Extra lange uitademing"),
    "evening": Text("Evening breath", "Avondadem"),
    "triangle": Text("Triangle breath", "Driehoeksademhaling"),
    "box": Text("Box breath", "Vierkante ademhaling"),
    "4-7-8": Text("4-7-8 breath", "4-7-8-adem"),
    "cyclic-sigh": Text("Cyclic sigh", "Dubbele zucht"),
}
"""The title of each named pattern on the screen; a test checks that none is missing."""

PURPOSES: Mapping[str, Text] = {
    "long-exhale": Text(
        "In for four counts, out for six: calm, and easy to keep up.",
        "Vier tellen in, zes uit: rustig, en goed vol te houden.",
    ),
    "coherent": Text(
        "As long in as out: about five and a half breaths a minute.",
        "Even lang in als uit: zo'n vijfenhalve adem per minuut.",
    ),
    "equal": Text(
        "Five counts in, five out: simple and even.",
        "Vijf tellen in, vijf uit: eenvoudig en gelijkmatig.",
    ),
    "extended": Text(
        "Out twice as long as in: for when four and six comes easily.",
        "Twee keer zo lang uit als in: voor als vier en zes vanzelf gaat.",
    ),
    "evening": Text(
        "A short inhale and a long exhale: for the end of the day.",
        "Kort in en lang uit: voor het eind van de dag.",
    ),
    "triangle": Text(
        "In, a pause, out: four counts each. The pause may be left out.",
        "In, een pauze, uit: elk vier tellen. De pauze overslaan mag.",
    ),
    "box": Text(
        "In, a pause, out, a pause: four counts each. The pauses may be left out.",
        "In, een pauze, uit, een pauze: elk vier tellen. De pauzes overslaan mag.",
    ),
    "4-7-8": Text(
        "Only a few breaths: a long pause, and an even longer exhale.",
        "Maar een paar keer ademen: een lange pauze, en nog langer uit.",
    ),
    "cyclic-sigh": Text(
        "Two inhales, one on top of the other, and a long exhale: a slow sigh.",
        "Twee keer in, boven op elkaar, en dan lang uit: een trage zucht.",
    ),
}
"""What each named pattern is, in a sentence; a test checks that none is missing."""

FEW: Mapping[str, tuple[int, int]] = {"4-7-8": (4, 8)}
"""Patterns meant for only a few breaths at a time: their default and their highest number of breaths.

4-7-8 is taught as four breaths, later up to eight, and light-headedness has been described.
"""

DEFAULT = NAMED["long-exhale"]

USUAL_SECONDS = 300.0
"""How long to breathe a pattern by default."""


def parse_pattern(written: str) -> Pattern:
    """Return the pattern that *written* gives by name (`box`) or by counts (`4-6`, `4 - 7 - 8`, `5,5-5,5`).

    Phases of the same kind are joined with a plus, as in `3+1-6`: an inhale, another one on top of it, an exhale.

    Raises:
        ValueError: It is neither; the message says what was expected and what was found.
    """
    plain = plainly(written)
    if name := match(plain, NAMED):
        return NAMED[name]
    if not re.fullmatch(COUNTS, plain, re.ASCII):
        expected = "expected a pattern, by name or by counts like 4-6 or 4-7-8"
        raise ValueError(f'{expected}, got "{written.strip()}"{_meant(plain)}')
    plain = plain.replace(" ", "").replace(",", ".")
    groups = plain.split("-")
    kinds = _ORDER[len(groups)]
    counts = [(kind, number_of(count)) for kind, group in zip(kinds, groups, strict=True) for count in group.split("+")]
    for kind, count in counts:
        if not count and kind != "retention":
            raise ValueError(_nothing_of(kind, plain, kinds))
    return pattern_of(plain, counts)


def _nothing_of(kind: PhaseKind, plain: str, kinds: tuple[PhaseKind, ...]) -> str:
    """Return what to say of *plain*, in which *kind* takes no time."""
    left = [group for group in plain.split("-") if any(map(number_of, group.split("+")))]
    meant = f"; without a retention write {'-'.join(left)}" if 1 < len(left) < len(kinds) else ""
    means = f"{plain} means {', '.join(kinds)}, so its {kind} would take no time"
    return f"expected counts of 0.5 to {LONGEST_PHASE:g} seconds, got 0: {means}{meant}"


def _meant(plain: str) -> str:
    """Return `, did you mean 4-6?` of *plain*, which is not a pattern, or an empty string."""
    bare = re.sub(r"(?<=\d) ?(?:sec(?:onds?|onden?)?|s)\b\.?", "", plain, flags=re.IGNORECASE)
    bare = re.sub(r" ?\+ ?", "+", bare)
    between = next((each for each in (r"[:/;x -]+", r"\+", ",") if re.search(each, bare)), ",")
    parts = [part for part in re.split(between, bare) if part]
    if 1 < len(parts) < 5 and all(re.fullmatch(_COUNTED_ON, part, re.ASCII) for part in parts):
        return f", did you mean {'-'.join(parts).replace(',', '.')}?"
    return nearest(plain, NAMED)


def title_of(pattern: Pattern) -> Text:
    """Return the title of *pattern*: that of a named one, otherwise its counts."""
    return TITLES.get(pattern.name) or Text(pattern.counts, pattern.counts)
