"""What all tests stand on."""

import os
import signal
import time
from collections.abc import Generator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.quiet import working

settings.register_profile(
    "psoas",
    max_examples=40,
    deadline=None,  # a slow machine is no bug
    derandomize=True,  # the same examples for everyone
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("psoas")

_LONG = 4000  # characters

OF_A_SHELL: dict[str, Any] = {
    "SIGINT": signal.default_int_handler,
    "SIGQUIT": signal.SIG_DFL,
    "SIGHUP": signal.SIG_DFL,
}
"""The signals that a shell gives, as far as the system has them, and what they do."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep programs under test off the desktop of who runs the tests, and give them the signals that a shell gives.

    Started in the background, or by `nohup`, they would be ignored.
    """
    if cache := getattr(config, "cache", None):
        if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):  # hundreds of starts would compile psoas hundreds of times
            os.environ["PYTHONPYCACHEPREFIX"] = str(cache.mkdir("compiled"))
        os.environ["PULSE_RUNTIME_PATH"] = str(cache.mkdir("pulse"))  # where nothing plays
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # it also counts before the socket of XDG_RUNTIME_DIR
    for number in signal.valid_signals():
        name = getattr(number, "name", "")  # some are only a number
        if name in OF_A_SHELL and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, OF_A_SHELL[name])


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test after what it tries, if a variable may be as long as that, which on Windows not each may."""
    return f"{len(val)} of {val[:1]!r}" if isinstance(val, str | bytes) and len(val) > _LONG else None


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with nothing in it but what psoas keeps of its own practices once it has listed them."""
    from psoas_cli.practice.model.text import LANGS
    from psoas_cli.storage.catalogue import listed

    folder = tmp_path_factory.mktemp("lived-in")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSOAS_HOME", str(folder))
        for lang in LANGS:
            listed(lang)
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let the first worker compile the tests, and the others read what it compiled, for a minute at most."""
    worker = getattr(session.config, "workerinput", {}).get("workerid")
    if worker is None:
        return (yield)
    collected = Path(session.config.option.basetemp).parent / "collected"
    patience = time.monotonic() + 60
    while worker != "gw0" and not collected.exists() and time.monotonic() < patience:
        time.sleep(0.05)
    try:
        return (yield)
    finally:
        collected.touch()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let each test work while no other listens; those on the rig choose for themselves."""
    with nullcontext() if item.path.parent.name == "rig" else working(item.config):
        return (yield)
