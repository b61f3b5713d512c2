import pytest

from psoas_cli.practice.model.names import fault_in, is_reserved, lookalike, match

KNOWN = ["yin", "café", "Evening", "evening", "box"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yin", "yin"),
        ("YIN", "yin"),
        ("Box", "box"),
        ("cafe\u0301", "café"),
        ("CAFE\u0301", "café"),
        ("evening", "evening"),
        ("Evening", "Evening"),
        ("EVENING", None),
        ("yi", None),
    ],
)
def test_capitals_and_accents_do_not_matter_where_it_is_beyond_doubt(written: str, meant: str | None) -> None:
    assert match(written, KNOWN) == meant


@pytest.mark.parametrize("name", ["yіn", "уіn", "ｙｉｎ", "ｂox", "bοx", "bоx"])  # noqa: RUF001 - they are meant
def test_a_name_in_other_letters_looks_like_the_one_it_is_taken_for(name: str) -> None:
    assert lookalike(name, KNOWN) in {"yin", "box"}


def test_a_sharp_s_is_not_two_of_them() -> None:
    names = ["ß", "SS", "straße"]
    assert [match(written, names) for written in ("ss", "SS", "ß", "STRASSE")] == ["SS", "SS", "ß", "straße"]
    assert [lookalike(name, names) for name in names] == [None] * 3


@pytest.mark.parametrize("name", ["yin", "café", "夜", "één", "вечер"])
def test_a_name_of_its_own_looks_like_no_other(name: str) -> None:
    assert lookalike(name, KNOWN) is None


@pytest.mark.parametrize("name", ["con", "NUL", "Com1", "lpt9", "aux.yaml", "com¹", "nul.tar.gz", "ｃｏｎ"])  # noqa: RUF001
def test_a_device_of_windows_is_no_name(name: str) -> None:
    assert is_reserved(name)
    assert fault_in(name)


@pytest.mark.parametrize("name", ["my-evening", "cafe\u0301", "夜", "क्षमा", "console", "com10", "2nd"])
def test_letters_of_any_script_make_a_name(name: str) -> None:
    assert fault_in(name) == ""


@pytest.mark.parametrize(
    "name", ["", "-", "-yin", "a b", "a/b", "..", "a.b", "y\u200bin", "y\u3164in", "\u0301" * 65, "x\x1b"]
)
def test_anything_else_is_refused_and_shown(name: str) -> None:
    assert fault_in(name).isprintable()
    assert "letters, digits and hyphens" in fault_in(name)
