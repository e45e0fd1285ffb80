"""交办: shares, cycles, numbered orders."""

from datetime import date

import pytest

from accounts.belonging import succeed
from accounts.models import Bureau, BureauKind
from flows.models import Run, WorkItem
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, drafted, on_ledger
from tests.factories.refusals import refused
from tests.factories.road import Road
from tests.factories.soundness import assert_sound
from workflow.actions.dispatch import dispatch_measure, dispatch_plan
from workflow.actions.ledger import put_on_ledger
from workflow.actions.preparation import decide_unit
from workflow.models import Cycle, Document, DocumentSeries, Measure, Plan, ResponsibleUnit, ShareCycle
from workflow.states import MeasureState, ShareState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DUE = date(2026, 6, 30)


def _names(measure: Measure) -> list[str]:
    return [share.bureau.name for share in measure.shares.select_related("bureau")]


def test_every_bureau_has_one_share_and_the_lead_comes_first(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=2)
    assert measure.state == MeasureState.ASSIGNED
    assert _names(measure) == ["教育局", "配合单位1", "配合单位2"]
    assert [share.is_lead for share in measure.shares.all()] == [True, False, False]
    assert {share.state for share in measure.shares.all()} == {ShareState.ASSIGNED}
    assert_sound()


def test_a_bureau_named_twice_has_one_share_and_leads_where_it_leads(cast: Cast, road: Road) -> None:
    lead, other = cast.bureau("教育局"), cast.bureau("财政局")
    school = cast.bureau("一中", BureauKind.SCHOOL)
    (measure,) = road.dispatched(Line(lead, [other, school, lead, other, BureauKind.SCHOOL.value], due=DUE))
    assert _names(measure)[:2] == ["教育局", "财政局"]
    assert len(_names(measure)) == len(set(_names(measure)))


def test_every_active_member_of_a_collective_has_a_share_tied_to_the_unit_as_written(
    cast: Cast, road: Road
) -> None:
    streets = [cast.bureau(f"街道{n}", BureauKind.SUBDISTRICT) for n in range(3)]
    Bureau.objects.filter(pk=streets[2].pk).update(active=False)
    (measure,) = road.dispatched(Line(cast.bureau("教育局"), [BureauKind.SUBDISTRICT.value], due=DUE))
    assert _names(measure) == ["教育局", "街道0", "街道1"]
    units = {share.unit.text for share in measure.shares.filter(is_lead=False)}
    assert units == {"各街道"}


def test_a_collective_is_that_of_the_issuers_own_branch(cast: Cast, road: Road) -> None:
    city = cast.bureau("市")
    for name in ("甲区", "乙区"):
        district = cast.bureau(name, under=city)
        cast.bureau(f"{name}街道", BureauKind.SUBDISTRICT, under=district)
    cast.bureau("区政府办", under=cast.bureau("甲区"))
    (measure,) = road.dispatched(Line(cast.bureau("教育局"), [BureauKind.SUBDISTRICT.value], due=DUE))
    assert _names(measure) == ["教育局", "甲区街道"]


def test_a_bureau_that_was_succeeded_is_stood_for_by_its_successor(cast: Cast, road: Road) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), [cast.bureau("老局")], due=DUE))
    succeed(cast.bureau("老局"), cast.bureau("新局"))
    (measure,) = road.dispatch(plan)
    assert _names(measure) == ["教育局", "新局"]


def test_a_unit_to_be_resolved_later_has_no_share_yet(cast: Cast, road: Road) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=DUE))
    unit = ResponsibleUnit.objects.create(
        measure=plan.measures.get(), position=2, text="等相关部门", kind="open_ended"
    )
    decide_unit(unit, by=cast.supervisor(plan), resolve_by=date(2026, 5, 1))
    (measure,) = road.dispatch(put_on_ledger(plan, by=cast.approver(plan)))
    assert _names(measure) == ["教育局"]


def test_a_dated_measure_has_one_cycle_which_is_current_and_last(road: Road, clock: Clock) -> None:
    measure = road.measure(supporting=1, due=date(2026, 10, 5))
    cycle = Cycle.objects.get(measure=measure)
    assert (cycle.is_current, cycle.is_last) == (True, True)
    assert (cycle.period_start, cycle.period_end) == (clock.today, date(2026, 10, 5))
    assert cycle.due == date(2026, 9, 30), "a deadline on a day off moves to the working day before"
    assert {part.due for part in cycle.share_cycles.all()} == {date(2026, 9, 30)}


def test_an_ongoing_measure_has_its_cycles_laid_out_and_the_first_is_current(road: Road) -> None:
    measure = road.measure(supporting=1, cycle="quarter")
    cycles = list(measure.cycles.all())
    assert [cycle.index for cycle in cycles] == [1, 2, 3, 4]
    assert [cycle.is_current for cycle in cycles] == [True, False, False, False]
    assert [cycle.is_last for cycle in cycles] == [False, False, False, True]
    assert [cycle.share_due for cycle in cycles][1:3] == [date(2026, 6, 18), date(2026, 9, 20)]
    assert ShareCycle.objects.filter(cycle=cycles[0]).count() == 2
    assert not ShareCycle.objects.exclude(cycle=cycles[0]).exists()


def test_the_only_share_of_an_ongoing_measure_is_due_with_the_lead(road: Road) -> None:
    measure = road.measure(supporting=0, cycle="quarter")
    cycle = measure.cycles.get(index=1)
    assert ShareCycle.objects.get(cycle=cycle).due == cycle.due > cycle.share_due


def test_every_share_gets_a_run_below_the_measures_and_an_item_of_acceptance(road: Road) -> None:
    measure = road.measure(supporting=3)
    parent = Run.objects.get(measure=measure, share=None)
    assert set(Run.objects.filter(parent=parent).values_list("share", flat=True)) == set(
        measure.shares.values_list("pk", flat=True)
    )
    items = WorkItem.objects.filter(measure=measure)
    assert {item.node for item in items} == {"accept"}
    assert {item.due for item in items} == {date(2026, 3, 4)}, "two working days"


def test_orders_are_numbered_without_a_gap_by_office_and_year(cast: Cast, clock: Clock) -> None:
    lines = [Line(cast.bureau("教育局"), due=date(2026, 12, 31)) for _ in range(3)]
    plan = on_ledger(cast, *lines)
    one, two, three = plan.measures.order_by("position")
    by = cast.supervisor(plan)
    assert dispatch_measure(one, by=by).number == "督〔2026〕1号"
    with refused("state.wrong", 409):
        dispatch_measure(one, by=by)
    stranger = cast.stranger()
    with refused("right.missing", 403):
        dispatch_measure(two, by=stranger)
    assert dispatch_measure(two, by=by).number == "督〔2026〕2号"
    clock.to(date(2027, 1, 4))
    assert dispatch_measure(three, by=by).number == "督〔2027〕1号"
    assert list(Document.objects.order_by("pk").values_list("year", "serial")) == [
        (2026, 1),
        (2026, 2),
        (2027, 1),
    ]


def test_another_office_counts_for_itself(cast: Cast) -> None:
    first = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    dispatch_plan(first, by=cast.supervisor(first))
    other = Cast()
    other._bureaus = {
        "区政府办": cast.issuer,
        "督查室": cast.bureau("市督查室"),
        "教育局": cast.bureau("教育局"),
    }
    second = on_ledger(other, Line(cast.bureau("教育局"), due=DUE))
    assert dispatch_plan(second, by=other.supervisor(second)).order.number == "督〔2026〕1号"
    assert DocumentSeries.objects.count() == 2


def test_a_plan_is_dispatched_under_one_order(cast: Cast, road: Road) -> None:
    plan = on_ledger(cast, *(Line(cast.bureau("教育局"), due=DUE) for _ in range(3)))
    order = dispatch_plan(plan, by=cast.supervisor(plan)).order
    assert {measure.dispatch_order for measure in plan.measures.all()} == {order}
    by = cast.supervisor(plan)
    with refused("plan.nothing_to_dispatch", 409):
        dispatch_plan(plan, by=by)


def test_what_was_dispatched_singly_is_left_as_it_is(cast: Cast) -> None:
    plan = on_ledger(cast, *(Line(cast.bureau("教育局"), due=DUE) for _ in range(2)))
    one = plan.measures.get(position=1)
    single = dispatch_measure(one, by=cast.supervisor(plan))
    rest = dispatch_plan(plan, by=cast.supervisor(plan)).order
    assert [m.dispatch_order for m in plan.measures.order_by("position")] == [single, rest]


def test_nothing_is_dispatched_before_the_plan_is_on_the_ledger(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=DUE))
    for dispatch in (
        lambda: dispatch_plan(plan, by=cast.supervisor(plan)),
        lambda: dispatch_measure(plan.measures.get(), by=cast.supervisor(plan)),
    ):
        with refused("plan.not_on_ledger", 409):
            dispatch()


@pytest.mark.parametrize("who", ["approver", "observer", "auditor"])
def test_only_a_supervisor_dispatches(cast: Cast, who: str) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    by = getattr(cast, who)(plan)
    with refused("right.missing", 403):
        dispatch_plan(plan, by=by)


def test_the_plan_keeps_its_state_while_measures_are_dispatched(cast: Cast) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    dispatch_plan(plan, by=cast.supervisor(plan))
    assert Plan.objects.get(pk=plan.pk).state == "on_ledger"
    assert_sound()
