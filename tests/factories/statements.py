"""Counting what a step costs: client statements that carry work, without the bookkeeping of transactions.

Counted is every statement sent to the database but BEGIN, COMMIT, ROLLBACK and those about savepoints; the
suite's own transaction turns a step's BEGIN and COMMIT into savepoints, so neither kind may count.
"""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def statements_of(step: Callable[[], object]) -> list[str]:
    """Do the step; return the statements it took, in order."""
    with CaptureQueriesContext(connection) as seen:
        step()
    return [query["sql"] for query in seen.captured_queries if not query["sql"].startswith(CONTROL)]
