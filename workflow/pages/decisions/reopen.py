"""重新挂账: the approver puts a closed measure back on the ledger."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.closure import reopen_measure
from workflow.models import Share
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, dress, long_text
from workflow.pages.steps.rework import share_choice
from workflow.queries.shares import shares_to_reopen
from workflow.states import MeasureState


class ReopenForm(LedgerForm):
    """Which shares go on, why, and on which finding."""

    reason = long_text(_("Reason"), rows=3, required=True)
    basis = forms.CharField(
        label=_("Basis"),
        max_length=500,
        help_text=_("The audit or look-back finding: what it is called, its number and date."),
    )

    def __init__(self, *args: Any, shares: list[Share], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shares"] = share_choice(shares, _("Shares that go on"))
        dress(self.fields["shares"])
        self.order_fields(["shares", "reason", "basis"])


class ReopenMeasure(MeasureDecision):
    """Name the shares that go on, the reason and the finding."""

    name = "reopen-measure"
    label = _("Put back on the ledger")
    effect = _(
        "The measure is in progress again; the bureaus ticked report again in its last cycle. Who verified it then is named in the record."
    )
    form_class = ReopenForm

    @classmethod
    def check(cls, case: Case) -> None:
        """The approver, on a closed measure."""
        case.needs_plan(Permission.APPROVE_FOR_PLAN)
        case.in_state(case.measure, MeasureState.CLOSED)

    def build_with(self, case: Case) -> dict[str, Any]:
        """The shares that can go on."""
        return {"shares": shares_to_reopen(case.measure.pk)}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Reopen."""
        reopen_measure(case.measure, by=case.person, **particulars)
