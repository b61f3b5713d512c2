"""The sound check of `psoas doctor`: opens the device, and rings a bell."""

import platform
import sys
import time
from typing import TYPE_CHECKING

from psoas_cli.cli.installation import install_line
from psoas_cli.commands.doctor.findings import MORE_THREADS, NO_THREADS, Finding, has_no_threads
from psoas_cli.player.playback import SILENT_AS_ASKED, SILENT_OVER_SSH
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.facts import SOUND
from psoas_cli.storage.choices import Audio

if TYPE_CHECKING:
    from psoas_cli.audio.device import Device, Pull
    from psoas_cli.audio.simpleaudio.simple_sink import SimpleSink
    from psoas_cli.audio.sink import Sink

_PATIENCE = 6.0  # seconds to wait for a device
_BELL = Bell("high-bowl")
_RINGING = 2.5  # seconds of the bell to hear
_FADE = 0.5
_HANDED_OVER = 0.4  # lookahead in seconds, as in a practice

_OPENED = Text("opened in {seconds} s", "geopend in {seconds} s")
_LATENCY_TOLD = Text("latency {seconds} s, measured by the server", "vertraging {seconds} s, gemeten door de server")
_LATENCY_KNOWN = Text("latency usually {seconds} s", "vertraging gewoonlijk {seconds} s")
_BELLS_ONLY = Text("bells only", "alleen bellen")
_RANG = Text(
    "a bell was rung (if you did not hear it, check the system's volume and output)",
    "er is een bel geluid (hoorde je hem niet, kijk dan naar het volume en de uitvoer van het systeem)",
)
_SILENT = Text("no bell was rung", "er is geen bel geluid")
_NO_DEVICE = Text("no sound device answers", "er is geen geluidsapparaat")
_TERMINAL_BELL = Text("the terminal's bell rings instead", "de bel van de terminal klinkt in plaats daarvan")
_NOT_INSTALLED = Text("simpleaudio is not installed", "simpleaudio is niet geïnstalleerd")

_DEBIAN = "sudo apt install pipewire-pulse wireplumber"
_FEDORA = "sudo dnf install pipewire-pulseaudio wireplumber"
_START_SERVER = Text(
    "Start the sound server: systemctl --user start pipewire-pulse; if it is not installed, run {install} and log in "
    "again.",
    "Start de geluidsserver: systemctl --user start pipewire-pulse; is die er niet, {install}, en log opnieuw in.",
)
_CHOOSE_ON_WINDOWS = Text(
    "Choose an output under Settings, System, Sound, and check that the Windows Audio service runs (services.msc).",
    "Kies een uitvoer onder Instellingen, Systeem, Geluid, en zorg dat de service Windows Audio draait (services.msc).",
)
_CHOOSE_ON_MACOS = Text(
    "Choose an output in macOS under System Settings, Sound.",
    "Kies een uitvoer in macOS onder Systeeminstellingen, Geluid.",
)
_INSTALL = Text("Install it: {line}", "Installeer het: {line}")


def sound(audio: Audio, volume: int | None, *, ring: bool, over_ssh: bool) -> Finding:
    """Check whether there is sound, through which device, and with what latency.

    Args:
        audio: The backend to check.
        volume: The volume of the bell, 0..100; None for 70.
        ring: Whether to ring a bell.
        over_ssh: Whether sound is off because psoas runs over SSH.
    """
    if audio == "none":
        return _off(audio, SILENT_AS_ASKED)
    if over_ssh:
        return _off(audio, SILENT_OVER_SSH)
    return _simpleaudio(volume, ring=ring) if audio == "simpleaudio" else _miniaudio(volume, ring=ring)


def _off(audio: Audio, why: Text) -> Finding:
    return Finding("sound", SOUND, (why,), facts={"audio": audio, "state": "off"})


def _miniaudio(volume: int | None, *, ring: bool) -> Finding:
    """Check miniaudio, with what its device and the sound server report."""
    from psoas_cli.audio import device
    from psoas_cli.audio.device import open_device
    from psoas_cli.audio.samples import COMFORTABLE, LATENCY
    from psoas_cli.audio.sink import Sink

    opened: list[tuple[str, list[str], float]] = []

    def opening(pull: "Pull") -> "Device":
        began = time.monotonic()
        device = open_device(pull)
        seconds = time.monotonic() - began
        opened.append((device.backend, device.names(), seconds))
        return device

    sink = Sink(opener=opening, volume=COMFORTABLE if volume is None else volume)
    try:
        if not _on(sink):
            return _lost("miniaudio")
        _ring(sink, wanted=ring)
        answered = device.ask_server() if opened[-1][0] == "PulseAudio" else None
        _let_ring(sink, wanted=ring)
    finally:
        sink.close()
    backend, names, seconds = opened[-1]
    latency = answered.latency if answered else None
    said = [_same(f"{backend} ({answered.name})" if answered else backend)]
    said += [_same(", ".join(names))] if names else []
    said.append(_OPENED.filled(seconds=f"{seconds:.2f}"))
    if latency is not None:
        said.append(_LATENCY_TOLD.filled(seconds=f"{latency:.2f}"))
    elif backend == "PulseAudio":
        said.append(_LATENCY_KNOWN.filled(seconds=f"{LATENCY:.2f}"))
    facts: dict[str, object] = {
        "audio": "miniaudio",
        "state": "on",
        "backend": backend,
        "server": answered.name if answered else None,
        "devices": names,
        "opening_s": round(seconds, 3),
        "latency_s": latency,
    }
    return Finding("sound", SOUND, (*said, _RANG if ring else _SILENT), facts=facts)


def _simpleaudio(volume: int | None, *, ring: bool) -> Finding:
    """Check simpleaudio; its child process reports only whether it plays."""
    from psoas_cli.audio.samples import COMFORTABLE
    from psoas_cli.audio.simpleaudio.simple_sink import SimpleSink

    sink = SimpleSink(volume=COMFORTABLE if volume is None else volume)
    began = time.monotonic()
    try:
        if not _on(sink):
            return _lost("simpleaudio", missing=sink.missing)
        seconds = time.monotonic() - began
        _ring(sink, wanted=ring)
        _let_ring(sink, wanted=ring)
    finally:
        sink.close()
    said = (_same("simpleaudio"), _OPENED.filled(seconds=f"{seconds:.2f}"), _BELLS_ONLY, _RANG if ring else _SILENT)
    facts: dict[str, object] = {"audio": "simpleaudio", "state": "on", "opening_s": round(seconds, 3)}
    return Finding("sound", SOUND, said, facts=facts)


def _on(sink: "Sink | SimpleSink") -> bool:
    """Open the device, and return whether it plays."""
    sink.start()
    until = time.monotonic() + _PATIENCE
    while sink.state == "opening" and time.monotonic() < until:
        time.sleep(0.01)
    return sink.state == "on"


def _ring(sink: "Sink | SimpleSink", *, wanted: bool) -> None:
    if wanted:
        sink.bell(_BELL, time.monotonic() + _HANDED_OVER)


def _let_ring(sink: "Sink | SimpleSink", *, wanted: bool) -> None:
    if wanted:
        time.sleep(_RINGING)
        sink.hush(_FADE)
        time.sleep(_FADE)


def _lost(audio: Audio, *, missing: bool = False) -> Finding:
    """Return the finding that there is no sound, with what to do about it."""
    facts: dict[str, object] = {"audio": audio, "state": "lost"}
    if missing:
        return Finding("sound", SOUND, (_NOT_INSTALLED,), _INSTALL.filled(line=simpleaudio_line()), facts)
    if has_no_threads():
        return Finding("sound", SOUND, (NO_THREADS, _TERMINAL_BELL), MORE_THREADS, facts)
    return Finding("sound", SOUND, (_NO_DEVICE, _TERMINAL_BELL), _advice(), facts)


def simpleaudio_line() -> str:
    """Return the command that installs simpleaudio for the running Python; on Linux it has to be compiled."""
    package = "simpleaudio" if sys.version_info < (3, 12) else "simpleaudio-patched"
    line = install_line(package)
    if sys.platform != "linux":
        return line
    if _is_fedora():
        return f"sudo dnf install gcc python3-devel alsa-lib-devel alsa-plugins-pulseaudio && {line}"
    return f"sudo apt install gcc python3-dev libasound2-dev libasound2-plugins && {line}"


def _advice() -> Text:
    """Return what to do on this system if no device answers."""
    if sys.platform == "win32":
        return _CHOOSE_ON_WINDOWS
    if sys.platform == "darwin":
        return _CHOOSE_ON_MACOS
    return _START_SERVER.filled(install=_FEDORA if _is_fedora() else _DEBIAN)


def _is_fedora() -> bool:
    try:
        about = platform.freedesktop_os_release()
    except OSError:
        return False
    return "fedora" in f"{about['ID']} {about.get('ID_LIKE', '')}".split()


def _same(text: str) -> Text:
    """Return a name, which is the same in both languages."""
    return Text(text, text)
