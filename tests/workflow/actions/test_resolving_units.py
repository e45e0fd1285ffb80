"""A unit to be resolved by a date gets its bureaus after the dispatch, and they get their shares."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.factories.plans import Line, drafted
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.ledger import put_on_ledger
from workflow.actions.preparation import decide_unit
from workflow.actions.resolving_units import resolve_unit
from workflow.models import AuditEvent, Measure, ResponsibleUnit
from workflow.models.responsible_unit import UnitKind
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(cast: Cast, road: Road) -> Measure:
    """Dispatched, with one unit to be resolved by May."""
    line = Line(cast.bureau("教育局"), [cast.bureau("财政局")], due=date(2026, 11, 30))
    plan = drafted(cast, line)
    unit = ResponsibleUnit.objects.create(
        measure=plan.measures.get(), position=9, text="等相关部门", kind=UnitKind.OPEN_ENDED
    )
    decide_unit(unit, by=cast.supervisor(plan), resolve_by=date(2026, 5, 29))
    return road.dispatch(put_on_ledger(plan, by=cast.approver(plan)))[0]


@pytest.fixture
def unit(measure: Measure) -> ResponsibleUnit:
    """The unit that waits."""
    return measure.units.get(kind=UnitKind.OPEN_ENDED)


def test_one_bureau_is_named_on_the_unit_and_gets_a_share(
    cast: Cast, measure: Measure, unit: ResponsibleUnit
) -> None:
    joining = cast.bureau("民政局")

    resolve_unit(unit, by=cast.supervisor(measure.plan), bureaus=[joining], reason="会议纪要")

    unit.refresh_from_db()
    assert (unit.bureau, unit.resolved_on, unit.decision_reason) == (joining, date(2026, 3, 2), "会议纪要")
    share = measure.shares.get(bureau=joining)
    assert share.unit == unit
    assert open_item(share).node == "accept"
    line = AuditEvent.objects.get(action=AuditAction.UNIT_RESOLVE)
    assert line.payload == {"unit": "等相关部门", "bureaus": ["民政局"]}
    assert_sound()


def test_of_several_bureaus_each_without_a_share_gets_one(
    cast: Cast, measure: Measure, unit: ResponsibleUnit
) -> None:
    new = [cast.bureau("民政局"), cast.bureau("水务局")]
    named = [*new, cast.bureau("财政局")]
    resolve_unit(unit, by=cast.supervisor(measure.plan), bureaus=named, reason="会议纪要")
    assert {share.bureau for share in unit.shares.all()} == set(new)
    assert fresh(measure).shares_open == 4
    assert_sound()


def test_a_bureau_that_has_a_share_already_keeps_that_alone(
    cast: Cast, road: Road, measure: Measure, unit: ResponsibleUnit
) -> None:
    measure = road.approve_all(road.accept_all(measure))
    resolve_unit(unit, by=cast.supervisor(measure.plan), bureaus=[cast.bureau("财政局")], reason="即财政局")
    assert fresh(measure).shares_open == 2
    assert open_item(measure).node == "consolidate"
    assert_sound()


def test_a_unit_is_resolved_once_and_never_without_bureaus_or_a_reason(
    cast: Cast, measure: Measure, unit: ResponsibleUnit
) -> None:
    supervisor, joining = cast.supervisor(measure.plan), cast.bureau("民政局")
    with refused("input.bureaus", 422):
        resolve_unit(unit, by=supervisor, bureaus=[], reason="x")
    with refused("input.reason", 422):
        resolve_unit(unit, by=supervisor, bureaus=[joining], reason=" ")
    resolve_unit(unit, by=supervisor, bureaus=[joining], reason="x")
    with refused("unit.not_open", 409):
        resolve_unit(unit, by=supervisor, bureaus=[cast.bureau("水务局")], reason="x")
    with refused("unit.not_open", 409):
        resolve_unit(measure.units.get(is_lead=True), by=supervisor, bureaus=[joining], reason="x")


def test_no_unit_of_a_reported_measure_is_resolved(
    cast: Cast, road: Road, measure: Measure, unit: ResponsibleUnit
) -> None:
    road.report(measure)
    with refused("measure.shares_fixed", 409):
        resolve_unit(unit, by=cast.supervisor(measure.plan), bureaus=[cast.bureau("民政局")], reason="x")


@pytest.mark.parametrize("who", ["approver", "handler"])
def test_only_a_supervisor_resolves_a_unit(
    cast: Cast, measure: Measure, unit: ResponsibleUnit, who: str
) -> None:
    joining = cast.bureau("民政局")
    person = cast.approver(measure.plan) if who == "approver" else cast.handler(cast.bureau("教育局"))
    with refused("right.missing", 403):
        resolve_unit(unit, by=person, bureaus=[joining], reason="x")
