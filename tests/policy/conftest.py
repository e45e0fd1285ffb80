"""The world of the policy table: built once for a module, every test inside a savepoint of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from tests.policy.later_editions import bring_editions
from tests.policy.ledger_digest import ledger_digest
from tests.policy.life import live
from tests.policy.world import DAY, LATER, World, people_and_plans
from workflow.clock.now import at
from workflow.models import AuditEvent
from workflow.pages.readers import Reader


class Browser(Client):
    """Django's client without the copies that it keeps of each template and context: thousands of pages are asked."""

    def request(self, **request: Any) -> HttpResponseBase:
        """Send it straight to the handler; an error on the way is an answer with status 500."""
        answer: HttpResponseBase = self.handler(self._base_environ(**request))
        return answer


@dataclass(slots=True)
class Stage:
    """The world with everybody signed in, and what its tables were when the curtain rose."""

    world: World
    sessions: dict[Reader, str]
    digest: str
    events: int
    media: str

    def client(self, reader: Reader) -> Browser:
        """A browser in which `reader` is signed in; for nobody, one that is not."""
        client = Browser()
        if reader in self.sessions:
            client.cookies["sessionid"] = self.sessions[reader]
        return client


@contextmanager
def passing() -> Iterator[None]:
    """A transaction of which nothing remains; like those of Django's test cases it lets durable actions run inside."""
    whole = transaction.atomic()
    whole._from_testcase = True
    with whole:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The world; all of it is rolled back at the end."""
    media = str(tmp_path_factory.mktemp("evidence"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), passing():
        with at(DAY):
            world = live(people_and_plans())
            bring_editions(world)
        sessions = {reader: _signed_in(person) for reader, person in world.people.items()}
        yield Stage(world, sessions, ledger_digest(), AuditEvent.objects.count(), media)


def _signed_in(person: User) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))  # with the password that the session is bound to
    return client.cookies["sessionid"].value


@pytest.fixture
def stage(built: Stage, db: None, settings: Settings) -> Iterator[Stage]:
    """The world a fortnight after everything happened."""
    settings.MEDIA_ROOT = built.media
    with at(LATER):
        yield built
