"""The separation of duties, each rule by somebody who must be refused, through the page's own address.

With the browser's own token: the page is opened, its form is sent. (DOMAIN.md, Separation of duties, 1 to 7.)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import BureauKind, User
from accounts.roles import Role
from tests.factories.cast import appoint, make_bureau
from tests.factories.plans import EngagementFactory
from tests.policy.conftest import Stage
from tests.policy.ledger_digest import ledger_digest
from tests.policy.requests import DECIDED
from tests.policy.world import R, S, World
from workflow.models import AuditEvent
from workflow.models.audit_event import Outcome
from workflow.pages.readers import Situation
from workflow.rules.refusal import sentence

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody sends a form to an address, and the refusal that is due with its parameters."""

    person: User
    path: str
    data: dict[str, Any]
    code: str
    params: dict[str, Any]


def attempt(world: World, person: User, situation: Situation, code: str, **params: Any) -> Attempt:
    """At the work page of the situation, with its form filled in well."""
    item = world.items[situation]
    path = reverse("ledger:work", args=[item.process_id, item.pk])
    return Attempt(person, path, DECIDED[situation](world), code, params)


def sent_instead(tried: Attempt, **data: Any) -> Attempt:
    """The same attempt with another form."""
    return Attempt(tried.person, tried.path, data, tried.code, tried.params)


def reviews_own_report(world: World) -> Attempt:
    return attempt(world, world.people[R.AUTHOR], S.REVIEW_OWN, "separation.review")


def returns_own_report(world: World) -> Attempt:
    return sent_instead(reviews_own_report(world), decision="send_back", reason="重写")


def signs_own_draft(world: World) -> Attempt:
    return attempt(world, world.people[R.AUTHOR], S.SIGN_OWN, "separation.review")


def returns_own_draft(world: World) -> Attempt:
    return sent_instead(signs_own_draft(world), decision="return_draft", reason="重写")


def verifies_for_own_bureau(world: World) -> Attempt:
    return attempt(world, world.people[R.TIED_SUPERVISOR], S.VERIFY, "separation.verify_bureau")


def returns_from_own_bureau(world: World) -> Attempt:
    share = world.share(S.VERIFY)
    return sent_instead(verifies_for_own_bureau(world), decision="rework", shares=[share.pk], reason="不实")


def verifies_own_report(world: World) -> Attempt:
    """Who wrote the lead's report, and has belonged to the supervision office alone for longer than the cycle."""
    writer = world.people[R.HOLDER]
    writer.memberships.update(since=date(2019, 1, 1), until=date(2019, 12, 31))
    appoint(writer, Role.SUPERVISOR, world.plan)
    return attempt(world, writer, S.VERIFY, "separation.verify_report")


def closes_what_they_verified(world: World) -> Attempt:
    return attempt(world, world.people[R.DOUBLE], S.CLOSE, "separation.close_verified")


def closes_for_own_bureau(world: World) -> Attempt:
    return attempt(world, world.people[R.TIED_APPROVER], S.CLOSE, "separation.close_bureau")


def evaluates_a_former_bureau(world: World) -> Attempt:
    tied = world.people[R.TIED_EVALUATOR]
    bureau = world.support.name
    return attempt(world, tied, S.EVALUATE, "separation.evaluator_member", bureau=bureau, years=3)


def engages_an_agency_below_the_lead(world: World) -> Attempt:
    agency = make_bureau("教育局评估所", BureauKind.AGENCY, under=world.lead)
    engagement = EngagementFactory(plan=world.plan, agency=agency)
    tried = attempt(
        world, world.people[R.SUPERVISOR], S.ENGAGE, "separation.agency_related", bureau=world.lead.name
    )
    return sent_instead(tried, decision="engage", engagement=engagement.pk)


def engages_a_bureau_of_the_measure(world: World) -> Attempt:
    engagement = EngagementFactory(plan=world.plan, agency=world.support)
    tried = attempt(world, world.people[R.SUPERVISOR], S.ENGAGE, "separation.agency_has_share")
    return sent_instead(tried, decision="engage", engagement=engagement.pk)


def decides_what_they_raised(world: World) -> Attempt:
    return decides_own_request(world, R.SUPPORT_HANDLER)


def decides_what_they_signed(world: World) -> Attempt:
    return decides_own_request(world, R.SUPPORT_HEAD)


def decides_own_request(world: World, reader: R) -> Attempt:
    appoint(world.people[reader], Role.SUPERVISOR, world.plan)
    return attempt(world, world.people[reader], S.REQUEST_DECIDE, "separation.request")


def ends_a_share_beside_their_own_bureaus(world: World) -> Attempt:
    return attempt(world, world.people[R.TIED_APPROVER], S.REQUEST_ABOVE, "separation.end_bureau")


def appoints_a_handler_as_auditor(world: World) -> Attempt:
    return appoints(world, R.HANDLER, Role.AUDITOR, Role.HANDLER)


def appoints_a_supervisor_as_administrator(world: World) -> Attempt:
    return appoints(world, R.SUPERVISOR, Role.ADMINISTRATOR, Role.SUPERVISOR)


def appoints(world: World, whom: R, asked: Role, held: Role) -> Attempt:
    path = reverse("master-data:person", args=[world.people[whom].pk])
    data = {"decision": "appoint", "role": asked.value, "scope": "all", "since": "2026-03-16"}
    params = {"asked": asked.value, "held": held.value}
    return Attempt(world.people[R.ADMINISTRATOR], path, data, "separation.roles", params)


def puts_own_preparation_on_the_ledger(world: World) -> Attempt:
    path = reverse("ledger:put-on-ledger", args=[world.ready.code])
    return Attempt(world.people[R.DOUBLE], path, {}, "separation.prepared", {})


ATTEMPTS: dict[int, tuple[Callable[[World], Attempt], ...]] = {
    1: (reviews_own_report, returns_own_report, signs_own_draft, returns_own_draft),
    2: (
        verifies_for_own_bureau,
        returns_from_own_bureau,
        verifies_own_report,
        ends_a_share_beside_their_own_bureaus,
    ),
    3: (closes_what_they_verified, closes_for_own_bureau),
    4: (evaluates_a_former_bureau, engages_an_agency_below_the_lead, engages_a_bureau_of_the_measure),
    5: (decides_what_they_raised, decides_what_they_signed),
    6: (appoints_a_handler_as_auditor, appoints_a_supervisor_as_administrator),
    7: (puts_own_preparation_on_the_ledger,),
}
CASES = [
    pytest.param(trying, id=f"rule-{rule}-{trying.__name__}")
    for rule, tries in ATTEMPTS.items()
    for trying in tries
]


def words(answer: HttpResponseBase) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("trying", CASES)
def test_who_must_not_decide_is_refused_with_the_rules_sentence_and_nothing_changes(
    stage: Stage, trying: Callable[[World], Attempt]
) -> None:
    tried = trying(stage.world)
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(pk=tried.person.pk))
    page = client.get(tried.path)
    assert page.status_code == 200
    token = TOKEN.search(words(page))
    assert token is not None
    before, lines = ledger_digest(), AuditEvent.objects.count()

    answer = client.post(tried.path, {**tried.data, "csrfmiddlewaretoken": token[1]})

    assert answer.status_code == 403
    assert escape(sentence(tried.code, tried.params)) in words(answer)
    assert ledger_digest() == before
    line = AuditEvent.objects.order_by("pk")[lines:].get()
    assert (line.outcome, line.actor_id, line.reason) == (Outcome.REFUSED, tried.person.pk, tried.code)


@pytest.mark.parametrize("trying", CASES)
def test_a_form_without_the_pages_token_reaches_no_rule_and_leaves_no_line(
    stage: Stage, trying: Callable[[World], Attempt]
) -> None:
    tried = trying(stage.world)
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(pk=tried.person.pk))
    before, lines = ledger_digest(), AuditEvent.objects.count()

    answer = client.post(tried.path, tried.data)

    assert answer.status_code == 403
    assert escape(sentence(tried.code, tried.params)) not in words(answer)
    assert (ledger_digest(), AuditEvent.objects.count()) == (before, lines)
