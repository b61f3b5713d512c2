"""`psoas share` and `psoas add`: a practice on its way from one person to another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.program import Psoas, Window

POSES = """
# my poses
wall:
  name: Legs up the wall # my words
  text: >-
    Lie close to a wall, and rest your legs against it.
  hold: 4m
  cautions: [blood-pressure]
  counter: corner
corner:
  name: {en: In the corner, nl: In de hoek}
  hold: 2m
savasana:
  name: My savasana
  hold: 6m
"""

SHORT = """
title: Short
language: nl
cautions: [eyes]
poses:
  muur:
    name: Tegen de muur
    notice: [Je benen, Je adem]
    hold: 2m
steps:
  - pose: muur
    hold: 1m
    say: [{at: 5s, text: Je adem}]
  - name: Zomaar liggen
    hold: 60s
  - scan: [Voeten, {text: Buik, for: 9s}, {en: Head, nl: Hoofd}]
  - rest: {typical: 3m, min: 1m}
    text: Blijf nog even
  - transition: 20s
"""

PLAIN = """# My evening, with notes
title: Evening
language: en
steps:
  - pose: constructive-rest # the one I like
    hold: 5m
"""

OWN = """# With poses of my own
title: 's avonds'
poses:
  nook:
    name: In a nook
    hold: 2m
    instead: {knees: wall}
steps:
  - pose: wall # the wall
  - pose: nook
  - pose: baby-dragon
    hold: 1m30s
    between: {leave: 15s, pose: corner, hold: 20s}
    rebound: {leave: 10s, pose: nook, hold: 40s}
"""

WHOLE = """# Put together
title: {en: Whole, nl: Heel}
lead-in: 0s
bells: {halfway: tingsha}
steps:
  - include: short
  - repeat: 2
    steps:
      - pose: wall
        hold: 1m
      - include: yin-short
  - repeat: 3
    steps:
      - breathe: box
        cycles: 2
      - include: short
"""


@pytest.fixture
def mine(home: Path) -> Path:
    """Sequences and poses of one's own."""
    folder = home / "sequences"
    folder.mkdir()
    texts = {"poses": POSES, "short": SHORT, "plain": PLAIN, "own": OWN, "whole": WHOLE}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def with_built_in_poses_alone(lang: Lang) -> Shelf:
    return Shelf(lang, Library(lang, own_poses=False).poses)


@pytest.mark.parametrize("name", ["plain", "own", "short", "whole", "yin", "wind-down"])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.usefixtures("mine")
def test_what_is_shared_is_the_same_practice_where_nothing_of_ones_own_is(
    psoas: Psoas, home: Path, name: str, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_LANG", lang)
    shared = home / "out.yaml"
    result = psoas("share", name, "-o", str(shared))
    assert (result.code, result.err) == (0, "")
    sequence = Library(lang).sequence(name)
    for other in LANGS:  # whatever the other person's language is
        source = Source(name, "out.yaml", shared.read_text("utf-8"))
        read = read_sequence(source, with_built_in_poses_alone(other))
        assert read == sequence
        assert compile_sequence(read) == compile_sequence(sequence)


def test_comments_stay_where_nothing_has_to_be_written_out(psoas: Psoas, home: Path, mine: Path) -> None:
    psoas("share", "plain", "-o", "plain.yaml")
    assert (home / "plain.yaml").read_text("utf-8") == PLAIN
    (mine / "plain.yaml").write_text("# yaml-language-server: $schema=/home/me/schema.json\n" + PLAIN, "utf-8")
    psoas("share", "plain", "-o", "again.yaml")
    assert (home / "again.yaml").read_text("utf-8") == PLAIN

    told = psoas("share", "own", "-o", "own.yaml").out
    shared = (home / "own.yaml").read_text("utf-8")
    assert "Your own poses included: wall, corner" in told
    assert set(OWN.splitlines()) <= set(shared.splitlines())
    assert "savasana" not in shared  # it is not needed

    assert "Sequences included: short, yin-short" in psoas("share", "whole", "-o", "whole.yaml").out
    whole = (home / "whole.yaml").read_text("utf-8")
    assert whole.startswith("# Put together\n")
    assert "include" not in whole


def test_nothing_is_replaced_unless_that_is_asked_for(psoas: Psoas, home: Path, mine: Path) -> None:
    (home / "out.yaml").write_text("mine", "utf-8")
    refused = psoas("share", "plain", "-o", "out.yaml")
    assert (refused.code, refused.err) == (1, "psoas: out.yaml already exists\n       use --force to replace it\n")
    assert (home / "out.yaml").read_text("utf-8") == "mine"
    assert psoas("share", "plain", "-o", "out.yaml", "--force").code == 0
    assert (home / "out.yaml").read_text("utf-8") == PLAIN
    assert psoas("share", "plain", "-o", "no/where.yaml").code == 1
    assert psoas("share", "plain", "-o", str(mine)).code == 1
    (mine / "bad.yaml").write_text("title: Bad\nsteps: [{pose: nowhere}]\n", "utf-8")
    assert psoas("share", "bad", "-o", "bad.yaml").code == 2
    assert not (home / "bad.yaml").exists()


def test_two_poses_of_one_name_are_not_mixed_up(psoas: Psoas, home: Path, mine: Path) -> None:
    clash = "title: Clash\nposes: {muur: {name: Another, hold: 1m}}\nsteps: [{pose: muur}, {include: short}]\n"
    (mine / "clash.yaml").write_text(clash, "utf-8")
    result = psoas("share", "clash", "-o", "out.yaml")
    assert (result.code, result.out) == (1, "")
    assert 'called "muur"' in result.err
    assert not (home / "out.yaml").exists()


def test_sounds_are_named_with_what_can_be_done(psoas: Psoas, mine: Path) -> None:
    (mine / "sound.yaml").write_text(
        "title: Sound\nbells: {open: gong.flac}\nsteps:\n  - pose: constructive-rest\n"
        "    bells: {halfway: ding.wav}\n    say: [{at: 5s, text: Hello, audio: hello.mp3}]\n",
        "utf-8",
    )
    told = psoas("share", "sound", "-o", "out.yaml").out
    assert "gong.flac, ding.wav, hello.mp3" in told
    assert "psoas render sound -o sound.mp3" in told
    added = psoas("add", "out.yaml", "--name", "heard", "--yes").out
    assert all(str(mine / name) in "".join(added.split()) for name in ("gong.flac", "ding.wav", "hello.mp3"))


def test_a_shared_practice_is_shown_and_taken_in(psoas: Psoas, home: Path, mine: Path) -> None:
    psoas("share", "whole", "-o", "given.yaml")
    for each in mine.iterdir():
        each.unlink()
    (home / "given.yaml").write_text("credit: After an old book\n" + (home / "given.yaml").read_text("utf-8"), "utf-8")
    refused = psoas("add", "given.yaml")
    assert refused.code == 2
    assert refused.err.splitlines()[0] == "psoas: nothing was added: there is no terminal to ask on"
    assert list(mine.iterdir()) == []
    added = psoas("add", "given.yaml", "--yes")
    assert added.code == 0
    for said in ("Whole", "After an old book", "Glaucoma or eye surgery: You might", "Tegen de muur, Legs up the wall"):
        assert said in " ".join(added.out.split())
    assert (mine / "given.yaml").read_text("utf-8") == (home / "given.yaml").read_text("utf-8")
    assert psoas("show", "given").code == 0
    again = psoas("add", "given.yaml", "--yes")
    assert (again.code, again.out) == (1, "")
    assert "already exists" in again.err
    assert psoas("add", "given.yaml", "--yes", "--name", "other").code == 0


@pytest.mark.parametrize("answer", ["y\r", "\r", "n\r"])
def test_the_person_is_asked(home: Path, window: Callable[..., Window], answer: str) -> None:
    (home / "yin.yaml").write_text(PLAIN, "utf-8")
    asked = window(sys.executable, "-m", "psoas_cli", "add", "yin.yaml")
    seen = asked.see(r"Add it as yin\? \[y/N\]")
    assert "It will replace the built-in yin." in seen
    asked.send(answer)
    assert asked.end() == 0
    assert (home / "sequences" / "yin.yaml").exists() == (answer == "y\r")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("title: Bad\nsteps: []\n", "bad.yaml", "bad.yaml:2:1: steps: expected at least one step"),
        (PLAIN, "my evening.yaml", "--name gives it another name"),
        (PLAIN, "poses.yaml", "--name gives it another name"),
    ],
)
def test_what_cannot_be_taken_in(psoas: Psoas, home: Path, content: str, name: str, said: str) -> None:
    (home / name).write_text(content, "utf-8")
    result = psoas("add", name, "--yes")
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert not (home / "sequences").exists()


@pytest.mark.parametrize(
    "command",
    ["share yin -o con.yaml", "show yin --html AUX.html", "render yin -o nul.wav", "new COM1", "new con.yaml"],
)
def test_nothing_is_given_the_name_of_a_device_of_windows(psoas: Psoas, home: Path, command: str) -> None:
    result = psoas(*command.split())
    assert (result.code, result.out) == (2, "")
    assert "is the name of a device on Windows" in result.err
    assert [*home.rglob("*.*")] == []
