"""A share's road through one cycle: accept, submit, withdraw, approve, send back (DOMAIN.md, Share)."""

from typing import Any

from accounts.roles import Permission, ScopeKind
from workflow.actions.lapsing import lapse_consolidation
from workflow.actions.reporting import ReadingInput, checked_readings, write_report
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Evidence, Report, Share
from workflow.models.report import ReviewDecision
from workflow.queries.deadlines import acceptance_limit
from workflow.queries.rules import calendar
from workflow.queries.seats import Seat, lead_seat_of, reporting_seat_of, reviewing_seat_of, seat_of
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Forbidden, NotFound, require
from workflow.rules.separation import is_not_the_author
from workflow.states import MeasureState, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

REVIEW = ("decision", "decision_reason", "decided_by", "decided_at")
RETURN = ("returned_by", "returned_at", "return_reason")
UNREPORTED = (MeasureState.ASSIGNED, MeasureState.IN_PROGRESS)


def sit(step: Step, seat: Seat) -> Share:
    """The seat's share bound to the locked measure; raises Forbidden where the person has no role there."""
    step.granted(seat.role, ScopeKind.BUREAU, seat.share.bureau_id)
    _bind(step, seat)
    return seat.share


def _bind(step: Step, seat: Seat) -> None:
    """Let share, cycle and locked measure know one another, so that nothing is read twice."""
    step.measure.current_cycle = seat.cycle
    seat.share.measure = step.measure
    seat.share.current_share_cycle = seat.share_cycle


def accept_share(share: Share, *, by: Actor) -> Share:
    """签收: a handler of the bureau accepts; the first one wins and holds the work."""
    with acting(AuditAction.SHARE_ACCEPT, share, by=by) as step:
        seat = seat_of(share.pk, step.person, Permission.SUBMIT_FOR_BUREAU, step.today)
        share = seat.share
        in_state(share, ShareState.ASSIGNED)
        sit(step, seat)
        _begin_share(step, share)
        follow(share, Verb.ACCEPT, by=by)
        begin_measure(step)
    return share


def force_accept(share: Share, *, by: Actor, reason: str) -> Share:
    """强制签收 by a supervisor after the limit; nobody holds the work until a handler claims it."""
    with acting(AuditAction.SHARE_FORCE_ACCEPT, share, by=by) as step:
        seat = seat_of(share.pk, step.person, Permission.SUBMIT_FOR_BUREAU, step.today)
        share = seat.share
        in_state(share, ShareState.ASSIGNED)
        step.require(Permission.SUPERVISE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        _bind(step, seat)
        reason = required(reason, "reason")
        limit = acceptance_limit(share, step.plan.pk, step.today)
        require(step.today > limit, Conflict("share.unaccepted_limit", limit=limit.isoformat()))
        _begin_share(step, share, reason=reason)
        follow(share, Verb.FORCE_ACCEPT, by=by)
        begin_measure(step)
    return share


def _begin_share(step: Step, share: Share, reason: str = "") -> None:
    share.accept()
    share.accepted_at = step.at
    step.store(share, "state", "accepted_at")
    step.measure.shares_unaccepted -= 1
    step.note(share, (ShareState.ASSIGNED, ShareState.IN_PROGRESS), reason=reason)


def begin_measure(step: Step) -> None:
    """The measure begins by itself once no open share is still assigned."""
    if step.measure.state == MeasureState.ASSIGNED and step.measure.shares_unaccepted == 0:
        step.measure.begin()
        step.measure.roadmap_due = calendar().add_working_days(step.today, step.rules.numbers.roadmap_within)
        step.measure_fields.add("roadmap_due")
        step.note(
            step.measure,
            (MeasureState.ASSIGNED, MeasureState.IN_PROGRESS),
            action=AuditAction.MEASURE_BEGIN,
        )


def submit_report(
    share: Share,
    *,
    by: Actor,
    progress: str,
    problems: str = "",
    needs_coordination: bool = False,
    next_steps: str = "",
    unchanged: bool = False,
    readings: list[ReadingInput] | None = None,
) -> Report:
    """报送 by the handler who holds the share: text, and a reading or a reason for each of its targets."""
    with acting(AuditAction.SHARE_SUBMIT, share, by=by) as step:
        seat = reporting_seat_of(share.pk, step.person, Permission.SUBMIT_FOR_BUREAU, step.today)
        in_state(step.measure, *UNREPORTED)
        in_state(seat.share, ShareState.IN_PROGRESS)
        share = sit(step, seat)
        progress = required(progress, "progress", "input.text")
        given = checked_readings(seat.targets, readings or [], step.today)
        report = Report(
            share_cycle=seat.share_cycle,
            version=seat.versions + 1,
            progress=progress,
            problems=problems.strip(),
            needs_coordination=needs_coordination,
            next_steps=next_steps.strip(),
            unchanged=unchanged,
            submitted_by=step.person,
            submitted_at=step.at,
            touched_by=sorted({step.person.pk, *(seat.draft_writers or ())}),
        )
        write_report(seat, report, given)
        share.submit()
        step.store(share, "state")
        step.measure.shares_reported += 1
        step.note(
            share,
            (ShareState.IN_PROGRESS, ShareState.REPORTED),
            payload={"version": report.version, "readings": len(given)},
        )
        follow(share, Verb.SUBMIT, by=by)
    return report


def _latest_report(seat: Seat) -> Report:
    if seat.report is None:
        raise NotFound("thing.unknown")
    return seat.report


def withdraw_report(share: Share, *, by: Actor) -> Share:
    """撤回 by who submitted, before anybody reviewed; its evidence waits for the next version, or is removed."""
    with acting(AuditAction.SHARE_WITHDRAW, share, by=by) as step:
        seat = reviewing_seat_of(share.pk, step.person, Permission.SUBMIT_FOR_BUREAU, step.today)
        in_state(seat.share, ShareState.REPORTED)
        in_state(step.measure, *UNREPORTED)
        share = sit(step, seat)
        report = _latest_report(seat)
        require(report.submitted_by_id == step.person.pk, Forbidden("share.not_submitter"))
        report.withdrawn_at = step.at
        step.store(report, "withdrawn_at")
        Evidence.objects.filter(report=report, removed_at=None).update(report=None)
        share.withdraw()
        step.store(share, "state")
        step.measure.shares_reported -= 1
        step.note(share, (ShareState.REPORTED, ShareState.IN_PROGRESS), payload={"version": report.version})
        follow(share, Verb.WITHDRAW, by=by)
    return share


def _review(report: Report, step: Step, decision: ReviewDecision, opinion: str) -> None:
    """Write the own head's review of the report."""
    report.decision, report.decision_reason = decision, opinion
    report.decided_by, report.decided_at = step.person, step.at
    step.store(report, *REVIEW, *RETURN)


def approve_report(share: Share, *, by: Actor, opinion: str = "") -> Share:
    """审核通过 by the bureau's head, who neither wrote nor submitted the report (rule 1).

    The approval of a measure's single open share reports the measure: nothing is written twice.
    """
    with acting(AuditAction.SHARE_APPROVE, share, by=by) as step:
        seat = reviewing_seat_of(share.pk, step.person, Permission.REVIEW_FOR_BUREAU, step.today)
        in_state(seat.share, ShareState.REPORTED)
        share = sit(step, seat)
        report = _latest_report(seat)
        is_not_the_author(step.people, report.touched_by)
        _review(report, step, ReviewDecision.APPROVED, opinion.strip())
        share.approve()
        step.store(share, "state")
        measure = step.measure
        measure.shares_reported -= 1
        measure.shares_verified += 1
        step.note(
            share,
            (ShareState.REPORTED, ShareState.VERIFIED),
            reason=opinion.strip(),
            payload={"version": report.version},
        )
        if measure.state == MeasureState.IN_PROGRESS and measure.shares_open == 1:
            require(not measure.requests_open, Conflict("request.open"))
            report_measure(step)
        follow(share, Verb.APPROVE, by=by)
    return share


def report_measure(step: Step, **more: Any) -> None:
    """The FSM move of 办结报送 and its line, for whoever signs; `more` as in `Step.note`."""
    step.measure.report()
    step.measure.reported_at = step.at
    step.note(
        step.measure,
        (MeasureState.IN_PROGRESS, MeasureState.REPORTED),
        action=AuditAction.MEASURE_REPORT,
        **more,
    )


def send_back(share: Share, *, by: Actor, reason: str) -> Share:
    """退回 by the bureau's own head, or by the lead's head for a supporting share, also after approval.

    The own head's return before approval is the review (rule 1); any other leaves the review as it was.
    """
    with acting(AuditAction.SHARE_SEND_BACK, share, by=by) as step:
        seat = reviewing_seat_of(share.pk, step.person, Permission.REVIEW_FOR_BUREAU, step.today)
        share = seat.share
        _bind(step, seat)
        require(step.measure.state in UNREPORTED, Conflict("share.measure_reported"))
        in_state(share, ShareState.REPORTED, ShareState.VERIFIED)
        _may_send_back(step, seat)
        reason = required(reason, "reason")
        before = share.state
        report = _latest_report(seat)
        is_not_the_author(step.people, report.touched_by)
        report.returned_by, report.returned_at, report.return_reason = step.person, step.at, reason
        is_review = seat.role is not None and before == ShareState.REPORTED
        if is_review:
            _review(report, step, ReviewDecision.RETURNED, reason)
        else:
            step.store(report, *RETURN)
        if step.measure.shares_verified == step.measure.shares_open:
            lapse_consolidation(step, seat.cycle, reason)
        _return_share(step, share)
        seat.share_cycle.returns += 1
        step.store(seat.share_cycle, "returns")
        step.note(share, (before, ShareState.IN_PROGRESS), reason=reason, payload={"version": report.version})
        follow(share, Verb.SEND_BACK, by=by)
    return share


def _may_send_back(step: Step, seat: Seat) -> None:
    if seat.role is not None:
        step.granted(seat.role, ScopeKind.BUREAU, seat.share.bureau_id)
        return
    require(not seat.share.is_lead, Forbidden("right.missing"))
    lead = lead_seat_of(step.measure.pk, step.person, Permission.REVIEW_FOR_BUREAU, step.today)
    step.granted(lead.role, ScopeKind.BUREAU, lead.share.bureau_id)


def _return_share(step: Step, share: Share) -> None:
    """Move one share back to in progress and keep the measure's counts."""
    if share.state == ShareState.VERIFIED:
        step.measure.shares_verified -= 1
    else:
        step.measure.shares_reported -= 1
    share.send_back()
    step.store(share, "state")
