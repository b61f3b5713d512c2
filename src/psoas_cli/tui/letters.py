"""Large letters for text that is read from the floor: the name of a pose and its side."""

import unicodedata
from functools import lru_cache

from psoas_cli.tui.blocks import halves, quadrants

# The rows of pixels in a line of text: 0 and 1 for accents, 1 to 7 for capitals and ascenders, 3 to 7 for most
# lower-case letters, 8 and 9 for descenders.
_LINE = 10
_SPACE = 4

# A character, its first row, its rows.
_DRAWN = """
A 1 .###. #...# #...# ##### #...# #...# #...#
B 1 ####. #...# #...# ####. #...# #...# ####.
C 1 .###. #...# #.... #.... #.... #...# .###.
D 1 ####. #...# #...# #...# #...# #...# ####.
E 1 ##### #.... #.... ####. #.... #.... #####
F 1 ##### #.... #.... ####. #.... #.... #....
G 1 .###. #...# #.... #.### #...# #...# .###.
H 1 #...# #...# #...# ##### #...# #...# #...#
I 1 ### .#. .#. .#. .#. .#. ###
J 1 ...# ...# ...# ...# ...# #..# .##.
K 1 #...# #..#. #.#.. ##... #.#.. #..#. #...#
L 1 #.... #.... #.... #.... #.... #.... #####
M 1 #.....# ##...## #.#.#.# #..#..# #.....# #.....# #.....#
N 1 #...# ##..# ##..# #.#.# #..## #..## #...#
O 1 .###. #...# #...# #...# #...# #...# .###.
P 1 ####. #...# #...# ####. #.... #.... #....
Q 1 .###. #...# #...# #...# #.#.# #..#. .##.#
R 1 ####. #...# #...# ####. #.#.. #..#. #...#
S 1 .###. #...# #.... .###. ....# #...# .###.
T 1 ##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..
U 1 #...# #...# #...# #...# #...# #...# .###.
V 1 #...# #...# #...# #...# .#.#. .#.#. ..#..
W 1 #.....# #.....# #.....# #..#..# #.#.#.# ##...## #.....#
X 1 #...# #...# .#.#. ..#.. .#.#. #...# #...#
Y 1 #...# #...# .#.#. ..#.. ..#.. ..#.. ..#..
Z 1 ##### ....# ...#. ..#.. .#... #.... #####
a 3 .###. ....# .#### #...# .####
b 1 #.... #.... ####. #...# #...# #...# ####.
c 3 .### #... #... #... .###
d 1 ....# ....# .#### #...# #...# #...# .####
e 3 .###. #...# ##### #.... .####
f 1 .## #.. ### #.. #.. #.. #..
g 3 .#### #...# #...# #...# .#### ....# .###.
h 1 #.... #.... ####. #...# #...# #...# #...#
i 1 # . # # # # #
j 1 ..# ... ..# ..# ..# ..# ..# ..# ##.
k 1 #... #... #..# #.#. ##.. #.#. #..#
l 1 #. #. #. #. #. #. .#
m 3 ####.##. #...#..# #...#..# #...#..# #...#..#
n 3 ####. #...# #...# #...# #...#
o 3 .###. #...# #...# #...# .###.
p 3 ####. #...# #...# #...# ####. #.... #....
q 3 .#### #...# #...# #...# .#### ....# ....#
r 3 #.## ##.. #... #... #...
s 3 .#### #.... .###. ....# ####.
t 1 #.. #.. ### #.. #.. #.. .##
u 3 #...# #...# #...# #...# .####
v 3 #...# #...# .#.#. .#.#. ..#..
w 3 #.....# #..#..# #..#..# #.#.#.# .#...#.
x 3 #...# .#.#. ..#.. .#.#. #...#
y 3 #...# #...# #...# #...# .#### ....# .###.
z 3 ##### ...#. ..#.. .#... #####
0 1 .###. #...# #..## #.#.# ##..# #...# .###.
1 1 .#. ##. .#. .#. .#. .#. ###
2 1 .###. #...# ....# ...#. ..#.. .#... #####
3 1 .###. #...# ....# ..##. ....# #...# .###.
4 1 ...#. ..##. .#.#. #..#. ##### ...#. ...#.
5 1 ##### #.... ####. ....# ....# #...# .###.
6 1 ..##. .#... #.... ####. #...# #...# .###.
7 1 ##### ....# ...#. ...#. ..#.. ..#.. ..#..
8 1 .###. #...# #...# .###. #...# #...# .###.
9 1 .###. #...# #...# .#### ....# ...#. .##..
- 4 ####
' 1 # # #
. 7 #
, 7 .# .# #.
: 4 # . . #
( 1 .# #. #. #. #. #. .#
) 1 #. .# .# .# .# .# #.
/ 1 ...# ...# ..#. ..#. .#.. .#.. #...
? 1 .###. #...# ....# ..##. ..#.. ..... ..#..
! 1 # # # # # . #
& 1 .##.. #..#. #..#. .##.. #..## #..#. .##.#
"""

# Accents go above lower-case letters.
_ACCENTS = {
    "\N{COMBINING ACUTE ACCENT}": ("..#", ".#."),
    "\N{COMBINING GRAVE ACCENT}": ("#..", ".#."),
    "\N{COMBINING CIRCUMFLEX ACCENT}": (".#.", "#.#"),
    "\N{COMBINING DIAERESIS}": ("...", "#.#"),
}
_SAME = str.maketrans(
    {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{EN DASH}": "-"}
)

_Glyph = tuple[str, ...]


def _parse(drawn: str) -> dict[str, _Glyph]:
    glyphs = {" ": ("." * _SPACE,) * _LINE}
    for line in drawn.split("\n"):
        if line:
            char, first, *rows = line.split(" ")
            blank = "." * len(rows[0])
            padded = [blank] * int(first) + rows
            glyphs[char] = (*padded, *[blank] * (_LINE - len(padded)))
    return glyphs


_GLYPHS = _parse(_DRAWN)


@lru_cache(64)
def big_text(text: str, width: int, height: int) -> tuple[str, ...] | None:
    """Draw *text* in the largest letters that fit, on several lines if need be.

    Args:
        text: One line of text; an accented letter that is not drawn is shown as its base letter.
        width: Available columns.
        height: Available rows.

    Returns:
        Rows of equal width, lines centred; None if it does not fit or has a character that cannot be drawn.
    """
    drawn = big_texts((text,), width, height)
    return drawn[0] if drawn else None


def big_texts(texts: tuple[str, ...], width: int, height: int) -> tuple[tuple[str, ...], ...] | None:
    """Draw *texts*, which stand below each other, in letters of one size: the largest in which all of them fit.

    Returns:
        The rows of each; None if they do not fit or have a character that cannot be drawn.
    """
    glyphs = [[_word(word) for word in text.translate(_SAME).split()] for text in texts]
    known = [[word for word in words if word is not None] for words in glyphs]
    if not all(words and len(words) == len(all_) for words, all_ in zip(known, glyphs, strict=True)):
        return None
    for scale, narrow in ((4, False), (2, False), (1, False), (1, True)):
        columns, most = (width * 2 if narrow else width) // scale, height * 2 // (_LINE * scale)
        lines = [_wrapped(words, columns, most) for words in known]
        fitting = [each for each in lines if each]
        if len(fitting) == len(lines) and sum(map(len, fitting)) <= most:
            return tuple(_drawn(each, scale, narrow=narrow) for each in fitting)
    return None


def _drawn(lines: list[_Glyph], scale: int, *, narrow: bool) -> tuple[str, ...]:
    pixels = _stacked(lines)
    for _ in range(scale.bit_length() - 1):
        pixels = _doubled(pixels)
    return quadrants(_even(pixels)) if narrow else halves(pixels)


def _word(word: str) -> _Glyph | None:
    """A word as one glyph; None if it has a character that cannot be drawn."""
    glyphs = [_letter(char) for char in unicodedata.normalize("NFC", word)]
    known = [glyph for glyph in glyphs if glyph is not None]
    return _joined(known, 1) if len(known) == len(glyphs) else None


def _letter(char: str) -> _Glyph | None:
    if char in _GLYPHS:
        return _GLYPHS[char]
    base, *marks = list(unicodedata.normalize("NFKD", char))
    glyph = _GLYPHS.get(base)
    if glyph is None or not all(unicodedata.combining(mark) for mark in marks):
        return None
    accent = _ACCENTS.get(marks[0]) if marks and base.islower() else None
    if accent is None:
        return glyph
    wide = max(len(glyph[0]), len(accent[0]))
    rows = [*accent, "", *glyph[len(accent) + 1 :]]
    return tuple(_centred(row, wide) for row in rows)


def _centred(row: str, width: int) -> str:
    left = (width - len(row)) // 2
    return "." * left + row + "." * (width - len(row) - left)


def _joined(glyphs: list[_Glyph], gap: int) -> _Glyph:
    return tuple(("." * gap).join(rows) for rows in zip(*glyphs, strict=True))


def _wrapped(words: list[_Glyph], width: int, most: int) -> list[_Glyph] | None:
    """Words on as few lines as possible, of as even a length as possible; None if they do not fit."""
    fewest = _filled(words, width)
    if fewest is None or len(fewest) > most:
        return None
    while (narrower := _filled(words, max(len(line[0]) for line in fewest) - 1)) and len(narrower) == len(fewest):
        fewest = narrower
    return fewest


def _filled(words: list[_Glyph], width: int) -> list[_Glyph] | None:
    lines: list[_Glyph] = []
    for word in words:
        if len(word[0]) > width:
            return None
        if lines and len(lines[-1][0]) + _SPACE + len(word[0]) <= width:
            lines[-1] = _joined([lines[-1], word], _SPACE)
        else:
            lines.append(word)
    return lines


def _stacked(lines: list[_Glyph]) -> list[list[bool]]:
    wide = max(len(line[0]) for line in lines)
    return [[pixel == "#" for pixel in _centred(row, wide)] for line in lines for row in line]


def _even(pixels: list[list[bool]]) -> list[list[bool]]:
    return [row + [False] * (len(row) % 2) for row in pixels]


def _doubled(pixels: list[list[bool]]) -> list[list[bool]]:
    """Double the size, filling in the stairs of slanted strokes and round corners."""
    wide = len(pixels[0])
    blank = [False] * (wide + 2)
    framed = [blank, *([False, *row, False] for row in pixels), blank]

    def corner(y: int, x: int, down: int, right: int) -> bool:
        stair = framed[y + down][x] and framed[y][x + right] and not framed[y + down][x + right]
        return framed[y][x] or stair

    return [
        [corner(y, x, down, right) for x in range(1, wide + 1) for right in (-1, 1)]
        for y in range(1, len(pixels) + 1)
        for down in (-1, 1)
    ]
