"""填报: progress, a reading or a reason for each target, evidence, problems, next steps; or unchanged, in one click."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from workflow.actions.evidence import add_evidence
from workflow.clock.now import today
from workflow.models import Report, Target
from workflow.pages.steps.evidence_form import EvidenceForm
from workflow.pages.steps.report_form import ReportForm, UnchangedForm
from workflow.pages.steps.step import Decision, Step
from workflow.queries.reports import (
    last_of_earlier_cycle,
    last_written,
    pending_evidence,
    sent_evidence,
    targets_of_share,
)
from workflow.queries.returns import Return, share_returns
from workflow.queries.roadmap import in_hand_of
from workflow.queries.rules import rules_of
from workflow.queries.timeline import Moment, last_reopening
from workflow.routing import Verb
from workflow.rules.refusal import Invalid
from workflow.templatetags.ledger import number


class Fill(Step):
    """The report of a share."""

    template = "flows/share/fill.html"
    decisions = {
        "submit": Decision(Verb.SUBMIT, ReportForm, _("Submit for review")),
        "unchanged": Decision(Verb.SUBMIT, UnchangedForm, _("Report as unchanged")),
    }
    draft_kind = "share.submit"
    main = "submit"

    def build_with(self, name: str) -> dict[str, Any]:
        """The targets to read, or the report to repeat."""
        if name == "submit":
            return {"targets": self.targets}
        return {"before": self.before}

    @cached_property
    def targets(self) -> list[Target]:
        """The targets of which this share gives a reading."""
        return targets_of_share(self.share)

    @cached_property
    def before(self) -> Report | None:
        """The approved report of the cycle before."""
        return last_of_earlier_cycle(self.item.share_id)

    @cached_property
    def last(self) -> Report | None:
        """The newest version written in this cycle: withdrawn, or returned with a reason."""
        return last_written(self.item.share_id)

    def proposal(self, name: str) -> dict[str, Any]:
        """The words of the version that was returned or withdrawn, and today as the day of each reading."""
        if name != "submit":
            return {}
        dated = {f"as-of-{target.pk}": today() for target in self.targets}
        return {**dated, **(_words(self.last) if self.last is not None else {})}

    def came_back(self) -> Return | None:
        """Why the last version came back; it stays said when a newer one was withdrawn."""
        return share_returns([self.thing_id]).get(self.thing_id)

    def reopened(self) -> Moment | None:
        """Why the share goes on although its last report stands approved: the measure was put back on the ledger."""
        stands = self.last is not None and self.last.decision and self.last.returned_at is None
        return last_reopening(self.item.share_id) if stands else None

    @property
    def limit_mb(self) -> int:
        """How large a file may be."""
        return rules_of(self.measure.plan_id, today()).numbers.evidence_max_mb

    def receive(self, data: QueryDict, files: MultiValueDict[str, Any]) -> None:
        """Files that were chosen but not uploaded when the report was sent go with it."""
        if not files.getlist("file"):
            return
        form = EvidenceForm(data, files)
        if not form.is_valid():
            raise Invalid("input.file_empty", field="file")
        for file in form.cleaned_data["file"]:
            self.add(file, form.cleaned_data["grade"])

    def add(self, file: UploadedFile[bytes], grade: str) -> None:
        """Tie one uploaded file to the report that is being written; raises Invalid for one that will not do."""
        add_evidence(
            self.share,
            by=self.person,
            name=file.name or "",
            content=file,
            content_type=file.content_type or "",
            grade=grade,
        )

    def facts(self) -> dict[str, Any]:
        """Evidence so far, the last version, and what may be repeated."""
        return {
            "evidence": pending_evidence(self.item.share_id),
            "evidence_sent": sent_evidence(self.item.share_id),
            "evidence_form": EvidenceForm(auto_id="evidence-%s"),
            "limit_mb": self.limit_mb,
            "last": self.last,
            "reopened": self.reopened(),
            "before": self.before,
            "in_hand": in_hand_of(self.share),
        }


def _words(report: Report) -> dict[str, Any]:
    """A report as the initial values of the form."""
    found: dict[str, Any] = {
        "progress": report.progress,
        "problems": report.problems,
        "needs_coordination": report.needs_coordination,
        "next_steps": report.next_steps,
    }
    for reading in report.readings.all():
        found[f"reading-{reading.target_id}"] = "" if reading.value is None else number(reading.value)
        found[f"reason-{reading.target_id}"] = reading.reason
        found[f"as-of-{reading.target_id}"] = reading.as_of
    return found
