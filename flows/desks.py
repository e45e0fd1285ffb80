"""Work that lies on the desk of somebody who no longer holds the post: the successor finds it (DOMAIN.md, Roles)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Appointment
from accounts.rights import appointments_in_force
from accounts.roles import Role, ScopeKind
from workflow.queries.rules import remembered

Scopes = Iterable[tuple[Role, ScopeKind, frozenset[int]]]


def left_desks(scopes: Scopes, on: date) -> list[dict[str, Any]]:
    """For filtering items: role, scope and owner of every desk in these scopes whose holder lost the post by `on`.

    Dates run out by themselves, so nobody was there to put the work back. Read once a minute for the same scopes.
    """
    wanted = tuple(sorted((role.value, kind.value, tuple(sorted(ids))) for role, kind, ids in scopes))
    return remembered(("left desks", wanted, on), lambda: _left(wanted, on)) if wanted else []


def _left(wanted: tuple[tuple[str, str, tuple[int, ...]], ...], on: date) -> list[dict[str, Any]]:
    where = Q(pk__in=[])
    for role, kind, ids in wanted:
        where |= Q(role=role, scope_kind=kind, scope_id__in=ids)
    same = {name: OuterRef(name) for name in ("user", "role", "scope_kind", "scope_id")}
    rows = Appointment.objects.filter(where).exclude(Exists(appointments_in_force(on).filter(**same)))
    people: dict[tuple[str, str, int | None], set[int]] = {}
    for row in rows:
        people.setdefault((row.role, row.scope_kind, row.scope_id), set()).add(row.user_id)
    return [
        {"role": role, f"{kind}_id": scope, "owner_id__in": sorted(owners)}
        for (role, kind, scope), owners in sorted(people.items(), key=str)
    ]
