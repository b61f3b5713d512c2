"""Pixels as characters: four to a cell (quadrants), two (halves) or one (hashes)."""

from collections.abc import Sequence

# Indexed by the pixels that are set: upper left 1, upper right 2, lower left 4, lower right 8.
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"

Pixels = Sequence[Sequence[bool]]


def quadrants(pixels: Pixels) -> tuple[str, ...]:
    """Put two by two pixels into a cell: each is twice as high as it is wide.

    Args:
        pixels: An even number of rows, each with an even number of pixels.

    Returns:
        Rows of block characters.
    """
    return tuple(
        "".join(
            _QUADRANTS[upper[x] | upper[x + 1] << 1 | lower[x] << 2 | lower[x + 1] << 3]
            for x in range(0, len(upper), 2)
        )
        for upper, lower in zip(pixels[::2], pixels[1::2], strict=True)
    )


def halves(pixels: Pixels) -> tuple[str, ...]:
    """Put two pixels, one above the other, into a cell: they are about square.

    Args:
        pixels: An even number of rows.

    Returns:
        Rows of block characters.
    """
    return quadrants([[pixel for pixel in row for _ in (0, 1)] for row in pixels])


def hashes(pixels: Pixels) -> tuple[str, ...]:
    """Put one pixel into a cell, in plain ASCII."""
    return tuple("".join(" #"[pixel] for pixel in row) for row in pixels)
