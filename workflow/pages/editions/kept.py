"""版本: one edition of a plan as it was confirmed, to be read: its sections, its measures, and the source beside them."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from workflow.models import ImportSection, PlanImport
from workflow.pages.importing.cards import cards_of
from workflow.pages.importing.page import number_in
from workflow.pages.page import Page
from workflow.queries.imports import MeasurePage, measure_page, sections_with_counts
from workflow.queries.visibility import plan_visible_to
from workflow.rules.refusal import NotFound


class EditionDetail(Page):
    """GET the draft of an edition, a page of a section at a time, for who may see the plan."""

    tab = "ledger:plans"

    def get(self, request: HttpRequest, code: str, edition: int) -> HttpResponse:
        """The section asked for, else the first."""
        plan = plan_visible_to(self.person, code, self.held)
        row = edition_of(plan.pk, edition)
        sections = sections_with_counts(row)
        context = {
            "plan": plan,
            "row": row,
            "sections": sections,
            "total": sum(getattr(one, "count", 0) for one in sections),
            **self.shown(row, sections),
        }
        return self.show("workflow/editions/kept.html", context)

    def shown(self, row: PlanImport, sections: list[ImportSection]) -> dict[str, Any]:
        """The page of the section that the address asks for."""
        section = self.asked(sections)
        page = MeasurePage([], None, None)
        if section is not None:
            page = measure_page(section, number_in(self.request.GET, "from"))
        return {"section": section, "page": page, "cards": cards_of(row, page.measures)}

    def asked(self, sections: list[ImportSection]) -> ImportSection | None:
        """The section of the address."""
        key = number_in(self.request.GET, "section")
        return next((one for one in sections if one.pk == key), next(iter(sections), None))


def edition_of(plan: int, edition: int) -> PlanImport:
    """The import that became that edition of the plan; raises NotFound where it came another way."""
    row = (
        PlanImport.objects.select_related("office", "confirmed_by").filter(plan=plan, edition=edition).first()
    )
    if row is None:
        raise NotFound("thing.unknown")
    return row
