"""Whether the chains of the trail hold: every line's number, hash and hash before, read again and computed anew.

A line that was changed does not give its hash; where the hash was computed anew, the next line names another one; a line
taken out leaves a gap in the numbers; a tail cut off is missed by the count that its measure, plan or head keeps. Whoever
rewrites a whole chain and its count is found by the seal alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from workflow.models import AuditEvent, Measure, Plan
from workflow.queries.trail_consistency import heads
from workflow.trail.canonical import COLUMNS, UncanonicalError
from workflow.trail.chain import BEGINNING, UnknownAlgorithmError, hash_of

BATCH = 2000
GLANCE = 100
CHAIN, SEQ, PREVIOUS = (COLUMNS.index(name) for name in ("chain", "seq", "previous_hash"))

Row = Sequence[Any]
"""The values of a line in the order of COLUMNS, and after them the hash that is stored with it."""


class Break(TextChoices):
    """What can be wrong with a chain."""

    NUMBER = "number", _("a line is missing before it, or it was numbered anew")
    PREVIOUS = "previous", _("it does not follow the line before it")
    HASH = "hash", _("it does not say what it said when it was written")
    TAIL = "tail", _("it is missing, the last of its chain")


@dataclass(frozen=True, slots=True)
class BrokenChain:
    """One thing wrong: what, in which chain, at which line."""

    code: Break
    chain: str
    seq: int

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}: {self.code.label}"


def breaks(rows: Iterable[Row], last: dict[str, int]) -> Iterator[BrokenChain]:
    """Everything wrong with the lines, which come chain by chain in the order of their numbers, each from its first.

    `last`: chain → the number that its last line has at least; chains are taken out of it as they are met.
    """
    chain, seq, before = "", 0, BEGINNING
    for row in rows:
        if row[CHAIN] != chain:
            yield from _cut_off(chain, seq, last)
            chain, seq, before = row[CHAIN], 0, BEGINNING
        yield from _wrong_with(row, seq, before)
        seq, before = row[SEQ], row[-1]
    yield from _cut_off(chain, seq, last)
    for missing, count in sorted(last.items()):
        yield BrokenChain(Break.TAIL, missing, count)


def _cut_off(chain: str, seq: int, last: dict[str, int]) -> Iterator[BrokenChain]:
    count = last.pop(chain, 0)
    if count > seq:
        yield BrokenChain(Break.TAIL, chain, count)


def _wrong_with(row: Row, seq: int, before: str) -> Iterator[BrokenChain]:
    if row[SEQ] != seq + 1:
        yield BrokenChain(Break.NUMBER, row[CHAIN], row[SEQ])
    if row[PREVIOUS] != before:
        yield BrokenChain(Break.PREVIOUS, row[CHAIN], row[SEQ])
    if not gives_its_hash(row):
        yield BrokenChain(Break.HASH, row[CHAIN], row[SEQ])


def gives_its_hash(row: Row) -> bool:
    """Whether the line's values give the hash stored with it."""
    try:
        return hash_of(row[:-1]) == str(row[-1])
    except (UncanonicalError, UnknownAlgorithmError):
        return False


def verify(
    *, plan: Plan | None = None, measure: Measure | None = None, tell: Callable[[int], None] | None = None
) -> Iterator[BrokenChain]:
    """Everything wrong with all chains, those of one plan and its measures, or one measure's; memory stays flat.

    `tell` is called with the number of lines after each batch of them.
    """
    lines = AuditEvent.objects.all()
    if measure is not None:
        chain = f"measure:{measure.pk}"
        lines, last = lines.filter(chain=chain), {chain: measure.event_seq} if measure.event_seq else {}
    elif plan is not None:
        lines, last = lines.filter(plan=plan), heads(plan)
    else:
        last = heads()  # before the lines: some may be added meanwhile
    # a cursor of the server lives in a transaction; in the embedded database that would keep writers out
    with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
        yield from breaks(_told(lines, tell), last)


def _rows(lines: QuerySet[AuditEvent]) -> QuerySet[AuditEvent, Any]:
    return lines.order_by("chain", "seq").values_list(*COLUMNS, "hash")


def _told(lines: QuerySet[AuditEvent], tell: Callable[[int], None] | None) -> Iterator[Row]:
    rows = _rows(lines).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield from batch
        if tell is not None:
            tell(len(batch))


@dataclass(frozen=True, slots=True)
class Glance:
    """What a page says of a chain: how many lines it has, how many of them were looked at, the first that is wrong."""

    lines: int
    broken_at: int | None


def glance(measure: Measure) -> Glance:
    """Whether the last lines of the measure's chain hold; one statement, however long the chain is."""
    chain = f"measure:{measure.pk}"
    rows: list[Row] = list(_rows(AuditEvent.objects.filter(chain=chain)).reverse()[: GLANCE + 1])[::-1]
    seq, before = 0, BEGINNING
    if len(rows) > GLANCE:
        seq, before = rows[0][SEQ], rows[0][-1]
        rows = rows[1:]
    wrong = [found.seq for found in _from(rows, seq, before)]
    last = rows[-1][SEQ] if rows else 0
    if last < measure.event_seq:
        wrong.append(measure.event_seq)
    return Glance(last, min(wrong, default=None))


def _from(rows: Iterable[Row], seq: int, before: str) -> Iterator[BrokenChain]:
    for row in rows:
        yield from _wrong_with(row, seq, before)
        seq, before = row[SEQ], row[-1]
