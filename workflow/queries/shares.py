"""Shares of a measure as decisions name them."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Bureau
from workflow.models import Share, ShareCycle
from workflow.states import ShareOutcome, ShareState


def shares_to_return(measure_id: int) -> list[Share]:
    """The approved shares that a supervisor, an evaluation or the approver can send back; the lead first."""
    return list(
        Share.objects.filter(measure_id=measure_id, state=ShareState.VERIFIED)
        .select_related("bureau")
        .order_by("-is_lead", "pk")
    )


def open_shares(measure_id: int) -> list[Share]:
    """The shares of a measure that have not ended; the lead first."""
    return list(
        Share.objects.filter(measure_id=measure_id)
        .exclude(state=ShareState.CLOSED)
        .select_related("bureau", "measure")
        .order_by("-is_lead", "pk")
    )


def open_shares_of_bureau(bureau: Bureau) -> list[Share]:
    """Every share of the bureau that has not ended, by its measure's code."""
    found = Share.objects.filter(bureau=bureau).exclude(state=ShareState.CLOSED)
    return list(found.select_related("measure").order_by("measure__code"))


def shares_to_reopen(measure_id: int) -> list[Share]:
    """The shares of a closed measure that can go on: not those that ended as transferred, or in an earlier cycle."""
    in_last = Exists(ShareCycle.objects.filter(share=OuterRef("pk"), cycle__is_current=True))
    return list(
        Share.objects.filter(in_last, measure_id=measure_id, state=ShareState.CLOSED)
        .exclude(outcome=ShareOutcome.TRANSFERRED)
        .select_related("bureau")
        .order_by("-is_lead", "pk")
    )


def current_share_cycle(share_id: int) -> ShareCycle:
    """The share in the measure's current cycle, with the cycle."""
    return ShareCycle.objects.select_related("cycle").get(share_id=share_id, cycle__is_current=True)


def unaccepted_shares(plan_id: int) -> QuerySet[Share]:
    """The plan's shares that their bureaus have not accepted, those dispatched first before the others."""
    waiting = Share.objects.filter(plan_id=plan_id, state=ShareState.ASSIGNED)
    return waiting.select_related("measure", "bureau").order_by("dispatched_on", "pk")
