"""委托代理: who may name a deputy, what the deputy may do, and which rules hold for both (DOMAIN.md, Roles)."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from accounts.models import Bureau, User
from accounts.rights import standing
from accounts.roles import Permission, Role
from flows.inbox import Box, open_items
from flows.work import claim, find_item
from tests.factories.asking import Asking
from tests.factories.cast import Cast, appoint, join
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from workflow.actions.consolidation import draft_consolidation, return_consolidation, sign_consolidation
from workflow.actions.deputies import end_deputy, name_deputy
from workflow.actions.people import end_appointment
from workflow.actions.requests import sign_request
from workflow.actions.requests_granting import grant_request
from workflow.actions.shares import approve_report, send_back
from workflow.clock.now import today
from workflow.models import AuditEvent, Consolidation, Measure, Report, Share
from workflow.rules.refusal import NotFound
from workflow.states import RequestKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(cast: Cast) -> Bureau:
    return cast.bureau("教育局")


@pytest.fixture
def head(cast: Cast, bureau: Bureau) -> User:
    return cast.head(bureau)


@pytest.fixture
def member(cast: Cast, bureau: Bureau) -> User:
    """Somebody of the bureau without a role."""
    person = cast.stranger(7)
    join(person, bureau)
    return person


def away(deputy: User, bureau: Bureau, by: User, days: int = 10, **more: date) -> object:
    since = more.get("since", today())
    return name_deputy(deputy, bureau, by=by, since=since, until=since + timedelta(days=days), reason="休假")


def reported(road: Road) -> tuple[Measure, Share]:
    """A measure whose lead's share waits for its review."""
    measure = road.measure(supporting=1)
    road.accept_all(measure)
    share = measure.shares.get(is_lead=True)
    road.submit(share)
    return fresh(measure), share


def test_a_deputy_reviews_and_the_trail_bears_both_names(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    _, share = reported(road)
    away(member, bureau, head)

    approve_report(share, by=member)

    line = AuditEvent.objects.get(action="share.approve")
    assert (line.actor, line.on_behalf_of, line.role) == (member, head, Role.HEAD)


def test_who_acts_in_their_own_right_acts_for_nobody(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    _, share = reported(road)
    away(member, bureau, head)

    approve_report(share, by=head)

    assert AuditEvent.objects.get(action="share.approve").on_behalf_of is None


def test_the_heads_desk_is_the_deputys_too_while_the_days_last(
    clock: Clock, cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    _, share = reported(road)
    away(member, bureau, head, days=2)

    assert [item.share_id for item in open_items(member, Box.UNCLAIMED).items] == [share.pk]
    clock.to(today() + timedelta(days=3))
    assert open_items(member, Box.UNCLAIMED).items == []
    with refused("right.missing"):
        approve_report(share, by=member)


def test_what_a_deputy_had_claimed_is_the_posts_again_when_the_head_is_back(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    _, share = reported(road)
    appointment = away(member, bureau, head)
    item = open_item(share)
    claim(item, by=member)

    end_deputy(appointment, by=head)

    with pytest.raises(NotFound):
        find_item(member, item.process_id, item.pk)
    with refused("right.missing"):
        approve_report(share, by=member)
    claim(find_item(head, item.process_id, item.pk), by=head)
    approve_report(share, by=head)


def test_a_deputy_has_no_right_once_the_head_has_none(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    _, share = reported(road)
    away(member, bureau, head)
    end_appointment(head.appointments.get(), by=cast.administrator(), last_day=today() - timedelta(days=1))

    assert standing(member, today()).grants == ()
    with refused("right.missing"):
        approve_report(share, by=member)


def test_rule_1_keeps_a_deputy_from_the_report_that_they_wrote_themselves(
    cast: Cast, road: Road, bureau: Bureau, head: User
) -> None:
    _, share = reported(road)
    writer = cast.handler(bureau)
    away(writer, bureau, head)

    with refused("separation.review"):
        approve_report(share, by=writer)


@pytest.mark.parametrize("act", [approve_report, partial(send_back, reason="补充")])
def test_rule_1_keeps_a_deputy_from_the_report_that_the_head_wrote(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User, act: Callable[..., object]
) -> None:
    _, share = reported(road)
    Report.objects.update(touched_by=[head.pk])
    away(member, bureau, head)

    with refused("separation.review"):
        act(share, by=member)
    with refused("separation.review"):
        claim(open_item(share), by=member)


def test_rule_1_keeps_a_deputy_from_the_consolidation_that_the_head_drafted(
    cast: Cast, road: Road, bureau: Bureau, head: User, member: User
) -> None:
    measure = road.measure(supporting=1)
    road.accept_all(measure)
    road.approve_all(measure)
    draft_consolidation(measure, by=cast.handler(bureau), summary="汇总")
    Consolidation.objects.update(touched_by=[head.pk])
    away(member, bureau, head)

    for act in (sign_consolidation, partial(return_consolidation, reason="补充")):
        with refused("separation.review"):
            act(measure, by=member)


def test_rule_5_keeps_a_head_from_the_request_that_a_deputy_signed_for_them(
    cast: Cast, road: Road, bureau: Bureau, member: User
) -> None:
    measure = road.measure(supporting=1)
    road.accept_all(measure)
    support = measure.shares.get(is_lead=False)
    both = cast.head(support.bureau)
    join(both, bureau)
    appoint(both, Role.HEAD, bureau)
    join(member, support.bureau)
    away(member, support.bureau, both)
    asked = Asking(cast).raise_(support, RequestKind.COORDINATION)

    asked = sign_request(asked, by=member)

    assert (asked.signed_by, asked.signed_for, asked.decider) == (member, both, Role.HEAD)
    with refused("separation.request"):
        grant_request(asked, by=both)


def test_there_are_no_chains(cast: Cast, bureau: Bureau, head: User, member: User) -> None:
    away(member, bureau, head)
    other = cast.handler(bureau)

    with refused("deputy.chain"):
        away(other, bureau, member)


def test_a_head_has_one_deputy_at_a_time(cast: Cast, bureau: Bureau, head: User, member: User) -> None:
    first = away(member, bureau, head)
    other = cast.handler(bureau)

    with refused("deputy.overlaps"):
        away(other, bureau, head)
    away(other, bureau, head, since=today() + timedelta(days=11))
    end_deputy(first, by=head)
    away(member, bureau, head, days=1)


@pytest.mark.parametrize("who", ["head", "another_head", "stranger", "leaving"])
def test_only_a_member_of_the_bureau_who_is_no_head_there_can_be_named(
    cast: Cast, bureau: Bureau, head: User, who: str
) -> None:
    leaving = cast.stranger(9)
    join(leaving, bureau, date(2020, 1, 1), today() + timedelta(days=3))
    people = {
        "head": head,
        "another_head": cast.head(bureau, 2),
        "stranger": cast.stranger(1),
        "leaving": leaving,
    }
    code = "deputy.is_head" if who == "another_head" else "input.deputy"

    with refused(code):
        away(people[who], bureau, head)


def test_an_auditor_is_nobodys_deputy(cast: Cast, bureau: Bureau, head: User) -> None:
    auditor = cast.auditor()
    join(auditor, bureau)

    with refused("separation.roles"):
        away(auditor, bureau, head)


def test_a_handler_names_no_deputy(cast: Cast, bureau: Bureau, member: User) -> None:
    with refused("right.missing"):
        away(member, bureau, cast.handler(bureau))


def test_only_who_named_a_deputy_ends_it_and_only_once(
    cast: Cast, bureau: Bureau, head: User, member: User
) -> None:
    appointment = away(member, bureau, head)

    with pytest.raises(NotFound):
        end_deputy(appointment, by=cast.head(bureau, 2))
    end_deputy(appointment, by=head)
    with refused("deputy.over"):
        end_deputy(appointment, by=head)


def test_a_deputy_brings_no_right_elsewhere(cast: Cast, bureau: Bureau, head: User, member: User) -> None:
    away(member, bureau, head)

    held = standing(member, today())
    assert held.bureaus(*Permission) == {bureau.pk}
    assert held.plans(*Permission) == frozenset()
    assert {grant.on_behalf_of for grant, _ in held.grants} == {head.pk}
