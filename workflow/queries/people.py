"""What the frame says about the person who reads: bureaus and roles."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.rights import Standing, in_force
from accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Card:
    """Name, bureaus and roles of a person, as the corner of each page shows them."""

    bureaus: tuple[str, ...]
    roles: tuple[str, ...]
    is_administrator: bool


def card_of(person: User, rights: Standing, on: date) -> Card:
    """The card of `person` on a day; one statement."""
    bureaus = person.memberships.filter(in_force(on)).order_by("pk").values_list("bureau__name", flat=True)
    roles = sorted(rights.roles, key=list(Role).index)
    return Card(tuple(bureaus), tuple(str(role.label) for role in roles), rights.is_administrator)


def names_of(people: Collection[int]) -> list[str]:
    """The names of these people, in order; one statement, none for nobody."""
    if not people:
        return []
    return list(User.objects.filter(pk__in=people).order_by("name").values_list("name", flat=True))
