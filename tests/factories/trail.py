"""The trail without its guards, for what must tear it down or break it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from workflow.models import AuditEvent
from workflow.trail import sealed_tables
from workflow.trail.embedded import TRIGGERS, guard
from workflow.trail.seal.note import Signer
from workflow.trail.sealing.sealer import Sealed, seal, waiting


@contextmanager
def unguarded() -> Iterator[None]:
    """Let lines be changed, deleted and forged inside, as only the owner of the table can."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            for name in (*TRIGGERS, *sealed_tables.TRIGGERS):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            yield
            guard(connection)
            sealed_tables.guard(connection)
            return
        _alter(cursor, "DISABLE")
        yield
        _alter(cursor, "ENABLE ALWAYS")


def _alter(cursor: object, word: str) -> None:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # type: ignore[attr-defined]
    for table in sealed_tables.TABLES:
        cursor.execute(f"ALTER TABLE {table} {word} TRIGGER seal_stays")  # type: ignore[attr-defined]
    for name in ("trail_line_joins", "trail_line_stays"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # type: ignore[attr-defined]
        cursor.execute(f"ALTER TABLE workflow_auditevent {word} TRIGGER {name}")  # type: ignore[attr-defined]
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # type: ignore[attr-defined]


def seal_all(signer: Signer) -> Sealed:
    """Seal every line: a transaction anywhere in PostgreSQL's cluster, of other tests too, holds later lines up."""
    for _ in range(600):
        if len(waiting(10_000)) == AuditEvent.objects.filter(sealed=None).count():
            break
        time.sleep(0.05)
    return seal(signer)
