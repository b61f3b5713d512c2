"""The page of settings: whatever the file is and whatever is pressed, only what is changed there changes in it."""

import json
import re
from random import Random
from typing import ClassVar, Self
from unittest.mock import MagicMock, patch

from fuzz_case import Files, laid
from fuzz_settings import Trial as Settings
from psoas_cli.cli.context import Context
from psoas_cli.commands.config import visit_settings
from psoas_cli.storage import paths
from psoas_cli.storage.config import Config, read_leniently
from psoas_cli.tui.screen import Screen

_KEYS = ("down", "down", "up", "right", "right", "left", "space", "enter", "pagedown", "end", "home", "esc", "?", "x")
_SIZES = ((80, 24), (80, 24), (120, 40), (40, 12), (20, 5), (1, 1))
_MOST = 30  # keys


class _Window:
    """A window in which keys are pressed, one after another; the file is looked at before each."""

    def __init__(self, size: tuple[int, int], keys: list[str]) -> None:
        self.dirty = True
        self.size = size
        self._keys = keys
        self._before = _looked()
        self.changes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def events(self, timeout: float | None) -> list[str]:
        if timeout is not None:
            return []
        self.look()
        return [self._keys.pop(0) if self._keys else "q"]

    def look(self) -> None:
        """Hold that one key has changed one setting at most, and nothing that is no setting."""
        was, wrong, before = self._before
        if _content() == before:
            return
        config, _, after = self._before = _looked()
        self.changes += 1
        assert not wrong, "a file with problems is left alone"
        differ = [key for key, old, new in zip(Config._fields, was, config, strict=True) if old != new]
        assert len(differ) <= 1, differ
        lost = [comment for comment in _comments(before or b"") if comment not in (after or b"")]
        assert not lost, lost


def _looked() -> tuple[Config, bool, bytes | None]:
    """The settings, whether anything is wrong with them, and the file."""
    config, wrong = read_leniently(paths.config_file())
    return config, wrong is not None, _content()


def _content() -> bytes | None:
    file = paths.config_file()
    return file.read_bytes() if file.exists() else None


def _comments(content: bytes) -> list[bytes]:
    """The comments of *content*; one that is a setting that waits may become one."""
    found = [each.strip() for each in re.findall(rb"(?m)(?:^|\s)#([^\r\n]*)", content)]
    return [each for each in found if not re.match(rb"(- )?[\w-]+:|- |\w+$", each)]


class Trial:
    """Trials of the page."""

    COUNT: ClassVar[int] = 1_500

    def __init__(self) -> None:
        self._files = Settings()

    def made(self, random: Random) -> Files:
        """Settings like those that are only read, and keys."""
        files = self._files.made(random) if random.random() < 0.9 else {}
        keys = random.choices(_KEYS, k=random.randrange(_MOST))
        keys = [key for key in keys for _ in range(random.choice((1, 1, 4)))]
        pressed = {"size": random.choice(_SIZES), "keys": keys, "lang": random.choice(("en", "nl"))}
        return files | {"pressed.json": json.dumps(pressed).encode()}

    def tried(self, files: Files) -> str:
        """Press the keys, and look at the file before each."""
        home = laid(files)
        pressed = json.loads(files["pressed.json"])
        (home / "pressed.json").unlink()
        columns, rows = pressed["size"]
        window = _Window((columns, rows), pressed["keys"])
        with patch("psoas_cli.player.page_sound.PageSound", lambda _: MagicMock(patience=None)):  # no device
            context = visit_settings(window, Screen(None, lambda _: None), Context(pressed["lang"]))
        window.look()
        config, wrong, _ = _looked()
        assert wrong or context.config == config
        return "changed" if window.changes else "refused" if wrong else "looked at"
