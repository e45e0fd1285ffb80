"""Where a deputy's act or role is shown, the head is named beside it: 王五（代李四）."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Bureau, User
from tests.factories.asking import Asking
from tests.factories.cast import Cast, join
from tests.factories.road import Road, fresh
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.deputies import end_deputy, name_deputy
from workflow.actions.objections import raise_objection
from workflow.actions.people import end_appointment
from workflow.actions.requests import sign_request
from workflow.actions.shares import approve_report
from workflow.actions.verification import rework_measure
from workflow.clock.now import today
from workflow.models import Measure
from workflow.queries.event_log import Choice, occurrences
from workflow.queries.objections import conclusions_of
from workflow.states import RequestKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(cast: Cast) -> Bureau:
    return cast.bureau("教育局")


@pytest.fixture
def head(cast: Cast, bureau: Bureau) -> User:
    return cast.head(bureau)


@pytest.fixture
def deputy(cast: Cast, bureau: Bureau, head: User) -> User:
    """Who acts for the head for ten days, and has no role of their own."""
    person = cast.stranger(7)
    join(person, bureau)
    last = today() + timedelta(days=10)
    name_deputy(person, bureau, by=head, since=today(), until=last, reason="休假")
    return person


@pytest.fixture
def both(head: User, deputy: User) -> str:
    return f"{deputy.name} (for {head.name})"


def explained(person: User, measure: Measure) -> str:
    out = StringIO()
    call_command("explain_access", person.username, measure.code, language="en", stdout=out)
    return out.getvalue()


def test_the_explanation_says_for_whom_and_until_when(
    cast: Cast, road: Road, bureau: Bureau, head: User, deputy: User
) -> None:
    measure, last = road.measure(supporting=0), today() + timedelta(days=10)

    role = f"head (for {head.name}) · {bureau.name} · {today()} – {last}"
    assert f"{role}: reaches this measure" in explained(deputy, measure)
    page = words(Visitor(deputy).see("ledger:measure-access", measure.code))
    assert f"head (for {head.name})" in page


@pytest.mark.parametrize(
    ("who", "standing"), [("deputy", "over"), ("head", "gives nothing: the head's own role is not in force")]
)
def test_the_explanation_says_why_a_deputys_role_gives_nothing(
    cast: Cast, road: Road, head: User, deputy: User, who: str, standing: str
) -> None:
    measure = road.measure(supporting=0)
    if who == "deputy":
        end_deputy(deputy.appointments.get(), by=head)
    else:
        end_appointment(head.appointments.get(), by=cast.administrator())

    [line] = [line for line in explained(deputy, measure).splitlines() if f"for {head.name}" in line]
    assert line.endswith(f": {standing}")


def test_the_administrator_sees_for_whom_a_person_holds_the_role(
    cast: Cast, head: User, deputy: User
) -> None:
    page = words(Visitor(cast.administrator()).see("master-data:person", deputy.pk))

    assert f"head (for {head.name})" in page


def test_a_request_shows_who_signed_it_for_whom(
    cast: Cast, road: Road, bureau: Bureau, deputy: User, both: str
) -> None:
    measure = road.measure(supporting=1)
    road.accept_all(measure)
    asked = Asking(cast).raise_(measure.shares.get(is_lead=True), RequestKind.EXTENSION)
    sign_request(asked, by=deputy)

    page = Visitor(cast.supervisor(measure.plan)).see("ledger:request", measure.code, asked.pk)
    assert both in words(page)


def test_an_objection_shows_who_raised_it_for_whom(
    cast: Cast, road: Road, bureau: Bureau, deputy: User, both: str
) -> None:
    measure = road.report(road.measure(supporting=1))
    lead = measure.shares.select_related("bureau", "measure").get(is_lead=True)
    rework_measure(measure, by=cast.supervisor(measure.plan), shares=[lead.pk], reason="补")
    key = conclusions_of(fresh(measure), today())[-1].key
    raise_objection(lead, by=deputy, conclusion=key, grounds="材料齐全")

    page = Visitor(cast.auditor()).see("ledger:measure-detail", measure.code)
    objections = page.context["objections"]
    assert [one.objection.raised_for.name in both for one in objections] == [True]
    assert words(page).count(both) >= 2


def test_the_event_log_names_both(cast: Cast, road: Road, deputy: User, both: str) -> None:
    measure = road.measure(supporting=1)
    road.accept_all(measure)
    share = measure.shares.get(is_lead=True)
    road.submit(share)
    approve_report(share, by=deputy)

    assert both in {one.person for one in occurrences(Choice(persons=True))}
    assert both not in {one.person for one in occurrences(Choice())}
