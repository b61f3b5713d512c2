from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
from tests.player.test_scheduler import DRAGON
from tests.player.test_session import PRACTICE
from tests.player.world import World, sequence_of

from psoas_cli.player.lines import Lines
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.text import Lang
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from pathlib import Path

REST = {
    "en": """\
   0:00  Constructive rest starts in 0:55
   0:00  Come to your mat. There is time.
   0:00  Come onto your back.
   0:00  Bend your knees in the form you like: feet parallel, in line with your hips; feet wide, knees \
together; or your calves on a chair.
   0:55  Constructive rest (0:55)
   1:05  Shift, wriggle, pull up a blanket: whatever makes lying here easier.
   1:30  Soon you will hear a breath. Breathing along is optional; listening is enough.
   1:50  Breathing (2:00)
   1:50  Breathe along if you like, in for four and out for six. If it feels tight or dizzy, go back to your \
own breath.
   3:50  Constructive rest (3:55)
   3:50  Stay as you are, or move a little and come back. Now and then something to notice; it needs no answer.
   4:30  If holding your legs up takes effort: feet a little wider, or further away.
   5:00  Your belly: does it move with the breath, or hardly? Either is fine.
   7:33  A breath or two more here.
   7:45  Rest (1:30)
   7:45  Nothing more to do for now. Knees bent, legs long or on your side, eyes open or closed, all fine.
   9:15  Coming back (0:45)
   9:15  Move your fingers and toes, let your eyes open. Roll onto your side, stay for three breaths, and \
come up with the help of your hands when it suits you.
  10:00  The practice is over. Take your time.
""",
    "nl": """\
   0:00  Constructieve rust, over 0:55
   0:00  Kom naar je mat. Er is tijd.
   0:00  Kom op je rug liggen.
   0:00  Buig je knieën zoals jij het fijn vindt: voeten evenwijdig op heupbreedte, voeten wijd met je knieën \
tegen elkaar, of onderbenen op een stoel.
   0:55  Constructieve rust (0:55)
   1:05  Schuif wat heen en weer of pak een deken erbij: alles waardoor je fijner ligt.
   1:30  Straks hoor je een ademgeluid. Je kunt meeademen; alleen luisteren mag ook.
   1:50  Ademen (2:00)
   1:50  Adem mee als je wilt, in op vier en uit op zes. Word je benauwd of duizelig, ga dan terug naar je \
eigen adem.
   3:50  Constructieve rust (3:55)
   3:50  Blijf zoals je ligt, of beweeg even en kom terug. Af en toe iets om op te merken; een antwoord hoeft niet.
   4:30  Kost het moeite je benen te laten staan? Zet je voeten wat breder, of iets verder weg.
   5:00  Je buik: beweegt die mee met je adem, of nauwelijks? Allebei goed.
   7:33  Nog een of twee ademhalingen.
   7:45  Rust (1:30)
   7:45  Nu hoef je even niets meer. Knieën gebogen, benen lang of op je zij, ogen open of dicht, alles mag.
   9:15  Terugkomen (0:45)
   9:15  Beweeg je vingers en tenen, kijk de kamer eens rond. Rol op je zij, blijf daar drie ademhalingen en kom \
via je handen omhoog als jij zover bent.
  10:00  De oefening is klaar. Neem de tijd.
""",
}

ELSEWHERE = """\
   0:00  First starts in 0:10
   0:10  First (1:00)
   1:10  Second, right side, first of two sides, starts in 0:20
   1:10  Second, right side, first of two sides (1:00)
   2:20  Second, left side, second of two sides, starts in 0:20
   2:20  Second, left side, second of two sides (1:00)
   3:20  Breathing (0:30)
   3:20  Breathing starts in 0:20
   3:20  Breathing (0:30)
         Paused: space to resume when you like
   2:20  Second, left side
   2:20  Second, left side, second of two sides, starts in 0:20
   2:20  Second, left side, second of two sides (1:00)
         Second now 1:30 · ends 20:05
         Ending: space to stay a while longer
"""

FROM_THE_SCAN = """\
   3:50  Body scan starts in 0:20
   3:50  Body scan (0:10)
   3:50  Feet
   3:55  Legs
   4:00  Rest (1:00)
   5:00  The practice is over. Take your time.
"""


def written(world: World, lang: Lang = "en", width: int | None = None) -> str:
    """What is written while *world* is led through, on a terminal of *width* columns or in a pipe."""
    found: list[str] = []
    lines = Lines(world.session, found.append, lang, width=(lambda: width) if width else None)
    world.show = lines.show  # type: ignore[method-assign]
    world.run()
    return "".join(found)


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("speed", [1, 60])
def test_a_practice_in_lines(lang: Lang, speed: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    sequence = Library(lang).sequence("constructive-rest")
    world = World(sequence, frame=0.2, delivery=Delivery(lang, speed), state="off")
    assert written(world, lang) == REST[lang]


BETWEEN = """\
   0:00  One starts in 0:40
   0:00  Come to your mat. There is time.
   0:40  One (1:00)
   1:40  Baby dragon, right foot forward, first of two sides, starts in 1:10
   1:40  Come onto hands and knees.
   1:40  Step your right foot between your hands. Slide your left knee back as far as is comfortable, on a blanket. \
Hands on the floor or on blocks.
   2:50  Baby dragon, right foot forward, first of two sides (2:00)
   3:10  How is your left knee? A thicker blanket or a shorter step is always possible.
   4:38  A breath or two more here.
   4:50  Child's pose starts in 0:30
   4:50  Hands down; bring your right knee back next to the other.
   4:50  Bring your seat towards your heels, knees as wide as you like, head on the floor or a cushion.
   5:20  Child's pose (0:30)
   5:50  Baby dragon, left foot forward, second of two sides, starts in 0:30
   5:50  In your own time, come back to hands and knees.
   5:50  Right knee back on the blanket, hands as before.
   6:20  Baby dragon, left foot forward, second of two sides (2:00)
   6:40  There is no need to stretch; gravity does the work.
   8:08  Soon it will be time to come out, at your own pace.
   8:20  Savasana starts in 1:05
   8:20  Hands down; bring your left knee back next to the other.
   8:20  Let your seat sink beside your feet, lower yourself onto your side, forearm first, and roll onto your back.
   8:20  Stretch your legs out, or keep your knees bent. A cushion under them, a blanket over you, eyes open or \
closed.
   9:25  Savasana (1:00)
   9:45  Nothing needs to happen now. On your side, or sitting, is fine too.
  10:25  Coming back (0:30)
  10:25  Come up when it suits you.
  10:55  The practice is over. Take your time.
"""

BACK = """\
         Paused: space to resume when you like
         Come onto hands and knees.
         Step your right foot between your hands. Slide your left knee back as far as is comfortable, on a blanket. \
Hands on the floor or on blocks.
         Resuming in 1:05
   3:10  How is your left knee? A thicker blanket or a shorter step is always possible.
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
   1:10  Two
         Lie down
   1:10  Two starts in 0:20
   1:10  Two (1:00)
         Ending: space to stay a while longer
"""


def test_a_practice_with_a_pose_between_two_sides_in_lines() -> None:
    assert written(World(DRAGON)) == BETWEEN


def test_whoever_goes_elsewhere_is_told_what_is_there_and_nothing_twice() -> None:
    there = [(20, "n"), (21, "space"), (25, "n"), (26, "space")]
    back = [(90, "p"), (91, "space"), (92, "space"), (93, "p"), (98, "space"), (125, "+"), (126, "q")]
    assert written(World(PRACTICE, *there, *back)) == ELSEWHERE


def test_who_begins_in_the_middle_hears_of_nothing_before_it_and_a_scan_is_one_line() -> None:
    assert written(World(PRACTICE, position=230)) == FROM_THE_SCAN


def test_a_pose_that_one_goes_to_is_told_with_its_way_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    sequence = Library("en").sequence("constructive-rest")
    told = written(World(sequence, (60, "n"), (61, "p"), (120, "q"), (121, "q"), (122, "q")))
    way_in = "         Come onto your back.\n         Bend your knees in the form you like"
    assert told.count(f"   0:55  Constructive rest starts in 0:50\n{way_in}") == 1
    assert told.count("Bend your knees in the form you like") == 2
    assert told.count("   0:55  Constructive rest (0:55)\n") == 2


def test_what_is_told_as_a_stop_begins_is_written_once_for_who_goes_there_in_a_pause() -> None:
    keys = [(20, "space"), (21, "n"), (22, "space"), (50, "q"), (51, "q"), (52, "q")]
    told = written(World(sequence_of(TOLD_AT_ONCE), *keys))
    assert told.endswith(ONCE)


def test_after_a_long_pause_the_way_in_is_written_again_and_nothing_twice_after_it() -> None:
    dragon = 170
    keys = [(dragon + 5, "space"), (dragon + 65, "space"), (dragon + 160, "q"), (dragon + 161, "q")]
    told = written(World(DRAGON, *keys, (dragon + 162, "q")))
    assert told.split("first of two sides (2:00)\n")[1] == BACK + "         Ending: space to stay a while longer\n"


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("width", [30, 44, 80])
def test_on_a_terminal_lines_break_between_words_and_go_on_below_their_beginning(
    lang: Lang, width: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    sequence = Library(lang).sequence("constructive-rest")
    told = written(World(sequence, frame=0.2, delivery=Delivery(lang, 60), state="off"), lang, width)
    assert told.split() == REST[lang].split()
    assert all(len(line) <= width for line in told.splitlines())
    further = [line for line in told.splitlines() if not re.match(" {1,3}[0-9:]+  ", line)]
    assert further
    assert all(re.match(" {9}[^ ]", line) for line in further)


def test_the_keys_are_written_each_time_they_are_asked_for_and_cover_nothing() -> None:
    done = World(PRACTICE, (20, "?"), (25, "?"), (30, "q"), (31, "q"), (32, "q"))
    told = written(done)
    assert told.count("         space   pause or resume\n") == told.count("   end gently\n") == 2
    assert told.endswith("         Ending: space to stay a while longer\n")


def test_a_pose_that_is_looked_at_is_written_and_the_next_key_is_for_the_practice() -> None:
    told = written(World(DRAGON, (175, "i"), (180, "right"), (185, "q"), (186, "q"), (187, "q")))
    card, _, after = told.partition("Paused: space to resume when you like\n")
    assert "         Baby dragon\n         Right foot forward · 2 / 5\n         The way in\n" in card
    assert card.index("The way out") < card.index("The way in") + 1000
    assert "Ending: space to stay" in after


def test_the_keys_are_written_in_columns_however_wide_the_terminal() -> None:
    for width, rows in ((80, "    q   end gently"), (44, "    q   end gently"), (24, "q end gently")):
        told = written(World(DRAGON, (175, "?"), (185, "q"), (186, "q"), (187, "q")), width=width)
        assert rows in told
        assert all(len(row) <= max(width, 29) for row in told.splitlines())
