"""Keys and what they do: the hints at the foot of a screen, and the list of all keys."""

import re
from functools import lru_cache

from psoas_cli.practice.model.text import Lang, Text, rows_of
from psoas_cli.tui.status import GO_ON, PARTS, SPACE_KEY, PoseCard, Status

Hint = str | tuple[str, ...]
"""A key with what it does; or that in several forms, the longest first."""

_ANY_KEY = Text("any key", "elke toets")
_PAUSED_HINT = Text("{key} to resume when you like", "{key} om verder te gaan, wanneer je wilt")
_ENDING_HINTS = (
    Text("{key} to stay a while longer", "{key} om toch nog even te blijven"),
    Text("{key} stay", "{key} blijven"),
)
_RETURNING_HINTS = (Text("space to resume now", "spatie om meteen verder te gaan"), Text("space now", "spatie nu"))
_END_NOW = (Text("q end now", "q nu stoppen"), Text("q end", "q stop"))
_CLOSING_HINTS = (Text("any key leaves", "een toets sluit af"), Text("let the sound fade", "laat de klank uitklinken"))
_MORE = (
    Text("space more ({number}/{count})", "spatie meer ({number}/{count})"),
    Text("space {number}/{count}", "spatie {number}/{count}"),
    Text("space …", "spatie …"),
)
_MORE_TOLD = Text("i for more", "i voor meer")
_LOOK_BACK = Text("i back", "i terug")
_LOOK_ON = Text("← → other poses", "← → andere houdingen")
KEY_LIST: tuple[tuple[str, Text], ...] = (  # the most needed first
    ("space", Text("pause or resume", "pauze, en verder")),
    ("q", Text("end gently", "rustig afronden")),
    ("g", Text("grounding: look around you", "aarden: om je heen kijken")),
    ("n  →", Text("on to what comes next", "door naar wat hierna komt")),
    ("p  ←", Text("this again, or what came before", "dit opnieuw, of wat ervoor kwam")),
    ("+  -", Text("hold 30 s longer or shorter", "30 s langer of korter in deze houding")),
    ("o", Text("open: stay until Enter or n", "open: blijven tot Enter of n")),
    ("s", Text("softer, or back again", "zachter, of weer terug")),
    ("w  i", Text("where am I; look at the pose", "waar ben ik; bekijk de houding")),
    ("m ↑ ↓", Text("mute, louder, softer", "dempen; harder, zachter")),
    ("v", Text("voice: less, or none", "stem: minder, of niets")),
    ("b", Text("breath: heard, seen, off", "adem: te horen, te zien, uit")),
    ("e", Text("easier breath, if available", "een makkelijker ademritme, waar het trager wordt")),
    ("?", Text("these keys", "deze toetsen")),
)
_END_OPEN = Text("Enter go on", "Enter verder")
_PAUSE = Text("pause", "pauze")
_BEGIN = Text("begin", "begin")
_HINTS: tuple[tuple[str, Text], ...] = (  # the most needed first
    ("q", Text("end", "stop")),
    ("?", Text("keys", "toetsen")),
    ("g", Text("ground", "aarden")),
    ("n", Text("next", "volgende")),
    ("p", Text("back", "terug")),
    ("i", Text("look", "kijk")),
    ("+ -", Text("longer, shorter", "langer, korter")),
)


def paused_hint(status: Status) -> str:
    """How to go on after a pause."""
    return _PAUSED_HINT.filled(key=_go_on_key(status)).said(status.lang)


def ending_hints(status: Status) -> tuple[str, ...]:
    """How to take an end back, the longest form first."""
    return tuple(text.filled(key=_go_on_key(status)).said(status.lang) for text in _ENDING_HINTS)


def _go_on_key(status: Status) -> Text:
    """The key that pauses and goes on."""
    return _ANY_KEY if status.any_key else SPACE_KEY


def forms(lang: Lang, texts: tuple[Text, ...]) -> Hint:
    """*texts*, which say the same, the longest first, as a hint."""
    return tuple(text.said(lang) for text in texts)


def more_hint(lang: Lang, number: int, count: int) -> tuple[Hint, ...]:
    """The key that turns page *number* (from 0) of *count*, if there are several."""
    filled = tuple(text.filled(number=number + 1, count=count) for text in _MORE)
    return (forms(lang, filled),) if count > 1 else ()


def has_message(status: Status) -> bool:
    """Whether a message takes the place of the keys; not while an end can be taken back, which passes by sooner."""
    return bool(status.message) and status.mode != "ending"


def hints_of(status: Status, *, cut: bool = False, small: bool = False) -> tuple[Hint, ...]:
    """The keys to offer now, the most needed first; or the message if there is one.

    Args:
        status: The session.
        cut: Whether there is no room for all of the text, which the pose's card has.
        small: Whether these are the only keys on the screen; a larger one shows how to go on after a pause elsewhere.
    """
    lang = status.lang
    if has_message(status):
        parts = tuple(status.message.split(PARTS))
        return (_beside_message(_first(status, GO_ON), parts, small=small),) if status.mode == "paused" else parts
    if status.card:
        return looking_hints(status.card, lang)
    return status.ground.keys if status.ground else _led_on(status, lang, cut=cut)


def _first(status: Status, does: Text) -> str:
    """The key that pauses and goes on, with what it *does* now."""
    mark = ": " if status.any_key else " "
    return f"{_go_on_key(status).said(status.lang)}{mark}{does.said(status.lang)}"


def _beside_message(space: str, parts: tuple[str, ...], *, small: bool) -> Hint:
    """The key that goes on after a pause, such as *space*, beside the *parts* of a message; or, in little room, one."""
    both = [PARTS.join((space, *parts[:count])) for count in range(len(parts), 0, -1)]
    alone = [space] if small else [PARTS.join(parts[:count]) for count in range(len(parts), 0, -1)]
    return (*both, *alone)


def _led_on(status: Status, lang: Lang, *, cut: bool) -> tuple[Hint, ...]:
    """The keys while a practice goes on, or stands still, or ends."""
    match status.mode:
        case "closing":
            return tuple(hint.said(lang) for hint in _CLOSING_HINTS)
        case "ending":
            return (ending_hints(status), forms(lang, _END_NOW), *_keys(lang, frozenset({"g"})))
    begins = status.elsewhere or status.view.kind == "lead-in"
    does = GO_ON if status.mode == "paused" else _BEGIN if begins and not status.any_key else _PAUSE
    first: Hint = _first(status, does)
    if status.mode == "returning" and not begins and not status.any_key:
        first = forms(lang, _RETURNING_HINTS)
    offered = (_WITH_ANY_KEY if status.any_key else _ALL) - status.idle
    more = {"i"} if cut and "i" in offered else set()
    on = (_END_OPEN.said(lang),) if status.view.open and status.mode == "playing" else ()
    return (*on, first, *(_MORE_TOLD.said(lang) for _ in more), *_keys(lang, offered - more))


def looking_hints(card: PoseCard, lang: Lang) -> tuple[Hint, ...]:
    """The keys to offer while a pose is looked at."""
    return (_LOOK_BACK.said(lang), *([_LOOK_ON.said(lang)] if card.count > 1 else []))


_ROOMY, _NARROW = 30, 12  # cells from which keys have some room beside them, and are beside what they do
_ALL = frozenset(key for key, _ in _HINTS)
_WITH_ANY_KEY = frozenset({"q", "g", "n"})  # what keeps its meaning where any key pauses


@lru_cache(16)
def _keys(lang: Lang, offered: frozenset[str]) -> tuple[str, ...]:
    """The keys that are *offered*, with what they do."""
    return tuple(f"{key} {meaning.said(lang)}" for key, meaning in _HINTS if key in offered)


def fitting_hints(hints: tuple[Hint, ...], width: int) -> str:
    """As many of *hints* as fit in *width* cells, each as a whole, and then in as long a form as there is room for.

    What is needed least falls out first; so does what does not fit even alone, in its shortest form.
    """
    from rich.cells import cell_len  # takes 2 ms, and lines do without

    from psoas_cli.tui.cells import fitting

    each = [(hint,) if isinstance(hint, str) else hint for hint in hints]
    kept = [said for said in each if cell_len(said[-1]) <= width]
    shown = [said[-1] for said in kept]
    while cell_len(PARTS.join(shown)) > width:
        shown.pop()
    for number, said in enumerate(kept[: len(shown)]):
        for form in said:
            longer = [*shown[:number], form, *shown[number + 1 :]]
            if cell_len(PARTS.join(longer)) <= width:
                shown = longer
                break
    return PARTS.join(shown) if shown else fitting(each[0][-1], width)


def key_rows(lang: Lang, width: int | None = None, list_: tuple[tuple[str, Text], ...] = KEY_LIST) -> list[list[str]]:
    """All keys and what they do: the rows of each, in *width* cells; one row each if that is None.

    The keys and what they do are two columns, unless the second would be too narrow for a word.
    """
    keys = [(re.sub(r"\bspace\b", SPACE_KEY.said(lang), key), text.said(lang)) for key, text in list_]
    widest = max(len(key) for key, _ in keys)
    gap = " " * (3 if width is None or width >= _ROOMY else 1)
    if width is None:
        return [[f"{key:>{widest}}{gap}{meaning}"] for key, meaning in keys]
    below = " " * widest + gap
    if width - len(below) < _NARROW:
        return [rows_of(f"{key} {meaning}", width, "  ") for key, meaning in keys]
    columns = [(key, rows_of(meaning, width - len(below))) for key, meaning in keys]
    return [[f"{key:>{widest}}{gap}{rows[0]}", *(below + row for row in rows[1:])] for key, rows in columns]
