"""Whatever a later edition changes of a plan in preparation, the plan stands as the edition says, and loses nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from flows.consistency import all_findings
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.editions import Sections, as_read, checked, edition_of
from tests.factories.imports import importer
from tests.factories.plans import Line, Promise, drafted, on_ledger
from tests.factories.road import Road
from workflow.actions.editions import confirm_edition
from workflow.actions.plan_input import MeasureInput, TargetInput, UnitInput
from workflow.intake.edition_comparison import Comparison, compare, drafted_measures
from workflow.models import Amendment, Plan, PlanImport
from workflow.queries.editions import measures_to_renew
from workflow.states import AmendmentState, MeasureState

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)
NAMES = ("教育局", "财政局", "民政局", "水务局", "各街道", "等相关部门")


def lines(cast: Cast) -> list[Line]:
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    return [
        Line(education, [finance], due=DUE, targets=[Promise(), Promise("满意率", value=Decimal(90))]),
        Line(education, cycle="quarter"),
        Line(finance, [education, "subdistrict"], due=DUE),
        Line(finance, due=DUE, targets=[Promise("全覆盖", "", None)]),
    ]


def changed(one: MeasureInput, dice: Random) -> MeasureInput:
    """The measure with one field, or none, as another edition may have it."""
    units = dice.sample(NAMES, dice.randint(1, 4))
    return dice.choice(
        [
            one,
            one,
            replace(one, title=one.title + dice.choice(["", "工作", "（修订）"])),
            replace(one, text="".join(dice.choices("建设推进完善机制。", k=20))),
            replace(one, number=f"{dice.randint(1, 40)}."),
            replace(
                one, due=date(2026, dice.randint(4, 12), 15), is_ongoing=False, cycle="", schedule="另定"
            ),
            replace(one, due=None, is_ongoing=True, cycle=dice.choice(["month", "year"]), schedule="持续"),
            replace(one, due=None, is_ongoing=False, cycle="", schedule="长期坚持"),
            replace(one, units=[UnitInput(name, "bureau", n == 0) for n, name in enumerate(units)]),
            replace(one, targets=[TargetInput("覆盖率", ">=", Decimal(dice.randint(90, 99)))]),
            replace(one, targets=[]),
        ]
    )


def edition(plan: Plan, dice: Random) -> Sections:
    """The plan's measures, some changed, left out, added, in another order, in two sections."""
    given = [as_read(one) for one in measures_to_renew(plan) if dice.random() > 0.15]
    given = [changed(one, dice) for one in given]
    given += [
        MeasureInput(f"新增{dice.random():.6f}", due=DUE, units=[UnitInput("教育局", "bureau", is_lead=True)])
        for _ in range(dice.randint(0, 2))
    ] or [MeasureInput("唯一")]
    dice.shuffle(given)
    half = dice.randint(0, len(given))
    return [("一", "行动计划", given[:half]), ("二", "另一章", given[half:])]


def beside(row: PlanImport, plan: Plan) -> Comparison:
    return compare(measures_to_renew(plan), plan, drafted_measures(row), {})


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_in_preparation_stands_as_the_edition_says(cast: Cast, clock: Clock, seed: int) -> None:
    dice, plan = Random(seed), drafted(cast, *lines(cast))
    for n in range(3):
        row = edition_of(cast, plan, edition(plan, dice), mark=f"s{seed:x}{n}")
        plan = confirm_edition(row, checked(row), by=importer(cast))
        found = beside(row, plan)
        assert found.is_empty, (n, found)
        codes = list(plan.measures.values_list("code", flat=True))
        assert len(codes) == len(set(codes))
    assert all_findings() == []


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_on_the_ledger_differs_only_where_an_amendment_says_so(
    cast: Cast, road: Road, seed: int
) -> None:
    dice, plan = Random(seed), on_ledger(cast, *lines(cast))
    first, *others = road.dispatch(plan)
    road.accept_all(first)
    road.close(road.verify(road.report(others[-1])))
    for n in range(3):
        states = dict(plan.measures.values_list("code", "state"))
        row = edition_of(cast, plan, edition(plan, dice), mark=f"s{seed:x}{n}")
        plan = confirm_edition(row, checked(row), by=importer(cast))
        found = beside(row, plan)
        waiting = {AmendmentState.OPEN, AmendmentState.ENDED}
        left = set(
            Amendment.objects.filter(plan_import=row, state__in=waiting).values_list("measure__code", "field")
        )
        differing = {
            (pair.old.code, str(one.field))
            for pair in (*found.changed, *found.moved, *found.renumbered)
            if pair.old is not None
            for one in pair.differences
        }
        assert differing <= left, (n, differing - left)
        assert found.added == []
        after = dict(plan.measures.values_list("code", "state"))
        moved = {code for code, state in states.items() if after[code] != state}
        discarded = {code for code in moved if after[code] == MeasureState.CANCELLED}
        assert moved == discarded
    assert all_findings() == []
