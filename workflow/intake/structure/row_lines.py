"""Lists with a row in each line, cells set apart by blanks: the lines become a table.

A header line names the columns; what stands in a row is told apart by its look, from the right. Where no header stands
above numbered rows that are all alike, their columns are named after what they hold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from workflow.intake.content import Block, Cell, Paragraph, Passage, Table, joined
from workflow.intake.structure.columns import UNIT_COLUMNS, WORDS, Column, columns_of, is_header
from workflow.intake.structure.looks import looks_like_schedule, looks_like_units, may_be_schedule
from workflow.intake.structure.serials import mark_of

_BLANK = re.compile(r"[ \t　\xa0]+")
_SERIAL = re.compile(r"\d{1,4}[.．、]?")
_HEADER_LEAST = 3
_ROWS_LEAST = 3
_MOSTLY = 0.7
_HEAD_LONGEST = 40
_NOTES = ("注：", "注:", "备注", "附件", "说明：")
_NOTHING = Cell(Passage(""))


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as its line or lines have it, in tokens."""

    tokens: list[Passage]


def with_row_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every list that has a row in each line made a table, header row included."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        columns = _header(blocks[at])
        if columns is None and (names := _guessed_names(islice(blocks, at, None))):
            columns = columns_of(names)
            end = _end(blocks, at, columns)
            lines = [block.passage for block in blocks[at:end] if isinstance(block, Paragraph)]
            found.append(Table((tuple(Cell(Passage(name)) for name in names), *_rows(lines, columns))))
            at = end
            continue
        if columns is None:
            found.append(blocks[at])
            at += 1
            continue
        end = _end(blocks, at + 1, columns)
        lines = [block.passage for block in blocks[at + 1 : end] if isinstance(block, Paragraph)]
        rows = [_header_row(blocks[at]), *_rows(lines, columns)]
        found.append(Table(tuple(rows)) if len(rows) > 1 else blocks[at])
        at = end if len(rows) > 1 else at + 1
    return found


def lines_without_header(blocks: Sequence[Block]) -> Iterator[int]:
    """The first line of each table whose columns were named after what they hold: no header of its is in the source."""
    for block in blocks:
        if isinstance(block, Table) and not any(cell.passage.number for cell in block.rows[0]):
            yield min(cell.passage.number for cell in block.rows[1] if cell.text)


def _guessed_names(blocks: Iterable[Block]) -> list[str]:
    """The names of the columns of numbered rows that begin here without a header; none where they are not surely rows.

    Each begins with the next number and ends in units, most with a schedule before or behind these.
    """
    rows: list[list[str]] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            break
        tokens = [token.text for token in _tokens(block.passage)]
        is_next = _SERIAL.fullmatch(tokens[0]) and int(tokens[0].rstrip(".．、")) == len(rows) + 1
        if not is_next and not (rows and _is_head(block.passage)):
            break
        rows += [tokens] if is_next else []
    middles = [_middle(row) for row in rows]
    if len(rows) < _ROWS_LEAST or any(middle is None for middle in middles):
        return []
    words = [middle for middle in middles if middle is not None]
    is_grouped = sum(len(middle) > 1 for middle in words) > _MOSTLY * len(words)
    firsts = [middle[0] for middle in words]
    names = ["类别" if len(set(firsts)) < len(firsts) else "任务"] if is_grouped else []
    return ["序号", *names, "措施" if is_grouped else "任务", *_ends(rows)]


def _middle(row: Sequence[str]) -> list[str] | None:
    """The words of a row between its number and its schedule and units; None where it has no words or no units."""
    rest = [token for token in row[1:] if not looks_like_schedule(token)]
    words = [token for token in rest if not looks_like_units(token)]
    ends_in_units = any(looks_like_units(token) for token in row[-2:])
    return words if words and ends_in_units else None


def _ends(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names of the last columns: schedule and units in the order of most rows, the schedule where most have one."""
    dated = [row for row in rows if any(looks_like_schedule(token) for token in row[-2:])]
    if len(dated) <= _MOSTLY * len(rows):
        return ["责任单位"]
    is_last = sum(looks_like_schedule(row[-1]) for row in dated) * 2 > len(dated)
    return ["责任单位", "完成时限"] if is_last else ["完成时限", "责任单位"]


def _header(block: Block) -> tuple[Column, ...] | None:
    if not isinstance(block, Paragraph):
        return None
    names = [token.text for token in _tokens(block.passage)]
    if len(names) < _HEADER_LEAST or not is_header(names):
        return None
    columns = columns_of(names)
    return columns if Column.UNKNOWN not in columns else None


def _end(blocks: Sequence[Block], start: int, columns: Sequence[Column]) -> int:
    """Where the list ends: at a table, at a note, or at a long line that is no row and follows no unfinished one."""
    at = start
    is_whole = True
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph) or block.passage.text.startswith(_NOTES):
            break
        tokens = _tokens(block.passage)
        begins = _begins_row(tokens, columns)
        if not begins and is_whole and not _is_head(block.passage) and _header(block) is None:
            ends_like_row = looks_like_units(tokens[-1].text)
            if not ends_like_row:
                break
        is_whole = looks_like_units(tokens[-1].text) or _is_head(block.passage) or _header(block) is not None
        at += 1
    return at


def _rows(lines: Sequence[Passage], columns: Sequence[Column]) -> Iterator[tuple[Cell, ...]]:
    for group in _groups(lines, columns):
        first = group[0]
        if len(group) == 1 and _is_head(first) and not _begins_row(_tokens(first), columns):
            yield tuple(Cell(first, is_spread=n > 0) for n in range(len(columns)))
        elif len(group) > 1 or _header(Paragraph(first)) is None:
            yield _row(_put_together(group), columns)


def _groups(lines: Sequence[Passage], columns: Sequence[Column]) -> list[list[Passage]]:
    """The lines of each row; a line that begins none goes on with the row before until that ends in units."""
    groups: list[list[Passage]] = []
    for line in lines:
        tokens = _tokens(line)
        stands_alone = _is_head(line) or _header(Paragraph(line)) is not None
        is_open = bool(groups) and not stands_alone and _is_open(groups[-1])
        if _begins_row(tokens, columns) or not groups or (stands_alone and not is_open) or not is_open:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _is_open(group: Sequence[Passage]) -> bool:
    """Whether a row still waits for its units, or ends within them."""
    text = group[-1].text
    if _is_head(group[0]) and len(group) == 1:
        return False
    return text[-1] in "、，,（(" or not looks_like_units(_tokens(group[-1])[-1].text)


def _begins_row(tokens: Sequence[Passage], columns: Sequence[Column]) -> bool:
    if Column.SERIAL in columns:
        return len(tokens) > 1 and _SERIAL.fullmatch(tokens[0].text) is not None
    return len(tokens) > 1 and looks_like_units(tokens[-1].text)


def _is_head(line: Passage) -> bool:
    mark = mark_of(line)
    tokens = _tokens(line)
    if mark is None or "。" in line.text or len(line.text) > _HEAD_LONGEST:
        return False
    return not (len(tokens) > 1 and (looks_like_units(tokens[-1].text) or _SERIAL.fullmatch(tokens[0].text)))


def _put_together(group: Sequence[Passage]) -> list[Passage]:
    """The tokens of a row; where a line end cut one in two, its parts are joined."""
    tokens = _tokens(group[0])
    for line in group[1:]:
        more = _tokens(line)
        if _is_cut(tokens[-1].text, more[0].text):
            tokens[-1] = joined((tokens[-1], more[0]))
            more = more[1:]
        tokens += more
    return tokens


def _is_cut(before: str, after: str) -> bool:
    if before[-1] in "、，,（(" or after[0] in "、，,）)。":
        return True
    is_whole = before[-1] in "。；;" or looks_like_schedule(before) or looks_like_units(before)
    begins = looks_like_schedule(after) or looks_like_units(after)
    return not (begins and is_whole) and before[-1] not in "。；;"


def _row(tokens: list[Passage], columns: Sequence[Column]) -> tuple[Cell, ...]:
    if len(tokens) == len(columns) and all(map(_is_of, tokens, columns)):
        return tuple(map(Cell, tokens))
    return _row_by_look(list(tokens), columns)


def _row_by_look(rest: list[Passage], columns: Sequence[Column]) -> tuple[Cell, ...]:
    """The cells taken from the right by their look; what is left are the words."""
    cells = [_NOTHING] * len(columns)
    if columns[0] is Column.SERIAL and rest and _SERIAL.fullmatch(rest[0].text):
        cells[0] = Cell(rest.pop(0))
    for n in range(len(columns) - 1, -1, -1):
        if columns[n] in WORDS or (n == 0 and cells[0].text):
            continue
        taken = _take(columns[n], rest)
        if taken is not None:
            cells[n] = Cell(taken)
    places = [n for n, column in enumerate(columns) if column in WORDS]
    for n in places[:-1]:
        if len(rest) > 1:
            cells[n] = Cell(rest.pop(0))
    if rest and places:
        cells[places[-1]] = Cell(joined(rest, " "))
    return tuple(cells)


def _is_of(token: Passage, column: Column) -> bool:
    """Whether a token surely is a cell of a column, for all that its look says."""
    if column is Column.SERIAL:
        return _SERIAL.fullmatch(token.text) is not None
    if column in UNIT_COLUMNS:
        return looks_like_units(token.text)
    if column is Column.SCHEDULE:
        return looks_like_schedule(token.text)
    return not looks_like_schedule(token.text) and (
        column is Column.GROUP or not looks_like_units(token.text)
    )


def _take(column: Column, rest: list[Passage]) -> Passage | None:
    """The last token of a row where it is what the column holds, taken out of `rest`."""
    if len(rest) < 2:
        return None
    last = rest[-1].text
    if column in UNIT_COLUMNS:
        return rest.pop() if looks_like_units(last) and not looks_like_schedule(last) else None
    if column is Column.SCHEDULE:
        if len(rest) > 2 and may_be_schedule(rest[-2].text) and looks_like_schedule(f"{rest[-2].text}{last}"):
            return joined((rest.pop(-2), rest.pop()))
        return rest.pop() if looks_like_schedule(last) or may_be_schedule(last) else None
    return rest.pop() if not looks_like_units(last) and not looks_like_schedule(last) else None


def _header_row(block: Block) -> tuple[Cell, ...]:
    passage = block.passage if isinstance(block, Paragraph) else Passage("")
    return tuple(Cell(token) for token in _tokens(passage))


def _tokens(line: Passage) -> list[Passage]:
    return [token for token in line.split(_BLANK) if token]
