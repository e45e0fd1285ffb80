"""Whether the database guards the trail as it should: system checks, asked by `migrate` and by `check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from workflow.trail import embedded, sealed_tables
from workflow.trail.chain import ALGORITHMS, SM3, is_at_hand

TRIGGERS = ("trail_line_joins", "trail_line_stays")

OFF_OR_MISSING = """
    SELECT wanted.name FROM unnest(%s::text[]) AS wanted (name)
    LEFT JOIN pg_trigger ON tgname = wanted.name AND tgrelid = to_regclass('workflow_auditevent')
    WHERE tgenabled IS DISTINCT FROM 'A'"""
MAY_CHANGE = """
    SELECT current_user IN (
        SELECT rolname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
        WHERE pg_class.oid = to_regclass('workflow_auditevent')
    ) OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    OR has_table_privilege('workflow_auditevent', 'UPDATE, DELETE, TRUNCATE, TRIGGER')"""


def check_algorithm(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E001: the algorithm of the settings is none of ours; E002: this machine's OpenSSL lacks it."""
    if settings.TRAIL_ALGORITHM not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        return [checks.Error(f"DUBAN_TRAIL_HASH is none of: {known}.", id="trail.E001")]
    if not is_at_hand(settings.TRAIL_ALGORITHM):
        return [checks.Error(f"This machine's OpenSSL has no {settings.TRAIL_ALGORITHM}.", id="trail.E002")]
    return []


def check_guards(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """E003: a trigger is missing or off; E004: SQLite without recursive triggers; E005: SM3 without pgcrypto."""
    found: list[checks.CheckMessage] = []
    for connection in _with_trail(databases):
        missing = _missing(connection)
        if missing:
            names = ", ".join(missing)
            found.append(
                checks.Error(
                    f"The trail is not guarded: {names}. Run manage.py secure_trail.", id="trail.E003"
                )
            )
        if connection.vendor == "sqlite" and not _first(connection, "PRAGMA recursive_triggers"):
            found.append(
                checks.Error(
                    "PRAGMA recursive_triggers is off: REPLACE passes the trail's guards.", id="trail.E004"
                )
            )
        if connection.vendor == "postgresql" and settings.TRAIL_ALGORITHM == SM3 and not _has_sm3(connection):
            hint = "As the owner of the database: CREATE EXTENSION pgcrypto; its OpenSSL must have SM3."
            found.append(checks.Error("The database cannot compute SM3.", hint=hint, id="trail.E005"))
    return found


def check_role(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """W001 (deployment): the application could turn the guards off, for the trail's table is its own."""
    hint = "Let another role own the tables and run manage.py secure_trail as that role: see docs/trail.md."
    return [
        checks.Warning(
            "The application's database role may change the trail's table.", hint=hint, id="trail.W001"
        )
        for connection in _with_trail(databases)
        if connection.vendor == "postgresql" and _first(connection, MAY_CHANGE)
    ]


def _with_trail(databases: Sequence[str] | None) -> list[BaseDatabaseWrapper]:
    """The databases asked for that have the table with its chain; before the first migration none has."""
    return [
        connection
        for connection in map(connections.__getitem__, databases or ())
        if embedded.has_chain(connection)
    ]


def _missing(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "sqlite":
        return [*embedded.missing(connection), *sealed_tables.missing(connection)]
    with connection.cursor() as cursor:
        cursor.execute(OFF_OR_MISSING, [list(TRIGGERS)])
        return [name for (name,) in cursor.fetchall()]


def _has_sm3(connection: BaseDatabaseWrapper) -> bool:
    try:
        with transaction.atomic(using=connection.alias):
            return bool(_first(connection, "SELECT digest(''::bytea, 'sm3') IS NOT NULL"))
    except DatabaseError:
        return False


def _first(connection: BaseDatabaseWrapper, sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
