"""What a command goes by: the settings, the language, and the practices; each is read once, when it is asked for."""

import os
from functools import cached_property
from typing import TYPE_CHECKING

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.storage import paths

if TYPE_CHECKING:
    from psoas_cli.storage.config import Config
    from psoas_cli.storage.library import Library


class Context:
    """The surroundings of one command.

    Args:
        asked: The language asked for with an option, if any.
    """

    def __init__(self, asked: str | None = None) -> None:
        self._asked = asked

    @cached_property
    def config(self) -> "Config":
        """The person's settings.

        Raises:
            PsoasError: With every problem of them.
        """
        from psoas_cli.storage.config import read_config

        return read_config(paths.config_file())

    @cached_property
    def lang(self) -> Lang:
        """The language that the person reads and hears.

        Raises:
            PsoasError: psoas does not speak the one that is asked for.
        """
        return language(self._asked, self.config.lang)

    def unless_asked(self, lang: str) -> "Context":
        """The same surroundings in *lang*, where no other language is asked for."""
        return self if self._asked else Context(lang)

    @cached_property
    def library(self) -> "Library":
        """The practices and poses: the built-in ones and the person's own."""
        from psoas_cli.storage.library import Library  # with it comes YAML, which a list is spared

        return Library(self.lang, self.config.bells)


def is_muted() -> bool:
    """Whether the surroundings ask for silence (PSOAS_MUTE)."""
    return os.environ.get("PSOAS_MUTE", "") not in ("", "0")


def is_over_ssh() -> bool:
    """Whether the person sits at another computer, that would not hear this one."""
    return bool(os.environ.get("SSH_CONNECTION"))


def language(asked: str | None, configured: Lang | None) -> Lang:
    """The language: *asked* for with an option, PSOAS_LANG, *configured*, then the locale's.

    Raises:
        PsoasError: psoas does not speak the one that is asked for.
    """
    for origin, wanted in (("--lang", asked), ("PSOAS_LANG", os.environ.get("PSOAS_LANG"))):
        if wanted:
            return _known(wanted, origin)
    return configured or _of_locale()


def _of_locale() -> Lang:
    """The language of the locale where psoas speaks it, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return next((lang for lang in LANGS if value.lower().startswith(lang)), "en")
    return "en"


def _known(wanted: str, origin: str) -> Lang:
    for lang in LANGS:
        if wanted.lower() == lang:
            return lang
    raise PsoasError(f'{origin}: expected {" or ".join(LANGS)}, got "{wanted}"')
