"""guardian's groups mirror the appointments, one group per role and scope."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts import grants
from accounts.models import Appointment
from accounts.roles import Permission, Role, ScopeKind
from tests.factories.cast import LONG_AGO, Cast, appoint
from tests.factories.plans import EngagementFactory, PlanFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def _codenames(group: Group) -> set[str]:
    return set(
        GroupObjectPermission.objects.filter(group=group).values_list("permission__codename", flat=True)
    )


def test_an_appointment_puts_the_person_into_the_group_of_role_and_scope(cast: Cast) -> None:
    bureau = cast.bureau("教育局")
    person = cast.handler(bureau)
    group = person.groups.get()
    assert group.name == f"handler@bureau:{bureau.pk}"
    assert _codenames(group) == {Permission.VIEW_FOR_BUREAU, Permission.SUBMIT_FOR_BUREAU}
    assert set(GroupObjectPermission.objects.values_list("object_pk", flat=True)) == {str(bureau.pk)}


def test_grants_go_to_groups_and_never_to_people(cast: Cast) -> None:
    plan = PlanFactory()
    for person in (cast.handler(cast.bureau("教育局")), cast.supervisor(plan), cast.approver(plan)):
        assert person.groups.count() == 1
    assert not UserObjectPermission.objects.exists()


def test_grants_grow_with_scopes_and_not_with_people(cast: Cast) -> None:
    cast.handler(cast.bureau("教育局"))
    before = GroupObjectPermission.objects.count()
    for n in range(2, 6):
        cast.handler(cast.bureau("教育局"), n)
    assert GroupObjectPermission.objects.count() == before


def test_a_group_that_lost_a_permission_is_made_whole_by_the_next_appointment(cast: Cast) -> None:
    cast.handler(cast.bureau("教育局"))
    GroupObjectPermission.objects.filter(permission__codename="submit_for_bureau").delete()
    group = cast.handler(cast.bureau("教育局"), 2).groups.get()
    assert "submit_for_bureau" in _codenames(group)


def test_an_auditor_of_one_plan_is_granted_there_an_auditor_of_all_nowhere(cast: Cast) -> None:
    plan = PlanFactory()
    assert cast.auditor(plan).groups.get().name == f"auditor@plan:{plan.pk}"
    assert not cast.auditor().groups.exists()


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.HANDLER, ScopeKind.PLAN),
        (Role.HEAD, ScopeKind.ALL),
        (Role.SUPERVISOR, ScopeKind.ALL),
        (Role.APPROVER, ScopeKind.BUREAU),
        (Role.EVALUATOR, ScopeKind.PLAN),
        (Role.ADMINISTRATOR, ScopeKind.PLAN),
        (Role.OBSERVER, ScopeKind.ALL),
    ],
)
def test_a_role_is_held_in_its_own_kind_of_scope_only(cast: Cast, role: Role, kind: ScopeKind) -> None:
    scope = {ScopeKind.PLAN: PlanFactory, ScopeKind.BUREAU: lambda: cast.bureau("教育局")}.get(
        kind, lambda: None
    )()
    with pytest.raises(ValueError, match="cannot be held"):
        grants.appoint(cast.stranger(), role, kind, scope, DAY, None)


@pytest.mark.parametrize(
    ("held", "asked", "clash"),
    [
        ((LONG_AGO, None), (DAY, None), True),
        ((LONG_AGO, DAY), (DAY, None), True),
        ((DAY, None), (LONG_AGO, DAY), True),
        ((LONG_AGO, DAY - timedelta(days=1)), (DAY, None), False),
        ((DAY + timedelta(days=1), None), (LONG_AGO, DAY), False),
    ],
)
def test_rule_6_roles_that_exclude_one_another_are_refused_for_the_days_on_which_both_would_hold(
    cast: Cast, held: tuple[date, date | None], asked: tuple[date, date | None], clash: bool
) -> None:
    person, plan = cast.stranger(), PlanFactory()
    appoint(person, Role.SUPERVISOR, plan, *held)
    if clash:
        with pytest.raises(grants.RolesExcludeOneAnotherError) as refused:
            appoint(person, Role.AUDITOR, plan, *asked)
        assert (refused.value.held, refused.value.asked) == (Role.SUPERVISOR, Role.AUDITOR)
    else:
        appoint(person, Role.AUDITOR, plan, *asked)


def test_the_mirror_follows_when_a_role_is_over(cast: Cast) -> None:
    person = cast.handler(cast.bureau("教育局"))
    appointment = person.appointments.get()
    grants.end(appointment, until=DAY, on=DAY)
    assert person.groups.exists(), "the role still holds today"
    grants.end(appointment, until=DAY - timedelta(days=1), on=DAY)
    assert not person.groups.exists()


def test_the_mirror_stays_while_another_appointment_holds(cast: Cast) -> None:
    bureau = cast.bureau("教育局")
    person = cast.stranger()
    first = appoint(person, Role.HANDLER, bureau, LONG_AGO, DAY)
    appoint(person, Role.HANDLER, bureau, DAY, None)
    grants.end(first, until=DAY - timedelta(days=1), on=DAY)
    assert person.groups.get().name == f"handler@bureau:{bureau.pk}"


def test_an_appointment_is_whole_or_not_at_all(cast: Cast) -> None:
    engagement = EngagementFactory(plan=PlanFactory(), agency=cast.agency)
    for fields in (
        {"scope_kind": ScopeKind.ENGAGEMENT, "scope_id": engagement.pk},
        {"scope_kind": ScopeKind.ALL, "scope_id": 1},
        {"scope_kind": ScopeKind.ALL, "until": LONG_AGO - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(user=cast.stranger(), role=Role.EVALUATOR, since=LONG_AGO, **fields)
