"""Which bureau each unit of a draft means, and what a person is asked about it."""

from typing import Any

import pytest

from accounts.models import Bureau, BureauAlias, BureauKind
from tests.factories.cast import Cast
from workflow.actions.plan_input import UnitInput
from workflow.actions.unit_bureaus import UnitBureaus
from workflow.models import PlanImport
from workflow.models.responsible_unit import UnitKind
from workflow.queries.bureau_directory import bureau_directory
from workflow.queries.unit_names import UnitName, kind_of_bureau, names_among
from workflow.rules.bureau_names import area_of

pytestmark = pytest.mark.django_db


def named(cast: Cast, *texts: str, decided: dict[str, Any] | None = None, alias: str = "") -> list[UnitName]:
    units = [{"text": text, "kind": "bureau", "alias": alias} for text in texts]
    return names_among(units, PlanImport(office=cast.office, bureaus=decided or {}))


def test_a_name_that_one_bureau_bears_is_taken_and_each_text_stands_once(cast: Cast) -> None:
    education = cast.bureau("教育局")
    [name] = named(cast, "教育局", "教育局")
    assert (name.count, name.is_open) == (2, False)
    assert name.bureau is not None
    assert name.bureau.key == education.pk


def test_a_name_that_several_bear_is_asked_about_with_those_who_bear_it(cast: Cast) -> None:
    bureaus = [cast.bureau("甲局"), cast.bureau("乙局")]
    for bureau in bureaus:
        BureauAlias.objects.create(bureau=bureau, name="执法局")

    [name] = named(cast, "执法局")

    assert (name.is_open, name.is_shared, name.is_missing) == (True, True, False)
    assert {choice.key for choice in name.candidates} == {bureau.pk for bureau in bureaus}


def test_a_name_that_nobody_bears_can_be_added_with_the_kind_it_is_likely_to_be(cast: Cast) -> None:
    [name] = named(cast, "临江街道办事处")
    assert (name.is_missing, name.kind) == (True, BureauKind.SUBDISTRICT)


def test_a_name_like_another_is_proposed_never_tied(cast: Cast) -> None:
    cast.bureau("文化旅游体育局")
    [name] = named(cast, "文化旅游局")
    assert name.bureau is None
    assert [choice.name for choice in name.candidates] == ["文化旅游体育局"]


def test_a_name_that_differs_in_wording_alone_is_not_added_with_the_others(cast: Cast) -> None:
    cast.bureau("发展和改革委员会")
    [name] = named(cast, "发展改革委")
    assert (name.is_open, name.is_near, name.is_missing) == (True, True, False)


def test_another_name_that_the_document_gives_counts(cast: Cast) -> None:
    market = cast.bureau("知识产权局")
    [name] = named(cast, "市场监管局（知识产权局）", alias="知识产权局")
    assert name.bureau is not None
    assert name.bureau.key == market.pk


@pytest.mark.parametrize(
    ("decision", "word", "is_created"),
    [({"create": "school"}, "create", True), ({}, "later", False)],
)
def test_what_was_decided_goes_before_the_name(
    cast: Cast, decision: dict[str, str], word: str, is_created: bool
) -> None:
    cast.bureau("教育局")
    [name] = named(cast, "教育局", decided={"教育局": decision})
    assert (name.decision, name.is_created, name.bureau, name.is_open) == (word, is_created, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "河湾区教育局",
        "区教育局",
        "教育局",
        "教育局（体育局）",
        "区发改委",
        "云山区教育局",
        "执法局",
        "公安**分局",
        "区林业局",
    ],
)
def test_the_page_shows_the_bureau_that_loading_ties(cast: Cast, text: str) -> None:
    cast.office.name = "河湾区政府督查室"
    for name in ("河湾区教育局", "发展和改革委员会", "甲局", "乙局"):
        cast.bureau(name)
    for bureau in ("甲局", "乙局"):
        BureauAlias.objects.create(bureau=Bureau.objects.get(name=bureau), name="执法局")
    alias = "体育局" if "（" in text else ""

    [name] = named(cast, text, alias=alias)

    finder = UnitBureaus(bureau_directory(), area_of(cast.office.name))
    tied = finder(UnitInput(text, UnitKind.BUREAU, alias=alias))
    assert (name.bureau.key if name.bureau else None) == tied
    assert (tied is not None) is (text in ("河湾区教育局", "区教育局", "教育局", "教育局（体育局）"))


def test_what_is_to_be_decided_stands_first(cast: Cast) -> None:
    cast.bureau("教育局")
    assert [name.text for name in named(cast, "教育局", "教育局", "林业局")] == ["林业局", "教育局"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("区教育局", "bureau"),
        ("区委宣传部", "party_organ"),
        ("团区委", "peoples_group"),
        ("区妇联", "peoples_group"),
        ("第一中学", "school"),
        ("临江镇", "subdistrict"),
    ],
)
def test_the_kind_is_guessed_by_the_name(name: str, kind: str) -> None:
    assert kind_of_bureau(name) == kind
