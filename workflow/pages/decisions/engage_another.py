"""改委: a supervisor gives an evaluation that is not scored yet to another agency."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.evaluation import engage_evaluation
from workflow.clock.now import today
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.steps.engage import EngageForm
from workflow.queries.closing import evaluation_is_due, evaluation_is_settled
from workflow.rules.refusal import Conflict, require
from workflow.states import MeasureState


class EngageAnother(MeasureDecision):
    """Choose another of the plan's engagements, where nobody of the first is independent."""

    name = "engage-another"
    label = _("Give the evaluation to another agency")
    effect = _(
        "The evaluation asked of the first agency is withdrawn; the other agency finds it in its inbox."
    )
    form_class = EngageForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor, on a verified measure whose evaluation is engaged and not scored."""
        case.needs_plan(Permission.ENGAGE_FOR_PLAN)
        case.in_state(case.measure, MeasureState.VERIFIED)
        engaged = case.measure.engagement_id is not None and case.cycle is not None
        require(engaged and cls._waits(case), Conflict("measure.no_evaluation"))

    @staticmethod
    def _waits(case: Case) -> bool:
        cycle = case.cycle
        if cycle is None or not evaluation_is_due(case.measure, cycle):
            return False
        return not evaluation_is_settled(case.measure, cycle)

    def build_with(self, case: Case) -> dict[str, Any]:
        """The plan whose engagements are offered."""
        return {"plan_id": case.measure.plan_id, "on": today()}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Engage it."""
        engage_evaluation(case.measure, by=case.person, **particulars)
