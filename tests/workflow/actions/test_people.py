"""People, memberships and roles: who may change them, what each change does to rights, work and trail."""

from datetime import date, timedelta

import pytest

from accounts.models import Appointment, Membership, User
from accounts.rights import standing
from accounts.roles import Permission, Role, ScopeKind
from flows.models import WorkItem
from flows.work import claim
from tests.factories.cast import LONG_AGO, Cast
from tests.factories.clock import Clock
from tests.factories.plans import EngagementFactory, PlanFactory
from tests.factories.refusals import refused
from tests.factories.road import Road, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.people import (
    activate_person,
    appoint,
    deactivate_person,
    end_appointment,
    join_bureau,
    leave_bureau,
    register_person,
)
from workflow.models import AuditEvent
from workflow.trail.actor import INSTALLATION, Duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)
PASSWORD = "correct-horse-battery"


@pytest.fixture
def admin(cast: Cast) -> User:
    """管理员."""
    return cast.administrator()


def test_an_administrator_registers_a_person_who_can_sign_in(admin: User) -> None:
    person = register_person(" li.hua ", by=admin, name=" 李华 ", password=PASSWORD, email="li@example.org")
    assert (person.username, person.name, person.email) == ("li.hua", "李华", "li@example.org")
    assert person.check_password(PASSWORD)
    assert not person.is_superuser
    line = AuditEvent.objects.get()
    assert (line.role, line.scope_kind, line.object_id) == (Role.ADMINISTRATOR, ScopeKind.ALL, person.pk)
    assert PASSWORD not in str(line.payload)


@pytest.mark.parametrize(
    ("username", "more", "code"),
    [
        ("", {}, "input.username"),
        ("taken", {}, "input.username"),
        ("TAKEN", {}, "input.username"),
        ("two words", {}, "input.username"),
        ("x" * 65, {}, "input.username"),
        ("li", {"name": ""}, "input.person"),
        ("li", {"name": "名" * 65}, "input.person"),
        ("li", {"email": "nonsense"}, "input.person"),
        ("li", {"password": "123"}, "input.password"),
        ("lihua2026", {"password": "lihua2026"}, "input.password"),
    ],
)
def test_what_will_not_do_is_refused(admin: User, username: str, more: dict[str, str], code: str) -> None:
    User.objects.create(username="taken", name="有人")
    with refused(code, 422, people=True):
        register_person(username, by=admin, **{"name": "李华", "password": PASSWORD, **more})


@pytest.mark.parametrize(
    "who", ["handler", "supervisor", "auditor", "a timed duty", "administrator who left"]
)
def test_nobody_but_an_administrator_keeps_people(cast: Cast, admin: User, who: str) -> None:
    plan = PlanFactory()
    person = {
        "handler": lambda: cast.handler(cast.bureau("教育局")),
        "supervisor": lambda: cast.supervisor(plan),
        "auditor": cast.auditor,
        "a timed duty": lambda: Duty("tick"),
        "administrator who left": lambda: cast.administrator(2),
    }[who]()
    other, bureau = cast.stranger(), cast.bureau("教育局")
    if who == "administrator who left":
        User.objects.filter(pk=person.pk).update(is_active=False)  # type: ignore[union-attr]
    code = "right.inactive" if who == "administrator who left" else "right.missing"
    for act in (
        lambda: register_person("li", by=person, name="李", password=None),
        lambda: deactivate_person(other, by=person),
        lambda: join_bureau(other, bureau, by=person, since=TODAY),
        lambda: appoint(other, Role.HANDLER, bureau, by=person, since=TODAY),
    ):
        with refused(code, 403, people=True):
            act()


def test_a_superuser_is_no_administrator(cast: Cast) -> None:
    User.objects.filter(pk=cast.stranger().pk).update(is_superuser=True)
    person = User.objects.get(pk=cast.stranger().pk)
    with refused("right.missing", 403, people=True):
        register_person("li", by=person, name="李", password=None)


def test_membership_and_role_together_give_the_right(cast: Cast, admin: User) -> None:
    person, bureau = cast.stranger(), cast.bureau("教育局")
    appoint(person, Role.HANDLER, bureau, by=admin, since=TODAY)
    assert not standing(person, TODAY).bureaus(Permission.SUBMIT_FOR_BUREAU)
    join_bureau(person, bureau, by=admin, since=TODAY, title="科员")
    assert standing(person, TODAY).bureaus(Permission.SUBMIT_FOR_BUREAU) == {bureau.pk}
    assert_sound()


def test_nobody_belongs_to_a_bureau_twice_at_once(cast: Cast, admin: User) -> None:
    person, bureau = cast.stranger(), cast.bureau("教育局")
    join_bureau(person, bureau, by=admin, since=TODAY)
    with refused("input.member", 422, people=True):
        join_bureau(person, bureau, by=admin, since=TODAY)


def test_nobody_holds_a_role_twice_in_one_place(cast: Cast, admin: User) -> None:
    person, bureau = cast.stranger(), cast.bureau("教育局")
    appoint(person, Role.HANDLER, bureau, by=admin, since=TODAY)
    with refused("input.role_held", 422, people=True):
        appoint(person, Role.HANDLER, bureau, by=admin, since=TODAY)
    appoint(person, Role.HANDLER, cast.bureau("财政局"), by=admin, since=TODAY)


def test_dates_run_forward(cast: Cast, admin: User) -> None:
    person, bureau = cast.stranger(), cast.bureau("教育局")
    for act in (
        lambda: join_bureau(person, bureau, by=admin, since=TODAY, until=YESTERDAY),
        lambda: appoint(person, Role.HANDLER, bureau, by=admin, since=TODAY, until=YESTERDAY),
    ):
        with refused("input.dates", 422, people=True):
            act()


def test_a_role_is_held_only_where_it_can_be(cast: Cast, admin: User) -> None:
    person, plan = cast.stranger(), PlanFactory()
    with refused("input.scope", 422, people=True):
        appoint(person, Role.HANDLER, plan, by=admin, since=TODAY)


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        (Role.HANDLER, Role.AUDITOR),
        (Role.AUDITOR, Role.HANDLER),
        (Role.HANDLER, Role.ADMINISTRATOR),
        (Role.ADMINISTRATOR, Role.AUDITOR),
        (Role.SUPERVISOR, Role.ADMINISTRATOR),
    ],
)
def test_rule_6_roles_that_exclude_one_another_are_refused_by_name(
    cast: Cast, admin: User, held: Role, asked: Role
) -> None:
    person, plan = cast.stranger(), PlanFactory()
    places = {
        Role.HANDLER: cast.bureau("教育局"),
        Role.SUPERVISOR: plan,
        Role.AUDITOR: plan,
        Role.ADMINISTRATOR: None,
    }
    appoint(person, held, places[held], by=admin, since=TODAY)
    with refused("separation.roles", 403, people=True):
        appoint(person, asked, places[asked], by=admin, since=TODAY)
    assert AuditEvent.objects.latest("pk").payload == {"params": {"asked": asked.value, "held": held.value}}


def test_rule_6_the_one_role_may_follow_the_other(cast: Cast, admin: User) -> None:
    person = cast.stranger()
    appoint(person, Role.HANDLER, cast.bureau("教育局"), by=admin, since=LONG_AGO, until=YESTERDAY)
    appoint(person, Role.AUDITOR, None, by=admin, since=TODAY)
    assert_sound()


def test_an_evaluator_holds_the_role_within_the_dates_of_the_engagement(cast: Cast, admin: User) -> None:
    engagement = EngagementFactory(
        plan=PlanFactory(), agency=cast.agency, since=date(2026, 3, 1), until=date(2026, 3, 31)
    )
    role = appoint(cast.stranger(), Role.EVALUATOR, engagement, by=admin, since=LONG_AGO)
    assert (role.since, role.until) == (date(2026, 3, 1), date(2026, 3, 31))
    for day, holds in ((date(2026, 2, 28), False), (date(2026, 3, 31), True), (date(2026, 4, 1), False)):
        held = standing(cast.stranger(), day).engagements(Permission.VIEW_FOR_ENGAGEMENT)
        assert bool(held) == holds
    with refused("input.dates", 422, people=True):
        appoint(cast.stranger(), Role.EVALUATOR, engagement, by=admin, since=date(2026, 4, 1))


def _holder(cast: Cast, road: Road) -> tuple[User, WorkItem]:
    """A handler who holds the report of a share."""
    measure = road.accept_all(road.measure(supporting=0))
    return cast.handler(cast.bureau("教育局")), open_item(measure.shares.get())


@pytest.mark.parametrize("way", ["deactivated", "left the bureau", "lost the role"])
def test_work_goes_back_to_the_post_when_its_holder_goes(
    cast: Cast, road: Road, admin: User, way: str
) -> None:
    person, item = _holder(cast, road)
    match way:
        case "deactivated":
            deactivate_person(person, by=admin)
        case "left the bureau":
            leave_bureau(person.memberships.get(), by=admin, last_day=YESTERDAY)
        case "lost the role":
            end_appointment(person.appointments.get(), by=admin)
    left = WorkItem.objects.get(pk=item.pk)
    assert (left.owner, left.status, left.assigned) == (None, "NEW", None)
    assert AuditEvent.objects.filter(chain="people").latest("pk").payload["released"] == [item.pk]
    assert_sound()
    claim(left, by=cast.handler(cast.bureau("教育局"), 2))


def test_work_elsewhere_is_kept(cast: Cast, road: Road, admin: User) -> None:
    person, item = _holder(cast, road)
    join_bureau(person, cast.bureau("财政局"), by=admin, since=LONG_AGO)
    leave_bureau(person.memberships.get(bureau=cast.bureau("财政局")), by=admin, last_day=YESTERDAY)
    assert WorkItem.objects.get(pk=item.pk).owner == person


def test_a_supervisor_who_loses_the_role_leaves_the_plans_work(cast: Cast, road: Road, admin: User) -> None:
    measure = road.report(road.measure(supporting=0))
    supervisor = cast.supervisor(measure.plan)
    claim(open_item(measure), by=supervisor)
    end_appointment(supervisor.appointments.get(), by=admin)
    assert open_item(measure).owner is None


def test_who_leaves_later_keeps_the_work_until_then(
    cast: Cast, road: Road, admin: User, clock: Clock
) -> None:
    person, item = _holder(cast, road)
    leave_bureau(person.memberships.get(), by=admin, last_day=TODAY)
    assert WorkItem.objects.get(pk=item.pk).owner == person
    road.submit(item.share)  # type: ignore[arg-type]


def test_what_was_done_keeps_the_name_of_who_did_it(cast: Cast, road: Road, admin: User) -> None:
    person, item = _holder(cast, road)
    report = road.submit(item.share)  # type: ignore[arg-type]
    deactivate_person(person, by=admin)
    assert WorkItem.objects.get(pk=item.pk).owner == person
    report = type(report).objects.get(pk=report.pk)
    assert report.submitted_by == person


def test_a_membership_does_not_end_before_it_began(cast: Cast, admin: User) -> None:
    membership = Membership.objects.create(user=cast.stranger(), bureau=cast.bureau("教育局"), since=TODAY)
    with refused("input.dates", 422, people=True):
        leave_bureau(membership, by=admin, last_day=YESTERDAY)


def test_a_role_ends_with_yesterday_and_one_given_today_with_today(cast: Cast, admin: User) -> None:
    old = appoint(cast.stranger(), Role.HANDLER, cast.bureau("教育局"), by=admin, since=LONG_AGO)
    new = appoint(cast.stranger(), Role.HEAD, cast.bureau("教育局"), by=admin, since=TODAY)
    assert end_appointment(old, by=admin).until == YESTERDAY
    assert end_appointment(new, by=admin).until == TODAY
    assert_sound()


def test_nobody_closes_their_own_account_and_a_closed_one_can_be_opened_again(
    cast: Cast, admin: User
) -> None:
    with refused("person.own_account", 409, people=True):
        deactivate_person(admin, by=admin)
    person = cast.handler(cast.bureau("教育局"))
    deactivate_person(person, by=admin)
    assert not standing(person, TODAY).grants
    activate_person(person, by=admin)
    assert standing(person, TODAY).grants


def test_the_installation_may_before_there_is_an_administrator(cast: Cast) -> None:
    person = register_person("first", by=INSTALLATION, name="甲", password=None)
    appoint(person, Role.ADMINISTRATOR, None, by=INSTALLATION, since=TODAY)
    assert Appointment.objects.get().scope_id is None
