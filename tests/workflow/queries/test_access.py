"""What a person may see of a measure and by which role (DESIGN.md, Visibility), and every role beside it."""

from datetime import date

import pytest

from accounts.models import Membership, User
from accounts.rights import Grant, standing
from accounts.roles import Permission, Role, ScopeKind
from tests.factories.cast import Cast, appoint
from tests.factories.plans import Line, PlanFactory
from tests.factories.road import Road
from tests.factories.statements import statements_of
from workflow.clock.now import today
from workflow.models import Measure
from workflow.queries.access import Reading, View, roles_beside, view_of
from workflow.queries.visibility import measures_visible_to

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)


@pytest.fixture
def measure(cast: Cast, road: Road) -> Measure:
    """Dispatched to a lead and a supporting bureau."""
    return road.dispatched(Line(cast.bureau("教育局"), [cast.bureau("财政局")], due=DUE))[0]


def _view(person: User, measure: Measure) -> View:
    return view_of(person, measure, standing(person, today()))


def test_a_handler_of_the_lead__reads_all_reports_by_that_role(cast: Cast, measure: Measure) -> None:
    lead = cast.bureau("教育局")
    found = _view(cast.handler(lead), measure)
    (ground,) = found.grounds
    assert (found.reading, ground.reading) == (Reading.ALL_REPORTS, Reading.ALL_REPORTS)
    assert ground.grant == Grant(Role.HANDLER, ScopeKind.BUREAU, lead.pk)
    assert ground.scope == "教育局"
    assert set(ground.rights) == {Permission.VIEW_FOR_BUREAU, Permission.SUBMIT_FOR_BUREAU}


def test_a_supporting_bureau__reads_its_own_reports_alone(cast: Cast, measure: Measure) -> None:
    found = _view(cast.head(cast.bureau("财政局")), measure)
    assert (found.reading, found.own) == (Reading.OWN_REPORTS, ("财政局",))


def test_an_observer_and_a_general_auditor__read_everything(cast: Cast, measure: Measure) -> None:
    for person, role, scope in (
        (cast.observer(measure.plan), Role.OBSERVER, measure.plan.title),
        (cast.auditor(), Role.AUDITOR, ""),
    ):
        found = _view(person, measure)
        assert found.reading == Reading.ALL_REPORTS
        assert [(one.grant.role, one.scope) for one in found.grounds] == [(role, scope)]


def test_an_administrator_and_a_bureau_without_a_share__see_nothing(cast: Cast, measure: Measure) -> None:
    for person in (cast.administrator(), cast.handler(cast.bureau("水务局")), cast.stranger()):
        found = _view(person, measure)
        assert (found.sees, found.reading, found.grounds) == (False, Reading.NOTHING, ())


def test_of_several_roles__those_that_reach_the_measure_are_named_and_no_others(
    cast: Cast, measure: Measure
) -> None:
    person = cast.handler(cast.bureau("财政局"))
    appoint(person, Role.OBSERVER, measure.plan)
    appoint(person, Role.OBSERVER, PlanFactory())
    found = _view(person, measure)
    assert {one.grant.role: one.reading for one in found.grounds} == {
        Role.HANDLER: Reading.OWN_REPORTS,
        Role.OBSERVER: Reading.ALL_REPORTS,
    }
    assert len(found.grounds) == 2
    assert found.reading == Reading.ALL_REPORTS


def test_the_answer__is_that_of_the_query_for_everybody(cast: Cast, measure: Measure, road: Road) -> None:
    road.dispatched(Line(cast.bureau("水务局"), due=DUE))
    for person in User.objects.all():
        held = standing(person, today())
        sees = measures_visible_to(person, held).filter(pk=measure.pk).exists()
        assert view_of(person, measure, held).sees == sees, person


def test_roles_that_reach_nothing__cost_no_statement_of_their_own(cast: Cast, measure: Measure) -> None:
    person = cast.handler(cast.bureau("财政局"))
    held = standing(person, today())
    before = len(statements_of(lambda: view_of(person, measure, held)))
    for _ in range(5):
        appoint(person, Role.OBSERVER, PlanFactory())
    more = standing(person, today())
    assert len(statements_of(lambda: view_of(person, measure, more))) == before


def test_roles_beside__tell_what_is_over_and_what_lacks_a_membership(cast: Cast, measure: Measure) -> None:
    person, office = cast.handler(cast.bureau("财政局")), cast.bureau("教育局")
    appoint(person, Role.HANDLER, office)
    appoint(person, Role.OBSERVER, measure.plan, until=date(2020, 12, 31))
    appoint(person, Role.OBSERVER, PlanFactory(), since=date(2099, 1, 1))
    view = _view(person, measure)
    found = {
        (one.held.scope, one.reaches, one.gives_right, one.has_begun, one.held.lacks_membership)
        for one in roles_beside(person, view, today())
    }
    assert ("财政局", True, True, True, False) in found
    assert ("教育局", False, False, True, True) in found
    assert (measure.plan.title, False, False, True, False) in found
    assert {one[3] for one in found} == {True, False}


def test_who_has_left_the_bureau__sees_nothing_any_more(cast: Cast, measure: Measure) -> None:
    person = cast.handler(cast.bureau("财政局"))
    Membership.objects.filter(user=person).update(until=date(2021, 1, 1))
    view = _view(person, measure)
    (role,) = roles_beside(person, view, today())
    assert not view.sees
    assert (role.reaches, role.held.lacks_membership) == (False, True)
