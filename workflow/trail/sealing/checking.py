"""Whether the trail is what was sealed: every line against its leaf, every root computed anew, every anchor against it.

What the database holds can be rewritten by its superuser, the seal too, even with its key. What somebody outside was
given (an anchor) cannot: a root computed anew that differs from it says that a line before it is another, and the last
anchor that agrees says from where on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from workflow.models import SealCheckpoint, SealedLine, SealedSubtree
from workflow.trail.seal.note import Checkpoint, Key, NoteError, Verify, parse
from workflow.trail.seal.tree import Growing, Subtree, leaf_hash
from workflow.trail.sealing.behind import slipped_in
from workflow.trail.sealing.store import leaf_of

BATCH = 2000
NEVER = 1 << 62
"""A size that no tree reaches."""


class Fault(TextChoices):
    """What can be wrong with the seal."""

    LEAF_MISSING = "leaf_missing", _("the seal has a gap here")
    LINE_MISSING = "line_missing", _("this sealed line is no longer in the trail")
    LINE_CHANGED = "line_changed", _("this line is not the one that was sealed")
    LINE_BEHIND = "line_behind", _("this line was written behind what is sealed already")
    SUBTREE = "subtree", _("a subtree of the seal is not the one of its lines")
    ROOT = "root", _("the checkpoint has another root than its lines")
    SIGNATURE = "signature", _("the signature of the checkpoint does not hold")
    ANCHOR = "anchor", _("an anchor outside has another root: lines up to it were changed")
    ANCHOR_SIGNATURE = "anchor_signature", _("the signature of an anchor does not hold")
    CUT_OFF = (
        "cut_off",
        _("an anchor outside has more lines than are sealed here: the later ones were taken away"),
    )


@dataclass(frozen=True, slots=True)
class SealFault:
    """One thing wrong: what, from which place of the seal to which (counted from 0, the end left out), which line."""

    code: Fault
    first: int
    end: int
    line: str = ""

    def __str__(self) -> str:
        place = f"{self.first}" if self.end == self.first + 1 else f"{self.first}–{self.end - 1}"
        return f"[{place}] {self.line + ': ' if self.line else ''}{self.code.label}"


@dataclass(frozen=True, slots=True)
class Against:
    """What the seal is held against: the key it is signed with (None: not asked), anchors, and who may have signed them."""

    key: Key | None
    verify: Verify
    anchors: Sequence[Checkpoint] = ()
    witnesses: Sequence[Key] = ()


@dataclass(slots=True)
class _Walk:
    """One pass over the leaves: what was met so far, and what is still to be met."""

    against: Against
    checkpoints: Iterator[SealCheckpoint]
    anchors: list[Checkpoint]
    growing: Growing = field(default_factory=Growing)
    agreed: int = 0
    next: SealCheckpoint | None = None
    stop: int = 0
    """The size at which there is a checkpoint or an anchor to look at."""

    def heads(self) -> Iterator[SealFault]:
        """What is wrong with the checkpoints and anchors at the size now reached."""
        size = self.growing.size
        while self.next is not None and self.next.size <= size:
            yield from self._checkpoint(self.next)
            self.next = next(self.checkpoints, None)
        while self.anchors and self.anchors[0].size <= size:
            anchor = self.anchors.pop(0)
            if anchor.root == self.growing.root():
                self.agreed = size
            else:
                yield SealFault(Fault.ANCHOR, self.agreed, size)
        ahead = [one.size for one in (self.next, *self.anchors[:1]) if one is not None]
        self.stop = min(ahead, default=NEVER)

    def _checkpoint(self, row: SealCheckpoint) -> Iterator[SealFault]:
        if row.size != self.growing.size or row.root != self.growing.root().hex():
            yield SealFault(Fault.ROOT, 0, row.size)
        if self.against.key is not None and not _is_signed(row, self.against.key, self.against.verify):
            yield SealFault(Fault.SIGNATURE, 0, row.size)


def _is_signed(row: SealCheckpoint, key: Key, verify: Verify) -> bool:
    try:
        note = parse(row.note)
    except NoteError:
        return False
    return (note.size, note.root.hex()) == (row.size, row.root) and note.is_signed_by(key, verify)


def seal_faults(against: Against, tell: Callable[[int], None] | None = None) -> Iterator[SealFault]:
    """Everything wrong with the seal; memory stays flat. `tell` is called with the number of lines after each batch."""
    with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
        yield from _unsigned(against)
        walk = _Walk(
            against,
            SealCheckpoint.objects.order_by("size").iterator(chunk_size=BATCH),
            sorted(against.anchors, key=lambda one: one.size),
        )
        walk.next = next(walk.checkpoints, None)
        yield from walk.heads()
        yield from _walked(walk, tell)
        rest = [walk.next.size] if walk.next is not None else []
        rest += [row.size for row in walk.checkpoints]
        for size in rest:
            yield SealFault(Fault.ROOT, walk.growing.size, size)
        for anchor in walk.anchors:
            yield SealFault(Fault.CUT_OFF, walk.growing.size, anchor.size)
        for first, line in slipped_in():
            yield SealFault(Fault.LINE_BEHIND, first, first + 1, line)


def _unsigned(against: Against) -> Iterator[SealFault]:
    keys = [*([against.key] if against.key else []), *against.witnesses]
    for anchor in against.anchors:
        if keys and not any(anchor.is_signed_by(key, against.verify) for key in keys):
            yield SealFault(Fault.ANCHOR_SIGNATURE, 0, anchor.size)


Row = tuple[int, str, str | None, str, int, str | None, int | None]
COLUMNS = ("position", "hash", "event__hash", "chain", "seq", "event__chain", "event__seq")
NO_LEAF = leaf_hash(b"")
"""In place of a leaf whose hash was made to be none."""


def _walked(walk: _Walk, tell: Callable[[int], None] | None) -> Iterator[SealFault]:
    """One pass over leaves and subtrees; what holds is passed over with as little work as can be."""
    rows = SealedLine.objects.order_by("position").values_list(*COLUMNS).iterator(chunk_size=BATCH)
    subtrees = SealedSubtree.objects.order_by("pk").values_list("level", "place", "hash")
    kept, growing = subtrees.iterator(chunk_size=BATCH), walk.growing
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            found, leaf, line_hash, chain, seq, of_chain, of_seq = row
            if found != growing.size or line_hash != leaf or of_seq != seq or of_chain != chain:
                yield from _wrong_with(row, growing.size)
            growing.add(_leaf(leaf))
            if growing.completed:
                yield from _subtrees(growing.completed, kept)
            if growing.size >= walk.stop:
                yield from walk.heads()
        if tell is not None:
            tell(len(batch))
    for level, place, _hash in kept:
        yield SealFault(Fault.SUBTREE, place << level, (place + 1) << level)


def _leaf(line_hash: str) -> bytes:
    try:
        return leaf_of(line_hash)
    except ValueError:
        return NO_LEAF


def _wrong_with(row: Row, position: int) -> Iterator[SealFault]:
    found, leaf, line_hash, chain, seq, of_chain, of_seq = row
    line = f"{chain}#{seq}"
    if found != position:
        yield SealFault(Fault.LEAF_MISSING, position, found)
    if line_hash is None:
        yield SealFault(Fault.LINE_MISSING, position, position + 1, line)
    elif (line_hash, of_chain, of_seq) != (leaf, chain, seq):
        yield SealFault(Fault.LINE_CHANGED, position, position + 1, line)


def _subtrees(made: Iterable[Subtree], kept: Iterator[tuple[int, int, str]]) -> Iterator[SealFault]:
    """Hold the subtrees made full against those kept, which come in the same order."""
    for one in made:
        if next(kept, None) != (one.level, one.index, one.hash.hex()):
            yield SealFault(Fault.SUBTREE, one.index << one.level, (one.index + 1) << one.level)
