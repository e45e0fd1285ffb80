"""The only place that writes guardian's grants: one group per role and scope.

Called by `workflow/actions/people.py`, so that every change of a role reaches the trail.
"""

from datetime import date

from django.contrib.auth.models import Group
from django.db.models import Model, Q
from guardian.models import GroupObjectPermission
from guardian.shortcuts import assign_perm

from accounts.models import Appointment, User
from accounts.roles import ROLES, Role, ScopeKind, may_hold_together, permissions_in


class RolesExcludeOneAnotherError(ValueError):
    """Administrator, auditor and acting roles exclude one another (DOMAIN.md, Separation of duties, 6)."""

    def __init__(self, held: Role, asked: Role) -> None:
        super().__init__(f"{asked} beside {held}")
        self.held = held
        self.asked = asked


def group_of(role: Role, kind: ScopeKind, scope: Model) -> Group:
    """The guardian group of `role` on `scope`, made when new, with every permission that the role has there."""
    group, _ = Group.objects.get_or_create(name=f"{role.value}@{kind.value}:{scope.pk}")
    rows = GroupObjectPermission.objects.filter(group=group, object_pk=str(scope.pk))
    held = set(rows.values_list("permission__codename", flat=True))
    for codename in sorted(permissions_in(role, kind) - held):
        assign_perm(codename, group, scope)
    return group


def appoint(
    user: User, role: Role, kind: ScopeKind, scope: Model | None, since: date, until: date | None
) -> Appointment:
    """Give `user` the role from `since` to `until` (inclusive; None: open). Runs in the caller's transaction.

    Raises RolesExcludeOneAnotherError for a role that excludes one already held in those days, and
    ValueError when the role cannot be held in a scope of that kind. The person's row is locked, so two
    appointments at once cannot both pass.
    """
    if kind not in ROLES[role].scopes:
        raise ValueError(f"{role} cannot be held in a scope of kind {kind}")
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    overlapping = Q(revoked_at__isnull=True) & (Q(until__isnull=True) | Q(until__gte=since))
    if until is not None:
        overlapping &= Q(since__lte=until)
    for held in Appointment.objects.filter(overlapping, user=user).values_list("role", flat=True):
        if not may_hold_together(Role(held), role):
            raise RolesExcludeOneAnotherError(Role(held), role)
    group = None if scope is None else group_of(role, kind, scope)
    appointment = Appointment.objects.create(
        user=user,
        role=role,
        scope_kind=kind,
        scope_id=None if scope is None else scope.pk,
        group=group,
        since=since,
        until=until,
    )
    if group is not None:
        user.groups.add(group)
    return appointment


def end(appointment: Appointment, *, until: date, on: date) -> None:
    """Let the appointment end with the day `until`. The mirror group follows when that is over on the day `on`,
    unless another appointment keeps the person in it.
    """
    appointment.until = until
    appointment.save(update_fields=["until"])
    lasts = Q(revoked_at__isnull=True) & (Q(until__isnull=True) | Q(until__gte=on))
    if appointment.group is None:
        return
    stays = Appointment.objects.filter(lasts, user_id=appointment.user_id, group=appointment.group)
    if not stays.exists():
        appointment.user.groups.remove(appointment.group)
