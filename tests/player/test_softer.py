"""The key for what is softer: said at once, shown while it lasts, and taken back by the same key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.player.test_grounding import frame
from tests.player.test_lines import written
from tests.player.world import START, World, sequence_of

from psoas_cli.audio.clip import in_memory
from psoas_cli.audio.samples import frames_of, silence
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.revisions import replayed
from psoas_cli.practice.score.speech import Words, words_of
from psoas_cli.practice.score.timeline import compile_sequence

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from psoas_cli.practice.model.verbosity import Verbosity

# Lead-in to 10 s, the twist to 130, the other way to 170, its second side to 290, 10 s, resting from 300 to 360.
PRACTICE = sequence_of(
    """
  - pose: reclining-twist
    hold: 120s
    between: 40s
  - transition: 30s
  - pose: knees-together
    hold: 60s
  - rest: 60s
""",
    with_poses=True,
)
LEAVE = [(500.0, "q"), (501.0, "q"), (502.0, "enter")]
FROM_HERE = "Feet on the floor, and more cushions under your knees."
FEET = "Feet stay down"
BACK = "Back to the way it was."
NONE = "There is no softer form here. Less is always possible."
NOT_YET = "s works during a hold or a rest"
NEARLY = "This is nearly over. Less is always possible."


def world(*script: tuple[float, str], **how: Any) -> World:
    return World(PRACTICE, *script, *LEAVE, **how).run()


def voiced(*script: tuple[float, str], verbosity: Verbosity = "full", **how: Any) -> World:
    """A world with a voice that takes two seconds for a text, and a little longer for what the key may say."""
    clips = dict.fromkeys(words_of(compile_sequence(PRACTICE), "en"), in_memory(silence(frames_of(2.0))))
    for number, text in enumerate((FROM_HERE, BACK, NONE, NEARLY)):
        assert Words(text) in clips
        clips[Words(text)] = in_memory(silence(frames_of(LENGTHS[number])))
    return world(*script, narration=Narration("en", clips, verbosity=verbosity), **how)


LENGTHS = (3.1, 3.2, 3.3, 3.4)


def answers(done: World) -> list[tuple[float, int]]:
    """When the key was answered aloud, in seconds from the start, and with which of its texts."""
    lengths = [round(each, 2) for each in LENGTHS]
    found = [(at - START, round(length, 2)) for at, length in done.sound.spoken]
    return [(round(at, 2), lengths.index(length)) for at, length in found if length in lengths]


def test_the_form_is_shown_at_once_for_both_sides_and_another_press_takes_it_back() -> None:
    done = world((40, "s"), (70, "s"))
    before, during, after = (done.status_at(at).view for at in (39, 42, 72))
    assert (before.title, during.title, after.title) == ("Reclining twist", FEET, "Reclining twist")
    assert during.lines == (FROM_HERE,)
    assert before.lines == after.lines != during.lines
    assert during.figure
    assert before.figure == after.figure != during.figure
    assert done.messages == [FROM_HERE, BACK]
    assert done.bells == world().bells
    assert done.session.timeline == compile_sequence(PRACTICE)
    assert done.session.finished


def test_the_second_side_is_in_the_form_as_well_with_its_own_way_in() -> None:
    done = world((40, "s"))
    assert "Feet stay down; tip your knees to the left, onto the cushions." in done.status_at(160).view.lines
    view = done.status_at(200).view
    assert (view.title, view.side) == (FEET, "Knees to the left")
    assert view.figure != world().status_at(200).view.figure


def test_it_is_answered_aloud_at_once() -> None:
    done = voiced((40, "s"), (70, "s"), (340, "s"), (120, "s"))
    assert [(round(at), number) for at, number in answers(done)] == [(40, 0), (70, 1), (120, 3), (340, 2)]
    assert all(0.1 < at % 10 < 0.4 for at, _ in answers(done))
    assert done.messages == [FROM_HERE, BACK, NEARLY, NONE]


@pytest.mark.parametrize("verbosity", ["moves", "names", "none"])
def test_the_answer_to_a_key_is_said_as_for_other_keys_however_little_else_is(verbosity: Verbosity) -> None:
    done = voiced((40, "s"), verbosity=verbosity)
    assert [number for _, number in answers(done)] == ([] if verbosity == "none" else [0])
    assert done.messages == [FROM_HERE]


@pytest.mark.parametrize("how", [{"delivery": Delivery(speed=2.0)}, {"muted": True}])
def test_sped_up_or_muted_it_is_only_shown(how: dict[str, Any]) -> None:
    done = voiced((40, "s"), **how)
    assert answers(done) == []
    assert FROM_HERE in done.messages


def test_nothing_changes_in_the_last_twenty_seconds() -> None:
    done = world((109, "s"), (111, "s"))  # the hold lasts until 130
    assert done.messages == [FROM_HERE, NEARLY]
    assert done.status_at(112).view.title == FEET


def test_what_is_lengthened_is_as_long_with_it() -> None:
    done = world((40, "s"), (50, "+"), (60, "s"), (70, "-"))
    assert done.session.timeline == compile_sequence(PRACTICE)
    assert [kind for kind, _, _ in done.session.changes] == ["softer", "hold", "softer", "hold"]


def test_it_works_while_the_practice_stands_still_and_on_the_way_back_to_it() -> None:
    done = world((40, "space"), (45, "s"), (50, "space"), (51, "s"))
    assert done.status_at(46).view.title == FEET
    assert done.status_at(46).mode == "paused"
    assert done.status_at(52).view.title == "Reclining twist"
    assert replayed(compile_sequence(PRACTICE), done.session.changes) == done.session.timeline


def test_in_a_move_nothing_changes_and_it_is_shown_when_it_can_but_not_spoken_into_the_way_in() -> None:
    done = voiced((5, "s"), (150, "s"))
    assert done.messages == [NOT_YET, NOT_YET]
    assert answers(done) == []
    assert done.session.changes == []


def test_a_form_with_a_caution_that_the_person_has_is_not_offered() -> None:
    poses = "{mine: {name: M, variations: {low: {name: Low, from-here: Lower, cautions: [back]}}, softer: low}}"
    settings = f"lead-in: 10s\ntransition: 0s\nposes: {poses}"
    sequence = sequence_of("  - pose: mine\n    hold: 60s\n", settings)
    for care, said in (((), "Lower"), (("knees",), "Lower"), (("back",), NONE)):
        done = World(sequence, (30, "s"), *LEAVE, delivery=Delivery(care=care)).run()
        assert done.messages == [said]


def test_any_number_of_times_it_is_replayed_as_it_was() -> None:
    done = world(*((20.0 + 4 * i, "s") for i in range(9)), (180, "s"), (190, "p"), (250, "s"))
    assert done.session.changes
    assert replayed(compile_sequence(PRACTICE), done.session.changes) == done.session.timeline


def test_where_am_i_and_the_card_name_the_form() -> None:
    done = world((40, "s"), (50, "w"), (60, "i"), (62, "i"))
    where, card = done.status_at(51).where, done.status_at(61).card
    assert where
    assert where.sentences[0] == f"{FEET}."
    assert card
    assert card.title == FEET
    assert card.options == ()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_what_to_change_stays_on_the_screen_while_it_lasts(
    snapshot: SnapshotAssertion, lang: Lang, size: tuple[int, int]
) -> None:
    done = world((40, "s"), delivery=Delivery(lang))
    assert frame(done.status_at(75), *size) == snapshot


@pytest.mark.parametrize("lang", LANGS)
def test_lines_say_it_once(lang: Lang) -> None:
    said = {"en": FROM_HERE, "nl": "Voeten op de vloer, en meer kussens onder je knieën."}[lang]
    done = World(PRACTICE, (40, "s"), *LEAVE, delivery=Delivery(lang, aloud=True))
    assert written(done, lang).replace("\n", " ").count(said) == 1


# -- what is heard


def heard(
    *script: tuple[float, str], steps: str, settings: str = "lead-in: 10s\nbreath: none"
) -> list[tuple[float, str]]:
    """What is spoken, and when, in seconds from the start."""
    sequence = sequence_of(steps, settings, with_poses=True)
    words = words_of(compile_sequence(sequence), "en")
    lasting = {each: 0.5 + 0.05 * len(each.text) + number / 1000 for number, each in enumerate(words)}
    clips = {each: in_memory(silence(frames_of(seconds))) for each, seconds in lasting.items()}
    of = {round(clips[each].seconds, 4): each.text for each in words}
    done = World(sequence, *script, *LEAVE, narration=Narration("en", clips)).run()
    return [(round(at - START, 1), of[round(length, 4)]) for at, length in done.sound.spoken if round(length, 4) in of]


TWIST = """
  - pose: constructive-rest
    hold: 60s
  - transition: {before}
  - pose: reclining-twist
    hold: 120s
    between: 40s
  - rest: 60s
"""
WAY_IN = "Draw up your knees one by one and lower them to the right, perhaps onto a cushion."
SOFTER_WAY_IN = "Keep your feet on the floor and tip your knees to the right, onto a pile of cushions."


@pytest.mark.parametrize("before", ["90s", "35s"])
def test_whoever_goes_back_over_the_move_to_it_is_led_into_the_form(before: str) -> None:
    start = 70 + int(before[:-1])
    spoken = heard((start + 40, "s"), (start + 60, "p"), (start + 61, "p"), steps=TWIST.replace("{before}", before))
    again = [text for at, text in spoken if start + 61 < at < start + 240]
    told = again[again.index(f"{FEET}.") :]
    led = [text for text in told if text.startswith(SOFTER_WAY_IN) or text == FROM_HERE]
    assert led, "it is told how to come into the form, or what to change there"
    assert led[0] == FROM_HERE or not any(text.startswith(WAY_IN) for text in told)


def test_on_the_way_back_after_a_pause_the_way_into_the_form_is_told_after_the_answer() -> None:
    steps = TWIST.replace("{before}", "40s")
    spoken = heard((130, "space"), (165, "space"), (168, "s"), steps=steps)
    after = [text for at, text in spoken if 168 <= at < 200]
    assert after[0] == FROM_HERE
    assert any(text.startswith(SOFTER_WAY_IN) for text in after)
    assert not any(text.startswith(WAY_IN) for text in after)


def test_while_the_way_in_is_told_the_way_into_the_form_is_told_after_the_answer() -> None:
    steps = TWIST.replace("{before}", "0s")
    spoken = [text for at, text in heard((75, "s"), steps=steps) if 75 <= at < 110]
    assert spoken[0] == FROM_HERE
    assert any(text.startswith(SOFTER_WAY_IN) for text in spoken)


def test_a_key_that_has_less_said_cuts_off_no_way_in() -> None:
    spoken = heard((30, "n"), (36, "v"), steps=TWIST.replace("{before}", "40s"))
    assert any(text.startswith(WAY_IN) for at, text in spoken if at > 36)


@pytest.mark.parametrize("pause", [2, 10])
def test_what_a_short_pause_cut_off_is_said_again(pause: int) -> None:
    """Where any key pauses, one is easily hit."""
    steps = TWIST.replace("{before}", "0s")
    at = next(at for at, text in heard(steps=steps) if text.startswith(WAY_IN))
    spoken = heard((at + 2, "space"), (at + 2 + pause, "space"), steps=steps)
    assert any(text.startswith(WAY_IN) for when, text in spoken if when > at + 2 + pause)


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 5)])
def test_the_answer_stands_once_on_the_screen_and_what_was_offered_before_no_more(size: tuple[int, int]) -> None:
    done = world((40, "s"))
    assert done.status_at(39).view.offer
    shown = " ".join(frame(done.status_at(42), *size).split())
    assert shown.count("Feet on the floor") == 1
    assert done.status_at(42).view.offer == ""
