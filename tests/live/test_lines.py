from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from tests.live.test_session import PRACTICE
from tests.live.world import World

from psoas_cli.live.lines import Lines
from psoas_cli.live.manner import Manner
from psoas_cli.practice.text import Lang
from psoas_cli.store.library import Library

if TYPE_CHECKING:
    from pathlib import Path

REST = {
    "en": """\
   0:00  Constructive rest, in 0:15
   0:00  On your back, knees bent, in the form you like: feet parallel, in line with your hips; feet wide, knees \
together; or your calves on a chair. Eyes open or closed.
   0:15  Constructive rest (1:00)
   0:35  Shift, wriggle, pull up a blanket: whatever makes lying here easier.
   0:55  Soon you will hear a breath. Breathing along is an offer; listening is enough.
   1:15  Breathing (2:00)
   1:15  Breathe along if you like, in for four and out for six. If it feels tight or dizzy, go back to your own \
breath.
   3:15  Constructive rest (4:00)
   3:15  Stay as you are, or move a little and come back. There are a few questions; they need no answer.
   4:03  Your belly: does it move with the breath, or hardly? Either is fine.
   4:51  Your hips: how do your thigh bones rest in their sockets today?
   5:39  Your pelvis: where does it touch the floor, and how heavily?
   6:27  Your breath: is it slower or lower by now, or much as it was?
   6:50  Would another form be kinder by now: feet wide, feet parallel, calves on a chair?
   7:15  Rest (2:00)
   7:15  Nothing more to do for now. Knees bent, legs long or on your side, eyes open or closed, all fine.
   9:15  Coming back (0:45)
   9:15  Move your fingers and toes, look around the room. Roll onto one side, stay for three breaths, and come up \
by way of your hands when it suits you.
  10:00  The practice is over. Take your time.
""",
    "nl": """\
   0:00  Constructieve rust, over 0:15
   0:00  Op je rug, knieën gebogen, zoals jij het fijn vindt: voeten evenwijdig op heupbreedte, voeten wijd met je \
knieën tegen elkaar, of onderbenen op een stoel. Ogen open of dicht.
   0:15  Constructieve rust (1:00)
   0:35  Schuif wat heen en weer of pak een deken erbij: alles waardoor je fijner ligt.
   0:55  Straks hoor je een ademgeluid. Je kunt meeademen; alleen luisteren mag ook.
   1:15  Ademen (2:00)
   1:15  Adem mee als je wilt, in op vier en uit op zes. Word je benauwd of duizelig, ga dan terug naar je eigen \
adem.
   3:15  Constructieve rust (4:00)
   3:15  Blijf zoals je ligt, of beweeg even en kom terug. Er komen een paar vragen; een antwoord hoeft niet.
   4:03  Je buik: beweegt die mee met je adem, of nauwelijks? Allebei goed.
   4:51  Je heupen: hoe rusten je dijbenen vandaag in de heupkommen?
   5:39  Je bekken: waar raakt het de vloer, en hoe zwaar?
   6:27  Je adem: is die al wat trager of lager, of net als daarnet?
   6:50  Is een andere vorm nu fijner: voeten wijd, voeten evenwijdig, onderbenen op een stoel?
   7:15  Rust (2:00)
   7:15  Nu hoef je even niets meer. Knieën gebogen, benen lang of op je zij, ogen open of dicht, alles mag.
   9:15  Terugkomen (0:45)
   9:15  Beweeg je vingers en tenen, kijk rond in de kamer. Rol op je zij, blijf daar drie ademhalingen en kom via \
je handen omhoog als jij zover bent.
  10:00  De oefening is klaar. Neem de tijd.
""",
}

ELSEWHERE = """\
   0:00  First, in 0:10
   0:10  First (1:00)
   1:10  Second, right side, first of two sides (1:00)
   2:20  Second, left side, second of two sides (1:00)
   3:20  Breathing (0:30)
   3:20  Breathing (0:30)
         Paused
   2:20  Second, left side, second of two sides (1:00)
         We go on in 0:10
         30 s more
         Ending
"""

FROM_THE_SCAN = """\
   3:50  Body scan (0:10)
   3:50  Feet
         We go on in 0:10
   3:55  Legs
   4:00  Rest (1:00)
   5:00  The practice is over. Take your time.
"""


def written(world: World, lang: Lang = "en") -> str:
    """What is written while *world* is led through."""
    found: list[str] = []
    lines = Lines(world.session, found.append, lang)
    world.show = lines.show  # type: ignore[method-assign]
    world.run()
    return "".join(found)


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("speed", [1, 60])
def test_a_practice_in_lines(lang: Lang, speed: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    sequence = Library(lang).sequence("constructive-rest")
    world = World(sequence, frame=0.2, manner=Manner(lang, speed), state="off")
    assert written(world, lang) == REST[lang]


def test_whoever_goes_elsewhere_is_told_what_is_there_and_nothing_twice() -> None:
    keys = [(20, "n"), (25, "n"), (90, "p"), (91, "space"), (92, "p"), (98, "space"), (110, "+"), (111, "q")]
    assert written(World(PRACTICE, *keys)) == ELSEWHERE


def test_who_begins_in_the_middle_hears_of_nothing_before_it_and_a_scan_is_one_line() -> None:
    assert written(World(PRACTICE, position=230)) == FROM_THE_SCAN


def test_a_pose_that_one_goes_to_is_told_with_its_way_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    sequence = Library("en").sequence("constructive-rest")
    told = written(World(sequence, (1, "n"), (2, "q"), (3, "q"), (4, "q")))
    assert told.count("   0:15  Constructive rest (1:00)\n         On your back, knees bent") == 1
