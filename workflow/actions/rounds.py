"""The rounds of evaluation of a measure in a cycle: opened when it is verified or given to an agency, withdrawn
when nobody asks for the score any more.
"""

from datetime import date

from accounts.writes import insert
from workflow.actions.cycles import close_cycle
from workflow.actions.step import Step
from workflow.models import Engagement, Evaluation
from workflow.queries.closing import evaluation_is_due
from workflow.queries.seats import Bench
from workflow.routing import Verb, follow
from workflow.states import EvaluationState
from workflow.trail.actions import AuditAction


def is_in_force(engagement: Engagement, on: date) -> bool:
    """Whether the engagement's dates cover the day."""
    return engagement.since <= on <= engagement.until


def open_evaluation(step: Step, bench: Bench) -> Evaluation:
    """The next round of evaluation in the current cycle, by the agency engaged for the measure."""
    engagement = step.measure.engagement
    assert engagement is not None  # noqa: S101 - a programming error
    evaluation = Evaluation(
        measure=step.measure, cycle=bench.cycle, engagement=engagement, round=bench.evaluation_rounds + 1
    )
    insert(evaluation)
    return evaluation


def withdraw_open_evaluation(step: Step, bench: Bench) -> None:
    """End the round of the current cycle that nobody has scored, where there is one."""
    if bench.evaluation_rounds == 0:
        return
    evaluation = Evaluation.objects.filter(measure=step.measure, state=EvaluationState.ENGAGED).first()
    if evaluation is not None:
        evaluation.withdraw()
        evaluation.save(update_fields=["state"])
        step.note(
            evaluation,
            (EvaluationState.ENGAGED, EvaluationState.WITHDRAWN),
            action=AuditAction.EVALUATION_WITHDRAW,
        )


def after_verification(step: Step, bench: Bench) -> None:
    """What follows by itself: the evaluation where one is due, else 阶段销号 unless the cycle is the last."""
    is_due = evaluation_is_due(step.measure, bench.cycle)
    if is_due:
        _ask_the_agency(step, bench)
    follow(step.measure, Verb.VERIFY, by=step.by)
    if not is_due and not bench.cycle.is_last:
        close_cycle(step, bench)


def _ask_the_agency(step: Step, bench: Bench) -> None:
    """A new round by the agency engaged before; one whose engagement is over is let go, so that another is engaged."""
    engagement = step.measure.engagement
    if engagement is None:
        return
    if is_in_force(engagement, step.today):
        evaluation = open_evaluation(step, bench)
        step.note(evaluation, ("", EvaluationState.ENGAGED), action=AuditAction.EVALUATION_ENGAGE)
        return
    step.measure.engagement = None
    step.measure_fields.add("engagement")
