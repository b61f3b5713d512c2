"""The preview of a practice as lines: told once, and after that what each key does."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psoas_cli.player.preview import SOUND_KEYS, Now, Preview, keys_of
from psoas_cli.player.sentences import advice_sentences, card_sentences, key_sentences
from psoas_cli.practice.model.text import Text, sentence
from psoas_cli.practice.score.facts import VOICE

if TYPE_CHECKING:
    from psoas_cli.tui.status import PoseCard

_BEGIN_OR_QUIT = Text(
    "Press Enter to begin, or q to quit. The question mark lists the keys.",
    "Druk op Enter om te beginnen, of op q om af te sluiten. Het vraagteken noemt de toetsen.",
)
_OTHER_POSES = Text(
    "Right arrow: the next pose. Escape: back.", "Pijl naar rechts: de volgende houding. Escape: terug."
)
_BELL = Text("A bell.", "Een bel.")
_NO_PRECAUTIONS = Text("There are no precautions here.", "Er is hier niets waar je op hoeft te letten.")


class PreviewLines:
    """Tells a preview.

    Args:
        tell: Writes lines.
        opening: What is told at first.
    """

    def __init__(self, tell: Callable[..., None], opening: list[str]) -> None:
        self._tell = tell
        self._opening = opening
        self._now: Now | None = None
        self._card: PoseCard | None = None
        self._keys = 0

    def resize(self, width: int, height: int) -> None:
        """Do nothing: lines fit any size."""

    def turn(self) -> bool:
        """Turn no page: lines have none."""
        return False

    def read(self, preview: Preview) -> None:
        """Tell all of *preview* at first, and later what is new, or what the last key did."""
        now, card, (key, count) = preview.now, preview.card, preview.last_key
        if self._now is None:
            self._tell(*self._opening, *_states(now, preview), _BEGIN_OR_QUIT.said(preview.facts.lang))
        else:
            before = _states(self._now, preview)
            told = [state for state in _states(now, preview) if state not in before]
            if told or count != self._keys:
                self._tell(*(told or self._done(key, preview)))
        if preview.page != "facts":
            preview.press("esc")  # lines cover nothing
        self._now, self._card, self._keys = now, card, count

    def _done(self, key: str, preview: Preview) -> list[str]:
        """What the *key* did, apart from what it changed."""
        lang, card = preview.facts.lang, preview.card
        if preview.page == "keys":
            return key_sentences((row for row in keys_of() if not row[0].startswith("space")), lang)
        if preview.page == "cautions":
            return advice_sentences(preview.facts)
        if card and card != self._card:
            return [*card_sentences(card, lang), *([_OTHER_POSES.said(lang)] if card.count > 1 else [])]
        if key == "b" and preview.sounds:
            return [_BELL.said(lang)]
        if key in SOUND_KEYS:
            return [sentence(preview.now.sound)]
        return [(_NO_PRECAUTIONS if key == "c" else _BEGIN_OR_QUIT).said(lang)]


def _states(now: Now, preview: Preview) -> list[str]:
    """What is said of sound and voice."""
    voice = f"{VOICE.said(preview.facts.lang)}: {now.voice}"
    return [sentence(now.sound), *([sentence(voice)] if now.voice else [])]
