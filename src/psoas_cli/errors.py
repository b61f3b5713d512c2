"""The error that users get to read, and what helps to say it."""

from collections.abc import Iterable

_LONGEST = 64  # characters of a name that is compared with others


class PsoasError(Exception):
    """An error that the user can fix or needs to know about.

    Args:
        message: What is wrong and where; lower case, no full stop.
        hint: What to do about it, if anything.
        exit_code: The program's exit code: 2 for wrong usage or a bad file, 1 for any other failure.
    """

    def __init__(self, message: str, hint: str = "", *, exit_code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def lines_within(self, width: int) -> list[str]:  # noqa: ARG002 - only what shows its place needs it
        """The message as it is printed, in *width* columns; only a list of problems takes several lines."""
        return [self.message]


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `, did you mean hold?` with the closest name in *known*, in any case, or an empty string if none is."""
    from difflib import get_close_matches  # takes 8 ms, and only mistakes need it

    written = {each.lower(): each for each in known}
    near = get_close_matches(name[:_LONGEST].lower(), list(written), 1)
    return f", did you mean {written[near[0]]}?" if near else ""
