"""The closed list of cautions: who might adapt or skip something, and what there is instead.

They are invitations to choose and to ask, never medical advice. Sequences, poses and breathing patterns with
retentions name them by id. People read them in four groups, first those with which one asks a doctor.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from psoas_cli.practice.model.text import Lang, Text, uncapitalised

GroupId = Literal["ask", "joints", "back", "mind"]

_FEW = 3  # cautions that are told by their names also where it is to be short: our own judgement


class Group(NamedTuple):
    """Cautions that belong together.

    Args:
        name: What it is called before a row of names.
        heading: What it is called above its cautions.
    """

    name: Text
    heading: Text


class Caution(NamedTuple):
    """A condition in which something might be done differently.

    Args:
        group: What it belongs to.
        name: What it is called, short enough for a list.
        advice: One sentence with what one might do instead.
        brief: What it is called in the row of its group, where that is shorter.
    """

    group: GroupId
    name: Text
    advice: Text
    brief: Text = Text()

    def in_row(self, lang: Lang) -> str:
        """What it is called in the row of its group."""
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
"""In the order in which they are listed. Which caution belongs where is our own judgement."""

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
            "on the floor and breathe without retentions.",
            "Is je bloeddruk niet onder controle of heb je een hartziekte, vraag dan eerst na wat kan; "
            "je kunt je bekken op de vloer houden en ademen zonder pauzes.",
        ),
    ),
    "eyes": Caution(
        "ask",
        Text("Glaucoma or eye surgery", "Glaucoom of oogoperatie"),
        Text(
            "You might keep your head no lower than your heart and breathe without retentions.",
            "Houd je hoofd liever niet lager dan je hart, en adem zonder pauzes.",
        ),
    ),
    "epilepsy": Caution(
        "ask",
        Text("Epilepsy", "Epilepsie"),
        Text(
            "You might choose a pattern without retentions, or leave your breath as it is.",
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
"""By id, group by group; a test holds this list to its groups, and the built-in files to this list."""

AGAINST_RETENTIONS = ("blood-pressure", "eyes", "epilepsy")
"""The cautions with which one breathes without retentions, as their advice says."""

STOP_SIGNS = Text(
    "Come out slowly if there is sharp, stabbing or shooting pain, tingling, numbness, pain inside a knee or "
    "the groin, dizziness, chest pain, a pounding heart or shortness of breath. If it lasts, ask a doctor or "
    "physiotherapist; with chest pain or serious shortness of breath, call for help at once.",
    "Kom er rustig uit bij scherpe, stekende of uitstralende pijn, tintelingen, een doof gevoel, pijn in je "
    "knie of je lies, duizeligheid, pijn op de borst, hartkloppingen of benauwdheid. Houdt het aan, vraag dan "
    "een arts of fysiotherapeut om raad; bel bij pijn op de borst of ernstige benauwdheid meteen 112.",
)
"""When to come out of anything, and whom to ask if it lasts."""

STOP_SIGNS_BRIEF = Text(
    "Come out slowly if there is sharp pain, tingling or numbness.",
    "Kom er rustig uit bij scherpe pijn, tintelingen of een doof gevoel.",
)
"""The same in one line, for where it is always in sight."""

_RANKS = {name: rank for rank, name in enumerate(CAUTIONS)}


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The cautions with these *names*, each once, group by group."""
    return tuple(sorted(set(names), key=_RANKS.__getitem__))


def grouped(names: Iterable[str]) -> dict[GroupId, tuple[str, ...]]:
    """The cautions with these *names* by their groups; no group is there without any."""
    found = in_order(names)
    parts = {group: tuple(name for name in found if CAUTIONS[name].group == group) for group in GROUPS}
    return {group: part for group, part in parts.items() if part}


def rows(names: Iterable[str], lang: Lang) -> list[tuple[str, str]]:
    """A row for each group: what it is called, and its cautions."""
    return [
        (GROUPS[group].name.said(lang), ", ".join(CAUTIONS[name].in_row(lang) for name in part))
        for group, part in grouped(names).items()
    ]


def in_short(names: Iterable[str], lang: Lang) -> str:
    """A few by their names, more by their groups and how many there are in each."""
    found = grouped(names)
    if sum(map(len, found.values())) <= _FEW:
        return named(names, lang)
    return " · ".join(f"{uncapitalised(GROUPS[group].name.said(lang))} ({len(part)})" for group, part in found.items())


def named(names: Iterable[str], lang: Lang) -> str:
    """The names of the cautions as they go on within a sentence."""
    return ", ".join(uncapitalised(CAUTIONS[name].name.said(lang)) for name in in_order(names))


def advised(names: Iterable[str], lang: Lang) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each group its heading, and the name and the advice of each of its cautions."""
    return [
        (
            GROUPS[group].heading.said(lang),
            [(CAUTIONS[name].name.said(lang), CAUTIONS[name].advice.said(lang)) for name in part],
        )
        for group, part in grouped(names).items()
    ]
