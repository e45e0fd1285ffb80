"""A .xls file of our own making: a workbook stream (BIFF8) in a compound file of 512-byte sectors."""

import struct
from collections.abc import Sequence

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xls(
    rows: Sequence[Sequence[str | float]],
    merged: Sequence[tuple[int, int, int, int]] = (),
    *,
    book: bytes = b"",
    cells: bytes = b"",
) -> bytes:
    """A workbook of one sheet; `merged` are ranges as first row, last row, first column, last column.

    `book` and `cells` are further records for the workbook and for the sheet.
    """
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for r, row in enumerate(rows):
        for column, held in enumerate(row):
            sheet += _cell(r, column, held)
    sheet += cells
    if merged:
        sheet += record(
            0x00E5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *m) for m in merged)
        )
    sheet += record(0x000A, b"")
    name = "清单"
    globals_ = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + book
    bound = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    place = len(globals_) + 4 + 6 + len(bound) + 4
    globals_ += record(0x0085, struct.pack("<IBB", place, 0, 0) + bound) + record(0x000A, b"")
    return compound({"Workbook": globals_ + sheet})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of the streams, each padded to whole sectors and long enough to stand outside the mini stream."""
    padded = {
        name: held.ljust(max(4096, -(-len(held) // SECTOR) * SECTOR), b"\x00")
        for name, held in streams.items()
    }
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    body = b""
    for n, (name, held) in enumerate(padded.items(), start=1):
        first, count = len(chain), len(held) // SECTOR
        chain += [*range(first + 1, first + count), _END]
        entries.append(_entry(name, 2, first, len(held), right=n + 1 if n < len(padded) else _FREE))
        body += held
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // SECTOR) * SECTOR, b"\x00")
    start = len(chain)
    count = len(directory) // SECTOR
    chain += [*range(start + 1, start + count), _END]
    chain += [_FAT]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, start, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<I", len(chain) - 1) + b"\xff" * (108 * 4)
    return head + body + directory + table


def record(kind: int, held: bytes) -> bytes:
    return struct.pack("<HH", kind, len(held)) + held


def _cell(row: int, column: int, held: str | float) -> bytes:
    if isinstance(held, str):
        text = struct.pack("<HB", len(held), 1) + held.encode("utf-16-le")
        return record(0x0204, struct.pack("<HHH", row, column, 0) + text) if held else b""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, held))


def _entry(name: str, kind: int, first: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\x00\x00"
    entry = written.ljust(64, b"\x00") + struct.pack("<HBB", len(written), kind, 1)
    entry += struct.pack("<III", _FREE, right, child) + b"\x00" * 36 + struct.pack("<IQ", first, size)
    return entry
