"""What administrators see of bureaus, people and the calendar."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Appointment, Bureau, Membership, User
from accounts.rights import in_force
from accounts.roles import ScopeKind
from workflow.clock.calendar import official
from workflow.models import CalendarDay
from workflow.queries.deputies import in_both_names
from workflow.queries.scopes import scope_names

PAGE = 100


@dataclass(frozen=True, slots=True)
class BureauPage:
    """Some bureaus in the order of the tree and, where more follow, the place after which they lie."""

    bureaus: list[Bureau]
    after: str


def bureaus_page(text: str, after: str) -> BureauPage:
    """Bureaus whose name, short name or alias holds `text`, from the place `after` on; two statements."""
    found = Bureau.objects.prefetch_related("aliases").select_related("succeeded_by")
    if text:
        by_alias = Bureau.objects.filter(pk=OuterRef("pk"), aliases__name__icontains=text)
        found = found.filter(Q(name__icontains=text) | Q(short_name__icontains=text) | Exists(by_alias))
    if after:
        found = found.filter(path__gt=after)
    members = Count("memberships", filter=Q(memberships__until__isnull=True), distinct=True)
    rows = list(found.annotate(members=members).order_by("path")[: PAGE + 1])
    return BureauPage(rows[:PAGE], rows[PAGE - 1].path if len(rows) > PAGE else "")


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some people by their number and, where more follow, the last number."""

    people: list[User]
    after: int | None


def people_page(text: str, after: int | None, on: date) -> PeoplePage:
    """People whose name, user name or bureau holds `text`; their memberships and roles of the day come along."""
    found = User.objects.all()
    if text:
        in_bureau = Membership.objects.filter(in_force(on), user=OuterRef("pk"), bureau__name__icontains=text)
        found = found.filter(Q(name__icontains=text) | Q(username__icontains=text) | Exists(in_bureau))
    if after is not None:
        found = found.filter(pk__gt=after)
    held: QuerySet[Membership] = (
        Membership.objects.filter(in_force(on)).select_related("bureau").order_by("pk")
    )
    roles: QuerySet[Appointment] = Appointment.objects.filter(in_force(on), revoked_at=None).order_by("pk")
    rows = list(
        found.prefetch_related(
            Prefetch("memberships", held, to_attr="held"), Prefetch("appointments", roles, to_attr="roles")
        ).order_by("pk")[: PAGE + 1]
    )
    return PeoplePage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


@dataclass(frozen=True, slots=True)
class Held:
    """A role of a person, where it is held in words, and why it gives nothing at the moment ("" when it does)."""

    appointment: Appointment
    scope: str
    is_over: bool
    lacks_membership: bool

    @property
    def words(self) -> str:
        """The role and, of a deputy, for whom it is held."""
        role, head = str(self.appointment.get_role_display()), self.appointment.on_behalf_of
        return role if head is None else in_both_names(role, head.name)


def roles_of(person: User, on: date) -> list[Held]:
    """Every role the person ever held, the newest first; at most five statements."""
    appointments = list(person.appointments.select_related("on_behalf_of").order_by("-since", "-pk"))
    names = scope_names(appointments)
    bureaus = set(person.memberships.filter(in_force(on)).values_list("bureau_id", flat=True))
    return [
        Held(
            appointment=one,
            scope=names.get((one.scope_kind, one.scope_id), ""),
            is_over=one.revoked_at is not None or (one.until is not None and one.until < on),
            lacks_membership=one.scope_kind == ScopeKind.BUREAU and one.scope_id not in bureaus,
        )
        for one in appointments
    ]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday, or that an administrator spoke about."""

    date: date
    is_working: bool
    name: str
    source: str
    is_own: bool


def special_days(year: int) -> list[SpecialDay]:
    """The announced days of a year under the administrators' own; one statement."""
    own = {day.date: day for day in CalendarDay.objects.filter(date__year=year)}
    announced = {day: works for day, works in official().items() if day.year == year and day not in own}
    days = [SpecialDay(day, works, "", "", is_own=False) for day, works in announced.items()]
    days += [SpecialDay(d.date, d.is_working, d.name, d.source, is_own=True) for d in own.values()]
    return sorted(days, key=lambda day: day.date)
