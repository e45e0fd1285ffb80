"""Changing one's own password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from workflow.trail.actions import AuditAction
from workflow.trail.visits import note_visit


class OwnPasswordForm(PasswordChangeForm):
    """The old password and the new one twice, dressed for the page."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        # the rules stand above the form, as a list
        self.fields["new_password1"].help_text = ""


class ChangePassword(PasswordChangeView):
    """For whoever is signed in; other sessions of theirs end."""

    template_name = "accounts/password.html"
    http_method_names = ["get", "post", "head", "options"]
    form_class = OwnPasswordForm
    success_url = reverse_lazy("ledger:inbox")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change it and say so."""
        messages.success(self.request, _("Your password is changed."))
        response = super().form_valid(form)
        note_visit(AuditAction.PERSON_CHANGE_PASSWORD, by=form.user, thing=form.user)
        return response

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        """Show what is wrong (422)."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response
