"""Other timers and breath pacers for the terminal, each in an environment of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "psoas-bench"


class Peer(NamedTuple):
    """A program from PyPI: its name and version there, its command, and its arguments for a timed run."""

    name: str
    version: str
    command: str
    arguments: str

    def lasting(self, seconds: int) -> list[str]:
        """The arguments for a run of *seconds*."""
        return self.arguments.format(seconds=seconds, minutes=seconds // 60).split()


PEERS = (
    Peer("breathe-cli", "1.14.0", "breathe", "--ratio 4-6 --duration {minutes} --no-sound --quiet --no-log"),
    Peer("termdown", "2.0.0", "termdown", "{seconds}"),
    Peer("countdown-cli", "2.2.1", "countdown", "{seconds}s"),
)


def installed(folder: Path) -> dict[Peer, str]:
    """Install missing peers into *folder*; return the command of each, without those that cannot be installed."""
    found = {}
    for peer in PEERS:
        place = folder / f"{peer.name}-{peer.version}"
        command = place / "bin" / peer.command
        if not command.exists():
            why = _install(peer, place)
            if why:
                print(f"left out: {peer.name} {peer.version} cannot be installed: {why}", file=sys.stderr)
                continue
        found[peer] = str(command)
    return found


def _install(peer: Peer, place: Path) -> str:
    """Install *peer* into an environment in *place*; return why it failed, or nothing."""
    wanted = f"{peer.name}=={peer.version}"
    for command in (
        [sys.executable, "-m", "venv", str(place)],
        [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", wanted],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(place, ignore_errors=True)
            return (done.stderr or done.stdout).strip().splitlines()[-1]
    return ""
