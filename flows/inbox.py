"""What lies on a person's desk: 待办 and 已办, by key and not by offset (DESIGN.md, Reading at scale)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet
from viewflow.workflow.status import STATUS

from accounts.models import User
from accounts.rights import Standing, standing
from accounts.roles import ROLES, Permission, Role, ScopeKind
from flows import boxes
from flows.desks import left_desks
from flows.models import WorkItem
from workflow.clock.now import today
from workflow.models import Measure

PAGE = 50
COUNT_LIMIT = 1000
"""Counts stop here: nobody acts on the difference between 1,000 and 100,000."""


class Box(StrEnum):
    """Which part of the inbox."""

    MINE = "mine"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of items; `after` is the key to ask the next page with, None on the last."""

    items: list[WorkItem]
    after: tuple[date, int] | None


def _scopes(held: Standing) -> Iterator[tuple[Role, ScopeKind, frozenset[int]]]:
    """Each role with the kind and keys of the scopes in which it is held."""
    for role in Role:
        for kind in ROLES[role].scopes:
            ids = frozenset(
                grant.scope_id
                for grant, _ in held.grants
                if grant.role == role and grant.scope_kind == kind and grant.scope_id is not None
            )
            if ids and kind != ScopeKind.ALL:
                yield role, kind, ids


@dataclass(frozen=True, slots=True)
class _Reader:
    """A person with the desks that are theirs."""

    person: int
    on: date
    desks: boxes.Desks
    scopes: list[frozenset[int]]
    left: list[QuerySet[WorkItem]]

    @classmethod
    def of(cls, user: User, held: Standing | None) -> "_Reader":
        on = today()
        found = list(_scopes(held or standing(user, on)))
        desks = tuple(boxes.Desk(role, kind, len(ids)) for role, kind, ids in found)
        return cls(user.pk, on, desks, [ids for *_, ids in found], _left(found, on))

    def values(self, after: tuple[date, int] | None = None) -> dict[str, Any]:
        """What goes into the slots of the reads."""
        return boxes.values(self.person, self.scopes, self.on, after)


def _left(scopes: list[tuple[Role, ScopeKind, frozenset[int]]], on: date) -> list[QuerySet[WorkItem]]:
    """What lies on desks in these scopes whose holder lost the post."""
    return [
        WorkItem.objects.filter(
            boxes.in_dates(on) if "engagement_id" in desk else Q(), finished__isnull=True, **desk
        )
        for desk in left_desks(scopes, on)
    ]


def open_items(
    user: User,
    box: Box,
    *,
    after: tuple[date, int] | None = None,
    size: int = PAGE,
    held: Standing | None = None,
) -> Page:
    """The person's open items, first due first; `after` continues a former page. `held`: rights already read.

    One statement for one's own desk, and for the unclaimed one for each role of the person.
    """
    reader = _Reader.of(user, held)
    found = _mine(reader, after, size + 1) if box == Box.MINE else _unclaimed(reader, after, size + 1)
    found.sort(key=lambda item: (item.due, item.pk))
    page = found[:size]
    return Page(page, (page[-1].due, page[-1].pk) if len(found) > size else None)


def _mine(reader: _Reader, after: tuple[date, int] | None, size: int) -> list[WorkItem]:
    if not reader.desks:
        return []
    read = boxes.read_mine(reader.desks, size, goes_on=after is not None)
    return read(**reader.values(after))


def _unclaimed(reader: _Reader, after: tuple[date, int] | None, size: int) -> list[WorkItem]:
    found: list[WorkItem] = []
    for n in range(len(reader.desks)):
        read = boxes.read_free(reader.desks, n, size, goes_on=after is not None)
        found += read(**reader.values(after))
    for items in reader.left:
        if after is not None:
            items = items.filter(Q(due__gt=after[0]) | Q(due=after[0], pk__gt=after[1]))  # noqa: PLW2901
        found += boxes.shown(items)[:size]
    return found


def counts(user: User, held: Standing | None = None) -> dict[Box, int]:
    """How many items lie in each part; a count stops at COUNT_LIMIT. `held`: rights already read. One statement."""
    reader = _Reader.of(user, held)
    if not reader.desks:
        return dict.fromkeys(Box, 0)
    mine, *unclaimed = boxes.read_counts(reader.desks, COUNT_LIMIT).first(**reader.values())
    unclaimed += [items.order_by()[:COUNT_LIMIT].count() for items in reader.left]
    return {Box.MINE: mine, Box.UNCLAIMED: min(sum(unclaimed), COUNT_LIMIT)}


def done_items(
    user: User,
    *,
    before: tuple[datetime, int] | None = None,
    size: int = PAGE,
    held: Standing | None = None,
) -> tuple[list[WorkItem], tuple[datetime, int] | None]:
    """What the person carried out where they still hold a role, last first, and the key of the next page.

    `held`: rights already read.
    """
    seen = _seen(held or standing(user, today()))
    items = WorkItem.objects.filter(seen, owner=user, finished__isnull=False, status=STATUS.DONE)
    if before is not None:
        items = items.filter(Q(finished__lt=before[0]) | Q(finished=before[0], pk__lt=before[1]))
    found = list(
        items.order_by("-finished", "-pk").select_related("measure__plan", "share", "process__bureau")[
            : size + 1
        ]
    )
    page = found[:size]
    last = page[-1] if len(found) > size else None
    return page, None if last is None or last.finished is None else (last.finished, last.pk)


def _seen(held: Standing) -> Q:
    """The items of bureaus, plans and engagements in force in which the person holds any role today."""
    where = Q(pk__in=[])
    for kind in (ScopeKind.BUREAU, ScopeKind.PLAN):
        where |= Q(**{f"{kind.value}_id__in": held.scopes(kind, *Permission)})
    engagements = held.scopes(ScopeKind.ENGAGEMENT, *Permission)
    return where | (boxes.in_dates(today()) & Q(engagement_id__in=engagements)) if engagements else where


def open_nodes(measure_id: int) -> dict[str, int]:
    """How many work items of a measure and its shares are open, by node name; one statement."""
    rows = (
        WorkItem.objects.filter(measure_id=measure_id, finished__isnull=True)
        .order_by()
        .values_list("flow_task")
        .annotate(Count("pk"))
    )
    return {node.name: count for node, count in rows}


def open_items_of(measure: Measure) -> list[WorkItem]:
    """Every open work item of a measure and its shares; the caller decides which of them to offer."""
    items = WorkItem.objects.filter(measure=measure, finished__isnull=True).select_related(
        "process", "share__bureau", "request__share__bureau", "owner", "bureau"
    )
    found = list(items.order_by("due", "pk"))
    for item in found:
        item.measure = measure
    return found


def bureau_items(bureaus: frozenset[int], *, size: int = PAGE) -> list[WorkItem]:
    """The first `size` open steps of handlers in these bureaus, with who holds each; first due first. One statement."""
    items = WorkItem.objects.filter(bureau_id__in=bureaus, role=Role.HANDLER, finished__isnull=True)
    return list(boxes.shown(items).select_related("owner").only(*boxes.SHOWN, "owner__name")[:size])
