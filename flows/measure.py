"""MeasureFlow: from the shares' approval to the striking off (DOMAIN.md, Measure)."""

from viewflow import this

from accounts.roles import Permission, Role, ScopeKind
from flows.deadlines import close_by, consolidate_by, evaluate_by, report_measure_by, verify_by
from flows.nodes import Begin, Finish, Gate, Wait, Work
from flows.route import Route
from workflow.actions.closure import close_measure
from workflow.actions.consolidation import draft_consolidation, return_consolidation, sign_consolidation
from workflow.actions.evaluation import engage_evaluation, score_evaluation
from workflow.actions.verification import rework_measure, verify_measure
from workflow.models import Measure
from workflow.queries.closing import evaluation_is_due
from workflow.routing import Verb
from workflow.states import MeasureState


def all_shares_approved(measure: Measure) -> bool:
    """Whether every open share is approved; a single one reports the measure before it is gathered."""
    is_single = measure.shares_open == 1 and measure.state != MeasureState.REPORTED
    return not is_single and measure.shares_open == measure.shares_verified > 0


def stands_reported(measure: Measure) -> bool:
    """Whether the measure is reported."""
    return bool(measure.state == MeasureState.REPORTED)


def stands_verified(measure: Measure) -> bool:
    """Whether the measure is verified."""
    return bool(measure.state == MeasureState.VERIFIED)


def stands_closed(measure: Measure) -> bool:
    """Whether the measure is struck off."""
    return bool(measure.state == MeasureState.CLOSED)


def evaluation_due(measure: Measure) -> bool:
    """Whether a third-party evaluation is due in the current cycle."""
    return evaluation_is_due(measure, measure.current_cycle)


def agency_engaged(measure: Measure) -> bool:
    """Whether an agency is engaged for the measure."""
    return measure.engagement_id is not None


def in_last_cycle(measure: Measure) -> bool:
    """Whether the current cycle is the last."""
    return measure.current_cycle.is_last


class MeasureFlow(Route):
    """Measure"""

    begin = Begin().Next(this.gather)

    # until every open share is approved
    gather = Wait(wakes_on={Verb.APPROVE, Verb.CHANGE_LEAD, Verb.GATHER}, until=all_shares_approved).Next(
        this.is_reported
    )

    # a single open share reported the measure by its approval, or by being the one that was left
    is_reported = Gate(stands_reported).Then(this.verify).Else(this.consolidate)

    # 经办人 of the lead
    consolidate = (
        Work(
            by=Role.HANDLER,
            scope=ScopeKind.BUREAU,
            needs=Permission.SUBMIT_FOR_BUREAU,
            verbs={Verb.DRAFT: draft_consolidation},
            due=consolidate_by,
        )
        .Next(this.sign)
        .Cut(Verb.SEND_BACK, Verb.RENEW, to=this.gather)
        .Cut(Verb.END_SHARE, Verb.ADD_SHARE, Verb.CHANGE_LEAD, to=this.gather)
    )

    # 负责人 of the lead
    sign = (
        Work(
            by=Role.HEAD,
            scope=ScopeKind.BUREAU,
            needs=Permission.SIGN_FOR_BUREAU,
            verbs={Verb.REPORT: sign_consolidation, Verb.RETURN_DRAFT: return_consolidation},
            due=report_measure_by,
        )
        .Next(this.is_signed)
        .Cut(Verb.SEND_BACK, Verb.RENEW, to=this.gather)
        .Cut(Verb.END_SHARE, Verb.ADD_SHARE, Verb.CHANGE_LEAD, to=this.gather)
    )

    is_signed = Gate(stands_reported).Then(this.verify).Else(this.consolidate)

    # 督查员
    verify = (
        Work(
            by=Role.SUPERVISOR,
            scope=ScopeKind.PLAN,
            needs=Permission.VERIFY_FOR_PLAN,
            verbs={Verb.VERIFY: verify_measure, Verb.REWORK: rework_measure},
            due=verify_by,
        )
        .Next(this.is_verified)
        .Cut(Verb.RENEW, Verb.REWORK, to=this.gather)
    )

    is_verified = Gate(stands_verified).Then(this.needs_evaluation).Else(this.gather)

    needs_evaluation = Gate(evaluation_due).Then(this.has_agency).Else(this.is_last)

    has_agency = Gate(agency_engaged).Then(this.evaluate).Else(this.engage)

    # 督查员
    engage = (
        Work(
            by=Role.SUPERVISOR,
            scope=ScopeKind.PLAN,
            needs=Permission.ENGAGE_FOR_PLAN,
            verbs={Verb.ENGAGE: engage_evaluation},
            due=verify_by,
        )
        .Next(this.evaluate)
        .Cut(Verb.WAIVE, to=this.is_last)
        .Cut(Verb.REWORK, to=this.gather)
    )

    # 评估员 of the engaged agency
    evaluate = (
        Work(
            by=Role.EVALUATOR,
            scope=ScopeKind.ENGAGEMENT,
            needs=Permission.SCORE_FOR_ENGAGEMENT,
            verbs={Verb.SCORE: score_evaluation},
            due=evaluate_by,
        )
        .Next(this.is_passed)
        .Cut(Verb.ENGAGE, to=this.evaluate)
        .Cut(Verb.WAIVE, to=this.is_last)
        .Cut(Verb.REWORK, to=this.gather)
    )

    is_passed = Gate(stands_verified).Then(this.is_last).Else(this.gather)

    # 阶段销号 follows by itself before the last cycle
    is_last = Gate(in_last_cycle).Then(this.close).Else(this.gather)

    # 分管领导
    close = (
        Work(
            by=Role.APPROVER,
            scope=ScopeKind.PLAN,
            needs=Permission.APPROVE_FOR_PLAN,
            verbs={Verb.CLOSE: close_measure, Verb.REWORK: rework_measure},
            due=close_by,
        )
        .Next(this.is_closed)
        .Cut(Verb.REWORK, to=this.gather)
    )

    is_closed = Gate(stands_closed).Then(this.closed).Else(this.gather)

    closed = Finish()
