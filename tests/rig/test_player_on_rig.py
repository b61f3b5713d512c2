"""The player heard through a real sound server: what comes out, when, and what it does when the server fails."""

from __future__ import annotations

import json
import subprocess
import time
from typing import TYPE_CHECKING

from tests.rig.conftest import SOON

from psoas_cli.audio import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rig.conftest import Quiet, Rig

OPEN = """
import time, sys
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.audio.sink import Sink
player = Sink()
player.prepare(map(Bell, ["high-bowl", "wood-block", "tingsha", "deep-bowl"]), [])
player.start()
def until(state, seconds=8):
    end = time.monotonic() + seconds
    while player.state != state and time.monotonic() < end:
        time.sleep(0.01)
    print(player.state, flush=True)
"""

BELLS = [("high-bowl", 0.3), ("wood-block", 1.5), ("tingsha", 2.3), ("deep-bowl", 2.8), ("high-bowl", 3.7)]

PRACTICE = f"""
import json
until("on")
begin = time.monotonic() + 0.3
phases = [("inhale", 0.0, 2.0, (0.0, 1.0)), ("exhale", 2.0, 3.0, (1.0, 0.0))]
events = [(at, "bell", name) for name, at in {BELLS!r}]
events += [(at, kind, (seconds, fill)) for kind, at, seconds, fill in phases]
for at, kind, what in sorted(events, key=lambda event: event[0]):
    time.sleep(max(0, begin + at - 0.5 - time.monotonic()))
    if kind == "bell":
        player.bell(Bell(what), begin + at)
    else:
        player.breath(kind, what[0], "air", begin + at, what[1])
time.sleep(begin + 4.2 - time.monotonic())
player.close()
print(json.dumps(begin))
"""


def lines(program: subprocess.Popen[str]) -> Iterator[str]:
    assert program.stdout is not None
    return (line.strip() for line in program.stdout)


def ends_well(program: subprocess.Popen[str], within: float = 10) -> str:
    """The rest of the program's output; it ends by itself, in time, and is silent on stderr."""
    try:
        out, err = program.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        program.kill()
        raise
    assert (program.returncode, err) == (0, "")
    return out


def test_bells_over_a_breath_are_heard_when_they_should_without_a_dropout(rig: Rig, quiet: Quiet) -> None:
    with quiet():
        program = rig.python(OPEN + PRACTICE)
        assert next(lines(program)) == "on"
        begin = json.loads(ends_well(program, 15))
        heard = rig.recording()
    offsets = []
    for name, at in BELLS:
        moment, likeness = heard.find(decode.load(name), near=begin + at)
        assert likeness > 0.5, f"{name} at {at} s is not to be heard"
        offsets.append(moment - begin - at)
    assert max(map(abs, offsets)) < SOON, offsets
    assert heard.dropouts(begin, begin + 4.1) == []


def test_a_killed_server_is_noticed_and_the_program_ends_in_time(own_rig: Rig) -> None:
    program = own_rig.python(
        OPEN + 'until("on"); player.bell(Bell("deep-bowl"), time.monotonic()); until("lost"); player.close()'
    )
    output = lines(program)
    assert next(output) == "on"
    time.sleep(0.5)
    own_rig.kill()
    assert next(output) == "lost"
    assert ends_well(program, 1.5) == ""


def test_without_a_server_it_is_lost_at_once_and_heard_when_one_comes(idle_rig: Rig, quiet: Quiet) -> None:
    program = idle_rig.python(
        OPEN
        + 'until("lost", 2); until("on"); at = time.monotonic() + 0.3; player.bell(Bell("wood-block"), at)\n'
        + "time.sleep(0.7); player.close(); print(at)"
    )
    output = lines(program)
    assert next(output) == "lost"
    with quiet():
        idle_rig.start()
        assert next(output) == "on"
        at = float(ends_well(program))
        heard = idle_rig.recording()
    moment, likeness = heard.find(decode.load("wood-block"), near=at)
    assert likeness > 0.8
    assert abs(moment - at) < SOON


def test_a_frozen_server_holds_up_neither_close_nor_exit(own_rig: Rig) -> None:
    program = own_rig.python(
        OPEN
        + 'until("on"); player.bell(Bell("deep-bowl"), time.monotonic()); sys.stdin.readline()\n'
        + "begin = time.monotonic(); player.close(); print(time.monotonic() - begin, flush=True)"
    )
    output = lines(program)
    assert next(output) == "on"
    own_rig.freeze()
    assert program.stdin is not None
    program.stdin.write("\n")
    program.stdin.flush()
    assert float(next(output)) < 1
    assert ends_well(program, 1.5) == ""


def test_a_server_frozen_from_the_start_holds_up_nobody_and_swallows_no_message(own_rig: Rig) -> None:
    own_rig.freeze()
    program = own_rig.python(
        OPEN + "time.sleep(0.5); print(player.state); player.close(); print('to read', file=sys.stderr)"
    )
    assert program.communicate(timeout=5) == ("opening\n", "to read\n")
    assert program.returncode == 0


def test_a_program_that_forgets_to_close_ends_all_the_same(rig: Rig) -> None:
    assert ends_well(rig.python(OPEN + 'until("on"); player.bell(Bell("deep-bowl"), time.monotonic())'), 5) == "on\n"
    assert ends_well(rig.python(OPEN), 5) == ""
