"""Deleting a session: by the beginning of its id, and only once the person has seen which one that is."""

from psoas_cli.cli.console import write
from psoas_cli.cli.question import agreed
from psoas_cli.commands.history.phrases import named, short_ids, some
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.storage import paths
from psoas_cli.storage.journal import Journal, Reading
from psoas_cli.storage.presence import runs_on

_ASK = Text("Delete {session} for good? [y/N] ", "{session} voorgoed verwijderen? [j/N] ")
_DELETED = Text("Deleted: {session}.", "Verwijderd: {session}.")
_LEFT = Text("Nothing was deleted.", "Er is niets verwijderd.")


def delete(begin: str, lang: Lang, *, asks: bool) -> None:
    """Delete the session whose id begins with *begin*, and say which one that was.

    Args:
        begin: The beginning of its id, in any capitals.
        lang: The language.
        asks: Whether to ask first.

    Raises:
        PsoasError: There is no such session, there are several, it still goes on, it cannot be deleted, or there is no
            terminal to ask on.
    """
    journal = Journal(paths.journal_file())
    found = journal.read()
    name = _meant(begin, found)
    entry = next((each for each in found.entries if each.id == name), None)
    if entry and runs_on(entry):
        raise PsoasError("this session still goes on, and would be written again", "delete it once it is over")
    session = named(name, entry, short_ids(found), lang)
    refused = PsoasError("nothing was deleted: there is no terminal to ask on", "--yes deletes it without asking")
    if asks and not agreed(_ASK.filled(session=session), lang, refused):
        write(_LEFT.said(lang))
    elif journal.delete(name):
        write(_DELETED.filled(session=session).said(lang))
    else:  # another psoas was faster
        raise _nothing(begin)


def _meant(begin: str, found: Reading) -> str:
    """Return the id that begins with *begin*, or is it.

    Raises:
        PsoasError: There is none, or several.
    """
    ids = short_ids(found)
    folded = begin.casefold()
    meant = [begin] if begin in ids else [each for each in ids if folded and each.casefold().startswith(folded)]
    if len(meant) > 1:
        entries = {each.id: each for each in found.entries}
        rows = some([named(each, entries.get(each), ids, "en") for each in meant], "en")
        raise PsoasError(
            f'the ids of {len(meant)} sessions begin with "{begin}"', f"give more of it: {rows}", exit_code=1
        )
    if not meant:
        raise _nothing(begin)
    return meant[0]


def _nothing(begin: str) -> PsoasError:
    return PsoasError(f'there is no session "{begin}"', "psoas history shows the ids", exit_code=1)
