"""One measure of the draft, in place: it saves itself; rows come and go, the measure moves, is cut, joined, taken out."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.actions import import_edits as edits
from workflow.actions.import_sections import begin_section
from workflow.actions.plan_input import MeasureInput
from workflow.intake.draft import measure_data, measure_input
from workflow.intake.draft_parts import boundaries, cut, together
from workflow.models import ImportMeasure, PlanImport
from workflow.models.target import Comparator
from workflow.pages.importing.cards import cards_of
from workflow.pages.importing.draft import saved_context
from workflow.pages.importing.page import ImportPage, draft_url, go_to, number_in, typed
from workflow.pages.importing.sheet import ROWS, Sheet, unit_choices
from workflow.queries.imports import sections_with_counts
from workflow.rules.refusal import Conflict, Invalid, NotFound, require

CYCLE_LABELS = (
    ("", "–"),
    ("month", gettext_lazy("every month")),
    ("quarter", gettext_lazy("every quarter")),
    ("half_year", gettext_lazy("every half year")),
    ("year", gettext_lazy("every year")),
)


class MeasureOfImport(ImportPage):
    """GET shows the measure, as a card (`card`) or as fields; POST keeps what was typed and does what a button says."""

    def get(self, request: HttpRequest, number: int, measure: int) -> HttpResponse:
        """The card, or the fields."""
        row = self.draft(number)
        found = find_measure(row, measure)
        if "card" in request.GET and self.is_htmx:
            return self.card(row, found)
        return self.fields(row, found, Sheet.of(measure_input(found.data)))

    def post(self, request: HttpRequest, number: int, measure: int) -> HttpResponse:
        """Keep what was typed, then carry out the button's verb, if one was pressed."""
        row = self.draft(number)
        found, sheet = find_measure(row, measure), Sheet.sent(request.POST.dict())
        verb, _sep, place = request.POST.get("verb", "").partition(":")
        kind, _sep, change = verb.partition("-")
        if kind in ROWS and change:
            alter(sheet, kind, change, number_in({"place": place}, "place") or 0)
        made = sheet.measure(measure_input(found.data))
        if made is None:
            return self.refused(row, found, sheet)
        found = self.keep(row, found, made)
        return self.carry_out(row, found, sheet, verb, place)

    def keep(self, row: PlanImport, found: ImportMeasure, made: MeasureInput) -> ImportMeasure:
        """Store the measure where something changed."""
        version, data = number_in(self.request.POST, "version"), measure_data(made)
        require(version is None or version == found.version, Conflict("import.changed"))
        if data == found.data:
            return found
        return edits.change_measure(row, found.pk, by=self.person, version=version, data=data)

    def carry_out(
        self, row: PlanImport, found: ImportMeasure, sheet: Sheet, verb: str, place: str
    ) -> HttpResponse:
        """What the button says; the fields again where it changed rows, else the draft."""
        if verb.partition("-")[0] in ROWS:
            return self.fields(row, found, sheet)
        if verb == "":
            return self.saved(row, found)
        if verb == "close":
            return self.closed(row, found)
        if verb not in VERBS:
            raise NotFound("thing.unknown")
        return go_to(self.request, VERBS[verb](self, row, found, place))

    def saved(self, row: PlanImport, found: ImportMeasure) -> HttpResponse:
        """A line that says so, or the page."""
        if not self.is_htmx:
            return redirect(draft_url(row, found))
        return self.show("workflow/import/_saved.html", {**saved_context(row, []), "measure": found})

    def closed(self, row: PlanImport, found: ImportMeasure) -> HttpResponse:
        """The card in place of the fields."""
        return self.card(row, found) if self.is_htmx else redirect(draft_url(row, found))

    def refused(self, row: PlanImport, found: ImportMeasure, sheet: Sheet) -> HttpResponse:
        """What will not do: a line where the measure saves itself, the fields where a button was pressed."""
        if self.is_htmx and not self.request.POST.get("verb"):
            errors = [(f"m{found.pk}-{name}", text) for name, text in sheet.errors.items()]
            return self.show("workflow/import/_saved.html", saved_context(row, errors))
        return self.fields(row, found, sheet, status=422)

    def card(self, row: PlanImport, found: ImportMeasure) -> HttpResponse:
        """The measure as it is read."""
        [card] = cards_of(row, [found])
        context = {"row": row, "card": card, "shows_undo": True}
        return self.show("workflow/import/_card.html", context)

    def fields(
        self, row: PlanImport, found: ImportMeasure, sheet: Sheet, *, status: int = 200
    ) -> HttpResponse:
        """The measure as fields, alone for htmx."""
        context = {"row": row, "measure": found, "sheet": sheet, **choices(row, found)}
        context["opened"] = self.request.POST.get("verb", "").partition("-")[0]
        context["shows_undo"] = self.is_htmx
        template = "workflow/import/_measure.html" if self.is_htmx else "workflow/import/measure.html"
        response = self.show(template, context, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = f"#m{found.pk}", "outerHTML"
        return response

    def text(self, name: str) -> str:
        """A text that was sent along with the verb."""
        return typed(self.request.POST, name)


def choices(row: PlanImport, found: ImportMeasure) -> dict[str, Any]:
    """What the fields offer to choose from."""
    return {
        "unit_kinds": unit_choices(),
        "comparators": Comparator.choices,
        "cycles": CYCLE_LABELS,
        "sections": [one for one in sections_with_counts(row) if one.pk != found.section_id],
        "boundaries": boundaries(found.data.get("text", "")),
    }


def find_measure(row: PlanImport, key: int) -> ImportMeasure:
    """The measure of that key; raises NotFound for another draft's, or one that was taken out."""
    found = row.measures.filter(pk=key).select_related("section").first()
    if found is None:
        raise NotFound("thing.unknown")
    return found


def alter(sheet: Sheet, kind: str, change: str, place: int) -> None:
    """Add, remove or move a row of the sheet."""
    if change == "add":
        sheet.add(kind)
    elif change == "remove":
        sheet.remove(kind, place)
    elif change in ("up", "down"):
        sheet.move(kind, place, -1 if change == "up" else 1)


def _move(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, *, up: bool) -> str:
    return draft_url(row, edits.move_measure(row, found.pk, by=page.person, up=up))


def _up(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, place: str) -> str:
    return _move(page, row, found, up=True)


def _down(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, place: str) -> str:
    return _move(page, row, found, up=False)


def _remove(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, place: str) -> str:
    edits.remove_measure(row, found.pk, by=page.person, version=found.version)
    return draft_url(row, section=found.section_id)


def _add_after(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, place: str) -> str:
    data = measure_data(MeasureInput(_("New measure"), line=found.line))
    added = edits.add_measure(row, found.section_id, by=page.person, data=data, after=found.pk)
    return draft_url(row, added)


def _split(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, place: str) -> str:
    measure, at = measure_input(found.data), number_in(page.request.POST, "split_at")
    known = {boundary.place for boundary in boundaries(measure.text)}
    require(at in known, Invalid("thing.unknown", field="split_at"))
    first, second = cut(measure, at or 0)
    parts = measure_data(first), measure_data(second)
    made = edits.split_measure(row, found.pk, by=page.person, version=found.version, parts=parts)
    return draft_url(row, made)


def _merge(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, place: str) -> str:
    rows = found.section.measures.order_by("position", "pk")
    other = rows.filter(position__gt=found.position).first()
    if other is None:
        raise Conflict("import.no_neighbour")
    data = measure_data(together(measure_input(found.data), measure_input(other.data)))
    versions = found.version, other.version
    made = edits.merge_measure(row, found.pk, other.pk, by=page.person, versions=versions, data=data)
    return draft_url(row, made)


def _place(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, place: str) -> str:
    section = number_in(page.request.POST, "to_section")
    if section is None:
        raise NotFound("thing.unknown")
    return draft_url(row, edits.place_measure(row, found.pk, by=page.person, section=section))


def _begin(page: MeasureOfImport, row: PlanImport, found: ImportMeasure, place: str) -> str:
    begin_section(row, found.pk, by=page.person, title=page.text("section_title") or _("New section"))
    return draft_url(row, found)


VERBS: dict[str, Callable[[MeasureOfImport, PlanImport, ImportMeasure, str], str]] = {
    "up": _up,
    "down": _down,
    "remove": _remove,
    "after": _add_after,
    "split": _split,
    "merge": _merge,
    "place": _place,
    "begin": _begin,
}
"""What can be done with the measure as a whole; each returns where to go on."""
