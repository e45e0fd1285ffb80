"""The header of a real table: found by what its cells mean, in one row or two, again on later pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workflow.intake.content import Cell, Table
from workflow.intake.source import key
from workflow.intake.structure.columns import (
    Column,
    columns_of,
    header_names,
    is_header,
    is_second_header,
    meaning,
)

_HEADER_WITHIN = 12
_HEADER_LEAST = 2


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a list, and their names."""

    columns: tuple[Column, ...]
    names: tuple[str, ...]

    def places(self, *wanted: Column) -> list[int]:
        """Where the columns of these meanings stand, in order."""
        return [n for n, column in enumerate(self.columns) if column in wanted]


def split_at_headers(table: Table) -> list[Table]:
    """A table that holds several lists, each under a header of its own, as a table for each."""
    starts = [0]
    last: list[str] = []
    for n, row in enumerate(table.rows):
        names = [cell.text for cell in row if cell.text and not (cell.is_spread or cell.is_continued)]
        is_known = sum(meaning(name) is not Column.UNKNOWN for name in names) >= _HEADER_LEAST
        if not is_known or not is_header(names):
            continue
        keys = [key(name) for name in names]
        if last and keys != last:
            starts.append(n)
        last = keys
    ends = [*starts[1:], len(table.rows)]
    return [replace(table, rows=table.rows[start:end]) for start, end in zip(starts, ends, strict=True)]


def header_of(table: Table, before: Header | None) -> tuple[Header, int] | None:
    """The header and the place of the first row behind it."""
    for n, row in enumerate(table.rows[:_HEADER_WITHIN]):
        below = table.rows[n + 1] if n + 1 < len(table.rows) else None
        is_double = below is not None and is_second_header(row, below)
        names = header_names(row, below if is_double else None)
        plain = [name for name, cell in zip(names, row, strict=True) if is_double or not cell.is_spread]
        if is_header(plain):
            header = Header(columns_of(names), tuple(key(name) for name in names))
            return header if is_double else _with_covered(header, row, before), n + 1 + is_double
    return None


def _with_covered(header: Header, row: Sequence[Cell], before: Header | None) -> Header:
    """A later page's header, with the columns that a spread cell covers there as the header above names them."""
    if before is None or len(before.columns) != len(row):
        return header
    covered = {n for n, cell in enumerate(row) if cell.is_spread}
    known = [before if n in covered else header for n in range(len(row))]
    return Header(
        tuple(one.columns[n] for n, one in enumerate(known)),
        tuple(one.names[n] for n, one in enumerate(known)),
    )


def repeats(row: Sequence[Cell], header: Header) -> bool:
    """Whether a row is the header again, or a part of it."""
    own = [(n, key(cell.text)) for n, cell in enumerate(row) if cell.text and not cell.is_continued]
    same = sum(name == header.names[n] for n, name in own)
    return same > 1 and (same == len(own) or is_header([name for _, name in own]))
