"""The tree gives the published values of RFC 6962; every proof holds, and none that was altered does."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.trail.seal.memory import MemoryTree
from workflow.trail.seal.proofs import is_consistent, is_included
from workflow.trail.seal.tree import EMPTY, Growing, consistency, inclusion, leaf_hash, root, root_of

# the eight leaves of Certificate Transparency's reference tests, the roots of the first 1 to 8 of them, and proofs
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATHS = {
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CONSISTENT = {
    (1, 1): (),
    (1, 8): PATHS[0, 8],
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}


def told(hashes: list[bytes]) -> tuple[str, ...]:
    return tuple(one.hex() for one in hashes)


def test_roots_are_those_published() -> None:
    assert sha256().digest() == EMPTY
    tree = MemoryTree(LEAVES)
    assert tuple(root(tree, size).hex() for size in range(1, 9)) == ROOTS


@pytest.mark.parametrize("place", PATHS, ids=str)
def test_paths_are_those_published(place: tuple[int, int]) -> None:
    assert told(inclusion(MemoryTree(LEAVES), *place)) == PATHS[place]


@pytest.mark.parametrize("sizes", CONSISTENT, ids=str)
def test_consistency_proofs_are_those_published(sizes: tuple[int, int]) -> None:
    assert told(consistency(MemoryTree(LEAVES), *sizes)) == CONSISTENT[sizes]


WIDE = MemoryTree((str(n).encode() for n in range(3000)), batch=371)
SIZES = st.one_of(st.integers(1, 40), st.integers(200, 600), st.integers(1, 3000))


@settings(deadline=None)
@given(SIZES)
def test_what_is_kept_gives_the_root_of_the_definition(size: int) -> None:
    growing = Growing()
    growing.extend(WIDE.hashes[:size])
    assert root(WIDE, size) == root_of(WIDE.hashes[:size]) == growing.root()


def altered(path: list[bytes], data: st.DataObject) -> list[bytes]:
    """The proof with one thing changed: a bit, a step left out, added, doubled or exchanged with another."""
    at = data.draw(st.integers(0, len(path) - 1)) if path else 0
    ways = ["add"] + (["bit", "drop", "double"] if path else []) + (["swap"] if len(set(path)) > 1 else [])
    match data.draw(st.sampled_from(ways)):
        case "add":
            return [*path, sha256(b"more").digest()]
        case "bit":
            flipped = bytearray(path[at])
            flipped[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
            return [*path[:at], bytes(flipped), *path[at + 1 :]]
        case "drop":
            return [*path[:at], *path[at + 1 :]]
        case "double":
            return [*path[: at + 1], *path[at:]]
        case _:
            other = next(n for n, step in enumerate(path) if step != path[at])
            changed = list(path)
            changed[at], changed[other] = changed[other], changed[at]
            return changed


@settings(deadline=None)
@given(st.data())
def test_every_inclusion_proof_holds_and_no_altered_one(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    index = data.draw(st.integers(0, size - 1))
    leaf, above, path = WIDE.hashes[index], root(WIDE, size), inclusion(WIDE, index, size)
    assert is_included(leaf, index, size, path, above)
    assert not is_included(leaf, index, size, altered(path, data), above)
    assert not is_included(leaf_hash(b"other"), index, size, path, above)
    assert not is_included(leaf, index, size, path, sha256(above).digest())
    other = data.draw(st.integers(-1, size).filter(lambda n: n != index))
    assert not is_included(leaf, other, size, path, above)


@settings(deadline=None)
@given(st.data())
def test_every_consistency_proof_holds_and_no_altered_one(data: st.DataObject) -> None:
    size = data.draw(SIZES)
    before = data.draw(st.integers(1, size))
    old, new, path = root(WIDE, before), root(WIDE, size), consistency(WIDE, before, size)
    assert is_consistent(before, size, path, old, new)
    assert not is_consistent(before, size, altered(path, data), old, new)
    assert not is_consistent(before, size, path, sha256(old).digest(), new)
    assert not is_consistent(before, size, path, old, sha256(new).digest())
    assert before == size or not is_consistent(size, before, path, new, old)


def test_an_empty_tree_comes_before_every_other_and_nothing_before_itself() -> None:
    assert consistency(WIDE, 0, 7) == []
    assert is_consistent(0, 7, [], EMPTY, root(WIDE, 7))
    assert not is_consistent(0, 7, [], root(WIDE, 7), root(WIDE, 7))
    with pytest.raises(ValueError, match="larger"):
        consistency(WIDE, 8, 7)
    with pytest.raises(ValueError, match="leaf"):
        inclusion(WIDE, 7, 7)


def test_what_is_read_grows_with_the_levels_alone() -> None:
    """A hundred times as many leaves: the same two blocks, and a subtree more for each level."""
    small, large = MemoryTree(b"x" for _ in range(1_000)), MemoryTree(b"x" for _ in range(100_000))
    for tree, size in ((small, 1_000), (large, 100_000)):
        tree.reads = 0
        inclusion(tree, size // 3, size - 1)
        consistency(tree, size // 2 + 1, size)
        root(tree, size)
    assert large.reads <= small.reads + 4 * 256 + 3 * 7
