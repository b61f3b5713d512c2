"""Whether buttons of headphones and media keys reach a practice, for `psoas doctor`."""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from psoas_cli.commands.doctor.findings import OFF, Finding, within
from psoas_cli.player.buttons import HAS_SESSION_BUS, MEDIA_KEYS
from psoas_cli.practice.model.text import Text
from psoas_cli.storage.files import read_bytes

_PATIENCE = 3.0  # seconds for the bus, which has some for each answer
_ON_LINUX = Text("only on Linux", "alleen op Linux")
_NO_BUS = Text("no session bus answers", "er antwoordt geen sessiebus")
_NEEDS_DESKTOP = Text(
    "Buttons come over the session bus of a Linux desktop. The keyboard works without it, and so does a presenter.",
    "Knoppen komen via de sessiebus van een Linux-bureaublad. Met het toetsenbord of een presenter kan het zonder.",
)
_NO_NAME = Text("the session bus does not let psoas in", "de sessiebus laat psoas niet toe")
_LEAVE_SANDBOX = Text(
    "That may be so within a sandbox, such as Flatpak or Snap; start psoas outside of it.",
    "Dat kan in een sandbox zo zijn, zoals Flatpak of Snap; start psoas daarbuiten.",
)
_REACHED = Text("the session bus answers", "de sessiebus antwoordt")
_THROUGH = Text("buttons come through {what}", "knoppen komen via {what}")
_NOTHING = Text("nothing known here passes buttons on", "niets wat psoas kent geeft hier knoppen door")
_PASS_ON = Text(
    "Start mpris-proxy, a part of BlueZ, for Bluetooth headphones; bind media keys to playerctl play-pause.",
    "Start mpris-proxy, deel van BlueZ, voor een Bluetooth-koptelefoon; koppel mediatoetsen aan playerctl play-pause.",
)
_PROXY = "mpris-proxy"
_PASSING_ON = {
    "org.gnome.SettingsDaemon.MediaKeys": "GNOME",
    "org.kde.kglobalaccel": "KDE",
    "org.mpris.MediaPlayer2.playerctld": "playerctld",
}
"""The names on a bus of what passes media keys on."""

_LONGEST = 64  # bytes of the name of a process


class _Bus(NamedTuple):
    """What the bus says: whether psoas may have its name there, and which names there are."""

    name: bool
    names: tuple[str, ...]


def buttons(*, wanted: bool) -> Finding:
    """Check whether buttons would reach a practice, if they are *wanted*."""
    if not wanted:
        return Finding("media-keys", MEDIA_KEYS, (OFF,))
    if not HAS_SESSION_BUS:
        return Finding("media-keys", MEDIA_KEYS, (_ON_LINUX,))
    bus = within(_PATIENCE, _asked)
    if bus is None:
        return Finding("media-keys", MEDIA_KEYS, (_NO_BUS,), _NEEDS_DESKTOP, {"bus": False})
    facts: dict[str, object] = {"bus": True, "name": bus.name}
    if not bus.name:
        return Finding("media-keys", MEDIA_KEYS, (_NO_NAME,), _LEAVE_SANDBOX, facts)
    through = [called for name, called in _PASSING_ON.items() if name in bus.names]
    through += [_PROXY] if _runs(_PROXY) else []
    facts["through"] = through
    if not through:
        return Finding("media-keys", MEDIA_KEYS, (_REACHED, _NOTHING), _PASS_ON, facts)
    return Finding("media-keys", MEDIA_KEYS, (_REACHED, _THROUGH.filled(what=", ".join(through))), facts=facts)


def _asked() -> _Bus:
    """Ask the session bus.

    Raises:
        Exception: There is none, or none that answers.
    """
    from psoas_cli.player.mpris import named_on
    from psoas_cli.player.session_bus import SessionBus

    with SessionBus() as bus:
        name = named_on(bus)
        (names,) = bus.call("ListNames")
        return _Bus(name, tuple(names))


def _runs(program: str) -> bool:
    """Whether the person runs *program*, which has no name on the bus."""
    with suppress(OSError):
        for process in Path("/proc").iterdir():
            with suppress(OSError):
                if process.name.isdigit() and process.stat().st_uid == os.getuid():
                    name = read_bytes(process / "comm", _LONGEST).strip()
                    if name == program.encode():
                        return True
    return False
