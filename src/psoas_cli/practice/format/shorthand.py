"""Reads steps in shorthand, a practice on one line: `constructive-rest 5m, baby-dragon 3m, breathe 4-6 3m, rest 4m`.

What is wrong is told with a caret below its place, all of it at once, as a person types the line again as a whole.
"""

import re
from collections import deque
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from psoas_cli.errors import PsoasError, nearest
from psoas_cli.practice.format.draft import PLACES, USUAL_REST
from psoas_cli.practice.format.problems import BadStepsError, Slip
from psoas_cli.practice.format.step_reader import MOST_CYCLES, SCAN_BOUNDS, SIDES
from psoas_cli.practice.model.durations import FRACTIONS, LONGEST, duration_text, parse_duration, plainly
from psoas_cli.practice.model.names import KEYWORDS, letters_of, match
from psoas_cli.practice.model.patterns import COUNTS, DEFAULT, USUAL_SECONDS, Pattern, parse_pattern
from psoas_cli.practice.model.poses import Hold, Pose, Variation, ids_by_letters, nearest_pose
from psoas_cli.practice.model.sequence import BreatheStep, PoseStep, RestStep, ScanEntry, ScanStep, Step
from psoas_cli.practice.model.text import LANGS, shortened, shown
from psoas_cli.practice.score.breathing import course_of
from psoas_cli.practice.score.request import breaths_of

MOST_STEPS = 100
"""More than that are easier to write in a file."""

_EXAMPLE = '"constructive-rest 5m, baby-dragon 3m, rest 4m"'
_LONGEST_STEP = 200  # characters
_LONGEST_LINE = MOST_STEPS * _LONGEST_STEP
_LONGEST_QUOTE = 40  # columns

_SEPARATOR = re.compile(r"(?<!\d),|,(?!\d)|;")
"""A comma, unless it is a decimal one; or a semicolon, as people write who have decimal ones."""

_FIGURE = rf"[\d{FRACTIONS}]"
_BREATHS = re.compile(r"(\d+) ?(?:breaths?|ademhaling(?:en)?|ademteug(?:en)?)", re.ASCII | re.IGNORECASE)
_PATTERN = re.compile(rf"(?:{COUNTS}|(?!{_FIGURE})\S+)(?!\S)", re.ASCII)
_WRITABLE = re.compile(rf"(?!{_FIGURE})[^\s,;:]+")
"""A name that can be written in a step; one in a file may be anything."""

_IN_DUTCH = {
    "rust": "rest", "eindrust": "rest", "ontspanning": "rest", "adem": "breathe", "ademen": "breathe",
    "ademhaling": "breathe", "bodyscan": "scan", "body-scan": "scan",
}  # fmt: skip
"""What else people call the steps that are no poses."""

_EACH_SIDE = re.compile(r"(?<=\S) (?:(?:each|per|a) side|each|(?:per|elke) kant|elk)$", re.IGNORECASE)
"""What people write after the length of a pose with two sides, which is that of each anyway."""


def read_steps(written: str, poses: Mapping[str, Pose]) -> tuple[Step, ...]:
    """Return the steps *written* in shorthand; of a pose only its hold, sides and variation are set.

    Args:
        written: The line.
        poses: The poses that it may name, by id; their titles are understood as well.

    Raises:
        BadStepsError: It cannot be read; the error has all that is wrong.
    """
    if len(written) > _LONGEST_LINE:
        raise BadStepsError(written[:_LONGEST_STEP], [Slip(0, 1, _too_long(written.count(",") + 1))])
    return _Hand(written, poses).steps()


def last_step_in(written: str) -> int:
    """Return where the last step *written* so far begins; a comma at the very end may still become a decimal one."""
    *_, last = 0, *(comma.end() for comma in _SEPARATOR.finditer(re.sub(r"\d,$", "", written)))
    return last


def shorthand_of(steps: Iterable[Step]) -> str:
    """Return *steps* that were read by `read_steps` as they are written: by ids, each with its length."""
    return ", ".join(map(_written, steps))


def _written(step: Step) -> str:
    match step:
        case PoseStep():
            variation = f":{step.variation.id}" if step.variation else ""
            return f"{step.pose.id}{variation} {duration_text(step.hold.typical)}"
        case BreatheStep():
            long = duration_text(step.hold.typical) if step.hold else f"{step.cycles} breaths"
            return f"breathe {step.pattern.name} {long}"
        case ScanStep():
            return f"scan {duration_text(round(sum(entry.hold.typical for entry in step.entries)))}"
        case RestStep():
            return f"rest {duration_text(step.hold.typical)}"
    raise AssertionError(step)


class _Piece(NamedTuple):
    """A part of the line without spaces around it, and where it begins."""

    begin: int
    text: str

    @property
    def end(self) -> int:
        return self.begin + len(self.text)

    def rest(self, at: int) -> "_Piece":
        """What follows from *at* on, without the spaces there."""
        left = self.text[at:]
        return _Piece(self.end - len(left.lstrip()), left.strip())

    def words(self) -> list["_Piece"]:
        """Each of its words."""
        return [_Piece(self.begin + word.start(), word[0]) for word in re.finditer(r"\S+", self.text)]


class _Hand:
    """Reads one line."""

    def __init__(self, written: str, poses: Mapping[str, Pose]) -> None:
        self._written = written
        self._plain = written if written.isascii() else "".join(plainly(char) or " " for char in written)
        self._poses = poses
        self._known = [name for name in poses if _WRITABLE.fullmatch(name) and name not in KEYWORDS]
        self._slips: list[Slip] = []
        self._pieces: deque[_Piece] = deque()

    def steps(self) -> tuple[Step, ...]:
        """The steps.

        Raises:
            BadStepsError: Something is wrong.
        """
        self._pieces.extend(self._split())
        found: list[tuple[Step, _Piece]] = []
        while self._pieces:
            piece = self._pieces.popleft()
            if step := self._step(piece):
                found.append((step, piece))
        self._check_whole(found)
        if self._slips:
            raise BadStepsError(self._written, self._slips)
        return tuple(step for step, _ in found)

    def _split(self) -> list[_Piece]:
        """What stands between the commas.

        Raises:
            BadStepsError: Nothing does, or too much.
        """
        commas = [comma.start() for comma in _SEPARATOR.finditer(self._plain)]
        if not self._plain.replace(",", " ").strip():
            got = "only commas" if commas else "nothing"
            raise BadStepsError(self._written, [Slip(0, 1, f"expected steps, such as {_EXAMPLE}, got {got}")])
        if len(commas) >= MOST_STEPS:
            at = commas[MOST_STEPS - 1] + 1
            raise BadStepsError(self._written, [Slip(at, at, _too_long(len(commas) + 1))])
        pieces, last = [], len(commas)
        for i, (begin, end) in enumerate(
            zip((0, *(at + 1 for at in commas)), (*commas, len(self._plain)), strict=True)
        ):
            piece = _Piece(begin, self._plain[begin:end]).rest(0)
            if not piece.text:
                comma = end if i < last else begin - 1
                self._slip(_Piece(comma, ","), f"there is no step {'before' if i < last else 'after'} this comma")
            elif len(piece.text) > _LONGEST_STEP:
                self._slip(piece, f"expected a step of at most {_LONGEST_STEP} characters, got {len(piece.text):,}")
            else:
                pieces.append(piece)
        return pieces

    def _slip(self, piece: _Piece, message: str) -> None:
        self._slips.append(Slip(piece.begin, piece.end, message))

    def _step(self, piece: _Piece) -> Step | None:
        """The step in *piece*; None if it cannot be read."""
        first = piece.words()[0]
        tail = piece.rest(len(first.text))
        kind = first.text.lower().removesuffix(":")
        if kind in _IN_DUTCH and not self._named(re.split(_FIGURE, piece.text)[0].strip()):
            kind = _IN_DUTCH[kind]
        match kind:
            case "breathe":
                return self._breathe(tail)
            case "scan":
                return self._scan(tail)
            case "rest":
                seconds = self._seconds(tail, USUAL_REST)
                return RestStep(_held(seconds)) if seconds else None
        return self._pose_step(piece)

    def _pose_step(self, piece: _Piece) -> PoseStep | None:
        words = piece.words()
        figure = next((word for word in words if re.match(_FIGURE, word.text)), None)
        if figure == words[0]:
            self._slip(words[0], f"a step begins with its pose, and the length follows: {self._turned(piece)}")
            return None
        at = figure.begin - piece.begin if figure else len(piece.text)
        named, length = _Piece(piece.begin, piece.text[:at].rstrip()), piece.rest(at)
        pose, variation = self._form(named)
        usual = pose.hold.typical if pose and pose.hold else None
        if pose and not length.text and usual is None:
            self._slip(named, f"{pose.id} has no usual length: say how long, as in {pose.id} 3m")
        if pose and (each := _EACH_SIDE.search(length.text)):
            if not pose.sides:
                self._slip(_Piece(length.begin + each.start() + 1, each[0][1:]), f"{pose.id} has no sides")
            length = length._replace(text=length.text[: each.start()])
        seconds = self._seconds(length, usual or 1.0)
        if pose is None or seconds is None:
            return None
        return PoseStep(pose, _held(seconds), sides=SIDES if pose.sides else (), variation=variation)

    def _turned(self, piece: _Piece) -> str:
        """How to write *piece*, which begins with a length."""
        for word in piece.words()[1:]:
            if name := self._named(piece.rest(word.begin - piece.begin).text):
                return f"{name} 3m"
        return "baby-dragon 3m"

    def _form(self, piece: _Piece) -> tuple[Pose | None, Variation | None]:
        """The pose that *piece* names, and its variation, if it has one."""
        written, _, form = (part.strip() for part in piece.text.partition(":"))
        name = self._named(written)
        if name is None:
            self._slip_at_unknown(_Piece(piece.begin, written or piece.text))
            return None, None
        pose = self._poses[name]
        if not form:
            return pose, None
        place = piece.rest(piece.text.index(":") + 1)
        variations = {each: pose.variations[each] for each in pose.variations if _WRITABLE.fullmatch(each)}
        found = match(form, variations) or _only(form, variations)
        if found:
            return pose, variations[found]
        told = (
            f"expected a variation ({', '.join(variations)})" if variations else "it has no variations to choose from"
        )
        self._slip(place, f'{name}: {told}, got "{_quoted(form)}"{nearest(form, variations)}')
        return pose, None

    def _named(self, written: str) -> str | None:
        """The id of the pose that *written* means: by its id or by its title, whatever its capitals and hyphens."""
        if exact := match(written, self._known):
            return exact
        meant = self._titles.get(letters_of(written), [])
        return meant[0] if len(meant) == 1 else None

    @cached_property
    def _titles(self) -> dict[str, list[str]]:
        """The ids by the letters alone of what a pose is called."""
        return ids_by_letters({name: self._poses[name] for name in self._known})

    def _slip_at_unknown(self, piece: _Piece) -> None:
        """Note that no pose is called like *piece*, or that two are, without a comma between them."""
        for word in piece.words()[1:]:
            before, after = piece.text[: word.begin - piece.begin].rstrip(), piece.rest(word.begin - piece.begin)
            if self._named(before) and (word.text in KEYWORDS or self._named(after.text)):
                self._slip(word, f"a comma is missing after {_quoted(before)}")
                return
        told = f'there is no pose "{_quoted(piece.text)}"'
        if several := self._titles.get(letters_of(piece.text)):
            told += f" alone: write {' or '.join(several)}"
        else:
            told += nearest_pose(piece.text, {name: self._poses[name] for name in self._known}, KEYWORDS)
        self._slip(piece, told)

    def _breathe(self, piece: _Piece) -> BreatheStep | None:
        written = _PATTERN.match(piece.text)
        pattern: Pattern | None = DEFAULT
        if written:
            try:
                pattern = parse_pattern(written[0])
            except ValueError as error:
                self._slip(_Piece(piece.begin, written[0]), str(error))
                pattern = None
        long = piece.rest(written.end() if written else 0)
        if not written and (odd := self._odd_pattern(piece)):
            long, pattern = piece.rest(len(odd.text)), None
        if counted := _BREATHS.fullmatch(long.text):
            return self._breaths(int(counted[1][:9]), pattern, long)
        seconds = self._seconds(long, USUAL_SECONDS, breaths=True)
        if pattern is None or seconds is None:
            return None
        try:
            breaths = breaths_of(pattern, seconds if long.text else None, None)
        except PsoasError as error:
            self._slip(long, error.message)
            return None
        return BreatheStep(pattern, None if breaths else _held(seconds), breaths)

    def _odd_pattern(self, piece: _Piece) -> _Piece | None:
        """The word in which *piece* begins with counts that are none, as in 4:6 3m, once that is noted."""
        if len(words := piece.words()) < 2 or _BREATHS.fullmatch(piece.text):
            return None
        try:
            parse_duration(words[0].text)
        except ValueError:
            try:
                parse_pattern(words[0].text)
            except ValueError as error:
                if "did you mean" in str(error):
                    self._slip(words[0], str(error))
                    return words[0]
        return None

    def _breaths(self, cycles: int, pattern: Pattern | None, place: _Piece) -> BreatheStep | None:
        """Breathing for a number of breaths."""
        if not 1 <= cycles <= MOST_CYCLES:
            self._slip(place, f"expected 1 to {MOST_CYCLES:,} breaths, got {cycles:,}")
        elif pattern:
            try:
                return BreatheStep(pattern, cycles=breaths_of(pattern, None, cycles))
            except PsoasError as error:
                self._slip(place, error.message)
        return None

    def _scan(self, piece: _Piece) -> ScanStep | None:
        least = len(PLACES) * SCAN_BOUNDS.min
        seconds = self._seconds(piece, len(PLACES) * _A_PLACE)
        if seconds is None:
            return None
        seconds = round(seconds)
        if seconds < least:
            told = f"a round through the body in {len(PLACES)} places takes at least {duration_text(least)}"
            self._slip(piece, f"{told}, got {_quoted(piece.text)}")
        each = round(seconds / len(PLACES), 3)
        return ScanStep(tuple(ScanEntry(place, _held(each)) for place in PLACES))

    def _seconds(self, piece: _Piece, usual: float, *, breaths: bool = False) -> float | None:
        """The length in *piece*, *usual* if it is empty, or None; what follows it is a step that lacks its comma."""
        if not piece.text:
            return usual
        words = piece.words()
        for count in range(len(words), 0, -1):
            length = piece.text[: words[count - 1].end - piece.begin]
            try:
                seconds = parse_duration(length)
            except ValueError as error:
                if count == len(words):
                    told = str(error)
                continue
            if count < len(words):
                self._slip(words[count], f"a comma is missing after {length}")
                self._pieces.appendleft(piece.rest(words[count].begin - piece.begin))
            return seconds
        if counted := _BREATHS.fullmatch(piece.text):
            told = f"only breathe takes a number of breaths: expected a length like 3m, got {counted[0]}"
        elif breaths and re.fullmatch(r"\d+", piece.text, re.ASCII):
            told = f"expected a length with a unit, or breaths: {piece.text}m or {piece.text} breaths"
        self._slip(piece, told)
        return None

    def _check_whole(self, found: list[tuple[Step, _Piece]]) -> None:
        """See to it that the rest comes last, and that all of it takes no more than a day."""
        seconds = 0.0
        for number, (step, piece) in enumerate(found, start=1):
            if isinstance(step, RestStep) and (number < len(found) or self._pieces):
                self._slip(piece, "the rest comes last; before that, a pose such as savasana gives time to lie still")
            before, seconds = seconds, seconds + _length(step)
            if before <= LONGEST < seconds:
                self._slip(piece, "longer than 24 hours in all")


_A_PLACE = 8.0  # seconds for each place of a scan


def _too_long(steps: int) -> str:
    got = f"{steps:,} steps" if steps > MOST_STEPS else "more"
    return f"a line has at most {MOST_STEPS} steps and {_LONGEST_LINE:,} characters, got {got}; a file can be longer"


def _held(seconds: float) -> Hold:
    return Hold(seconds, seconds, seconds)


def _length(step: Step) -> float:
    """The seconds that *step* takes, without the time to move."""
    match step:
        case PoseStep() | RestStep():
            return step.hold.typical * (len(step.sides) or 1 if isinstance(step, PoseStep) else 1)
        case BreatheStep():
            return step.hold.typical if step.hold else course_of(step.pattern, step.cycles or 1, ()).seconds
        case ScanStep():
            return sum(entry.hold.typical for entry in step.entries)
    raise AssertionError(step)


def _only(form: str, variations: Mapping[str, Variation]) -> str | None:
    """The one of *variations* that *form* means, by its title or without its hyphens."""
    wanted = letters_of(form)
    found = [
        name
        for name, each in variations.items()
        if wanted and wanted in {letters_of(name), *(letters_of(each.name.said(lang)) for lang in LANGS)}
    ]
    return found[0] if len(found) == 1 else None


def _quoted(written: str) -> str:
    return shortened(shown(written), _LONGEST_QUOTE)
