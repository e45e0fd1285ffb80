"""What a consolidation is built from, and its last draft."""

from django.db.models import Prefetch

from workflow.models import Consolidation, Evidence, Reading, Report
from workflow.models.report import ReviewDecision


def approved_reports(measure_id: int) -> list[Report]:
    """The approved report of each share in the current cycle, the lead's first, with readings and evidence.

    The share cycle's own `evidence` is what went with any version sent: a version sent again need not repeat it.
    """
    sent = Evidence.objects.filter(removed_at=None, report__isnull=False)
    found = (
        Report.objects.filter(
            share_cycle__share__measure_id=measure_id,
            share_cycle__cycle__is_current=True,
            withdrawn_at=None,
            returned_at=None,
            decision=ReviewDecision.APPROVED,
        )
        .select_related("share_cycle__share__bureau", "submitted_by", "decided_by", "returned_by")
        .prefetch_related(
            Prefetch("readings", Reading.objects.select_related("target").order_by("target__position")),
            Prefetch("evidence", Evidence.objects.filter(removed_at=None).select_related("content")),
            Prefetch("share_cycle__evidence", sent.select_related("content", "report")),
        )
        .order_by("-share_cycle__share__is_lead", "share_cycle__share_id", "-version")
    )
    newest: dict[int, Report] = {}
    for report in found:
        newest.setdefault(report.share_cycle_id, report)
    return list(newest.values())


def last_consolidation(measure_id: int) -> Consolidation | None:
    """The newest consolidation of the current cycle."""
    return (
        Consolidation.objects.filter(cycle__measure_id=measure_id, cycle__is_current=True)
        .select_related("drafted_by", "decided_by")
        .order_by("-version")
        .first()
    )
