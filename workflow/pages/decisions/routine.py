"""转常态化: the approver lets an ongoing measure go over into routine work."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.routine import may_go_over, transfer_to_routine
from workflow.clock.now import today
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, long_text
from workflow.queries.separation import check_closer
from workflow.states import MeasureState


class RoutineForm(LedgerForm):
    """Why it needs no ledger any more."""

    reason = long_text(_("Reason"), rows=3, required=True)


class TransferToRoutine(MeasureDecision):
    """Name the reason."""

    name = "transfer-to-routine"
    label = _("Transfer to routine work")
    effect = _(
        "The measure ends here, without its last cycle: the bureaus go on with it as routine work, and nobody reports on it any more."
    )
    form_class = RoutineForm

    @classmethod
    def check(cls, case: Case) -> None:
        """The approver (rule 3), on an ongoing measure at the turn of a cycle."""
        case.needs_plan(Permission.APPROVE_FOR_PLAN)
        case.in_state(case.measure, MeasureState.IN_PROGRESS)
        may_go_over(case.measure)
        check_closer(case.measure.pk, case.person, today(case.measure.plan.time_zone))

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Transfer it."""
        transfer_to_routine(case.measure, by=case.person, **particulars)
