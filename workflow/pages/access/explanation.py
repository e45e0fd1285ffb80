"""What a person may see and do of a measure on a day, with the role or the rule that decides each."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rights import Grant, standing
from accounts.roles import ScopeKind
from workflow.clock.now import at, today
from workflow.models import Measure
from workflow.pages.access.answers import Answer, Part, all_answers
from workflow.pages.decisions.case import Case
from workflow.queries.access import Reading, RoleSeen, View, roles_beside, view_of
from workflow.queries.cases import cycle_of
from workflow.states import MeasureState


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer for one person, one measure and one day. `answers` is empty where the measure is not seen."""

    person: User
    measure: Measure
    on: date
    view: View
    roles: list[RoleSeen]
    is_administrator: bool
    answers: Mapping[Part, list[Answer]]

    def role_words(self, grant: Grant) -> str:
        """The role and where it is held."""
        return role_words(grant, {one.grant: one.scope for one in self.view.grounds}.get(grant, ""))


def explain(person: User, measure: Measure, on: date) -> Explanation:
    """What `person` may see and do of `measure`, as it stands now, under the roles and dates of the day `on`."""
    with on_the_day(on, measure.plan.time_zone):
        held = standing(person, on)
        view = view_of(person, measure, held)
        case = Case.of(person, held, measure, cycle_of(measure))
        return Explanation(
            person=person,
            measure=measure,
            on=on,
            view=view,
            roles=roles_beside(person, view, on),
            is_administrator=held.is_administrator,
            answers=all_answers(case) if view.sees else {},
        )


FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""The days that can be asked about: rules count years and working days from them, before and after."""


def day_of(text: str) -> date | None:
    """The day written as 2026-03-31, if it is one that can be asked about."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None


@contextmanager
def on_the_day(on: date, zone: str) -> Iterator[None]:
    """Let it be that day for all checks inside; the present moment where it is that day already."""
    if on == today(zone):
        yield
        return
    with at(datetime.combine(on, time(12), ZoneInfo(zone))):
        yield


def role_words(grant: Grant, scope: str) -> str:
    """The role and where it is held: “handler · Education Bureau”."""
    return f"{grant.role.label} · {scope or ScopeKind(grant.scope_kind).label}"


def reading_words(reading: Reading, own: tuple[str, ...] = ()) -> str:
    """What of the measure is read, in a sentence."""
    if reading == Reading.OWN_REPORTS and own:
        words = _("Facts, states and lamps of every share; reports and evidence of %(bureaus)s alone.")
        return words % {"bureaus": "、".join(own)}
    return {
        Reading.NOTHING: _("Nothing: for this person there is no such measure."),
        Reading.FACTS: _("Facts, states and lamps of every share; no reports and no evidence."),
        Reading.OWN_REPORTS: _(
            "Facts, states and lamps of every share; reports and evidence of the own bureau alone."
        ),
        Reading.ALL_REPORTS: _("Facts, states and lamps of every share; all reports and their evidence."),
    }[reading]


def why_not(found: Explanation, *, tells_state: bool) -> str:
    """Why the person may not see the measure; "" where they may. `tells_state`: whether the reader may know how it stands."""
    if found.view.sees:
        return ""
    if not found.person.is_active:
        return _("The account is closed: none of its roles gives a right.")
    if found.is_administrator:
        return _("Administrators keep people, bureaus and roles; they see no business data.")
    if not any(one.gives_right for one in found.roles):
        return _("The person holds no role on this day.")
    if tells_state and found.measure.state == MeasureState.DRAFT:
        return _(
            "The measure is in preparation, when only the roles of its plan see it; the person holds none of them."
        )
    return _("None of the roles that the person holds on this day reaches this measure.")


def standing_words(one: RoleSeen) -> str:
    """How a role counts for the measure on the day."""
    if one.reaches:
        return _("reaches this measure")
    if one.gives_right:
        return _("in force, but does not reach this measure")
    if not one.has_begun:
        return _("begins later")
    if one.held.is_over:
        return _("over")
    if one.held.lacks_membership:
        return _("gives nothing: the person does not belong to the bureau")
    if one.held.appointment.on_behalf_of is not None and one.held.appointment.user.is_active:
        return _("gives nothing: the head's own role is not in force")
    return _("gives nothing: the account is closed")
