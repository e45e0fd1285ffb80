"""What every page stands on: signed-in people only, one way to render, the frame with its tabs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views import View

from accounts.models import User
from accounts.rights import Standing, standing
from workflow.clock.now import today
from workflow.queries.people import Card, card_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the navigation."""

    label: str | Promise
    icon: str
    url: str
    is_current: bool


TABS = (
    (pgettext_lazy("tab", "Inbox"), "inbox", "ledger:inbox"),
    (pgettext_lazy("tab", "Done"), "done", "ledger:done"),
    (pgettext_lazy("tab", "Ledger"), "ledger", "ledger:measures"),
    (pgettext_lazy("tab", "Overview"), "overview", "ledger:plans"),
)
MASTER_DATA = (pgettext_lazy("tab", "Master data"), "sliders", "master-data:index")
"""The tab that only administrators see."""


class Page(LoginRequiredMixin, View):
    """A page for a signed-in person. `tab` names the tab it belongs to."""

    tab = ""

    @property
    def person(self) -> User:
        """Who reads the page."""
        return cast("User", self.request.user)

    @property
    def held(self) -> Standing:
        """The rights of who reads the page."""
        return standing_of(self.request)

    def handle_no_permission(self) -> HttpResponse:  # type: ignore[override]
        """Send strangers to sign in; a part of a page that asks for itself says so in a line, and the page stays."""
        request = self.request
        if request.user.is_authenticated or request.headers.get("HX-Request") != "true":
            return super().handle_no_permission()
        words = _(
            "You are signed out, so this was not kept. Sign in again in another window, then go on here."
        )
        response = render(request, "parts/_refusal.html", {"sentence": words}, status=401)
        response["HX-Retarget"] = "#flash"
        response["HX-Reswap"] = "innerHTML show:top"
        return response

    def show(self, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Render `template` inside the frame."""
        return show(self.request, template, context, tab=self.tab, status=status)


def standing_of(request: HttpRequest) -> Standing:
    """The rights of the person who asks, read once per request."""
    known = getattr(request, "duban_standing", None)
    if known is None:
        known = standing(cast("User", request.user), today())
        request.duban_standing = known  # type: ignore[attr-defined]
    return cast("Standing", known)


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, tab: str = "", status: int = 200
) -> HttpResponse:
    """Render `template` with the frame's tabs and the reader's card, for the signed in and for strangers."""
    frame: dict[str, Any] = {"tabs": [], "card": None}
    if request.user.is_authenticated:
        card = _card(request)
        frame = {"tabs": _tabs(tab, is_administrator=card.is_administrator), "card": card}
    return render(request, template, {**frame, **context}, status=status)


def _tabs(current: str, *, is_administrator: bool) -> list[Tab]:
    shown = (*TABS, MASTER_DATA) if is_administrator else TABS
    return [Tab(label, icon, reverse(name), name == current) for label, icon, name in shown]


def _card(request: HttpRequest) -> Card:
    return card_of(cast("User", request.user), standing_of(request), today())
