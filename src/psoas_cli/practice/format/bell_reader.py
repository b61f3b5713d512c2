"""Reads bells, and the paths of sound files."""

from collections.abc import Callable

from psoas_cli.errors import nearest
from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.model.sequence import SOUND_SUFFIXES, SOUNDS, Bell, BellChanges, Every, Warn

BELLS_OF_A_HOLD = ("hold", "end", "side", "change", "halfway", "warn", "minute")
BELL_MOMENTS = ("open", *BELLS_OF_A_HOLD, "every", "close")
BELL_KEYS = ("sound", "strikes")

MOST_STRIKES = 108  # as many as a mala has beads
_SHORTEST_INTERVAL = 1.0


class BellReader:
    """Reads the bells of one file.

    Args:
        notebook: Reads the nodes and collects the problems.
        resolve: Turns a path as written in the file into one that can be opened.
    """

    def __init__(self, notebook: Notebook, resolve: Callable[[str], str]) -> None:
        self._notebook = notebook
        self._resolve = resolve

    def changes(self, place: Place | None) -> BellChanges:
        """Return the bells of a whole sequence, from the map at *place*."""
        return self._changes(self._notebook.map(place, BELL_MOMENTS, "{open: {}}"))

    def of_a_step(self, place: Place) -> BellChanges:
        """Return the bells of one step, from the map at *place*."""
        at = self._notebook.map(place, BELL_MOMENTS, "{hold: {}}")
        for key in set(at) - set(BELLS_OF_A_HOLD):
            self._notebook.bad(at.pop(key), "this bell belongs to the whole sequence: move it to bells at the top")
        return self._changes(at)

    def _changes(self, at: dict[str, Place]) -> BellChanges:
        makers: dict[str, Callable[[Place], Bell | Warn | Every | None]] = {
            "warn": self._warn,
            "every": self._every,
        }
        return {key: makers.get(key, self._bell)(each) for key, each in at.items()}

    def _warn(self, place: Place) -> Warn | None:
        at = self._timed(place, "before")
        return Warn(self._notebook.duration(at["before"], 10.0), self._bell_of(at)) if at else None

    def _every(self, place: Place) -> Every | None:
        at = self._timed(place, "interval")
        if not at:
            return None
        interval = self._notebook.duration(at["interval"], 300.0)
        if interval < _SHORTEST_INTERVAL:
            self._notebook.bad(at["interval"], f"expected an interval of at least {_SHORTEST_INTERVAL:g} s")
        return Every(interval, self._bell_of(at))

    def _timed(self, place: Place, key: str) -> dict[str, Place]:
        """Return the map of a bell with a time under *key*; empty for `none` or if a key is missing."""
        if self._notebook.is_scalar(place, "none"):
            return {}
        at = self._notebook.map(place, (key, *BELL_KEYS), f"{{{key}: 30s, sound: {{}}}}")
        missing = [needed for needed in (key, "sound") if at and needed not in at]
        for needed in missing:
            self._notebook.bad(place, f"{needed} is missing")
        return {} if missing else at

    def _bell(self, place: Place) -> Bell | None:
        if self._notebook.is_scalar(place, "none"):
            return None
        if self._notebook.is_scalar(place):
            return self._bell_of({"sound": place})
        at = self._notebook.map(place, BELL_KEYS)
        if at and "sound" not in at:
            self._notebook.bad(place, "sound is missing")
        return self._bell_of(at)

    def _bell_of(self, at: dict[str, Place]) -> Bell:
        sound = self._placed(at.get("sound"), self._sound, SOUNDS[0])
        return Bell(sound, self._notebook.number(at.get("strikes"), 1, MOST_STRIKES))

    def recording(self, place: Place | None) -> str:
        """Return the path of the recording at *place*; empty if there is none."""
        return self._placed(place, self._sound_path, "")

    def _placed(self, place: Place | None, convert: Callable[[str], str], default: str) -> str:
        """Return the sound at *place*; if it is a path, remember its place."""
        sound = self._notebook.value(place, convert, default)
        if place and sound and sound not in SOUNDS:
            self._notebook.written.setdefault(sound, place)
        return sound

    def _sound(self, written: str) -> str:
        if written in SOUNDS:
            return written
        if "/" in written or written.lower().endswith(SOUND_SUFFIXES):
            return self._sound_path(written)
        near = nearest(written, SOUNDS)
        raise ValueError(f'expected none, {", ".join(SOUNDS)} or the path of a sound file, got "{written}"{near}')

    def _sound_path(self, written: str) -> str:
        if not written.lower().endswith(SOUND_SUFFIXES):
            raise ValueError(f'expected a WAV, FLAC, OGG or MP3 file, got "{written}"')
        if not written.isprintable():  # the message will name the character
            raise ValueError(f'expected a path that can be seen, got "{written}"')
        return self._resolve(written)
