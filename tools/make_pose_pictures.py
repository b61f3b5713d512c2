"""Make a picture of every pose and variation for the docs, as SVG, and a page that shows them all.

python tools/make_pose_pictures.py              docs/poses/*.svg and docs/poses.md
python tools/make_pose_pictures.py --sheet OUT  all of them in one SVG, for review
"""

import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from psoas_cli.practice.format.pose_reader import read_library
from psoas_cli.practice.model.figure import Figure, mirrored
from psoas_cli.practice.model.poses import Pose
from psoas_cli.practice.model.text import Text
from psoas_cli.tui.svg import HEIGHT, WIDTH, Colours, drawing

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "poses"
PAGE = ROOT / "docs" / "poses.md"

COLUMNS = 4

_COLOURS = Colours(
    "#16191d",
    {
        "ground": "#5d646c",
        "prop": "#8d7b62",
        "far": "#9a9b98",
        "body": "#e4e2dc",
        "over": "#e4e2dc",
        "arrow": "#6cc5c9",
    },
)


def main() -> None:
    """Make the pictures, or the sheet."""
    if len(sys.argv) == 3 and sys.argv[1] == "--sheet":
        Path(sys.argv[2]).write_text(sheet(), "utf-8")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = pictures()
    for old in FOLDER.glob("*.svg"):
        if old.name not in made:
            old.unlink()
    for name, svg in made.items():
        (FOLDER / name).write_text(svg, "utf-8")
    PAGE.write_text(page(), "utf-8")
    print(f"{FOLDER}: {len(made)} pictures")


def library() -> Mapping[str, Pose]:
    """The built-in poses."""
    path = ROOT / "sequences" / "poses.yaml"
    return read_library(path.read_text("utf-8"), str(path), "en", {})


def figures() -> Iterator[tuple[str, Text, Figure]]:
    """Every figure, with the names of its file and its pose; a variation without one looks like its pose."""
    for pose in library().values():
        if pose.figure:
            yield f"{pose.id}.svg", pose.name, pose.figure
        for variation in pose.variations.values():
            if variation.figure:
                name = Text("{pose}: {way}", "{pose}: {way}").filled(pose=pose.name, way=variation.name)
                yield f"{pose.id}--{variation.id}.svg", name, variation.figure


def pictures() -> dict[str, str]:
    """The pictures as SVG, by file name."""
    return {file: _svg(escape(name.en), figure) for file, name, figure in figures()}


def page() -> str:
    """A Markdown page with all pictures and their names in both languages."""
    rows = [f"| ![{name.en}](poses/{file}) | {name.en} | {name.nl} |" for file, name, _ in figures()]
    head = [
        "# The poses",
        "",
        "Two-sided poses are shown on the right side. `psoas poses NAME` shows more about a pose.",
        "",
    ]
    return "\n".join([*head, "| | English | Nederlands |", "| --- | --- | --- |", *rows, ""])


def sheet() -> str:
    """All pictures in one, including the left side of two-sided poses."""
    two_sided = {f"{pose.id}.svg" for pose in library().values() if pose.sides}
    shown = [(name.en, figure) for _, name, figure in figures()]
    shown += [(f"{name.en}, left", mirrored(figure)) for file, name, figure in figures() if file in two_sided]
    cells = []
    for i, (name, figure) in enumerate(shown):
        x, y = i % COLUMNS * WIDTH, i // COLUMNS * (HEIGHT + 24)
        label = f'<text x="8" y="{HEIGHT + 14}" font-size="16" font-family="sans-serif">{escape(name)}</text>'
        cells.append(f'<g transform="translate({x} {y})">{drawing(figure, _COLOURS)}{label}</g>')
    height = -(-len(shown) // COLUMNS) * (HEIGHT + 24)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{COLUMNS * WIDTH}" height="{height}">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{"".join(cells)}</svg>\n'
    )


def _svg(title: str, figure: Figure) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">\n'
        f"<title>{title}</title>\n{drawing(figure, _COLOURS)}</svg>\n"
    )


if __name__ == "__main__":
    main()
