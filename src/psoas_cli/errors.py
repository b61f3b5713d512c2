"""The one kind of error that a person gets to read."""


class PsoasError(Exception):
    """Something that the person can mend, or has to know.

    Args:
        message: What is wrong, and where; one sentence, no full stop.
        hint: What to do about it, if there is something to do.
        exit_code: What the program returns for it: 2 for wrong usage or a bad file, 1 where it cannot be done.
    """

    def __init__(self, message: str, hint: str = "", *, exit_code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
