"""The draft beside its source: what was read, section by section, and the warnings about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from workflow.actions.import_edits import change_header, undo
from workflow.actions.loading import known_plan
from workflow.intake.reader_warnings import ReaderWarning, from_stored
from workflow.models import ImportMeasure, ImportSection, ImportText, Plan, PlanImport
from workflow.pages.form import LedgerForm, day
from workflow.pages.importing.cards import cards_of
from workflow.pages.importing.page import ImportPage, draft_url, go_to, number_in, typed
from workflow.pages.importing.reading import fault_sentence
from workflow.queries.alike import plan_alike
from workflow.queries.editions import sees_whole
from workflow.queries.imports import MeasurePage, measure_page, page_start, place_of, sections_with_counts
from workflow.queries.source_lines import window
from workflow.queries.visibility import plans_visible_to
from workflow.rules.refusal import Invalid
from workflow.states import ImportState

SHOWN_WARNINGS = 40


class HeaderForm(LedgerForm):
    """The plan's title and period."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    start = day(gettext_lazy("Period from"), required=True)
    end = day(gettext_lazy("Period to"), required=True)

    def clean_title(self) -> str:
        """As it can be seen."""
        return typed(self.cleaned_data, "title")

    @staticmethod
    def of(row: PlanImport) -> dict[str, Any]:
        """As it stands."""
        return {"title": row.title, "start": row.period_start, "end": row.period_end}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a section, and the page of it; `measure` is the one to be shown."""

    section: ImportSection | None
    page: MeasurePage
    measure: ImportMeasure | None


class ImportDetail(ImportPage):
    """GET shows where the import stands: waiting, being read, the draft, or its plan. POST changes title and period."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The page for the state."""
        row = self.find(number)
        if row.state == ImportState.DRAFT:
            place = self.place_of_line(row)
            if place is not None:
                return redirect(draft_url(row, place, line=request.GET["line"]))
            return self.page(row, HeaderForm(initial=HeaderForm.of(row), auto_id="header-%s"))
        if row.plan is not None:
            seen = plans_visible_to(self.person, self.held).filter(pk=row.plan.pk).exists()
            return redirect("ledger:plan-detail", code=row.plan.code) if seen else redirect("ledger:imports")
        return self.waiting(row)

    def waiting(self, row: PlanImport) -> HttpResponse:
        """What was received, how far the reading is, or why nothing can be read."""
        context = {
            "row": row,
            "files": list(row.files.select_related("content")),
            "fault": fault_sentence(row),
            "reads_itself": row.state == ImportState.UPLOADED,
        }
        return self.show("workflow/import/reading.html", context)

    def place_of_line(self, row: PlanImport) -> ImportMeasure | None:
        """The measure of the line of the source that the address names alone."""
        line = number_in(self.request.GET, "line")
        return place_of(row, line) if line is not None and "measure" not in self.request.GET else None

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Keep title and period."""
        row = self.draft(number)
        form = HeaderForm(request.POST, auto_id="header-%s")
        if form.is_valid():
            try:
                change_header(row, by=self.person, **form.particulars())
            except Invalid as refusal:
                form.add_error("end" if refusal.field == "period_end" else "title", str(refusal))
        if self.is_htmx:
            return self.show("workflow/import/_saved.html", saved_context(row, form_errors(form)))
        return self.page(row, form, status=422) if form.errors else redirect(draft_url(row))

    def page(self, row: PlanImport, form: HeaderForm, *, status: int = 200) -> HttpResponse:
        """The draft at the place that the address asks for."""
        asked = self.asked(row)
        cards = cards_of(row, asked.page.measures)
        context = {
            "row": row,
            "form": form,
            "sections": self.sections,
            "asked": asked,
            "cards": cards,
            "known": self.known(row),
            "goes_on": row.renews is None or sees_whole(self.held, row.renews),
            "offered": plan_alike(row, self.held) if row.renews_id is None else None,
            "total": sum(section.count for section in self.sections),  # type: ignore[attr-defined]
            **warnings_context(row),
            **source_context(row, self.line(asked)),
        }
        return self.show("workflow/import/draft.html", context, status=status)

    def asked(self, row: PlanImport) -> Asked:
        """The section and page: of a source's line, of a measure, or named; else the first."""
        self.sections = sections_with_counts(row)
        measure = self.asked_measure(row)
        if measure is not None:
            section: ImportSection | None = measure.section
            return Asked(section, measure_page(measure.section, page_start(measure)), measure)
        key = number_in(self.request.GET, "section")
        section = next((one for one in self.sections if one.pk == key), next(iter(self.sections), None))
        if section is None:
            return Asked(None, MeasurePage([], None, None), None)
        return Asked(section, measure_page(section, number_in(self.request.GET, "from")), None)

    def asked_measure(self, row: PlanImport) -> ImportMeasure | None:
        """The measure of the key in the address."""
        key = number_in(self.request.GET, "measure")
        return row.measures.filter(pk=key).select_related("section").first() if key is not None else None

    def line(self, asked: Asked) -> int:
        """The source's line to begin with."""
        line = number_in(self.request.GET, "line")
        if line is not None:
            return line
        first = asked.measure or next((one for one in asked.page.measures if one.line), None)
        return (first.line if first else None) or 1

    def known(self, row: PlanImport) -> Plan | None:
        """The plan that has this source already."""
        return known_plan(row.source_hash)


class UndoImport(ImportPage):
    """POST: take the last edit back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Back to the section where one was."""
        row = self.draft(number)
        undo(row, by=self.person, version=number_in(request.POST, "version"))
        section = number_in(request.POST, "section")
        return go_to(request, draft_url(row, section=section) if section else draft_url(row))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A warning with its number, whether it was dealt with, and the measure on whose lines it is."""

    number: int
    warning: ReaderWarning
    is_done: bool
    measure: int | None


def numbered(row: PlanImport) -> list[Numbered]:
    """The import's warnings, those that are open first."""
    done = set(row.ticked)
    warnings = zip(from_stored(row.warnings), row.warned, strict=True)
    found = [Numbered(n, one, n in done, of) for n, (one, of) in enumerate(warnings, start=1)]
    return sorted(found, key=lambda one: (one.is_done, one.number))


def warnings_context(row: PlanImport, shown: int = SHOWN_WARNINGS) -> dict[str, Any]:
    """What the panel of warnings shows."""
    found = numbered(row)
    return {
        "row": row,
        "warnings": found[:shown],
        "warnings_left": sum(not one.is_done for one in found),
        "warnings_more": max(len(found) - shown, 0),
    }


def source_context(row: PlanImport, line: int) -> dict[str, Any]:
    """What the pane with the source shows. One statement."""
    text = ImportText.objects.filter(plan_import=row).values_list("text", flat=True).first() or ""
    return {"row": row, "source": window(text, line)}


def saved_context(row: PlanImport, errors: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What is said when an edit was kept, or why it was not."""
    return {"row": row, "errors": errors}


def form_errors(form: LedgerForm) -> list[tuple[str, str]]:
    """Each error with the field it stands at."""
    return [(form[name].auto_id, str(error)) for name, errors in form.errors.items() for error in errors]
