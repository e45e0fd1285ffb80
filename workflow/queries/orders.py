"""Dispatch orders as their readers may see them: whole to the plan's roles, a bureau's own measures to a bureau.

Source: DOMAIN.md, Measure, dispatch (numbered 交办单); DESIGN.md, Visibility.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from accounts.models import User
from accounts.rights import Standing, standing
from accounts.roles import Permission
from workflow.clock.now import today
from workflow.models import Cycle, Document, Measure, Plan, Share, ShareCycle
from workflow.models.document import DocumentKind
from workflow.queries.deadlines import acceptance_limit
from workflow.rules.refusal import NotFound

P = Permission


@dataclass(frozen=True, slots=True)
class OrderedShare:
    """A bureau's part as ordered: whose, whether it leads, its duty, and by when it reports the first time."""

    bureau: str
    is_lead: bool
    duty: str
    due: date | None


@dataclass(frozen=True, slots=True)
class OrderedMeasure:
    """A measure as ordered: its first cycle and its shares, the lead first."""

    measure: Measure
    cycle: Cycle | None
    shares: list[OrderedShare]


@dataclass(frozen=True, slots=True)
class OrderCopy:
    """One reader's copy of an order. `extract_for`: the bureaus whose measures alone stand in it, none where it is whole.

    `accept_by`: the last day for acceptance.
    """

    order: Document
    plan: Plan
    measures: list[OrderedMeasure]
    extract_for: list[str]
    accept_by: date | None

    @property
    def addressees(self) -> list[str]:
        """The bureaus that the copy names, each once: who leads anything first."""
        shares = [share for one in self.measures for share in one.shares]
        return list(dict.fromkeys(share.bureau for share in sorted(shares, key=lambda one: not one.is_lead)))


def reads_whole_orders(held: Standing, plan_id: int) -> bool:
    """Whether the reader has a role in the plan, and so the whole of its orders."""
    return held.audits_all or plan_id in held.plans(P.VIEW_FOR_PLAN)


def order_copy(user: User, order_id: int, held: Standing | None = None) -> OrderCopy:
    """The reader's copy of the order; raises NotFound where they may know of no measure in it. Five statements."""
    held = held or standing(user, today())
    found = _ordered(order_id)
    first = found.first()
    if first is None:
        raise NotFound("thing.unknown")
    is_whole, own = reads_whole_orders(held, first.plan_id), held.bureaus(P.VIEW_FOR_BUREAU)
    if not is_whole:
        theirs = Share.objects.filter(measure=OuterRef("pk"), bureau_id__in=own)
        found = found.filter(Exists(theirs))
    measures = list(found)
    if not measures:
        raise NotFound("thing.unknown")
    return _copy(measures, frozenset() if is_whole else own)


def _ordered(order_id: int) -> QuerySet[Measure]:
    """The measures of a dispatch order in the plan's order, with their first cycle and what was dispatched with them."""
    cycles = Cycle.objects.filter(index=1)
    parts = ShareCycle.objects.filter(cycle__index=1)
    shares = Share.objects.select_related("bureau").order_by("-is_lead", "pk")
    return (
        Measure.objects.filter(dispatch_order=order_id, dispatch_order__kind=DocumentKind.DISPATCH_ORDER)
        .select_related("plan", "dispatch_order__office", "dispatch_order__issued_by", "section")
        .prefetch_related(
            Prefetch("cycles", cycles, to_attr="first_cycles"),
            Prefetch(
                "shares",
                shares.prefetch_related(Prefetch("share_cycles", parts, to_attr="first_parts")),
            ),
        )
        .order_by("position", "pk")
    )


def _copy(measures: list[Measure], own: frozenset[int]) -> OrderCopy:
    order, plan = measures[0].dispatch_order, measures[0].plan
    assert order is not None  # noqa: S101 - the measures were found by their order
    dispatched = [share for measure in measures for share in _dispatched(measure)]
    own_names = [
        one.bureau.name for measure in measures for one in measure.shares.all() if one.bureau_id in own
    ]
    limit = acceptance_limit(dispatched[0], plan.pk, dispatched[0].dispatched_on) if dispatched else None
    return OrderCopy(order, plan, [_measure(one) for one in measures], list(dict.fromkeys(own_names)), limit)


def _dispatched(measure: Measure) -> list[Share]:
    """The shares of the measure that were dispatched with it; what was added later is not of its order."""
    return [share for share in measure.shares.all() if share.dispatched_on == measure.dispatched_on]


def _measure(measure: Measure) -> OrderedMeasure:
    cycles: list[Cycle] = getattr(measure, "first_cycles", [])
    return OrderedMeasure(
        measure, cycles[0] if cycles else None, [_share(one) for one in _dispatched(measure)]
    )


def _share(share: Share) -> OrderedShare:
    parts: list[ShareCycle] = getattr(share, "first_parts", [])
    return OrderedShare(share.bureau.name, share.is_lead, share.duty, parts[0].due if parts else None)


SHOWN_ORDERS = 5


def last_orders(plan: Plan, held: Standing) -> list[Document]:
    """The plan's newest dispatch orders of which the person may have a copy, with `count` of the measures in it."""
    readable = Measure.objects.filter(plan=plan, dispatch_order__isnull=False)
    if not reads_whole_orders(held, plan.pk):
        own = Share.objects.filter(measure=OuterRef("pk"), bureau_id__in=held.bureaus(P.VIEW_FOR_BUREAU))
        readable = readable.filter(Exists(own))
    return list(
        Document.objects.filter(measures__in=readable)
        .select_related("issued_by", "office")
        .annotate(count=Count("measures"))
        .order_by("-issued_at", "-pk")[:SHOWN_ORDERS]
    )
