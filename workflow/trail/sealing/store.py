"""The tree as the database keeps it."""

from collections.abc import Sequence
from functools import lru_cache

from workflow.models import SealedLine, SealedSubtree
from workflow.trail.seal.tree import BLOCK, leaf_hash


def leaf_of(line_hash: str) -> bytes:
    """The leaf's hash for a line of the trail, whose own is given in hexadecimal."""
    return leaf_hash(bytes.fromhex(line_hash))


class DatabaseTree:
    """Reads leaves by blocks, and subtrees, and keeps the last ones: make one for each task, it does not see what is added."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._block = lru_cache(maxsize=8)(_block)
        self._subtree = lru_cache(maxsize=4096)(_subtree)

    def leaves(self, first: int, end: int) -> Sequence[bytes]:
        """The hashes of the leaves; LookupError where one is missing."""
        found: list[bytes] = []
        for start in range(first - first % BLOCK, end, BLOCK):
            found += self._block(start)[max(first - start, 0) : end - start]
        if len(found) != end - first:
            raise LookupError(f"of the leaves {first} to {end} some are not there")
        return found

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of a full subtree; LookupError where it is missing."""
        return self._subtree(level, index)


def _subtree(level: int, index: int) -> bytes:
    found = SealedSubtree.objects.filter(level=level, place=index).values_list("hash", flat=True).first()
    if found is None:
        raise LookupError(f"the subtree {level}/{index} is not there")
    return bytes.fromhex(found)


def _block(start: int) -> list[bytes]:
    rows = SealedLine.objects.filter(position__gte=start, position__lt=start + BLOCK).order_by("position")
    return [leaf_of(line_hash) for line_hash in rows.values_list("hash", flat=True)]


def size() -> int:
    """How many lines are sealed."""
    last = SealedLine.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1
