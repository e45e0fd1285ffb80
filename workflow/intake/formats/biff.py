"""The records of an old workbook's stream (BIFF8, and BIFF5 as far as it is the same), and the strings in them."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CONTINUE = 0x003C
_WIDE, _PHONETIC, _RICH = 1, 4, 8


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its kind, and its contents with those of the records that continue it."""

    kind: int
    parts: tuple[bytes, ...]

    @property
    def held(self) -> bytes:
        """The contents of the record itself."""
        return self.parts[0]


def records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """The records from a place of the stream on, to its end."""
    kind, parts = -1, list[bytes]()
    while at + 4 <= len(stream):
        following, length = struct.unpack_from("<HH", stream, at)
        held = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if following == CONTINUE and parts:
            parts.append(held)
            continue
        if parts:
            yield Record(kind, tuple(parts))
        kind, parts = following, [held]
    if parts:
        yield Record(kind, tuple(parts))


def counted_string(held: bytes, at: int, size: int, codepage: str) -> str:
    """A string that begins at a place with its length in `size` bytes; in `codepage` before BIFF8, "" for that."""
    length = int.from_bytes(held[at : at + size], "little")
    at += size
    if codepage:
        return held[at : at + length].decode(codepage, "replace")
    return next(strings([held[at - size : at].ljust(2, b"\x00")[:2] + held[at:]], 1), "")


def strings(parts: Sequence[bytes], count: int) -> Iterator[str]:
    """The strings of a table of them; one may begin in a record and go on in those that continue it."""
    reader = _Reader(parts)
    for _ in range(count):
        text = reader.string()
        if text is None:
            return
        yield text


class _Reader:
    """Reads on over the ends of records. Signs that go on behind one begin there with their width."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._part = self._at = 0

    def string(self) -> str | None:
        head = self._take(3)
        if len(head) < 3:
            return None
        length, flags = struct.unpack("<HB", head)
        runs = int.from_bytes(self._take(2), "little") if flags & _RICH else 0
        spoken = int.from_bytes(self._take(4), "little") if flags & _PHONETIC else 0
        text = self._signs(length, is_wide=bool(flags & _WIDE))
        self._take(4 * runs)
        self._take(spoken)
        return text

    def _signs(self, length: int, *, is_wide: bool) -> str:
        text = ""
        while length > 0:
            left = len(self._parts[self._part]) - self._at
            width = 2 if is_wide else 1
            taken = self._take(min(length, left // width) * width)
            text += taken.decode("utf-16-le" if is_wide else "latin-1", "replace")
            length -= len(taken) // width
            if length > 0:
                if self._part + 1 >= len(self._parts):
                    break
                self._part, self._at = self._part + 1, 1
                is_wide = bool(self._parts[self._part][:1] == b"\x01")
        return text

    def _take(self, size: int) -> bytes:
        taken = b""
        while size > len(taken):
            part = self._parts[self._part]
            piece = part[self._at : self._at + size - len(taken)]
            taken += piece
            self._at += len(piece)
            if len(taken) < size:
                if self._part + 1 >= len(self._parts):
                    break
                self._part, self._at = self._part + 1, 0
        return taken


def rk(number: int) -> float:
    """A number in the short form: the upper part of a float or a whole number, perhaps a hundredth of it."""
    value: float
    if number & 2:
        whole = number >> 2
        value = whole - (1 << 30) if whole & (1 << 29) else whole
    else:
        value = struct.unpack("<d", struct.pack("<Q", (number & ~3) << 32))[0]
    return value / 100 if number & 1 else value
