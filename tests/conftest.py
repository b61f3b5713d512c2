"""What all tests stand on."""

import signal


def pytest_configure() -> None:
    """Give programs under test the signals that a person's shell gives: started in the background they are ignored."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
