"""Which language a person reads: asked for, set, or that of the locale."""

import os

from psoas_cli.errors import PsoasError
from psoas_cli.practice.text import LANGS, Lang


def choose(asked: str | None, configured: Lang | None) -> Lang:
    """The language: *asked* for with an option, PSOAS_LANG, *configured*, then the locale's.

    Raises:
        PsoasError: Where one is asked for that psoas does not speak.
    """
    for origin, wanted in (("--lang", asked), ("PSOAS_LANG", os.environ.get("PSOAS_LANG"))):
        if wanted:
            return _known(wanted, origin)
    return configured or of_locale()


def of_locale() -> Lang:
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
