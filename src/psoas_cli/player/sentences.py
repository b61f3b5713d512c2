"""Sentences for lines that may be read aloud: what a screen shows in figures, signs and columns."""

import re
from collections.abc import Iterable

from psoas_cli.player.introduction import Facts
from psoas_cli.practice.model.durations import length_in_words
from psoas_cli.practice.model.poses import NOTICE, WAY_IN, WAY_OUT
from psoas_cli.practice.model.text import Lang, Text, sentence, uncapitalised
from psoas_cli.practice.score.facts import BED, LEVEL, PROPS, TAKE_CARE
from psoas_cli.practice.score.open_hold import IS_OPEN
from psoas_cli.practice.score.overview import PLAN, PlanItem
from psoas_cli.tui.status import SPACE_KEY, PoseCard

_ON_TWO_SIDES = Text("{name}, two sides, {length} each", "{name}, twee kanten, elk {length}")
_ON_SIDES = Text("{name}, {lengths}", "{name}, {lengths}")
_ENDING_AT = Text("{length}, ending at {time}", "{length}, klaar om {time}")
_LEFT = Text("{begins}: {left} of {length} left", "{begins}: nog {left} van {length}")
_POSE_OF = Text("Pose {number} of {count}.", "Houding {number} van {count}.")
_AND = Text(" and ", " en ")
_SECONDS = Text("seconds", "seconden")
_SECONDS_SIGN = re.compile(r"(?<=\d) s\b")
_KEYS = {
    "→": Text("right arrow", "pijl naar rechts"),
    "←": Text("left arrow", "pijl naar links"),
    "↑": Text("up arrow", "pijl omhoog"),
    "↓": Text("down arrow", "pijl omlaag"),
    "+": Text("plus", "plus"),
    "-": Text("minus", "min"),
    "?": Text("question mark", "vraagteken"),
    "Esc": Text("Escape", "Escape"),
    "space": SPACE_KEY,
}
"""Keys whose signs are not read as a person would name them."""


def key_sentences(keys: Iterable[tuple[str, Text]], lang: Lang) -> list[str]:
    """What each of *keys* does, with its name in words."""
    told = [
        f"{', '.join(_KEYS.get(key, Text(key)).said(lang) for key in signs.split())}: {meaning.said(lang)}"
        for signs, meaning in keys
    ]
    return [sentence(_SECONDS_SIGN.sub(f" {_SECONDS.said(lang)}", each)) for each in told]


def hint_sentence(hints: Iterable[str], lang: Lang) -> str:
    """Keys with what they do, such as `→ next`, in one line."""
    keys = [(key, Text(does)) for key, _, does in (hint.partition(" ") for hint in hints)]
    return " ".join(key_sentences(keys, lang))


def card_sentences(card: PoseCard, lang: Lang) -> list[str]:
    """All that a pose's card says."""
    name = f"{card.title}, {uncapitalised(card.side)}" if card.side else card.title
    texts = (
        (WAY_IN, card.way_in),
        (WAY_OUT, card.way_out),
        *card.options,
        (PROPS, ", ".join(card.props)),
        (NOTICE, " ".join(card.notice)),
    )
    number = _POSE_OF.filled(number=card.number, count=card.count).said(lang)
    return [f"{sentence(name)} {number}", *(f"{heading.said(lang)}: {said}" for heading, said in texts if said)]


def advice_sentences(facts: Facts) -> list[str]:
    """The precautions, each with what to do instead, and when to stop."""
    told = [f"{TAKE_CARE.said(facts.lang)}:", *([facts.care] if facts.care else [])]
    for heading, part in facts.advice:
        told += [f"{heading}:", *(f"{name}: {said}" for name, said in part)]
    return [*told, facts.stop_signs[1]]


def facts_sentences(facts: Facts, ends_at: str = "") -> list[str]:
    """What a practice is and asks for; with its plan, and with when it ends, unless *ends_at* is empty."""
    headed = ((LEVEL, facts.level), (PROPS, facts.props), (BED, facts.bed))
    return [
        facts.title,
        *([facts.summary] if facts.summary and ends_at else []),
        _length(facts, ends_at),
        *(sentence(f"{heading.said(facts.lang)}: {said}") for heading, said in headed if said),
        *(_plan(facts) if ends_at else []),
    ]


def _length(facts: Facts, ends_at: str) -> str:
    """How long the practice lasts, and when it ends."""
    length = length_in_words(facts.length)
    if facts.begins:
        left = length_in_words(facts.length - facts.begin)
        length = _LEFT.filled(begins=facts.begins, left=left, length=length)
    return sentence((_ENDING_AT.filled(length=length, time=ends_at) if ends_at else length).said(facts.lang))


def _plan(facts: Facts) -> list[str]:
    """The stops from where the practice begins, a line each; nothing if there is but one in all."""
    between = [facts.between] if facts.between and not facts.begins else []  # of all of it, not of what is left
    listed = [*facts.plan[facts.here or 0 :], *between]
    return (
        [f"{PLAN.said(facts.lang)}:", *(sentence(_stop(item, facts.lang)) for item in listed)]
        if len(facts.plan) > 1
        else []
    )


def _stop(item: PlanItem, lang: Lang) -> str:
    lengths = [length_in_words(length).said(lang) for length in item.lengths]
    if len(lengths) > 1 and item.is_even:
        said = _ON_TWO_SIDES.filled(name=item.name, length=lengths[0]).said(lang)
    else:
        said = _ON_SIDES.filled(name=item.name, lengths=_AND.said(lang).join(lengths)).said(lang)
    return f"{said}, {IS_OPEN.said(lang)}" if item.open else said
