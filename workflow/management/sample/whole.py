"""All or nothing: one transaction around actions that each open a durable one of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def whole() -> Iterator[None]:
    """Keep everything done inside, or, when it ends in any exception or the process dies, nothing of it.

    With autocommit switched off by hand, Django takes a durable block for the outermost one and still only sets a
    savepoint; so the actions run as they always do, and the one COMMIT comes at the end. SQLite is told to begin the
    transaction at once, for it would otherwise commit with the first savepoint.
    """
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    else:
        connection.commit()
    finally:
        connection.set_autocommit(True)
