"""Reports of a share with their readings and evidence, and what a new one is built from."""

from django.db.models import Prefetch, QuerySet

from workflow.models import Evidence, Reading, Report, Share, Target
from workflow.models.report import ReviewDecision
from workflow.states import TargetState


def reports_of_share(share_id: int) -> list[Report]:
    """The reports of the current cycle that were not withdrawn, newest first, with readings and evidence."""
    return list(
        Report.objects.filter(
            share_cycle__share_id=share_id, share_cycle__cycle__is_current=True, withdrawn_at=None
        )
        .select_related("submitted_by", "decided_by", "returned_by")
        .prefetch_related(
            Prefetch("readings", Reading.objects.select_related("target").order_by("target__position")),
            Prefetch("evidence", Evidence.objects.filter(removed_at=None).select_related("content")),
        )
        .order_by("-version")
    )


def last_written(share_id: int) -> Report | None:
    """The newest report of the current cycle, withdrawn or returned ones included: its words need not be typed again."""
    return (
        Report.objects.filter(share_cycle__share_id=share_id, share_cycle__cycle__is_current=True)
        .select_related("submitted_by", "decided_by", "returned_by")
        .prefetch_related("readings__target")
        .order_by("-version")
        .first()
    )


def last_of_earlier_cycle(share_id: int) -> Report | None:
    """The approved report of the cycle before, which an unchanged cycle repeats."""
    return (
        Report.objects.filter(
            share_cycle__share_id=share_id,
            share_cycle__cycle__is_current=False,
            decision=ReviewDecision.APPROVED,
            returned_at=None,
        )
        .select_related("submitted_by", "decided_by", "returned_by")
        .prefetch_related("readings__target")
        .order_by("-share_cycle__cycle__index", "-version")
        .first()
    )


def targets_of_share(share: Share) -> list[Target]:
    """The confirmed targets of which this share gives a reading: all for the lead, else those for every share."""
    targets = Target.objects.filter(measure_id=share.measure_id, state=TargetState.CONFIRMED)
    if not share.is_lead:
        targets = targets.filter(every_share=True)
    return list(targets.order_by("position"))


def pending_evidence(share_id: int) -> list[Evidence]:
    """What was uploaded for the report that is still being written."""
    return list(
        Evidence.objects.filter(
            share_cycle__share_id=share_id,
            share_cycle__cycle__is_current=True,
            report=None,
            removed_at=None,
        )
        .select_related("content", "uploaded_by")
        .order_by("pk")
    )


def sent_evidence(share_id: int) -> list[Evidence]:
    """What went with the versions already sent in this cycle: it need not be uploaded again."""
    return list(
        Evidence.objects.filter(
            share_cycle__share_id=share_id,
            share_cycle__cycle__is_current=True,
            report__isnull=False,
            removed_at=None,
        )
        .select_related("content", "uploaded_by", "report")
        .order_by("pk")
    )


def sent_evidence_of(measure_id: int) -> QuerySet[Evidence]:
    """What went with the reports of all shares of a measure in its current cycle."""
    sent = Evidence.objects.filter(
        share_cycle__share__measure_id=measure_id, share_cycle__cycle__is_current=True
    )
    return sent.filter(report__isnull=False, removed_at=None).select_related("content", "report")
