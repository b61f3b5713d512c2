from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
from tests.player.test_scheduler import DRAGON
from tests.player.test_session import LEAVE, PRACTICE
from tests.player.world import World, sequence_of

from psoas_cli.player.lines import Lines, wrapped
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.text import Lang
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from pathlib import Path

REST = {
    "en": """\
Constructive rest starts in 55 seconds.
Come to your mat. There is time.
Come onto your back.
Bend your knees in the form you like: feet parallel, in line with your hips; feet wide, knees together; or your \
calves on a chair.
Constructive rest, 55 seconds.
Shift, wriggle, pull up a blanket: whatever makes lying here easier.
Soon you will hear a breath. Breathing along is optional; listening is enough.
Breathing, 2 minutes.
Breathe along if you like, in for four and out for six. If it feels tight or dizzy, go back to your own breath.
Constructive rest, 3 minutes 55 seconds.
Stay as you are, or move a little and come back. Now and then something to notice; it needs no answer.
If holding your legs up takes effort: feet a little wider, or further away.
Your belly: does it move with the breath, or hardly? Either is fine.
A breath or two more here.
Rest, 1 minute 30 seconds.
Nothing more to do for now. Knees bent, legs long or on your side, eyes open or closed, all fine.
Coming back, 45 seconds.
Move your fingers and toes, let your eyes open; take your legs down if they are on a chair. Roll onto your side, \
stay for three breaths, and come up when it suits you.
The practice is over. Take your time.
""",
    "nl": """\
Constructieve rust begint over 55 seconden.
Kom naar je mat. Er is tijd.
Kom op je rug liggen.
Buig je knieën zoals jij het fijn vindt: voeten evenwijdig op heupbreedte, voeten wijd met je knieën tegen elkaar, \
of onderbenen op een stoel.
Constructieve rust, 55 seconden.
Schuif wat heen en weer of pak een deken erbij: alles waardoor je fijner ligt.
Straks hoor je een ademgeluid. Je kunt meeademen; alleen luisteren mag ook.
Ademen, 2 minuten.
Adem mee als je wilt, in op vier en uit op zes. Word je benauwd of duizelig, ga dan terug naar je eigen adem.
Constructieve rust, 3 minuten en 55 seconden.
Blijf zoals je ligt, of beweeg even en kom terug. Af en toe iets om op te merken; een antwoord hoeft niet.
Kost het moeite je benen te laten staan? Zet je voeten wat breder, of iets verder weg.
Je buik: beweegt die mee met je adem, of nauwelijks? Allebei goed.
Nog een of twee ademhalingen.
Rust, 1 minuut en 30 seconden.
Nu hoef je even niets meer. Knieën gebogen, benen lang of op je zij, ogen open of dicht, alles mag.
Terugkomen, 45 seconden.
Beweeg je vingers en tenen, kijk de kamer eens rond; haal je benen van de stoel als ze daarop liggen. Rol op je zij, \
blijf daar drie ademhalingen en kom omhoog als jij zover bent.
De oefening is klaar. Neem de tijd.
""",
}

ELSEWHERE = """\
First starts in 10 seconds.
First, 1 minute.
Second, right side, first of two sides, starts in 20 seconds.
Second, right side, first of two sides, 1 minute.
Second, left side, second of two sides, starts in 20 seconds.
Second, left side, second of two sides, 1 minute.
Breathing, 30 seconds.
Breathing starts in 20 seconds.
Breathing, 30 seconds.
Paused: space to resume when you like
Next: Second, left side, second of two sides.
Second, left side, second of two sides, starts in 20 seconds.
Second, left side, second of two sides, 1 minute.
Second now 1 minute 30 seconds, ends 20:05
Ending: space to stay a while longer
The practice ends here.
"""

FROM_THE_SCAN = """\
Body scan starts in 20 seconds.
Body scan, 10 seconds.
Feet
Legs
Rest, 1 minute.
The practice is over. Take your time.
"""


def written(world: World, lang: Lang = "en") -> str:
    """What is told while *world* is led through."""
    found: list[str] = []
    lines = Lines(world.session, lambda *told: found.extend(told), lang)
    world.show = lines.show  # type: ignore[method-assign]
    world.run()
    return "".join(f"{line}\n" for line in found)


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("speed", [1, 60])
def test_a_practice_in_lines(lang: Lang, speed: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    sequence = Library(lang).sequence("constructive-rest")
    world = World(sequence, frame=0.2, delivery=Delivery(lang, speed), state="off")
    assert written(world, lang) == REST[lang]


BETWEEN = """\
One starts in 40 seconds.
Come to your mat. There is time.
One, 1 minute.
Baby dragon, right foot forward, first of two sides, starts in 1 minute 10 seconds.
Come onto hands and knees.
Step your right foot between your hands. Slide your left knee back as far as is comfortable, on a blanket. Hands \
on the floor or on blocks.
Baby dragon, right foot forward, first of two sides, 2 minutes.
How is your left knee? A thicker blanket or a shorter step is always possible.
A breath or two more here.
Child's pose starts in 30 seconds.
Hands down; bring your right knee back next to the other.
Bring your seat towards your heels, knees as wide as you like, head on the floor or a cushion.
Child's pose, 30 seconds.
Baby dragon, left foot forward, second of two sides, starts in 30 seconds.
In your own time, come back to hands and knees.
Right knee back on the blanket, hands as before.
Baby dragon, left foot forward, second of two sides, 2 minutes.
There is no need to stretch; gravity does the work.
Soon it will be time to come out, at your own pace.
Savasana starts in 1 minute 5 seconds.
Hands down; bring your left knee back next to the other.
Let your seat sink beside your feet, lower yourself onto your side, forearm first, and roll onto your back.
Stretch your legs out, or keep your knees bent. A cushion under them, a blanket over you, eyes open or closed.
Savasana, 1 minute.
Nothing needs to happen now. On your side, or sitting, is fine too.
Coming back, 30 seconds.
Come up when it suits you.
The practice is over. Take your time.
"""

BACK = """\
Paused: space to resume when you like
Come onto hands and knees.
Step your right foot between your hands. Slide your left knee back as far as is comfortable, on a blanket. Hands \
on the floor or on blocks.
Resuming in 1 minute 5 seconds.
Going on.
How is your left knee? A thicker blanket or a shorter step is always possible.
Ending: space to stay a while longer
The practice ends here.
"""

TOLD_AT_ONCE = """
  - name: One
    hold: 60s
  - name: Two
    text: Lie down
    hold: 60s
"""

ONCE = """\
Paused: space to resume when you like
Next: Two.
Lie down
Two starts in 20 seconds.
Two, 1 minute.
Ending: space to stay a while longer
The practice ends here.
"""


def test_a_practice_with_a_pose_between_two_sides_in_lines() -> None:
    assert written(World(DRAGON)) == BETWEEN


def test_whoever_goes_elsewhere_is_told_what_is_there_and_nothing_twice() -> None:
    there = [(20, "n"), (21, "space"), (25, "n"), (26, "space")]
    back = [(90, "p"), (91, "space"), (92, "space"), (93, "p"), (98, "space"), (125, "+"), (126, "q")]
    assert written(World(PRACTICE, *there, *back, delivery=Delivery(aloud=True))) == ELSEWHERE


def test_who_begins_in_the_middle_hears_of_nothing_before_it_and_a_scan_is_one_line() -> None:
    assert written(World(PRACTICE, position=230)) == FROM_THE_SCAN


def test_a_pose_that_one_goes_to_is_told_with_its_way_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    sequence = Library("en").sequence("constructive-rest")
    told = written(World(sequence, (60, "n"), (61, "p"), (120, "q"), (121, "q"), (122, "q")))
    way_in = "Come onto your back.\nBend your knees in the form you like"
    assert told.count(f"Constructive rest starts in 50 seconds.\n{way_in}") == 1
    assert told.count("Bend your knees in the form you like") == 2
    assert told.count("Constructive rest, 55 seconds.\n") == 2


def test_what_is_told_as_a_stop_begins_is_written_once_for_who_goes_there_in_a_pause() -> None:
    keys = [(20, "space"), (21, "n"), (22, "space"), (50, "q"), (51, "q"), (52, "q")]
    told = written(World(sequence_of(TOLD_AT_ONCE), *keys))
    assert told.endswith(ONCE)


def test_after_a_long_pause_the_way_in_is_written_again_and_nothing_twice_after_it() -> None:
    dragon = 170
    keys = [(dragon + 5, "space"), (dragon + 65, "space"), (dragon + 160, "q"), (dragon + 161, "q")]
    told = written(World(DRAGON, *keys, (dragon + 162, "q")))
    assert told.split("first of two sides, 2 minutes.\n")[1] == BACK


def test_on_a_terminal_lines_break_between_words() -> None:
    for line in REST["nl"].splitlines():
        for width in (30, 44, 80):
            rows = wrapped(line, width)
            assert " ".join(rows) == line
            assert all(len(row) <= width for row in rows)


def test_the_keys_are_told_in_words_each_time_they_are_asked_for_and_cover_nothing() -> None:
    told = written(World(PRACTICE, (20, "?"), (25, "?"), (30, "q"), (31, "q"), (32, "q")))
    assert told.count("space: pause or resume.\n") == told.count("n, right arrow: ") == 2
    assert "plus, minus: hold 30 seconds longer or shorter.\n" in told
    assert told.endswith("Ending: space to stay a while longer\nThe practice ends here.\n")


def test_a_pose_that_is_looked_at_is_told_and_the_next_key_is_for_the_practice() -> None:
    told = written(World(DRAGON, (175, "i"), (180, "right"), (185, "q"), (186, "q"), (187, "q")))
    card, _, after = told.partition("Paused: space to resume when you like\n")
    assert "Baby dragon, right foot forward. Pose 2 of 5.\nThe way in: Step your right foot" in card
    assert "The way out: Hands down;" in card
    assert after.startswith("Next: Child's pose.\n")
    assert "Ending: space to stay" in after


def test_a_key_that_is_pressed_again_says_again_what_it_did() -> None:
    told = written(World(PRACTICE, (30, "m"), (31, "m"), (32, "m"), (33, "x"), (33.5, "x"), *LEAVE))
    assert told.count("Sound muted\n") == 2
    assert told.count("Sound on\n") == 1
    assert told.count("The question mark lists the keys.\n") == 2
    without_poses = sequence_of("  - breathe: 4-6\n    hold: 60s\n")
    assert "The question mark lists the keys.\n" in written(World(without_poses, (30, "i"), *LEAVE))


def test_who_goes_from_grounding_to_the_rest_is_told_that_it_has_yet_to_begin() -> None:
    told = written(World(PRACTICE, (30, "g"), (31, "r"), (40, "q"), (41, "q"), (42, "q")))
    assert "Rest starts in" in told.partition("Grounding: the clock stands still.")[2]
    assert "Resuming" not in told


def test_going_on_after_a_short_pause_is_said() -> None:
    told = written(World(PRACTICE, (30, "space"), (31, "space"), *LEAVE))
    assert "Paused: space to resume when you like\nGoing on.\n" in told


def test_without_numbers_no_length_is_told() -> None:
    told = written(World(DRAGON, delivery=Delivery(numbers=False, aloud=True)))
    assert "Next: Baby dragon, right foot forward, first of two sides.\n" in told
    assert not re.search("minute|second[^ ]", told)


TIME_OF_DAY = re.compile(r"(?:ends|ending at|klaar om) \d\d:\d\d")
SIGNS = re.compile(r"[\u2190-\u2bff\u2800-\u28ff·×|]|\d:\d|  ")  # noqa: RUF001 - arrows, boxes, blocks, dots


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("name", ["yin-short", "body-scan", "breathing"])
def test_nothing_that_is_told_is_a_picture_a_sign_or_a_figure_of_a_clock(
    lang: Lang, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    keys = ["?", "w", "i", "+", "-", "m", "up", "down", "v", "b", "e", "x", "space", "space", "g", "right", "space"]
    there = [(130.0 + 4 * number, key) for number, key in enumerate(keys)]
    moved = [(420.0 + 30 * number, key) for number, key in enumerate(["n", "p", "space", "w", "?", "space", "g", "r"])]
    world = World(Library(lang).sequence(name), *there, *moved, frame=0.2, delivery=Delivery(lang, aloud=True))
    told = written(world, lang)
    assert world.session.finished
    for line in told.splitlines():
        assert not SIGNS.search(TIME_OF_DAY.sub("", line)), line


@pytest.mark.parametrize("lang", get_args(Lang))
def test_each_key_says_what_it_did(lang: Lang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    sequence = Library(lang).sequence("constructive-rest")
    leave = [(310, "q"), (311, "q"), (312, "q")]
    before = written(World(sequence, *leave, delivery=Delivery(lang, aloud=True)), lang).count("\n")
    for key in ["?", "w", "enter", "i", "+", "-", "m", "up", "down", "v", "b", "e", "n", "p", "space", "g", "x"]:
        after = written(World(sequence, (300, key), *leave, delivery=Delivery(lang, aloud=True)), lang).count("\n")
        assert after > before, key
