"""Text in cells of the screen, as Rich counts them; what is printed is counted in `text`, without importing Rich."""

from rich.cells import cell_len, set_cell_size

from psoas_cli.practice.model import text as printed


def fitting(text: str, width: int) -> str:
    """*text*, cut to *width* cells with an ellipsis if it is longer."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def ending(text: str, width: int) -> str:
    """*text*, cut to its last *width* cells, after an ellipsis, if it is longer."""
    if cell_len(text) <= width:
        return text
    first = next(i for i in range(len(text) + 1) if cell_len(text[i:]) < width)
    return "…" + text[first:] if width > 0 else ""


def rows_of(text: str, width: int) -> list[str]:
    """*text* in rows of at most *width* cells; see `rows_of` in `practice/model/text.py`."""
    return [text] if cell_len(text) <= width else printed.rows_of(text, width, measure=cell_len)
