"""What a person may notice after a rest, of their breath, belly and hips: answers to choose from, by their ids."""

from collections.abc import Mapping
from typing import Literal, get_args

from psoas_cli.practice.model.text import Lang, Text

CheckInKind = Literal["usual", "rest"]
"""What the check-in asks after a practice: the usual questions, or also what one notices after a rest."""

CHECK_INS: tuple[CheckInKind, ...] = get_args(CheckInKind)

_SAME = Text("much as it was", "net als daarnet")
_UNSURE = Text("hard to say", "moeilijk te zeggen")
OF_THE_BREATH: Mapping[str, Text] = {
    "same": _SAME,
    "slower": Text("slower", "trager"),
    "lower": Text("lower", "lager"),
    "slower-lower": Text("slower and lower", "trager en lager"),
    "quicker": Text("quicker or higher", "sneller of hoger"),
    "unsure": _UNSURE,
}
"""How the breath may be, next to before; no answer is better than another."""

OF_THE_BODY: Mapping[str, Text] = {
    "same": _SAME,
    "softer": Text("softer", "zachter"),
    "tenser": Text("tenser", "meer gespannen"),
    "warmer": Text("warmer", "warmer"),
    "heavier": Text("heavier", "zwaarder"),
    "lighter": Text("lighter", "lichter"),
    "unsure": _UNSURE,
}
"""The same for the belly and for the hips."""

_BREATH = Text("breath {felt}", "adem {felt}")
_BELLY = Text("belly {felt}", "buik {felt}")
_HIPS = Text("hips {felt}", "heupen {felt}")


def told(breath: str, belly: str, hips: str, lang: Lang) -> str:
    """The answers in words; empty if there are none.

    Args:
        breath: How the breath was, one of `OF_THE_BREATH`; empty if not answered.
        belly: How the belly was, one of `OF_THE_BODY`.
        hips: How the hips were, one of `OF_THE_BODY`.
        lang: The language.
    """
    answers = ((_BREATH, OF_THE_BREATH, breath), (_BELLY, OF_THE_BODY, belly), (_HIPS, OF_THE_BODY, hips))
    return ", ".join(what.filled(felt=known[felt]).said(lang) for what, known, felt in answers if felt)
