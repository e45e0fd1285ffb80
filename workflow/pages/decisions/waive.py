"""豁免: only the approver gives up a target, or an evaluation that is due."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.evaluation import waive_evaluation
from workflow.actions.preparation import waive_target
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.queries.closing import evaluation_is_due, evaluation_is_settled
from workflow.rules.refusal import Conflict, require
from workflow.states import MeasureState, TargetState

ENDED = (MeasureState.CLOSED, MeasureState.CANCELLED)


class WaiveTarget(MeasureDecision):
    """Give one target up, with a reason."""

    name = "waive-target"
    label = _("Waive the target")
    effect = _(
        "The target no longer keeps the measure from being closed, and nobody reports a value for it. This cannot be undone."
    )

    @classmethod
    def check(cls, case: Case) -> None:
        """The approver, while the measure runs and the target holds."""
        case.needs_plan(Permission.WAIVE_FOR_PLAN)
        wrong = Conflict("state.wrong", state=str(case.measure.get_state_display()))
        require(case.measure.state not in ENDED, wrong)
        target = case.its_target
        waived = Conflict("state.wrong", state=str(target.get_state_display()))
        require(target.state != TargetState.WAIVED, waived)

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Waive it."""
        waive_target(case.its_target, by=case.person, **particulars)


class WaiveEvaluation(MeasureDecision):
    """Give up the evaluation that is due, with a reason."""

    name = "waive-evaluation"
    label = _("Waive the evaluation")
    effect = _(
        "The measure goes on to its closure, or its cycle closes, without the judgement of a third party."
    )

    @classmethod
    def check(cls, case: Case) -> None:
        """The approver, on a verified measure whose evaluation is due and not done."""
        case.needs_plan(Permission.WAIVE_FOR_PLAN)
        case.in_state(case.measure, MeasureState.VERIFIED)
        due = case.cycle is not None and evaluation_is_due(case.measure, case.cycle)
        require(due and not cls._is_settled(case), Conflict("measure.no_evaluation"))

    @staticmethod
    def _is_settled(case: Case) -> bool:
        return case.cycle is not None and evaluation_is_settled(case.measure, case.cycle)

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Waive it."""
        waive_evaluation(case.measure, by=case.person, **particulars)
