"""Whether a person may see a measure, by which of their roles, and what of it (DESIGN.md, Visibility).

Nothing is decided here: each role is asked alone of the very queries that the pages are built on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef

from accounts.models import Appointment, User
from accounts.rights import Grant, Standing, appointments_in_force
from accounts.roles import Permission, ScopeKind
from workflow.models import Measure
from workflow.queries.deputies import in_both_names
from workflow.queries.master_data import Held, roles_of
from workflow.queries.scopes import scope_names
from workflow.queries.visibility import measures_visible_to, reading_scope


class Reading(StrEnum):
    """What of a measure is read."""

    NOTHING = "nothing"
    FACTS = "facts"
    OWN_REPORTS = "own_reports"
    ALL_REPORTS = "all_reports"


@dataclass(frozen=True, slots=True)
class Ground:
    """A role by which the measure is seen: where it is held, what it lets read, and every right that it gives."""

    grant: Grant
    scope: str
    reading: Reading
    rights: tuple[Permission, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What a person may see of a measure, and the grounds; `own` names the bureaus whose reports are theirs to read."""

    reading: Reading
    own: tuple[str, ...]
    grounds: tuple[Ground, ...]

    @property
    def sees(self) -> bool:
        """Whether the person may know of the measure."""
        return self.reading != Reading.NOTHING


def view_of(person: User, measure: Measure, held: Standing) -> View:
    """What `person`, with the rights `held`, may see of `measure`.

    A statement for all roles together, at most three more for each role by which the measure is seen, and for a deputy one.
    """
    reaching = _reaching(person, measure, held)
    names, heads = scope_names(reaching), _heads(reaching)
    grounds = tuple(
        Ground(
            grant=grant,
            scope=_where(grant, names, heads),
            reading=_reading(person, measure, part),
            rights=tuple(permission for _grant, permission in part.grants),
        )
        for grant, part in reaching.items()
    )
    if not grounds:
        return View(Reading.NOTHING, (), ())
    return View(_reading(person, measure, held), _own(person, measure, held), grounds)


def _heads(reaching: Iterable[Grant]) -> dict[int, str]:
    """The names of those for whom a deputy acts."""
    keys = {grant.on_behalf_of for grant in reaching} - {None}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _where(grant: Grant, names: Mapping[tuple[str, int | None], str], heads: Mapping[int, str]) -> str:
    """Where the role is held and, of a deputy, for whom."""
    scope = names.get((grant.scope_kind.value, grant.scope_id), "")
    if grant.on_behalf_of is None:
        return scope
    return in_both_names(scope, heads.get(grant.on_behalf_of, ""))


def _reaching(person: User, measure: Measure, held: Standing) -> dict[Grant, Standing]:
    """Each role by which the measure is seen, with the rights that it alone gives."""
    parts = _one_by_one(held)
    asked = {
        f"by_{n}": Exists(measures_visible_to(person, part).filter(pk=OuterRef("pk")))
        for n, part in enumerate(parts.values())
    }
    if not asked:
        return {}
    found = Measure.objects.filter(pk=measure.pk).annotate(**asked).values(*asked).get()
    return {grant: part for (grant, part), sees in zip(parts.items(), found.values(), strict=True) if sees}


def _one_by_one(held: Standing) -> dict[Grant, Standing]:
    rows: dict[Grant, list[tuple[Grant, Permission]]] = {}
    for grant, permission in held.grants:
        rows.setdefault(grant, []).append((grant, permission))
    parts = {grant: Standing(grants=tuple(of_one)) for grant, of_one in rows.items()}
    for role in sorted(held.everywhere):
        parts[Grant(role, ScopeKind.ALL, None)] = Standing(everywhere=frozenset({role}))
    return parts


def _reading(person: User, measure: Measure, held: Standing) -> Reading:
    if reading_scope(person, measure, held).reads_all:
        return Reading.ALL_REPORTS
    return Reading.OWN_REPORTS if _own(person, measure, held) else Reading.FACTS


def _own(person: User, measure: Measure, held: Standing) -> tuple[str, ...]:
    """The names of the bureaus with a share whose reports the person reads as their own."""
    bureaus = reading_scope(person, measure, held).bureaus
    if not bureaus:
        return ()
    shares = measure.shares.filter(bureau_id__in=bureaus).order_by("-is_lead", "pk")
    return tuple(shares.values_list("bureau__name", flat=True))


@dataclass(frozen=True, slots=True)
class RoleSeen:
    """A role that the person holds, held or will hold; `gives_right`: whether it counts on the day."""

    held: Held
    gives_right: bool
    has_begun: bool
    reaches: bool


def roles_beside(person: User, view: View, on: date) -> list[RoleSeen]:
    """Every role the person ever held, and whether it gives a right on the day and reaches the measure of `view`."""
    in_force = set(appointments_in_force(on).filter(user=person).values_list("pk", flat=True))
    reaching = {_place(one.grant) for one in view.grounds}
    return [
        RoleSeen(
            held=held,
            gives_right=held.appointment.pk in in_force,
            has_begun=held.appointment.since <= on,
            reaches=held.appointment.pk in in_force and _place(held.appointment) in reaching,
        )
        for held in roles_of(person, on)
    ]


def _place(one: Grant | Appointment) -> tuple[str, str, int | None, int | None]:
    head = one.on_behalf_of if isinstance(one, Grant) else one.on_behalf_of_id
    return one.role, one.scope_kind, one.scope_id, head
