from __future__ import annotations

import math
import random
import sys
from typing import TYPE_CHECKING, Any

import pytest

from psoas_cli.audio.clock_fit import ClockFit
from psoas_cli.audio.samples import RATE

if TYPE_CHECKING:
    from types import FrameType

PERIOD = 4800


def test_it_follows_a_wandering_card_clock_through_late_reports_for_an_hour() -> None:
    chance = random.Random(5)
    fit = ClockFit()
    card, worst = 0.0, 0.0
    for pull in range(36_000):
        # the card strays up to 80 parts in a million, to and fro
        card += PERIOD / RATE * (1 + 80e-6 * math.sin(pull / 4000))
        late = chance.expovariate(1 / 0.004) + (0.3 if chance.random() < 0.02 else 0)
        fit.report(pull * PERIOD, card + late)
        if pull > 100:
            worst = max(worst, abs(fit.moment_of(pull * PERIOD) - card))
    assert worst < 0.002


def test_frames_and_moments_are_each_others_inverse() -> None:
    fit = ClockFit()
    assert not fit.ready
    fit.report(4800, 100.1)
    assert fit.ready
    assert fit.frame_at(100.5) == pytest.approx(24_000, abs=1)
    assert fit.moment_of(24_000) == pytest.approx(100.5)


def test_a_card_that_stood_still_is_believed_within_two_seconds() -> None:
    fit = ClockFit()
    for pull in range(40):
        fit.report(pull * PERIOD, pull / 10)
    for pull in range(40, 60):
        fit.report(pull * PERIOD, pull / 10 + 1.7)
    assert fit.moment_of(60 * PERIOD) == pytest.approx(7.7, abs=0.001)


def test_at_whatever_point_of_a_report_another_thread_asks_there_is_an_answer() -> None:
    fit = ClockFit()
    fit.report(0, 0.0)
    answers = []

    def ask(frame: FrameType, _event: str, _arg: object) -> Any:
        frame.f_trace_opcodes = True
        answers.append((fit.ready, round(fit.moment_of(0), 6)))
        return ask

    before = sys.gettrace()
    sys.settrace(ask)
    try:
        for pull in range(1, 300):  # it stands still twice, and ten seconds go by in between
            stalled = 2.0 * (pull > 120) + 2.0 * (pull > 260)
            fit.report(pull * PERIOD, pull / 10 + stalled - 0.001 * (pull % 7))
    finally:
        sys.settrace(before)
    assert len(answers) > 300 * 20
    assert {ready for ready, _ in answers} == {True}
    assert {round(moment) for _, moment in answers} == {0, 2, 4}


def test_a_second_of_late_reports_is_no_reason_to_move() -> None:
    fit = ClockFit()
    for pull in range(60):
        fit.report(pull * PERIOD, pull / 10 + (0.2 if 30 <= pull < 40 else 0))
        assert fit.moment_of(pull * PERIOD) == pytest.approx(pull / 10)
