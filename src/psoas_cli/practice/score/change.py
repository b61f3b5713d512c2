"""What care changes in a practice, and how that is told."""

from collections.abc import Mapping
from typing import NamedTuple

from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.text import Lang, Text, uncapitalised

_CARE_TAKEN = Text("Changed ({why}): {changes}.", "Aangepast ({why}): {changes}.")
_CARE_VARIES = Text("so that no rest gets too long", "voor de afwisseling")
_CARE_INSTEAD = Text("{now} instead of {was}", "{now} in plaats van {was}")
_CARE_SOFTER = Text("{was}, made softer ({now})", "{was} zachter: {now}")
_CARE_WITHOUT = Text("without {was}", "zonder {was}")
_BRIEF = Text("{was} → {now}", "{was} → {now}")
_BRIEF_SOFTER = Text("{was}, softer: {now}", "{was}, zachter: {now}")
_BRIEF_WITHOUT = Text("{was}: left out", "{was}: vervalt")
_CHOSEN = Text("your choice", "jouw keuze")
_LEFT_OUT = Text("You leave out {poses}.", "Je laat weg: {poses}.")
_WITH_ANOTHER = Text("{was}: {now} instead", "{was} (nu {now})")


class Change(NamedTuple):
    """A pose done *softer*, replaced by another, or left out (*now* is None), because of *cautions*.

    Or because the person leaves it out, if *avoided*. Without either the change only keeps one rest from getting too
    long.
    """

    was: Text
    now: Text | None
    cautions: tuple[str, ...]
    softer: bool = False
    avoided: bool = False


def told(changes: tuple[Change, ...], lang: Lang) -> list[str]:
    """*changes* in words: a sentence for what the person leaves out, and one for each set of cautions."""
    groups: dict[tuple[str, ...], dict[tuple[Text | None, bool], list[Text]]] = {}
    avoided: dict[Text | None, list[Text]] = {}
    for change in changes:
        if change.avoided:
            avoided.setdefault(change.now, []).append(change.was)
        else:
            groups.setdefault(change.cautions, {}).setdefault((change.now, change.softer), []).append(change.was)
    return [
        *([_LEFT_OUT.filled(poses=_avoided(avoided, lang)).said(lang)] if avoided else []),
        *(
            _CARE_TAKEN.filled(
                why=", ".join(CAUTIONS[name].name.said(lang) for name in cautions).lower() or _CARE_VARIES.said(lang),
                changes="; ".join(_said(*how, were, lang) for how, were in group.items()),
            ).said(lang)
            for cautions, group in groups.items()
        ),
    ]


def brief(change: Change, lang: Lang) -> str:
    """*change* in a few words: `Saddle → half saddle (knees)`."""
    said = _BRIEF_SOFTER if change.softer else _BRIEF if change.now else _BRIEF_WITHOUT
    now = uncapitalised(change.now.said(lang)) if change.now else ""
    why = [
        *([_CHOSEN.said(lang)] if change.avoided else []),
        *(CAUTIONS[name].in_row(lang) for name in change.cautions),
    ]
    told = said.filled(was=change.was, now=now).said(lang)
    return f"{told} ({', '.join(why)})" if why else told


def _avoided(avoided: Mapping[Text | None, list[Text]], lang: Lang) -> str:
    """What is left out, with what is done instead."""
    said = []
    for now, were in avoided.items():
        was = ", ".join(uncapitalised(each.said(lang)) for each in were)
        said.append(_WITH_ANOTHER.filled(was=was, now=uncapitalised(now.said(lang))).said(lang) if now else was)
    return "; ".join(said)


def _said(now: Text | None, softer: bool, were: list[Text], lang: Lang) -> str:  # noqa: FBT001 - unpacked from a change
    said = _CARE_SOFTER if softer else _CARE_INSTEAD if now else _CARE_WITHOUT
    name = now.said(lang) if now else ""
    if softer and lang == "en":  # in brackets there
        name = uncapitalised(name)
    return said.filled(was=", ".join(each.said(lang) for each in were), now=name).said(lang)
