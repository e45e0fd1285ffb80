"""异议: a head of a bureau with a share challenges a conclusion on the measure."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.objections import raise_objection
from workflow.clock.now import today
from workflow.models import Share
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, dress, long_text
from workflow.queries.objections import Conclusion, open_conclusions, own_shares
from workflow.rules.refusal import Conflict, Forbidden, require


class ObjectForm(LedgerForm):
    """Which conclusion, for which bureau where the person heads several, and on what grounds."""

    grounds = long_text(
        _("Grounds"), rows=4, required=True, hint=_("What is wrong with it, and what shows that.")
    )

    def __init__(self, *args: Any, conclusions: list[Conclusion], shares: list[Share], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.label) for one in conclusions]
        self.fields["conclusion"] = forms.ChoiceField(label=_("Conclusion"), choices=choices)
        if len(shares) > 1:
            named = [(share.pk, share.bureau.name) for share in shares]
            self.fields["share"] = forms.TypedChoiceField(label=_("Bureau"), choices=named, coerce=int)
        for name in {"conclusion", "share"} & set(self.fields):
            dress(self.fields[name])
        self.order_fields(["share", "conclusion", "grounds"])


class RaiseObjection(MeasureDecision):
    """Name the conclusion and the grounds."""

    name = "raise-objection"
    label = _("Object to a conclusion")
    effect = _(
        "Another supervisor or approver than the author of the conclusion decides; until then the conclusion stands and work goes on."
    )
    form_class = ObjectForm
    stays_open = True

    @classmethod
    def check(cls, case: Case) -> None:
        """A head of a bureau with a share, while the time for an objection to some conclusion runs."""
        is_bare = case.marks is not None and not case.marks.concluded
        require(not is_bare, Conflict("objection.nothing"))
        require(bool(_own(case)), Forbidden("right.missing"))
        require(bool(_open(case)), Conflict("objection.nothing"))

    def build_with(self, case: Case) -> dict[str, Any]:
        """The conclusions that can be chosen, and the person's bureaus."""
        return {"conclusions": _open(case), "shares": _own(case)}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Raise it, for the one bureau there is or the one chosen; whoever heads none is refused by the action."""
        shares = {share.pk: share for share in _own(case) or case.measure.shares.order_by("-is_lead")[:1]}
        chosen = particulars.get("share", next(iter(shares)))
        words = {name: particulars[name] for name in ("conclusion", "grounds")}
        raise_objection(shares[chosen], by=case.person, **words)


def _own(case: Case) -> list[Share]:
    return own_shares(case.measure, case.held.bureaus(Permission.SIGN_FOR_BUREAU))


def _open(case: Case) -> list[Conclusion]:
    return open_conclusions(case.measure, today(case.measure.plan.time_zone))
