"""What guards the trail in PostgreSQL: its functions and triggers, and what the application's role may do."""

from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from workflow.trail import sealed_tables

GUARDS = Path(__file__).resolve().parent.parent / "migrations" / "sql" / "0010_chain.sql"
APPEND_ONLY = ("workflow_auditevent", *sealed_tables.TABLES)
"""Tables of which the application's role may add and read rows, nothing else."""
READ_ONLY = ("django_migrations",)
"""Tables that only migrations write."""


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the functions and triggers, or make them anew as they should be; as the owner of the trail's table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(GUARDS.read_text(encoding="utf-8").replace("@SCHEMA@", schema))


def grant(role: str) -> None:
    """Let `role` work in the ledger: rows of every table, but lines of the trail only to be added and read.

    To be run as the owner after every migration, for new tables belong to the owner alone.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema()), quote_ident(%s)", [role])
        schema, name = cursor.fetchone()
        tables = {table.name for table in connection.introspection.get_table_list(cursor)}
        for statement in (
            f"GRANT USAGE ON SCHEMA {schema} TO {name}",
            f"REVOKE CREATE ON SCHEMA {schema} FROM {name}, PUBLIC",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}",
            *(
                f"REVOKE ALL ON {schema}.{t} FROM {name}, PUBLIC"
                for t in (*APPEND_ONLY, *READ_ONLY)
                if t in tables
            ),
            *(f"GRANT SELECT, INSERT ON {schema}.{t} TO {name}" for t in APPEND_ONLY if t in tables),
            *(f"GRANT SELECT ON {schema}.{t} TO {name}" for t in READ_ONLY if t in tables),
        ):
            cursor.execute(statement)
