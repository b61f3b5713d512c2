"""Parts of a page of HTML. Any text may come from a stranger, so every text goes through `escape`."""

from collections.abc import Iterable, Iterator
from html import escape

from psoas_cli.practice.model.cautions import STOP_SIGNS, advised
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.text import Lang
from psoas_cli.tui.svg import HEIGHT, WIDTH, Colours, drawing


def paragraph(said: str, heading: str = "") -> str:
    """*said* as a paragraph, after its *heading*; empty if nothing is said."""
    if not said:
        return ""
    label = f'<span class="label">{escape(heading)}:</span> ' if heading else ""
    return f"<p>{label}{escape(said)}</p>"


def facts_list(rows: Iterable[tuple[str, str]]) -> str:
    """Names, each with what is said of it."""
    return "\n".join(["<dl>", *(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in rows), "</dl>"])


def picture(figure: Figure, name: str, colours: Colours, attributes: str = "") -> str:
    """*figure* as a picture called *name*, with more *attributes*, which are not escaped."""
    label = escape(name, quote=True)
    opening = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}"{attributes}>'
    return f"{opening}\n{drawing(figure, colours)}</svg>"


def care(cautions: tuple[str, ...], lang: Lang) -> Iterator[str]:
    """What to do instead for each of *cautions*, below the headings of their groups, and when to come out of a pose."""
    for heading, part in advised(cautions, lang):
        yield f"<h3>{escape(heading)}</h3>"
        for name, said in part:
            yield paragraph(said, name)
    yield paragraph(STOP_SIGNS.said(lang))
