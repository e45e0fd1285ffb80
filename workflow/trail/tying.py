"""Ties new lines to the last one of their chain in the embedded database; in PostgreSQL a trigger does, whatever is sent."""

from typing import Any

from django.db import connection
from django.db.models import CharField, F, QuerySet, Subquery, Value
from django.db.models.expressions import OuterRef
from django.db.models.functions import Cast, Coalesce, Concat

from workflow.models import AuditEvent, Measure, Plan
from workflow.trail.canonical import values_of
from workflow.trail.chain import BEGINNING, hash_of

NONE = f"0 {BEGINNING}"
"""What is read as the last line of a chain that has none."""


def is_tied_here() -> bool:
    """Whether lines get their hashes from this program."""
    return connection.vendor != "postgresql"


def last_line(kind: str, key: str) -> Coalesce:
    """Number and hash of the last line on the chain of a measure or plan, for a query that reads it with the lock."""
    chain = Concat(Value(f"{kind}:"), Cast(OuterRef(key), CharField()), output_field=CharField())
    return Coalesce(Subquery(_told(AuditEvent.objects.filter(chain=chain))), Value(NONE))


def _told(lines: QuerySet[AuditEvent]) -> QuerySet[AuditEvent, Any]:
    told = Concat(Cast(F("seq"), CharField()), Value(" "), F("hash"), output_field=CharField())
    return lines.order_by("-seq").values_list(told)[:1]


def tie(events: list[AuditEvent], head: Measure | Plan | None = None) -> None:
    """Number and hash the new lines of one chain, under its lock. `head`: the locked one whose chain it is.

    Takes a statement where the head was not read with its last line.
    """
    if not is_tied_here():
        return
    told = None if head is None else head.last_line
    if told is None:
        told = _told(AuditEvent.objects.filter(chain=events[0].chain)).first()
        told = NONE if told is None else str(told[0])
    number, before = told.split(" ")
    for seq, line in enumerate(events, int(number) + 1):
        line.seq, line.previous_hash = seq, before
        line.hash = before = hash_of(values_of(line))
    if head is not None:
        head.last_line = f"{events[-1].seq} {before}"
