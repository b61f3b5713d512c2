"""The keys that lead elsewhere in a practice: on, back, or to this place anew; and the one that says where one is."""

from psoas_cli.player.answer import Answer
from psoas_cli.player.edits import Edits
from psoas_cli.player.farewell import Farewell
from psoas_cli.player.hold_keys import HoldKeys
from psoas_cli.player.playhead import Playhead
from psoas_cli.practice.score.navigation import next_place, place_again, place_anew
from psoas_cli.tui.status import Message


class PlaceKeys:
    """Goes from place to place, with time to move there, and tells where one is. What goes on ends an open hold first.

    Args:
        edits: The timeline, as keys change it.
        playhead: The position, and whether time passes.
        hold_keys: Ends an open hold.
        farewell: Ends the practice, where no place follows.
        answer: Tells where one is.
        message: What was said of the stay before, which is over as one goes.
    """

    def __init__(
        self,
        edits: Edits,
        playhead: Playhead,
        hold_keys: HoldKeys,
        farewell: Farewell,
        *,
        answer: Answer,
        message: Message,
    ) -> None:
        self._edits = edits
        self._playhead = playhead
        self._hold_keys = hold_keys
        self._farewell = farewell
        self._answer = answer
        self._message = message

    def go_on(self) -> None:
        """End an open hold; else go to the next place, or end the practice where there is none and it has begun."""
        if self._hold_keys.end():
            return
        place = next_place(self._edits.timeline, self._playhead.position)
        if place:
            self._go(place.start)
        elif self._playhead.mode == "playing" and self._playhead.in_lead_in:
            self._playhead.toggle()
        else:
            self._farewell.begin()

    def go_back(self) -> None:
        """Go to the start of this place, or of the one before if this one has just begun."""
        self._go(place_again(self._edits.timeline, self._playhead.position))

    def begin_anew(self) -> None:
        """Go to the start of the place that one is in, or moves to."""
        self._go(place_anew(self._edits.timeline, self._playhead.position))

    def end_or_tell(self) -> None:
        """End an open hold, where one is ended with closed eyes; else tell where one is."""
        if self._hold_keys.end():
            self._answer.end()
        else:
            self.tell()

    def tell(self) -> None:
        """Tell where one is, with the way in while one moves or comes back."""
        arriving = self._playhead.mode == "returning" or self._playhead.elsewhere
        self._answer.give(self._edits.timeline, self._playhead.transport, arriving=arriving)

    def _go(self, position: float) -> None:
        self._answer.end()  # a button may have asked before
        self._message.clear(serious=False)
        self._playhead.go(position)
