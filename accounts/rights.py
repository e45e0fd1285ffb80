"""Who may act where, today: reads appointments, memberships and guardian's grants.

A right holds only while the appointment's dates cover the day, for a bureau only while a membership
does too, and only for an active person (DESIGN.md, One way to act). `is_superuser` gives nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from accounts.compiled import CompiledRead, Slot
from accounts.models import Appointment, Membership, User
from accounts.roles import Permission, Role, ScopeKind


@dataclass(frozen=True, slots=True)
class Grant:
    """The role and scope by which a person acts; what the trail writes down."""

    role: Role
    scope_kind: ScopeKind
    scope_id: int | None
    on_behalf_of: int | None = None
    """The head for whom a deputy acts; None for who acts in their own right."""

    @classmethod
    def read(cls, found: str, kind: ScopeKind, scope_id: int) -> "Grant":
        """What `granted_role` found, in that scope."""
        role, _, head = found.partition(":")
        return cls(Role(role), kind, scope_id, int(head) if head else None)


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
    """Appointments that give rights on `on`: dates, active person, and for a bureau a membership.

    A deputy's gives one only while the head's own does; as a deputy's is never a head's own, there are no chains.
    """
    own = _held(on).filter(
        role=OuterRef("role"),
        scope_kind=OuterRef("scope_kind"),
        scope_id=OuterRef("scope_id"),
        user_id=OuterRef("on_behalf_of_id"),
        on_behalf_of__isnull=True,
    )
    return _held(on).filter(Q(on_behalf_of__isnull=True) | Q(revoked_at__isnull=True) & Exists(own))


def _held(on: date | Slot) -> QuerySet[Appointment]:
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
    return held.values_list("role", "scope_kind", "scope_id", "on_behalf_of_id", _CODENAME)


def _grants() -> QuerySet[Appointment, Any]:
    asked = {"scope_kind": Slot("kind", CharField()), "scope_id": Slot("scope", BigIntegerField())}
    held = appointments_in_force(DAY).filter(_ON_ITS_SCOPE, user=PERSON, **asked, **{_CODENAME: PERMISSION})
    return held.values_list("role", "on_behalf_of_id")


_STANDING = CompiledRead(_standing)
_GRANTS = CompiledRead(_grants)


def standing(user: User, on: date) -> Standing:
    """All rights of `user` on `on`, in one statement whatever the number of scopes; those of their own come first."""
    rows = sorted(_STANDING(person=user.pk, day=on), key=lambda row: row[3] is not None)
    return Standing(
        grants=tuple(
            (Grant(Role(role), ScopeKind(kind), scope_id, head), Permission(codename))
            for role, kind, scope_id, head, codename in rows
            if codename in KNOWN
        ),
        everywhere=frozenset(Role(role) for role, kind, *_ in rows if kind == ScopeKind.ALL),
    )


def grant_for(user: User, permission: Permission, kind: ScopeKind, scope_id: int, on: date) -> Grant | None:
    """The grant by which `user` holds `permission` in that scope on `on`, or None. One statement."""
    rows = _GRANTS(person=user.pk, permission=permission, kind=kind, scope=scope_id, day=on)
    if not rows:
        return None
    role, head = min(rows, key=lambda row: row[1] is not None)
    return Grant(Role(role), kind, scope_id, head)


def people_acting(
    user: User, permission: Permission, kind: ScopeKind, scope_id: int, on: date
) -> frozenset[int]:
    """Whom the rules are asked about when `user` acts there: the person and, for a deputy, the head. One statement."""
    return with_principal(user.pk, grant_for(user, permission, kind, scope_id, on))


def with_principal(person: int, grant: Grant | None) -> frozenset[int]:
    """The person and, where the grant is a deputy's, the head for whom they act."""
    head = None if grant is None else grant.on_behalf_of
    return frozenset({person}) if head is None else frozenset({person, head})


def granted_role(
    user: User | Slot,
    permission: Permission | Slot | OuterRef,
    kind: ScopeKind | OuterRef,
    scope_field: str,
    on: date | Slot,
) -> Subquery:
    """For annotating a query: the role by which `user` holds `permission` in the scope of each row, or NULL.

    A deputy's is followed by a colon and the head's key: `Grant.read` reads both.

    `scope_field` is the row's path to the scope's key, such as "share__bureau_id"; `permission` and `kind` may be columns
    of the row too.
    """
    held = appointments_in_force(on).filter(
        _ON_ITS_SCOPE, user=user, scope_kind=kind, scope_id=OuterRef(scope_field), **{_CODENAME: permission}
    )
    head = Cast("on_behalf_of_id", CharField())
    found = Case(
        When(on_behalf_of__isnull=True, then=F("role")),
        default=Concat(F("role"), Value(":"), head, output_field=CharField()),
        output_field=CharField(),
    )
    return Subquery(held.order_by(F("on_behalf_of_id").asc(nulls_first=True)).values_list(found)[:1])


def holds_everywhere(user: User, role: Role, on: date) -> bool:
    """Whether `user` holds `role` in the scope "all" on `on`."""
    return appointments_in_force(on).filter(user=user, role=role, scope_kind=ScopeKind.ALL).exists()


def holders(role: Role, kind: ScopeKind, scope_id: int, on: date) -> QuerySet[User]:
    """The people who hold `role` in that scope on `on`, by name."""
    ids = appointments_in_force(on).filter(role=role, scope_kind=kind, scope_id=scope_id)
    found: QuerySet[User] = User.objects.filter(pk__in=ids.values("user_id")).order_by("name", "pk")
    return found
