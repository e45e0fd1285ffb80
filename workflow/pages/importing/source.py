"""原文: the text and the files of an import, beside its draft and later beside its plan."""

from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from accounts.models import User
from workflow.models import ImportText, PlanImport
from workflow.pages.importing.draft import source_context
from workflow.pages.importing.page import ImportPage, number_in
from workflow.pages.page import Page
from workflow.queries.source_lines import line_at
from workflow.queries.visibility import plan_visible_to
from workflow.rules.refusal import NotFound
from workflow.trail.actions import AuditAction
from workflow.trail.visits import note_visit


class SourceOfImport(ImportPage):
    """GET the lines around a line (`line`) or a place (`at`) of the text."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The pane alone for htmx, a page otherwise."""
        row = self.find(number)
        return _lines(self, row)


class FileOfImport(ImportPage):
    """GET one of the files as it came."""

    def get(self, request: HttpRequest, number: int, position: int) -> HttpResponseBase:
        """The file, to be downloaded."""
        return _file(self.find(number), position, self.person)


class PlanSource(Page):
    """GET the text from which the plan was made, for who may see the plan."""

    tab = "ledger:plans"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The lines around the one asked for, and the files."""
        return _lines(self, brought_in(self, code))


class PlanSourceFile(Page):
    """GET one of the plan's files, for who may see the plan."""

    tab = "ledger:plans"

    def get(self, request: HttpRequest, code: str, position: int) -> HttpResponseBase:
        """The file, to be downloaded."""
        return _file(brought_in(self, code), position, self.person)


def brought_in(page: Page, code: str) -> PlanImport:
    """The import from which a plan was made; raises NotFound where the plan is not theirs to see, or came another way."""
    plan = plan_visible_to(page.person, code, page.held)
    found = PlanImport.objects.filter(plan=plan).select_related("plan").order_by("-edition", "-pk")
    edition = number_in(page.request.GET, "edition")
    row = (found.filter(edition=edition) if edition is not None else found).first()
    if row is None:
        raise NotFound("thing.unknown")
    return row


def _lines(page: Page, row: PlanImport) -> HttpResponse:
    line, place = number_in(page.request.GET, "line"), number_in(page.request.GET, "at")
    if place is not None:
        text = ImportText.objects.filter(plan_import=row).values_list("text", flat=True).first() or ""
        line = line_at(text, place)
    context = {**source_context(row, line or 1), "line": line, "plan": row.plan}
    context["edition"] = number_in(page.request.GET, "edition")
    if page.request.headers.get("HX-Request") == "true":
        return page.show("workflow/import/_source.html", context)
    files = list(row.files.select_related("content"))
    return page.show("workflow/import/source.html", {**context, "files": files})


def _file(row: PlanImport, position: int, by: User) -> FileResponse:
    """The file as it came, never shown by the browser itself."""
    found = row.files.filter(position=position).select_related("content").first()
    if found is None:
        raise NotFound("thing.unknown")
    note_visit(AuditAction.SOURCE_EXPORT, by=by, thing=row, name=found.name)
    response = FileResponse(found.content.file.open("rb"), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
