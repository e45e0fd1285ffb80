"""A bureau that was merged or replaced hands its open shares to its successor (DOMAIN.md, Requests).

The administrator records the succession alone: that the shares follow is no decision of theirs, and happens with it.
"""

from collections.abc import Mapping

from accounts.belonging import succeed
from accounts.models import Bureau
from workflow.actions.crew import lapse, settle_measure
from workflow.actions.ending import close_share
from workflow.actions.leading import hand_lead
from workflow.actions.people import require_administrator
from workflow.actions.step import Step, acting, required, within
from workflow.actions.work_in_hand import work_in_hand
from workflow.models import HandOver, Measure, Share
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.states import ShareOutcome, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

BASIS_LONGEST = 500


def split_bureau(
    bureau: Bureau, *, by: Actor, successor: Bureau, chosen: Mapping[int, Bureau], basis: str
) -> Bureau:
    """Record that `bureau` was split and is closed: `successor` carries its name on and takes over its open shares,
    but those (ids) for which another bureau was `chosen`.

    Raises Invalid for a successor, or a bureau chosen, that does not stand.
    """
    with acting(AuditAction.BUREAU_SPLIT, None, by=by) as step:
        require_administrator(step)
        basis = required(basis, "basis", "input.basis", BASIS_LONGEST)
        bureau = Bureau.objects.get(pk=bureau.pk)
        for one in (successor, *chosen.values()):
            stands = one.active and one.succeeded_by_id is None and one.pk != bureau.pk
            require(stands, Invalid("input.successor", field="successor"))
        require(bureau.succeeded_by_id is None, Conflict("succession.done"))
        count = hand_over_shares(step, bureau, successor, basis, chosen)
        succeed(bureau, successor)
        Bureau.objects.filter(pk=bureau.pk).update(active=False)
        names = sorted({successor.name, *(one.name for one in chosen.values())})
        step.note(bureau, reason=basis, payload={"successors": names, "handed_over": count})
    return bureau


def hand_over_shares(
    step: Step, bureau: Bureau, successor: Bureau, basis: str, chosen: Mapping[int, Bureau] | None = None
) -> int:
    """Hand each open share of `bureau` to `successor`, or to whom was chosen for it; returns how many there were.

    Raises Invalid where there are some and no `basis` is given (what ordered the reorganisation), or where the
    successor's own share in one of the measures has ended: then a supervisor ends the open one first.
    """
    theirs = Share.objects.filter(bureau=bureau).exclude(state=ShareState.CLOSED)
    measures = list(Measure.objects.filter(shares__in=theirs).order_by("pk"))
    if measures:
        basis = required(basis, "basis", "bureau.basis", BASIS_LONGEST)
    for measure in measures:
        with within(step, measure, AuditAction.SHARE_HAND_OVER) as part:
            _hand_over(part, bureau, successor, basis, chosen or {})
    return len(measures)


def _hand_over(
    part: Step, bureau: Bureau, successor: Bureau, basis: str, chosen: Mapping[int, Bureau]
) -> None:
    shares = {share.bureau_id: share for share in part.measure.shares.all()}
    share = shares[bureau.pk]
    if not share.is_open:  # it ended while its measure was waited for
        return
    successor = chosen.get(share.pk, successor)
    other = shares.get(successor.pk)
    share.measure = part.measure
    HandOver.objects.create(
        from_bureau=bureau,
        to_bureau=successor,
        measure=part.measure,
        share=share,
        basis=basis,
        at=part.at,
        by=part.person,
    )
    payload = {"from": bureau.name, "to": successor.name}
    part.note(share, reason=basis, payload=payload)
    if other is None:
        Share.objects.filter(pk=share.pk).update(bureau=successor)
        follow(part.measure, Verb.HAND_OVER, by=part.by, shares=[share])
    else:
        _transfer(part, share, other, basis)


def _transfer(part: Step, share: Share, other: Share, basis: str) -> None:
    """The successor has a share already: the one handed over ends as transferred, and the successor's leads where it led."""
    if not other.is_open:
        code = part.measure.code
        raise Invalid("succession.share_ended", field="succeeded_by", measure_code=code)
    lapse(part, part.measure.current_cycle, basis)
    if share.is_lead:
        hand_lead(part, other, basis)
    give = work_in_hand(share)
    close_share(part, share, ShareOutcome.TRANSFERRED, basis)
    give(other)
    follow(part.measure, Verb.END_SHARE, by=part.by, shares=[share])
    settle_measure(part)
