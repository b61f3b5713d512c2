from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio import breath
from psoas_cli.audio.samples import RATE
from psoas_cli.practice.model.breath_sound import RENDERED

if TYPE_CHECKING:
    from psoas_cli.audio.samples import Samples
    from psoas_cli.practice.model.breath_sound import BreathSound
    from psoas_cli.practice.model.patterns import PhaseKind


def crossings(samples: Samples) -> float:
    """How often it crosses zero, as a measure of its pitch and brightness."""
    return sum((a < 0) != (b < 0) for a, b in pairwise(samples)) / len(samples)


def power(samples: Samples) -> float:
    return sum(sample * sample for sample in samples) / len(samples)


def quarters(samples: Samples) -> tuple[Samples, Samples]:
    quarter = len(samples) // 4
    return samples[:quarter], samples[-quarter:]


@pytest.mark.parametrize("style", RENDERED)
@pytest.mark.parametrize("seconds", [0.004, 0.37, 1.2345678, 5.5])
def test_a_phase_is_as_long_as_it_says_and_silent_at_its_turns(style: BreathSound, seconds: float) -> None:
    phase = breath.render("exhale", seconds, style, (1.0, 0.0))
    assert len(phase) == round(seconds * RATE)
    assert (phase[0], phase[-1]) == (0, 0)


@pytest.mark.parametrize("style", ["air", "tone"])
def test_an_inhale_rises_and_an_exhale_falls_equally_loud(style: BreathSound) -> None:
    inhale = breath.render("inhale", 4.0, style, (0.0, 1.0))
    exhale = breath.render("exhale", 6.0, style, (1.0, 0.0))
    low, high = map(crossings, quarters(inhale))
    assert high > 1.2 * low
    high, low = map(crossings, quarters(exhale))
    assert high > 1.2 * low
    assert abs(10 * math.log10(power(inhale) / power(exhale))) < 2


@pytest.mark.parametrize("style", ["chime", "tick"])
def test_an_inhale_is_struck_higher_than_an_exhale(style: BreathSound) -> None:
    inhale = breath.render("inhale", 4.0, style, (0.0, 1.0))
    exhale = breath.render("exhale", 4.0, style, (1.0, 0.0))
    assert crossings(inhale[:2000]) > 1.2 * crossings(exhale[:2000])


def test_the_second_inhale_goes_on_where_the_first_ended() -> None:
    first = breath.render("inhale", 2.0, "tone", (0.0, 0.7))
    second = breath.render("inhale", 1.0, "tone", (0.7, 1.0))
    middle = len(second) // 8
    assert crossings(first[-middle:]) == pytest.approx(crossings(second[:middle]), rel=0.1)
    assert crossings(second[-middle:]) > crossings(second[:middle])


def test_ticks_count_the_seconds_the_first_the_loudest() -> None:
    phase = breath.render("inhale", 3.5, "tick", (0.0, 1.0))
    seconds = [max(map(abs, phase[at * RATE : at * RATE + 4800])) for at in range(4)]
    assert min(seconds) > 1000
    assert seconds[0] > 1.5 * max(seconds[1:])
    assert not any(phase[4800:RATE])


@pytest.mark.parametrize("style", RENDERED)
@pytest.mark.parametrize("speed", [0.1, 0.4, 0.73, 1.0])
def test_slower_it_lasts_longer_and_ticks_as_often(style: BreathSound, speed: float) -> None:
    phase = breath.render("inhale", 3.5, style, (0.0, 1.0), speed)
    assert len(phase) == round(3.5 / speed * RATE)
    seconds = [phase[round(at / speed * RATE) : round((at + 0.2) / speed * RATE)] for at in (0, 1, 2, 3)]
    assert all(any(heard) for heard in seconds) or style == "chime"
    if style == "tick":
        between = [phase[round((at + 0.3) / speed * RATE) : round((at + 1) / speed * RATE)] for at in (0, 1, 2)]
        assert not any(any(silent) for silent in between)


@pytest.mark.parametrize(
    ("phase", "style", "heard"),
    [("retention", "air", False), ("retention", "tick", True), ("inhale", "none", False), ("inhale", "air", True)],
)
def test_retentions_are_silent_but_for_ticks(phase: PhaseKind, style: BreathSound, *, heard: bool) -> None:
    assert breath.is_heard(phase, style) is heard
    assert any(breath.render(phase, 2.0, style, (1.0, 1.0))) is heard
