"""委托代理 through the pages: naming a deputy, ending it, and what each reader is shown."""

from datetime import timedelta

import pytest

from accounts.models import Appointment, Bureau, User
from tests.factories.cast import Cast, join
from tests.factories.road import Road
from tests.workflow.pages.visits import Visitor, told, words
from workflow.actions.deputies import name_deputy
from workflow.actions.shares import approve_report
from workflow.clock.now import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(cast: Cast) -> Bureau:
    return cast.bureau("教育局")


@pytest.fixture
def head(cast: Cast, bureau: Bureau) -> Visitor:
    return Visitor(cast.head(bureau))


@pytest.fixture
def member(cast: Cast, bureau: Bureau) -> User:
    person = cast.stranger(7)
    join(person, bureau)
    return person


def form(bureau: Bureau, member: User, **changed: object) -> dict[str, object]:
    day = today()
    given = {"bureau": bureau.pk, "deputy": member.pk, "since": day, "until": day + timedelta(days=3)}
    return {**given, "reason": "休假", **changed}


def test_a_head_names_a_deputy_and_ends_it(head: Visitor, bureau: Bureau, member: User) -> None:
    page = head.follow("ledger:deputies", **form(bureau, member))
    appointment = Appointment.objects.get(on_behalf_of__isnull=False)
    assert told(page) == [f"{member.name} acts for you on these days."]
    assert [(one.appointment, one.stands) for one in page.context["deputies"]] == [(appointment, "now")]

    page = head.follow("ledger:end-deputy", appointment.pk)
    assert [one.stands for one in page.context["deputies"]] == ["ended"]
    assert "End now" not in words(page)


def test_only_the_members_of_the_own_bureau_are_offered_even_after_an_error(
    cast: Cast, head: Visitor, bureau: Bureau, member: User
) -> None:
    other = cast.handler(cast.bureau("财政局"))

    for page in (
        head.see("ledger:deputies"),
        head.send("ledger:deputies", **form(bureau, member, until=today() - timedelta(days=1))),
        head.send("ledger:deputies", **form(bureau, other)),
    ):
        assert f'<option value="{member.pk}"' in words(page)
        assert other.name not in words(page)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["deputy"]


def test_the_deputy_is_told_for_whom_they_act_and_offered_no_form(
    cast: Cast, bureau: Bureau, member: User
) -> None:
    boss = cast.head(bureau)
    name_deputy(member, bureau, by=boss, since=today(), until=today(), reason="休假")

    page = Visitor(member).see("ledger:deputies")

    assert boss.name in words(page)
    assert "Name the deputy" not in words(page)


def test_who_heads_nothing_learns_that_only_heads_name_deputies(cast: Cast, bureau: Bureau) -> None:
    page = words(Visitor(cast.handler(bureau)).see("ledger:deputies"))

    assert "Only the head of a bureau names a deputy." in page


def test_the_history_of_a_measure_names_deputy_and_head(
    cast: Cast, road: Road, bureau: Bureau, member: User
) -> None:
    boss = cast.head(bureau)
    measure = road.measure(supporting=1)
    road.accept_all(measure)
    share = measure.shares.get(is_lead=True)
    road.submit(share)
    name_deputy(member, bureau, by=boss, since=today(), until=today(), reason="休假")

    approve_report(share, by=member)

    page = Visitor(cast.supervisor(measure.plan)).see("ledger:measure-detail", measure.code)
    assert f"{member.name} (for {boss.name})" in words(page)


def test_the_roster_says_for_whom_a_deputy_acts(cast: Cast, bureau: Bureau, member: User) -> None:
    boss = cast.head(bureau)
    name_deputy(member, bureau, by=boss, since=today(), until=today(), reason="休假")

    page = Visitor(boss).see("ledger:roles")

    [entry] = [one for one in page.context["entries"] if one.appointment.user == member]
    assert entry.gives_right
    assert entry.given_by == boss.name
    assert f"for {boss.name}" in words(page)
