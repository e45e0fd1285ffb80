"""The Merkle tree of RFC 6962 (section 2.1), kept so that adding to it and proving from it take logarithmic time.

Leaves are kept as they are, and every full subtree of BLOCK leaves and more is kept once by its hash. Whatever is asked
then rests on at most two blocks of leaves and one subtree for each level above them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

LEAF, NODE = b"\x00", b"\x01"
BLOCK_LEVEL = 8
BLOCK = 1 << BLOCK_LEVEL
"""Leaves below the lowest subtree that is kept."""

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


@dataclass(frozen=True, slots=True)
class Subtree:
    """A full subtree: the `index`-th of those with 2 ** level leaves, counted from 0."""

    level: int
    index: int
    hash: bytes


class Store(Protocol):
    """What the tree reads from; it raises LookupError for what is not there."""

    def leaves(self, first: int, end: int) -> Sequence[bytes]:
        """The hashes of the leaves from `first` to before `end`."""

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of a full subtree with `level` at least BLOCK_LEVEL."""


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(LEAF + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of what stands above two subtrees."""
    return sha256(NODE + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root above leaves that are at hand."""
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY
    left = _left_part(len(hashes))
    return node_hash(root_of(hashes[:left]), root_of(hashes[left:]))


def root(store: Store, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return _range(store, 0, size)


def _left_part(count: int) -> int:
    """The largest power of two below `count`: how many leaves the left subtree has."""
    return 1 << ((count - 1).bit_length() - 1)


def _range(store: Store, first: int, end: int) -> bytes:
    count = end - first
    if count >= BLOCK and count & (count - 1) == 0:
        level = count.bit_length() - 1
        return store.subtree(level, first >> level)
    if count <= BLOCK:
        return root_of(store.leaves(first, end))
    left = first + _left_part(count)
    return node_hash(_range(store, first, left), _range(store, left, end))


def added(store: Store, size: int, hashes: Sequence[bytes]) -> Iterator[Subtree]:
    """The subtrees that become full when leaves are added to a tree of `size`, the lower ones first.

    The store is read as it was before; the leaves and what is given here are to be kept together.
    """
    begun = size % BLOCK
    block = [*store.leaves(size - begun, size), *hashes] if begun else list(hashes)
    fresh: dict[tuple[int, int], bytes] = {}
    first = size // BLOCK
    for number in range(len(block) // BLOCK):
        made = root_of(block[number * BLOCK : (number + 1) * BLOCK])
        level, index = BLOCK_LEVEL, first + number
        fresh[level, index] = made
        yield Subtree(level, index, made)
        while index % 2:
            left = fresh.get((level, index - 1)) or store.subtree(level, index - 1)
            level, index, made = level + 1, index // 2, node_hash(left, made)
            fresh[level, index] = made
            yield Subtree(level, index, made)


def inclusion(store: Store, index: int, size: int) -> list[bytes]:
    """The audit path of a leaf in the first `size` leaves, from below upward (RFC 6962, 2.1.1).

    Raises ValueError for a leaf that is not among them.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    path, first, end = list[bytes](), 0, size
    while end - first > 1:
        middle = first + _left_part(end - first)
        if index < middle:
            path.append(_range(store, middle, end))
            end = middle
        else:
            path.append(_range(store, first, middle))
            first = middle
    return path[::-1]


def consistency(store: Store, before: int, size: int) -> list[bytes]:
    """The proof that the first `before` leaves of a tree are those of the smaller tree (RFC 6962, 2.1.2).

    Empty where the two are of one size or the smaller is empty. Raises ValueError where it is the larger.
    """
    if not 0 <= before <= size:
        raise ValueError("the earlier tree is the larger")
    if before in (0, size):
        return []
    path, first, end = list[bytes](), 0, size
    while before != end:
        middle = first + _left_part(end - first)
        if before <= middle:
            path.append(_range(store, middle, end))
            end = middle
        else:
            path.append(_range(store, first, middle))
            first = middle
    # what is left is the last full subtree of the smaller tree; where that is all of it, its root is known already
    return [*([_range(store, first, end)] if first else []), *path[::-1]]


class Growing:
    """The root of more and more leaves in one pass: no more is held than a hash for each level."""

    def __init__(self) -> None:
        """Begin with no leaf."""
        self.size = 0
        self.completed: list[Subtree] = []
        """The subtrees that the last leaf made full, of BLOCK leaves and more, the lower ones first."""
        self._parts: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Take the next leaf's hash."""
        parts, self.size = self._parts, self.size + 1
        made, full, level = leaf, self.size, 0
        if self.completed:
            self.completed = []
        while full % 2 == 0:
            made = sha256(NODE + parts.pop() + made).digest()
            full, level = full // 2, level + 1
            if level >= BLOCK_LEVEL:
                self.completed.append(Subtree(level, full - 1, made))
        parts.append(made)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Take the next leaves' hashes."""
        for leaf in leaves:
            self.add(leaf)

    def root(self) -> bytes:
        """The root of what was taken so far."""
        if not self._parts:
            return EMPTY
        *lefts, found = self._parts
        for left in reversed(lefts):
            found = node_hash(left, found)
        return found
