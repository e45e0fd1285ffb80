"""The bureaus behind the units of a plan as read."""

from datetime import date

import pytest

from tests.factories.cast import make_bureau
from workflow.actions.plan_input import MeasureInput, PlanInput, SectionInput, UnitInput
from workflow.actions.unit_bureaus import UnitBureaus
from workflow.models.responsible_unit import UnitKind
from workflow.queries.bureau_directory import bureau_directory
from workflow.rules.resolving import Directory, KnownBureau

DIRECTORY = Directory.of(
    [
        KnownBureau(1, "河湾区水务局"),
        KnownBureau(2, "东区园林局", aliases=("园林局",)),
        KnownBureau(3, "西区园林局", aliases=("园林局",)),
    ]
)


def plan(*texts: str) -> PlanInput:
    units = [UnitInput(text, UnitKind.BUREAU) for text in texts]
    measures = [MeasureInput("修桥", line=7, units=units), MeasureInput("铺路", line=9, units=units)]
    sections = [SectionInput("一", "贯通", measures)]
    return PlanInput("绿道方案", "a" * 64, "x.txt", date(2026, 1, 1), date(2026, 12, 31), sections)


def test_a_unit_is_tied_where_its_name_is_sure_in_the_plans_area() -> None:
    unit = UnitInput("区水务局", UnitKind.BUREAU)
    assert UnitBureaus(DIRECTORY, "河湾区")(unit) == 1
    assert UnitBureaus(DIRECTORY)(unit) is None


def test_what_was_decided_goes_before_what_the_name_means() -> None:
    unit = UnitInput("河湾区水务局", UnitKind.BUREAU)
    assert UnitBureaus(DIRECTORY, decided={"河湾区水务局": 2})(unit) == 2
    assert UnitBureaus(DIRECTORY, decided={"河湾区水务局": None})(unit) is None


@pytest.mark.parametrize("kind", [UnitKind.COLLECTIVE, UnitKind.OPEN_ENDED])
def test_only_a_bureau_is_tied(kind: UnitKind) -> None:
    assert UnitBureaus(DIRECTORY)(UnitInput("河湾区水务局", kind)) is None


def test_another_name_in_the_document_ties_as_well() -> None:
    unit = UnitInput("排水局（河湾区水务局）", UnitKind.BUREAU, alias="河湾区水务局")
    assert UnitBureaus(DIRECTORY)(unit) == 1


def test_a_name_that_several_bear_is_warned_of_at_each_measure() -> None:
    found = UnitBureaus(DIRECTORY).warnings(plan("园林局"))
    assert [(one["line"], one["code"], one["params"]["bureaus"]) for one in found] == [
        (7, "unit_ambiguous", "东区园林局、西区园林局"),
        (9, "unit_ambiguous", "东区园林局、西区园林局"),
    ]


def test_a_name_like_a_bureaus_is_warned_of_once() -> None:
    (found,) = UnitBureaus(DIRECTORY).warnings(plan("区水务局"))
    assert found == {
        "line": 7,
        "code": "unit_like",
        "params": {"unit": "区水务局", "bureaus": "河湾区水务局"},
    }


def test_names_that_nobody_bears_are_listed_in_one_warning() -> None:
    (found,) = UnitBureaus(DIRECTORY).warnings(plan("天文台", "公安**分局", "河湾区水务局"))
    assert found == {"line": None, "code": "units_unknown", "params": {"units": "天文台、公安**分局"}}


def test_a_decided_unit_is_not_warned_of() -> None:
    assert UnitBureaus(DIRECTORY, decided={"天文台": None}).warnings(plan("天文台")) == []


@pytest.mark.django_db
def test_the_directory_knows_closed_bureaus_by_their_successor() -> None:
    heir = make_bureau("区园林绿化局")
    make_bureau("区林业局", active=False, succeeded_by=heir)
    assert UnitBureaus(bureau_directory())(UnitInput("区林业局", UnitKind.BUREAU)) == heir.pk
