"""A target that a later edition proposed for a measure under way is confirmed by its supervisor."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.preparation import confirm_target
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.preparation.forms import ConfirmForm
from workflow.rules.refusal import Conflict, require
from workflow.states import MeasureState, TargetState

NOT_UNDER_WAY = (MeasureState.DRAFT, MeasureState.CLOSED, MeasureState.CANCELLED)


class ConfirmTarget(MeasureDecision):
    """Hold a proposed target as the edition has it."""

    name = "confirm-target"
    label = _("Confirm the target")
    effect = _(
        "The measure is closed only when the target is met or waived; its value is reported from now on."
    )
    form_class = ConfirmForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor, while the measure is under way and the target is proposed."""
        case.needs_plan(Permission.PREPARE_FOR_PLAN)
        wrong = Conflict("state.wrong", state=str(case.measure.get_state_display()))
        require(case.measure.state not in NOT_UNDER_WAY, wrong)
        target = case.its_target
        decided = Conflict("state.wrong", state=str(target.get_state_display()))
        require(target.state == TargetState.PROPOSED, decided)

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Confirm it."""
        confirm_target(case.its_target, by=case.person, **particulars)
