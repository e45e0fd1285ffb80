"""退回: which shares go back, and why. Used by verification, evaluation and closure alike."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.models import Share
from workflow.pages.form import ShareChoice, Words, dress
from workflow.pages.steps.reasons import ReasonForm
from workflow.queries.shares import shares_to_return


class ReworkForm(ReasonForm):
    """Named shares and a reason; no other share is touched."""

    def __init__(self, *args: Any, shares: list[Share], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shares"] = share_choice(shares)
        dress(self.fields["shares"])
        self.order_fields(["shares", "reason"])

    @property
    def bureaus(self) -> list[str]:
        """The names of the bureaus to which a valid form returns the measure."""
        chosen = set(self.cleaned_data["shares"])
        return [name for key, name in self.fields["shares"].choices if key in chosen]  # type: ignore[attr-defined]


RETURN_TO = _("Return to")


def share_choice(shares: list[Share], label: Words = RETURN_TO) -> ShareChoice:
    """A tick for each bureau, the lead marked as such."""
    return ShareChoice(
        label,
        [(share.pk, named(share)) for share in shares],
        _("Only the bureaus ticked here report again; all others keep what they have."),
    )


def named(share: Share) -> str:
    """The bureau of a share, the lead marked as such."""
    return _("%(bureau)s (lead)") % {"bureau": share.bureau.name} if share.is_lead else share.bureau.name


def rework_choices(measure_id: int) -> dict[str, Any]:
    """What the form's constructor needs."""
    return {"shares": shares_to_return(measure_id)}
