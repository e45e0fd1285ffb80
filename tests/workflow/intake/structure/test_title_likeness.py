"""Titles that two parts write otherwise."""

import pytest

from workflow.intake.structure.title_likeness import alike, is_longer


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("推进适老化改造", "适老化改造"),
        ("修补破损路面", "修补城区破损路面"),
        ("完善截污管网建设", "完善截污管网"),
    ],
)
def test_abridged_and_slightly_changed_titles_are_paired(title: str, other: str) -> None:
    assert list(alike(["种树", title], [other, "亮灯"])) == [(1, 0)]


@pytest.mark.parametrize("other", ["培养护理人员", "改造老旧小区", "路面"])
def test_titles_that_share_a_little_are_not(other: str) -> None:
    assert list(alike(["修补破损路面"], [other])) == []


def test_of_two_that_are_equally_alike_none_is_taken() -> None:
    assert list(alike(["修补北街破损路面", "修补南街破损路面"], ["修补破损路面"])) == []


def test_nothing_is_paired_with_nothing() -> None:
    assert list(alike([], ["种树"])) == []


def test_a_title_with_a_clause_behind_it_is_surely_the_same() -> None:
    assert is_longer("疏浚河道，清淤10公里", "疏浚河道")
    assert not is_longer("疏浚河道两岸", "疏浚河道")
