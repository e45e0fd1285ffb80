"""Chains stay chains when many write at once, also past the actions and their locks; and what was there before is chained."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, connections, models

from accounts.models import User
from tests.factories.cast import Cast
from tests.factories.road import Road
from tests.factories.trail import unguarded
from workflow.actions.people import register_person
from workflow.models import AuditEvent
from workflow.trail.actions import AuditAction
from workflow.trail.actor import INSTALLATION
from workflow.trail.verifying import verify
from workflow.trail.visits import note_visit

CROWD, TIMES = 8, 5


def _all_at_once(act: Callable[[], object]) -> None:
    start = Barrier(CROWD)

    def run() -> None:
        try:
            start.wait(timeout=30)
            for _ in range(TIMES):
                act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as pool:
        for done in [pool.submit(run) for _ in range(CROWD)]:
            done.result(timeout=120)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_lines_of_the_day_written_at_once_form_one_chain() -> None:
    person = User.objects.create_user("limin", "tang-song-yuan-ming", name="李敏")
    _all_at_once(partial(note_visit, AuditAction.SESSION_BEGIN, by=person))
    assert AuditEvent.objects.latest("seq").seq == CROWD * TIMES
    assert list(verify()) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_lines_forged_at_once_past_the_actions_are_chained_all_the_same(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    before = measure.events.count()

    def forge() -> None:
        AuditEvent.objects.create(
            chain=f"measure:{measure.pk}",
            seq=1,
            measure=measure,
            duty="forger",
            action="measure.close",
            at=measure.events.latest("seq").at,
            outcome="done",
        )

    _all_at_once(forge)
    lines = measure.events.order_by("seq")
    assert [line.seq for line in lines] == list(range(1, before + CROWD * TIMES + 1))
    assert list(verify()) == []


@pytest.mark.django_db
def test_lines_from_before_the_chain_are_chained_by_the_migration(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    road.accept_all(road.measure(supporting=1))
    register_person("li", by=INSTALLATION, name="李", password=None)
    migration = import_module("workflow.migrations.0010_chain_of_the_trail")
    monkeypatch.setattr(migration, "BATCH", 3)
    with unguarded():
        models.QuerySet(AuditEvent).update(hash="", previous_hash="")
        migration.chain_what_is_there(apps, SimpleNamespace(connection=connection))
    assert list(verify()) == []
    assert AuditEvent.objects.exclude(previous_hash="").exists()
