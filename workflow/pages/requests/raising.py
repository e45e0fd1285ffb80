"""请示: a handler asks for an extension, refuses the share, or asks for its transfer or for coordination."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Bureau
from accounts.roles import Permission
from workflow.actions.requests import (
    SHARE_STATES,
    raise_coordination,
    raise_extension,
    raise_refusal,
    raise_transfer,
)
from workflow.actions.shares import UNREPORTED
from workflow.clock.now import today
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, Words, day, dress, long_text
from workflow.queries.requests import (
    ExtensionLimits,
    bureaus_but,
    bureaus_without_share,
    extension_limits,
    extensions_granted,
    is_pending,
    refusal_limit,
    was_refused,
)
from workflow.queries.rules import rules_of
from workflow.rules.refusal import Conflict, Forbidden, require
from workflow.states import RequestKind


class ExtensionForm(LedgerForm):
    """The new date, and why the first cannot be kept."""

    wanted_by = day(gettext_lazy("New due date"), required=True)
    reason = long_text(gettext_lazy("Reason"), rows=3, required=True)

    def __init__(self, *args: Any, limits: ExtensionLimits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Due on %(due)s now; it can be extended to %(last)s at the latest.")
        if limits.is_late:
            hint = _(
                "Due on %(due)s now; it can be extended to %(last)s at the latest. This is late: it is scored on the first date."
            )
        words = {"due": limits.due.isoformat(), "last": limits.last.isoformat()}
        self.fields["wanted_by"].help_text = hint % words


class BureauForm(LedgerForm):
    """A bureau and a reason; `bureaus` are those to choose from."""

    bureau_label: Words = gettext_lazy("Bureau to take the share over")
    bureau = forms.ModelChoiceField(queryset=Bureau.objects.none(), empty_label=gettext_lazy("Choose …"))
    reason = long_text(gettext_lazy("Reason"), rows=3, required=True)

    def __init__(self, *args: Any, bureaus: QuerySet[Bureau], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bureau"].label = self.bureau_label
        self.fields["bureau"].queryset = bureaus  # type: ignore[attr-defined]
        dress(self.fields["bureau"])


class RefusalForm(BureauForm):
    """Why the share is not the bureau's, by which rule, and whose it is."""

    bureau_label = gettext_lazy("Suggested bureau")
    legal_basis = long_text(gettext_lazy("Legal basis"), rows=2, required=True)
    field_order = ("reason", "legal_basis", "bureau")


class CoordinationForm(BureauForm):
    """Who blocks the work, what is asked of them, and by when."""

    bureau_label = gettext_lazy("Blocking bureau")
    reason = long_text(gettext_lazy("What is asked of it"), rows=3, required=True)
    wanted_by = day(gettext_lazy("Needed by"), required=True)


class RaiseRequest(MeasureDecision):
    """What the four kinds share: a handler of the bureau asks while the share is open and nothing like it is pending."""

    kind: RequestKind

    @classmethod
    def check(cls, case: Case) -> None:
        """A handler of the bureau, before its report is submitted; at most one request of a kind at a time."""
        share = case.its_share
        right = case.holds_for_bureau(Permission.SUBMIT_FOR_BUREAU, share.bureau_id)
        require(right, Forbidden("right.missing"))
        case.in_state(case.measure, *UNREPORTED)
        case.in_state(share, *SHARE_STATES)
        require(not is_pending(share, cls.kind), Conflict("request.pending"))
        cls.check_kind(case)

    @classmethod
    def check_kind(cls, case: Case) -> None:
        """Raise the refusal that is the kind's own."""


class AskExtension(RaiseRequest):
    """延期: ask for a later due date."""

    name = "ask-extension"
    label = gettext_lazy("Ask for an extension")
    effect = gettext_lazy(
        "The head of your bureau signs the request, then it is decided. Until then the due date stands and its clock runs."
    )
    form_class = ExtensionForm
    kind = RequestKind.EXTENSION

    @classmethod
    def check_kind(cls, case: Case) -> None:
        """Twice per share in a cycle."""
        limit = rules_of(case.measure.plan_id, today()).numbers.extension_count
        used = Conflict("request.extensions_used", limit=limit)
        require(extensions_granted(case.its_share) < limit, used)

    def build_with(self, case: Case) -> dict[str, Any]:
        """The dates that limit it."""
        return {"limits": extension_limits(case.its_share, today())}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Raise it."""
        raise_extension(case.its_share, by=case.person, **particulars)


class AskRefusal(RaiseRequest):
    """退办: refuse the share."""

    name = "ask-refusal"
    label = gettext_lazy("Refuse the share")
    effect = gettext_lazy(
        "The head of your bureau signs, then a supervisor decides. Until then the share is yours and its clock runs."
    )
    form_class = RefusalForm
    kind = RequestKind.REFUSAL

    @classmethod
    def check_kind(cls, case: Case) -> None:
        """Once per share, within two working days of its dispatch."""
        require(not was_refused(case.its_share), Conflict("request.refused_before"))
        on: date = today()
        limit = refusal_limit(case.its_share, on)
        require(on <= limit, Conflict("request.refusal_limit", limit=limit.isoformat()))

    def build_with(self, case: Case) -> dict[str, Any]:
        """Who has no share."""
        return {"bureaus": bureaus_without_share(case.measure.pk)}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Raise it."""
        raise_refusal(case.its_share, by=case.person, **particulars)


class AskTransfer(RaiseRequest):
    """转办: ask that the share goes to another bureau."""

    name = "ask-transfer"
    label = gettext_lazy("Ask for a transfer")
    effect = gettext_lazy(
        "The head of your bureau signs, then a supervisor decides. Granted, the share ends here and starts anew in the other bureau."
    )
    form_class = BureauForm
    kind = RequestKind.TRANSFER

    def build_with(self, case: Case) -> dict[str, Any]:
        """Who has no share."""
        return {"bureaus": bureaus_without_share(case.measure.pk)}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Raise it."""
        raise_transfer(case.its_share, by=case.person, **particulars)


class AskCoordination(RaiseRequest):
    """协调: name the bureau that blocks the work."""

    name = "ask-coordination"
    label = gettext_lazy("Ask for coordination")
    effect = gettext_lazy(
        "The head of your bureau signs; then the head of the lead decides, and passes on what they cannot settle."
    )
    form_class = CoordinationForm
    kind = RequestKind.COORDINATION

    def build_with(self, case: Case) -> dict[str, Any]:
        """Every bureau but the one that asks."""
        return {"bureaus": bureaus_but(case.its_share.bureau_id)}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Raise it."""
        raise_coordination(case.its_share, by=case.person, **particulars)


RAISING: tuple[type[RaiseRequest], ...] = (AskExtension, AskRefusal, AskTransfer, AskCoordination)
"""In the order in which a share's card offers them."""
