"""A share that ends before its measure: waived or dropped by a supervisor without a part in the measure."""

import pytest

from tests.factories.cast import Cast
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.closure import reopen_measure
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.ending import end_share
from workflow.models import AuditEvent, Consolidation, Measure, Share
from workflow.models.consolidation import ConsolidationDecision as D
from workflow.queries.shares import shares_to_reopen
from workflow.states import MeasureState, ShareOutcome, ShareState
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db


def lead_of(measure: Measure) -> Share:
    return measure.shares.get(is_lead=True)


def supports(measure: Measure) -> list[Share]:
    return list(measure.shares.filter(is_lead=False).select_related("bureau").order_by("pk"))


@pytest.mark.parametrize("outcome", ["waived", "dropped"])
def test_a_supervisor_ends_a_share_with_a_reason_and_no_other_is_touched(
    cast: Cast, road: Road, outcome: str
) -> None:
    measure = road.accept_all(road.measure(supporting=2))
    gone, stays = supports(measure)

    end_share(gone, by=cast.supervisor(measure.plan), outcome=outcome, reason=" 职责已划出 ")

    gone.refresh_from_db(fields=["outcome", "outcome_reason"])
    assert (gone.outcome, gone.outcome_reason) == (outcome, "职责已划出")
    assert not gone.work_items.filter(finished=None).exists()
    assert not gone.runs.filter(finished=None).exists()
    assert open_item(stays).owner == cast.handler(stays.bureau)
    assert fresh(measure).shares_open == 2
    line = AuditEvent.objects.get(action=AuditAction.SHARE_END)
    assert (line.object_id, line.reason, line.payload) == (gone.pk, "职责已划出", {"outcome": outcome})
    assert_sound()


def test_a_supervisor_cannot_end_a_share_where_their_own_bureau_has_one(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=2)
    first, second = supports(measure)
    tied = cast.supervisor(measure.plan, 2, bureau=second.bureau)
    with refused("separation.end_bureau", 403):
        end_share(first, by=tied, outcome="waived", reason="x")


@pytest.mark.parametrize("who", ["approver", "handler", "head"])
def test_only_a_supervisor_ends_a_share(cast: Cast, road: Road, who: str) -> None:
    measure = road.measure(supporting=2)
    share = supports(measure)[0]
    person = cast.approver(measure.plan) if who == "approver" else getattr(cast, who)(share.bureau)
    with refused("right.missing", 403):
        end_share(share, by=person, outcome="waived", reason="x")


def test_a_share_does_not_end_without_a_reason_or_in_another_way(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=2)
    share, supervisor = supports(measure)[0], cast.supervisor(measure.plan)
    with refused("input.reason", 422):
        end_share(share, by=supervisor, outcome="waived", reason=" ")
    with refused("input.outcome", 422):
        end_share(share, by=supervisor, outcome="transferred", reason="x")
    end_share(share, by=supervisor, outcome="waived", reason="x")
    with refused("state.wrong", 409):
        end_share(share, by=supervisor, outcome="waived", reason="x")


def test_the_last_open_share_never_ends_alone(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=1)
    supervisor = cast.supervisor(measure.plan)
    end_share(supports(measure)[0], by=supervisor, outcome="dropped", reason="x")
    with refused("share.last_open", 409):
        end_share(lead_of(measure), by=supervisor, outcome="dropped", reason="x")


def test_a_share_of_a_reported_measure_does_not_end(cast: Cast, road: Road) -> None:
    measure = road.report(road.measure(supporting=2))
    with refused("measure.shares_fixed", 409):
        end_share(supports(measure)[0], by=cast.supervisor(measure.plan), outcome="dropped", reason="x")


def test_the_lead_ends_only_as_another_open_share_is_made_lead(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=2)
    lead, supervisor = lead_of(measure), cast.supervisor(measure.plan)
    first, second = supports(measure)
    end_share(first, by=supervisor, outcome="dropped", reason="x")
    for other in (None, lead.pk, first.pk):
        with refused("input.next_lead", 422):
            end_share(lead, by=supervisor, outcome="dropped", reason="x", lead=other)
    with refused("input.next_lead", 422):
        end_share(second, by=supervisor, outcome="dropped", reason="x", lead=second.pk)

    end_share(lead, by=supervisor, outcome="dropped", reason="x", lead=second.pk)

    assert lead_of(measure) == second
    assert fresh(measure).shares_open == 1
    assert_sound()


def test_the_last_unaccepted_share_ends_and_the_measure_begins(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=2)
    first, second = supports(measure)
    for share in (lead_of(measure), first):
        road.accept(share)
    end_share(second, by=cast.supervisor(measure.plan), outcome="dropped", reason="x")
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    assert_sound()


def test_the_last_unapproved_share_ends_and_the_lead_consolidates(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=2))
    first, second = supports(measure)
    for share in (lead_of(measure), first):
        road.submit(share)
        road.approve(share)
    end_share(second, by=cast.supervisor(measure.plan), outcome="waived", reason="x")
    item = open_item(measure)
    assert (item.node, item.bureau) == ("consolidate", cast.bureau("教育局"))
    assert_sound()
    road.close(road.verify(road.report(measure)))
    assert_sound()


def test_the_one_share_left_is_approved_and_reports_the_measure(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    road.submit(lead_of(measure))
    road.approve(lead_of(measure))
    end_share(supports(measure)[0], by=cast.supervisor(measure.plan), outcome="waived", reason="x")
    assert fresh(measure).state == MeasureState.REPORTED
    assert open_item(measure).node == "verify"
    assert_sound()
    road.close(road.verify(measure))
    assert supports(measure)[0].outcome == ShareOutcome.WAIVED


@pytest.mark.parametrize("drafted", [False, True])
@pytest.mark.parametrize("supporting", [1, 2])
def test_an_approved_share_ends_and_the_consolidation_under_way_lapses(
    cast: Cast, road: Road, supporting: int, drafted: bool
) -> None:
    measure = road.approve_all(road.accept_all(road.measure(supporting=supporting)))
    if drafted:
        draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="一稿")
    end_share(supports(measure)[0], by=cast.supervisor(measure.plan), outcome="dropped", reason="调整")
    assert open_item(measure).node == ("verify" if supporting == 1 else "consolidate")
    assert [draft.decision for draft in Consolidation.objects.all()] == [D.LAPSED] * drafted
    assert_sound()
    road.verify(road.report(measure))  # by the supervisor who ended the share: it was not their report


def test_a_share_that_ended_is_reopened_with_its_measure_by_name(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    share = supports(measure)[0]
    end_share(share, by=cast.supervisor(measure.plan), outcome="dropped", reason="x")
    measure = road.close(road.verify(road.report(measure)))
    assert share in shares_to_reopen(measure.pk)
    reopen_measure(measure, by=cast.approver(measure.plan), shares=[share.pk], reason="审计", basis="报告")
    assert Share.objects.get(pk=share.pk).state == ShareState.IN_PROGRESS
    assert_sound()


def test_a_report_that_nobody_reviewed_before_its_share_ended_is_returned_by_the_reopening(
    cast: Cast, road: Road
) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    share = supports(measure)[0]
    report = road.submit(share)
    end_share(share, by=cast.supervisor(measure.plan), outcome="dropped", reason="x")
    measure = road.close(road.verify(road.report(measure)))
    approver = cast.approver(measure.plan)
    reopen_measure(measure, by=approver, shares=[share.pk], reason="审计", basis="报告")
    report.refresh_from_db()
    assert (report.returned_by, report.return_reason, report.decision) == (approver, "审计", "")
    assert_sound()
    road.submit(share)
    assert_sound()
