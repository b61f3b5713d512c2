"""The preview: what a person reads before a practice, the first time and later, on screens of several sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import pytest
from tests.practice.test_builtin import IDS
from tests.tui.test_screen import Terminal

from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player.adaptation import adapted
from psoas_cli.player.buttons import BUTTONS
from psoas_cli.player.introduction import Facts, Introduction, facts_of
from psoas_cli.player.narrator import Narrator
from psoas_cli.player.preview import Preview
from psoas_cli.player.preview_page import GROUND_OFFER, PreviewScreen
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model.cautions import STOP_SIGNS, STOP_SIGNS_BRIEF
from psoas_cli.practice.model.sequence import Bells
from psoas_cli.practice.model.text import LANGS, Lang, first_sentence
from psoas_cli.practice.score import request
from psoas_cli.practice.score.facts import INVITATION
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from psoas_cli.practice.model.sequence import Sequence

# As much as the fullest of the built-in practices, and what does not change with them.
PRACTICE = """
title: {en: A full practice, nl: Een volle oefening}
language: en
level: moderate
summary:
  en: >-
    A quiet practice on the floor with everything that a preview can tell, so that its summary is three lines long on
    a screen of eighty columns, as the built-in ones are; no more.
  nl: >-
    Een stille les op de vloer met alles wat er vooraf te vertellen valt, zodat de tekst hier op een scherm van tachtig
    tekens drie regels lang is, zoals die van de ingebouwde; meer niet.
props:
  - {en: blanket, nl: deken}
  - {en: cushions or bolster, nl: kussens of bolster}
  - {en: low block or firm cushion, nl: laag blok of stevig kussen}
  - {en: two blocks, nl: twee blokken}
cautions: [trauma, lying-flat, neck, back, sciatica, headache, osteoporosis, hypermobility, ankles, knees, eyes,
  blood-pressure, pregnancy, hip-replacement, thrombosis, surgery]
poses:
  kneeling:
    name: {en: Kneeling, nl: Knielen}
    text: {en: "Come onto your knees.", nl: "Kom op je knieën."}
    cautions: [knees]
    instead: {knees: lying}
  lying: {name: {en: Lying, nl: Liggen}}
steps:
  - {pose: kneeling, hold: 10m}
  - {pose: lying, hold: 10m}
"""
SIZES = {"40x12": (40, 12), "80x24": (80, 24), "120x40": (120, 40)}


class Person:
    """Someone who presses *keys*, one each time that something is shown, and then leaves."""

    _keys: list[str] | None

    def __init__(self, size: tuple[int, int], keys: list[str]) -> None:
        self.size, self.dirty, self._keys = size, True, list(keys)
        self.frames: list[str] = []
        self.terminal = Terminal(*size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def events(self, timeout: float | None) -> list[str]:
        if timeout == 0:
            return []
        if self._keys is not None:
            self.frames.append(self.terminal.frame)
        if self._keys:
            return [self._keys.pop(0)]
        self._keys = None
        return ["q"]  # leaves the page that one is on, and then the preview


class Silence:
    """Sound that is on."""

    state, muted, volume = "on", False, 70

    def hush(self) -> None: ...


def practice() -> Sequence:
    return read_sequence(Source("full", "full.yaml", PRACTICE), Shelf("en", {}, lambda _: None))


def facts(sequence: Sequence, lang: Lang, care: tuple[str, ...] = (), *, known: bool = False, **more: Any) -> Facts:
    made = adapted(sequence, None, care)
    return facts_of(
        Introduction(
            made.sequence,
            made.timeline,
            lang,
            "full",
            tuple(made.others(lang)),
            care=care,
            changes=made.changes,
            adapted=made.adapted,
            known=known,
            **more,
        )
    )


def frames(told: Facts, lang: Lang, size: tuple[int, int], *keys: str) -> list[str]:
    """What is seen: at once, and after each of the *keys*."""
    timeline = adapted(practice(), None, ()).timeline
    sound: Any = Silence()
    person = Person(size, list(keys))
    preview = Preview(
        told,
        timeline,
        sound,
        "bowl",
        spoken=Narrator(Narration("en"), (), "Heart, built in") if lang == "en" else None,
        sound_note="",
        ends_at=lambda: "21:45",
        clock=lambda: 0.0,
    )
    assert not preview.run(person, PreviewScreen(person.terminal.screen))
    return person.frames


def one_line(frame: str) -> str:
    return " ".join(frame.split())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
def test_the_preview_looks_as_it_should(snapshot: SnapshotAssertion, known: bool, size: str, lang: Lang) -> None:
    pages = {"40x12": 3}.get(size, 1)
    seen = frames(facts(practice(), lang, known=known), lang, SIZES[size], *["space"] * pages)
    assert seen[-1] == seen[0]  # the pages come round
    assert len(set(seen)) == pages
    assert seen[:pages] == snapshot


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", SIZES)
def test_c_looks_as_it_should(snapshot: SnapshotAssertion, size: str, lang: Lang) -> None:
    keys = ["c", *["space"] * {"40x12": 8, "80x24": 2}.get(size, 1)]
    assert frames(facts(practice(), lang), lang, SIZES[size], *keys)[1:] == snapshot


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", IDS)
def test_all_of_a_built_in_practice_is_on_one_page_the_first_time(name: str, lang: Lang) -> None:
    sequence = Library(lang).sequence(name)
    told = facts(sequence, lang)
    seen = one_line(frames(told, lang, (80, 24))[0])
    offered = (INVITATION, GROUND_OFFER, STOP_SIGNS_BRIEF, sequence.title)
    assert not [said.said(lang) for said in offered if one_line(said.said(lang)) not in seen]
    assert one_line(first_sentence(sequence.summary.said(lang))) in seen
    assert all(item.name in seen and item.measure in seen for item in told.plan)
    assert told.cautions[0] in seen


@pytest.mark.parametrize("size", [(40, 12), (41, 13), (60, 16), (80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("care", [(), ("knees",)])
@pytest.mark.parametrize("lang", LANGS)
def test_every_page_says_when_to_come_out_and_some_page_says_g(
    lang: Lang, care: tuple[str, ...], known: bool, size: tuple[int, int]
) -> None:
    seen = frames(facts(practice(), lang, care, known=known), lang, size, *["space"] * 6)
    assert all(one_line(STOP_SIGNS_BRIEF.said(lang)) in one_line(frame) for frame in seen)
    assert any(one_line(GROUND_OFFER.said(lang)) in one_line(frame) for frame in seen)


def test_the_most_serious_precautions_are_named_in_a_line_or_two_and_c_has_all_of_them() -> None:
    first, later = (frames(facts(practice(), "en", known=known), "en", (80, 24))[0] for known in (False, True))
    begun = "Precautions: recent surgery or fracture"
    named = f"{begun}, thrombosis, hip replacement, pregnancy or recent birth and 12 more"
    assert f"{named} · c: what to do then" in one_line(first)
    assert f"{begun} and 15 more · c: what to do then" in one_line(later)
    assert "choose it in psoas under s" in first
    assert "psoas under s" not in later
    rest = " ".join(frames(facts(practice(), "en", known=True), "en", (80, 24), "c", "space", "space"))
    for said in ("Ask your doctor or midwife first", "Sensitive knees: You might pad", "choose it in psoas under s"):
        assert said in rest
    assert one_line(STOP_SIGNS.en) in one_line(rest)


@pytest.mark.parametrize("known", [False, True])
def test_changes_are_said_in_a_few_words_and_else_how_to_ask_for_them(known: bool) -> None:
    def seen(*care: str) -> str:
        return one_line(frames(facts(practice(), "en", care, known=known), "en", (80, 24))[0])

    assert ("If one applies, choose it in psoas under s: the practice adapts." in seen()) is not known
    assert "Kneeling → lying (knees)" in seen("knees", "epilepsy")
    unchanged = "In your settings: epilepsy. No pose here needs a change."
    assert (unchanged in seen("epilepsy")) is not known


def test_the_plan_marks_where_one_begins_and_what_is_left_from_there() -> None:
    told = facts(Library("en").sequence("yin"), "en", position=1335.0)
    seen = frames(told, "en", (80, 24))[0]
    assert "From Sphinx · 22:45 of 45:00 left · ends at 21:45" in seen
    assert "→ Sphinx" in seen
    assert seen.count("→ ") == 1
    again = frames(facts(Library("en").sequence("yin"), "en", position=1335.0, resumed=True), "en", (80, 24))[0]
    assert "Goes on at Sphinx · 22:45 of 45:00 left" in again
    assert "→ " not in frames(facts(Library("en").sequence("yin"), "en"), "en", (80, 24))[0]


def test_both_sides_are_one_row_of_the_plan_and_so_is_a_scan() -> None:
    rows = {item.name: item.measure for item in facts(Library("en").sequence("yin"), "en").plan}
    assert rows["Baby dragon"] == "2 × 2:45"  # noqa: RUF001 - the sign is meant
    scan = [item for item in facts(Library("en").sequence("body-scan"), "en").plan if item.name == "Body scan"]
    assert len(scan) == 1


@pytest.mark.parametrize("name", IDS)
def test_the_plan_adds_up_to_the_length(name: str) -> None:
    told = facts(Library("en").sequence(name), "en")
    rows = [*told.plan, *([told.between] if told.between else [])]
    assert sum(sum(row.lengths) for row in rows) == pytest.approx(told.length)
    between = f"{told.between.name} {told.between.measure}" if told.between else ""
    assert between in one_line(frames(told, "en", (120, 40))[0])


def test_on_a_wide_screen_the_plan_stands_beside_the_rest() -> None:
    wide, usual = (frames(facts(practice(), "en"), "en", size)[0] for size in ((120, 40), (80, 24)))
    assert any("A full practice" in row and row.rstrip().endswith("The plan") for row in wide.splitlines())
    assert "The plan" not in usual
    assert "Kneeling" in usual


def test_a_rehearsal_says_that_it_is_one() -> None:
    seen = frames(facts(practice(), "en", speed=60.0), "en", (80, 24))[0]
    assert "A rehearsal, 60 times as fast: it takes 21 seconds." in one_line(seen)


@pytest.mark.parametrize("size", SIZES)
def test_the_question_mark_shows_the_keys_of_the_preview(size: str) -> None:
    seen = frames(facts(practice(), "en"), "en", SIZES[size], "?", "?")
    assert "Enter   begin" in seen[1]
    assert seen[2] == seen[0]


def test_where_no_pose_has_a_caution_care_is_not_spoken_of() -> None:
    told = facts(Library("en").sequence("breathing"), "en")
    assert (told.care, told.cautions) == ("", ("trauma or dissociation",))


def test_of_the_breath_alone_lines_say_nothing_of_coming_out() -> None:
    sequence = request.breathing("4-6", 4.0, None, ramp=False, sound=None, bells=Bells())
    notices = Introduction(sequence, request.fitted(sequence, None), "en", "")
    assert notices.precautions(waits=False) == notices.precautions(waits=True) == []


@pytest.mark.parametrize("known", [False, True])
def test_lines_name_every_caution_only_where_one_waits_and_is_new(known: bool) -> None:
    made: Any = adapted(practice(), None, ())
    notices = Introduction(made.sequence, made.timeline, "en", "full", known=known)
    short, whole = notices.precautions(waits=False), notices.precautions(waits=True)
    heading = "Precautions: ask first (6); joints and bones (4); back, neck and head (4); mind and rest (2). "
    assert short[0] == f"{heading}psoas show full says what you can do instead."
    assert short[-1] == whole[-1] == STOP_SIGNS_BRIEF.en
    assert len(short) == (2 if known else 3)
    if known:
        assert whole[0].startswith("Precautions as before: the key c says which")
    else:
        assert whole[1].startswith("Ask first: recent surgery or fracture, thrombosis, ")
        assert len(whole) == 8


@pytest.mark.parametrize(
    ("page", "key"), [("c", "q"), ("c", "esc"), ("c", "enter"), ("c", "c"), ("i", "q"), ("i", "esc")]
)
def test_what_closes_a_page_leads_back_to_the_preview_and_begins_or_leaves_nothing(page: str, key: str) -> None:
    seen = frames(facts(practice(), "en"), "en", (80, 24), page, key)
    assert seen[1] != seen[0]
    assert seen[2] == seen[0]


def test_buttons_of_headphones_are_for_the_practice_alone() -> None:
    seen = frames(facts(practice(), "en"), "en", (80, 24), *sorted(BUTTONS))
    assert len(set(seen)) == 1


class Impatient(Person):
    """Someone who pressed Enter before anything was seen, and begins with two keys at once."""

    def __init__(self) -> None:
        super().__init__((80, 24), [])
        self._early = [["enter"], ["space", "enter"]]

    def events(self, timeout: float | None) -> list[str]:
        if timeout == 0:
            return self._early.pop(0) if self._early else []
        assert self._early == []
        return ["b", "enter", "space", "n"]


def test_what_was_typed_before_is_no_answer_and_what_comes_with_the_answer_is_for_the_practice() -> None:
    sound: Any = Silence()
    rung: list[object] = []
    sound.bell = lambda *struck: rung.append(struck)
    timeline = adapted(practice(), None, ()).timeline
    told, person = facts(practice(), "en"), Impatient()
    preview = Preview(
        told, timeline, sound, "bowl", spoken=None, sound_note="", ends_at=lambda: "21:45", clock=lambda: 0.0
    )
    assert preview.run(person, PreviewScreen(person.terminal.screen)) == ["space", "n"]
    assert len(rung) == 1


def test_the_preview_follows_the_device() -> None:
    sound: Any = Silence()
    states = ["opening", "opening", "on", "lost", "on"]

    class Waiting(Person):
        def events(self, timeout: float | None) -> list[str]:
            if timeout == 0:
                return []
            self.frames.append(self.terminal.frame)
            sound.state = states.pop(0) if states else "on"
            return [] if states else ["q"]

    person = Waiting((80, 24), [])
    sound.state = "opening"
    timeline = adapted(practice(), None, ()).timeline
    Preview(
        facts(practice(), "en"), timeline, sound, "bowl", spoken=None, sound_note="", ends_at=lambda: "21:45",
        clock=lambda: 0.0,
    ).run(person, PreviewScreen(person.terminal.screen))  # fmt: skip
    said = ["Sound: starting", "Sound: starting", "Sound: starting", "Sound: on, volume 70", "Sound: no device answers"]
    assert [each in frame for each, frame in zip(said, person.frames, strict=True)] == [True] * 5
