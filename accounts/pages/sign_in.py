"""Signing in and out."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from workflow.trail.actions import AuditAction
from workflow.trail.visits import note_refused_visit, note_visit


class SignInForm(AuthenticationForm):
    """User name and password, dressed for the page."""

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class SignIn(LoginView):
    """Open to everyone; who is signed in already goes on to the inbox."""

    template_name = "accounts/sign_in.html"
    http_method_names = ["get", "post", "head", "options"]
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign the person in, which leaves a line."""
        response = super().form_valid(form)
        note_visit(AuditAction.SESSION_BEGIN, by=form.get_user(), thing=form.get_user())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Say what is wrong; a name and a password that were refused leave a line."""
        if form.non_field_errors():
            note_failure(self.request, form.cleaned_data.get("username", ""))
        return super().form_invalid(form)


def note_failure(request: HttpRequest, username: str) -> None:
    """Write whose name was used; one that nobody has is not kept, for it may be a password in the wrong field."""
    code = "sign_in.locked" if getattr(request, "axes_locked_out", False) else "sign_in.wrong"
    thing = User.objects.filter(username=username).first()
    note_refused_visit(AuditAction.SESSION_BEGIN, code, by=None, thing=thing)


class SignOut(LogoutView):
    """By POST only, so that no link can sign a person out."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out whoever is signed in, which leaves a line."""
        if request.user.is_authenticated:
            note_visit(AuditAction.SESSION_END, by=request.user, thing=request.user)
        return super().post(request, *args, **kwargs)


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """After five failures the name is locked for half an hour (RULES.md, Keeping): say so on the same page (429)."""
    typed = {"username": request.POST.get("username", "")}
    context = {
        "form": SignInForm(request, initial=typed),
        "next": request.POST.get("next", ""),
        "is_locked": True,
    }
    return render(request, "accounts/sign_in.html", context, status=429)
