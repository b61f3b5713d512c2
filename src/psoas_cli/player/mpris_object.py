"""What psoas is on the session bus: a media player, in MPRIS's words, that tells what it plays and takes buttons."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jeepney.low_level import Message

    Property = tuple[str, Any]
    """The type of a value in the bus's words, and the value."""

PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
"""Also how the name of every player on the bus begins."""

PLAYER = f"{ROOT}.Player"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_INTROSPECTABLE, _PEER = "org.freedesktop.DBus.Introspectable", "org.freedesktop.DBus.Peer"
_ERROR = "org.freedesktop.DBus.Error"
_NO_REPLY = 1  # a flag of a message

_METHODS: "Mapping[str, Mapping[str, str]]" = {
    ROOT: {"Raise": "", "Quit": ""},
    PLAYER: {
        **dict.fromkeys(("Play", "Pause", "PlayPause", "Stop", "Next", "Previous"), ""),
        "Seek": "x",
        "SetPosition": "ox",
        "OpenUri": "s",
    },
    _PROPERTIES: {"Get": "ss", "GetAll": "s", "Set": "ssv"},
    _INTROSPECTABLE: {"Introspect": ""},
    _PEER: {"Ping": ""},
}
"""The methods of each interface, with the types of what they are given."""

_BUTTONS = {
    "Play": "media-play",
    "Pause": "media-pause",
    "PlayPause": "media-play-pause",
    "Stop": "media-pause",
    "Next": "media-next",
    "Previous": "media-previous",
}

_SIGNALS: "Mapping[str, Mapping[str, tuple[str, ...]]]" = {_PROPERTIES: {"PropertiesChanged": ("s", "a{sv}", "as")}}
_RETURNS = {"Get": "v", "GetAll": "a{sv}", "Introspect": "s"}

_FIXED: "Mapping[str, Property]" = {
    "Rate": ("d", 1.0),
    "MinimumRate": ("d", 1.0),
    "MaximumRate": ("d", 1.0),
    "Volume": ("d", 1.0),
    **dict.fromkeys(("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanControl"), ("b", True)),
    "CanSeek": ("b", False),
}
_OF_ROOT: "Mapping[str, Property]" = {
    **dict.fromkeys(("CanQuit", "CanRaise", "HasTrackList"), ("b", False)),
    "Identity": ("s", "psoas"),
    **dict.fromkeys(("SupportedUriSchemes", "SupportedMimeTypes"), ("as", [])),
}


class Playing(NamedTuple):
    """What is played: no more than a desktop or a car may show to anybody who looks at it.

    Args:
        state: `Playing`, `Paused` or `Stopped`.
        title: The pose and its side.
        practice: The title of the practice.
        number: Another one for each title.
    """

    state: str
    title: str
    practice: str
    number: int


def changes_of(playing: Playing) -> "Message":
    """Return the signal that says what is played from now on."""
    from jeepney.wrappers import DBusAddress, new_signal

    emitter = DBusAddress(PATH, interface=_PROPERTIES)
    return new_signal(emitter, "PropertiesChanged", "sa{sv}as", (PLAYER, _changing(playing), []))


def answered(message: "Message", playing: Playing) -> "tuple[Message | None, str]":
    """Return what answers *message* while that is *playing*, if anything, and the button that it presses, or nothing.

    Whatever is wrong with the message, the answer is an error of the bus.
    """
    from jeepney.low_level import HeaderFields, MessageType
    from jeepney.wrappers import new_error, new_method_return

    if message.header.message_type is not MessageType.method_call:
        return None, ""
    fields = message.header.fields
    method, path = fields.get(HeaderFields.member, ""), fields.get(HeaderFields.path, "")
    interface = fields.get(HeaderFields.interface) or _interface_with(method)
    takes = _METHODS.get(interface, {}).get(method)
    if path != PATH and not (interface in (_INTROSPECTABLE, _PEER) and f"{PATH}/".startswith(path.rstrip("/") + "/")):
        error, value = "UnknownObject", None
    elif takes is None:
        error, value = "UnknownMethod", None
    elif fields.get(HeaderFields.signature, "") != takes:
        error, value = "InvalidArgs", None
    else:
        error, value = _done(method, path, message.body, playing)
    silent = message.header.flags & _NO_REPLY
    if error:
        return None if silent else new_error(message, f"{_ERROR}.{error}", "s", (f"{interface}.{method}",)), ""
    body = () if value is None else (value,)
    reply = new_method_return(message, _RETURNS.get(method), body)
    return None if silent else reply, _BUTTONS.get(method, "") if interface == PLAYER else ""


def _interface_with(method: str) -> str:
    """The interface that has *method*, for who does not name it."""
    return next((interface for interface, methods in _METHODS.items() if method in methods), "")


def _done(method: str, path: str, given: tuple[Any, ...], playing: Playing) -> tuple[str, Any]:
    """Do what *method* asks for beyond buttons; return the error, or nothing, and the value that it returns."""
    known = _properties(playing)
    if method == "Introspect":
        return "", _description(path, playing)
    if method == "GetAll":
        return "", dict(known.get(given[0], {}))
    if method in ("Get", "Set"):
        found = known.get(given[0], {}).get(given[1])
        if found is None:
            return "UnknownProperty", None
        return ("PropertyReadOnly", None) if method == "Set" else ("", found)
    return "", None


def _properties(playing: Playing) -> "Mapping[str, Mapping[str, Property]]":
    return {ROOT: _OF_ROOT, PLAYER: {**_changing(playing), **_FIXED}}


def _changing(playing: Playing) -> "dict[str, Property]":
    told: dict[str, Property] = {
        "mpris:trackid": ("o", f"/psoas/place/{playing.number}"),
        "xesam:title": ("s", playing.title),
        "xesam:artist": ("as", [playing.practice]),
        "xesam:album": ("s", playing.practice),
    }
    return {"PlaybackStatus": ("s", playing.state), "Metadata": ("a{sv}", told)}


def _description(path: str, playing: Playing) -> str:
    """What there is at *path*, in the bus's own words."""
    if path != PATH:
        child = PATH[len(path.rstrip("/")) + 1 :].partition("/")[0]
        return f'<node><node name="{child}"/></node>'
    properties = _properties(playing)
    said = []
    for interface, methods in _METHODS.items():
        said.append(f'<interface name="{interface}">')
        for method, takes in methods.items():
            ins = "".join(f'<arg direction="in" type="{each}"/>' for each in takes)
            out = f'<arg direction="out" type="{_RETURNS[method]}"/>' if method in _RETURNS else ""
            said.append(f'<method name="{method}">{ins}{out}</method>')
        said += [
            f'<property name="{name}" type="{kind}" access="read"/>'
            for name, (kind, _) in properties.get(interface, {}).items()
        ]
        for name, types in _SIGNALS.get(interface, {}).items():
            tells = "".join(f'<arg type="{each}"/>' for each in types)
            said.append(f'<signal name="{name}">{tells}</signal>')
        said.append("</interface>")
    return f"<node>{''.join(said)}</node>"
