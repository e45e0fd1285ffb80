"""委托代理 beside other roles, objections and what is left on desks (DOMAIN.md, Roles and rule 5)."""

from datetime import timedelta

import pytest

from accounts.models import Appointment, Bureau, User
from accounts.rights import standing
from accounts.roles import Permission, Role
from flows.consistency import all_findings
from flows.inbox import Box, open_items
from flows.work import claim, hand_over
from tests.factories.cast import Cast, appoint, join
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.deputies import end_deputy, name_deputy
from workflow.actions.objections import raise_objection, reject_objection
from workflow.actions.people import appoint as give_role
from workflow.actions.people import deactivate_person
from workflow.actions.verification import rework_measure
from workflow.clock.now import today
from workflow.models import AuditEvent, Measure, Objection
from workflow.queries.objections import conclusions_of, objections_to_decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(cast: Cast) -> Bureau:
    return cast.bureau("教育局")


@pytest.fixture
def head(cast: Cast, bureau: Bureau) -> User:
    return cast.head(bureau)


@pytest.fixture
def member(cast: Cast, bureau: Bureau) -> User:
    person = cast.stranger(7)
    join(person, bureau)
    return person


def away(deputy: User, bureau: Bureau, by: User, begins: int = 0, days: int = 10) -> Appointment:
    since = today() + timedelta(days=begins)
    return name_deputy(deputy, bureau, by=by, since=since, until=since + timedelta(days=days), reason="休假")


def objected(cast: Cast, road: Road, by: User) -> tuple[Measure, Objection]:
    """An objection, raised by `by`, to the return of a measure that the bureau leads."""
    measure = road.report(road.measure(supporting=1))
    lead = measure.shares.select_related("bureau", "measure").get(is_lead=True)
    rework_measure(measure, by=cast.supervisor(measure.plan), shares=[lead.pk], reason="补")
    key = conclusions_of(fresh(measure), today())[-1].key
    return measure, raise_objection(lead, by=by, conclusion=key, grounds="材料齐全")


def test_rule_5_keeps_a_head_from_the_objection_that_a_deputy_raised_for_them(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    away(member, bureau, head)
    measure, objection = objected(cast, road, member)
    appoint(head, Role.APPROVER, measure.plan)

    assert (objection.raised_by, objection.raised_for) == (member, head)
    with refused("separation.objection_raised"):
        reject_objection(objection, by=head, reason="不成立")
    Objection.objects.update(decision="rejected", decided_by=head, decided_at=objection.raised_at)
    assert "objection" in " ".join(str(one) for one in all_findings()).lower()


def test_an_objection_waits_for_whoever_is_neither_the_deputy_nor_the_head(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    away(member, bureau, head)
    measure, objection = objected(cast, road, member)
    appoint(head, Role.APPROVER, measure.plan)
    approver = cast.approver(measure.plan)

    assert objections_to_decide(head, standing(head, today())) == []
    assert objections_to_decide(approver, standing(approver, today())) == [objection]


def test_a_head_who_objects_in_person_objects_for_nobody(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    away(member, bureau, head)
    _, objection = objected(cast, road, head)

    assert objection.raised_for is None


@pytest.mark.parametrize("begins", [0, 5])
def test_a_deputy_whose_time_was_ended_is_free_for_any_other_role(
    cast: Cast, bureau: Bureau, head: User, member: User, begins: int
) -> None:
    end_deputy(away(member, bureau, head, begins), by=head)

    give_role(member, Role.AUDITOR, None, by=cast.administrator(), since=today())

    assert standing(member, today()).audits_all
    assert_sound()


def test_rule_6_holds_for_a_deputy_to_come(cast: Cast, bureau: Bureau, head: User, member: User) -> None:
    away(member, bureau, head, 5)

    with refused("separation.roles"):
        give_role(member, Role.AUDITOR, None, by=cast.administrator(), since=today())


def test_the_group_of_the_post_is_left_with_the_end(bureau: Bureau, head: User, member: User) -> None:
    appointment = away(member, bureau, head)
    assert appointment.group in member.groups.all()

    end_deputy(appointment, by=head)

    assert not member.groups.exists()
    assert appointment.group in head.groups.all()


def test_who_became_head_in_their_own_right_may_name_a_deputy_though_they_act_for_another(
    cast: Cast, bureau: Bureau, head: User, member: User
) -> None:
    away(member, bureau, head)
    give_role(member, Role.HEAD, bureau, by=cast.administrator(), since=today())
    third = cast.handler(bureau)

    away(third, bureau, member)

    assert {grant.on_behalf_of for grant, _ in standing(third, today()).grants} == {None, member.pk}
    assert_sound()


def test_what_a_deputy_claimed_is_in_the_heads_box_once_the_deputy_is_ended(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    measure = road.measure(supporting=1)
    road.accept_all(measure)
    share = measure.shares.get(is_lead=True)
    road.submit(share)
    appointment = away(member, bureau, head)
    claim(open_item(share), by=member)
    assert open_items(head, Box.UNCLAIMED).items == []

    end_deputy(appointment, by=head)

    assert [item.share_id for item in open_items(head, Box.UNCLAIMED).items] == [share.pk]
    assert open_items(member, Box.MINE).items == []


def test_with_the_account_of_the_head_ends_what_the_deputy_may(
    cast: Cast, bureau: Bureau, head: User, member: User
) -> None:
    away(member, bureau, head)

    deactivate_person(head, by=cast.administrator())

    assert standing(member, today()).bureaus(*Permission) == frozenset()


def test_a_deputy_hands_work_over_in_both_names(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    measure = road.measure(supporting=1)
    away(member, bureau, head)
    item = open_item(measure.shares.get(is_lead=True))

    hand_over(item, to=cast.handler(bureau), by=member)

    line = AuditEvent.objects.get(action="item.hand_over")
    assert (line.actor, line.on_behalf_of) == (member, head)


def test_a_deputy_who_is_a_handler_keeps_the_handlers_work_when_the_time_is_ended(
    cast: Cast, road: Road, bureau: Bureau, head: User
) -> None:
    measure = road.measure(supporting=1)
    writer = cast.handler(bureau)
    appointment = away(writer, bureau, head)
    item = open_item(measure.shares.get(is_lead=True))
    claim(item, by=writer)

    end_deputy(appointment, by=head)

    assert [one.pk for one in open_items(writer, Box.MINE).items] == [item.pk]
