"""交办 of a selection or of all that are ready: one order, each measure for itself, refusals with their reasons."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.factories.plans import Line, on_ledger
from tests.factories.refusals import refused
from tests.factories.soundness import assert_sound
from workflow.actions.dispatch import dispatch_measure, dispatch_measures, dispatch_plan
from workflow.models import AuditEvent, Document, Measure, Plan, ResponsibleUnit
from workflow.models.audit_event import Outcome
from workflow.states import MeasureState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A plan on the ledger with three measures."""
    return on_ledger(cast, *(Line(cast.bureau("教育局"), due=date(2026, 6, 30)) for _ in range(3)))


def _reopen_a_unit(measure: Measure) -> None:
    ResponsibleUnit.objects.create(measure=measure, position=9, text="等相关部门", kind="open_ended")


def test_a_selection_goes_out_under_one_order_and_the_rest_stays(cast: Cast, plan: Plan) -> None:
    one, _, three = plan.measures.order_by("position")
    done = dispatch_measures(plan, by=cast.supervisor(plan), measures=[three.pk, one.pk])
    assert [measure.pk for measure in done.measures] == [one.pk, three.pk]
    assert [m.dispatch_order for m in plan.measures.order_by("position")] == [done.order, None, done.order]
    assert_sound()


def test_one_refusal_leaves_the_others_dispatched_and_its_line_in_the_trail(cast: Cast, plan: Plan) -> None:
    one, two, three = plan.measures.order_by("position")
    two.units.all().delete()
    _reopen_a_unit(three)
    done = dispatch_measures(plan, by=cast.supervisor(plan), measures=[one.pk, two.pk, three.pk])
    assert [measure.pk for measure in done.measures] == [one.pk]
    assert [(measure.pk, refusal.code) for measure, refusal in done.refused] == [
        (two.pk, "measure.no_shares"),
        (three.pk, "measure.not_ready"),
    ]
    states = plan.measures.order_by("position").values_list("state", flat=True)
    assert list(states) == [MeasureState.ASSIGNED, MeasureState.DRAFT, MeasureState.DRAFT]
    lines = AuditEvent.objects.filter(outcome=Outcome.REFUSED).order_by("pk")
    assert [(line.measure_id, line.reason) for line in lines] == [
        (two.pk, "measure.no_shares"),
        (three.pk, "measure.not_ready"),
    ]
    assert_sound()


def test_a_measure_that_is_out_already_is_refused_and_the_rest_goes_out(cast: Cast, plan: Plan) -> None:
    one, two, _ = plan.measures.order_by("position")
    by = cast.supervisor(plan)
    first = dispatch_measure(one, by=by)
    done = dispatch_measures(plan, by=by, measures=[one.pk, two.pk])
    assert [refusal.code for _, refusal in done.refused] == ["state.wrong"]
    assert Measure.objects.get(pk=one.pk).dispatch_order == first


def test_no_number_is_taken_where_every_measure_is_refused(cast: Cast, plan: Plan) -> None:
    one = plan.measures.get(position=1)
    one.units.all().delete()
    by = cast.supervisor(plan)
    with refused("measure.no_shares", 409):
        dispatch_measures(plan, by=by, measures=[one.pk])
    assert not Document.objects.exists()
    two = plan.measures.get(position=2)
    assert dispatch_measure(two, by=by).number == "督〔2026〕1号"


def test_a_selection_names_measures_of_the_plan(cast: Cast, plan: Plan) -> None:
    other = on_ledger(cast, Line(cast.bureau("教育局"), due=date(2026, 6, 30)))
    by = cast.supervisor(plan)
    for chosen in ([], [other.measures.get().pk]):
        with refused("measure.choose", 422):
            dispatch_measures(plan, by=by, measures=chosen)


def test_only_a_supervisor_dispatches_a_selection(cast: Cast, plan: Plan) -> None:
    by, measures = cast.approver(plan), list(plan.measures.values_list("pk", flat=True))
    with refused("right.missing", 403):
        dispatch_measures(plan, by=by, measures=measures)


def test_all_that_are_ready_go_out_and_what_is_not_waits(cast: Cast, plan: Plan) -> None:
    _reopen_a_unit(plan.measures.get(position=2))
    by = cast.supervisor(plan)
    done = dispatch_plan(plan, by=by)
    assert ([measure.position for measure in done.measures], done.refused) == ([1, 3], [])
    with refused("plan.none_ready", 409):
        dispatch_plan(plan, by=by)


def test_a_single_measure_that_is_not_ready_is_refused(cast: Cast, plan: Plan) -> None:
    measure, by = plan.measures.get(position=1), cast.supervisor(plan)
    _reopen_a_unit(measure)
    with refused("measure.not_ready", 409):
        dispatch_measure(measure, by=by)
