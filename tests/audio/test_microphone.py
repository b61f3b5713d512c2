"""The microphone: what comes from a device, and what is known of it."""

import threading
from collections.abc import Callable
from threading import Event

from psoas_cli.audio.device import Hear
from psoas_cli.audio.microphone import Microphone
from psoas_cli.audio.samples import silence

PATIENCE = 5.0


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Mic:
    """A device that hands over what the test says, and knows whether it was closed."""

    def __init__(self) -> None:
        self.opened, self.closed = Event(), Event()
        self.hear: Hear = lambda _: None

    def open(self, hear: Hear) -> "Mic":
        self.hear = hear
        self.opened.set()
        return self

    def close(self) -> None:
        self.closed.set()


def opened(mic: Mic, clock: Clock) -> Microphone:
    microphone = Microphone(mic.open, clock)
    microphone.start()
    assert mic.opened.wait(PATIENCE)
    return microphone


def settled(until: Callable[[], bool]) -> None:
    """Wait for the thread that opens the device."""
    for thread in threading.enumerate():
        if thread.name == "psoas-microphone":
            thread.join(PATIENCE)
    assert until()


def test_it_is_being_opened_until_the_first_block_comes_and_lost_when_none_comes_any_more() -> None:
    mic, clock = Mic(), Clock()
    microphone = opened(mic, clock)
    clock.now += 1.5
    settled(lambda: microphone.state == "opening")
    mic.hear(silence(4800))
    clock.now += 0.1
    mic.hear(silence(4800))
    assert microphone.state == "on"
    assert [block.at for block in microphone.blocks()] == [101.5, 101.6]
    assert microphone.blocks() == []
    clock.now += 3
    settled(lambda: microphone.state == "lost")
    microphone.close()
    assert mic.closed.wait(PATIENCE)


def test_a_system_without_one_refuses_and_so_does_one_that_never_answers() -> None:
    def refuse(_: Hear) -> Mic:
        raise OSError("no microphone")

    microphone = Microphone(refuse, Clock())
    microphone.start()
    settled(lambda: microphone.state == "refused")
    clock = Clock()
    silent = opened(Mic(), clock)
    clock.now += 10
    assert silent.state == "refused"


def test_one_that_comes_back_is_heard_again_and_the_old_one_no_longer() -> None:
    old, new, clock = Mic(), Mic(), Clock()
    mics = iter((old, new))
    microphone = Microphone(lambda hear: next(mics).open(hear), clock)
    microphone.start()
    settled(old.opened.is_set)
    microphone.start()
    assert old.closed.wait(PATIENCE)
    settled(new.opened.is_set)
    old.hear(silence(4800))
    assert (microphone.state, microphone.blocks()) == ("opening", [])
    new.hear(silence(4800))
    assert (microphone.state, len(microphone.blocks())) == ("on", 1)


def test_one_that_opens_only_after_it_was_given_up_is_closed_again() -> None:
    mic, may_open = Mic(), Event()

    def slowly(hear: Hear) -> Mic:
        assert may_open.wait(PATIENCE)
        return mic.open(hear)

    microphone = Microphone(slowly, Clock())
    microphone.start()
    microphone.close()
    may_open.set()
    assert mic.closed.wait(PATIENCE)


def test_closing_does_not_wait_for_a_device_that_hangs() -> None:
    answers, closed = Event(), Event()

    class Hanging(Mic):
        def close(self) -> None:
            answers.wait(PATIENCE)
            closed.set()

    microphone = opened(Hanging(), Clock())
    settled(lambda: True)
    microphone.close()
    assert not closed.is_set()
    answers.set()


def test_a_device_that_hears_faster_than_time_passes_is_none_and_is_closed() -> None:
    mic, clock = Mic(), Clock()
    microphone = opened(mic, clock)
    for _ in range(100):  # ten seconds at once, as a stand-in for a missing device has it
        mic.hear(silence(4800))
    settled(lambda: microphone.state == "refused")
    assert len(microphone.blocks()) <= 20
    assert mic.closed.wait(PATIENCE)
