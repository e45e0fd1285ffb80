"""What the frame says about the person who reads: bureaus and roles."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.compiled import CompiledRead
from accounts.models import Membership, User
from accounts.rights import DAY, PERSON, Standing, in_force
from accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Card:
    """Name, bureaus and roles of a person, as the corner of each page shows them."""

    bureaus: tuple[str, ...]
    roles: tuple[str, ...]
    is_administrator: bool
    heads: bool
    """Whether the person heads a bureau in their own right."""


def _bureaus() -> QuerySet[Membership, Any]:
    return Membership.objects.filter(in_force(DAY), user=PERSON).order_by("pk").values_list("bureau__name")


_BUREAUS = CompiledRead(_bureaus)


def card_of(person: User, rights: Standing, on: date) -> Card:
    """The card of `person` on a day; one statement."""
    bureaus = _BUREAUS(person=person.pk, day=on)
    roles = sorted(rights.roles, key=list(Role).index)
    return Card(
        tuple(name for (name,) in bureaus),
        tuple(str(role.label) for role in roles),
        rights.is_administrator,
        any(grant.role == Role.HEAD and grant.on_behalf_of is None for grant, _ in rights.grants),
    )


def names_of(people: Collection[int]) -> list[str]:
    """The names of these people, in order; one statement, none for nobody."""
    if not people:
        return []
    return list(User.objects.filter(pk__in=people).order_by("name").values_list("name", flat=True))


def person_named(username: str) -> User | None:
    """The person of that user name, whatever its case; None for nobody."""
    found: User | None = User.objects.filter(username__iexact=username).first()
    return found
