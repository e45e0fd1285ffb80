"""A small plan taken the whole way: the road that everything else stands on."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, Promise, drafted
from tests.factories.road import Road, fresh
from tests.factories.soundness import assert_sound
from workflow.actions.ledger import put_on_ledger
from workflow.models import Closure, Plan
from workflow.states import MeasureState, PlanState, ShareState

pytestmark = pytest.mark.django_db


def test_a_small_plan_goes_the_whole_way_from_draft_to_completed(
    cast: Cast, road: Road, clock: Clock
) -> None:
    lead, *others = [cast.bureau(name) for name in ("教育局", "财政局", "人社局", "民政局")]
    plan = drafted(
        cast,
        Line(lead, others, due=date(2026, 11, 30), targets=[Promise()]),
        Line(lead, cycle="quarter"),
        Line(others[0], due=date(2026, 6, 30), evaluation="last"),
    )
    assert_sound()
    plan = put_on_ledger(plan, by=cast.approver(plan))
    dated, ongoing, evaluated = road.dispatch(plan)
    assert_sound()

    dated = road.report(dated)
    assert dated.state == MeasureState.REPORTED
    dated = road.close(road.verify(dated))
    assert {share.state for share in dated.shares.all()} == {ShareState.CLOSED}

    evaluated = road.close(road.evaluate(road.verify(road.report(evaluated))))
    assert evaluated.state == MeasureState.CLOSED
    assert Plan.objects.get(pk=plan.pk).state == PlanState.ON_LEDGER
    assert_sound()

    for day in (date(2026, 3, 20), date(2026, 6, 18), date(2026, 9, 18), date(2026, 12, 18)):
        clock.to(day)
        ongoing = road.verify(road.report(fresh(ongoing)))
        assert_sound()
    assert Closure.objects.filter(measure=ongoing, phased=True).count() == 3
    road.close(ongoing)
    assert Plan.objects.get(pk=plan.pk).state == PlanState.COMPLETED
    assert_sound()
