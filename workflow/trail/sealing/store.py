"""The tree as the database keeps it."""

from collections.abc import Sequence
from functools import lru_cache

from workflow.models import SealedLine, SealedSubtree
from workflow.trail.seal.tree import leaf_hash


def leaf_of(line_hash: str) -> bytes:
    """The leaf's hash for a line of the trail, whose own is given in hexadecimal."""
    return leaf_hash(bytes.fromhex(line_hash))


class DatabaseTree:
    """Reads leaves and subtrees, and remembers the last blocks: make one for each task, it does not see what is added."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._read = lru_cache(maxsize=8)(_leaves)

    def leaves(self, first: int, end: int) -> Sequence[bytes]:
        """The hashes of the leaves; LookupError where one is missing."""
        return self._read(first, end)

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of a full subtree; LookupError where it is missing."""
        found = SealedSubtree.objects.filter(level=level, place=index).values_list("hash", flat=True).first()
        if found is None:
            raise LookupError(f"the subtree {level}/{index} is not there")
        return bytes.fromhex(found)


def _leaves(first: int, end: int) -> Sequence[bytes]:
    rows = SealedLine.objects.filter(position__gte=first, position__lt=end).order_by("position")
    found = [leaf_of(line_hash) for line_hash in rows.values_list("hash", flat=True)]
    if len(found) != end - first:
        raise LookupError(f"of the leaves {first} to {end} some are not there")
    return found


def size() -> int:
    """How many lines are sealed."""
    last = SealedLine.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1
