"""第三方评估: engage an agency, score a measure once, and what the result does (DOMAIN.md, Evaluation)."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from accounts.models import Bureau
from accounts.models.bureau import BureauKind
from accounts.roles import Permission, ScopeKind
from accounts.writes import update
from workflow.actions.cycles import close_cycle
from workflow.actions.rework import reopen_shares
from workflow.actions.rounds import is_in_force, open_evaluation, withdraw_open_evaluation
from workflow.actions.step import Step, acting, in_state, required
from workflow.clock.period import years_before
from workflow.models import Engagement, Evaluation, Measure, Plan
from workflow.queries.closing import evaluation_is_due
from workflow.queries.engagements import engagement_to_give
from workflow.queries.seats import bench_of, evaluation_to_score, ties_of
from workflow.routing import Verb, follow
from workflow.rules.numbers import Numbers
from workflow.rules.refusal import Conflict, Forbidden, Invalid, require
from workflow.rules.separation import is_independent
from workflow.states import EvaluationResult, EvaluationState, MeasureState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

HUNDREDTH = Decimal("0.01")
TITLE_LENGTH = 120
JUDGEMENT = ("score", "result", "opinion", "declared_independent", "evaluated_by", "evaluated_at")


def create_engagement(
    plan: Plan, *, by: Actor, agency: Bureau, title: str, since: date, until: date
) -> Engagement:
    """A supervisor engages an agency for the plan."""
    with acting(AuditAction.ENGAGEMENT_CREATE, plan, by=by) as step:
        step.require(Permission.ENGAGE_FOR_PLAN, ScopeKind.PLAN, plan.pk)
        require(agency.kind == BureauKind.AGENCY, Invalid("input.engagement", field="agency"))
        require(since <= until, Invalid("input.dates", field="until"))
        title = required(title, "title", "input.title", TITLE_LENGTH)
        engagement = Engagement.objects.create(
            plan=plan, agency=agency, title=title, since=since, until=until
        )
        step.note(engagement, payload={"agency": agency.name})
    return engagement


def engage_evaluation(measure: Measure, *, by: Actor, engagement: Engagement) -> Evaluation:
    """A supervisor gives a verified measure to an engaged agency that is independent of it (rule 4).

    Until it was scored the measure can be given to another agency, where no evaluator of the first is independent.
    """
    with acting(AuditAction.EVALUATION_ENGAGE, measure, by=by) as step:
        in_state(step.measure, MeasureState.VERIFIED)
        engagement = engagement_to_give(engagement.pk, step.plan.pk, step.person, step.today)
        step.granted(engagement.role, ScopeKind.PLAN, step.plan.pk)  # type: ignore[attr-defined]
        fits = engagement.plan_id == step.plan.pk and is_in_force(engagement, step.today)
        require(fits, Invalid("input.engagement", field="engagement"))
        bench = bench_of(measure.pk, step.person, step.today)
        require(evaluation_is_due(step.measure, bench.cycle), Conflict("measure.no_evaluation"))
        ties = ties_of(measure.pk, engagement.agency, None, since=step.today, on=step.today)
        is_independent(ties, step.rules.numbers.independence_years)
        withdraw_open_evaluation(step, bench)
        step.measure.current_cycle = bench.cycle
        step.measure.engagement = engagement
        step.measure_fields.add("engagement")
        evaluation = open_evaluation(step, bench)
        step.note(evaluation, ("", EvaluationState.ENGAGED), payload={"agency": engagement.agency.name})
        follow(step.measure, Verb.ENGAGE, by=by)
    return evaluation


def result_of(score: Decimal, numbers: Numbers) -> EvaluationResult:
    """Passed, conditional or failed by RULES.md, Third-party evaluation."""
    if score >= numbers.passed_from:
        return EvaluationResult.PASSED
    return EvaluationResult.CONDITIONAL if score >= numbers.conditional_from else EvaluationResult.FAILED


def score_evaluation(
    measure: Measure,
    *,
    by: Actor,
    score: Decimal,
    opinion: str,
    declared_independent: bool,
    shares: Iterable[int] = (),
) -> Evaluation:
    """An independent evaluator scores the measure. Passed or conditional lets it close; failed returns it
    to the named shares (ids; the lead's where none is named).
    """
    with acting(AuditAction.EVALUATION_SCORE, measure, by=by) as step:
        in_state(step.measure, MeasureState.VERIFIED)
        evaluation = _open_evaluation(step)
        _require_independence(step, evaluation, declared_independent=declared_independent)
        require(score.is_finite() and 0 <= score <= 100, Invalid("input.score", field="score"))
        score = score.quantize(HUNDREDTH, ROUND_HALF_UP)
        evaluation.opinion = required(opinion, "opinion", "input.opinion")
        evaluation.score, evaluation.result = score, result_of(score, step.rules.numbers)
        evaluation.declared_independent = True
        evaluation.evaluated_by, evaluation.evaluated_at = step.person, step.at
        evaluation.submit()
        update(evaluation, "state", *JUDGEMENT)
        step.note(
            evaluation,
            (EvaluationState.ENGAGED, EvaluationState.SUBMITTED),
            payload={"score": str(score), "result": evaluation.result},
        )
        _apply(step, evaluation, list(shares))
    return evaluation


def _open_evaluation(step: Step) -> Evaluation:
    evaluation, role = evaluation_to_score(step.measure.pk, step.person, step.today)
    step.granted(role, ScopeKind.ENGAGEMENT, evaluation.engagement_id)
    require(is_in_force(evaluation.engagement, step.today), Forbidden("right.missing"))
    return evaluation


def _require_independence(step: Step, evaluation: Evaluation, *, declared_independent: bool) -> None:
    """Rule 4: declared by the evaluator and checked against memberships and the tree."""
    require(declared_independent, Invalid("input.declaration", field="declared_independent"))
    years = step.rules.numbers.independence_years
    agency, since = evaluation.engagement.agency, years_before(step.today, years)
    is_independent(ties_of(step.measure.pk, agency, step.person, since=since, on=step.today), years)


def _apply(step: Step, evaluation: Evaluation, shares: list[int]) -> None:
    """What the result does: a failed measure goes back to named shares, a passed cycle closes unless it is the last."""
    step.measure.current_cycle = evaluation.cycle
    if evaluation.result == EvaluationResult.FAILED:
        bench = bench_of(step.measure.pk, step.person, step.today)
        wanted = shares or [share.pk for share in bench.shares if share.is_lead]
        named = reopen_shares(step, bench, wanted, evaluation.opinion)
        follow(step.measure, Verb.SCORE, by=step.by, shares=named)
        return
    follow(step.measure, Verb.SCORE, by=step.by)
    if not evaluation.cycle.is_last:
        close_cycle(step, bench_of(step.measure.pk, step.person, step.today))


def waive_evaluation(measure: Measure, *, by: Actor, reason: str) -> Measure:
    """The approver gives up the evaluation that is due; the measure can be closed, or its cycle closes."""
    with acting(AuditAction.EVALUATION_WAIVE, measure, by=by) as step:
        in_state(step.measure, MeasureState.VERIFIED)
        step.require(Permission.WAIVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        reason = required(reason, "reason")
        bench = bench_of(measure.pk, step.person, step.today)
        step.measure.current_cycle = bench.cycle
        require(evaluation_is_due(step.measure, bench.cycle), Conflict("measure.no_evaluation"))
        withdraw_open_evaluation(step, bench)
        bench.cycle.evaluation_waived_by = step.person
        bench.cycle.save(update_fields=["evaluation_waived_by"])
        step.note(step.measure, reason=reason, payload={"cycle": bench.cycle.index})
        follow(step.measure, Verb.WAIVE, by=by)
        if not bench.cycle.is_last:
            close_cycle(step, bench)
    return step.measure
