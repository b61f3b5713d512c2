"""The body's positions between poses, and the directions from one position to the next.

Poses name the position in which their way in begins, and the one in which their way out ends. Getting up, lying down
and turning over are described here, once for all poses. Lying down and getting up go over the side, with the head
coming up last.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from psoas_cli.practice.model.text import Side, Text

Position = Literal[
    "standing", "sitting", "kneeling", "hands-and-knees", "lunge", "back", "belly", "left-side", "right-side"
]
POSITIONS: tuple[Position, ...] = get_args(Position)

_TO_UNKNOWN = 10.0
"""Seconds to come into an unknown position; our own judgement."""


class Way(NamedTuple):
    """The way into a position: the directions, and the *seconds* that it takes after them."""

    text: Text
    seconds: float


def mirrored(position: Position, side: Side | None) -> Position:
    """Return *position* on *side*: poses are written for the right side, so on the left the two sides swap."""
    return _OTHER_SIDE.get(position, position) if side == "left" else position


def sentence(here: Position | None, there: Position) -> Text:
    """Return the directions from *here* (None: unknown) to *there*; empty if they are the same.

    Directions to or from a lunge have side words in brackets, like the texts of a pose.
    """
    return Text() if here == there else _way(here, there).text


def seconds(here: Position | None, there: Position | None) -> float:
    """Return the seconds that the way from *here* to *there* takes after the directions; None is an unknown position.

    The figures are our own judgement: unhurried, for somebody coming out of a long hold with closed eyes.
    """
    if there is None:
        return _TO_UNKNOWN
    return 0.0 if here == there else _way(here, there).seconds


def _way(here: Position | None, there: Position) -> Way:
    better = _WAYS.get((here, there)) if here else None
    return better or _FROM_ANYWHERE[there]


_LEFT, _RIGHT = Text("left", "linker"), Text("right", "rechter")
_OTHER_SIDE: Mapping[Position, Position] = {"left-side": "right-side", "right-side": "left-side"}

_FROM_ANYWHERE: Mapping[Position, Way] = {
    "standing": Way(Text("Come to standing, at your own pace.", "Kom staan, in je eigen tempo."), 20),
    "sitting": Way(Text("Come to sitting.", "Kom tot zit."), 20),
    "kneeling": Way(Text("Come onto your knees.", "Kom op je knieën."), 15),
    "hands-and-knees": Way(Text("Come onto hands and knees.", "Kom op handen en knieën."), 20),
    "lunge": Way(
        Text(
            "Come into a lunge, your [right] foot forward, your [left] knee on the floor.",
            "Kom in een lunge, je [rechter]voet naar voren, je [linker]knie op de vloer.",
        ),
        25,
    ),
    "back": Way(Text("Come onto your back.", "Kom op je rug liggen."), 20),
    "belly": Way(Text("Come onto your belly.", "Kom op je buik liggen."), 20),
    "left-side": Way(Text("Come onto your left side.", "Kom op je linkerzij liggen."), 20),
    "right-side": Way(Text("Come onto your right side.", "Kom op je rechterzij liggen."), 20),
}
"""The ways that fit any starting position, standing included."""


def _of_a_side(side: Position, other: Position, name: Text) -> Mapping[tuple[Position, Position], Way]:
    """Return the ways to and from *side*, whose word is *name*."""

    def way(en: str, nl: str, seconds: float) -> Way:
        return Way(Text(en, nl).filled(side=name), seconds)

    return {
        ("back", side): way(
            "With knees bent, roll onto your {side} side.", "Rol met gebogen knieën op je {side}zij.", 10
        ),
        ("belly", side): way("Roll onto your {side} side.", "Rol op je {side}zij.", 10),
        (other, side): way(
            "Turn onto your {side} side, through hands and knees or sitting.",
            "Draai naar je {side}zij, via handen en knieën of via zit.",
            15,
        ),
        ("sitting", side): way(
            "Lean on your {side} forearm and lie down on your {side} side.",
            "Steun op je {side}onderarm en ga op je {side}zij liggen.",
            10,
        ),
        ("kneeling", side): way(
            "Sit down beside your feet and lower yourself onto your {side} side, forearm first.",
            "Ga naast je voeten zitten en via je onderarm op je {side}zij liggen.",
            15,
        ),
        ("hands-and-knees", side): way(
            "Let your seat sink beside your feet and lower yourself onto your {side} side, forearm first.",
            "Laat je billen naast je voeten zakken en ga via je onderarm op je {side}zij liggen.",
            15,
        ),
        ("lunge", side): way(
            "Bring your [right] knee back next to the other. Let your seat sink beside your feet and lie down on "
            "your {side} side.",
            "Breng je [rechter]knie terug naast de andere. Laat je billen naast je voeten zakken en ga op je "
            "{side}zij liggen.",
            20,
        ),
        (side, "back"): way("Roll onto your back.", "Rol op je rug.", 5),
        (side, "belly"): way("Roll onto your belly.", "Rol op je buik.", 10),
        (side, "hands-and-knees"): way(
            "Stay for a breath, then press up to hands and knees.",
            "Blijf één ademhaling liggen en kom op handen en knieën.",
            15,
        ),
        (side, "sitting"): way(
            "Stay for three breaths. Press up with your hands, your head last.",
            "Blijf drie ademhalingen liggen. Duw je op met je handen, je hoofd als laatste.",
            30,
        ),
        (side, "kneeling"): way(
            "Press up with your hands and come onto your knees, your head last.",
            "Duw je op met je handen en kom op je knieën, je hoofd als laatste.",
            20,
        ),
        (side, "lunge"): way(
            "Press up to hands and knees. Step your [right] foot forward between your hands.",
            "Duw je op tot handen en knieën. Zet je [rechter]voet tussen je handen.",
            25,
        ),
        (side, "standing"): way(
            "Press up with your hands, your head last. Come to standing, at your own pace.",
            "Duw je op met je handen, je hoofd als laatste. Kom staan, in je eigen tempo.",
            35,
        ),
    }


_WAYS: Mapping[tuple[Position, Position], Way] = {
    ("back", "hands-and-knees"): Way(
        Text(
            "With knees bent, roll onto your side. Stay for a breath, then press up to hands and knees.",
            "Rol met gebogen knieën op je zij. Blijf één ademhaling liggen en kom op handen en knieën.",
        ),
        20,
    ),
    ("back", "sitting"): Way(
        Text(
            "Roll onto your side and stay for three breaths. Press up with your hands, your head last.",
            "Rol op je zij en blijf drie ademhalingen liggen. Duw je op met je handen, je hoofd als laatste.",
        ),
        30,
    ),
    ("back", "kneeling"): Way(
        Text(
            "Roll onto your side, press up with your hands and come onto your knees, your head last.",
            "Rol op je zij, kom met hulp van je handen op je knieën, je hoofd als laatste.",
        ),
        25,
    ),
    ("back", "lunge"): Way(
        Text(
            "Roll onto your side and press up to hands and knees. Step your [right] foot forward between your hands.",
            "Rol op je zij en kom op handen en knieën. Zet je [rechter]voet tussen je handen.",
        ),
        30,
    ),
    ("back", "standing"): Way(
        Text(
            "Roll onto your side and press up with your hands. Come to standing, your head last.",
            "Rol op je zij, kom met hulp van je handen overeind en ga staan, je hoofd als laatste.",
        ),
        40,
    ),
    ("back", "belly"): Way(Text("Roll over your side onto your belly.", "Rol over je zij op je buik."), 10),
    ("belly", "back"): Way(Text("Roll over your side onto your back.", "Rol over je zij op je rug."), 10),
    ("belly", "hands-and-knees"): Way(
        Text(
            "Put your hands beside your chest and press back to hands and knees.",
            "Zet je handen naast je borst en kom terug op handen en knieën.",
        ),
        10,
    ),
    ("belly", "kneeling"): Way(
        Text(
            "Press back to hands and knees. Walk your hands towards you and come upright.",
            "Duw je terug tot handen en knieën. Loop met je handen naar je toe en kom rechtop.",
        ),
        15,
    ),
    ("belly", "lunge"): Way(
        Text(
            "Press back to hands and knees and step your [right] foot forward between your hands.",
            "Duw je terug tot handen en knieën en zet je [rechter]voet tussen je handen.",
        ),
        20,
    ),
    ("belly", "sitting"): Way(
        Text(
            "Roll onto your side and press up to sitting with your hands, your head last.",
            "Rol op je zij en kom met hulp van je handen tot zit, je hoofd als laatste.",
        ),
        20,
    ),
    ("hands-and-knees", "back"): Way(
        Text(
            "Let your seat sink beside your feet, lower yourself onto your side, forearm first, and roll onto your "
            "back.",
            "Laat je billen naast je voeten zakken, ga via je onderarm op je zij liggen en rol op je rug.",
        ),
        20,
    ),
    ("hands-and-knees", "belly"): Way(
        Text(
            "Walk your hands forward and lie down on your belly.",
            "Loop met je handen naar voren en ga op je buik liggen.",
        ),
        10,
    ),
    ("hands-and-knees", "kneeling"): Way(
        Text(
            "Walk your hands towards you and come upright on your knees.",
            "Loop met je handen naar je toe en kom rechtop op je knieën.",
        ),
        10,
    ),
    ("hands-and-knees", "lunge"): Way(
        Text("Step your [right] foot forward between your hands.", "Zet je [rechter]voet tussen je handen."), 10
    ),
    ("hands-and-knees", "sitting"): Way(
        Text(
            "Let your seat sink beside your feet and come to sitting.",
            "Laat je billen naast je voeten zakken en kom tot zit.",
        ),
        10,
    ),
    ("kneeling", "back"): Way(
        Text(
            "Sit down beside your feet, lower yourself onto your side, forearm first, and roll onto your back.",
            "Ga naast je voeten zitten, via je onderarm op je zij liggen, en rol op je rug.",
        ),
        20,
    ),
    ("kneeling", "belly"): Way(
        Text(
            "Lean forward onto your hands and lie down on your belly.",
            "Leun naar voren op je handen en ga op je buik liggen.",
        ),
        15,
    ),
    ("kneeling", "hands-and-knees"): Way(
        Text("Lean forward onto hands and knees.", "Kom naar voren op handen en knieën."), 5
    ),
    ("kneeling", "lunge"): Way(Text("Step your [right] foot forward.", "Zet je [rechter]voet naar voren."), 10),
    ("kneeling", "sitting"): Way(Text("Sit down beside your feet.", "Ga naast je voeten zitten."), 10),
    ("lunge", "back"): Way(
        Text(
            "Bring your [right] knee back next to the other. Let your seat sink beside your feet and come over your "
            "side onto your back.",
            "Breng je [rechter]knie terug naast de andere. Laat je billen naast je voeten zakken en kom over je zij "
            "op je rug.",
        ),
        25,
    ),
    ("lunge", "belly"): Way(
        Text(
            "Hands down, your [right] knee back next to the other. Walk your hands forward and lie down on your belly.",
            "Zet je handen neer, je [rechter]knie terug naast de andere. Loop met je handen naar voren en ga op je "
            "buik liggen.",
        ),
        15,
    ),
    ("lunge", "hands-and-knees"): Way(
        Text(
            "Hands down; bring your [right] knee back next to the other.",
            "Zet je handen neer en breng je [rechter]knie terug naast de andere.",
        ),
        10,
    ),
    ("lunge", "kneeling"): Way(
        Text(
            "Bring your [right] knee back next to the other and stay upright.",
            "Breng je [rechter]knie terug naast de andere en blijf rechtop.",
        ),
        10,
    ),
    ("lunge", "sitting"): Way(
        Text(
            "Bring your [right] knee back next to the other. Let your seat sink beside your feet and come to sitting.",
            "Breng je [rechter]knie terug naast de andere. Laat je billen naast je voeten zakken en kom tot zit.",
        ),
        15,
    ),
    ("sitting", "back"): Way(
        Text(
            "Lean on a forearm, lie down on your side, roll onto your back.",
            "Steun op je onderarm, ga op je zij liggen en rol op je rug.",
        ),
        15,
    ),
    ("sitting", "belly"): Way(
        Text(
            "Lean on a forearm, lie down on your side, roll onto your belly.",
            "Steun op je onderarm, ga op je zij liggen en rol op je buik.",
        ),
        15,
    ),
    ("sitting", "hands-and-knees"): Way(
        Text(
            "Put both hands down on one side of you and turn onto hands and knees.",
            "Zet je handen aan één kant naast je neer en draai naar handen en knieën.",
        ),
        10,
    ),
    ("sitting", "kneeling"): Way(
        Text(
            "Put both hands down on one side of you and come onto your knees.",
            "Zet je handen aan één kant naast je neer en kom op je knieën.",
        ),
        10,
    ),
    ("sitting", "lunge"): Way(
        Text(
            "Come onto hands and knees and step your [right] foot forward between your hands.",
            "Kom op handen en knieën en zet je [rechter]voet tussen je handen.",
        ),
        20,
    ),
    **_of_a_side("left-side", "right-side", _LEFT),
    **_of_a_side("right-side", "left-side", _RIGHT),
}
"""The ways for pairs of positions that deserve better directions."""
