"""Shares of a measure as decisions name them."""

from workflow.models import Share, ShareCycle
from workflow.states import ShareOutcome, ShareState


def shares_to_return(measure_id: int) -> list[Share]:
    """The approved shares that a supervisor, an evaluation or the approver can send back; the lead first."""
    return list(
        Share.objects.filter(measure_id=measure_id, state=ShareState.VERIFIED)
        .select_related("bureau")
        .order_by("-is_lead", "pk")
    )


def shares_to_reopen(measure_id: int) -> list[Share]:
    """The shares of a closed measure that can go on: not those that ended as transferred."""
    return list(
        Share.objects.filter(measure_id=measure_id, state=ShareState.CLOSED)
        .exclude(outcome=ShareOutcome.TRANSFERRED)
        .select_related("bureau")
        .order_by("-is_lead", "pk")
    )


def current_share_cycle(share_id: int) -> ShareCycle:
    """The share in the measure's current cycle, with the cycle."""
    return ShareCycle.objects.select_related("cycle").get(share_id=share_id, cycle__is_current=True)
