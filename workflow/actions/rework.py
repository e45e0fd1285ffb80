"""退回 of a measure to named shares: used by supervisor, approver and a failed evaluation."""

from collections.abc import Iterable

from django.db.models import F

from workflow.actions.rounds import withdraw_open_evaluation
from workflow.actions.step import Step
from workflow.models import Report, Share, ShareCycle
from workflow.models.report import ReviewDecision
from workflow.queries.seats import Bench
from workflow.rules.refusal import Invalid, require
from workflow.states import MeasureState, ShareState
from workflow.trail.actions import AuditAction


def named_shares(bench: Bench, wanted: Iterable[int], *states: ShareState) -> list[Share]:
    """The measure's shares with the ids `wanted`, all of them in one of `states`; raises Invalid otherwise."""
    by_id = {share.pk: share for share in bench.shares}
    keys = sorted(set(wanted))
    require(bool(keys) and all(key in by_id for key in keys), Invalid("input.shares", field="shares"))
    named = [by_id[key] for key in keys]
    require(all(share.state in states for share in named), Invalid("input.shares", field="shares"))
    return named


def reopen_shares(step: Step, bench: Bench, wanted: Iterable[int], reason: str) -> list[Share]:
    """Move the measure to in progress and the named shares, and no others, back to it; returns them."""
    measure = step.measure
    named = named_shares(bench, wanted, ShareState.VERIFIED)
    before = measure.state
    if before == MeasureState.VERIFIED:
        withdraw_open_evaluation(step, bench)
    measure.rework()
    measure.reported_at = None
    step.note(
        measure,
        (before, MeasureState.IN_PROGRESS),
        action=AuditAction.MEASURE_REWORK,
        reason=reason,
        payload={"shares": [share.pk for share in named]},
    )
    for share in named:
        share.measure = measure
        share.send_back()
        step.note(
            share,
            (ShareState.VERIFIED, ShareState.IN_PROGRESS),
            action=AuditAction.SHARE_SEND_BACK,
            reason=reason,
        )
    measure.shares_verified -= len(named)
    _write_return(step, bench, named, reason)
    return named


def _write_return(step: Step, bench: Bench, named: list[Share], reason: str) -> None:
    """Store where the shares stand, that they were returned once more, and why; the heads' reviews stay as they were."""
    share_cycles = [bench.share_cycles[share.pk].pk for share in named]
    Share.objects.filter(pk__in=[share.pk for share in named]).update(state=ShareState.IN_PROGRESS)
    ShareCycle.objects.filter(pk__in=share_cycles).update(returns=F("returns") + 1)
    return_reports(step, share_cycles, reason)


def return_reports(step: Step, share_cycles: list[int], reason: str) -> None:
    """Say of the standing reports of these shares in their cycle who returned them, and why.

    One that nobody has reviewed is among them where its share ended before the review.
    """
    Report.objects.filter(
        share_cycle__in=share_cycles,
        withdrawn_at=None,
        returned_at=None,
        decision__in=[ReviewDecision.APPROVED, ReviewDecision.NONE],
    ).update(returned_by=step.person, returned_at=step.at, return_reason=reason)
