"""The warnings about a draft: all of them, and the tick that says that one was dealt with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from workflow.actions.import_edits import tick_warning
from workflow.pages.importing.draft import numbered, warnings_context
from workflow.pages.importing.page import ImportPage, draft_url, number_in
from workflow.rules.refusal import NotFound

PAGE = 100


class WarningsOfImport(ImportPage):
    """GET lists the warnings, a hundred at a time; POST ticks one, or takes the tick back."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The list from a place on (`from`)."""
        row = self.draft(number)
        start, found = number_in(request.GET, "from") or 0, numbered(row)
        context = {
            "row": row,
            "warnings": found[start : start + PAGE],
            "warnings_left": sum(not one.is_done for one in found),
            "following": start + PAGE if start + PAGE < len(found) else None,
            "previous": max(start - PAGE, 0) if start else None,
            "is_whole": True,
        }
        return self.show("workflow/import/warnings.html", context)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Keep the tick; the panel as it is now for htmx."""
        row = self.draft(number)
        warning = number_in(request.POST, "number")
        if warning is None:
            raise NotFound("thing.unknown")
        tick_warning(row, by=self.person, number=warning, is_done="done" in request.POST)
        if self.is_htmx:
            context = {**warnings_context(row), "shows_undo": True}
            return self.show("workflow/import/_warnings.html", context)
        whole = reverse("ledger:import-warnings", args=[row.pk])
        return redirect(whole if "whole" in request.POST else draft_url(row))
