"""牵头: a supervisor makes another open share the lead."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.leading import change_lead
from workflow.actions.shares import UNREPORTED
from workflow.models import Share
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.decisions.end_share import offer, one_share
from workflow.pages.form import LedgerForm, long_text
from workflow.queries.shares import open_shares
from workflow.rules.refusal import Conflict, require


class ChangeLeadForm(LedgerForm):
    """Which open share leads, and why."""

    share = one_share(_("Leads from now on"), required=True)
    reason = long_text(_("Reason"), rows=3, required=True)

    def __init__(self, *args: Any, shares: list[Share], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shares = {share.pk: share for share in shares}
        offer(self, "share", shares)

    def particulars(self) -> dict[str, Any]:
        """The share itself, and the reason."""
        data = dict(self.cleaned_data)
        return {**data, "share": self.shares[data["share"]]}


class ChangeLead(MeasureDecision):
    """Let another open share lead; the lead until now supports."""

    name = "change-lead"
    label = _("Change the lead")
    effect = _(
        "The bureau chosen leads, consolidates and reports the measure's targets; the lead until now supports. Every share keeps what it has reported; a consolidation under way lapses."
    )
    form_class = ChangeLeadForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor, before the measure's report, while there is another open share."""
        case.needs_plan(Permission.SUPERVISE_FOR_PLAN)
        require(case.measure.state in UNREPORTED, Conflict("measure.shares_fixed"))
        require(case.measure.shares_open > 1, Conflict("share.no_other"))

    def build_with(self, case: Case) -> dict[str, Any]:
        """The shares that can lead."""
        return {"shares": [share for share in open_shares(case.measure.pk) if not share.is_lead]}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Let it lead."""
        change_lead(by=case.person, **particulars)
