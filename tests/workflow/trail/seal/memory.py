"""A tree held in memory, for what is true of trees wherever they are kept."""

from collections.abc import Iterable, Sequence

from workflow.trail.seal.tree import added, leaf_hash


class MemoryTree:
    """Leaves and subtrees as the database would keep them; counts what is read."""

    def __init__(self, contents: Iterable[bytes] = (), batch: int = 1000) -> None:
        self.hashes: list[bytes] = []
        self.subtrees: dict[tuple[int, int], bytes] = {}
        self.reads = 0
        kept = [leaf_hash(content) for content in contents]
        for first in range(0, len(kept), batch):
            self.add(kept[first : first + batch])

    def add(self, hashes: Sequence[bytes]) -> None:
        made = list(added(self, len(self.hashes), hashes))
        self.hashes += hashes
        self.subtrees |= {(one.level, one.index): one.hash for one in made}

    def leaves(self, first: int, end: int) -> Sequence[bytes]:
        self.reads += end - first
        assert end <= len(self.hashes)
        return self.hashes[first:end]

    def subtree(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.subtrees[level, index]
