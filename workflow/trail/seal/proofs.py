"""Whether a proof holds: a leaf's place under a root, and one root's being an earlier state of another (RFC 9162, 2.1)."""

from collections.abc import Sequence

from workflow.trail.seal.tree import EMPTY, node_hash


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf's hash stands at `index` of the tree with that size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(step, found)
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(before: int, size: int, path: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether the tree of `size` begins with all leaves of the smaller one (RFC 9162, 2.1.4.2)."""
    if not 0 <= before <= size:
        return False
    if before == size:
        return not path and old_root == root
    if before == 0:
        return not path and old_root == EMPTY
    steps = list(path) if before & (before - 1) else [old_root, *path]
    return bool(steps) and _both_roots(before - 1, size - 1, steps) == (old_root, root)


def _both_roots(place: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    while place % 2:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place % 2 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None
