"""The deputies of a head, and for whom a person acts (DOMAIN.md, Roles)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Appointment, Bureau, Membership, User
from accounts.rights import Standing, in_force
from accounts.roles import Role, ScopeKind
from workflow.rules.refusal import NotFound

SHOWN = 50
"""The last so many are listed: deputies come and go for years."""


def in_both_names(deputy: str, head: str) -> str:
    """The name of who acted, with that of the head for whom they did: 王五（代李四）."""
    return _("%(deputy)s (for %(head)s)") % {"deputy": deputy, "head": head}


@dataclass(frozen=True, slots=True)
class Deputy:
    """A deputy, past, present or to come. `stands`: "now", "to_come", "over" or "ended" before its time."""

    appointment: Appointment
    bureau: str
    stands: str

    @property
    def may_end(self) -> bool:
        """Whether there is still something to end."""
        return self.stands in ("now", "to_come")


def headed_bureaus(held: Standing) -> QuerySet[Bureau]:
    """The bureaus that the reader heads in their own right, and so may name a deputy for."""
    own = {
        grant.scope_id
        for grant, _ in held.grants
        if grant.role == Role.HEAD and grant.scope_kind == ScopeKind.BUREAU and grant.on_behalf_of is None
    }
    found: QuerySet[Bureau] = Bureau.objects.filter(pk__in=own).order_by("name")
    return found


def deputies_of(head: User, on: date) -> list[Deputy]:
    """The deputies whom `head` named, the last first; two statements."""
    return _listed(Appointment.objects.filter(on_behalf_of=head), on)


def acts_for(person: User, on: date) -> list[Deputy]:
    """For whom `person` acts, or is to act; two statements."""
    return _listed(Appointment.objects.filter(user=person, on_behalf_of__isnull=False, until__gte=on), on)


def _listed(rows: QuerySet[Appointment], on: date) -> list[Deputy]:
    found = list(rows.select_related("user", "on_behalf_of").order_by("-since", "-pk")[:SHOWN])
    names = dict(Bureau.objects.filter(pk__in={one.scope_id for one in found}).values_list("pk", "name"))
    return [Deputy(one, names.get(one.scope_id or 0, ""), _stands(one, on)) for one in found]


def _stands(one: Appointment, on: date) -> str:
    if one.revoked_at is not None:
        return "ended"
    if one.since > on:
        return "to_come"
    return "over" if one.until is not None and one.until < on else "now"


def deputy_of(head: User, key: int) -> Appointment:
    """The deputy of that key whom `head` named; raises NotFound."""
    row = Appointment.objects.filter(pk=key, on_behalf_of=head).first()
    if row is None:
        raise NotFound("thing.unknown")
    return row


def may_stand_in(bureaus: Collection[int], head: User, on: date) -> QuerySet[User]:
    """Who could be named: the active members of the bureaus today but the head, by name."""
    there = Membership.objects.filter(in_force(on), bureau__in=bureaus)
    people = User.objects.filter(Q(pk__in=there.values("user")), is_active=True).exclude(pk=head.pk)
    found: QuerySet[User] = people.order_by("name", "pk")
    return found
