"""The one way to act: one transaction, the measure's row held, lines at the end, nothing left of a failure."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, on_ledger
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh
from workflow.actions.dispatch import dispatch_measure
from workflow.actions.shares import accept_share
from workflow.actions.step import acting, fitting, required
from workflow.models import AuditEvent, Cycle, Measure, Plan, Share
from workflow.rules.refusal import Invalid
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Duty

pytestmark = pytest.mark.django_db


def test_an_action_inside_another_is_a_mistake_and_not_a_part(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    with (
        pytest.raises(RuntimeError, match="durable"),
        acting(AuditAction.SHARE_ACCEPT, measure, by=cast.stranger()),
        acting(AuditAction.SHARE_ACCEPT, measure, by=cast.stranger()),
    ):
        pass


def test_what_breaks_leaves_nothing_behind_not_even_a_line(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    lines = AuditEvent.objects.count()

    def break_down() -> None:
        with acting(AuditAction.MEASURE_VERIFY, measure, by=cast.stranger()) as step:
            step.measure.shares_total = 99
            step.note(step.measure)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_down()
    assert AuditEvent.objects.count() == lines
    assert fresh(measure).shares_total == 1


def test_a_timed_duty_decides_nothing(road: Road) -> None:
    share = Share.objects.get(measure=road.measure(supporting=0))
    with refused("right.missing", 403):
        accept_share(share, by=Duty("tick"))


def test_a_state_that_does_not_allow_it_is_a_refusal_and_no_error(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    with refused("state.wrong", 409), acting(AuditAction.MEASURE_CLOSE, measure, by=cast.stranger()) as step:
        step.measure.close()


def test_the_day_of_an_action_is_that_of_the_plans_zone(cast: Cast, road: Road, clock: Clock) -> None:
    """One o'clock in Shanghai is still yesterday in London; a day ends at midnight where the plan is."""
    clock.to(date(2026, 3, 3), 1)
    for zone, day in (("Asia/Shanghai", date(2026, 3, 3)), ("Europe/London", date(2026, 3, 2))):
        plan = on_ledger(cast, Line(cast.bureau("教育局"), due=date(2026, 6, 30)))
        Plan.objects.filter(pk=plan.pk).update(time_zone=zone)
        measure = Measure.objects.get(plan=plan)
        dispatch_measure(measure, by=cast.supervisor(plan))
        assert fresh(measure).dispatched_on == day
        assert Cycle.objects.get(measure=measure).period_start == day


def test_a_step_locks_first_and_writes_last(cast: Cast, road: Road) -> None:
    share = Share.objects.select_related("bureau").get(measure=road.measure(supporting=0))
    with CaptureQueriesContext(connection) as seen:
        accept_share(share, by=cast.handler(share.bureau))
    sent = [query["sql"] for query in seen.captured_queries]
    about = [sql for sql in sent if "workflow_measure" in sql]
    assert about[0].startswith("SELECT")
    if connection.vendor == "postgresql":
        assert 'FOR NO KEY UPDATE OF "workflow_measure"' in about[0]
    assert "workflow_auditevent" in sent[-2] + sent[-1]


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_required_text_is_more_than_space(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        required(text, "reason")
    assert (refusal.value.code, refusal.value.field) == ("input.reason", "reason")


def test_a_text_fits_its_field() -> None:
    assert required("  二字 ", "title", limit=2) == "二字"
    for check in (lambda: required("三个字", "title", limit=2), lambda: fitting("三个字", "title", 2)):
        with pytest.raises(Invalid) as refusal:
            check()
        assert (refusal.value.code, refusal.value.params) == ("input.long", {"limit": 2})
