"""Decisions on a measure without a work item: offered to those who may, refused to all others with the rule's sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.factories.cast import join
from tests.factories.clock import Clock
from tests.factories.plans import EngagementFactory
from tests.factories.road import fresh, open_item
from tests.workflow.pages.decision_checks import is_open_to, is_refused, offers, path
from tests.workflow.pages.stage import Stage, state_of
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.evaluation import engage_evaluation
from workflow.models import Closure, Measure, Target

pytestmark = pytest.mark.django_db


def test_a_supervisor_records_a_cycle_as_missed_and_the_next_begins(stage: Stage, clock: Clock) -> None:
    measure = stage.ongoing()
    supervisor = stage.cast.supervisor(measure.plan)
    stage.road.accept_all(measure)
    assert path("miss-cycle") not in offers(supervisor, measure)
    clock.to(measure.current_cycle.due)
    clock.wait(1)

    is_open_to(supervisor, "miss-cycle", measure, reason="逾期未报")

    assert fresh(measure).current_cycle.index == 2
    assert open_item(stage.share(measure)).node == "fill"


def test_a_dated_measure_has_no_cycle_to_be_missed(stage: Stage, clock: Clock) -> None:
    measure = stage.joint()
    clock.to(measure.current_cycle.due)
    clock.wait(1)

    is_refused(
        stage.cast.supervisor(measure.plan),
        409,
        "The measure is not an ongoing one.",
        "miss-cycle",
        measure,
        reason="逾期",
    )


def test_the_last_cycle_is_not_missed(stage: Stage, clock: Clock) -> None:
    clock.to(date(2026, 11, 2))
    measure = stage.ongoing()
    clock.to(date(2026, 12, 31))

    is_refused(
        stage.cast.supervisor(measure.plan),
        409,
        "This is the last cycle: it needs the full closure.",
        "miss-cycle",
        measure,
        reason="逾期",
    )


def test_only_the_approver_waives_a_target(stage: Stage) -> None:
    measure = stage.joint()
    target = measure.targets.get()
    supervisor = stage.cast.supervisor(measure.plan)
    is_refused(supervisor, 403, "Your roles do not allow", "waive-target", measure, target.pk, reason="免")

    is_open_to(stage.cast.approver(measure.plan), "waive-target", measure, target.pk, reason="口径已取消")

    assert Target.objects.get(pk=target.pk).state == "waived"


def test_only_the_approver_waives_a_due_evaluation_and_the_closure_follows(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    supervisor = stage.cast.supervisor(measure.plan)
    is_refused(supervisor, 403, "Your roles do not allow", "waive-evaluation", measure, reason="免")

    is_open_to(stage.cast.approver(measure.plan), "waive-evaluation", measure, reason="已有审计结论")

    assert open_item(fresh(measure)).node == "close"


def test_an_evaluation_that_is_not_due_cannot_be_waived(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint("never")))

    is_refused(
        stage.cast.approver(measure.plan),
        409,
        "No evaluation is due on this measure.",
        "waive-evaluation",
        measure,
        reason="免",
    )


def test_an_evaluation_that_was_passed_cannot_be_waived(stage: Stage) -> None:
    measure = stage.road.evaluate(stage.road.verify(stage.road.report(stage.joint())))

    assert path("waive-evaluation") not in offers(stage.cast.approver(measure.plan), measure)
    answer = Visitor(stage.cast.approver(measure.plan)).see("ledger:waive-evaluation", measure.code)
    assert answer.status_code == 409


def closed(stage: Stage) -> Measure:
    """A measure that was struck off."""
    return stage.road.close(stage.road.verify(stage.road.report(stage.joint("never"))))


def test_the_approver_puts_a_closed_measure_back_with_named_shares_and_a_basis(stage: Stage) -> None:
    measure = closed(stage)
    named, other = stage.share(measure, stage.support), stage.share(measure)
    approver = stage.cast.approver(measure.plan)
    is_refused(
        stage.cast.supervisor(measure.plan),
        403,
        "Your roles do not allow",
        "reopen-measure",
        measure,
        shares=[named.pk],
        reason="数据不实",
        basis="审计报告第3号",
    )

    is_open_to(
        approver, "reopen-measure", measure, shares=[named.pk], reason="数据不实", basis="审计报告第3号"
    )

    assert (state_of(measure), state_of(named), state_of(other)) == ("in_progress", "in_progress", "closed")
    assert Closure.objects.get(measure=measure).reopened_at is not None
    page = offers(approver, measure)
    assert "审计报告第3号" in page


@pytest.mark.parametrize(
    ("left_out", "field"), [("shares", "shares"), ("reason", "reason"), ("basis", "basis")]
)
def test_a_reopening_that_lacks_a_particular_is_asked_again_at_its_field(
    stage: Stage, left_out: str, field: str
) -> None:
    measure = closed(stage)
    given: dict[str, Any] = {
        "shares": [stage.share(measure).pk],
        "reason": "数据不实",
        "basis": "审计报告第3号",
    }
    del given[left_out]

    answer = Visitor(stage.cast.approver(measure.plan)).send("ledger:reopen-measure", measure.code, **given)

    assert answer.status_code == 422
    assert f'href="#decide-{field}"' in words(answer)
    assert state_of(measure) == "closed"


def test_a_supervisor_returns_a_verified_measure_that_waits_for_its_evaluation(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    engagement = EngagementFactory(plan=measure.plan, agency=stage.cast.agency)
    engage_evaluation(measure, by=stage.cast.supervisor(measure.plan), engagement=engagement)
    named = stage.share(measure, stage.support)

    is_open_to(
        stage.cast.supervisor(measure.plan), "return-measure", measure, shares=[named.pk], reason="数据不实"
    )

    assert (state_of(measure), state_of(named)) == ("in_progress", "in_progress")
    assert state_of(stage.share(measure)) == "verified"


def test_rule_2_a_supervisor_of_a_bureau_with_a_share_does_not_return_the_measure(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    member = stage.cast.supervisor(measure.plan, n=2)
    join(member, stage.support)

    is_refused(
        member,
        403,
        "Nobody verifies a measure in which a bureau they belong to has a share.",
        "return-measure",
        measure,
        shares=[stage.share(measure).pk],
        reason="退",
    )


def test_the_approver_who_can_close_is_not_offered_the_return_twice(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint("never")))

    assert path("return-measure") not in offers(stage.cast.approver(measure.plan), measure)


@pytest.mark.parametrize(
    "opened",
    [
        lambda m, other: ("ledger:send-back", m.code, other.shares.first().pk),
        lambda m, other: ("ledger:waive-target", m.code, other.targets.first().pk),
        lambda m, other: ("ledger:miss-cycle", "P0-99-99"),
    ],
)
def test_a_share_or_target_of_another_measure_is_unknown(
    stage: Stage, opened: Callable[[Measure, Measure], tuple[Any, ...]]
) -> None:
    measure, other = stage.joint(), stage.joint()
    person = stage.cast.approver(measure.plan)

    assert Visitor(person).see(*opened(measure, other)).status_code == 404


def test_a_supervisor_gives_an_evaluation_not_yet_scored_to_another_agency(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    supervisor = stage.cast.supervisor(measure.plan)
    first = EngagementFactory(plan=measure.plan, agency=stage.cast.agency)
    other = EngagementFactory(plan=measure.plan, agency=stage.cast.bureau("另一评估所", "agency"))
    assert path("engage-another") not in offers(supervisor, measure)
    engage_evaluation(measure, by=supervisor, engagement=first)
    approver = stage.cast.approver(measure.plan)
    is_refused(approver, 403, "Your roles do not allow", "engage-another", measure, engagement=other.pk)

    is_open_to(supervisor, "engage-another", measure, engagement=other.pk)

    assert open_item(fresh(measure)).engagement == other


def test_a_scored_evaluation_stays_with_its_agency(stage: Stage) -> None:
    measure = stage.road.evaluate(stage.road.verify(stage.road.report(stage.joint())))
    other = EngagementFactory(plan=measure.plan, agency=stage.cast.bureau("另一评估所", "agency"))

    answer = Visitor(stage.cast.supervisor(measure.plan)).see("ledger:engage-another", measure.code)

    assert answer.status_code == 409
    assert open_item(measure).node == "close"
    assert fresh(measure).engagement != other
