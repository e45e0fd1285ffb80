"""What the changes of a measure's shares under way have in common: when they may be made, and what follows from them."""

from workflow.actions.lapsing import lapse_consolidation
from workflow.actions.shares import UNREPORTED, begin_measure, report_measure
from workflow.actions.step import Step
from workflow.models import Cycle, Share
from workflow.models.consolidation import ConsolidationDecision
from workflow.queries.seats import Bench
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, NotFound, require
from workflow.states import MeasureState, ShareState

COUNTED = {
    ShareState.ASSIGNED: "shares_unaccepted",
    ShareState.REPORTED: "shares_reported",
    ShareState.VERIFIED: "shares_verified",
}
"""The measure's count of its shares in each state; those in progress have none of their own."""


def shares_may_change(step: Step) -> None:
    """Raise Conflict unless the measure is assigned or in progress: a reported one is returned first."""
    require(step.measure.state in UNREPORTED, Conflict("measure.shares_fixed"))


def open_share_of(step: Step, bench: Bench, share_id: int) -> Share:
    """The measure's open share of that id, bound to the locked measure; raises NotFound, or Conflict where it ended."""
    share = next((share for share in bench.shares if share.pk == share_id), None)
    if share is None:
        raise NotFound("thing.unknown")
    require(share.is_open, Conflict("state.wrong", state=str(share.state), of="share"))
    share.measure = step.measure
    return share


def lapse(step: Step, cycle: Cycle, reason: str) -> None:
    """The consolidation under way was built from other shares: it lapses, and whoever changed them did not touch it."""
    lapse_consolidation(step, cycle, reason, ConsolidationDecision.LAPSED)


def uncount(step: Step, share: Share) -> None:
    """Take an open share that ends out of the measure's counts; call before it moves."""
    step.measure.shares_open -= 1
    count = COUNTED.get(ShareState(share.state))
    if count is not None:
        setattr(step.measure, count, getattr(step.measure, count) - 1)


def settle_measure(step: Step) -> None:
    """A share that ended or a request that was decided may have been what a measure waited for: it begins, or its
    approved shares are gathered. A single one among them reports the measure: nothing is written twice.

    Neither happens while a request is pending that keeps it from being reported.
    """
    measure = step.measure
    begin_measure(step)
    is_gathered = measure.shares_open == measure.shares_verified > 0
    if measure.state != MeasureState.IN_PROGRESS or not is_gathered:
        return
    if measure.shares_open == 1:
        if measure.requests_open:
            return
        report_measure(step)
    follow(measure, Verb.GATHER, by=step.by)
