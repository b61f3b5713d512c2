"""The closed list of cautions: conditions in which to adapt or skip something, with a suggestion for each.

They are invitations to choose and to ask, never medical advice. Sequences, poses and breathing patterns with
retentions name them by id. They are shown in four groups, starting with those that call for asking a doctor first.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from psoas_cli.practice.model.text import Lang, Text, uncapitalised

GroupId = Literal["ask", "joints", "back", "mind"]

_FEW = 3  # up to this many cautions a short list gives their names; our own judgement


class Group(NamedTuple):
    """Cautions that belong together.

    Args:
        name: Its name in front of a row of cautions.
        heading: Its heading above a list of cautions.
    """

    name: Text
    heading: Text


class Caution(NamedTuple):
    """A condition that may call for doing something differently.

    Args:
        group: The group it belongs to.
        name: Its name, short enough for a list.
        advice: One sentence that suggests what to do instead.
        brief: A shorter name for the row of its group; empty if *name* will do.
    """

    group: GroupId
    name: Text
    advice: Text
    brief: Text = Text()

    def in_row(self, lang: Lang) -> str:
        """Return its name for the row of its group."""
        return self.brief.said(lang) or uncapitalised(self.name.said(lang))


_JOINTS = Text("Joints and bones", "Gewrichten en botten")
_BACK = Text("Back, neck and head", "Rug, nek en hoofd")
_MIND = Text("Mind and rest", "Psyche en rust")

GROUPS: dict[GroupId, Group] = {
    "ask": Group(
        Text("Ask first", "Eerst overleggen"),
        Text("Ask your doctor or midwife first", "Vraag eerst je arts of verloskundige"),
    ),
    "joints": Group(_JOINTS, _JOINTS),
    "back": Group(_BACK, _BACK),
    "mind": Group(_MIND, _MIND),
}
"""The groups in their order on the screen; which caution belongs where is our own judgement."""

CAUTIONS: dict[str, Caution] = {
    "surgery": Caution(
        "ask",
        Text("Recent surgery or fracture", "Recente operatie of breuk"),
        Text(
            "Ask first what you may move and load again; until then, lying comfortably may be enough.",
            "Vraag eerst wat je weer mag bewegen en belasten; tot die tijd is fijn liggen misschien genoeg.",
        ),
    ),
    "thrombosis": Caution(
        "ask",
        Text("Thrombosis", "Trombose"),
        Text(
            "Ask your doctor before staying still for long; short holds with movement may suit you better.",
            "Vraag je arts of lang stil liggen kan; kort, met beweging ertussen, past misschien beter.",
        ),
    ),
    "hip-replacement": Caution(
        "ask",
        Text("Hip replacement", "Een nieuwe heup"),
        Text(
            "What suits you depends on the operation, so ask your surgeon or physiotherapist; "
            "constructive rest with your feet in line with your hips may do until then.",
            "Wat kan, hangt af van de operatie, dus vraag het je arts of fysiotherapeut; "
            "tot die tijd kun je misschien rusten met je voeten op heupbreedte.",
        ),
    ),
    "pregnancy": Caution(
        "ask",
        Text("Pregnancy or recent birth", "Zwangerschap of net bevallen"),
        Text(
            "Ask your midwife what suits you; you might lie on your left side or lean back on cushions, "
            "with no pressure on your belly.",
            "Vraag je verloskundige wat bij je past; je kunt op je linkerzij liggen of tegen kussens leunen, "
            "zonder druk op je buik.",
        ),
    ),
    "blood-pressure": Caution(
        "ask",
        Text("Blood pressure or heart", "Bloeddruk of hart"),
        Text(
            "With uncontrolled blood pressure or heart disease, ask first; you might keep your pelvis "
            "on the floor and avoid holding your breath.",
            "Is je bloeddruk niet onder controle of heb je een hartziekte, vraag dan eerst na wat kan; "
            "je kunt je bekken op de vloer houden en ademen zonder pauzes.",
        ),
    ),
    "eyes": Caution(
        "ask",
        Text("Glaucoma or eye surgery", "Glaucoom of oogoperatie"),
        Text(
            "You might keep your head no lower than your heart and avoid holding your breath.",
            "Houd je hoofd liever niet lager dan je hart, en adem zonder pauzes.",
        ),
    ),
    "epilepsy": Caution(
        "ask",
        Text("Epilepsy", "Epilepsie"),
        Text(
            "You might choose a pattern that doesn't hold the breath, or leave your breath as it is.",
            "Kies liever een patroon zonder adempauzes, of laat je adem zoals die is.",
        ),
    ),
    "knees": Caution(
        "joints",
        Text("Sensitive knees", "Gevoelige knieën"),
        Text(
            "You might pad your knees, bend them less, or choose a form on your back.",
            "Leg iets zachts onder je knieën, buig ze minder of kies een vorm op je rug.",
        ),
        Text("knees", "knieën"),
    ),
    "ankles": Caution(
        "joints",
        Text("Sensitive ankles", "Gevoelige enkels"),
        Text(
            "A rolled blanket under your ankles may help, or a form without kneeling.",
            "Een opgerolde deken onder je enkels kan helpen, of een vorm zonder knielen.",
        ),
        Text("ankles", "enkels"),
    ),
    "hypermobility": Caution(
        "joints",
        Text("Hypermobile joints", "Hypermobiele gewrichten"),
        Text(
            "You might stay well before the end of your range, with more support and shorter holds.",
            "Blijf ruim binnen je grenzen, met meer steun en minder lang.",
        ),
        Text("hypermobility", "hypermobiliteit"),
    ),
    "osteoporosis": Caution(
        "joints",
        Text("Osteoporosis", "Botontkalking"),
        Text(
            "You might keep twists and forward bends small and well supported, or choose constructive rest.",
            "Houd draaien en vooroverbuigen klein en goed ondersteund, of kies voor constructieve rust.",
        ),
    ),
    "back": Caution(
        "back",
        Text("Back or disc trouble", "Rugklachten of hernia"),
        Text(
            "You might keep bends and twists small or skip them; if it is acute, ask first.",
            "Houd buigen en draaien klein of sla ze over; is het acuut, vraag dan eerst je arts of fysiotherapeut.",
        ),
        Text("back or disc", "rug of hernia"),
    ),
    "neck": Caution(
        "back",
        Text("Neck trouble", "Nekklachten"),
        Text(
            "A folded towel under your head may help, and a lift can be lower or left out.",
            "Een gevouwen handdoek onder je hoofd kan helpen, en je bekken kan lager of op de vloer blijven.",
        ),
        Text("neck", "nek"),
    ),
    "sciatica": Caution(
        "back",
        Text("Sciatica", "Ischias"),
        Text(
            "More support under your thighs may help; come out if something shoots down your leg.",
            "Meer steun onder je bovenbenen kan helpen; kom eruit als er pijn in je been schiet.",
        ),
    ),
    "headache": Caution(
        "back",
        Text("Headache or migraine", "Hoofdpijn of migraine"),
        Text(
            "You might keep back bends low or skip them, and rest your head on something soft.",
            "Houd achteroverbuigingen klein of sla ze over, en leg je hoofd op iets zachts.",
        ),
    ),
    "trauma": Caution(
        "mind",
        Text("Trauma or dissociation", "Trauma of dissociatie"),
        Text(
            "After recent trauma, psychosis or dissociation you might ask someone who supports you first; "
            "eyes open, sitting, moving and stopping early are all fine.",
            "Overleg na een recent trauma of psychose, of bij dissociatie, liefst met degene die je begeleidt; "
            "ogen open, zitten, bewegen en eerder stoppen is allemaal goed.",
        ),
    ),
    "lying-flat": Caution(
        "mind",
        Text("Discomfort lying flat", "Moeite met plat liggen"),
        Text(
            "You might lie on your side, lean back on cushions or sit, with your eyes open if you like.",
            "Je kunt op je zij liggen, tegen kussens leunen of zitten, met je ogen open als je wilt.",
        ),
        Text("lying flat", "plat liggen"),
    ),
}
"""The cautions by id, group by group; tests check their order, and that the built-in files name no others."""

AGAINST_RETENTIONS = ("blood-pressure", "eyes", "epilepsy")
"""The cautions that advise against retentions."""

STOP_SIGNS = Text(
    "Come out slowly if there is sharp, stabbing or shooting pain, tingling, numbness, pain inside a knee or "
    "the groin, dizziness, chest pain, a pounding heart or shortness of breath. If it lasts, ask a doctor or "
    "physiotherapist; with chest pain or serious shortness of breath, call for help at once.",
    "Kom er rustig uit bij scherpe, stekende of uitstralende pijn, tintelingen, een doof gevoel, pijn in je "
    "knie of je lies, duizeligheid, pijn op de borst, hartkloppingen of benauwdheid. Houdt het aan, vraag dan "
    "een arts of fysiotherapeut om raad; bel bij pijn op de borst of ernstige benauwdheid meteen 112.",
)
"""The signs to stop at, and whom to ask if they last."""

STOP_SIGNS_BRIEF = Text(
    "Come out slowly if there is sharp pain, tingling or numbness.",
    "Kom er rustig uit bij scherpe pijn, tintelingen of een doof gevoel.",
)
"""`STOP_SIGNS` in one line, for places that always show it."""

_RANKS = {name: rank for rank, name in enumerate(CAUTIONS)}


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return *names* without duplicates, in the order of `CAUTIONS`."""
    return tuple(sorted(set(names), key=_RANKS.__getitem__))


def grouped(names: Iterable[str]) -> dict[GroupId, tuple[str, ...]]:
    """Return *names* by group, in order; groups with none of them are left out."""
    found = in_order(names)
    parts = {group: tuple(name for name in found if CAUTIONS[name].group == group) for group in GROUPS}
    return {group: part for group, part in parts.items() if part}


def rows(names: Iterable[str], lang: Lang) -> list[tuple[str, str]]:
    """Return a row for each group in *names*: its name, and its cautions separated by commas."""
    return [
        (GROUPS[group].name.said(lang), ", ".join(CAUTIONS[name].in_row(lang) for name in part))
        for group, part in grouped(names).items()
    ]


def in_short(names: Iterable[str], lang: Lang) -> str:
    """Return the names of up to three cautions; for more, their groups with the number in each."""
    found = grouped(names)
    if sum(map(len, found.values())) <= _FEW:
        return named(names, lang)
    return "; ".join(f"{uncapitalised(GROUPS[group].name.said(lang))} ({len(part)})" for group, part in found.items())


def named(names: Iterable[str], lang: Lang) -> str:
    """Return the names of the cautions for the middle of a sentence, separated by commas."""
    return ", ".join(uncapitalised(CAUTIONS[name].name.said(lang)) for name in in_order(names))


def advised(names: Iterable[str], lang: Lang) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the heading of each group in *names*, with the name and the advice of each of its cautions."""
    return [
        (
            GROUPS[group].heading.said(lang),
            [(CAUTIONS[name].name.said(lang), CAUTIONS[name].advice.said(lang)) for name in part],
        )
        for group, part in grouped(names).items()
    ]
