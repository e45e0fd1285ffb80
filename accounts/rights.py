"""Who may act where, today: reads appointments, memberships and guardian's grants.

A right holds only while the appointment's dates cover the day, for a bureau only while a membership
does too, and only for an active person (DESIGN.md, One way to act). `is_superuser` gives nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from accounts.compiled import CompiledRead, Slot
from accounts.models import Appointment, Membership, User
from accounts.roles import Permission, Role, ScopeKind


@dataclass(frozen=True, slots=True)
class Grant:
    """The role and scope by which a person acts; what the trail writes down."""

    role: Role
    scope_kind: ScopeKind
    scope_id: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a person may do on a day: rows of (grant, permission)."""

    grants: tuple[tuple[Grant, Permission], ...] = ()
    everywhere: frozenset[Role] = field(default_factory=frozenset)

    def scopes(self, kind: ScopeKind, *permissions: Permission) -> frozenset[int]:
        """Ids of the scopes of `kind` in which any of `permissions` is held."""
        return frozenset(
            grant.scope_id
            for grant, permission in self.grants
            if grant.scope_kind == kind and permission in permissions and grant.scope_id is not None
        )

    def bureaus(self, *permissions: Permission) -> frozenset[int]:
        """Bureau ids in which any of `permissions` is held."""
        return self.scopes(ScopeKind.BUREAU, *permissions)

    def plans(self, *permissions: Permission) -> frozenset[int]:
        """Plan ids in which any of `permissions` is held (scope "all" apart, see `audits_all`)."""
        return self.scopes(ScopeKind.PLAN, *permissions)

    def engagements(self, *permissions: Permission) -> frozenset[int]:
        """Engagement ids in which any of `permissions` is held."""
        return self.scopes(ScopeKind.ENGAGEMENT, *permissions)

    def holds(self, permission: Permission, kind: ScopeKind, scope_id: int) -> bool:
        """Whether `permission` is held in that scope."""
        return scope_id in self.scopes(kind, permission)

    def grant_in(self, permission: Permission, kind: ScopeKind, scope_id: int) -> Grant | None:
        """The grant by which `permission` is held in that scope, or None."""
        asked = (kind, scope_id)
        return next(
            (
                one
                for one, right in self.grants
                if right == permission and (one.scope_kind, one.scope_id) == asked
            ),
            None,
        )

    @property
    def is_administrator(self) -> bool:
        """Whether the person keeps the master data."""
        return Role.ADMINISTRATOR in self.everywhere

    @property
    def audits_all(self) -> bool:
        """Whether the person audits every plan."""
        return Role.AUDITOR in self.everywhere

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(grant.role for grant, _ in self.grants) | self.everywhere


PERSON = Slot("person", BigIntegerField())
PERMISSION = Slot("permission", CharField())
DAY = Slot("day", DateField())
"""Slots of reads about a person's rights; the functions below take them in place of the values."""

KNOWN = frozenset(Permission.values)
"""What guardian may grant here; anything else that was put into a group gives nothing."""

_CODENAME = "group__groupobjectpermission__permission__codename"


def in_force(on: date | Slot) -> Q:
    """The condition that an appointment or membership covers the day `on`."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))


def appointments_in_force(on: date | Slot) -> QuerySet[Appointment]:
    """Appointments that give rights on `on`: dates, active person, and for a bureau a membership."""
    belongs = Membership.objects.filter(
        in_force(on), user_id=OuterRef("user_id"), bureau_id=OuterRef("scope_id")
    )
    return Appointment.objects.filter(
        in_force(on), ~Q(scope_kind=ScopeKind.BUREAU) | Exists(belongs), user__is_active=True
    )


_ON_ITS_SCOPE = Q(group__groupobjectpermission__object_pk=Cast("scope_id", CharField()))
"""What guardian grants an appointment's group on the appointment's own scope."""


def _standing() -> QuerySet[Appointment, Any]:
    held = appointments_in_force(DAY).filter(_ON_ITS_SCOPE | Q(scope_kind=ScopeKind.ALL), user=PERSON)
    return held.values_list("role", "scope_kind", "scope_id", _CODENAME)


def _grants() -> QuerySet[Appointment, Any]:
    asked = {"scope_kind": Slot("kind", CharField()), "scope_id": Slot("scope", BigIntegerField())}
    held = appointments_in_force(DAY).filter(_ON_ITS_SCOPE, user=PERSON, **asked, **{_CODENAME: PERMISSION})
    return held.values_list("role")


_STANDING = CompiledRead(_standing)
_GRANTS = CompiledRead(_grants)


def standing(user: User, on: date) -> Standing:
    """All rights of `user` on `on`, in one statement whatever the number of scopes."""
    rows = _STANDING(person=user.pk, day=on)
    return Standing(
        grants=tuple(
            (Grant(Role(role), ScopeKind(kind), scope_id), Permission(codename))
            for role, kind, scope_id, codename in rows
            if codename in KNOWN
        ),
        everywhere=frozenset(Role(role) for role, kind, *_ in rows if kind == ScopeKind.ALL),
    )


def grant_for(user: User, permission: Permission, kind: ScopeKind, scope_id: int, on: date) -> Grant | None:
    """The grant by which `user` holds `permission` in that scope on `on`, or None. One statement."""
    row = _GRANTS.first(person=user.pk, permission=permission, kind=kind, scope=scope_id, day=on)
    return None if row is None else Grant(Role(row[0]), kind, scope_id)


def granted_role(
    user: User | Slot,
    permission: Permission | Slot | OuterRef,
    kind: ScopeKind | OuterRef,
    scope_field: str,
    on: date | Slot,
) -> Subquery:
    """For annotating a query: the role by which `user` holds `permission` in the scope of each row, or NULL.

    `scope_field` is the row's path to the scope's key, such as "share__bureau_id"; `permission` and `kind` may be columns
    of the row too.
    """
    held = appointments_in_force(on).filter(
        _ON_ITS_SCOPE, user=user, scope_kind=kind, scope_id=OuterRef(scope_field), **{_CODENAME: permission}
    )
    return Subquery(held.values("role")[:1])


def holds_everywhere(user: User, role: Role, on: date) -> bool:
    """Whether `user` holds `role` in the scope "all" on `on`."""
    return appointments_in_force(on).filter(user=user, role=role, scope_kind=ScopeKind.ALL).exists()


def holders(role: Role, kind: ScopeKind, scope_id: int, on: date) -> QuerySet[User]:
    """The people who hold `role` in that scope on `on`, by name."""
    ids = appointments_in_force(on).filter(role=role, scope_kind=kind, scope_id=scope_id)
    found: QuerySet[User] = User.objects.filter(pk__in=ids.values("user_id")).order_by("name", "pk")
    return found
