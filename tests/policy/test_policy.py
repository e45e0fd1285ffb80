"""The policy table, walked and asked: every route has a line, every line a route, every cell its answer."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from tests.policy.conftest import Stage, passing
from tests.policy.ledger_digest import ledger_digest
from tests.policy.requests import Asked, asked
from tests.policy.routes import METHODS, Route, routes
from tests.policy.world import never_told
from workflow.models import AuditEvent
from workflow.models.audit_event import Outcome as Trailed
from workflow.pages.policy import RULES
from workflow.pages.policy_lines import Outcome, Rule
from workflow.pages.readers import Reader, Situation

pytestmark = pytest.mark.django_db

BESIDE_THE_LEDGER = {"accounts:sign-in", "accounts:sign-out", "accounts:language", "healthz"}
STATUS = {Outcome.FORBIDDEN: 403, Outcome.HIDDEN: 404, Outcome.CONFLICT: 409}
LEAVES_NO_LINE = {"ledger:save-draft", "ledger:add-evidence", "ledger:remove-evidence"}
"""A draft is no business state; a file for a report that is not theirs to write is turned away at the desk."""
LEAVES_ONE = {
    "accounts:sign-out",
    "ledger:evidence",
    "ledger:ledger-sheet",
    "ledger:order-file",
    "ledger:import-file",
    "ledger:plan-source-file",
}
"""These leave a line: signing out, reading evidence, and downloading what can be kept."""


def send(client: Client, request: Asked) -> HttpResponseBase:
    method = getattr(client, request.method.lower())
    answer: HttpResponseBase = method(request.path, request.data)
    return answer


def outcome_of(answer: HttpResponseBase) -> Outcome | int:
    """The table's word for an answer; its status where the table has none."""
    location = answer.headers.get("Location", "")
    if answer.status_code == 302:
        return Outcome.SIGN_IN if location.startswith("/accounts/sign-in/?next=") else Outcome.ALLOWED
    if answer.status_code == 200:
        return Outcome.ALLOWED
    return next((word for word, status in STATUS.items() if status == answer.status_code), answer.status_code)


def body(answer: HttpResponseBase) -> str:
    parts = answer.streaming_content if answer.streaming else [answer.content]  # type: ignore[attr-defined]
    return b"".join(parts).decode(errors="replace")


def test_every_route_has_a_line_for_each_method_and_every_line_a_route() -> None:
    asked_for = {(route.name, method) for route in routes() for method in route.methods}
    ruled = {(rule.view, rule.method) for rule in RULES}
    assert sorted(asked_for - ruled) == []
    assert sorted(ruled - asked_for) == []


def test_no_situation_of_a_page_is_ruled_twice() -> None:
    lines = [(rule.view, rule.method, rule.situation) for rule in RULES]
    assert sorted({line for line in lines if lines.count(line) > 1}) == []


def test_no_line_gives_a_reader_two_answers() -> None:
    assert [rule for rule in RULES if Reader.NOBODY in rule.forbidden | rule.conflict] == []
    assert set(Situation) == {rule.situation for rule in RULES}


@pytest.mark.parametrize("rule", [pytest.param(r, id=f"{r.view}-{r.method}-{r.situation}") for r in RULES])
def test_every_reader_gets_the_answer_of_the_line(
    stage: Stage, rule: Rule, subtests: pytest.Subtests
) -> None:
    acting = [reader for reader in Reader if changes(rule, reader)]
    others = [reader for reader in Reader if reader not in acting]
    with passing():
        for reader in others:
            with subtests.test(reader.value):
                ask(stage, rule, reader)
        all_is_well = is_as_due(stage, rule, others)
    for reader in acting if all_is_well else Reader:
        with subtests.test(reader.value), passing():
            ask(stage, rule, reader)
            assert is_as_due(stage, rule, [reader])
    assert all_is_well, "the readers who change nothing did, together, or left other lines than are due"


def ask(stage: Stage, rule: Rule, reader: Reader) -> None:
    """Send the request and hold what the table says of the answer; the page tells nothing that it may not."""
    answer = send(stage.client(reader), asked(stage.world, rule))
    page = body(answer)
    assert outcome_of(answer) == rule.outcome(reader), page[-1500:]
    assert never_told(stage.world, reader, page) == []


def changes(rule: Rule, reader: Reader) -> bool:
    """Whether the cell is a change of business data."""
    allowed = rule.outcome(reader) == Outcome.ALLOWED
    return allowed and rule.method == "POST" and rule.view not in BESIDE_THE_LEDGER


def is_as_due(stage: Stage, rule: Rule, readers: list[Reader]) -> bool:
    """Whether the tables changed just where they should, and each action refused left its line and no other."""
    if any(changes(rule, reader) for reader in readers):
        return ledger_digest() != stage.digest
    lines = AuditEvent.objects.order_by("pk").values_list("outcome", "actor")[stage.events :]
    due = [line for reader in readers for line in lines_due(stage, rule, reader)]
    return ledger_digest() == stage.digest and list(lines) == due


def lines_due(stage: Stage, rule: Rule, reader: Reader) -> list[tuple[str, int | None]]:
    """Whoever is turned away leaves a line, the action's or the page's; so does who comes, goes, or takes away."""
    if reader == Reader.NOBODY:
        return [(Trailed.REFUSED, None)] if (rule.view, rule.method) == ("accounts:sign-in", "POST") else []
    outcome = rule.outcome(reader)
    in_conflict = outcome == Outcome.CONFLICT and rule.method == "POST" and rule.view not in LEAVES_NO_LINE
    if outcome in {Outcome.FORBIDDEN, Outcome.HIDDEN} or in_conflict:
        return [(Trailed.REFUSED, stage.world.people[reader].pk)]
    if outcome == Outcome.ALLOWED and rule.view in LEAVES_ONE:
        return [(Trailed.DONE, stage.world.people[reader].pk)]
    return []


@pytest.mark.parametrize("route", [pytest.param(route, id=route.name) for route in routes()])
def test_a_method_that_a_page_lacks_is_refused(stage: Stage, route: Route) -> None:
    """Asked by somebody whom the page lets in: others are turned away before the method is looked at."""
    rule = next(rule for rule in RULES if rule.view == route.name and rule.allowed)
    reader = next(reader for reader in Reader if reader in rule.allowed)
    path = asked(stage.world, rule).path
    for method in set(METHODS) - route.methods:
        answer = stage.client(reader).generic(method, path)
        assert answer.status_code == 405, method
    assert ledger_digest() == stage.digest
