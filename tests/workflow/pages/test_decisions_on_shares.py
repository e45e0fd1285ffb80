"""Decisions on a share without a work item: offered to those who may, refused to all others with the rule's sentence."""

import pytest

from accounts.roles import Role
from tests.factories.cast import appoint
from tests.factories.clock import Clock
from tests.factories.road import open_item
from tests.workflow.pages.decision_checks import is_open_to, is_refused, offers
from tests.workflow.pages.stage import Stage, state_of
from tests.workflow.pages.visits import Visitor
from workflow.models import Share

pytestmark = pytest.mark.django_db


def submitted(stage: Stage) -> Share:
    """A report of the support that waits for its review."""
    share = stage.road.accept(stage.share(stage.joint(targets=()), stage.support))
    stage.road.submit(share)
    return stage.share(share.measure, stage.support)


def test_who_submitted_a_report_withdraws_it_until_it_is_reviewed(stage: Stage) -> None:
    share = submitted(stage)

    is_open_to(stage.cast.handler(stage.support), "withdraw-report", share.measure, share.pk)

    assert state_of(share) == "in_progress"
    assert open_item(share).owner == stage.cast.handler(stage.support)


def test_a_colleague_cannot_withdraw_a_report_that_another_submitted(stage: Stage) -> None:
    share = submitted(stage)

    is_refused(
        stage.cast.handler(stage.support, 2),
        403,
        "Only the person who submitted the report can withdraw it.",
        "withdraw-report",
        share.measure,
        share.pk,
    )


def test_a_reviewed_report_is_no_longer_withdrawn(stage: Stage) -> None:
    share = submitted(stage)
    stage.road.approve(share)

    is_refused(
        stage.cast.handler(stage.support),
        409,
        "This cannot be done in the state",
        "withdraw-report",
        share.measure,
        share.pk,
    )


def test_the_leads_head_sends_a_supporting_share_back_also_after_its_approval(stage: Stage) -> None:
    share = submitted(stage)
    stage.road.approve(share)

    is_open_to(stage.cast.head(stage.lead), "send-back", share.measure, share.pk, reason="请补充各街道数据")

    assert state_of(share) == "in_progress"
    assert "请补充各街道数据" in offers(stage.cast.handler(stage.support), share.measure)


def test_another_supporting_bureaus_head_cannot_send_a_share_back(stage: Stage) -> None:
    share = submitted(stage)

    is_refused(
        stage.cast.head(stage.streets[0]),
        403,
        "Your roles do not allow this here.",
        "send-back",
        share.measure,
        share.pk,
        reason="退",
    )


def test_no_share_is_sent_back_once_the_measure_is_reported(stage: Stage) -> None:
    measure = stage.road.report(stage.joint())
    share = stage.share(measure, stage.support)

    is_refused(
        stage.cast.head(stage.lead),
        409,
        "The measure is already reported; ask the supervisor to return it.",
        "send-back",
        measure,
        share.pk,
        reason="退",
    )


def test_a_supervisor_forces_acceptance_after_the_limit_with_a_reason(stage: Stage, clock: Clock) -> None:
    measure = stage.joint()
    share, supervisor = stage.share(measure, stage.support), stage.cast.supervisor(measure.plan)
    early = "The time for acceptance is not over until 2026-03-04."
    is_refused(supervisor, 409, early, "force-acceptance", measure, share.pk, reason="逾期")
    clock.wait(3)
    head = stage.cast.head(stage.support)
    is_refused(head, 403, "Your roles do not allow", "force-acceptance", measure, share.pk, reason="逾期")

    is_open_to(supervisor, "force-acceptance", measure, share.pk, reason="逾期未签收")

    assert state_of(share) == "in_progress"
    assert open_item(share).owner is None


def test_a_decision_without_a_reason_is_asked_again(stage: Stage) -> None:
    share = submitted(stage)

    answer = Visitor(stage.cast.head(stage.lead)).send(
        "ledger:send-back", share.measure.code, share.pk, reason=" "
    )

    assert answer.status_code == 422
    assert state_of(share) == "reported"


def test_a_decision_on_a_measure_one_may_not_know_of_is_unknown(stage: Stage) -> None:
    share = submitted(stage)
    stranger = stage.cast.stranger()
    appoint(stranger, Role.OBSERVER, stage.road.measure(0).plan)

    visitor = Visitor(stranger)

    assert visitor.see("ledger:send-back", share.measure.code, share.pk).status_code == 404
    assert visitor.send("ledger:withdraw-report", share.measure.code, share.pk).status_code == 404
