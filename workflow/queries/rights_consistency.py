"""Whether guardian's groups mirror the appointments, and every role is held where it can be (DESIGN.md, Known traps, 14)."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Model

from accounts.models import Appointment, Bureau, User
from accounts.roles import Role, ScopeKind, may_hold_together
from workflow.models import Engagement, Plan
from workflow.queries.findings import Finding, found

MODELS: dict[ScopeKind, type[Model]] = {
    ScopeKind.BUREAU: Bureau,
    ScopeKind.PLAN: Plan,
    ScopeKind.ENGAGEMENT: Engagement,
}


def rights_findings() -> Iterator[Finding]:
    """Every appointment without its place or its mirror, and every pair of roles that exclude one another."""
    for check in (_places, _mirrors, _pairs):
        yield from check()


def _places() -> Iterator[Finding]:
    for kind, model in MODELS.items():
        homeless = Appointment.objects.filter(scope_kind=kind).exclude(
            scope_id__in=model._default_manager.values("pk")
        )
        yield from found(homeless, f"is a role in a {kind.value} that is not there")


def _mirrors() -> Iterator[Finding]:
    """The person is in the group while the appointment lasts, and in no group without one."""
    open_ones = Appointment.objects.filter(until=None, group__isnull=False)
    for appointment in open_ones.exclude(user__groups=F("group")):
        yield Finding(f"appointment {appointment.pk}", "the person is not in its group")
    mirrored = User.groups.through.objects.filter(group__name__contains="@")
    for row in mirrored.exclude(group__appointments__user_id=F("user_id")):
        yield Finding(f"person {row.user_id}", f"is in group {row.group_id} without an appointment")


def _pairs() -> Iterator[Finding]:
    """Rule 6, over the days on which both are held."""
    held: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in Appointment.objects.order_by("user_id", "since"):
        for other in held[appointment.user_id]:
            overlaps = other.until is None or other.until >= appointment.since
            if overlaps and not may_hold_together(Role(other.role), Role(appointment.role)):
                yield Finding(
                    f"person {appointment.user_id}", f"holds {other.role} beside {appointment.role}"
                )
        held[appointment.user_id].append(appointment)
