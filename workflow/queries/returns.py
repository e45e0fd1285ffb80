"""Work that came back: the last return of a report or a consolidation, as long as nothing new was sent after it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.compiled import CompiledRead, Keys
from workflow.models import Consolidation, Report
from workflow.models.consolidation import ConsolidationDecision


@dataclass(frozen=True, slots=True)
class Return:
    """Which version came back, from whom, when and why."""

    version: int
    who: str
    at: datetime
    reason: str


def _reports() -> QuerySet[Report]:
    sent = Report.objects.filter(
        share_cycle__share__in=Keys("shares"), share_cycle__cycle__is_current=True, withdrawn_at=None
    )
    shown = ("version", "returned_at", "return_reason", "share_cycle__share_id", "returned_by__name")
    return sent.select_related("share_cycle", "returned_by").only(*shown).order_by("version")


def _drafts() -> QuerySet[Consolidation]:
    sent = Consolidation.objects.filter(cycle__measure__in=Keys("measures"), cycle__is_current=True)
    shown = (
        "version",
        "decision",
        "decided_at",
        "decision_reason",
        "cycle__measure_id",
        "decided_by__name",
    )
    return sent.select_related("cycle", "decided_by").only(*shown).order_by("version")


_REPORTS = CompiledRead(_reports)
_DRAFTS = CompiledRead(_drafts)


def share_returns(shares: Collection[int]) -> dict[int, Return]:
    """Share id → the return of its newest report in the current cycle that was not withdrawn, where it was returned.

    One statement, none for no shares.
    """
    if not shares:
        return {}
    newest = {report.share_cycle.share_id: report for report in _REPORTS(shares=shares)}
    return {
        share: Return(report.version, report.returned_by.name, report.returned_at, report.return_reason)
        for share, report in newest.items()
        if report.returned_at is not None and report.returned_by is not None
    }


def measure_returns(measures: Collection[int]) -> dict[int, Return]:
    """Measure id → the return of its newest consolidation in the current cycle, where it was returned.

    One statement, none for no measures.
    """
    if not measures:
        return {}
    newest = {draft.cycle.measure_id: draft for draft in _DRAFTS(measures=measures)}
    return {
        measure: Return(draft.version, draft.decided_by.name, draft.decided_at, draft.decision_reason)
        for measure, draft in newest.items()
        if draft.decision == ConsolidationDecision.RETURNED
        and draft.decided_at is not None
        and draft.decided_by is not None
    }
