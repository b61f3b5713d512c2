"""What a command depends on: settings, language and practices, each read once, on first use."""

import os
from functools import cached_property
from typing import TYPE_CHECKING

from psoas_cli.cli.console import write
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import LANGS, Lang, Text, parse_lang, visible
from psoas_cli.storage import paths

if TYPE_CHECKING:
    from psoas_cli.storage.config import Config
    from psoas_cli.storage.library import Library


_NO_HOME = Text(
    "No home folder is known, so nothing is kept; set PSOAS_HOME to a folder.",
    "Er is geen thuismap bekend, dus er wordt niets bewaard; zet in PSOAS_HOME een map.",
)
_SHUT = Text(
    "{folder} cannot be looked into ({why}), so nothing of yours is here; PSOAS_HOME can name another folder.",
    "In {folder} valt niet te kijken ({why}), dus er is niets van jou; in PSOAS_HOME kun je een andere map zetten.",
)


class Context:
    """The settings, language and library of one command.

    Args:
        asked: The language given as an option, if any.
    """

    def __init__(self, asked: str | None = None) -> None:
        self._asked = asked

    @cached_property
    def config(self) -> "Config":
        """The user's settings, without those that are wrong, which are said once."""
        config, wrong = self.settings
        if wrong:
            first, *more = getattr(wrong, "problems", [wrong.message])
            others = f", and {len(more)} more" if more else ""
            write(f"psoas: {visible(str(first))}; left aside{others} (psoas config shows them all)", to_stderr=True)
        return config

    @cached_property
    def settings(self) -> "tuple[Config, PsoasError | None]":
        """The user's settings that are right, and what is wrong with the others, if anything, which nobody was told."""
        from psoas_cli.storage.config import read_leniently, unread
        from psoas_cli.storage.files import is_there

        self._tell_obstacle()
        _tell("" if self._asked else foreign_language(), *unread().values())
        file = paths.config_file()
        if not is_there(file):  # as with most people: nothing that keeps settings is imported
            return read_leniently(file)
        from psoas_cli.storage.kept_settings import settings_at

        return settings_at(file)

    def check_care(self) -> None:
        """See to it that no caution or pose to leave out is set aside, as a practice would not be adapted to it.

        Raises:
            PsoasError: What is wrong in the settings could hide one.
        """
        from psoas_cli.storage.config import hidden_care, hidden_elsewhere

        config, wrong = self.settings
        keeps = "care and avoid keep poses from you that may harm"
        if wrong and (hidden := hidden_care(wrong)):
            raise PsoasError(hidden, f"{keeps}: set it right with psoas config --edit")
        if hidden := hidden_elsewhere(config.care, config.avoid):
            raise PsoasError(hidden, f"{keeps}, and that file has some: rename it, move them over, or delete it")

    def _tell_obstacle(self) -> None:
        """Say once that a person's own things are out of reach, as everything goes on without them."""
        if obstacle := paths.obstacle():
            folder, why = obstacle
            said = _NO_HOME if folder.is_relative_to(paths.NOWHERE) else _SHUT.filled(folder=folder, why=why)
            write(said.said(language(self._asked, None)), to_stderr=True)

    @cached_property
    def lang(self) -> Lang:
        """The language to show and speak.

        Raises:
            PsoasError: The language asked for is not supported.
        """
        return language(self._asked, self.config.lang)

    def unless_asked(self, lang: str) -> "Context":
        """Return the context in *lang*, unless a language was given as an option."""
        if self._asked:
            return self
        other = Context(lang)
        other.config, other.settings = self.config, self.settings  # what is wrong is said once
        return other

    def with_settings(self, config: "Config") -> "Context":
        """Return the context once the person has set *config*; if that is a new language, no other is asked for."""
        other = Context(self._asked if config.lang == self.config.lang else None)
        other.config, other.settings = config, (config, None)
        return other

    @cached_property
    def library(self) -> "Library":
        """The practices and poses, built-in and the user's own."""
        from psoas_cli.storage.library import Library  # imports YAML, which psoas list does not need

        return Library(self.lang, self.config.bells)


def is_muted() -> bool:
    """Whether PSOAS_MUTE asks for silence."""
    return os.environ.get("PSOAS_MUTE", "") not in ("", "0")


def is_over_ssh() -> bool:
    """Whether psoas runs over SSH, so that its sound would play on a computer other than the user's."""
    return bool(os.environ.get("SSH_CONNECTION"))


def language(asked: str | None, configured: Lang | None) -> Lang:
    """Return *asked*, else PSOAS_LANG, else *configured*, else the locale's language, else that of the system.

    Raises:
        PsoasError: *asked* is not a supported language.
    """
    if asked:
        try:
            return parse_lang(asked)
        except ValueError as error:
            raise PsoasError(f"--lang: {error}", "en is English, nl is Dutch") from None
    return of_environment() or configured or _of_locale()


def of_environment() -> Lang | None:
    """Return the language in PSOAS_LANG; None if there is none, or one that is not supported."""
    return _parsed(os.environ.get("PSOAS_LANG", ""))


def foreign_language() -> str:
    """Return what is to be said of a language in PSOAS_LANG that is not supported; empty if there is none."""
    wanted = os.environ.get("PSOAS_LANG", "")
    if not wanted.strip() or of_environment():
        return ""
    return f'PSOAS_LANG: expected {" or ".join(LANGS)}, got "{visible(wanted)}"; left aside'


def _parsed(written: str) -> Lang | None:
    try:
        return parse_lang(written)
    except ValueError:
        return None


def _of_locale() -> Lang:
    """Return the locale's language, else that of the system, if it is supported; else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return _parsed(value) or "en"
    from psoas_cli.cli.system_language import system_language

    return _parsed(system_language()) or "en"


def _tell(*remarks: str) -> None:
    for remark in filter(None, remarks):
        write(f"psoas: {visible(remark)}", to_stderr=True)
