"""A figure as an SVG picture, for pages."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from psoas_cli.practice.model.figure import Figure, Layer, Stroke, bounds, strokes

WIDTH, HEIGHT = 480, 270
"""The size of a picture, in its own units."""

_MARGIN = 20
_RIM = 0.03  # around what is in front, in units of the figure


class Colours(NamedTuple):
    """The colours of a picture: its background, and its layers from back to front."""

    background: str
    layers: Mapping[Layer, str]


class _Place(NamedTuple):
    """Where the origin of a figure lies on a picture, and how large its unit is there."""

    scale: float
    x: float
    y: float


def drawing(figure: Figure, colours: Colours) -> str:
    """The shapes of *figure*, centred, as SVG without the enclosing `svg` element."""
    drawn = strokes(figure)
    left, bottom, right, top = bounds(drawn)
    scale = min((WIDTH - 2 * _MARGIN) / (right - left), (HEIGHT - 2 * _MARGIN) / (top - bottom))
    place = _Place(scale, WIDTH / 2 - (left + right) / 2 * scale, HEIGHT / 2 + (bottom + top) / 2 * scale)
    paths = [f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="{colours.background}"/>']
    for layer in colours.layers:
        paths += _layer([each for each in drawn if each.layer == layer], place, colours)
    return "\n".join(paths) + "\n"


def _layer(drawn: list[Stroke], place: _Place, colours: Colours) -> Iterator[str]:
    """The strokes of one layer; a rim in the background's colour sets it off from those behind it."""
    if drawn and drawn[0].layer in {"body", "over", "arrow"}:
        yield from (_path(stroke, place, colours.background, _RIM) for stroke in drawn)
    yield from (_path(stroke, place, colours.layers[stroke.layer], 0.0) for stroke in drawn)


def _path(stroke: Stroke, place: _Place, colour: str, rim: float) -> str:
    points = [f"{place.x + x * place.scale:.1f} {place.y - y * place.scale:.1f}" for x, y in stroke.points]
    way = "M" + "L".join(points if len(points) > 1 else points * 2)
    end = "Z" if stroke.filled else ""
    fill = (
        f'fill="{colour}"' + (' fill-opacity="0.45"' if stroke.layer == "prop" else "")
        if stroke.filled
        else 'fill="none"'
    )
    width = (stroke.width + 2 * rim) * place.scale
    return (
        f'<path d="{way}{end}" {fill} stroke="{colour}" stroke-width="{width:.1f}"'
        f' stroke-linecap="round" stroke-linejoin="round"/>'
    )
