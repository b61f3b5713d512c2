"""What all tests stand on."""

import signal

from hypothesis import HealthCheck, settings

settings.register_profile(
    "psoas",
    max_examples=40,
    deadline=None,  # a slow machine is no bug
    derandomize=True,  # the same examples for everyone
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("psoas")


def pytest_configure() -> None:
    """Give programs under test the signals that a person's shell gives: started in the background they are ignored."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
