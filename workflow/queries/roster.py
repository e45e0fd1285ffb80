"""Who holds which role where, and since when: for administrators and auditors of all, whole; for others, their own scopes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Appointment, Bureau, Membership, User
from accounts.rights import Standing, appointments_in_force, in_force
from accounts.roles import Permission, Role, ScopeKind
from workflow.models import AuditEvent, Engagement
from workflow.models.audit_event import Outcome
from workflow.queries.keyset import slice_after
from workflow.queries.scopes import scope_names
from workflow.trail.actions import AuditAction

PAGE = 50
KEYS = ("user_id", "id")
"""By person, so that all roles of one stand together; both are in indexes."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader asks for; "" or None for everything. `ended`: also what is over or has not begun."""

    role: Role | None = None
    bureau: str = ""
    person: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A role of a person. `given_by` is "" where the trail does not know; `gives_right`: whether it counts on the day."""

    appointment: Appointment
    scope: str
    given_by: str
    gives_right: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """One page of roles and, where more follow, the cursor of the next."""

    entries: list[Entry]
    next_cursor: str
    is_first: bool


def reads_whole_roster(held: Standing) -> bool:
    """Whether every role of everybody is shown: to administrators, and to who audits every plan."""
    return held.is_administrator or held.audits_all


def roster(person: User, held: Standing, wanted: Filter, cursor: str, on: date) -> Roster:
    """One page of the roles that `person` may know of; at most five statements, whatever the page holds."""
    rows: QuerySet[Any] = appointments_known_to(person, held)
    counts = appointments_in_force(on).filter(pk=OuterRef("pk"))
    rows = (
        _matching(rows, wanted, on)
        .annotate(gives_right=Exists(counts))
        .select_related("user", "on_behalf_of")
    )
    page = slice_after(rows, KEYS, cursor, PAGE)
    names, givers = scope_names(page.rows), _givers(page.rows)
    entries = [
        Entry(
            appointment=one,
            scope=names.get((one.scope_kind, one.scope_id), ""),
            given_by=givers.get(one.pk, ""),
            gives_right=one.gives_right,
        )
        for one in page.rows
    ]
    return Roster(entries, page.next_cursor, page.is_first)


def appointments_known_to(person: User, held: Standing) -> QuerySet[Appointment]:
    """Roles in the person's own bureaus, plans (with their engagements) and engagements, and their own; or all."""
    if reads_whole_roster(held):
        return Appointment.objects.all()
    plans = held.plans(Permission.VIEW_FOR_PLAN)
    engagements = Engagement.objects.filter(
        Q(plan_id__in=plans) | Q(pk__in=held.engagements(Permission.VIEW_FOR_ENGAGEMENT))
    )
    return Appointment.objects.filter(
        Q(user=person)
        | Q(scope_kind=ScopeKind.BUREAU, scope_id__in=_bureaus(held))
        | Q(scope_kind=ScopeKind.PLAN, scope_id__in=plans)
        | Q(scope_kind=ScopeKind.ENGAGEMENT, scope_id__in=engagements.values("pk"))
    )


def _bureaus(held: Standing) -> frozenset[int]:
    """The bureaus in which the person holds any role."""
    return held.bureaus(*Permission)


def _matching(rows: QuerySet[Any], wanted: Filter, on: date) -> QuerySet[Any]:
    if not wanted.ended:
        rows = rows.filter(in_force(on), revoked_at__isnull=True)
    if wanted.role is not None:
        rows = rows.filter(role=wanted.role)
    if wanted.person:
        rows = rows.filter(
            Q(user__name__icontains=wanted.person) | Q(user__username__icontains=wanted.person)
        )
    return rows.filter(_of_bureau(wanted.bureau, on)) if wanted.bureau else rows


def _of_bureau(name: str, on: date) -> Q:
    """Roles held in a bureau of that name, for an agency of that name, or by its members of the day."""
    named = Bureau.objects.filter(Q(name__icontains=name) | Q(short_name__icontains=name))
    members = Membership.objects.filter(in_force(on), user=OuterRef("user_id"), bureau__in=named)
    engaged = Engagement.objects.filter(agency__in=named)
    return (
        Q(scope_kind=ScopeKind.BUREAU, scope_id__in=named.values("pk"))
        | Q(scope_kind=ScopeKind.ENGAGEMENT, scope_id__in=engaged.values("pk"))
        | Q(Exists(members))
    )


def _givers(rows: Iterable[Appointment]) -> dict[int, str]:
    """Role's id → the name of who gave it, as far as the trail knows; one statement. For show alone."""
    events = AuditEvent.objects.filter(
        action__in=(AuditAction.ROLE_APPOINT, AuditAction.DEPUTY_NAME),
        outcome=Outcome.DONE,
        object_type=Appointment._meta.model_name,
        object_id__in=[one.pk for one in rows],
    ).select_related("actor")
    return {
        event.object_id: event.actor.name if event.actor is not None else event.duty
        for event in events
        if event.object_id is not None
    }
