"""The statements behind an inbox, built once for each mixture of posts: what lies in a box, and how much.

A desk is a role with the kind of its scope; a person holds it in one or more scopes. The statements of a person depend
on their desks and on how many scopes each has, and on nothing else.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, DateField, IntegerField, Q, QuerySet, Subquery

from accounts.compiled import CompiledRead, Slot
from accounts.models import User
from accounts.rights import DAY
from accounts.roles import Role, ScopeKind
from flows.models import WorkItem

SHOWN = (
    "flow_task",
    "due",
    "finished",
    "role",
    "process_id",
    "measure_id",
    "share_id",
    "owner_id",
    "bureau_id",
    "plan_id",
    "engagement_id",
    "measure__plan_id",
    "measure__code",
    "measure__title",
    "measure__state",
    "measure__suspended_until",
    "share__state",
    "process__bureau__name",
)
"""What a list of items says of each."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A role held in `scopes` scopes of a kind."""

    role: Role
    kind: ScopeKind
    scopes: int

    def items(self, n: int) -> Q:
        """The items of the desk, which is the person's `n`-th; its slots are "scope-n-0" and so on."""
        keys = [Slot(f"scope-{n}-{m}", BigIntegerField()) for m in range(self.scopes)]
        there = Q(reduce(or_, (Q(**{f"{self.kind.value}_id": key}) for key in keys)), role=self.role)
        return there & in_dates(DAY) if self.kind == ScopeKind.ENGAGEMENT else there


Desks = tuple[Desk, ...]


def in_dates(day: date | Slot) -> Q:
    """Whether the item's engagement covers the day: outside its dates an evaluator has no work of it."""
    return Q(engagement__since__lte=day, engagement__until__gte=day)


class Counted(Subquery):
    """How many rows a query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def shown(items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """The items with what a list says of them, first due first."""
    return items.select_related("measure", "share", "process__bureau").only(*SHOWN).order_by("due", "pk")


def mine(desks: Desks) -> QuerySet[WorkItem]:
    """Open items that the person holds at their desks; nobody has work of a post that they no longer hold."""
    at_my_desks = reduce(or_, (desk.items(n) for n, desk in enumerate(desks)))
    return WorkItem.objects.filter(at_my_desks, finished=None, owner_id=Slot("person", BigIntegerField()))


def free(desks: Desks) -> list[QuerySet[WorkItem]]:
    """Open items that nobody holds, one query for each desk, so that its index serves it."""
    return [WorkItem.objects.filter(desk.items(n), finished=None, owner=None) for n, desk in enumerate(desks)]


@lru_cache(maxsize=256)
def read_mine(desks: Desks, size: int, *, goes_on: bool) -> CompiledRead:
    """The first `size` of `mine`, after the slots "due" and "item" where the read goes on."""
    return CompiledRead(lambda: _page(mine(desks), size, goes_on=goes_on))


@lru_cache(maxsize=256)
def read_free(desks: Desks, n: int, size: int, *, goes_on: bool) -> CompiledRead:
    """The first `size` of the `n`-th of `free`, as above."""
    return CompiledRead(lambda: _page(free(desks)[n], size, goes_on=goes_on))


@lru_cache(maxsize=256)
def read_counts(desks: Desks, limit: int) -> CompiledRead:
    """One row of counts, each of at most `limit`: of `mine`, then of each of `free`."""
    queries = [mine(desks), *free(desks)]
    columns = [Counted(query.order_by().values("pk")[:limit]) for query in queries]
    return CompiledRead(
        lambda: User.objects.filter(pk=Slot("person", BigIntegerField())).values_list(*columns)
    )


def _page(items: QuerySet[WorkItem], size: int, *, goes_on: bool) -> QuerySet[WorkItem]:
    if goes_on:
        due, item = Slot("due", DateField()), Slot("item", BigIntegerField())
        items = items.filter(Q(due__gte=due) & (Q(due__gt=due) | Q(pk__gt=item)))
    return shown(items)[:size]


def values(
    person: int, scopes: list[frozenset[int]], on: date, after: tuple[date, int] | None = None
) -> dict[str, Any]:
    """What goes into the slots: the person, the scopes of each desk, the day, and the key to go on from."""
    keys = {f"scope-{n}-{m}": key for n, ids in enumerate(scopes) for m, key in enumerate(sorted(ids))}
    due, item = after if after is not None else (None, None)
    return {"person": person, "day": on, "due": due, "item": item, **keys}
