"""豁免 or 取消 of a share: a supervisor lets it end before its measure."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.ending import BY_DECISION, end_share
from workflow.actions.shares import UNREPORTED
from workflow.clock.now import today
from workflow.models import Share
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, long_text
from workflow.pages.steps.rework import named
from workflow.queries.seats import bench_of
from workflow.queries.shares import open_shares
from workflow.rules.refusal import Conflict, require
from workflow.rules.separation import may_end_share

CHOOSE = _("Choose …")


def one_share(label: Any, *, required: bool, hint: Any = "") -> forms.TypedChoiceField:
    """A choice of one share, whose id is the value; the form offers the shares."""
    return forms.TypedChoiceField(
        label=label, coerce=int, required=required, empty_value=None, help_text=hint
    )


def offer(form: LedgerForm, name: str, shares: list[Share]) -> None:
    """Let the field offer these shares, the lead marked as such."""
    choices = [("", CHOOSE), *((share.pk, named(share)) for share in shares)]
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class EndShareForm(LedgerForm):
    """Which share ends, how and why; and who leads where it was the lead's."""

    share = one_share(_("Share that ends"), required=True)
    outcome = forms.ChoiceField(
        label=_("How it ends"),
        choices=[(outcome.value, outcome.label) for outcome in BY_DECISION],
        help_text=_(
            "Waived: the bureau need not do its part. Dropped: it should not have had the share, or has it no more."
        ),
    )
    lead = one_share(
        _("Leads from now on"), required=False, hint=_("Only where the share that ends is the lead's.")
    )
    reason = long_text(_("Reason"), rows=3, required=True)

    def __init__(self, *args: Any, shares: list[Share], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shares = {share.pk: share for share in shares}
        offer(self, "share", shares)
        offer(self, "lead", [share for share in shares if not share.is_lead])

    def particulars(self) -> dict[str, Any]:
        """The share itself, and the rest as entered."""
        data = dict(self.cleaned_data)
        return {**data, "share": self.shares[data["share"]]}


class EndShare(MeasureDecision):
    """Waive or drop one share, with a reason."""

    name = "end-share"
    label = _("End a share")
    effect = _(
        "The bureau's work on this measure ends; no other share is touched. A consolidation under way lapses; where the one share left is approved, the measure is reported."
    )
    form_class = EndShareForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor without a part in the measure (rule 2), before its report, while another share goes on."""
        case.needs_plan(Permission.SUPERVISE_FOR_PLAN)
        require(case.measure.state in UNREPORTED, Conflict("measure.shares_fixed"))
        require(case.measure.shares_open > 1, Conflict("share.last_open"))
        bench = bench_of(case.measure.pk, case.person, today())
        may_end_share(case.person.pk, bench.is_own_bureau, bench.touched_by)

    def build_with(self, case: Case) -> dict[str, Any]:
        """The shares that can end."""
        return {"shares": open_shares(case.measure.pk)}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """End it."""
        end_share(by=case.person, **particulars)
