"""A right holds only while dates, membership and account hold; no flag of Django's gives any."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission as DjangoPermission
from guardian.models import GroupObjectPermission
from guardian.shortcuts import assign_perm

from accounts.models import Appointment, User
from accounts.rights import (
    Grant,
    Standing,
    grant_for,
    holders,
    holds_everywhere,
    standing,
)
from accounts.roles import Permission, Role, ScopeKind
from tests.factories.cast import Cast, appoint, join
from tests.factories.plans import PlanFactory

pytestmark = pytest.mark.django_db

P, K = Permission, ScopeKind
DAY = date(2026, 3, 2)
NEXT, BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)


def _may_submit(person: User, cast: Cast, on: date = DAY) -> bool:
    bureau = cast.bureau("教育局")
    granted = grant_for(person, P.SUBMIT_FOR_BUREAU, K.BUREAU, bureau.pk, on)
    stands = standing(person, on).holds(P.SUBMIT_FOR_BUREAU, K.BUREAU, bureau.pk)
    assert stands == (granted is not None), "the list and the single question agree"
    return stands


def _handler(cast: Cast, member: tuple[date, date | None], role: tuple[date, date | None]) -> User:
    person = cast.stranger()
    join(person, cast.bureau("教育局"), *member)
    appoint(person, Role.HANDLER, cast.bureau("教育局"), *role)
    return person


ALWAYS = (date(2020, 1, 1), None)


@pytest.mark.parametrize(
    ("member", "role", "may"),
    [
        (ALWAYS, ALWAYS, True),
        (ALWAYS, (DAY, DAY), True),
        (ALWAYS, (NEXT, None), False),
        (ALWAYS, (date(2020, 1, 1), BEFORE), False),
        ((DAY, DAY), ALWAYS, True),
        ((NEXT, None), ALWAYS, False),
        ((date(2020, 1, 1), BEFORE), ALWAYS, False),
    ],
)
def test_a_right_in_a_bureau_needs_role_and_membership_on_the_very_day(
    cast: Cast, member: tuple[date, date | None], role: tuple[date, date | None], may: bool
) -> None:
    assert _may_submit(_handler(cast, member, role), cast) == may


def test_a_role_without_a_membership_gives_nothing(cast: Cast) -> None:
    person = cast.stranger()
    appoint(person, Role.HANDLER, cast.bureau("教育局"))
    assert not _may_submit(person, cast)


def test_a_membership_elsewhere_does_not_carry_a_role_here(cast: Cast) -> None:
    person = cast.stranger()
    join(person, cast.bureau("财政局"))
    appoint(person, Role.HANDLER, cast.bureau("教育局"))
    assert not _may_submit(person, cast)


def test_a_role_in_one_bureau_gives_nothing_in_another_not_even_below_it(cast: Cast) -> None:
    below = cast.bureau("教育局下属", under=cast.bureau("教育局"))
    person = cast.handler(cast.bureau("教育局"))
    assert grant_for(person, P.SUBMIT_FOR_BUREAU, K.BUREAU, below.pk, DAY) is None


def test_who_was_deactivated_has_no_right(cast: Cast) -> None:
    person = cast.handler(cast.bureau("教育局"))
    assert _may_submit(person, cast)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not _may_submit(person, cast)


def test_a_superuser_has_no_business_right(cast: Cast) -> None:
    person = cast.stranger()
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    assert not _may_submit(User.objects.get(pk=person.pk), cast)
    assert standing(person, DAY) == Standing()


def test_a_model_wide_permission_gives_nothing(cast: Cast) -> None:
    person = cast.stranger()
    join(person, cast.bureau("教育局"))
    person.user_permissions.set(DjangoPermission.objects.filter(codename__endswith="_for_bureau"))
    assign_perm("accounts.submit_for_bureau", person)
    assert not _may_submit(person, cast)


def test_a_grant_of_guardian_without_an_appointment_gives_nothing(cast: Cast) -> None:
    person = cast.stranger()
    join(person, cast.bureau("教育局"))
    assign_perm("submit_for_bureau", person, cast.bureau("教育局"))
    person.groups.add(cast.handler(cast.bureau("教育局")).groups.get())
    assert not _may_submit(person, cast)


def test_an_appointment_whose_grants_were_taken_away_gives_nothing(cast: Cast) -> None:
    person = cast.handler(cast.bureau("教育局"))
    GroupObjectPermission.objects.all().delete()
    assert not _may_submit(person, cast)


def test_a_foreign_permission_in_the_group_gives_nothing_and_breaks_nothing(cast: Cast) -> None:
    bureau = cast.bureau("教育局")
    person = cast.handler(bureau)
    assign_perm("change_bureau", person.groups.get(), bureau)
    held = standing(person, DAY)
    assert {permission for _, permission in held.grants} == {P.VIEW_FOR_BUREAU, P.SUBMIT_FOR_BUREAU}


def test_a_grant_names_role_and_scope(cast: Cast) -> None:
    bureau = cast.bureau("教育局")
    grant = grant_for(cast.head(bureau), P.REVIEW_FOR_BUREAU, K.BUREAU, bureau.pk, DAY)
    assert grant == Grant(Role.HEAD, K.BUREAU, bureau.pk)


def test_standing_lists_every_scope_of_every_role(cast: Cast) -> None:
    one, other = PlanFactory(), PlanFactory()
    person = cast.handler(cast.bureau("教育局"))
    appoint(person, Role.SUPERVISOR, one)
    appoint(person, Role.OBSERVER, other)
    held = standing(person, DAY)
    assert held.bureaus(P.VIEW_FOR_BUREAU) == {cast.bureau("教育局").pk}
    assert held.plans(P.VIEW_FOR_PLAN) == {one.pk, other.pk}
    assert held.plans(P.VERIFY_FOR_PLAN) == {one.pk}
    assert held.roles == {Role.HANDLER, Role.SUPERVISOR, Role.OBSERVER}
    assert not held.is_administrator
    assert not held.audits_all


def test_a_role_everywhere_is_no_grant_on_rows(cast: Cast) -> None:
    held = standing(cast.auditor(), DAY)
    assert held.audits_all
    assert held.grants == ()
    assert standing(cast.administrator(), DAY).is_administrator
    assert holds_everywhere(cast.auditor(), Role.AUDITOR, DAY)
    assert not holds_everywhere(cast.auditor(), Role.ADMINISTRATOR, DAY)


def test_holders_are_who_could_act_today(cast: Cast) -> None:
    bureau = cast.bureau("教育局")
    one, gone = cast.handler(bureau), cast.handler(bureau, 2)
    Appointment.objects.filter(user=gone).update(until=BEFORE)
    assert list(holders(Role.HANDLER, K.BUREAU, bureau.pk, DAY)) == [one]


def test_rights_are_read_in_one_statement_however_many_scopes(
    cast: Cast, django_assert_num_queries: object
) -> None:
    person = cast.stranger()
    for n in range(5):
        appoint(person, Role.OBSERVER, PlanFactory())
        join(person, cast.bureau(f"单位{n}"))
        appoint(person, Role.HEAD, cast.bureau(f"单位{n}"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(standing(person, DAY).grants) == 5 + 5 * 4
