"""What guards the trail in the embedded database (SQLite): triggers that refuse, made anew after every migration.

A table that is altered is rebuilt there, and its triggers are lost with the old one. They hold against the ORM and against
plain SQL, not against whoever drops them: see docs/trail.md.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "workflow_auditevent"
TRIGGERS = {
    # REPLACE takes a row away without asking where recursive_triggers is off: a key that is taken is refused here
    "trail_line_follows": f"""
        BEFORE INSERT ON {TABLE} BEGIN
            SELECT RAISE(ABORT, 'A line of the trail must follow the last one of its chain.')
            WHERE length(NEW.hash) <> 64
                OR EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
                OR NEW.seq <> 1 + coalesce((SELECT max(seq) FROM {TABLE} WHERE chain = NEW.chain), 0)
                OR NEW.previous_hash <> coalesce(
                    (SELECT hash FROM {TABLE} WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1), ''
                );
        END""",  # noqa: S608 - own names alone
    "trail_line_stays": f"""
        BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, 'The trail cannot be changed.'); END""",
    "trail_line_stands": f"""
        BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, 'The trail cannot be deleted.'); END""",
}


def has_chain(connection: BaseDatabaseWrapper) -> bool:
    """Whether the trail's table is there, with the columns of its chain; so on either kind of database."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return False
        columns = connection.introspection.get_table_description(cursor, TABLE)
        return "previous_hash" in {column.name for column in columns}


def guard(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing or not as they should be, where the trail's table is there with its chain."""
    if not has_chain(connection):
        return
    lost = missing(connection)
    with connection.cursor() as cursor:
        for name in lost:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {TRIGGERS[name]}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that are not there, or not as written here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
    return [name for name, rest in TRIGGERS.items() if found.get(name) != f"CREATE TRIGGER {name} {rest}"]


def guard_after_migrating(using: str = "default", **_: Any) -> None:
    """The listener of `post_migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        guard(connection)
