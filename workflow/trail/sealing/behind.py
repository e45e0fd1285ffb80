"""Lines that are not sealed: those that wait for the sealer, and those that were put behind it."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Q, QuerySet

from workflow.models import AuditEvent, SealedLine


def slipped_in() -> Iterator[tuple[int, str]]:
    """Lines that stand before the last sealed one in the order of sealing, yet are not sealed: the place they would have
    pushed on, and the line. No honest line can come there: the sealer waits until every earlier transaction has ended.
    """
    last = SealedLine.objects.order_by("-position").values_list("position", "xid", "event_id").first()
    if last is None:
        return
    position, xid, key = last
    lines = _before(AuditEvent.objects.filter(sealed=None), xid, key)
    for chain, seq in lines.values_list("chain", "seq"):
        yield position, f"{chain}#{seq}"


def _before(lines: QuerySet[AuditEvent], xid: int | None, key: int | None) -> QuerySet[AuditEvent]:
    if connection.vendor != "postgresql" or xid is None:
        return lines.filter(xid=None, pk__lt=key or 0).order_by("pk")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (end,) = cursor.fetchone()
    if xid >= end:  # restored into another cluster (see the sealer): its transactions count anew
        return lines.none()
    return lines.filter(Q(xid=None) | Q(xid__lt=xid) | Q(xid=xid, pk__lt=key or 0)).order_by("pk")


def waiting_count() -> int:
    """How many lines are not sealed yet."""
    return AuditEvent.objects.filter(sealed=None).count()
