"""Tables of English plans: rows of milestones under their sections, or a card of labels with their values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from workflow.intake.content import Cell, Passage, Table, joined
from workflow.intake.english.columns import Field, field_of, likely_field_of
from workflow.intake.english.dates import read_target_date
from workflow.intake.english.parties import is_party
from workflow.intake.reader_warnings import Caution, WarningList

Fields = dict[Field, Passage]
_HEADER_WITHIN = 5
_TELLING = frozenset({Field.DUE, Field.LEAD})
_NUMBER = re.compile(r"[A-Z]{0,3}\.?\d{1,3}(?:\.\d{1,3})*\.?")
_NUMBER_BEHIND = re.compile(r"\s+[A-Z]{0,3}\.?\d{1,3}(?:\.\d{1,3})*\.?$")
_CARD_WIDTH = 2
_WORDS_LEAST = 3
_SHOWN = 40


@dataclass(slots=True)
class Rows:
    """The milestones under one head of a table; no head where they stand under that of the table."""

    head: Passage | None = None
    rows: list[Fields] = field(default_factory=list)


@dataclass(slots=True)
class MilestoneTable:
    """A table taken apart: a title that stands above its header, and its rows by their heads."""

    title: Passage | None
    groups: list[Rows]


def read_milestones(table: Table, warnings: WarningList) -> MilestoneTable | None:
    """The rows of a table with a column of titles and one of dates or parties; None for any other table."""
    for n, row in enumerate(table.rows[:_HEADER_WITHIN]):
        columns = _columns(row, table.rows[n + 1 :], warnings)
        if columns:
            above = [cell.passage for upper in table.rows[:n] for cell in upper[:1] if cell.text]
            groups = _groups(table.rows[n + 1 :], columns, row, warnings)
            return MilestoneTable(next(iter(above), None), groups)
    return None


def is_card(table: Table) -> bool:
    """Whether a table has two columns, of which the first holds labels."""
    labels = [_label_of(row[0].text) for row in table.rows if len(row) == _CARD_WIDTH]
    is_header = len(labels) > 0 and field_of(table.rows[0][1].text) is not None
    return not is_header and sum(label is not None for label in labels) * 2 > len(table.rows) >= _CARD_WIDTH


def _label_of(text: str) -> Field | None:
    """What a card's label names, its number left aside (Action 1.2)."""
    return field_of(_NUMBER_BEHIND.sub("", text.strip("*_ ")))


def read_cards(table: Table, warnings: WarningList) -> list[Fields]:
    """The labels and values of a table of two columns, anew at each title; rows that are none are warned of."""
    found: list[Fields] = [{}]
    for row in table.rows:
        name = _label_of(row[0].text) if len(row) > 1 else None
        if name is Field.TITLE and Field.TITLE in found[-1]:
            found.append({})
        fields = found[-1]
        if name is Field.TITLE and _NUMBER_BEHIND.search(row[0].text.strip("*_ ")):
            fields[Field.NUMBER] = row[0].passage.stripped("*_ ")
        if name is not None and row[1].text:
            fields[name] = joined([fields[name], row[1].passage], "; ") if name in fields else row[1].passage
        else:
            note_lost(row, warnings)
    return [fields for fields in found if fields]


def _columns(head: Sequence[Cell], rows: Sequence[Sequence[Cell]], warnings: WarningList) -> dict[int, Field]:
    """What each column holds; {} where the row is no header. Columns that are not understood are warned of."""
    known = {n: name for n, cell in enumerate(head) if not cell.is_spread and (name := field_of(cell.text))}
    found = {n: known.get(n) or name for n, cell in enumerate(head) if (name := likely_field_of(cell.text))}
    if not _TELLING & set(found.values()) or (len(found) < 2 and not known):
        return {}
    unknown = [n for n, cell in enumerate(head) if n not in found and any(row[n].text for row in rows)]
    if Field.TITLE not in found.values():
        wordy = [n for n in (*unknown, *_places(found, Field.TEXT, Field.SECTION)) if _is_wordy(n, rows)]
        if not wordy:
            return {}
        found[wordy[0]] = Field.TITLE
        unknown = [n for n in unknown if n != wordy[0]]
    _part_titles(found, rows)
    _note_unknown(head, rows, found, unknown, warnings)
    return found


def _places(columns: dict[int, Field], *names: Field) -> list[int]:
    return [n for n, name in sorted(columns.items()) if name in names]


def _is_wordy(place: int, rows: Sequence[Sequence[Cell]]) -> bool:
    cells = [row[place].text for row in rows if row[place].text]
    return bool(cells) and sum(len(cell.split()) for cell in cells) >= _WORDS_LEAST * len(cells)


def _part_titles(columns: dict[int, Field], rows: Sequence[Sequence[Cell]]) -> None:
    """Of several columns of titles one that holds for several rows names sections, the first other the measures.

    A column of sections whose cells are each of a row's own tells of the measure.
    """
    for n in _places(columns, Field.TITLE, Field.SECTION, Field.TEXT):
        cells = [row[n].text for row in rows if sum(bool(cell.text) for cell in row) > 1 and row[n].text]
        is_title = columns[n] is Field.TITLE and len(_places(columns, Field.TITLE)) == 1
        if cells and all(_NUMBER.fullmatch(cell) for cell in cells) and not is_title:
            columns[n] = Field.NUMBER
    for n in _places(columns, Field.TITLE, Field.SECTION):
        is_last = columns[n] is Field.TITLE and len(_places(columns, Field.TITLE)) == 1
        if not is_last:
            columns[n] = Field.SECTION if _holds_on(n, rows) else columns[n]
    titles = _places(columns, Field.TITLE)
    for n in titles[1:]:
        columns[n] = Field.TEXT
    for n in _places(columns, Field.SECTION):
        columns[n] = Field.SECTION if _holds_on(n, rows) else Field.TEXT


def _holds_on(place: int, rows: Sequence[Sequence[Cell]]) -> bool:
    cells = [row[place] for row in rows if any(cell.text for cell in row)]
    own = {cell.text for cell in cells if cell.text and not cell.is_continued}
    return bool(own) and len(own) < len(cells)


def _note_unknown(
    head: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    columns: dict[int, Field],
    unknown: Sequence[int],
    warnings: WarningList,
) -> None:
    """A column of a strange name that holds dates or parties is taken for them; any other is left out. Both are told."""
    for n in unknown:
        cells = [row[n] for row in rows if row[n].text and not row[n].is_spread]
        first = next((cell.passage.number for cell in cells), head[n].passage.number)
        guessed = _guessed([cell.text for cell in cells], set(columns.values()))
        name = head[n].text or "—"
        if guessed is None:
            warnings.add(first or None, Caution.COLUMN_UNREAD, column=name[:_SHOWN])
            continue
        columns[n] = guessed
        for cell in cells:
            warnings.add(
                cell.passage.number, Caution.COLUMN_GUESSED, column=name[:_SHOWN], text=cell.text[:_SHOWN]
            )


def _guessed(cells: Sequence[str], known: set[Field]) -> Field | None:
    dates = sum(bool(read_target_date(cell).due) for cell in cells)
    parties = sum(is_party(cell) for cell in cells)
    if dates * 2 > len(cells) and Field.DUE not in known:
        return Field.DUE
    if parties * 2 > len(cells):
        return Field.SUPPORTING if Field.LEAD in known else Field.LEAD
    return None


def _groups(
    rows: Sequence[Sequence[Cell]], columns: dict[int, Field], head: Sequence[Cell], warnings: WarningList
) -> list[Rows]:
    """The rows under each head: a row of a single cell, or the cell of a column of sections, which holds on."""
    names = [cell.text.strip().lower() for cell in head]
    groups = [Rows()]
    for row in rows:
        told = {cell.passage.start: cell.passage for cell in row if cell.text}
        if not told or [cell.text.strip().lower() for cell in row] == names:
            continue
        if len(told) == 1 and not any(cell.is_continued for cell in row) and len(row) > 1:
            groups.append(Rows(next(iter(told.values()))))
            continue
        fields = _fields(row, columns)
        section = joined([row[n].passage for n in _places(columns, Field.SECTION) if row[n].text], " ")
        if section.text and section.text != (groups[-1].head or Passage("")).text:
            groups.append(Rows(section))
        if Field.TITLE in fields:
            groups[-1].rows.append(fields)
        else:
            note_lost(row, warnings)
    return _with_rows(groups, warnings)


def _with_rows(groups: Sequence[Rows], warnings: WarningList) -> list[Rows]:
    """The groups that hold rows; a head without any is warned of."""
    for group in groups:
        if group.head is not None and not group.rows:
            warnings.add(group.head.number, Caution.LINE_UNPLACED, text=group.head.text[:_SHOWN])
    return [group for group in groups if group.rows]


def _fields(row: Sequence[Cell], columns: dict[int, Field]) -> Fields:
    fields: Fields = {}
    for n, name in columns.items():
        passage = row[n].passage
        if passage.text and not row[n].is_spread:
            fields[name] = joined([fields[name], passage], "\n") if name in fields else passage
    return fields


def note_lost(row: Sequence[Cell], warnings: WarningList) -> None:
    """Warn of a row that nothing is taken from."""
    told = next((cell for cell in row if cell.text), None)
    if told is not None:
        warnings.add(told.passage.number, Caution.LINE_UNPLACED, text=told.text[:_SHOWN])
