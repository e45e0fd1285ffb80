"""Records of labelled lines (项目名称：…, 责任单位：…, 完成时限：…) become the rows of a list, as cards do.

A record may have a head of its own above its labels: 问题1：…, 整改任务一：…, or a line without a number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workflow.intake.content import Block, Cell, Paragraph, Passage, Table, joined
from workflow.intake.structure.columns import UNIT_COLUMNS, WORDS, Column, likely_meaning
from workflow.intake.structure.numbering import named_number
from workflow.intake.structure.serials import Style, mark_of

_LABEL = re.compile(
    r"[【\[（(]?(?P<name>[\u4e00-\u9fff]{3,8}|任务|目标|措施|举措|内容|问题|时限)[】\]）)]?\s*[：:]\s*|【(?P<boxed>[\u4e00-\u9fff]{3,8})】\s*"
)
_TELLS = re.compile(r".*(?:措施|举措|目标|内容|要求|任务|情况|标准|成效|成果|步骤|做法|规模)")
_HEADS = frozenset({Style.PART, Style.CHAPTER, Style.DIVISION, Style.HAN, Style.HAN_BRACKETED})
_OWN = UNIT_COLUMNS | {Column.SCHEDULE, Column.PERSON, Column.REMARK, Column.TASK}
_RECORDS_LEAST = 2
_SECTION_LONGEST = 40
_SERIAL, _TITLE, _TEXT = "序号", "工作任务", "主要内容"


@dataclass(frozen=True, slots=True)
class _Label:
    """A label at a line's beginning: what it is called, what its value is, and where that begins."""

    name: str
    column: Column
    end: int


@dataclass(slots=True)
class _Record:
    """A record's head and the passages of its columns; `tells` where a label says what is to be done."""

    serial: Passage | None = None
    cells: dict[str, list[Passage]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    tells: bool = False

    def add(self, name: str, value: Passage) -> None:
        if value.text:
            self.cells.setdefault(name, []).append(value)


def with_label_records(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every run of such records as a table; runs that are none stay as they are."""
    found: list[Block] = []
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        found += _read(run)
        run = []
        found.append(block)
    return [*found, *_read(run)]


def _read(run: Sequence[Paragraph]) -> list[Block]:
    labels = {n: label for n, one in enumerate(run) if (label := _label_of(one.passage.text))}
    starts = _starts(labels)
    kinds = [label.column for label in labels.values()]
    units = sum(column in (Column.UNITS, Column.LEAD) for column in kinds)
    if len(starts) < _RECORDS_LEAST or units < len(starts):
        return list(run)
    heads = [head for start in starts if (head := _head(run, labels, start)) is not None]
    named = [_is_named(run[head]) for head in heads]
    is_told = all(named) or all(_tells(labels, starts))
    is_other = any(mark_of(run[head].passage) for head, own in zip(heads, named, strict=True) if not own)
    if len(heads) < len(starts) or is_other or not is_told:
        return list(run)
    return list(_tables(run, labels, heads))


def _label_of(text: str) -> _Label | None:
    found = _LABEL.match(text)
    if found is None:
        return None
    name = found["name"] or found["boxed"]
    column = likely_meaning(name)
    if column is Column.UNKNOWN and not _TELLS.fullmatch(name):
        return None
    return _Label(name, column if column in _OWN else Column.TEXT, found.end())


def _starts(labels: dict[int, _Label]) -> list[int]:
    """The lines at which a record's labels begin: where one of those of the record before comes again."""
    starts: list[int] = []
    seen: set[str] = set()
    for n, label in labels.items():
        if not starts or label.name in seen:
            starts.append(n)
            seen = set()
        seen.add(label.name)
    return starts


def _tells(labels: dict[int, _Label], starts: Sequence[int]) -> Iterator[bool]:
    """For each record whether one of its labels says what is to be done."""
    ends = [*starts[1:], max(labels, default=0) + 1]
    for start, end in zip(starts, ends, strict=True):
        yield any(
            start <= n < end and (label.column in WORDS or label.column is Column.TEXT)
            for n, label in labels.items()
        )


def _head(run: Sequence[Paragraph], labels: dict[int, _Label], start: int) -> int | None:
    """The line at which a record begins: the numbered name above its labels, or the line right above them.

    The labels themselves where the first names the task; None where nothing may be its head.
    """
    above = start
    while above > 0 and above - 1 not in labels:
        above -= 1
        if _is_named(run[above]):
            return above
    if labels[start].column is Column.TASK:
        return start
    if start == 0 or start - 1 in labels:
        return None
    return start - 1


def _is_named(paragraph: Paragraph) -> bool:
    return named_number(paragraph.passage.text) is not None


def _tables(run: Sequence[Paragraph], labels: dict[int, _Label], heads: Sequence[int]) -> Iterator[Block]:
    """A table for the records under each section's head, with the lines before and between them."""
    yield from run[: heads[0]]
    records: list[_Record] = []
    ends = [*heads[1:], len(run)]
    for head, end in zip(heads, ends, strict=True):
        record, rest = _record(run, labels, head, end, is_last=end == len(run))
        records.append(record)
        if rest:
            yield _table(records)
            records = []
            yield from rest
    if records:
        yield _table(records)


def _record(
    run: Sequence[Paragraph], labels: dict[int, _Label], head: int, end: int, *, is_last: bool
) -> tuple[_Record, list[Paragraph]]:
    """The record between two lines, and the section's head or the end of the document behind it."""
    record = _Record()
    column = _TEXT
    for n in range(head, end):
        line, label = run[n].passage, labels.get(n)
        if label is not None and (n > head or label.column is Column.TASK):
            column = _column_of(label)
            value = line.part(label.end).stripped() if column != _TEXT else line
            record.add(column, value)
            column = column if not value.text else _TEXT
        elif n == head:
            _take_head(line, record)
        elif _is_section(line) or (
            is_last and n > max(labels) and column == _TEXT and not _goes_on(run, labels, n)
        ):
            return record, list(run[n:end])
        else:
            record.add(column, line)
    return record, []


def _column_of(label: _Label) -> str:
    if label.column is Column.TASK:
        return _TITLE
    return _TEXT if label.column is Column.TEXT else label.name


def _goes_on(run: Sequence[Paragraph], labels: dict[int, _Label], n: int) -> bool:
    """Whether a line behind the last label is an item of what that one tells."""
    last = labels[max(labels)]
    return last.column is Column.TEXT and mark_of(run[n].passage) is not None


def _is_section(line: Passage) -> bool:
    mark = mark_of(line)
    return (
        mark is not None
        and mark.style in _HEADS
        and len(line.text) <= _SECTION_LONGEST
        and "。" not in line.text
    )


def _take_head(line: Passage, record: _Record) -> None:
    """The head's number and the task that it names."""
    end = named_number(line.text)
    if end is None:
        record.add(_TITLE, line)
        return
    record.serial = line.part(0, end).stripped("【】[]（）() \t\u3000：:、.．")
    record.add(_TITLE, line.part(end))


def _table(records: Sequence[_Record]) -> Table:
    names = list(dict.fromkeys(name for record in records for name in record.cells))
    order = [_TITLE, _TEXT, *(name for name in names if name not in (_TITLE, _TEXT))]
    order = [name for name in order if name in names]
    blank = Cell(Passage(""))
    serials = [Cell(record.serial) if record.serial else blank for record in records]
    has_serials = any(cell.text for cell in serials)
    place = next(cell for record in records for own in record.cells.values() for cell in own).pieces[:1]
    header = [Cell(Passage(name, place)) for name in ([_SERIAL] if has_serials else []) + order]
    rows = []
    for serial, record in zip(serials, records, strict=True):
        cells = [Cell(joined(_split_title(record, name), "\n")) for name in order]
        rows.append((*([serial] if has_serials else []), *cells))
    return Table((tuple(header), *rows))


def _split_title(record: _Record, name: str) -> list[Passage]:
    """The passages of a column; of several titles (a head's and a label's) the last is it, the others are told."""
    own = record.cells.get(name, [])
    if name == _TITLE:
        return own[-1:]
    return [*record.cells.get(_TITLE, [])[:-1], *own] if name == _TEXT else own
