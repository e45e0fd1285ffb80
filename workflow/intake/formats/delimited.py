"""CSV and TSV: the delimiter is the sign that cuts most rows into equally many cells."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from workflow.intake.content import CellText
from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.given import LINE_LONGEST, GivenBlock
from workflow.intake.formats.sheet_rows import blocks_of_rows

_DELIMITERS = ",\t;|"
_SAMPLE = 64 * 1024


def read_delimited(text: str) -> Iterator[GivenBlock]:
    """The blocks of a delimited text. Raises UnreadableError where the quotes do not come out even."""
    csv.field_size_limit(LINE_LONGEST * 10)
    sign = _delimiter(text[:_SAMPLE])
    try:
        rows = [CellText.of(cells) for cells in _rows(text, sign)]
    except csv.Error:
        raise UnreadableError(Fault.BROKEN, kind=".csv") from None
    return blocks_of_rows(rows)


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True)


def _delimiter(sample: str) -> str:
    return max(_DELIMITERS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, sign: str) -> tuple[int, int]:
    """How many rows share the commonest count of cells above one, and that count."""
    try:
        counts = Counter(len(row) for row in _rows(sample, sign) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    width, rows = max(counts.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
    return rows, width
