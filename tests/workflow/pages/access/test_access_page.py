"""The page of a person's rights on a measure: for themselves, and for auditors and administrators about anybody."""

from datetime import date

import pytest

from accounts.models import Membership
from accounts.roles import Role
from tests.factories.cast import appoint
from tests.factories.plans import PlanFactory
from tests.factories.statements import statements_of
from tests.workflow.pages.stage import Stage
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Measure

pytestmark = pytest.mark.django_db

PAGE, OF = "ledger:measure-access", "ledger:measure-access-of"


@pytest.fixture
def measure(stage: Stage) -> Measure:
    return stage.joint()


def test_a_handler__reads_their_own_rights(stage: Stage, measure: Measure) -> None:
    page = words(Visitor(stage.cast.handler(stage.lead)).see(PAGE, measure.code))
    assert "What you may see and do" in page
    assert "all reports and their evidence" in page
    assert "Role: handler · 教育局." in page
    assert "Asks for the role there: approver." in page
    assert measure.title in page


def test_the_measures_page__leads_there(stage: Stage, measure: Measure) -> None:
    page = words(Visitor(stage.cast.handler(stage.lead)).see("ledger:measure-detail", measure.code))
    assert f"/measures/{measure.code}/access/" in page


def test_a_head__may_not_ask_about_others(stage: Stage, measure: Measure) -> None:
    head, handler = stage.cast.head(stage.lead), stage.cast.handler(stage.lead)
    assert Visitor(head).see(OF, measure.code, handler.pk).status_code == 403
    own = words(Visitor(head).see(PAGE, measure.code, username=handler.username))
    assert "What you may see and do" in own


def test_an_auditor__asks_by_user_name(stage: Stage, measure: Measure) -> None:
    auditor, handler = Visitor(stage.cast.auditor(measure.plan)), stage.cast.handler(stage.support)
    sent = auditor.see(PAGE, measure.code, username=handler.username.upper(), on="2026-05-01")
    assert sent.url.endswith(f"/measures/{measure.code}/access/{handler.pk}/?on=2026-05-01")
    page = words(auditor.see(OF, measure.code, handler.pk))
    assert f"What {handler.name} may see and do" in page
    assert "reports and evidence of 人力社保局 alone" in page
    assert "Your roles do not allow" not in page
    assert "There is no person" in words(auditor.see(PAGE, measure.code, username="nobody-here"))


def test_an_administrator__sees_the_code_and_the_roles_but_no_business(
    stage: Stage, measure: Measure
) -> None:
    admin, handler = Visitor(stage.cast.administrator()), stage.cast.handler(stage.lead)
    page = words(admin.see(OF, measure.code, handler.pk))
    assert measure.code in page
    assert "handler · 教育局" in page
    assert measure.title not in page
    assert "not allowed" not in page
    assert str(measure.targets.get().text) not in page
    assert "Administrators keep people" in words(admin.see(PAGE, measure.code))


def test_who_sees_nothing__is_told_why(stage: Stage, measure: Measure) -> None:
    auditor, cast = Visitor(stage.cast.auditor()), stage.cast
    left = cast.handler(stage.support, 7)
    Membership.objects.filter(user=left).update(until=date(2021, 1, 1))
    for person, why in (
        (cast.stranger(), "The person holds no role on this day."),
        (cast.handler(cast.bureau("水务局")), "None of the roles that the person holds on this day reaches"),
        (left, "gives nothing: the person does not belong to the bureau"),
    ):
        page = words(auditor.see(OF, measure.code, person.pk))
        assert "for this person there is no such measure" in page
        assert why in page


def test_another_day__is_answered_by_the_roles_of_that_day(stage: Stage, measure: Measure) -> None:
    auditor, person = Visitor(stage.cast.auditor()), stage.cast.stranger()
    appoint(person, Role.OBSERVER, measure.plan, since=date(2027, 3, 1), until=date(2027, 3, 31))
    page = auditor.see(OF, measure.code, person.pk)
    assert "begins later" in words(page)
    assert not page.context["view"].sees
    assert auditor.see(OF, measure.code, person.pk, on="2027-03-31").context["view"].sees
    assert not auditor.see(OF, measure.code, person.pk, on="2027-04-01").context["view"].sees


def test_an_auditor_of_the_plan__is_not_told_of_roles_in_other_plans(stage: Stage, measure: Measure) -> None:
    other = PlanFactory(title="别处方案")
    person = stage.cast.observer(measure.plan)
    appoint(person, Role.OBSERVER, other)
    page = words(Visitor(stage.cast.auditor(measure.plan)).see(OF, measure.code, person.pk))
    assert "别处方案" not in page
    assert "1 role in another plan is not shown." in page
    assert "别处方案" in words(Visitor(stage.cast.auditor()).see(OF, measure.code, person.pk))


def test_the_page__costs_the_same_however_many_shares_there_are(stage: Stage) -> None:
    one, four = stage.single(), stage.joint()
    visitor = Visitor(stage.cast.handler(stage.lead))
    visitor.see(PAGE, one.code)
    costs = [len(statements_of(lambda m=m: visitor.see(PAGE, m.code))) for m in (one, four)]  # type: ignore[misc]
    assert costs[0] == costs[1]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "soon", ""])
def test_a_day_that_cannot_be_asked_about__is_taken_as_today(
    stage: Stage, measure: Measure, day: str
) -> None:
    page = Visitor(stage.cast.handler(stage.lead)).see(PAGE, measure.code, on=day)
    assert page.status_code == 200
    assert page.context["is_today"]


@pytest.mark.parametrize("day", ["2000-01-01", "2099-12-31"])
def test_the_first_and_the_last_day__can_be_asked_about(stage: Stage, day: str) -> None:
    measure = stage.road.report(stage.joint())
    supervisor = stage.cast.supervisor(measure.plan)
    page = Visitor(stage.cast.auditor()).see(OF, measure.code, supervisor.pk, on=day)
    assert page.status_code == 200
    assert page.context["view"].sees == (day > "2020")
