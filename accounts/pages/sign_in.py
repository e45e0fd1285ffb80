"""Signing in and out."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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


class SignOut(LogoutView):
    """By POST only, so that no link can sign a person out."""


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """After five failures the name is locked for half an hour (RULES.md, Keeping): say so on the same page (429)."""
    typed = {"username": request.POST.get("username", "")}
    context = {
        "form": SignInForm(request, initial=typed),
        "next": request.POST.get("next", ""),
        "is_locked": True,
    }
    return render(request, "accounts/sign_in.html", context, status=429)
