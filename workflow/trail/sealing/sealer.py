"""Seals what was written since: lines go into the tree in the order of their transactions, and its head is signed.

Keys are given out before a transaction ends, so "greater than the last key" would pass over whoever commits late. On
PostgreSQL a line is sealed once every transaction up to its own has ended (`pg_snapshot_xmin`), in the order of
(transaction, key): nothing can come before it any more. The embedded database has one writer at a time: keys do there.
Every batch is one transaction; a crash between two leaves a shorter tree, which the next run goes on with.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from workflow.models import AuditEvent, SealCheckpoint, SealedLine, SealedSubtree
from workflow.trail.seal.note import Checkpoint, Signer
from workflow.trail.seal.tree import added, root
from workflow.trail.sealing.store import DatabaseTree, leaf_of, size

BATCH = 2000
ONE_AT_A_TIME = 0x5EA1
"""The key of the sealer's advisory lock."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a run did: how many lines it sealed, and the checkpoint it signed, if any."""

    lines: int
    checkpoint: SealCheckpoint | None


def seal(signer: Signer) -> Sealed:
    """Seal all that can be, and sign the tree's head where it grew. Where another run is at it, nothing is done."""
    count = 0
    while done := _seal_batch():
        count += done
    return Sealed(count, _sign(signer))


def _seal_batch() -> int:
    if not waiting(1):
        return 0  # asked before the lock, which in the embedded database would keep other writers out
    with transaction.atomic():
        if not _is_alone():
            return 0
        lines = waiting(BATCH)
        first = size()
        leaves = [
            SealedLine(position=first + n, event_id=pk, xid=xid, chain=chain, seq=seq, hash=line_hash)
            for n, (pk, xid, chain, seq, line_hash) in enumerate(lines)
        ]
        made = added(DatabaseTree(), first, [leaf_of(leaf.hash) for leaf in leaves])
        subtrees = [SealedSubtree(level=one.level, place=one.index, hash=one.hash.hex()) for one in made]
        SealedLine.objects.bulk_create(leaves)
        SealedSubtree.objects.bulk_create(subtrees)
    return len(leaves)


def waiting(count: int) -> list[tuple[int, int | None, str, int, str]]:
    """The next lines to be sealed, at most `count`: key, transaction, chain, number, hash."""
    last = SealedLine.objects.order_by("-position").values_list("xid", "event_id").first()
    unsealed = AuditEvent.objects.filter(~Exists(SealedLine.objects.filter(event=OuterRef("pk"))))
    lines = _after(unsealed, *(last or (None, 0)))
    told = lines.values_list("pk", "xid", "chain", "seq", "hash")
    return list(told[:count])


def _after(lines: QuerySet[AuditEvent], xid: int | None, key: int | None) -> QuerySet[AuditEvent]:
    if connection.vendor != "postgresql":
        return lines.filter(pk__gt=key or 0).order_by("pk")
    horizon, end = _snapshot()
    # beyond the end: of another cluster, from which the database was restored; that is over, and here counting began anew
    ended = Q(xid__lt=horizon) | Q(xid__gte=end)
    if xid is None:  # lines from before transactions were written down come first
        first = F("xid").asc(nulls_first=True)
        return lines.filter(Q(xid=None, pk__gt=key or 0) | ended).order_by(first, "pk")
    if xid >= end:
        return lines.filter(ended).order_by("pk")
    # the first two say what the third does not say to the index: where to begin and to end
    lines = lines.filter(xid__gte=xid, xid__lt=horizon)
    return lines.filter(Q(xid__gt=xid) | Q(pk__gt=key or 0)).order_by("xid", "pk")


def _snapshot() -> tuple[int, int]:
    """The first transaction that has not ended, and the first that has not begun."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint "
            "FROM pg_current_snapshot() AS now"
        )
        horizon, end = cursor.fetchone()
    return horizon, end


def _is_alone() -> bool:
    """Whether no other run is at it, until the transaction ends; the embedded database lets in one writer anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        (is_alone,) = cursor.fetchone()
    return bool(is_alone)


def _sign(signer: Signer) -> SealCheckpoint | None:
    if not _is_unsigned():
        return None
    with transaction.atomic():
        if not _is_alone() or not _is_unsigned():
            return None
        count = size()
        head = Checkpoint(signer.name, count, root(DatabaseTree(), count), timezone.now()).signed(signer)
        return SealCheckpoint.objects.create(size=count, root=head.root.hex(), at=head.at, note=str(head))


def _is_unsigned() -> bool:
    last = SealCheckpoint.objects.order_by("-size").values_list("size", flat=True).first()
    return size() > (last or 0)
