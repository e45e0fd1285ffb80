"""What the pages of an import share: whose it is, and the way back to the draft."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from workflow.models import ImportMeasure, PlanImport
from workflow.pages.page import Page
from workflow.queries.imports import import_visible_to
from workflow.rules.refusal import Conflict, require
from workflow.states import ImportState


class ImportPage(Page):
    """A page about one import, for those who bring plans in for its office; 404 for everybody else."""

    tab = "ledger:plans"

    def find(self, number: int) -> PlanImport:
        """The import as far as the person may know of it."""
        return import_visible_to(self.held, number)

    def draft(self, number: int) -> PlanImport:
        """The import where it is a draft; raises Conflict before it was read and after it was confirmed."""
        row = self.find(number)
        require(row.state != ImportState.CONFIRMED, Conflict("import.confirmed"))
        require(row.state == ImportState.DRAFT, Conflict("import.not_read"))
        return row

    @property
    def is_htmx(self) -> bool:
        """Whether only a part of the page is wanted."""
        return is_htmx(self.request)


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks."""
    return request.headers.get("HX-Request") == "true"


def draft_url(row: PlanImport, measure: ImportMeasure | None = None, **query: Any) -> str:
    """The draft's address, at a measure or with a query."""
    address = reverse("ledger:import", args=[row.pk])
    if measure is not None:
        query = {
            "measure": measure.pk,
            **query,
            "v": row.version,
        }  # never the address where one is: it is loaded anew
    anchor = f"#m{measure.pk}" if measure is not None else ""
    return f"{address}?{urlencode(query)}{anchor}" if query else address


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead there, whether a browser asks or htmx."""
    if not is_htmx(request):
        return HttpResponseRedirect(url)
    response = HttpResponse()
    response["HX-Redirect"] = url
    return response


_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
"""What comes along when a text is copied and nobody sees: with it a name looks like another's and is none."""


def typed(data: Mapping[str, Any], name: str) -> str:
    """What was typed under that name, as it can be seen."""
    return _UNSEEN.sub("", str(data.get(name, ""))).strip()


def number_in(data: Mapping[str, Any], name: str) -> int | None:
    """A whole number that was sent under that name, or None."""
    text = str(data.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
