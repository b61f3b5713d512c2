import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.practice.model.durations import clock_text, duration_text, parse_duration


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("90s", 90), ("3m", 180), ("1h", 3600), ("1m30s", 90), ("1.5m", 90), ("1:30", 90), ("1:02:03", 3723),
        ("0:45", 45), ("90:00", 5400), ("2h0.5s", 7200.5), (" 3m ", 180), ("24h", 86400),
    ],
)  # fmt: skip
def test_durations_as_people_write_them(written: str, seconds: float) -> None:
    assert parse_duration(written) == seconds


@pytest.mark.parametrize(
    "written",
    [
        "", "m", "3 mins", "3M", "-3m", "+3m", "3m2h", "1:60", "1:2", "1:60:00", ":30", "1:", "1m:30", "0s", "0:00",
        "0.0001s", "25h", "1440:01", "9" * 400 + "h", "9" * 5000 + ":00:00", "999:59:59", "1e3s", "٣m", "nan", "inf",
        "three minutes", ".5m", "5.m",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_what_was_expected(written: str) -> None:
    with pytest.raises(ValueError, match=r"^expected a duration"):
        parse_duration(written)


def test_a_bare_number_names_both_of_its_meanings() -> None:
    with pytest.raises(ValueError, match=r"3m \(minutes\) or 3s \(seconds\)"):
        parse_duration("3")


def test_no_time_at_all_is_a_duration_only_where_that_makes_sense() -> None:
    assert parse_duration("0s", zero=True) == 0


@given(st.integers(1, 86_400_000))
def test_a_duration_written_short_reads_back(milliseconds: int) -> None:
    assert parse_duration(duration_text(milliseconds / 1000)) == milliseconds / 1000


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00"), (-3, "0:00"), (0.2, "0:01"), (59, "0:59"), (59.1, "1:00"), (60, "1:00"), (245, "4:05"),
        (3599.5, "1:00:00"), (3723, "1:02:03"), (60.0000001, "1:00"),
    ],
)  # fmt: skip
def test_clocks_show_part_of_a_second_as_one_more(seconds: float, shown: str) -> None:
    assert clock_text(seconds) == shown
