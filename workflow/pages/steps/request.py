"""请示事项: the head of the bureau signs; who it lies with grants, rejects or passes it on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.clock.now import today
from workflow.models import Request
from workflow.pages.decisions.withdraw import ConfirmForm
from workflow.pages.form import LedgerForm, dress, long_text
from workflow.pages.steps.reasons import OpinionForm
from workflow.pages.steps.step import Decision, Step
from workflow.queries.requests import bureaus_without_share, check_decider, must_be_taken_over
from workflow.routing import Verb
from workflow.rules.requests import ENDS_A_SHARE
from workflow.states import RequestKind


class WhyForm(LedgerForm):
    """A reason."""

    reason = long_text(_("Reason"), rows=3, required=True)


class GrantForm(OpinionForm):
    """An opinion, and what the kind of request needs besides."""

    def __init__(self, *args: Any, raised: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if raised.kind in ENDS_A_SHARE:
            self._offer_bureaus(raised)
        if raised.wanted_by and raised.kind == RequestKind.EXTENSION and self._is_past_plan(raised):
            self.fields["issuer_basis"] = forms.CharField(
                label=_("Decision of the plan's issuer"),
                max_length=500,
                help_text=_(
                    "The new date is past the plan's end: what the issuer decided, its number and date."
                ),
            )
            dress(self.fields["issuer_basis"])

    @staticmethod
    def _is_past_plan(raised: Request) -> bool:
        return raised.wanted_by is not None and raised.wanted_by > raised.measure.plan.period_end

    def _offer_bureaus(self, raised: Request) -> None:
        """A refused share may go to another bureau, and has to where it leads or is the only one left."""
        is_refusal = raised.kind == RequestKind.REFUSAL
        must = is_refusal and must_be_taken_over(raised.share, raised.measure)
        self.fields["bureau"] = forms.ModelChoiceField(
            label=_("Bureau to take the share over"),
            queryset=bureaus_without_share(raised.measure_id),
            required=must or not is_refusal,
            initial=raised.bureau_id if must or not is_refusal else None,
            empty_label=_("None: the share is dropped") if is_refusal and not must else _("Choose …"),
        )
        dress(self.fields["bureau"])
        self.order_fields(["bureau", "opinion"])


class RequestStep(Step):
    """What the steps of a request share: what is asked."""

    @property
    def raised(self) -> Request:
        """The request of the item."""
        found: Request | None = self.item.request
        assert found is not None  # noqa: S101 - a programming error
        found.measure = self.measure
        return found

    def facts(self) -> dict[str, Any]:
        """The request, and the share it is about."""
        return {"raised": self.raised, "share": self.raised.share}


class SignRequest(RequestStep):
    """负责人 of the bureau that asks."""

    template = "flows/request/sign.html"
    decisions = {
        "sign": Decision(Verb.SIGN, ConfirmForm, _("Sign the request")),
        "decline": Decision(Verb.DECLINE, WhyForm, _("Do not sign")),
    }
    main = "sign"


class DecideAbove(RequestStep):
    """分管领导: nobody stands above."""

    template = "flows/request/decide.html"
    decisions = {
        "grant": Decision(Verb.GRANT, GrantForm, _("Grant the request")),
        "reject": Decision(Verb.REJECT, WhyForm, _("Reject the request")),
    }
    main = "grant"

    def build_with(self, name: str) -> dict[str, Any]:
        """The request that is granted."""
        return {"raised": self.raised} if name == "grant" else {}

    def check(self) -> None:
        """Rule 5: not what one raised or signed; rule 2 where a share may end."""
        check_decider(self.raised, self.person, self.people, today())


class DecideRequest(DecideAbove):
    """负责人 of the lead, or 督查员."""

    decisions = {
        **DecideAbove.decisions,
        "pass_on": Decision(Verb.PASS_ON, WhyForm, _("Pass the request on")),
    }
