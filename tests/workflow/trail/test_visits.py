"""Who came, looked, took away and was turned away: on chains of the day, with address and client; trivial pages leave none."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.road import Road
from workflow.actions.evidence import add_evidence
from workflow.models import AuditEvent, Measure
from workflow.models.audit_event import Outcome
from workflow.trail.actions import AuditAction as A
from workflow.trail.actor import STRANGER
from workflow.trail.origin import NOWHERE, origin
from workflow.trail.verifying import verify

pytestmark = pytest.mark.django_db
PASSWORD = "tang-song-yuan-ming"
CLIENT = {"REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": "Lynx/2.9\x07"}


@pytest.fixture
def person(clock: Clock) -> User:
    """Somebody who can sign in."""
    return User.objects.create_user("limin", PASSWORD, name="李敏")


def _sign_in(client: Client, **data: str) -> None:
    client.post(reverse("accounts:sign-in"), {"username": "limin", "password": PASSWORD} | data)


def _as(person: User) -> Client:
    client = Client(**CLIENT)
    client.force_login(person)
    return client


def _of_the_day(source: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(chain=f"{source}:2026-03-02").order_by("seq"))


def test_signing_in_and_out_leave_a_line_each_with_address_and_client(person: User) -> None:
    client = Client(**CLIENT)
    _sign_in(client)
    client.post(reverse("accounts:sign-out"))
    client.post(reverse("accounts:sign-out"))
    lines = _of_the_day("sign-in")
    assert [(line.seq, line.action, line.actor, line.outcome) for line in lines] == [
        (1, A.SESSION_BEGIN, person, Outcome.DONE),
        (2, A.SESSION_END, person, Outcome.DONE),
    ]
    assert {(line.address, line.client) for line in lines} == {("192.0.2.7", "Lynx/2.9?")}
    assert origin() == NOWHERE


def test_a_failure_names_the_known_and_never_what_an_unknown_typed(person: User) -> None:
    client = Client()
    _sign_in(client, password="wrong")
    _sign_in(client, username="my-secret-password", password="")
    _sign_in(client, username="my-secret-password", password="wrong")
    known, unknown = _of_the_day("sign-in")
    assert (known.object_type, known.object_id) == ("user", person.pk)
    assert (unknown.object_type, unknown.object_id, unknown.payload) == ("", None, {})
    for line in (known, unknown):
        assert (line.actor, line.duty, line.outcome) == (None, STRANGER.name, Outcome.REFUSED)
        assert (line.action, line.reason) == (A.SESSION_BEGIN, "sign_in.wrong")


def test_a_locked_name_leaves_lines_that_say_so(person: User) -> None:
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        _sign_in(client, password="wrong")
    assert [line.reason for line in _of_the_day("sign-in")][-1] == "sign_in.locked"


def test_changing_ones_own_password_leaves_a_line(person: User) -> None:
    new = "yuan-ming-qing-min"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    _as(person).post(reverse("accounts:password"), data)
    assert [line.action for line in _of_the_day("sign-in")] == [A.PERSON_CHANGE_PASSWORD]


def test_who_is_turned_away_at_a_page_leaves_one_line(cast: Cast, road: Road) -> None:
    measure, stranger = road.measure(supporting=0), cast.stranger()
    client = _as(stranger)
    path = reverse("ledger:measure-detail", args=[measure.code])
    assert client.get(path).status_code == 404
    (line,) = _of_the_day("refusal")
    assert (line.action, line.actor, line.reason) == (A.PAGE_OPEN, stranger, "thing.unknown")
    assert line.payload == {"path": path, "method": "GET", "status": 404}
    assert line.outcome == Outcome.REFUSED


def test_pages_that_are_shown_unknown_addresses_and_strangers_leave_no_line(person: User) -> None:
    client = _as(person)
    assert client.get(reverse("ledger:inbox")).status_code == 200
    assert client.get("/no/such/page/").status_code == 404
    assert Client().get(reverse("ledger:inbox")).status_code == 302
    assert not AuditEvent.objects.exists()


def _with_evidence(cast: Cast, road: Road) -> tuple[Measure, int]:
    measure = road.accept_all(road.measure(supporting=0))
    share = measure.shares.get()
    handler, content = cast.handler(share.bureau), ContentFile(b"%PDF-1.4 x")
    return measure, add_evidence(share, by=handler, name="一.pdf", content=content, grade="B").pk


def test_reading_evidence_leaves_its_digest_on_a_chain_of_the_day_and_not_on_the_measures(
    cast: Cast, road: Road
) -> None:
    measure, evidence = _with_evidence(cast, road)
    lines = AuditEvent.objects.filter(measure=measure).count()
    reader = cast.handler(measure.shares.get().bureau)
    answer = _as(reader).get(reverse("ledger:evidence", args=[evidence]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    (line,) = _of_the_day("reading")
    assert (line.action, line.actor, line.object_id) == (A.EVIDENCE_READ, reader, evidence)
    assert len(line.payload["sha256"]) == 64
    assert AuditEvent.objects.filter(measure=measure).count() == lines


def test_downloading_the_ledger_says_what_was_asked_for(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    reader = cast.supervisor(measure.plan)
    assert _as(reader).get(reverse("ledger:ledger-sheet"), {"state": "assigned"}).status_code == 200
    (line,) = _of_the_day("export")
    assert (line.action, line.actor) == (A.LEDGER_EXPORT, reader)
    assert line.payload == {"query": "state=assigned"}
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "198.51.100.1", "192.0.2.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "nonsense'; --", "192.0.2.7"),
        (1, "", "192.0.2.7"),
    ],
)
def test_the_address_is_what_the_outermost_server_of_ours_saw(
    person: User, settings: Settings, proxies: int, forwarded: str, found: str
) -> None:
    settings.PROXY_COUNT = proxies
    _sign_in(Client(**CLIENT, HTTP_X_FORWARDED_FOR=forwarded))
    assert AuditEvent.objects.get().address == found
