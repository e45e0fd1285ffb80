"""The flows' side of the port: what an action did moves the runs on (DESIGN.md, One way to act)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, QuerySet

from accounts.compiled import CompiledRead, Slot
from accounts.models import User
from accounts.roles import ScopeKind
from flows import bulk
from flows.holders import last_holders
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.nodes import Wait, Work
from flows.share import ShareFlow
from flows.work import is_eligible, performing
from workflow.clock.now import today
from workflow.models import Measure, Share
from workflow.routing import Verb
from workflow.rules.refusal import Conflict, NotFound, require
from workflow.trail.actor import Actor

KEEPS_HOLDER = {Verb.WITHDRAW, Verb.SEND_BACK}


def follow(thing: Measure | Share, verb: Verb, *, by: Actor, shares: Iterable[Share] = ()) -> None:
    """Move the runs of `thing` on after `verb`.

    Raises Conflict where no open item or resting run of the thing answers to the verb, or the work is somebody
    else's: a state is never left without the work that belongs to it.
    """
    if isinstance(thing, Share):
        _follow_share(thing, verb, by)
    elif verb == Verb.DISPATCH:
        bulk.start_runs(thing, list(shares))
    elif verb == Verb.REOPEN:
        bulk.reopen_runs(thing, list(shares))
    else:
        _follow_measure(thing, verb, by, list(shares))


def _follow_measure(measure: Measure, verb: Verb, by: Actor, shares: list[Share]) -> None:
    run = _move(MeasureFlow, measure, None, verb, by)
    require(run is not None or verb == Verb.RENEW, Conflict("item.missing"))
    if verb == Verb.CLOSE:
        bulk.end_runs(measure)
    elif shares:
        bulk.put_report_items(measure, shares)


def _follow_share(share: Share, verb: Verb, by: Actor) -> None:
    measure = share.measure
    run = _move(ShareFlow, measure, share, verb, by)
    if run is None:
        raise Conflict("item.missing")
    if verb == Verb.APPROVE:
        MeasureFlow.gather.wake(_parent_of(run, measure))
    elif verb == Verb.SEND_BACK:
        _move(MeasureFlow, measure, None, verb, by, is_asked=False)


def _parent_of(run: Run, measure: Measure) -> Run:
    """The measure's run, read with the share's item, bound to the locked measure."""
    parent = run.parent
    assert parent is not None  # noqa: S101 - every share's run has one
    parent.measure = measure
    return parent


def _open_items(**where: Slot | None) -> QuerySet[WorkItem]:
    open_ones = WorkItem.objects.filter(measure_id=Slot("measure", BigIntegerField()), finished__isnull=True)
    return open_ones.filter(**where).select_related("process__parent")


_OF_SHARE = CompiledRead(lambda: _open_items(share_id=Slot("share", BigIntegerField())))
_OF_MEASURE = CompiledRead(lambda: _open_items(share=None))


def _open_item(measure: Measure, share: Share | None) -> WorkItem | None:
    """The one item that is open on the thing, its run bound to the locked measure."""
    item: WorkItem | None
    if share is None:
        item = _OF_MEASURE.first(measure=measure.pk)
    else:
        item = _OF_SHARE.first(measure=measure.pk, share=share.pk)
    if item is not None:
        item.process.measure = measure
        item.process.share = share
    return item


def _move(
    flow: Any, measure: Measure, share: Share | None, verb: Verb, by: Actor, *, is_asked: bool = True
) -> Run | None:
    """Complete or cut the thing's open item, or wake its resting run. Returns the run, if one moved.

    `is_asked`: the person carries out an item of this very thing, so it must be the one they were shown.
    """
    item = _open_item(measure, share)
    if is_asked:
        require(performing.get() in {None, item.pk if item is not None else 0}, Conflict("item.ended"))
    if item is None:
        return _wake(flow, measure, share, verb)
    node: Work = item.flow_task
    run: Run = item.process
    if verb in KEEPS_HOLDER and share is not None:
        run.holder_id = last_holders([share], today(measure.plan.time_zone)).get(share.pk)
    if verb in node.verbs and (verb not in node.cuts or is_eligible(item, by)):
        _check_holder(item, node, by)
        if verb == Verb.ACCEPT:
            run.holder_id = _key(by)
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


def _wake(flow: Any, measure: Measure, share: Share | None, verb: Verb) -> Run | None:
    waits = [n for n in flow.instance.nodes() if isinstance(n, Wait) and verb in n.wakes_on]
    if not waits:
        return None
    run = Run.objects.filter(measure=measure, share=share, finished__isnull=True).first()
    if run is None:
        raise NotFound("item.missing")
    run.measure, run.share = measure, share
    if share is not None:
        run.holder_id = last_holders([share], today(measure.plan.time_zone)).get(share.pk)
    waits[0].wake(run)
    return run


def release_work(person: User, scope: tuple[ScopeKind, int] | None) -> list[int]:
    """Put the open items that `person` holds in the scope back on the desk of their post; returns their ids."""
    return bulk.release_items(person, scope)
