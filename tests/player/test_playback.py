from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio import breath
from psoas_cli.audio.silent_sink import SilentSink
from psoas_cli.cli.context import Context
from psoas_cli.player.playback import sink_for
from psoas_cli.player.wishes import Wishes

if TYPE_CHECKING:
    from psoas_cli.audio.samples import Samples


@pytest.mark.parametrize(("speed", "seconds"), [(0.25, 8.0), (1.0, 2.0)])
def test_a_slow_rehearsal_has_a_slow_breath(monkeypatch: pytest.MonkeyPatch, speed: float, seconds: float) -> None:
    made: list[Samples] = []
    render = breath.render.__wrapped__
    monkeypatch.setattr(breath, "render", lambda *phase: made.append(render(*phase)))
    sink, why = sink_for(Wishes(speed=speed, sound=True), Context("en"))
    sink.prepare([], [("inhale", 2.0, "chime", (0.0, 1.0))])
    done = Event()
    sink._prefetch.want(done.set)  # type: ignore[union-attr] # neither silent nor of a single bell
    assert done.wait(5)
    assert why == ""
    assert [len(samples) / 48_000 for samples in made] == [seconds]


def test_a_fast_rehearsal_is_silent_and_says_so() -> None:
    sink, why = sink_for(Wishes(speed=1.5, sound=True), Context("en"))
    assert isinstance(sink, SilentSink)
    assert why == "No sound while rehearsing faster"
