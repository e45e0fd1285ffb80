"""The door to a work item: find, claim, release, hand over, perform (DESIGN.md, One way to act)."""

from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from viewflow.workflow.status import STATUS

from accounts.compiled import CompiledRead, Slot
from accounts.models import User
from accounts.rights import DAY, PERSON, grant_for, granted_role, holders
from accounts.roles import Permission, Role, ScopeKind
from flows.measure import MeasureFlow
from flows.models import WorkItem
from flows.nodes import Work
from flows.nodes.work import work_nodes
from flows.request import RequestFlow
from flows.separation import check_separation, is_kept_apart
from flows.share import ShareFlow
from workflow.actions.rounds import is_in_force
from workflow.actions.step import Step, acting
from workflow.clock.now import now, today
from workflow.routing import Verb
from workflow.rules.refusal import Conflict, Forbidden, NotFound, Refused, require
from workflow.trail import record
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

SCOPES = (ScopeKind.BUREAU, ScopeKind.PLAN, ScopeKind.ENGAGEMENT)

performing: ContextVar[WorkItem | None] = ContextVar("duban_item_performed", default=None)
"""The item that is being carried out, as it was found: the router moves it and no other (an old page, an old tab)."""


def _item() -> QuerySet[WorkItem]:
    """The item with the role, if any, by which the person holds its right in its scope."""
    steps = [node for flow in (ShareFlow, MeasureFlow, RequestFlow) for node in work_nodes(flow)]
    found = WorkItem.objects.filter(
        pk=Slot("item", BigIntegerField()), process_id=Slot("run", BigIntegerField())
    ).alias(
        needs=Case(*(When(flow_task=node, then=Value(node.needs.value)) for node in steps)),
        kind=Case(*(When(**{f"{kind}__isnull": False}, then=Value(kind.value)) for kind in SCOPES)),
        scope=Coalesce(*(f"{kind}_id" for kind in SCOPES)),
    )
    role = granted_role(PERSON, OuterRef("needs"), OuterRef("kind"), "scope", DAY)
    in_dates = Q(engagement__isnull=True) | Q(engagement__since__lte=DAY, engagement__until__gte=DAY)
    related = found.filter(in_dates).annotate(role_held=role)
    related = related.select_related("measure__plan", "share", "request", "process__parent", "engagement")
    return related.defer("measure__differences", "measure__plan__warnings")


_ITEM = CompiledRead(_item)


def find_item(user: User, run_id: int, item_id: int) -> WorkItem:
    """The item of that run as far as `user` may know it today; raises NotFound for another run's or a stranger's item.

    Holding it is not enough: who has lost the role knows no more of the work (DESIGN.md, Known traps, 4), nor does an
    evaluator whose engagement has not begun or is over.
    """
    item = _ITEM.first(item=item_id, run=run_id, person=user.pk, day=today())
    if item is None or not (item.role_held or may_hand_over(item, user)):
        raise NotFound("thing.unknown")
    found: WorkItem = item
    if found.owner_id == user.pk:
        found.owner = user
    return found


def scope_of(item: WorkItem) -> tuple[ScopeKind, int]:
    """Where the item may be taken: the kind of its scope and its key."""
    node: Work = item.flow_task
    return node.scope, getattr(item, f"{node.scope.value}_id")


def is_eligible(item: WorkItem, user: Actor) -> bool:
    """Whether `user` holds the item's right in its scope today (DESIGN.md, Known traps, 4); a timed duty never does."""
    if not isinstance(user, User):
        return False
    node: Work = item.flow_task
    kind, scope_id = scope_of(item)
    day = today(item.measure.plan.time_zone)
    return is_in_dates(item, day) and grant_for(user, node.needs, kind, scope_id, day) is not None


def is_in_dates(item: WorkItem, on: date) -> bool:
    """Whether the item's engagement covers the day; true of an item without one."""
    return item.engagement is None or is_in_force(item.engagement, on)


def keeps(item: WorkItem, holder: User) -> bool:
    """Whether the item is its holder's to carry out: the role is still theirs, and no rule has come between."""
    return is_eligible(item, holder) and not is_kept_apart(item, holder)


def may_take(item: WorkItem, user: User) -> bool:
    """Whether `user` may carry the item out now: it is open, theirs or nobody's, and the role is theirs."""
    if item.finished is not None or item.owner_id not in (None, user.pk):
        return False
    node: Work = item.flow_task
    return (item.owner_id == user.pk or not node.held) and is_eligible(item, user)


def may_claim(item: WorkItem, user: User) -> bool:
    """Whether `user` may take the item onto their own desk as far as the role goes: it is nobody's, or was left by who
    lost the role or must not decide any more. Whom a rule keeps apart is asked of `flows.separation`.
    """
    if item.finished is not None or item.owner_id == user.pk or not is_eligible(item, user):
        return False
    return item.owner is None or not keeps(item, item.owner)


def may_hand_over(item: WorkItem, user: User) -> bool:
    """Whether `user` may hand the item to a handler: it is a handler's step of a bureau that they head."""
    node: Work = item.flow_task
    if item.bureau_id is None or node.by != Role.HANDLER:
        return False
    day = today(item.measure.plan.time_zone)
    right = Permission.HAND_OVER_FOR_BUREAU
    return grant_for(user, right, ScopeKind.BUREAU, item.bureau_id, day) is not None


def handlers_for(item: WorkItem) -> QuerySet[User]:
    """To whom a head can hand the item: the handlers of its bureau today."""
    if item.bureau_id is None:
        return User.objects.none()
    return holders(Role.HANDLER, ScopeKind.BUREAU, item.bureau_id, today(item.measure.plan.time_zone))


def _reread(step: Step, item: WorkItem) -> WorkItem:
    """The item under the measure's lock; refuses one that is done."""
    fresh = WorkItem.objects.select_related("owner", "process", "engagement").get(pk=item.pk)
    fresh.measure = step.measure
    if fresh.finished is not None:
        raise Conflict("item.ended")
    return fresh


def claim(item: WorkItem, *, by: User) -> WorkItem:
    """Take the item onto one's own desk; exactly one person wins, the others are told who has it.

    Whom the separation of duties keeps from the step is refused with its rule, and blocks nobody.
    """
    with acting(AuditAction.ITEM_CLAIM, item, by=by) as step:
        item = _reread(step, item)
        node: Work = item.flow_task
        kind, scope_id = scope_of(item)
        step.require(node.needs, kind, scope_id)
        check_claim(item, by, step.today)
        _give(item, by)
        step.note(item, payload={"node": node.name})
    return item


def check_claim(item: WorkItem, user: User, on: date) -> None:
    """Raise the refusal that keeps `user`, who holds the step's right in the item's scope, from taking it on the day."""
    require(is_in_dates(item, on), Forbidden("right.missing"))
    if item.owner is not None and item.owner_id != user.pk and keeps(item, item.owner):
        raise Conflict("item.held", holder=str(item.owner))
    check_separation(item, user, on)


def release(item: WorkItem, *, by: User) -> WorkItem:
    """Put one's own item back on the desk of the post."""
    with acting(AuditAction.ITEM_RELEASE, item, by=by) as step:
        item = _reread(step, item)
        require(item.owner_id == by.pk, Forbidden("item.not_yours"))
        _give(item, None)
        step.note(item, payload={"node": item.flow_task.name})
    return item


def hand_over(item: WorkItem, *, to: User, by: User) -> WorkItem:
    """A head hands work of the bureau to one of its handlers, whom no rule keeps from the step."""
    with acting(AuditAction.ITEM_HAND_OVER, item, by=by) as step:
        item = _reread(step, item)
        require(item.bureau_id is not None, Forbidden("right.missing"))
        step.require(Permission.HAND_OVER_FOR_BUREAU, ScopeKind.BUREAU, item.bureau_id)
        require(is_eligible(item, to), Conflict("item.hand_over"))
        check_separation(item, to, step.today)
        _give(item, to)
        step.note(item, payload={"node": item.flow_task.name, "to": to.pk})
    return item


def _give(item: WorkItem, owner: User | None) -> None:
    item.owner = owner
    item.assigned = now() if owner is not None else None
    item.status = STATUS.ASSIGNED if owner is not None else STATUS.NEW
    item.save(update_fields=["owner", "assigned", "status"])


def perform(item: WorkItem, *, by: User, verb: Verb, **data: Any) -> Any:
    """Carry the item out by its action; returns what the action returns.

    Raises Conflict where the item is done or another's, and whatever the action refuses. Under the measure's lock the
    item is only moved if it is still as it was found.
    """
    node: Work = item.flow_task
    try:
        require(verb in node.verbs, Conflict("item.wrong_verb"))
        _is_open_to(item, by)
    except Refused as refusal:
        occasion = record.Occasion(now(), by)
        record.add_refusal(AuditAction.ITEM_PERFORM, item, refusal, occasion, measure_id=item.measure_id)
        raise
    thing: Any = item.request or item.share or item.measure
    asked = performing.set(item)
    try:
        return node.verbs[verb](thing, by=by, **data)
    except Refused:
        _is_open_to(WorkItem.objects.select_related("owner").get(pk=item.pk), by)
        raise
    finally:
        performing.reset(asked)


def _is_open_to(item: WorkItem, by: User) -> None:
    """Raise Conflict that names who has, or had, the item when it is not `by`."""
    if item.owner_id not in {None, by.pk}:
        raise Conflict("item.held", holder=str(item.owner))
    require(item.finished is None, Conflict("item.ended"))
