"""The system checks of the trail, the command that mends what they find, and roles that can only add and read."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import override
from pytest_django import Settings

from tests.factories.road import Road
from tests.factories.trail import unguarded
from workflow.models import AuditEvent
from workflow.trail import embedded, guards
from workflow.trail.embedded import TRIGGERS, guard_after_migrating
from workflow.trail.guards import check_algorithm, check_guards, check_role
from workflow.trail.verifying import verify

pytestmark = pytest.mark.django_db
HERE = ["default"]
ROLE = "duban_of_a_test"


def _sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def _ids(found: list[object]) -> list[str]:
    return [one.id for one in found]  # type: ignore[attr-defined]


def _secure(**options: str) -> None:
    with override("en"):
        call_command("secure_trail", verbosity=0, stdout=None, **options)


@pytest.fixture
def _on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("of the embedded database")


@pytest.fixture
def role() -> Iterator[str]:
    """A role of the application; it goes with the test's transaction."""
    _sql(f"CREATE ROLE {ROLE}")
    yield ROLE
    _sql("RESET ROLE")


def test_a_guarded_trail_passes() -> None:
    assert check_guards(databases=HERE) == []
    assert check_guards(databases=None) == []


def test_triggers_that_are_gone_or_off_fail_the_check_and_are_mended() -> None:
    with unguarded():
        assert _ids(check_guards(databases=HERE)) == ["trail.E003"]
        _secure()
        assert check_guards(databases=HERE) == []


@pytest.mark.usefixtures("_on_sqlite")
def test_a_trigger_that_was_weakened_fails_the_check_and_is_made_anew() -> None:
    name = next(iter(TRIGGERS))
    _sql(f"DROP TRIGGER {name}")
    _sql(f"CREATE TRIGGER {name} BEFORE INSERT ON workflow_auditevent BEGIN SELECT 1; END")
    assert embedded.missing(connection) == [name]
    _secure()
    assert embedded.missing(connection) == []


@pytest.mark.usefixtures("_on_sqlite")
def test_a_rebuilt_table_gets_its_triggers_again_after_the_migration() -> None:
    for name in TRIGGERS:
        _sql(f"DROP TRIGGER {name}")
    guard_after_migrating(using="default")
    assert embedded.missing(connection) == []


@pytest.mark.usefixtures("_on_sqlite")
def test_replace_without_recursive_triggers_fails_the_check() -> None:
    _sql("PRAGMA recursive_triggers = OFF")
    try:
        assert _ids(check_guards(databases=HERE)) == ["trail.E004"]
    finally:
        _sql("PRAGMA recursive_triggers = ON")


def test_an_algorithm_that_is_none_or_not_at_hand_fails_the_check(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_algorithm() == []
    settings.TRAIL_ALGORITHM = "md5"
    assert _ids(check_algorithm()) == ["trail.E001"]
    settings.TRAIL_ALGORITHM = "sm3"
    monkeypatch.setattr(guards, "is_at_hand", lambda name: False)
    assert _ids(check_algorithm()) == ["trail.E002"]


@pytest.mark.postgres
def test_sm3_without_pgcrypto_fails_the_check(settings: Settings) -> None:
    settings.TRAIL_ALGORITHM = "sm3"
    _sql("DROP EXTENSION IF EXISTS pgcrypto")
    assert _ids(check_guards(databases=HERE)) == ["trail.E005"]
    _sql("CREATE EXTENSION pgcrypto")
    assert check_guards(databases=HERE) == []


@pytest.mark.postgres
def test_the_role_of_the_application_works_and_changes_no_line(road: Road, role: str) -> None:
    assert _ids(check_role(databases=HERE)) == ["trail.W001"]
    measure = road.measure(supporting=0)
    _sql("SET CONSTRAINTS ALL IMMEDIATE")
    _secure(role=role)
    _sql(f"SET LOCAL ROLE {role}")
    road.accept_all(measure)
    lines = AuditEvent.objects.count()
    for change in (
        "UPDATE workflow_auditevent SET reason = ''",
        "DELETE FROM workflow_auditevent",
        "TRUNCATE workflow_auditevent",
        "ALTER TABLE workflow_auditevent DISABLE TRIGGER ALL",
        "DROP TRIGGER trail_line_stays ON workflow_auditevent",
        "CREATE TABLE beside (id int)",
        "DELETE FROM django_migrations",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            _sql(change)
    assert AuditEvent.objects.count() == lines
    assert list(verify()) == []
    assert check_role(databases=HERE) == []


@pytest.mark.postgres
def test_the_owner_is_not_the_role_of_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(CommandError, match="needs another one"):
        _secure(role=owner)
    with pytest.raises(CommandError, match="nobody_at_all"):
        _secure(role="nobody_at_all")


@pytest.mark.usefixtures("_on_sqlite")
def test_sqlite_has_no_roles() -> None:
    with pytest.raises(CommandError, match="roles"):
        _secure(role="duban")
