"""Drafts a sequence file of steps given in shorthand, with what they lack: rests after back bends and at the end."""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from psoas_cli.practice.model.cautions import AGAINST_RETENTIONS, in_order
from psoas_cli.practice.model.durations import duration_text, minutes_of
from psoas_cli.practice.model.needs import cautions_in
from psoas_cli.practice.model.poses import Hold, Pose, as_done
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.sequence import (  # fmt: skip
    BreatheStep,
    Pacer,
    PoseStep,
    Rebound,
    RestStep,
    ScanStep,
    Step,
    TransitionStep,
)
from psoas_cli.practice.model.text import LANGS, Lang, Text, rows_of
from psoas_cli.practice.score.request import BREATHE_TEXT

USUAL_REST = 180.0
"""Seconds of the final rest, where nobody says how long."""

PLACES = (
    Text("Both feet", "Allebei je voeten"),
    Text("Lower legs", "Onderbenen"),
    Text("Knees", "Knieën"),
    Text("Thighs", "Bovenbenen"),
    Text("The front of your hips", "De voorkant van je heupen"),
    Text("Pelvis", "Bekken"),
    Text("Lower back", "Onderrug"),
    Text("Belly", "Buik"),
    Text("Ribs", "Ribben"),
    Text("Hands", "Handen"),
    Text("Arms", "Armen"),
    Text("Shoulders", "Schouders"),
    Text("Neck", "Nek"),
    Text("Face", "Gezicht"),
    Text("All of you", "Van top tot teen"),
)
"""Where a scan goes, in words that the built-in practices have too, so that a recorded voice can say them."""

_TITLE = Text("Your own practice", "Eigen oefening")
_REST_ADDED = Text(
    "At the end there are {minutes} to lie still; a rest of your own, such as rest 1m, takes their place.",
    "Aan het eind krijg je {minutes} om stil te liggen; schrijf je zelf rest 1m, of langer, dan komt dat ervoor in de "
    "plaats.",
)

_RESTING = "savasana", "side-rest"
"""Poses that at the end are the final rest themselves."""

_SETTLED = "constructive-rest"
_TO_SETTLE = Hold(30.0, 20.0, 60.0)
_AFTER_A_BACK_BEND = Hold(60.0, 30.0, 90.0)
_LONG_ENOUGH = 240.0  # seconds; a pose that may be held so long, one can breathe and rest in
_LYING_OR_SITTING: tuple[Position | None, ...] = ("back", "belly", "sitting", "left-side", "right-side", None)


def draft(steps: tuple[Step, ...], poses: Mapping[str, Pose]) -> str:
    """Return the text of a sequence file of *steps*, as `read_steps` returns them.

    Args:
        steps: The steps.
        poses: The poses that it may refer to, by id.
    """
    head = [f"title: {_each(_TITLE)}"]
    if not _rests(steps[-1]):
        head.append(f"summary: {_each(_REST_ADDED.filled(minutes=minutes_of(USUAL_REST / 60)))}")
    return _file(head, steps, poses, None)


def commented(steps: tuple[Step, ...], poses: Mapping[str, Pose], name: str, title: str, lang: Lang) -> str:
    """Return the same as `draft`, as a file to change: called *title*, with notes in *lang* on what each line does.

    Args:
        steps: The steps.
        poses: The poses that it may refer to, by id.
        name: Its name in commands.
        title: Its title.
        lang: The language of the title and the notes.
    """
    head = [*_comment(_HEAD.filled(name=name), lang), ""]
    head += [*_comment(_ON_TITLE, lang), f"title: {title}", "", *_comment(_ON_LANGUAGE, lang), f"language: {lang}", ""]
    head += [*_comment(_ON_MOVING, lang), "lead-in: auto", "transition: auto", ""]
    return _file(head, steps, poses, lang)


def _file(head: list[str], given: tuple[Step, ...], poses: Mapping[str, Pose], notes: Lang | None) -> str:
    """Return a file of the steps *given* that begins with the lines of *head*, with *notes* in a language or none."""
    steps = _arranged(given, poses)
    lines = [*head]
    if any(isinstance(step, BreatheStep) and step.pattern.has_retention for step in steps):
        cautions = in_order((*cautions_in(steps), *AGAINST_RETENTIONS))
        lines += [*_comment(_ON_CAUTIONS, notes), f"cautions: [{', '.join(cautions)}]", *([""] if notes else [])]
    lines += [*_comment(_ON_STEPS, notes), "steps:"]
    told: set[Text] = set()
    for step in steps:
        about = [_note_on(step), *([_ON_REST_ADDED] if isinstance(step, RestStep) and not _rests(given[-1]) else [])]
        if notes:
            lines.append("")
        for note in about:
            lines += [] if note in told else _comment(note, notes, "  ")
        told.update(about)
        first, *more = _lines(step)
        lines += [f"  - {first}", *(f"    {line}" for line in more)]
    return "\n".join([*lines, ""])


def _arranged(given: tuple[Step, ...], poses: Mapping[str, Pose]) -> list[Step]:
    """Return the steps *given* with what they lack.

    A back bend is rested after, breathing and a scan begin in a pose to stay in, and at the end there is a rest, and
    time to get up.
    """
    left = deque(given)
    last = left.pop() if _rests(given[-1]) else RestStep(Hold(USUAL_REST, USUAL_REST, USUAL_REST))
    rest = (
        RestStep(last.hold, pose=last.pose or poses.get(_RESTING[0])) if isinstance(last, RestStep | PoseStep) else last
    )
    steps: list[Step] = []
    while left:
        step = left.popleft()
        if isinstance(step, BreatheStep | ScanStep) and steps and not _may_stay(steps[-1]) and _SETTLED in poses:
            steps.append(PoseStep(poses[_SETTLED], _TO_SETTLE, pacer=Pacer(None)))
        if isinstance(step, PoseStep) and step.pose.back_bend:
            counter = poses.get(step.pose.counter or "")
            own = left.popleft() if left and counter and _is_only(left[0], counter) else None
            hold = own.hold if isinstance(own, PoseStep) else _AFTER_A_BACK_BEND
            step = replace(step, rebound=Rebound(hold, pose=counter))
        steps.append(step)
    return [*steps, rest, TransitionStep()]


def _rests(step: Step) -> bool:
    """Whether *step*, the last one, is a final rest."""
    return isinstance(step, RestStep) or (
        isinstance(step, PoseStep) and step.pose.id in _RESTING and not step.variation and not step.sides
    )


def _is_only(step: Step, pose: Pose) -> bool:
    """Whether *step* is *pose* and nothing more."""
    return isinstance(step, PoseStep) and step.pose.id == pose.id and not (step.variation or step.sides)


def _may_stay(step: Step) -> bool:
    """Whether one can stay where *step* ends, to breathe or to let attention travel."""
    if not isinstance(step, PoseStep):
        return True
    pose = step.rebound.pose if step.rebound and step.rebound.pose else as_done(step.pose, step.variation)
    if pose.kind == "movement" or pose.sides or (pose.back_bend and not step.rebound):
        return False
    return pose.position in _LYING_OR_SITTING and (pose.hold is None or pose.hold.max >= _LONG_ENOUGH)


def _lines(step: Step) -> list[str]:
    """Return the lines of *step* in the file."""
    match step:
        case PoseStep():
            lines = [f"pose: {_name(step.pose.id)}", f"hold: {_hold(step.hold)}"]
            lines += [f"variation: {_name(step.variation.id)}"] if step.variation else []
            lines += ["breath: none"] if step.pacer else []
            if step.rebound:
                hold = duration_text(step.rebound.hold.typical)
                other = step.rebound.pose
                lines.append(f"rebound: {{pose: {_name(other.id)}, hold: {hold}}}" if other else f"rebound: {hold}")
            return lines
        case BreatheStep():
            long = f"hold: {_hold(step.hold)}" if step.hold else f"cycles: {step.cycles}"
            return [
                f"breathe: {step.pattern.name}",
                long,
                "text:",
                *(f"  {lang}: {BREATHE_TEXT.said(lang)}" for lang in LANGS),
            ]
        case ScanStep():
            places = [f"  - {_each(entry.text)}" for entry in step.entries]
            return ["scan:", *places, f"each: {_hold(step.entries[0].hold)}"]
        case RestStep():
            return [f"rest: {_hold(step.hold)}", *([f"pose: {_name(step.pose.id)}"] if step.pose else [])]
        case TransitionStep():
            return ["transition: auto"]
    assert_never(step)


def _hold(hold: Hold) -> str:
    """Return *hold* as it is written: its length alone where nothing is said of its bounds."""
    typical, low, high = map(duration_text, hold[:3])
    return typical if low == typical == high else f"{{typical: {typical}, min: {low}, max: {high}}}"


def _name(written: str) -> str:
    """Return the id *written* as a value."""
    if re.fullmatch(r"[a-z][\w-]*", written, re.ASCII):
        return written
    return _in_quotes(written)


def _in_quotes(written: str) -> str:
    inside = written.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"'


def _each(text: Text) -> str:
    """Return *text* in each language as a value."""
    return "{" + ", ".join(f"{lang}: {_in_quotes(text.said(lang))}" for lang in LANGS) + "}"


def _comment(note: Text, lang: Lang | None, indent: str = "") -> list[str]:
    """Return *note* as lines of a comment; none if no language is given."""
    return [f"{indent}# {row}" for row in rows_of(note.said(lang), _WIDTH)] if lang and note else []


def _note_on(step: Step) -> Text:
    """Return what a person may like to know of *step*."""
    match step:
        case PoseStep():
            if step.pacer:
                return _ON_SETTLING
            return _ON_REBOUND if step.rebound else _ON_SIDES if step.sides else _ON_POSE
        case BreatheStep():
            return _ON_BREATHING
        case ScanStep():
            return _ON_SCAN
        case RestStep():
            return _ON_REST
        case TransitionStep():
            return _ON_GETTING_UP
    assert_never(step)


_WIDTH = 110  # columns of a comment

_HEAD = Text(
    "A practice of your own, ready to run: psoas practice {name} starts it, and psoas show {name} shows how long it "
    "lasts. Change what you like. Everything after a # is a note, just for you. Write times like 3m, 90s or 1m30s.",
    "Een eigen oefening. Hij werkt meteen al: psoas practice {name} begint, en psoas show {name} laat zien hoe lang "
    "hij duurt. Verander wat je wilt. Alles na een # is een aantekening, alleen voor jou. Tijden schrijf je als 3m, "
    "90s of 1m30s.",
)
_ON_TITLE = Text("Its name on the screen.", "Hoe hij op het scherm heet.")
_ON_LANGUAGE = Text(
    "The language of texts that you add: en or nl. In a text in braces {en: …, nl: …} each language has its own.",
    "De taal van teksten die je erbij schrijft: nl of en. In een tekst tussen accolades, {en: …, nl: …}, heeft elke "
    "taal de zijne.",
)
_ON_MOVING = Text(
    "Time to lie down at first, and to move before each pose: as long as it takes, and psoas says how.",
    "Tijd om te gaan liggen, en om te bewegen voor elke houding: zo lang als het duurt, en psoas vertelt hoe.",
)
_ON_CAUTIONS = Text(
    "What to take care with, shown before the practice begins; some are for the pauses in the breath.",
    "Waar je op kunt letten, te lezen voor je begint; een paar horen bij de pauzes in de adem.",
)
_ON_STEPS = Text(
    "Each step begins with a hyphen; its first word is its kind. Steps may change places, and each may be left out.",
    "Elke stap begint met een streepje; het eerste woord zegt wat voor stap het is. Stappen mogen van plaats wisselen, "
    "en elke stap mag weg.",
)
_ON_POSE = Text(
    "A pose from the library, and how long to stay. psoas poses lists them all.",
    "Een houding uit de bibliotheek, en hoe lang je blijft. psoas poses noemt ze allemaal.",
)
_ON_SIDES = Text(
    "A pose with two sides: the hold is for each side, the right one first. Below it you may write a rest between the "
    "sides, such as between: {pose: childs-pose, hold: 30s}.",
    "Een houding met twee kanten: de tijd is per kant, eerst rechts. Eronder kun je rust tussen de kanten zetten, "
    "zoals between: {pose: childs-pose, hold: 30s}.",
)
_ON_REBOUND = Text(
    "A back bend, with a rest after it, which is the rebound.",
    "Een achteroverbuiging, met rust erna: dat is de rebound.",
)
_ON_SETTLING = Text(
    "A moment to lie down, as the pose before is none to linger in.",
    "Even gaan liggen, want de houding hiervoor is er geen om in te blijven.",
)
_ON_BREATHING = Text(
    "Breathing, with sound, in whole breaths. psoas breathe --list lists the named patterns.",
    "Ademen, ook te horen, in hele ademhalingen. psoas breathe --list noemt de patronen met een naam.",
)
_ON_SCAN = Text(
    "Attention travels from place to place. Leave out what you like, or add a place of your own.",
    "Je aandacht reist van plek naar plek. Laat weg wat je wilt, of zet er een plek bij.",
)
_ON_REST = Text(
    "The final rest. When you fit the practice to a length, the rest takes the time that is left.",
    "De rust aan het eind. Geef je de oefening een andere lengte, dan krijgt de rust wat er overblijft.",
)
_ON_REST_ADDED = Text(
    "You had not asked for one: it is here so that there is time to feel what lingers.",
    "Je had er niet om gevraagd: hij staat er zodat je even kunt navoelen.",
)
_ON_GETTING_UP = Text("Time to come back, and to get up.", "Tijd om terug te komen en op te staan.")
