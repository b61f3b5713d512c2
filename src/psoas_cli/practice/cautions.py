"""The closed list of cautions: who might adapt or skip something, and what there is instead.

They are invitations to choose and to ask, never medical advice. Sequences, poses and breathing patterns with
retentions name them by id.
"""

from typing import NamedTuple

from psoas_cli.practice.text import Text


class Caution(NamedTuple):
    """A condition in which something might be done differently.

    Args:
        name: What it is called, short enough for a list.
        advice: One sentence with what one might do instead.
    """

    name: Text
    advice: Text


CAUTIONS: dict[str, Caution] = {
    "knees": Caution(
        Text("Sensitive knees", "Gevoelige knieën"),
        Text(
            "You might pad your knees, bend them less, or choose a form on your back.",
            "Leg iets zachts onder je knieën, buig ze minder of kies een vorm op je rug.",
        ),
    ),
    "ankles": Caution(
        Text("Sensitive ankles", "Gevoelige enkels"),
        Text(
            "A rolled blanket under your ankles may help, or a form without kneeling.",
            "Een opgerolde deken onder je enkels kan helpen, of een vorm zonder knielen.",
        ),
    ),
    "back": Caution(
        Text("Back or disc trouble", "Rugklachten of hernia"),
        Text(
            "You might keep bends and twists small or skip them; if it is acute, ask first.",
            "Houd buigen en draaien klein of sla ze over; is het acuut, vraag dan eerst je arts of fysiotherapeut.",
        ),
    ),
    "neck": Caution(
        Text("Neck trouble", "Nekklachten"),
        Text(
            "A folded towel under your head may help, and a lift can be lower or left out.",
            "Een gevouwen handdoek onder je hoofd kan helpen, en je bekken kan lager of op de vloer blijven.",
        ),
    ),
    "hip-replacement": Caution(
        Text("Hip replacement", "Een nieuwe heup"),
        Text(
            "What suits you depends on the operation, so ask your surgeon or physiotherapist; "
            "constructive rest with your feet in line with your hips may do until then.",
            "Wat kan, hangt af van de operatie, dus vraag het je arts of fysiotherapeut; "
            "tot die tijd kun je misschien rusten met je voeten op heupbreedte.",
        ),
    ),
    "pregnancy": Caution(
        Text("Pregnancy or recent birth", "Zwangerschap of net bevallen"),
        Text(
            "Ask your midwife what suits you; you might lie on your left side or lean back on cushions, "
            "with no pressure on your belly.",
            "Vraag je verloskundige wat bij je past; je kunt op je linkerzij liggen of tegen kussens leunen, "
            "zonder druk op je buik.",
        ),
    ),
    "surgery": Caution(
        Text("Recent surgery or fracture", "Recente operatie of breuk"),
        Text(
            "Ask first what you may move and load again; until then, lying comfortably may be enough.",
            "Vraag eerst wat je weer mag bewegen en belasten; tot die tijd is fijn liggen misschien genoeg.",
        ),
    ),
    "osteoporosis": Caution(
        Text("Osteoporosis", "Botontkalking"),
        Text(
            "You might keep twists and forward bends small and well supported, or choose constructive rest.",
            "Houd draaien en vooroverbuigen klein en goed ondersteund, of kies voor constructieve rust.",
        ),
    ),
    "hypermobility": Caution(
        Text("Hypermobile joints", "Hypermobiele gewrichten"),
        Text(
            "You might stay well before the end of your range, with more support and shorter holds.",
            "Blijf ruim binnen je grenzen, met meer steun en minder lang.",
        ),
    ),
    "thrombosis": Caution(
        Text("Thrombosis", "Trombose"),
        Text(
            "Ask your doctor before staying still for long; short holds with movement may suit you better.",
            "Vraag je arts of lang stil liggen kan; kort, met beweging ertussen, past misschien beter.",
        ),
    ),
    "blood-pressure": Caution(
        Text("Blood pressure or heart", "Bloeddruk of hart"),
        Text(
            "With uncontrolled blood pressure or heart disease, ask first; you might keep your pelvis "
            "on the floor and breathe without retentions.",
            "Is je bloeddruk niet onder controle of heb je een hartziekte, vraag dan eerst na wat kan; "
            "je kunt je bekken op de vloer houden en ademen zonder pauzes.",
        ),
    ),
    "eyes": Caution(
        Text("Glaucoma or eye surgery", "Glaucoom of oogoperatie"),
        Text(
            "You might keep your head no lower than your heart and breathe without retentions.",
            "Houd je hoofd liever niet lager dan je hart, en adem zonder pauzes.",
        ),
    ),
    "epilepsy": Caution(
        Text("Epilepsy", "Epilepsie"),
        Text(
            "You might choose a pattern without retentions, or leave your breath as it is.",
            "Kies liever een patroon zonder adempauzes, of laat je adem zoals die is.",
        ),
    ),
    "sciatica": Caution(
        Text("Sciatica", "Ischias"),
        Text(
            "More support under your thighs may help; come out if something shoots down your leg.",
            "Meer steun onder je bovenbenen kan helpen; kom eruit als er pijn in je been schiet.",
        ),
    ),
    "headache": Caution(
        Text("Headache or migraine", "Hoofdpijn of migraine"),
        Text(
            "You might keep back bends low or skip them, and rest your head on something soft.",
            "Houd achteroverbuigingen klein of sla ze over, en leg je hoofd op iets zachts.",
        ),
    ),
    "trauma": Caution(
        Text("Trauma or dissociation", "Trauma of dissociatie"),
        Text(
            "After recent trauma, psychosis or dissociation you might ask someone who supports you first; "
            "eyes open, sitting, moving and stopping early are all fine.",
            "Overleg na een recent trauma of psychose, of bij dissociatie, liefst met degene die je begeleidt; "
            "ogen open, zitten, bewegen en eerder stoppen is allemaal goed.",
        ),
    ),
    "lying-flat": Caution(
        Text("Discomfort lying flat", "Moeite met plat liggen"),
        Text(
            "You might lie on your side, lean back on cushions or sit, with your eyes open if you like.",
            "Je kunt op je zij liggen, tegen kussens leunen of zitten, met je ogen open als je wilt.",
        ),
    ),
}
"""By id; a test holds every id that the built-in files name to this list."""

AGAINST_RETENTIONS = ("blood-pressure", "eyes", "epilepsy")
"""The cautions with which one breathes without retentions, as their advice says."""

STOP_SIGNS = Text(
    "Come out slowly if there is sharp, stabbing or shooting pain, tingling, numbness, pain inside a knee or "
    "the groin, dizziness, chest pain, a pounding heart or shortness of breath. If it lasts, ask a doctor or "
    "physiotherapist; with chest pain or serious shortness of breath, call for help at once.",
    "Kom er rustig uit bij scherpe, stekende of uitstralende pijn, tintelingen, een doof gevoel, pijn in je "
    "knie of je lies, duizeligheid, pijn op de borst, hartkloppingen of benauwdheid. Houdt het aan, vraag dan "
    "een arts of fysiotherapeut om raad; bel bij pijn op de borst of ernstige benauwdheid meteen om hulp.",
)
"""When to come out of anything, and whom to ask if it lasts."""
