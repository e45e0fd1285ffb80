"""One hash over everything the ledger keeps, so that a test can say that nothing changed."""

import hashlib
from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models

KEPT_BY = ("accounts", "auth", "flows", "guardian", "workflow")
TRAIL = {"workflow_auditevent", "workflow_trailhead"}
COUNTERS = {"event_seq", "last_login"}
"""The number of the last trail line, and when somebody signed in: neither is business."""


def ledger_digest() -> str:
    """A hash over every row of every business table; the trail and its counters are left out."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for sql in _selects():
            cursor.execute(sql)
            for row in cursor.fetchall():
                found.update(repr(row).encode())
    return found.hexdigest()


def _selects() -> Iterator[str]:
    quote = connection.ops.quote_name
    for model in _models():
        columns = [field.column for field in model._meta.concrete_fields if field.column not in COUNTERS]
        listed = ", ".join(map(quote, columns))
        yield f"SELECT {listed} FROM {quote(model._meta.db_table)} ORDER BY {quote(model._meta.pk.column)}"  # noqa: S608


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in KEPT_BY and model._meta.managed and model._meta.db_table not in TRAIL
    ]
