"""Only what is busy is called so; every other failure stays one."""

import sqlite3

import pytest
from django.db import OperationalError

from workflow.pages.refusals import is_busy


class PostgresError(Exception):
    """As the driver tells what went wrong."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("server")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("cause", "busy"),
    [
        (PostgresError("55P03"), True),
        (PostgresError("40P01"), True),
        (PostgresError("57014"), False),
        (sqlite3.OperationalError("database is locked"), True),
        (sqlite3.OperationalError("no such table: a"), False),
    ],
)
def test_a_row_held_by_another_is_busy_and_nothing_else(cause: Exception, busy: bool) -> None:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    assert is_busy(error) is busy
