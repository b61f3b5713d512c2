"""Keys, sizes and signals in one process: the real parser, session, screen and lines, with a clock of their own.

Time passes only as the loop asks for it; a loop that looks at the clock on and on without waiting is a hang.
"""

import gc
import json
from datetime import datetime, timedelta
from math import inf, isfinite
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from frames import Frames
from fuzz_case import Files, assert_readable
from fuzz_sequences import Trial as SequenceTrial
from fuzz_sequences import assert_whole
from psoas_cli.audio.clip import Clip
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.commands.home import _led, choices_of, page_choices
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import Adaptation, adapted
from psoas_cli.player.buttons import BUTTONS
from psoas_cli.player.check_in import AFTER, AFTER_REST, ask
from psoas_cli.player.hooks import Hooks
from psoas_cli.player.introduction import Introduction, facts_of
from psoas_cli.player.lines import Lines
from psoas_cli.player.loop import FRAME, perform
from psoas_cli.player.narrator import Narrator
from psoas_cli.player.preview import Preview
from psoas_cli.player.preview_lines import PreviewLines
from psoas_cli.player.preview_page import PreviewScreen
from psoas_cli.player.session import Session
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.format.reader import Source, read_sequence
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.sequence import Bells, Sequence
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.request import breathing
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.catalogue import listed
from psoas_cli.storage.hook_settings import HOOK_EVENTS
from psoas_cli.storage.library import Library
from psoas_cli.tui.home_state import home_at
from psoas_cli.tui.keys import KeyParser
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.theme import THEMES
from quiet import Quiet

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (
    (80, 24),
    (80, 24),
    (1, 1),
    (2, 2),
    (500, 200),
    (39, 11),
    (40, 12),
    (60, 16),
    (72, 22),
    (132, 43),
    (20, 5),
    (500, 1),
    (1, 200),
)
SEQUENCES = (
    "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1bOA", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[1;5C", "\x1b[[A",
    "\x1bOM", "\x1b",
    "\x1b[<0;10;10M", "\x1b[<64;500;200m", "\x1b[M !!", "\x1b[M\x80\x90", "\x1b[32;10;10M", "\x1b[I", "\x1b[O",
    "\x1b[?1;2c", "\x1b[>0;276;0c", "\x1b[24;80R", "\x1b]11;rgb:0000/0000/0000\x07", "\x1b]52;c;cXE=\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1b_Gi=1;OK\x1b\\", "\x1b[?2026;2$y", "\x1b[?62;22c", "\x1b[97;5u", "\x1b[27;2;81~", "\x1b]0;", "\x1bP", "\x1b[",
    "\x1b[200~q \x1b[201~", "\x1b[200~", "\x1b[201~", "\x1b[200~" + "qg?\x1b[C" * 300 + "\x1b[201~", "\x1bq",
    "\x1b\x1b", "\x1b\x1b[A",
)  # fmt: skip
"""What terminals send: keys, reports of a mouse, replies to questions that nobody asked, pastes without an end."""

_KEYS = " nnnppp++--ooeessgrbvmmiiw?qxj0123456789/l\r\t\b\x7fNPGQWIBEM+=é漢🧘"
_BUTTONS = (*sorted(BUTTONS), "media-play-pause", "media-play-pause")
_LARGE = 12_000  # cells; more take a while each time
_FROZEN = 20  # cases
_MOST_LOOKS = 20_000  # at the clock, without waiting
_MOST_SPINS = 30  # waits in a row in which no time passes
_LAST_STEPS = 4_000  # in which it must end once a person quits


def stream(random: Random, most: int) -> list[bytes]:
    """What is typed, in the pieces in which it comes."""
    pieces: list[bytes] = []
    for _ in range(random.randint(1, most)):
        match random.choices(range(5), (8, 4, 2, 2, 1))[0]:
            case 0:
                piece = random.choice(_KEYS).encode()
            case 1:
                piece = random.choice(SEQUENCES).encode("latin-1")
            case 2:
                piece = random.choice(SEQUENCES).encode("latin-1")
                piece = piece[: random.randint(0, len(piece))]
            case 3:
                piece = "é漢🧘".encode()[random.randrange(9) :][: random.randint(1, 4)]
            case _:
                piece = random.randbytes(random.choice((1, 3, 20)))
        while piece:
            cut = random.choice((len(piece), len(piece), 1, 3))
            pieces.append(piece[:cut])
            piece = piece[cut:]
    return pieces


class HangError(Exception):
    """Time does not pass any more."""


class Desk:
    """A window in front of which somebody does what a script says, on a clock that passes as it is waited for.

    Args:
        script: What happens, each as a name and its values, after some seconds.
        frames: What is shown.
    """

    def __init__(self, script: list[list[Any]], frames: Frames) -> None:
        self.dirty = True
        self.now = 1000.0
        self.asleep = 0.0
        self.steps = 0
        self.quitting: int | None = None
        self.after_each: Callable[[], None] = lambda: None
        self.sound = Quiet()
        self._parser = KeyParser()
        self._frames = frames
        self._script = [*script]
        self._next = self.now + (script[0][0] if script else 0)
        self._looks = self._spins = 0
        self._stopped = False

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._frames.size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def clock(self) -> float:
        """The time; looked at too often, it is a hang."""
        self._looks += 1
        if self._looks > _MOST_LOOKS:
            raise HangError("it looks at the clock and does not wait")
        return self.now

    def wall(self) -> datetime:
        """The time of day."""
        return datetime(2024, 3, 31, 1, 50) + timedelta(seconds=self.now - 1000)  # noqa: DTZ001 - before clocks change

    def events(self, timeout: float | None) -> list[str]:
        """What happens next, within *timeout* seconds."""
        self.after_each()
        self.steps += 1
        self._looks = 0
        if self._stopped:
            self._stopped, self.dirty = False, True
            self._parser.reset()
            return ["continued"]
        if not self._script:
            self._quit()
        ends = [
            each
            for each in (None if timeout is None else self.now + timeout, self._parser.deadline)
            if each is not None
        ]
        until = min([self._next, *ends])
        assert timeout is None or (timeout >= 0 and isfinite(timeout) and timeout < 1e7) or timeout == inf, timeout
        self._spins = self._spins + 1 if until <= self.now else 0
        if self._spins > _MOST_SPINS:
            raise HangError("it waits, and no time passes")
        self.now = max(self.now, until)
        if self._next > until:
            return self._parser.feed(b"", self.now)
        _, name, value = self._script.pop(0)
        self._next = self.now + (self._script[0][0] if self._script else 0.0)
        return self._happens(name, value)

    def _happens(self, name: str, value: Any) -> list[str]:  # noqa: ANN401 - as the script says
        self._spins = 0
        match name:
            case "bytes":
                return self._parser.feed(bytes.fromhex(value), self.now)
            case "size":
                self._frames.size, self.dirty = tuple(value), True
            case "stop":
                self._stopped = True
                self.now += value
                return ["stopped"]
            case "lid":
                self.asleep += value
            case "late":
                self.now += value
            case "sound":
                self.sound.state = value
            case "sounding":
                self.sound.until = self.now + value
            case "button":
                return [value]
            case "int":
                raise KeyboardInterrupt
        return []

    def _quit(self) -> None:
        """Have the person leave: after a while without a key, q a few times, and Enter."""
        if self.quitting is None:
            self.quitting = self.steps
        if self.steps - self.quitting > _LAST_STEPS:
            raise HangError(f"it does not end within {_LAST_STEPS} steps of quitting")
        again = [[0.3, "bytes", b"q".hex()]] * 6 + [[0.3, "bytes", b"\r".hex()]] * 3
        self._script = [[4.0, "bytes", b"\x1b".hex()], *again]
        self._next = self.now + 4.0


class _Hooks(Hooks):
    """Hooks that start nothing, and see that what they would start comes in its order."""

    def __init__(self, lang: Lang) -> None:
        super().__init__({event: (event,) for event in HOOK_EVENTS}, {}, lang, [])
        self._events: list[str] = []

    def _put(self, order: tuple[tuple[str, ...], dict[str, str]] | None) -> None:
        if order is None:
            return
        (event,), facts = order
        begins, ended = not self._events, self._events[-1:] == ["end"]
        assert (event == "start") == begins, f"{event} after {self._events[-3:]}"
        assert not ended, f"{event} after the end"
        stands = [each for each in self._events if each in ("pause", "go-on")][-1:] == ["pause"]
        assert event not in ("pause", "go-on") or stands == (event == "go-on"), f"{event} while it {stands=}"
        assert all(fact.isprintable() for fact in facts.values()), facts
        assert 0 <= int(facts["PSOAS_STOP"]) <= int(facts["PSOAS_STOPS"]), facts
        self._events.append(event)

    def end_with(self, kind: type[BaseException] | None) -> None:
        """Leave them as the session ends, and see that they have told it."""
        self.__exit__(kind, None, None)
        assert self._events[-1] == "end", self._events


class Trial:
    """Trials of keys."""

    COUNT: ClassVar[int] = 5_000

    def __init__(self) -> None:
        self._files = SequenceTrial()
        self._libraries = {lang: Library(lang, own_poses=False) for lang in LANGS}
        self._built_in = [*self._libraries["en"].entries]
        self._tried = 0
        self._made: dict[tuple[str, str], Sequence] = {}
        self._listed = {lang: listed(lang) for lang in LANGS}

    def made(self, random: Random) -> Files:
        """A practice, how it is led, and what somebody does meanwhile."""
        pieces: list[list[Any]] = [["bytes", piece.hex()] for piece in stream(random, random.choice((3, 10, 25)))]
        for _ in range(random.choice((0, 1, 3, 8))):
            other: list[Any] = random.choice((
                ["size", [*random.choice((*SIZES, (random.randint(1, 200), random.randint(1, 70))))]],
                ["size", [*random.choice(SIZES)]],
                ["stop", random.choice((0.0, 1.0, 4000.0))],
                ["lid", random.choice((1.0, 60.0, 30_000.0))],
                ["late", random.choice((0.3, 2.5, 700.0))],
                ["sound", random.choice(("on", "off", "lost", "opening"))],
                ["sounding", random.choice((2.0, 20.0, inf))],
                ["button", random.choice(_BUTTONS)],
                ["button", random.choice(_BUTTONS)],
                ["int", 0],
            ))  # fmt: skip
            pieces.insert(random.randint(0, len(pieces)), other)
        delays = (0.0, 0.0, 0.01, 0.06, 0.3, 1.1, random.choice((2.5, 16.0, 31.0)))
        setting = {
            "stage": random.choices(("session", "lines", "preview", "home", "check-in"), (10, 2, 2, 2, 1))[0],
            "practice": random.choice((*self._built_in, "breathe", "file", "file", "file")),
            "lang": random.choice(LANGS),
            "minutes": random.choice((None, None, 10, 30)),
            "care": random.sample([*CAUTIONS], random.choice((0, 0, 1, 3))),
            "speed": random.choice((1.0, 1.0, 1.0, 0.5, 7.0, 60.0, 600.0)),
            "numbers": random.random() < 0.8,
            "motion": random.random() < 0.8,
            "ascii": random.random() < 0.2,
            "theme": random.choice([*THEMES]),
            "colours": random.choice((None, "standard", "256", "truecolor")),
            "voice": random.random() < 0.4,
            "verbosity": random.choice(("full", "moves", "names", "none")),
            "begin": random.choice((0.0, 0.0, random.random(), 1.0)),
            "paused": random.random() < 0.1,
            "any_key": random.random() < 0.2,
            "size": [*random.choice(SIZES)],
        }
        sizes = [setting["size"], *(value for name, value in pieces if name == "size")]
        setting["large"] = max(width * height for width, height in sizes) > _LARGE
        setting["frame"] = 0.5 if setting["large"] else random.choice((FRAME, 0.25, 0.5))
        script = [[random.choice(delays), *piece] for piece in pieces]
        lines = "".join(f"{json.dumps(line)}\n" for line in (setting, *script))  # what fails is made smaller by lines
        files = {"case.jsonl": lines.encode()}
        return files | (
            {"own.yaml": self._files.permitted("own.yaml", random)} if setting["practice"] == "file" else {}
        )

    def tried(self, files: Files) -> str:
        """Do as the script says; then quit."""
        setting, *script = map(json.loads, files["case.jsonl"].splitlines())
        self._tried += 1
        if setting["large"] or self._tried % _FROZEN == 0:  # a session freezes what there is, for its process's life
            gc.unfreeze()
            gc.collect()
        found = self._adapted(setting, files.get("own.yaml"))
        frames = Frames(tuple(setting["size"]))
        desk = Desk(script, frames)
        screen = Screen(
            setting["colours"],
            frames.write,
            ascii_only=setting["ascii"],
            motion=setting["motion"],
            theme=THEMES[setting["theme"]],
        )
        stage: Literal["session", "lines", "preview", "home", "check-in"] = setting["stage"]
        try:
            match stage:
                case "home":
                    self._at_home(setting, desk, screen)
                case "preview":
                    reader = PreviewLines(_heard, ["Before"]) if setting["ascii"] else PreviewScreen(screen)
                    self._preview(setting, found, desk).run(desk, reader)
                case "check-in":
                    answers = ask(AFTER_REST if setting["motion"] else AFTER, desk, screen, setting["lang"])
                    assert len(answers.line) <= 200
                    assert answers.tension is None or 0 <= answers.tension <= 10
                case _:
                    self._performed(setting, found, desk, screen if stage == "session" else None)
        except KeyboardInterrupt:
            return f"{stage} interrupted"
        return stage

    def _adapted(self, setting: dict[str, Any], own: bytes | None) -> Adaptation:
        """The practice of the case; one that cannot be as it is asked for is as it is written, or another."""
        name, lang = setting["practice"], setting["lang"]
        if own is not None:
            try:
                text = own.decode()
                sequence = read_sequence(Source("own", "own.yaml", text), self._libraries[lang].shelf)
            except (PsoasError, UnicodeDecodeError):
                return self._adapted({**setting, "practice": "yin-short"}, None)
        elif name == "breathe":
            pattern = "4-7-8" if setting["ascii"] else "long-exhale"
            sequence = breathing(pattern, None, None, ramp=setting["voice"], sound=None, bells=Bells())
        else:
            if (lang, name) not in self._made:
                self._made[lang, name] = self._libraries[lang].sequence(name)
            sequence = self._made[lang, name]
        minutes = setting["minutes"]
        try:
            return adapted(sequence, minutes and minutes * 60.0, tuple(setting["care"]))
        except PsoasError:
            return Adaptation(sequence, compile_sequence(sequence))

    def _at_home(self, setting: dict[str, Any], desk: Desk, screen: Screen) -> None:
        choices = (*choices_of(self._listed[setting["lang"]], []), *page_choices())
        home = _led(home_at(choices, setting["lang"], ("practice", "yin")), desk, screen, lambda _: None)
        assert home.outcome in {"begin", "leave", "open"}
        assert (home.outcome == "open") is bool(home.page)
        if home.outcome == "begin":
            assert home.chosen is not None
            assert home.minutes is None or home.chosen.lasts(home.minutes)

    def _preview(self, setting: dict[str, Any], found: Adaptation, desk: Desk) -> Preview:
        lang, known = setting["lang"], setting["paused"]
        told = Introduction(found.sequence, found.timeline, lang, "yin", care=tuple(setting["care"]), known=known)
        narrator = Narrator(self._narration(setting, found), voice="Ann") if setting["voice"] else None
        return Preview(
            facts_of(told, "Ocean"),
            found.timeline,
            desk.sound,
            "deep-bowl",
            spoken=narrator,
            sound_note="" if setting["motion"] else "No sound here",
            ends_at=lambda: desk.wall().strftime("%H:%M"),
            clock=desk.clock,
        )

    def _narration(self, setting: dict[str, Any], found: Adaptation) -> Narration:
        """A voice for every text, with clips of some length that nobody decodes."""
        if not setting["voice"]:
            return Narration(setting["lang"])
        words = words_of(found.timeline, setting["lang"])
        clips = {each: Clip(9_000 + 2_400 * len(each.text), list) for each in words}  # type: ignore[arg-type]
        return Narration(setting["lang"], clips, verbosity=setting["verbosity"])

    def _performed(self, setting: dict[str, Any], found: Adaptation, desk: Desk, screen: Screen | None) -> None:
        timeline = found.timeline
        session = Session(
            found.sequence,
            timeline,
            desk.sound,
            Delivery(
                setting["lang"],
                setting["speed"],
                setting["numbers"],
                aloud=screen is None,
                care=tuple(setting["care"]),
                any_key=setting["any_key"],
            ),
            clock=desk.clock,
            wall=desk.wall,
            position=timeline.span_at(timeline.duration * setting["begin"]).start,
            narration=self._narration(setting, found),
        )
        session.begin()
        seen = [timeline]

        def hold() -> None:
            assert 0 <= session.position <= session.timeline.duration, f"at {session.position}"
            assert session.practised >= 0
            if session.timeline is not seen[-1]:
                seen.append(session.timeline)
                assert_whole(session.timeline)

        desk.after_each = hold
        display = screen or Lines(session, _heard, setting["lang"])
        frame = setting["frame"] if screen else 0.1
        hooks = _Hooks(setting["lang"])
        try:
            perform(
                session,
                desk,
                display,
                clock=desk.clock,
                asleep=lambda: desk.asleep,
                frame=frame,
                watch_over=hooks.follow,
            )
        except KeyboardInterrupt:
            hooks.end_with(KeyboardInterrupt)
            raise
        hooks.end_with(None)
        hold()
        assert session.done
        assert_whole(session.timeline)


def _heard(*lines: str) -> None:
    """What lines tell is readable, and there is something in each."""
    for line in lines:
        assert line.strip()
        assert_readable(line)
