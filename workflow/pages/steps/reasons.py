"""The form of every decision that sends something back: a reason that the other side can act on."""

from django.utils.translation import gettext_lazy as _

from workflow.pages.form import LedgerForm, long_text


class ReasonForm(LedgerForm):
    """A reason; the action refuses an empty one."""

    reason = long_text(
        _("Reason"), rows=3, required=True, hint=_("Say what is missing and what you expect to see.")
    )
    phrases = {
        "reason": (
            _("Please give the figures and the date they hold for."),
            _("Please attach the evidence."),
            _("The next steps lack dates and responsible persons."),
            _("The text does not answer the target."),
        )
    }


class OpinionForm(LedgerForm):
    """An opinion that may be left empty."""

    opinion = long_text(_("Opinion"), rows=3)
    phrases = {
        "opinion": (
            _("Agreed."),
            _("The facts are clear and the material is complete; agreed."),
            _("Agreed; go on with the next steps on time."),
        )
    }
