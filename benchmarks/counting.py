"""What a step costs beside time: statements as the server answers them, rows written, bytes of the write-ahead log."""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.pq import Trace

ANSWER = re.compile(rb'CommandComplete\t "([A-Z]+)')


@dataclass(frozen=True, slots=True)
class Statements:
    """How many statements a step sent: in its transaction, and before or after it. BEGIN and COMMIT are not counted,
    savepoints are.
    """

    inside: int
    outside: int


def counted(connection: psycopg.Connection[Any], act: Callable[[], object]) -> Statements:
    """Let `act` happen, and read from the protocol what the server completed for `connection` meanwhile."""
    with tempfile.TemporaryFile() as protocol:
        connection.pgconn.trace(protocol.fileno())
        connection.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            act()
        finally:
            connection.pgconn.untrace()
        protocol.seek(0)
        return _sorted([tag.decode() for tag in ANSWER.findall(protocol.read())])


def _sorted(tags: list[str]) -> Statements:
    """Where nothing opens a transaction, each statement is one itself."""
    if "BEGIN" not in tags:
        return Statements(len(tags), 0)
    inside = outside = 0
    is_open = False
    for tag in tags:
        if tag in {"BEGIN", "COMMIT", "ROLLBACK"}:
            is_open = tag == "BEGIN"
        elif is_open:
            inside += 1
        else:
            outside += 1
    return Statements(inside, outside)


class Meter:
    """Counts rows and log bytes of this database alone, so that neighbours on the server do no harm.

    Needs PostgreSQL 15 and leave to create the extension pg_walinspect.
    """

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._connection.execute("create extension if not exists pg_walinspect")

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def settle(self) -> None:
        """Collect statistics and clean up, as autovacuum does when it comes by."""
        self._connection.execute("vacuum analyze")

    def _one(self, question: str, *values: Any) -> Any:
        row = self._connection.execute(question, values).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None

    def rows(self, worker: psycopg.Connection[Any]) -> int:
        """Rows inserted, updated and deleted so far, `worker`'s last transaction included."""
        with worker.cursor() as cursor:
            cursor.execute("select pg_stat_force_next_flush()")
            cursor.execute("select 1")
        return int(self._one("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables") or 0)

    def position(self) -> str:
        """Where the write-ahead log ends now."""
        return str(self._one("select pg_current_wal_insert_lsn()"))

    def log_bytes(self, since: str) -> int:
        """Bytes of the log since `since` that belong to transactions on this database, images of full pages apart."""
        total = self._one(
            """
            with records as materialized (
                select * from pg_get_wal_records_info(%s, pg_current_wal_flush_lsn())
            ), here as (
                select distinct xid from records, pg_database
                where datname = current_database() and block_ref ~ ('/' || oid || '/') and xid <> '0'
            )
            select sum(record_length - fpi_length) from records where xid in (select xid from here)
            """,
            since,
        )
        return int(total or 0)
