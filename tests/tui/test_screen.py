"""The screens of a practice, as a terminal shows them: golden frames, and what holds for every frame."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from psoas_cli.player import cards
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.revisions import opened
from psoas_cli.practice.score.timeline import Span, Timeline, compile_sequence
from psoas_cli.practice.score.transitions import told_again
from psoas_cli.practice.score.view import NAME_FIRST, view_at
from psoas_cli.resources import bundled
from psoas_cli.storage.library import Library
from psoas_cli.tui.headline import Main, main_lines, main_of
from psoas_cli.tui.hints import fitting_hints, hints_of, key_rows
from psoas_cli.tui.layout import Arrangement, Size, layout
from psoas_cli.tui.painter import Region
from psoas_cli.tui.regions import Line, paragraphs, wrapped
from psoas_cli.tui.screen import Screen, arrangement_of
from psoas_cli.tui.status import SPACE_KEY, Mode, Status, Where

SMALL = (20, 5)
SIZES = {"40x12": (40, 12), "80x24": (80, 24), "120x40": (120, 40), "20x5": SMALL}


class Terminal:
    """An emulated terminal with a screen on it."""

    def __init__(
        self, width: int, height: int, *, ascii_only: bool = False, motion: bool = True, keys: bool = True
    ) -> None:
        self.emulated = pyte.Screen(width, height)
        self.stream = pyte.Stream(self.emulated)
        self.sent: list[str] = []
        self.screen = Screen("truecolor", self.write, ascii_only=ascii_only, motion=motion, keys=keys)
        self.screen.resize(width, height)

    def write(self, text: str) -> None:
        self.sent.append(text)
        self.stream.feed(text)

    @property
    def frame(self) -> str:
        return "\n".join(line.rstrip() for line in self.emulated.display)


@pytest.fixture(scope="module")
def yin() -> Timeline:
    return compile_sequence(Library("en").sequence("yin"))


def status(timeline: Timeline, t: float, lang: Lang = "en", mode: Mode = "playing", **more: object) -> Status:
    title = {"en": "Yin for the psoas", "nl": "Yin voor de psoas"}[lang]
    return Status(lang, title, mode, view_at(timeline, t, lang), ends_at="21:45", **more)  # type: ignore[arg-type]


MOMENTS = {
    "lead-in": (4.0, "playing"),
    "breathing hold": (131.4, "playing"),
    "leaving the first side": (970.0, "playing"),
    "resting between the sides": (1005.0, "playing"),
    "moving, second side": (1035.0, "playing"),
    "first seconds of a hold": (1058.0, "playing"),
    "rest": (2500.0, "playing"),
    "coming back": (2680.0, "playing"),
    "paused": (1058.0, "paused"),
    "returning": (1058.0, "returning"),
    "ending": (1058.0, "ending"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_looks_as_it_should(yin: Timeline, snapshot: SnapshotAssertion, size: str, moment: str) -> None:
    t, mode = MOMENTS[moment]
    terminal = Terminal(*SIZES[size])
    lang: Lang = "nl" if size == "120x40" else "en"
    stay = yin.stay_at(t)
    again = told_again(stay.segment).shown(lang) if stay and mode == "returning" else ()
    terminal.screen.show(status(yin, t, lang, mode, count_in=12.0, again=again))  # type: ignore[arg-type]
    assert terminal.frame == snapshot


@pytest.mark.parametrize("size", SIZES)
def test_an_open_hold_counts_up_and_says_how_it_ends(yin: Timeline, snapshot: SnapshotAssertion, size: str) -> None:
    start = yin.stops[3]
    terminal = Terminal(*SIZES[size])
    lang: Lang = "nl" if size in ("120x40", "20x5") else "en"
    terminal.screen.show(status(opened(yin, start, 600.0), start + 185.2, lang))
    assert {"en": "Enter go on", "nl": "Enter verder"}[lang] in terminal.frame
    assert terminal.frame == snapshot
    without = status(opened(yin, start, 600.0), start + 185.2, lang, numbers=False)
    assert main_of(without).clock == ""
    terminal.screen.show(without)
    assert "open" in terminal.frame


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("what", ["help", "card", "closing", "message"])
def test_what_stands_around_a_practice_looks_as_it_should(
    yin: Timeline, snapshot: SnapshotAssertion, size: str, what: str
) -> None:
    more: dict[str, dict[str, object]] = {
        "help": {"help": True},
        "card": {"card": cards.cards_of(yin, "en")[5].card},
        "closing": {"mode": "closing", "practised": "You practised 45 minutes"},
        "message": {"message": "Sound muted", "muted": True},
    }
    terminal = Terminal(*SIZES[size])
    terminal.screen.show(status(yin, 1000.0, **more[what]))  # type: ignore[arg-type]
    assert terminal.frame == snapshot


WIDE = {"CJK": "身体を感じる時間" * 9, "emoji": "🧘" * 60, "letters": "Een lange titel " * 8}


@pytest.mark.parametrize("title", WIDE)
@pytest.mark.parametrize("size", [(40, 12), (60, 16), (80, 24), (120, 40)], ids=str)
def test_however_wide_a_title_the_end_and_what_is_muted_stay_on_the_header(
    yin: Timeline, size: tuple[int, int], title: str
) -> None:
    terminal = Terminal(*size)
    shown = replace(status(yin, 131.4, "nl"), title=WIDE[title], muted=True)
    terminal.screen.show(shown)
    header = terminal.frame.splitlines()[0]
    assert header.endswith("geluid gedempt")
    assert header.endswith("klaar om 21:45 · geluid gedempt") is (size[0] >= 60)
    assert cell_len(header.partition("  g")[0].strip()) >= 9 or size[0] >= 60  # a wide character may not fit in half
    assert "…" in header
    assert cell_len(header) <= size[0] - 2


@pytest.mark.parametrize("title", WIDE)
@pytest.mark.parametrize("mode", ["playing", "paused", "returning", "closing"])
@given(st.integers(1, 90), st.integers(1, 40))
def test_no_row_is_wider_than_the_screen_whatever_is_in_it(
    yin: Timeline, title: str, mode: Mode, width: int, height: int
) -> None:
    at = status(yin, 1058.0, "en", mode, practised="You practised")
    view = replace(at.view, title=WIDE[title], side=WIDE[title], lines=(WIDE[title],), next=WIDE[title])
    where = Where((WIDE[title],), (WIDE[title],), (WIDE[title],), 1)
    for shown in (replace(at, title=WIDE[title], view=view), replace(at, view=view, where=where)):
        terminal = Terminal(width, height)
        terminal.screen.show(shown)
        assert all(cell_len(line) <= width for line in terminal.frame.splitlines())


BUILT_IN = sorted(path.stem for path in bundled("sequences").glob("*.yaml") if path.stem != "poses")
SETTLED = ((80, 24), (120, 40), (60, 16), (40, 12), (100, 30), (60, 20), (72, 22), (50, 40))


def moments_of(timeline: Timeline) -> Iterator[tuple[Span, tuple[float, float, float]]]:
    """Each hold that one moves to: the last moment before it, its first, and one once it is under way."""
    for before, span in pairwise(timeline.spans):
        if before.segment.moving and span.segment.kind not in {"scan", "transition", "back"}:
            yield span, (span.start - 0.1, span.start + 0.1, min(span.start + NAME_FIRST + 1, span.end - 0.1))


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("size", SETTLED, ids=str)
def test_nothing_jumps_as_a_hold_begins_or_gets_under_way(size: tuple[int, int], name: str) -> None:
    timeline = compile_sequence(Library("en").sequence(name))
    for _, moments in moments_of(timeline):
        placed = []
        for t in moments:
            regions = {region.name: region for region in layout(Size(*size), arrangement_of(status(timeline, t)))}
            shape = regions.get("figure") or (regions.get("orb") if size[0] >= 60 and size[1] >= 18 else None)
            text = regions["text"].y + regions["text"].height
            placed.append((regions["main"], shape and shape._replace(name="shape"), text, regions.get("next")))
        before, begun, under_way = placed
        assert before[0] == begun[0] == under_way[0]
        assert before[2:] == begun[2:] == under_way[2:]
        assert before[1] == begun[1] == under_way[1]


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_the_name_and_the_picture_have_the_same_rows_before_a_hold_and_in_its_first_seconds(
    yin: Timeline, size: tuple[int, int], lang: Lang
) -> None:
    for span, (before, begun, under_way) in moments_of(yin):
        if span.segment.kind != "hold":
            continue
        frames = []
        for t in (before, begun, under_way):
            terminal = Terminal(*size)
            terminal.screen.show(status(yin, t, lang))
            frames.append(terminal.frame.splitlines())
        placed = {region.name: region for region in layout(Size(*size), "figure")}
        main, figure = placed["main"], placed["figure"]
        first, second, third = ([row[: main.x] for row in rows[2 : 2 + figure.height]] for rows in frames)
        assert first == second  # the picture
        assert first != third or span.course is None
        named = main_lines(main_of(status(yin, begun, lang)), main.width, main.height)
        assert [row for row, style in named if style == "name"] == [
            row
            for row, style in main_lines(main_of(status(yin, before, lang)), main.width, main.height)
            if style == "name"
        ]


@pytest.mark.parametrize("size", [(36, 9), (36, 4), (61, 13), (56, 12)])
def test_a_sentence_that_is_a_name_is_read_whole(size: tuple[int, int]) -> None:
    said = "A round through your body. Skip what you like, or stay somewhere longer."
    rows = main_lines(Main(said, clock="0:10"), *size)
    assert " ".join(row for row, style in rows if style == "name") == said


@pytest.mark.parametrize("height", [18, 20, 21])
def test_a_text_that_fills_its_rows_stands_apart_from_what_comes_next(height: int) -> None:
    placed = {region.name: region for region in layout(Size(65, height), "breath")}
    assert placed["next"].y > placed["text"].y + placed["text"].height


@pytest.mark.parametrize("size", [(45, 11), (36, 5), (68, 25), (56, 7)], ids=str)
def test_the_side_is_as_large_as_the_name_or_both_are_small(size: tuple[int, int]) -> None:
    for title, side in (("Baby dragon", "Right foot forward"), ("Babydraak", "Rechtervoet naar voren")):
        for clock in ("0:35", ""):
            rows = main_lines(Main(title, side, "first of two sides", clock), *size)
            plain = [line for line, _ in rows]
            assert (title in plain) == (side in plain)
            assert len(rows) <= size[1]
            assert all(cell_len(row) <= size[0] for row in plain)
    large = main_lines(Main("Baby dragon", "Right foot forward", "first of two sides", "0:35"), 45, 11)
    assert "Baby dragon" not in [line for line, _ in large]


@given(
    st.lists(st.sampled_from(["Short.", "A sentence of some words.", "Word " * 25]), min_size=1, max_size=4),
    st.booleans(),
    st.integers(12, 90),
    st.integers(1, 9),
)
def test_paragraphs_are_apart_or_one(lines: list[str], offered: bool, width: int, height: int) -> None:
    said: list[Line] = [(line.strip(), "plain") for line in lines]
    told = (("What is said now.", "strong"), *((line, "faint") for line, _ in said)) if offered else tuple(said)
    rows, cut = paragraphs(tuple(told), width, height)
    assert len(rows) <= height
    whole = " ".join(" ".join(row for row, _ in rows).split())
    assert whole.startswith(told[0][0][:1])
    if not cut and not offered:
        assert whole == " ".join(" ".join(line for line, _ in told).split())
    blanks = sum(not row for row, _ in rows)
    assert blanks < len(told)
    if offered and len(rows) > len(wrapped(tuple(told[:1]), width)):
        assert not rows[len(wrapped(tuple(told[:1]), width))][0]  # nothing runs into what is said now


@given(st.integers(40, 200), st.integers(12, 60))
def test_a_picture_and_the_name_beside_it_stay_where_they_are_once_there_is_a_breath(width: int, height: int) -> None:
    def placed(arrangement: Arrangement) -> dict[str, Region]:
        return {region.name: region for region in layout(Size(width, height), arrangement)}

    without, beside = placed("figure"), placed("breathing figure")
    assert without.get("figure") == beside.get("figure")
    if "figure" in without:
        assert without["main"] == beside["main"]


@pytest.mark.parametrize(("mode", "key"), [("playing", "space pause"), ("paused", "space resume")])
@pytest.mark.parametrize("size", [(39, 11), (20, 5), (20, 2), (200, 3)], ids=str)
def test_a_key_is_shown_however_small_the_screen(yin: Timeline, size: tuple[int, int], mode: Mode, key: str) -> None:
    terminal = Terminal(*size)
    terminal.screen.show(status(yin, 1058.0, "en", mode))
    assert key in terminal.frame.splitlines()[-1]


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("size", [(40, 12), (39, 11), (20, 5), (20, 4)], ids=str)
def test_the_keys_are_listed_however_small_the_screen_the_most_needed_first(
    yin: Timeline, size: tuple[int, int], lang: Lang
) -> None:
    terminal = Terminal(*size)
    shown = status(yin, 1058.0, lang, help=True)
    pages = leafed(terminal, lambda: terminal.screen.show(shown))
    said = " ".join(" ".join(page.splitlines()[:-1]) for page in pages)
    told = " ".join(row for entry in key_rows(lang) for row in entry)
    assert "".join(said.split()) == "".join(told.split())
    assert all(page.endswith({"en": "? back", "nl": "? terug"}[lang]) for page in pages)


@given(st.integers(1, 100), st.sampled_from(get_args(Lang)), st.sampled_from(["playing", "paused", "returning"]))
def test_hints_fall_out_whole_and_the_least_needed_first(yin: Timeline, width: int, lang: Lang, mode: Mode) -> None:
    hints = hints_of(status(yin, 1058.0, lang, mode))
    shown = fitting_hints(hints, width)
    assert cell_len(shown) <= width
    each = [(hint,) if isinstance(hint, str) else hint for hint in hints]
    whole = [said for said in each if len(said[-1]) <= width]
    if whole:
        kept = shown.split(" · ")
        assert all(one in said for one, said in zip(kept, whole, strict=False))
        shortest = " · ".join(said[-1] for said in whole[: len(kept) + 1])
        assert len(kept) == len(whole) or len(shortest) > width


def leafed(terminal: Terminal, show: Callable[[], None]) -> list[str]:
    """The pages of what is shown, until they come round."""
    show()
    pages = [terminal.frame]
    while terminal.screen.turn():
        show()
        if terminal.frame == pages[0]:
            break
        pages.append(terminal.frame)
    return pages


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("size", [(80, 24), (60, 16), (40, 12), (39, 11), (20, 5)], ids=str)
def test_all_of_a_pose_can_be_read_however_small_the_screen_and_the_way_out_before_what_to_notice(
    yin: Timeline, size: tuple[int, int], lang: Lang
) -> None:
    longest = replace(cards.cards_of(yin, lang)[5].card, way_in="one two three " * 60)
    for card in (*(placed.card for placed in cards.cards_of(yin, lang)), longest):
        terminal = Terminal(*size)
        pages = leafed(terminal, lambda: terminal.screen.card(card, lang))  # noqa: B023 - called at once
        said = "".join("".join(page.splitlines()[:-1]) for page in pages).replace(" ", "")
        if terminal.emulated.columns < 72 or card is longest:  # beside a picture, rows have two texts
            texts = (card.way_in, card.way_out, *card.notice)
            places = [said.find(text.replace(" ", "")) for text in texts]
            assert -1 not in places
            assert places == sorted(places)
        assert "…" not in said
        assert all(("i back" if lang == "en" else "i terug") in page for page in pages)


def test_a_card_is_opened_at_its_first_page(yin: Timeline) -> None:
    terminal = Terminal(40, 12)
    shown = status(yin, 1058.0, card=cards.cards_of(yin, "en")[5].card)
    first, second = leafed(terminal, lambda: terminal.screen.show(shown))
    assert (terminal.frame, second) == (first, second)
    terminal.screen.turn()
    terminal.screen.show(shown)
    terminal.screen.show(status(yin, 1058.0))
    assert not terminal.screen.turn()
    terminal.screen.show(shown)
    assert terminal.frame == first


@pytest.mark.parametrize("lang", get_args(Lang))
@pytest.mark.parametrize("size", [(40, 12), (60, 16)], ids=str)
def test_while_one_moves_the_way_in_has_the_rows_and_where_it_is_cut_i_is_offered(
    yin: Timeline, size: tuple[int, int], lang: Lang
) -> None:
    offer = {"en": "i for more", "nl": "i voor meer"}[lang]
    for span in (span for span in yin.spans if span.segment.moving):
        terminal = Terminal(*size)
        shown = status(yin, span.start + 1, lang)
        terminal.screen.show(shown)
        rows = terminal.frame.splitlines()
        assert (offer in rows[-1]) is any(row.endswith(" …") for row in rows)
    asked = replace(shown, where=Where(("Sphinx",), ("one two three four " * 9,), ("Sphinx.",), 1))
    terminal.screen.show(asked)
    assert not any(row.endswith(" …") for row in terminal.frame.splitlines())


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (40, 12), (20, 5)], ids=str)
@pytest.mark.parametrize("lang", get_args(Lang))
def test_while_it_is_paused_the_key_to_go_on_is_on_the_screen_whatever_message_is(
    yin: Timeline, size: tuple[int, int], lang: Lang
) -> None:
    terminal = Terminal(*size)
    terminal.screen.show(status(yin, 1100.0, lang, "paused", message="Sound is off (--audio or settings)"))
    assert SPACE_KEY.said(lang) in terminal.frame


@pytest.mark.parametrize("size", [(80, 24), (20, 5)], ids=str)
def test_without_keys_none_is_offered(yin: Timeline, size: tuple[int, int]) -> None:
    terminal = Terminal(*size, keys=False)
    terminal.screen.show(status(yin, 1058.0))
    assert terminal.frame.splitlines()[-1].strip().endswith("Ctrl-C ends it")


@pytest.mark.parametrize("mode", ["ending", "returning", "paused"])
@pytest.mark.parametrize("lang", get_args(Lang))
def test_the_key_that_is_needed_most_is_offered_on_any_screen(yin: Timeline, mode: Mode, lang: Lang) -> None:
    for width in (14, 20, 36, 80):
        said = "Sound muted" if mode == "ending" else ""  # which stays longer than an end can be taken back
        shown = fitting_hints(hints_of(status(yin, 1058.0, lang, mode, message=said)), width)
        assert shown.startswith(SPACE_KEY.said(lang))


def test_a_text_that_is_longer_than_its_rows_says_so(yin: Timeline) -> None:
    terminal = Terminal(80, 24)
    at = status(yin, 1058.0)
    terminal.screen.show(replace(at, view=replace(at.view, lines=(WIDE["CJK"] * 4,))))
    cut = next(line for line in terminal.frame.splitlines() if line.endswith("…"))
    assert cell_len(cut) > 70  # all that there is room for is there


def test_where_there_is_no_room_for_a_hint_the_time_left_stays(yin: Timeline) -> None:
    terminal = Terminal(40, 12)
    terminal.screen.show(status(yin, 1058.0, "nl", "paused"))
    assert "2:37" in terminal.frame


def test_without_block_characters_everything_is_still_there(yin: Timeline, snapshot: SnapshotAssertion) -> None:
    terminal = Terminal(80, 24, ascii_only=True)
    terminal.screen.show(status(yin, 131.4))
    assert terminal.frame == snapshot


def test_without_motion_the_shape_stands_still_and_the_words_go_on(yin: Timeline) -> None:
    terminal = Terminal(80, 24, motion=False)
    terminal.screen.show(status(yin, 20.2))
    inhaling = terminal.frame
    terminal.screen.show(status(yin, 22.6))
    assert "Breathe in 2" not in terminal.frame
    shape = [line[:26] for line in inhaling.splitlines()[2:11]]
    assert shape == [line[:26] for line in terminal.frame.splitlines()[2:11]]


def test_without_numbers_no_clock_is_shown(yin: Timeline) -> None:
    terminal = Terminal(80, 24)
    terminal.screen.show(status(yin, 131.4, numbers=False))
    assert not any(char.isdigit() for line in terminal.frame.splitlines()[1:] for char in line)


def test_nothing_is_sent_when_nothing_changed(yin: Timeline) -> None:
    terminal = Terminal(80, 24)
    terminal.screen.show(status(yin, 131.4))
    before = len(terminal.sent)
    terminal.screen.show(status(yin, 131.4))
    assert len(terminal.sent) == before


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 2700), st.sampled_from(list(MOMENTS.values())), st.booleans()), max_size=5),
    st.tuples(st.integers(1, 130), st.integers(1, 45)),
)
def test_every_frame_fits_whatever_came_before(
    yin: Timeline, shown: list[tuple[float, tuple[float, str], bool]], size: tuple[int, int]
) -> None:
    terminal = Terminal(80, 24)
    for t, (_, mode), helped in shown:
        terminal.screen.show(status(yin, t, "nl", mode, help=helped))  # type: ignore[arg-type]
    terminal.emulated.resize(size[1], size[0])
    terminal.screen.resize(*size)
    fresh = Terminal(*size)
    for screen in (terminal, fresh):
        screen.screen.show(status(yin, 1000.0))
    assert terminal.frame == fresh.frame
    assert all(len(line) <= size[0] for line in fresh.frame.splitlines())


def test_of_a_window_without_end_a_large_one_is_drawn(yin: Timeline) -> None:
    largest, endless = Terminal(400, 200), Terminal(400, 200)
    endless.screen.resize(30_000, 30_000)
    for each in (largest, endless):
        each.screen.show(status(yin, 131.4))
    assert endless.sent == largest.sent
    assert sum(map(len, endless.sent)) < 500_000


@pytest.mark.parametrize("lang", LANGS)
def test_on_the_smallest_screen_the_name_and_the_side_can_be_read(yin: Timeline, lang: Lang) -> None:
    terminal = Terminal(*SMALL)
    for span in yin.spans:
        for t in (span.start, span.start + NAME_FIRST + 1):
            shown = status(yin, min(t, span.end - 1), lang)
            terminal.screen.show(shown)
            read = " ".join(terminal.frame.split())
            for said in (shown.view.title, shown.view.side):
                assert said in read, t


def test_on_the_smallest_screen_the_answer_names_the_side(yin: Timeline) -> None:
    terminal = Terminal(*SMALL)
    sentences = ("Baby dragon.", "Left foot forward.", "Your knee and shin rest on the floor.")
    where = Where(("Baby dragon", "Left foot forward"), (), sentences, asked=1)
    terminal.screen.show(status(yin, 1058.0, where=where))
    assert " ".join(terminal.frame.split()).startswith("Baby dragon. Left foot forward.")
