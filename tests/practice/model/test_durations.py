import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.practice.model.durations import (
    clock_text,
    duration_text,
    parse_duration,
    parse_minutes,
    range_of,
    range_text,
)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("90s", 90), ("3m", 180), ("1h", 3600), ("1m30s", 90), ("1.5m", 90), ("1:30", 90), ("1:02:03", 3723),
        ("0:45", 45), ("90:00", 5400), ("2h0.5s", 7200.5), (" 3m ", 180), ("24h", 86400), ("05:00", 300),
        ("00:03:00", 180),
        # spaces, words, capitals
        ("3 m", 180), ("3 min", 180), ("3 min.", 180), ("3m.", 180), ("3 mins", 180), ("3 minutes", 180), ("3M", 180),
        ("3 minuten", 180), ("1 minuut", 60), ("90 sec", 90), ("90 seconds", 90), ("90 seconden", 90), ("3 uur", 10800),
        ("1u", 3600), ("2 uren", 7200), ("1 hr", 3600), ("1m 30s", 90), ("1h 5m", 3900), ("2 min 30 s", 150),
        ("1 minute and 30 seconds", 90), ("1 minuut en 30 seconden", 90),
        # decimals and fractions
        ("2,5m", 150), ("1,5 min", 90), ("5.0m", 300), ("1.25m", 75), ("2½m", 150), ("½ uur", 1800), ("1 ¼ h", 4500),
        # the last unit left out, where two digits say which it is
        ("1h15", 4500), ("1u30", 5400), ("1m30", 90), ("2 min 30", 150), ("2'30", 150), ("2'30\"", 150), ("3′", 180),  # noqa: RUF001
        ("2′30″", 150), ("2’30”", 150), ("90''", 90),  # noqa: RUF001
        # what phones and word processors make of it
        ("3\u00a0m", 180), ("3\u202fmin", 180), ("\u30003m", 180), ("３m", 180), ("3：00", 180), ("２．５m", 150),  # noqa: RUF001
    ],
)  # fmt: skip
def test_durations_as_people_write_them(written: str, seconds: float) -> None:
    assert parse_duration(written) == seconds


@pytest.mark.parametrize(
    "written",
    [
        "", "m", "-3m", "+3m", "3m2h", "1:60", "1:2", "1:60:00", ":30", "1:", "1m:30", "0s", "0:00", "0.0001s", "25h",
        "1440:01", "9" * 400 + "h", "9" * 5000 + ":00:00", "999:59:59", "1e3s", "٣m", "nan", "inf", "three minutes",
        ".5m", "5.m", "3d", "²m", "3\u200bm", "3m 3m", "1m75", "1.30m", "1,500s", "1.000s", "1,234s", "3ſ",  # noqa: RUF001
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_what_was_expected(written: str) -> None:
    with pytest.raises(ValueError, match=r"^expected a duration"):
        parse_duration(written)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("3", "3m (minutes) or 3s (seconds)"), ("5.0", "5.0m (minutes)"), ("~3m", "did you mean 3m?"),
        ("±3 min", "did you mean 3m?"), ("“3m”", "did you mean 3m?"), ("3m，", "did you mean 3m?"),  # noqa: RUF001
        ("ca. 3 min", "did you mean 3m?"), ("PT1H30M", "did you mean 1h30m?"), ("1h5", "did you mean 1h5m?"),
        ("1m5", "did you mean 1m5s?"), ("3-5m", "one duration, like 4m"), ("3 – 5 min", "one duration, like 4m"),  # noqa: RUF001
        ("3 tot 5 min", "one duration, like 4m"), ("5 breaths", "cycles: 5,"), ("3 ademteugen", "cycles: 3,"),
        (".5m", "did you mean 30s?"), ("minstens 3m", "without words before it, like 3m"), ("1.30h", "write 1h30"),
        ("four minutes", "in digits, like 4m"), ("anderhalf uur", "like 1h30m"), ("half an hour", "like 30m"),
        ("1:5", "two digits"), ("5:0", "two digits"), ("5:60", "two digits up to 59"), ("half uur", "in digits"),
        ("een minuut", "in digits"), ("1.30m", "1m30s or 1:30"), ("1,500s", "1500 as one number"),
    ],
)  # fmt: skip
def test_what_is_nearly_a_duration_is_answered_with_its_right_form(written: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        parse_duration(written)


def test_no_time_at_all_is_a_duration_only_where_that_makes_sense() -> None:
    assert parse_duration("0s", zero=True) == 0


@given(st.integers(1, 86_400_000))
def test_a_duration_written_short_reads_back(milliseconds: int) -> None:
    assert parse_duration(duration_text(milliseconds / 1000)) == milliseconds / 1000


_UNITS = {"h": 3600, "u": 3600, "m": 60, "'": 60, "s": 1, '"': 1}
_HALVES = {"¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4)}


def by_hand(written: str) -> Fraction | None:
    """Another reading of *written*, number by number; None if there is a doubt."""
    if re.fullmatch(r"[\d:]+", written):
        parts = [int(part) for part in written.split(":")]
        return Fraction(sum(part * 60**i for i, part in enumerate(reversed(parts))))
    total, unit = Fraction(0), 0
    for number, half, name in re.findall(r"([\d.,]*)\s*([¼½¾]?)\s*([a-z]*|['\"])\.?", written.lower()):
        if not number and not half:
            continue
        unit = _UNITS[name[0]] if name else unit // 60
        decimal = re.fullmatch(r"(\d+)[.,](\d+)", number)
        if decimal and (decimal[2] != "0" and decimal[2].endswith("0")):
            return None
        amount = Fraction(number.replace(",", ".") or 0) + _HALVES.get(half, 0)
        total += unit * amount
    return total


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[0-9]{1,3}([.,][0-9]{1,3})?|[0-9]?[¼½¾]", fullmatch=True),
            st.sampled_from(["", " "]),
            st.sampled_from(["h", "uur", "m", "min", "min.", "M", "minuten", "'", "s", "sec", "seconds", '"', "", ":"]),
            st.sampled_from(["", " "]),
        ),
        min_size=1,
        max_size=3,
    ).map(lambda parts: "".join(map("".join, parts)))
)
def test_what_is_read_is_what_anyone_would_read(written: str) -> None:
    try:
        seconds = parse_duration(written, zero=True)
    except ValueError:
        return
    assert seconds == pytest.approx(float(by_hand(written.strip()) or 0), abs=0.001)


def test_a_range_is_known_as_one() -> None:
    assert range_of("3-5m") == range_of("3 – 5 min") == range_of("3m to 5m") == range_of("3 à 5 min") == (180, 300)  # noqa: RUF001
    assert range_of("3m") is range_of("-3m") is range_of("5-3m") is range_of("4-6") is None


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("30", 30),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("30m", 30),
        ("1h15", 75),
        ("1:15:00", 75),
        ("1:30", 1.5),
        ("90 sec", 1.5),
    ],
)
def test_a_length_without_a_unit_is_in_minutes(written: str, minutes: float) -> None:
    assert parse_minutes(written) == minutes


@pytest.mark.parametrize("written", ["", "ten", "nan", "inf", "-3", "1e2", "1.30", "3-5", "²"])
def test_a_length_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="expected a length like 30 or 1h15, got"):
        parse_minutes(written)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1h5", "did you mean 1h5m?"), ("1 h 5", "did you mean 1h5m?"), ("1.30", "write 1h30"), ("1.30h", "write 1h30"),
        ("30-45m", "like 37m30s"), ("30-40", "like 35m"), ("~45", "did you mean 45?"), (".5", "did you mean 0.5?"),
        ("half uur", "like 30m"), ("1:5", "two digits"),
    ],
)  # fmt: skip
def test_what_is_nearly_a_length_is_answered_with_its_right_form(written: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        parse_minutes(written)


def test_a_word_that_may_mean_minus_is_not_left_out_of_what_was_meant() -> None:
    with pytest.raises(ValueError, match=r'got "min 15s"$'):
        parse_duration("min 15s")


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00"), (-3, "0:00"), (0.2, "0:01"), (59, "0:59"), (59.1, "1:00"), (60, "1:00"), (245, "4:05"),
        (3599.5, "1:00:00"), (3723, "1:02:03"), (60.0000001, "1:00"),
    ],
)  # fmt: skip
def test_clocks_show_part_of_a_second_as_one_more(seconds: float, shown: str) -> None:
    assert clock_text(seconds) == shown


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (1001, 3720, "17-62 min"), (360, 360, "6 min"), (330, 330, "5:30 min"), (310, 350, "5:10-5:50 min"),
        (345, 365, "5:45-6:05 min"), (60, 120, "1-2 min"),
    ],
)  # fmt: skip
def test_a_choice_of_lengths_is_never_said_backwards_nor_between_the_same_two(least: int, most: int, said: str) -> None:
    assert range_text(least, most).en == range_text(least, most).nl == said
