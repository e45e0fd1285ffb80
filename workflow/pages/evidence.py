"""Evidence: dropped or chosen while the report is written, removable until it is sent, graded when it is verified; read
after a check.
"""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from flows.models import WorkItem
from flows.work import find_item
from workflow.actions.evidence import confirm_grade, remove_evidence
from workflow.models import Evidence
from workflow.models.evidence import EvidenceGrade
from workflow.pages.draft import keep_typed
from workflow.pages.page import Page
from workflow.pages.steps.evidence_form import EvidenceForm
from workflow.pages.steps.fill import Fill
from workflow.pages.steps.verify import Verify
from workflow.pages.work import must_be_at_hand, step_of
from workflow.queries.reports import pending_evidence, sent_evidence, sent_evidence_of
from workflow.queries.visibility import evidence_visible_to
from workflow.rules.refusal import Conflict, Invalid, NotFound
from workflow.trail.actions import AuditAction
from workflow.trail.visits import note_visit

INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""What a browser shows without running anything of it; all else is downloaded."""


class EvidenceList(Page):
    """What both changes share: the report being written, and the answer. Words typed so far are kept as a draft."""

    http_method_names = ["post"]

    def desk(self, run: int, item: int) -> Fill:
        """The report that this person is writing; raises the refusal that keeps them from it."""
        step = step_of(find_item(self.person, run, item), self.person)
        if not isinstance(step, Fill):
            raise Conflict("item.wrong_verb")
        must_be_at_hand(step)
        if not self.is_htmx and "progress" in self.request.POST:
            keep_typed(step, self.request.POST)
        return step

    @property
    def is_htmx(self) -> bool:
        """Whether only the list is wanted."""
        return self.request.headers.get("HX-Request") == "true"

    def answer(self, step: Fill, words: str) -> HttpResponse:
        """The files as they are now for htmx; the step's page otherwise."""
        if self.is_htmx:
            return self.files(step, EvidenceForm(auto_id="evidence-%s"), words)
        messages.success(self.request, words)
        return redirect("ledger:work", run=step.item.process_id, item=step.item.pk)

    def refused(self, step: Fill, form: EvidenceForm) -> HttpResponse:
        """The list with the error for htmx; the step's page with a line above it otherwise."""
        if self.is_htmx:
            return self.files(step, form, "")
        for errors in form.errors.values():
            messages.error(self.request, " ".join(str(error) for error in errors))
        return redirect("ledger:work", run=step.item.process_id, item=step.item.pk)

    def files(self, step: Fill, form: EvidenceForm, words: str) -> HttpResponse:
        """The part of the page that lists the files."""
        context = {
            "item": step.item,
            "evidence": pending_evidence(step.thing_id),
            "evidence_sent": sent_evidence(step.thing_id),
            "evidence_form": form,
            "limit_mb": step.limit_mb,
            "words": words,
        }
        return self.show("parts/_files.html", context, status=422 if form.errors else 200)


class AddEvidence(EvidenceList):
    """POST files and their grade."""

    def post(self, request: HttpRequest, run: int, item: int) -> HttpResponse:
        """Store every file that was dropped; the one at fault is named."""
        step = self.desk(run, item)
        form = EvidenceForm(request.POST, request.FILES, auto_id="evidence-%s")
        if form.is_valid():
            store(step, form)
        if form.errors:
            return self.refused(step, form)
        count = len(form.cleaned_data["file"])
        words = ngettext("%(count)s file added.", "%(count)s files added.", count)
        return self.answer(step, words % {"count": count})


def store(step: Fill, form: EvidenceForm) -> None:
    """Add each file of a valid form; what the action refuses stands at the field."""
    for file in form.cleaned_data["file"]:
        try:
            step.add(file, form.cleaned_data["grade"])
        except Invalid as refusal:
            form.add_error(refusal.field, f"{file.name}: {refusal}")
            return


class RemoveEvidence(EvidenceList):
    """POST: take a file out of the report that is being written."""

    def post(self, request: HttpRequest, run: int, item: int, evidence: int) -> HttpResponse:
        """Remove it; the content outlives the row."""
        step = self.desk(run, item)
        found = next((e for e in pending_evidence(step.thing_id) if e.pk == evidence), None)
        if found is None:
            raise NotFound("thing.unknown")
        remove_evidence(found, by=self.person)
        return self.answer(step, _("Removed: %(name)s.") % {"name": found.name})


class ConfirmGrade(Page):
    """POST: who verifies the measure confirms the grade proposed for a file, or gives it another."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run: int, item: int, evidence: int) -> HttpResponse:
        """Confirm it; htmx gets the file as it is listed now, others the page."""
        work = find_item(self.person, run, item)
        if not isinstance(step_of(work, self.person), Verify):
            raise Conflict("item.wrong_verb")
        found = sent_evidence_of(work.measure_id).filter(pk=evidence).first()
        if found is None:
            raise NotFound("thing.unknown")
        file = confirm_grade(found, by=self.person, grade=request.POST.get("grade", ""))
        if request.headers.get("HX-Request") == "true":
            return self.show("parts/_graded_file.html", self.listed(work, file))
        messages.success(request, _("Grade confirmed: %(name)s.") % {"name": file.name})
        return redirect("ledger:work", run=run, item=item)

    def listed(self, work: WorkItem, file: Evidence) -> dict[str, Any]:
        """What the list shows of a file whose grade can be changed."""
        return {
            "item": work,
            "file": file,
            "grading": True,
            "grades": EvidenceGrade.choices,
            "with_version": "with_version" in self.request.POST,
        }


class ReadEvidence(Page):
    """GET the content; the right is the row's, never the hash's."""

    def get(self, request: HttpRequest, evidence: int) -> HttpResponseBase:
        """The file, shown where that is safe and downloaded otherwise."""
        found = evidence_visible_to(self.person).filter(pk=evidence).select_related("content").first()
        if found is None:
            raise NotFound("thing.unknown")
        about = {"name": found.name, "sha256": found.content.sha256}
        note_visit(AuditAction.EVIDENCE_READ, by=self.person, thing=found, **about)
        return _served(found)


def _served(evidence: Evidence) -> FileResponse:
    """The uploader's word on the media type is never taken further than the few that are shown inline."""
    is_shown = evidence.content_type in INLINE
    response = FileResponse(
        evidence.content.file.open("rb"),
        content_type=evidence.content_type if is_shown else "application/octet-stream",
    )
    way = "inline" if is_shown else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(evidence.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    sandbox = "" if evidence.content_type == "application/pdf" else "; sandbox"
    response["Content-Security-Policy"] = f"default-src 'none'{sandbox}"
    return response
