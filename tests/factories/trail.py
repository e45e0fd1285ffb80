"""The trail without its guards, for what must tear it down or break it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from workflow.trail.embedded import TRIGGERS, guard


@contextmanager
def unguarded() -> Iterator[None]:
    """Let lines be changed, deleted and forged inside, as only the owner of the table can."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            for name in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            yield
            guard(connection)
            return
        _alter(cursor, "DISABLE")
        yield
        _alter(cursor, "ENABLE ALWAYS")


def _alter(cursor: object, word: str) -> None:
    for name in ("trail_line_joins", "trail_line_stays"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # type: ignore[attr-defined]
        cursor.execute(f"ALTER TABLE workflow_auditevent {word} TRIGGER {name}")  # type: ignore[attr-defined]
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # type: ignore[attr-defined]
