"""The flows' side of the port: what an action did moves the runs on (DESIGN.md, One way to act)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet
from viewflow.workflow.status import PROCESS

from accounts.compiled import CompiledRead, Slot
from accounts.models import User
from accounts.rights import DAY, PERMISSION, PERSON, granted_role
from accounts.roles import Permission, Role, ScopeKind
from flows import bulk
from flows.crew import VERBS, follow_crew
from flows.holders import with_holder
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.nodes import Work
from flows.share import ShareFlow
from flows.work import is_eligible, performing
from workflow.clock.now import now, today
from workflow.models import Measure, Request, Share
from workflow.queries.requests import lead_bureau
from workflow.routing import Verb
from workflow.rules.refusal import Conflict, require
from workflow.trail.actor import Actor


def follow(thing: Measure | Share | Request, verb: Verb, *, by: Actor, shares: Iterable[Share] = ()) -> None:
    """Move the runs of `thing` on after `verb`.

    Raises Conflict where no open item or resting run of the thing answers to the verb, or the work is somebody
    else's: a state is never left without the work that belongs to it.
    """
    if isinstance(thing, Share):
        _follow_share(thing, verb, by)
    elif isinstance(thing, Request):
        _follow_request(thing, verb, by)
    elif verb in WHOLE:
        WHOLE[verb](thing, list(shares))
    elif verb in VERBS:
        follow_crew(thing, verb, list(shares))
    else:
        _follow_measure(thing, verb, by, list(shares))


WHOLE: dict[Verb, Callable[[Measure, list[Share]], None]] = {
    Verb.DISPATCH: bulk.start_runs,
    Verb.REOPEN: bulk.reopen_runs,
    Verb.AMEND: lambda measure, _: bulk.date_anew(measure),
    Verb.SUSPEND: lambda measure, _: bulk.move_items(measure),
    Verb.RESUME: lambda measure, _: bulk.move_items(measure),
    Verb.CANCEL: lambda measure, _: bulk.cancel_runs(measure),
    Verb.TRANSFER_TO_ROUTINE: lambda measure, _: bulk.cancel_runs(measure),
    Verb.GATHER: lambda measure, _: _gather(measure),
}
"""What concerns every run of a measure, whichever of its items is open."""


def _follow_measure(measure: Measure, verb: Verb, by: Actor, shares: list[Share]) -> None:
    run = _move(measure, None, verb, by)
    require(run is not None or verb == Verb.RENEW, Conflict("item.missing"))
    if verb == Verb.CLOSE:
        bulk.end_runs(measure)
    elif shares:
        bulk.put_report_items(measure, shares)


def _follow_share(share: Share, verb: Verb, by: Actor) -> None:
    if verb == Verb.SEND_BACK:
        _send_back(share, by)
        return
    run = _move(share.measure, share, verb, by)
    if run is None:
        raise Conflict("item.missing")
    if verb == Verb.APPROVE:
        MeasureFlow.gather.wake(_parent_of(run, share.measure))


def _gather(measure: Measure) -> None:
    """Let a measure that rested go on, if every open share is approved; one that is on somebody's desk stays there."""
    if _open_item(measure, None) is None:
        parent = Run.objects.get(measure=measure, share=None, request=None, finished=None)
        parent.measure = measure
        MeasureFlow.gather.wake(parent)


def _follow_request(request: Request, verb: Verb, by: Actor) -> None:
    """The request's own run: it begins when it is raised and is over when the request is."""
    if verb == Verb.RAISE:
        bulk.start_request(request)
        return
    measure = request.measure
    asked = _asked_item(measure, None, request)
    item = asked or _OF_REQUEST.first(measure=measure.pk, request=request.pk)
    if item is None:
        raise Conflict("item.missing")
    run: Run = _bound(item, measure, None).process
    run.request = item.request = request
    if request.decider == Role.HEAD and verb == Verb.SIGN:
        run.bureau_id = lead_bureau(measure)
    node: Work = item.flow_task
    require(_finish(item, verb, by, is_theirs=verb in node.verbs) is not None, Conflict("item.missing"))
    if not request.is_pending:
        run.status, run.finished = PROCESS.DONE, now()
    run.save(update_fields=["bureau", "status", "finished"])


def _send_back(share: Share, by: Actor) -> None:
    """The report comes back to who held it: the review is done by the own head, cut by the lead's, or over already.

    A consolidation under way is taken off the desk with it.
    """
    measure, day = share.measure, today(share.measure.plan.time_zone)
    found = _RETURNED(
        measure=measure.pk, share=share.pk, person=_key(by), permission=Permission.REVIEW_FOR_BUREAU, day=day
    )
    items = {item.share_id: _bound(item, measure, share if item.share_id else None) for item in found}
    review = items.get(share.pk)
    asked = _asked_item(measure, share)
    require(asked is None or asked == review, Conflict("item.ended"))
    if review is None:
        ShareFlow.approved.wake(_resting(share, day))
    else:
        review.process.holder_id = review.holder
        _finish(review, Verb.SEND_BACK, by, is_theirs=review.role_held is not None)
    joint = items.get(None)
    if joint is not None:
        joint.flow_task.cut(joint, Verb.SEND_BACK)


def _resting(share: Share, on: date) -> Run:
    """The share's run, which rests after the approval; raises Conflict where it has none."""
    run: Run | None = _RESTING.first(share=share.pk, day=on)
    if run is None:
        raise Conflict("item.missing")
    run.measure, run.share = share.measure, share
    run.holder_id = run.holder
    return run


def _parent_of(run: Run, measure: Measure) -> Run:
    """The measure's run, read with the share's item, bound to the locked measure."""
    parent = run.parent
    assert parent is not None  # noqa: S101 - every share's run has one
    parent.measure = measure
    return parent


def _open_items(**where: Slot | None) -> QuerySet[WorkItem]:
    open_ones = WorkItem.objects.filter(measure_id=Slot("measure", BigIntegerField()), finished__isnull=True)
    return open_ones.filter(**where).select_related("process__parent")


def _returned() -> QuerySet[Any]:
    """The open items of a share and of its measure, with the person's role in their bureau and who held the report."""
    own = Q(share_id=Slot("share", BigIntegerField())) | Q(share__isnull=True, request__isnull=True)
    role = granted_role(PERSON, PERMISSION, ScopeKind.BUREAU, "bureau_id", DAY)
    return with_holder(_open_items().filter(own).annotate(role_held=role), DAY)


_OF_SHARE = CompiledRead(lambda: _open_items(share_id=Slot("share", BigIntegerField())))
_OF_MEASURE = CompiledRead(lambda: _open_items(share=None, request=None))
_OF_REQUEST = CompiledRead(lambda: _open_items(request_id=Slot("request", BigIntegerField())))
_RETURNED = CompiledRead(_returned)
_RESTING = CompiledRead(
    lambda: with_holder(
        Run.objects.filter(share_id=Slot("share", BigIntegerField()), finished__isnull=True), DAY
    )
)


def _open_item(measure: Measure, share: Share | None) -> WorkItem | None:
    """The one item that is open on the thing, its run bound to the locked measure."""
    item: WorkItem | None
    if share is None:
        item = _OF_MEASURE.first(measure=measure.pk)
    else:
        item = _OF_SHARE.first(measure=measure.pk, share=share.pk)
    return None if item is None else _bound(item, measure, share)


def _bound(item: Any, measure: Measure, share: Share | None) -> Any:
    """The item, with it and its run tied to the locked measure and the share as the action left them."""
    item.measure, item.process.measure = measure, measure
    item.process.share = share
    return item


def _asked_item(measure: Measure, share: Share | None, request: Request | None = None) -> WorkItem | None:
    """The item that the person carries out, as they were shown it; it must be of this very thing.

    None for an action that came without an item, and for what follows by itself once the item was taken.
    """
    item = performing.get()
    if item is None:
        return None
    is_of_this = item.measure_id == measure.pk and item.share_id == (None if share is None else share.pk)
    is_of_this = is_of_this and item.request_id == (None if request is None else request.pk)
    require(is_of_this, Conflict("item.ended"))
    performing.set(None)
    return item


def _move(measure: Measure, share: Share | None, verb: Verb, by: Actor) -> Run | None:
    """Complete or cut the thing's open item; returns its run, or None where no item answers to the verb."""
    asked = _asked_item(measure, share)
    item = _open_item(measure, share) if asked is None else _bound(asked, measure, share)
    if item is None:
        return None
    node: Work = item.flow_task
    if verb in {Verb.ACCEPT, Verb.WITHDRAW}:
        item.process.holder_id = _key(by)
    is_theirs = verb in node.verbs and (verb not in node.cuts or is_eligible(item, by))
    return _finish(item, verb, by, is_theirs=is_theirs)


def _finish(item: WorkItem, verb: Verb, by: Actor, *, is_theirs: bool) -> Run | None:
    """Complete the item in the name of `by` where the decision is theirs, else cut it where the route says so."""
    node: Work = item.flow_task
    run: Run = item.process
    if verb in node.verbs and is_theirs:
        _check_holder(item, node, by)
        assert isinstance(by, User)  # noqa: S101 - decisions need a person: checked by the action
        node.done(item, by)
        return run
    if verb in node.cuts:
        node.cut(item, verb)
        return run
    return None


def _key(by: Actor) -> int | None:
    return by.pk if isinstance(by, User) else None


def _check_holder(item: WorkItem, node: Work, by: Actor) -> None:
    if item.owner_id is not None and item.owner_id != _key(by):
        raise Conflict("item.held", holder=str(item.owner))
    if node.held and item.owner_id is None:
        raise Conflict("item.unclaimed")


def check_desk(thing: Measure | Share, verb: Verb, *, by: Actor) -> None:
    """Raise Conflict unless the open item of `thing` answers to `verb` and is `by`'s, or nobody's where it need not be held."""
    item = _open_item(thing.measure, thing) if isinstance(thing, Share) else _open_item(thing, None)
    if item is None or verb not in item.flow_task.verbs:
        raise Conflict("item.missing")
    _check_holder(item, item.flow_task, by)


def release_work(person: User, scope: tuple[ScopeKind, int] | None, role: Role | None) -> list[int]:
    """Put the open items that `person` holds in the scope, or as `role` there, back on the desk; returns their ids."""
    return bulk.release_items(person, scope, role)
