"""汇总 and 办结报送: the lead's handler drafts, the lead's head signs or returns (DOMAIN.md, Measure)."""

from accounts.roles import Permission
from accounts.writes import insert
from workflow.actions.shares import report_measure, sit
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Consolidation, Draft, Measure
from workflow.models.consolidation import ConsolidationDecision
from workflow.queries.seats import Seat, lead_seat_of
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, NotFound, require
from workflow.rules.separation import is_not_the_author
from workflow.states import MeasureState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

DRAFT_KIND = "measure.draft"


def draft_consolidation(
    measure: Measure, *, by: Actor, summary: str, problems: str = "", next_steps: str = ""
) -> Consolidation:
    """The lead's handler builds the report of all shares, once every share is approved or ended."""
    with acting(AuditAction.CONSOLIDATION_DRAFT, measure, by=by) as step:
        seat = _lead_seat(step, Permission.SUBMIT_FOR_BUREAU)
        summary = required(summary, "summary", "input.text")
        consolidation = Consolidation(
            cycle=seat.cycle,
            version=seat.versions + 1,
            summary=summary,
            problems=problems.strip(),
            next_steps=next_steps.strip(),
            drafted_by=step.person,
            drafted_at=step.at,
            touched_by=sorted({step.person.pk, *(seat.draft_writers or ())}),
        )
        insert(consolidation)
        if seat.draft_writers is not None:
            Draft.objects.filter(kind=DRAFT_KIND, object_id=measure.pk).delete()
        step.note(step.measure, payload={"version": consolidation.version})
        follow(step.measure, Verb.DRAFT, by=by)
    return consolidation


def sign_consolidation(measure: Measure, *, by: Actor, opinion: str = "") -> Measure:
    """办结报送: the lead's head, who did not write the draft, signs it (rule 1); the measure is reported."""
    with acting(AuditAction.MEASURE_REPORT, measure, by=by) as step:
        seat = _lead_seat(step, Permission.SIGN_FOR_BUREAU)
        require(not step.measure.requests_open, Conflict("request.open"))
        consolidation = _waiting(seat)
        is_not_the_author(step.people, consolidation.touched_by)
        _decide(consolidation, step, ConsolidationDecision.SIGNED, opinion.strip())
        report_measure(step, reason=opinion.strip(), payload={"version": consolidation.version})
        follow(step.measure, Verb.REPORT, by=by)
    return step.measure


def return_consolidation(measure: Measure, *, by: Actor, reason: str) -> Measure:
    """The lead's head, who did not write it either, returns the draft to the handler, with a reason (rule 1)."""
    with acting(AuditAction.CONSOLIDATION_RETURN, measure, by=by) as step:
        seat = _lead_seat(step, Permission.SIGN_FOR_BUREAU)
        reason = required(reason, "reason")
        consolidation = _waiting(seat)
        is_not_the_author(step.people, consolidation.touched_by)
        _decide(consolidation, step, ConsolidationDecision.RETURNED, reason)
        step.note(step.measure, reason=reason, payload={"version": consolidation.version})
        follow(step.measure, Verb.RETURN_DRAFT, by=by)
    return step.measure


def _lead_seat(step: Step, permission: Permission) -> Seat:
    measure = step.measure
    seat = lead_seat_of(measure.pk, step.person, permission, step.today)
    in_state(measure, MeasureState.IN_PROGRESS)
    sit(step, seat)
    require(measure.shares_verified == measure.shares_open, Conflict("measure.shares_open"))
    require(measure.shares_open > 1, Conflict("share.single"))
    return seat


def _waiting(seat: Seat) -> Consolidation:
    last = Consolidation.objects.filter(cycle=seat.cycle).order_by("-version").first()
    if last is None or last.decision != ConsolidationDecision.NONE:
        raise NotFound("consolidation.missing")
    return last


def _decide(consolidation: Consolidation, step: Step, decision: ConsolidationDecision, opinion: str) -> None:
    consolidation.decision, consolidation.decision_reason = decision, opinion
    consolidation.decided_by, consolidation.decided_at = step.person, step.at
    step.store(consolidation, "decision", "decision_reason", "decided_by", "decided_at")
