"""The sections of the draft: named, moved, joined to the one before, removed, and new ones."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from workflow.actions import import_sections as actions
from workflow.actions.import_edits import add_measure
from workflow.actions.plan_input import MeasureInput
from workflow.intake.draft import measure_data
from workflow.models import PlanImport
from workflow.pages.importing.page import ImportPage, draft_url, go_to, number_in, typed
from workflow.rules.refusal import Invalid, NotFound


class SectionsOfImport(ImportPage):
    """POST names a section and a verb."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Carry the verb out and go on to the section; what will not do is said above it."""
        row = self.draft(number)
        verb, section = request.POST.get("verb", ""), number_in(request.POST, "section")
        if verb not in VERBS or (section is None and verb != "add"):
            raise NotFound("thing.unknown")
        try:
            return go_to(request, VERBS[verb](self, row, section or 0))
        except Invalid as refusal:
            messages.error(request, str(refusal))
            return go_to(request, draft_url(row, section=section) if section else draft_url(row))

    @property
    def version(self) -> int | None:
        """The version of the section that the form was made of."""
        return number_in(self.request.POST, "version")

    def text(self, name: str) -> str:
        """A text that was sent."""
        return typed(self.request.POST, name)


def _change(page: SectionsOfImport, row: PlanImport, section: int) -> str:
    words = {"number": page.text("number"), "title": page.text("title")}
    actions.change_section(row, section, by=page.person, version=page.version, **words)
    return draft_url(row, section=section)


def _add(page: SectionsOfImport, row: PlanImport, section: int) -> str:
    added = actions.add_section(row, by=page.person, title=page.text("title"))
    return draft_url(row, section=added.pk)


def _up(page: SectionsOfImport, row: PlanImport, section: int) -> str:
    actions.move_section(row, section, by=page.person, up=True, version=page.version)
    return draft_url(row, section=section)


def _down(page: SectionsOfImport, row: PlanImport, section: int) -> str:
    actions.move_section(row, section, by=page.person, up=False, version=page.version)
    return draft_url(row, section=section)


def _join(page: SectionsOfImport, row: PlanImport, section: int) -> str:
    above = actions.join_section(row, section, by=page.person, version=page.version)
    return draft_url(row, section=above.pk)


def _remove(page: SectionsOfImport, row: PlanImport, section: int) -> str:
    actions.remove_section(row, section, by=page.person, version=page.version)
    return draft_url(row)


def _measure(page: SectionsOfImport, row: PlanImport, section: int) -> str:
    data = measure_data(MeasureInput(_("New measure")))
    return draft_url(row, add_measure(row, section, by=page.person, data=data))


VERBS: dict[str, Callable[[SectionsOfImport, PlanImport, int], str]] = {
    "change": _change,
    "add": _add,
    "up": _up,
    "down": _down,
    "join": _join,
    "remove": _remove,
    "measure": _measure,
}
"""What can be done; each returns where to go on."""
