"""What the pages of decisions without a work item read: a share, a target, the cycle, the lead."""

from workflow.models import Cycle, Measure, Report, Share, Target
from workflow.rules.refusal import NotFound


def lead_bureau_of(measure: Measure) -> int | None:
    """The bureau whose share leads, None before dispatch."""
    return measure.shares.filter(is_lead=True).values_list("bureau_id", flat=True).first()


def cycle_of(measure: Measure) -> Cycle | None:
    """The measure's current cycle, None before dispatch."""
    return measure.cycles.filter(is_current=True).first()


def share_of(measure: Measure, share_id: int) -> Share:
    """The measure's share of that id, bound to the measure; raises NotFound."""
    share = measure.shares.select_related("bureau").filter(pk=share_id).first()
    if share is None:
        raise NotFound("thing.unknown")
    share.measure = measure
    return share


def target_of(measure: Measure, target_id: int) -> Target:
    """The measure's target of that id; raises NotFound."""
    target = measure.targets.filter(pk=target_id).first()
    if target is None:
        raise NotFound("thing.unknown")
    return target


def latest_report(share: Share) -> Report | None:
    """The report of the share that counts in the current cycle."""
    return (
        Report.objects.filter(
            share_cycle__share=share, share_cycle__cycle__is_current=True, withdrawn_at=None
        )
        .order_by("-version")
        .first()
    )


def latest_reports(measure: Measure) -> dict[int, Report]:
    """Share's id → its report that counts in the current cycle; one statement for all shares."""
    reports = Report.objects.filter(
        share_cycle__share__measure=measure, share_cycle__cycle__is_current=True, withdrawn_at=None
    ).select_related("share_cycle")
    return {report.share_cycle.share_id: report for report in reports.order_by("version")}
