"""Whom a rule keeps from a step is not offered its claim, and is refused with the rule's sentence by address."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import grants
from accounts.models import Appointment, User
from accounts.roles import Role
from flows.work import claim
from tests.factories.cast import Cast, appoint, join
from tests.factories.plans import EngagementFactory, Line
from tests.factories.road import open_item
from tests.workflow.pages.stage import Stage, address, decide, see_work
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.evaluation import engage_evaluation
from workflow.models import AuditEvent, Measure
from workflow.models.audit_event import Outcome

pytestmark = pytest.mark.django_db

CLAIM = re.compile(r"/\d+/claim/")
RULE = "Nobody verifies a measure in which a bureau they belong to has a share."


@pytest.fixture
def measure(stage: Stage) -> Measure:
    """Waits for its verification."""
    return stage.road.report(stage.joint())


@pytest.fixture
def member(stage: Stage, measure: Measure) -> User:
    """A supervisor who belongs to a bureau of the measure."""
    person = stage.cast.supervisor(measure.plan, n=2)
    join(person, stage.support)
    return person


def test_the_claim_is_refused_with_the_rule_and_leaves_a_line(
    stage: Stage, measure: Measure, member: User
) -> None:
    answer = Visitor(member).send("ledger:claim", *address(measure))

    assert answer.status_code == 403
    assert RULE in words(answer)
    assert open_item(measure).owner is None
    line = AuditEvent.objects.latest("pk")
    assert (line.outcome, line.actor, line.reason) == (Outcome.REFUSED, member, "separation.verify_bureau")


def test_the_inbox_offers_no_claim_of_what_a_bureau_of_theirs_keeps_from_them(
    stage: Stage, measure: Measure, member: User
) -> None:
    kept = words(Visitor(member).see("ledger:inbox", box="unclaimed"))
    free = words(Visitor(stage.cast.supervisor(measure.plan)).see("ledger:inbox", box="unclaimed"))

    assert measure.title in kept
    assert "not yours to decide" in kept
    assert not CLAIM.search(kept)
    assert CLAIM.search(free)
    assert "not yours to decide" not in free


@pytest.mark.parametrize(("left", "is_kept"), [(date(2025, 6, 30), True), (date(2022, 6, 30), False)])
def test_the_inbox_offers_an_evaluator_no_claim_of_a_bureaus_they_lately_belonged_to(
    stage: Stage, measure: Measure, left: date, is_kept: bool
) -> None:
    stage.road.verify(measure)
    engagement = EngagementFactory(plan=measure.plan, agency=stage.cast.agency)
    engage_evaluation(measure, by=stage.cast.supervisor(measure.plan), engagement=engagement)
    evaluator = stage.cast.evaluator(engagement)
    join(evaluator, stage.support, date(2020, 1, 1), left)

    page = words(Visitor(evaluator).see("ledger:inbox", box="unclaimed"))

    assert ("not yours to decide" in page) == is_kept
    assert bool(CLAIM.search(page)) != is_kept


def test_the_inbox_asks_the_rules_once_whatever_the_number_of_rows(stage: Stage, cast: Cast) -> None:
    def statements(count: int) -> int:
        lines = [Line(stage.lead, due=date(2026, 11, 30)) for _ in range(count)]
        measures = stage.road.dispatched(*lines)
        for measure in measures:
            stage.road.report(measure)
        visitor = Visitor(cast.supervisor(measures[0].plan))
        visitor.see("ledger:inbox", box="unclaimed")
        with CaptureQueriesContext(connection) as seen:
            visitor.see("ledger:inbox", box="unclaimed")
        return len(seen)

    assert statements(1) == statements(4) <= 12


def test_the_work_page_says_the_rule_and_offers_no_claim(
    stage: Stage, measure: Measure, member: User
) -> None:
    kept, free = words(see_work(member, measure)), words(see_work(stage.post(measure), measure))

    assert RULE in kept
    assert not CLAIM.search(kept)
    assert CLAIM.search(free)


def test_what_a_leaver_left_is_not_offered_to_whom_a_rule_keeps_apart(
    stage: Stage, measure: Measure, member: User
) -> None:
    gone = stage.cast.supervisor(measure.plan)
    claim(open_item(measure), by=gone)
    grants.end(Appointment.objects.get(user=gone), until=date(2026, 3, 1), on=date(2026, 3, 2))

    page = words(see_work(member, measure))

    assert RULE in page
    assert "/claim/" not in page
    assert "/claim/" in words(see_work(stage.cast.supervisor(measure.plan, n=3), measure))


def test_the_measures_page_names_the_step_as_the_offices_and_not_as_theirs(
    stage: Stage, measure: Measure, member: User
) -> None:
    def offered(person: User) -> list[str]:
        page = Visitor(person).see("ledger:measure-detail", measure.code)
        return [offer.label for offer in page.context["next"].mine]

    assert offered(member) == []
    assert offered(stage.cast.supervisor(measure.plan)) == ["Verify"]


def test_a_head_is_told_the_rule_when_a_review_is_handed_to_the_reports_author(stage: Stage) -> None:
    share = stage.road.accept(stage.share(stage.joint(targets=())))
    author, head = stage.post(share), stage.cast.head(stage.lead)
    decide(author, share, "submit", progress="已完成")
    appoint(author, Role.HEAD, stage.lead)

    answer = Visitor(head).send("ledger:hand-over", *address(share), to=author.pk)

    assert answer.status_code == 403
    assert "Nobody reviews a report that they wrote or submitted." in words(answer)
    assert open_item(share).owner is None
