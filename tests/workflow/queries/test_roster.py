"""Who holds which role where: whole for administrators and auditors of all, else the reader's own scopes."""

from datetime import date

import pytest

from accounts.models import User
from accounts.rights import standing
from accounts.roles import Role
from tests.factories.cast import Cast, PersonFactory, appoint
from tests.factories.plans import EngagementFactory, PlanFactory
from tests.factories.statements import statements_of
from workflow.actions import people
from workflow.clock.now import today
from workflow.models import Plan
from workflow.queries import roster as subject
from workflow.queries.roster import Entry, Filter, roster

pytestmark = pytest.mark.django_db


def _entries(reader: User, **wanted: object) -> list[Entry]:
    return roster(reader, standing(reader, today()), Filter(**wanted), "", today()).entries  # type: ignore[arg-type]


def _seen(reader: User, **wanted: object) -> set[tuple[str, str]]:
    """Who holds what, as the reader sees it."""
    return {(e.appointment.user.name, e.appointment.role) for e in _entries(reader, **wanted)}


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A plan with a supervisor and an observer; beside it two bureaus and another plan."""
    plan, other = PlanFactory(), PlanFactory()
    cast.supervisor(plan), cast.observer(plan), cast.observer(other)
    cast.handler(cast.bureau("教育局")), cast.head(cast.bureau("教育局")), cast.head(cast.bureau("水务局"))
    return plan


def test_administrators_and_auditors_of_all__read_every_role(cast: Cast, plan: Plan) -> None:
    for reader in (cast.administrator(), cast.auditor()):
        roles = [role for _name, role in _seen(reader)]
        assert roles.count(Role.HEAD) == 2
        assert {Role.SUPERVISOR, Role.OBSERVER, Role.HANDLER} < set(roles)


def test_a_handler__reads_the_roles_of_the_own_bureau_alone(cast: Cast, plan: Plan) -> None:
    reader, head = cast.handler(cast.bureau("教育局")), cast.head(cast.bureau("教育局"))
    assert _seen(reader) == {(reader.name, Role.HANDLER), (head.name, Role.HEAD)}


def test_a_plan_role__reads_the_plan_and_its_engagements(cast: Cast, plan: Plan) -> None:
    evaluator = cast.evaluator(EngagementFactory(plan=plan, agency=cast.agency))
    observer, supervisor = cast.observer(plan), cast.supervisor(plan)
    for reader in (observer, supervisor, cast.auditor(plan)):
        names = {name for name, _role in _seen(reader)}
        assert {observer.name, supervisor.name, evaluator.name} <= names
        assert not {cast.head(cast.bureau("水务局")).name} & names


def test_an_evaluator__reads_the_engagement_and_not_its_plan(cast: Cast, plan: Plan) -> None:
    engagement = EngagementFactory(plan=plan, agency=cast.agency)
    one, other = cast.evaluator(engagement), cast.evaluator(engagement, 2)
    assert _seen(one) == {(one.name, Role.EVALUATOR), (other.name, Role.EVALUATOR)}


def test_who_holds_no_role__reads_nothing(cast: Cast, plan: Plan) -> None:
    assert _seen(cast.stranger()) == set()


def test_filters__choose_by_role_bureau_and_person(cast: Cast, plan: Plan) -> None:
    reader, head = cast.administrator(), cast.head(cast.bureau("水务局"))
    assert {role for _n, role in _seen(reader, role=Role.HEAD)} == {Role.HEAD}
    assert _seen(reader, bureau="水务") == {(head.name, Role.HEAD)}
    assert _seen(reader, person=head.username) == {(head.name, Role.HEAD)}
    supervisor = cast.supervisor(plan)
    assert _seen(reader, bureau=cast.office.name) == {(supervisor.name, Role.SUPERVISOR)}


def test_roles_over_or_to_come__are_shown_when_asked_for(cast: Cast, plan: Plan) -> None:
    reader, person = cast.administrator(), PersonFactory(name="旧人")
    appoint(person, Role.OBSERVER, plan, until=date(2020, 6, 30))
    assert _seen(reader, person="旧人") == set()
    (entry,) = _entries(reader, person="旧人", ended=True)
    assert (entry.gives_right, entry.scope) == (False, plan.title)


def test_a_role_without_its_membership__is_shown_and_gives_nothing(cast: Cast) -> None:
    person = PersonFactory(name="外人")
    appoint(person, Role.HANDLER, cast.bureau("教育局"))
    (entry,) = _entries(cast.administrator(), person="外人")
    assert entry.gives_right is False


def test_by_whom_a_role_was_given__is_told_where_the_trail_knows(cast: Cast, plan: Plan) -> None:
    by, person = cast.administrator(), PersonFactory(name="新人")
    people.appoint(person, Role.OBSERVER, plan, by=by, since=today())
    (given,) = _entries(by, person="新人")
    assert given.given_by == by.name
    assert {entry.given_by for entry in _entries(by, role=Role.HEAD)} == {""}


def test_pages__go_on_by_key_and_cost_the_same_however_far_down(
    cast: Cast, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "PAGE", 3)
    reader = cast.administrator()
    held, cursor, seen, costs = standing(reader, today()), "", [], []
    while True:
        found: list[subject.Roster] = []
        ask = lambda: found.append(roster(reader, held, Filter(), cursor, today()))  # noqa: B023, E731
        costs.append(len(statements_of(ask)))
        seen += [entry.appointment.pk for entry in found[0].entries]
        cursor = found[0].next_cursor
        if not cursor:
            break
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == len(_entries(reader)) or len(costs) > 1
    assert max(costs) <= 5
