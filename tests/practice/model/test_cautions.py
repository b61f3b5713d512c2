"""Cautions: four groups, those for a doctor first, and the same order wherever they are listed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.practice.model.cautions import CAUTIONS, GROUPS, advised, grouped, in_order, in_short, named, rows
from psoas_cli.practice.model.text import LANGS, Lang

NAMES = st.lists(st.sampled_from(sorted(CAUTIONS)))


def test_every_caution_is_in_one_group_and_every_group_has_some_in_the_order_of_the_list() -> None:
    assert {caution.group for caution in CAUTIONS.values()} == set(GROUPS)
    parts = grouped(CAUTIONS)
    assert list(parts) == list(GROUPS)
    assert [name for part in parts.values() for name in part] == list(CAUTIONS)


def test_those_for_a_doctor_come_first() -> None:
    first = grouped(CAUTIONS)["ask"]
    assert {"surgery", "thrombosis", "hip-replacement", "pregnancy", "blood-pressure", "eyes", "epilepsy"} == set(first)
    assert next(iter(CAUTIONS)) in first


@given(NAMES)
def test_an_order_has_each_once_whatever_order_they_come_in(names: list[str]) -> None:
    found = in_order(names)
    assert set(found) == set(names)
    assert found == in_order(reversed(names)) == tuple(name for name in CAUTIONS if name in names)
    assert [name for part in grouped(names).values() for name in part] == list(found)


@pytest.mark.parametrize("lang", LANGS)
@given(names=NAMES)
def test_rows_and_advice_name_each_of_them(lang: Lang, names: list[str]) -> None:
    found = in_order(names)
    said = [caution for _, part in rows(names, lang) for caution in part.split(", ")]
    assert said == [CAUTIONS[name].in_row(lang) for name in found]
    assert [name for _, part in advised(names, lang) for name, _ in part] == [
        CAUTIONS[name].name.said(lang) for name in found
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_names_go_on_within_a_sentence(lang: Lang) -> None:
    for caution in CAUTIONS.values():
        assert caution.in_row(lang)[0].islower()
        assert len(caution.in_row(lang)) <= len(caution.name.said(lang))
    for group in GROUPS.values():
        assert len(group.name.said(lang)) <= 20


def test_a_few_are_told_by_name_and_more_by_their_groups() -> None:
    assert in_short(("knees", "surgery"), "nl") == "recente operatie of breuk, gevoelige knieën"
    assert in_short(("knees", "ankles", "neck", "eyes"), "nl") == (
        "eerst overleggen (1); gewrichten en botten (2); rug, nek en hoofd (1)"
    )
    assert named((), "en") == in_short((), "en") == ""
