"""撤回: whoever submitted a report takes it back before it is reviewed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.shares import UNREPORTED, withdraw_report
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm
from workflow.rules.refusal import Forbidden, require
from workflow.states import ShareState


class ConfirmForm(LedgerForm):
    """Nothing to fill in."""


class WithdrawReport(MeasureDecision):
    """Take one's own report back."""

    name = "withdraw-report"
    label = _("Withdraw the report")
    effect = _(
        "The report comes back to your desk with all it says; the head of your bureau no longer sees it to review."
    )
    form_class = ConfirmForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A handler of the bureau who submitted it, until it is reviewed."""
        share = case.its_share
        right = case.holds_for_bureau(Permission.SUBMIT_FOR_BUREAU, share.bureau_id)
        require(right, Forbidden("right.missing"))
        case.in_state(share, ShareState.REPORTED)
        case.in_state(case.measure, *UNREPORTED)
        submitter = case.report.submitted_by_id if case.report is not None else None
        require(submitter == case.person.pk, Forbidden("share.not_submitter"))

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Withdraw."""
        withdraw_report(case.its_share, by=case.person)
