"""What the offline verifier computes with: Ed25519, the Merkle tree, signed checkpoints; written apart from the ledger's own.

Needs Python 3.9 and its standard library alone. Nothing here comes from `workflow/trail/seal`, so that a mistake there is
not made twice.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from collections.abc import Iterable, Sequence
from typing import Any

Point = tuple[int, int, int, int]

# Ed25519 (RFC 8032, 5.1), verification alone
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a: Point, b: Point) -> Point:
    """The sum of two points, in extended coordinates."""
    x = (a[1] - a[0]) * (b[1] - b[0]) % P
    y = (a[1] + a[0]) * (b[1] + b[0]) % P
    z, w = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = y - x, w - z, w + z, y + x
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """The point added to itself so many times."""
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(data: bytes) -> Point | None:
    """The point that 32 bytes stand for, if any."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def is_signed(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the signature over the text is the key's."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, nonce, scalar = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= ORDER:
        return False
    told = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    left, right = times(scalar, BASE), add(nonce, times(told, key))
    return not any((left[n] * right[2] - right[n] * left[2]) % P for n in (0, 1))


# The Merkle tree (RFC 9162, 2.1)
def node(left: bytes, right: bytes) -> bytes:
    """The hash above two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf(line_hash: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + line_hash).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root above the leaves."""
    parts: list[bytes] = []
    for number, one in enumerate(leaves, 1):
        parts.append(one)
        for _ in range((number & -number).bit_length() - 1):
            right = parts.pop()
            parts.append(node(parts.pop(), right))
    found = parts.pop() if parts else hashlib.sha256(b"").digest()
    while parts:
        found = node(parts.pop(), found)
    return found


def climb(place: int, last: int, old: bytes, new: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots above; `old` takes only what stands to the left."""
    for step in path:
        if last == 0:
            return None
        if place % 2 or place == last:
            old, new = node(step, old), node(step, new)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            new = node(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def is_included(found: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf stands at the place under the root."""
    climbed = climb(index, size - 1, found, found, path) if 0 <= index < size else None
    return climbed is not None and climbed[1] == root


def is_consistent(before: int, size: int, path: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether the larger tree begins with all of the smaller one."""
    if not 0 < before <= size:
        return False
    if before == size:
        return not path and old_root == root
    steps = list(path) if before & (before - 1) else [old_root, *path]
    place, last = before - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    return bool(steps) and climb(place, last, steps[0], steps[0], steps[1:]) == (old_root, root)


class Note:
    """A signed checkpoint (C2SP tlog-checkpoint): size, root, time, signatures."""

    def __init__(self, text: str) -> None:
        """Raises ValueError for what is none."""
        head, _gap, below = text.partition("\n\n")
        self.text = head + "\n"
        _origin, size, root, time = head.split("\n")
        self.size, self.root, self.time = int(size), b64decode(root), time.split(" ")[-1]
        self.signatures: list[tuple[str, bytes, bytes]] = []
        for line in below.strip("\n").split("\n"):
            name, _gap, content = line[2:].rpartition(" ")
            signed = b64decode(content)
            self.signatures.append((name, signed[:4], signed[4:]))

    def signed_by(self, key: str) -> bool:
        """Whether a signature of the key (name+hash+base64) holds; witnesses sign the time before the text."""
        name, short, text = key.strip().split("+", 2)
        content = b64decode(text)
        if hashlib.sha256(name.encode() + b"\n" + content).hexdigest()[:8] != short:
            return False
        signatures = [
            one for signer, key_hash, one in self.signatures if (signer, key_hash.hex()) == (name, short)
        ]
        return any(is_signed(content[1:], *self._signed(content[:1], one)) for one in signatures)

    def _signed(self, kind: bytes, signature: bytes) -> tuple[bytes, bytes]:
        if kind != b"\x04":
            return signature, self.text.encode()
        seconds = int.from_bytes(signature[:8], "big")
        return signature[8:], b"cosignature/v1\ntime %d\n" % seconds + self.text.encode()


def notes_of(text: str) -> list[Note]:
    """The checkpoints of a file that holds several."""
    parts = [part.strip("\n") for part in text.split("\n\n") if part.strip("\n")]
    return [Note(parts[n] + "\n\n" + parts[n + 1] + "\n") for n in range(0, len(parts) - 1, 2)]


def hash_of(line: Any) -> bytes:
    """The hash over the canonical form of a line; ValueError where the machine lacks its algorithm."""
    text = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(line["algorithm"], text.encode()).digest()
