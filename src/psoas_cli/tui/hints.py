"""Keys and what they do: the hints at the foot of a screen, and the list of all keys."""

from functools import lru_cache

from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.tui.status import GO_ON, SPACE_KEY, PoseCard, Status

PAUSED_HINT = Text("space to resume when you like", "spatie om verder te gaan, wanneer je wilt")
ENDING_HINT = Text("space to stay a while longer", "spatie om toch nog even te blijven")
_RETURNING_HINT = Text("space to resume now", "spatie om meteen verder te gaan")
_END_NOW = Text("q end now", "q nu stoppen")
_CLOSING_HINTS = (Text("any key leaves", "een toets sluit af"), Text("let the sound fade", "laat de klank uitklinken"))
_LOOK_BACK = Text("i back", "i terug")
_LOOK_ON = Text("← → other poses", "← → andere houdingen")
KEY_LIST: tuple[tuple[str, Text], ...] = (  # the most needed first
    ("space", Text("pause or resume", "pauze, en verder")),
    ("q", Text("end gently", "rustig afronden")),
    ("g", Text("grounding: look around you", "aarden: om je heen kijken")),
    ("n  →", Text("next stop", "naar de volgende stap")),
    ("p  ←", Text("repeat this stop, or go back", "deze stap opnieuw, of de vorige")),
    ("+  -", Text("hold 30 s longer or shorter", "30 s langer of korter in deze houding")),
    ("w  i", Text("where am I; look at the pose", "waar ben ik; bekijk de houding")),
    ("m ↑ ↓", Text("mute, louder, softer", "dempen; harder, zachter")),
    ("v", Text("voice: less, or none", "stem: minder, of niets")),
    ("b", Text("breath: heard, seen, off", "adem: te horen, te zien, uit")),
    ("e", Text("easier breath, if available", "een makkelijker ademritme, waar het trager wordt")),
    ("?", Text("these keys", "deze toetsen")),
)
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


def hints_of(status: Status) -> tuple[str, ...]:
    """The keys to offer now, the most needed first; or the message if there is one."""
    lang = status.lang
    if status.message:
        return (status.message,)
    if status.card:
        return looking_hints(status.card, lang)
    if status.ground:
        return status.ground.keys
    match status.mode:
        case "closing":
            return tuple(hint.said(lang) for hint in _CLOSING_HINTS)
        case "ending":
            return (ENDING_HINT.said(lang), _END_NOW.said(lang), *_keys(lang, frozenset({"g"})))
    space = GO_ON if status.mode == "paused" else _BEGIN if status.view.kind == "lead-in" else _PAUSE
    first = _RETURNING_HINT.said(lang) if status.mode == "returning" else f"{SPACE_KEY.said(lang)} {space.said(lang)}"
    return (first, *_keys(lang, _ALL - status.idle))


def looking_hints(card: PoseCard, lang: Lang) -> tuple[str, ...]:
    """The keys to offer while a pose is looked at."""
    return (_LOOK_BACK.said(lang), *([_LOOK_ON.said(lang)] if card.count > 1 else []))


_ALL = frozenset(key for key, _ in _HINTS)


@lru_cache(16)
def _keys(lang: Lang, offered: frozenset[str]) -> tuple[str, ...]:
    """The keys that are *offered*, with what they do."""
    return tuple(f"{key} {meaning.said(lang)}" for key, meaning in _HINTS if key in offered)


def fitting_hints(hints: tuple[str, ...], width: int) -> str:
    """As many of *hints* as fit in *width* cells, each as a whole; what is needed least falls out first."""
    from rich.cells import cell_len  # takes 2 ms, and lines do without

    from psoas_cli.tui.cells import fitting

    whole = [hint for hint in hints if cell_len(hint) <= width]
    while cell_len(" · ".join(whole)) > width:
        whole.pop()
    return " · ".join(whole) if whole else fitting(hints[0], width)


def key_rows(lang: Lang, list_: tuple[tuple[str, Text], ...] = KEY_LIST) -> list[str]:
    """All keys and what they do, in two columns."""
    keys = [(SPACE_KEY.said(lang) if key == "space" else key, text.said(lang)) for key, text in list_]
    widest = max(len(key) for key, _ in keys)
    return [f"{key:>{widest}}   {meaning}" for key, meaning in keys]
