"""The eleven ways in which Django and SQL can change a row: each is refused for the trail, or its forgery overwritten."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.admin.sites import AdminSite
from django.db import IntegrityError, connection, models, transaction

from tests.factories.road import Road
from workflow.models import AuditEvent
from workflow.models.audit_event import TrailIsFixedError
from workflow.trail.canonical import COLUMNS
from workflow.trail.verifying import verify

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
PAST = models.QuerySet  # a plain one: past the trail's own


@pytest.fixture
def line(road: Road) -> AuditEvent:
    """A line in the middle of a chain."""
    return AuditEvent.objects.get(measure=road.measure(supporting=0), seq=2)


def _changed(line: AuditEvent) -> AuditEvent:
    line.reason = "forged"
    return line


def _forged(line: AuditEvent) -> AuditEvent:
    """A new line with all that nobody may choose: number, times, hashes, transaction."""
    names = {name: getattr(line, name) for name in COLUMNS}
    forged = {"seq": 900, "previous_hash": "e" * 64, "recorded_at": LONG_AGO, "reason": "forged"}
    return AuditEvent(**names | forged, hash="f" * 64, xid=1)


def _sql(text: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, params)


def _truncate(line: AuditEvent) -> None:
    """Where there is no TRUNCATE, the deletion of all that SQLite makes one of."""
    if connection.vendor != "postgresql":
        _sql("DELETE FROM workflow_auditevent")
        return
    _sql("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit would keep anybody from it
    _sql("TRUNCATE workflow_auditevent CASCADE")


def _in_admin(line: AuditEvent) -> None:
    """The administrators' own pages know no trail; put there by force, they save and delete as the model does."""
    site = AdminSite()
    assert AuditEvent not in site._registry
    site.register(AuditEvent)
    site._registry[AuditEvent].save_model(None, _changed(line), None, True)  # type: ignore[arg-type]


UPDATE = "UPDATE workflow_auditevent SET reason = 'forged' WHERE id = %s"
DELETE = "DELETE FROM workflow_auditevent WHERE id = %s"
REPLACE = """
    INSERT INTO workflow_auditevent SELECT * FROM workflow_auditevent WHERE id = %s
    ON CONFLICT (id) DO UPDATE SET reason = 'forged'"""

REFUSED: dict[str, Callable[[AuditEvent], object]] = {
    "save": lambda line: _changed(line).save(),
    "update": lambda line: PAST(AuditEvent).filter(pk=line.pk).update(reason="forged"),
    "bulk_update": lambda line: PAST(AuditEvent).bulk_update([_changed(line)], ["reason"]),
    "upsert": lambda line: PAST(AuditEvent).bulk_create(
        [_changed(line)], update_conflicts=True, unique_fields=["id"], update_fields=["reason"]
    ),
    "delete": lambda line: line.delete(),
    "queryset delete": lambda line: PAST(AuditEvent).filter(pk=line.pk).delete(),
    "raw delete": lambda line: PAST(AuditEvent).filter(pk=line.pk)._raw_delete("default"),
    "raw SQL, update": lambda line: _sql(UPDATE, line.pk),
    "raw SQL, delete": lambda line: _sql(DELETE, line.pk),
    "raw SQL, upsert": lambda line: _sql(REPLACE, line.pk),
    "TRUNCATE": _truncate,
    "admin": _in_admin,
}
ADDED: dict[str, Callable[[AuditEvent], object]] = {
    "save": lambda line: _forged(line).save(),
    "bulk_create": lambda line: PAST(AuditEvent).bulk_create([_forged(line), _forged(line)]),
}


@pytest.mark.parametrize("way", REFUSED)
def test_a_change_of_a_line_is_refused(line: AuditEvent, way: str) -> None:
    before = list(AuditEvent.objects.order_by("pk").values())
    with pytest.raises((TrailIsFixedError, IntegrityError)), transaction.atomic():
        REFUSED[way](line)
    assert list(AuditEvent.objects.order_by("pk").values()) == before
    assert list(verify()) == []


@pytest.mark.parametrize("way", ADDED)
def test_a_forged_line_is_put_right_by_postgresql_and_refused_by_sqlite(line: AuditEvent, way: str) -> None:
    last = AuditEvent.objects.filter(chain=line.chain).latest("seq")
    if connection.vendor != "postgresql":
        with pytest.raises(IntegrityError, match="must follow the last one"), transaction.atomic():
            ADDED[way](line)
        return
    ADDED[way](line)
    added = AuditEvent.objects.filter(chain=line.chain, seq__gt=last.seq).order_by("seq")
    assert [one.seq for one in added] == list(range(last.seq + 1, last.seq + 1 + len(added)))
    assert added[0].previous_hash == last.hash
    assert all(one.xid != 1 and one.recorded_at > last.recorded_at for one in added)
    assert list(verify()) == []


@pytest.mark.postgres
def test_the_guards_hold_where_ordinary_triggers_are_off(line: AuditEvent) -> None:
    _sql("SET LOCAL session_replication_role = replica")
    with pytest.raises(IntegrityError), transaction.atomic():
        _sql(UPDATE, line.pk)
    _forged(line).save()
    assert list(verify()) == []


@pytest.mark.postgres
def test_a_temporary_table_cannot_stand_in_for_the_trail(line: AuditEvent) -> None:
    _sql("CREATE TEMP TABLE workflow_auditevent AS SELECT * FROM workflow_auditevent")
    _sql("UPDATE pg_temp.workflow_auditevent SET hash = repeat('e', 64), seq = seq + 100")
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    _sql(
        f"INSERT INTO public.workflow_auditevent ({columns}) SELECT {columns} FROM pg_temp.workflow_auditevent"  # noqa: S608
    )
    _sql("DROP TABLE pg_temp.workflow_auditevent")
    assert list(verify()) == []


def test_replace_takes_no_line_away(line: AuditEvent) -> None:
    """SQLite's own upsert, with and without the switch that lets it ask the triggers."""
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    for switch in ("ON", "OFF"):
        _sql(f"PRAGMA recursive_triggers = {switch}")
        with pytest.raises(IntegrityError), transaction.atomic():
            _sql("REPLACE INTO workflow_auditevent SELECT * FROM workflow_auditevent WHERE id = %s", line.pk)
    _sql("PRAGMA recursive_triggers = ON")
