"""What guards the tables of the seal: triggers that refuse every change. Lines are added to them alone.

In PostgreSQL the migration makes them; in the embedded database (SQLite) a table that is altered is rebuilt and loses
its own, so they are made anew after every migration.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "workflow_sealedline",
    "workflow_sealedsubtree",
    "workflow_sealcheckpoint",
    "workflow_anchorreceipt",
)


def _triggers(table: str) -> dict[str, str]:
    return {
        f"{table}_stays_{what.lower()}": (
            f"BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, 'The seal cannot be changed.'); END"
        )
        for what in ("UPDATE", "DELETE")
    }


TRIGGERS = {name: rest for table in TABLES for name, rest in _triggers(table).items()}
"""Name → what follows it, in the embedded database."""


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing in the embedded database, where the tables are there."""
    with connection.cursor() as cursor:
        if not set(TABLES) <= set(connection.introspection.table_names(cursor)):
            return
        for name, rest in TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {rest}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the embedded database's triggers that are not there, or not as written here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
    return [name for name, rest in TRIGGERS.items() if found.get(name) != f"CREATE TRIGGER {name} {rest}"]


def guard_after_migrating(using: str = "default", **_: Any) -> None:
    """The listener of `post_migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        guard(connection)
