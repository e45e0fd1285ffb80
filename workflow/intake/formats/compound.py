"""The container of old Office files: streams cut into sectors, and a directory that names them."""

import struct
from collections.abc import Sequence

from workflow.intake.faults import Fault, UnreadableError

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<HH6xIIIIIIIII")
"""From byte 30: size of sectors and of small ones as powers, then counts and first sectors."""

_ENTRY = 128
_STREAM, _ROOT = 2, 5
_SPECIAL = 0xFFFFFFFA


class Compound:
    """The compound file `data`. Raises UnreadableError when opened or read where it is broken, naming the kind `kind`."""

    def __init__(self, data: bytes, kind: str) -> None:
        self._data = data
        self._kind = kind
        try:
            shift, small, _, _, directory, _, cutoff, first_small, _, chain, _ = _HEADER.unpack_from(data, 30)
        except struct.error:
            raise self._broken() from None
        if shift not in (9, 12) or small != 6:
            raise self._broken()
        self._size, self._small_size, self._cutoff = 1 << shift, 1 << small, cutoff
        self._next = self._table(chain)
        self._small_next = _numbers(self._chained(first_small))
        self._entries = self._directory(self._chained(directory))
        root = next((entry for entry in self._entries.values() if entry[0] == _ROOT), (_ROOT, _SPECIAL, 0))
        self._small = self._chained(root[1])

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams."""
        return frozenset(name for name, entry in self._entries.items() if entry[0] == _STREAM)

    def stream(self, name: str) -> bytes:
        """The contents of a stream; b"" where there is none of that name."""
        kind, first, size = self._entries.get(name, (0, 0, 0))
        if kind != _STREAM:
            return b""
        if size >= self._cutoff:
            return self._chained(first)[:size]
        parts: list[bytes] = []
        for at in self._places(first, self._small_next):
            parts.append(self._small[at * self._small_size : (at + 1) * self._small_size])
        return b"".join(parts)[:size]

    def _table(self, further: int) -> Sequence[int]:
        """Which sector follows each sector: from the sectors that the header lists, and those that list more."""
        listed = list(struct.unpack_from("<109I", self._data.ljust(512, b"\xff"), 76))
        seen: set[int] = set()
        while further < _SPECIAL and further not in seen:
            seen.add(further)
            more = _numbers(self._sector(further))
            listed += more[:-1]
            further = more[-1] if more else _SPECIAL
        return _numbers(b"".join(self._sector(at) for at in dict.fromkeys(listed) if at < _SPECIAL))

    def _directory(self, held: bytes) -> dict[str, tuple[int, int, int]]:
        """Type, first sector and size of each entry by its name; of two of one name the one nearer the root's."""
        found: dict[str, tuple[int, int, int]] = {}
        for at in range(0, len(held) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", held, at + 64)
            first, size = struct.unpack_from("<II", held, at + 116)
            name = held[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind in (_STREAM, _ROOT):
                found.setdefault(name, (kind, first, size))
        return found

    def _chained(self, first: int) -> bytes:
        return b"".join(self._sector(at) for at in self._places(first, self._next))

    def _places(self, first: int, following: Sequence[int]) -> list[int]:
        places: list[int] = []
        seen: set[int] = set()
        while first < _SPECIAL:
            if first in seen or first >= len(following):
                raise self._broken()
            seen.add(first)
            places.append(first)
            first = following[first]
        return places

    def _sector(self, at: int) -> bytes:
        return self._data[(at + 1) * self._size : (at + 2) * self._size]

    def _broken(self) -> UnreadableError:
        return UnreadableError(Fault.BROKEN, kind=self._kind)


def _numbers(held: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4])
