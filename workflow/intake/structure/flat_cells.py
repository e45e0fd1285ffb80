"""Lines of a flattened table: where it begins, which columns it has, and what kind of cell each line is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from workflow.intake.content import Passage, joined
from workflow.intake.source import key
from workflow.intake.structure.columns import Column, columns_of, is_header, likely_meaning, meaning, time_of
from workflow.intake.structure.looks import looks_like_schedule, looks_like_units
from workflow.intake.structure.serials import Style, mark_at
from workflow.intake.structure.titles import split_title, without_number

HEAD_STYLES = (Style.PART, Style.CHAPTER, Style.HAN, Style.HAN_BRACKETED)
_BARE_NUMBER = re.compile(r"\d{1,4}[。.．、]?")
_BY_PLACE = frozenset({Column.PERSON, Column.REMARK, Column.PROMISE, Column.STEP, Column.UNKNOWN})
_LIST_TITLE = re.compile(r".*(?:清单|台账|一览|[^时]表)(?:[（(].*[）)])?")
_HEADER_LEAST = 3
_HEAD_PARTS_MOST = 4
_FRAGMENT_LONGEST = 14
_NAME_LONGEST = 12


class CellKind(Enum):
    """What a line of the table holds."""

    HEAD = auto()
    SERIAL = auto()
    TEXT = auto()
    SCHEDULE = auto()
    UNITS = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class FlatCell:
    """One cell with its place."""

    kind: CellKind
    passage: Passage

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.passage.number


@dataclass(frozen=True, slots=True)
class Known:
    """Section heads, section titles and measure titles of the narrative, as `source.key` compares them."""

    heads: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FlatHeader:
    """Where the header cells of a flattened list stand, the columns they name, and the cells as `source.key` has them.

    `names` are the names of the columns as passages.
    """

    start: int
    end: int
    columns: tuple[Column, ...]
    cells: frozenset[str] = frozenset()
    names: tuple[Passage, ...] = ()

    @property
    def needs_order(self) -> bool:
        """Whether it has columns whose cells cannot be known by their look, only by their place in a row."""
        return bool(_BY_PLACE & set(self.columns))


def find_header(lines: Sequence[Passage]) -> FlatHeader | None:
    """The first run of header cells, each on a line, in any order."""
    start = 0
    while start < len(lines):
        end, names = _run(lines, start)
        while len(names) > _HEADER_LEAST and _is_list_title(names):
            start += 1
            names = names[1:]
        plain = [key(name.text) for name in names]
        if len(names) >= _HEADER_LEAST and is_header(plain):
            cells = frozenset(key(line.text) for line in lines[start:end])
            return FlatHeader(start, end, columns_of(plain), cells, tuple(names))
        start = max(end, start + 1)
    return None


def cells_of(lines: Sequence[Passage], header: FlatHeader, known: Known) -> list[FlatCell]:
    """The cells in order: header cells of later pages dropped, split section heads put together."""
    kept = [line for line in lines if key(line.text) not in header.cells]
    cells: list[FlatCell] = []
    at = 0
    while at < len(kept):
        if starts_head(kept[at]):
            whole, length = _whole_head(kept[at : at + _HEAD_PARTS_MOST], known)
            cells.append(FlatCell(CellKind.HEAD, whole))
            at += length
        else:
            cells.append(FlatCell(_kind(kept[at].text, known), kept[at]))
            at += 1
    return cells


def title_of(text: str) -> str:
    """The title of a row: its text up to the first full stop, without a number of its own."""
    return split_title(without_number(Passage(text))[1])[0].text


def starts_head(line: Passage) -> bool:
    """Whether a section's head begins with this line."""
    return mark_at(line, *HEAD_STYLES) is not None


def _is_list_title(names: Sequence[Passage]) -> bool:
    """Whether the first of these is what the list is called, and the others its header."""
    return _LIST_TITLE.fullmatch(names[0].text) is not None and is_header(
        [key(one.text) for one in names[1:]]
    )


def _run(lines: Sequence[Passage], start: int) -> tuple[int, list[Passage]]:
    """Where the run of header cells that begins at `start` ends, and their names; a name may take two lines.

    A short name that is not known stands among them only where known ones follow it.
    """
    at = start
    names: list[Passage] = []
    while at < len(lines):
        taken = _name_at(lines, at)
        if not taken and names and len(lines[at].text) <= _NAME_LONGEST and _name_at(lines, at + 1):
            is_name = not (looks_like_units(lines[at].text) or looks_like_schedule(lines[at].text))
            taken = int(is_name and not starts_head(lines[at]) and not _BARE_NUMBER.fullmatch(lines[at].text))
        if not taken:
            break
        names.append(joined(lines[at : at + taken]))
        at += taken
    return at, names


def _name_at(lines: Sequence[Passage], at: int) -> int:
    """How many lines a known name of a column takes at a place; 0 where none stands there."""
    for length in (1, 2):
        name = key("".join(line.text for line in lines[at : at + length]))
        is_whole = at + length <= len(lines) and len(name) <= (_NAME_LONGEST if length > 1 else len(name))
        known = meaning(name) if length > 1 else likely_meaning(name)
        if is_whole and known is not Column.UNKNOWN and name != time_of(name):
            return length
    return 0


def _whole_head(lines: Sequence[Passage], known: Known) -> tuple[Passage, int]:
    """The section head that `lines` begin with, and how many of them it takes.

    As many as the narrative's head needs; where the narrative has no such head, the short fragments that follow.
    """
    for length in range(len(lines), 0, -1):
        whole = joined(lines[:length])
        if key(whole.text) in known.heads:
            return whole, length
    length = 1
    while length < len(lines) and _is_fragment(lines[length], known):
        length += 1
    return joined(lines[:length]), length


def _is_fragment(line: Passage, known: Known) -> bool:
    is_short = len(line.text) <= _FRAGMENT_LONGEST and not starts_head(line)
    return is_short and _kind(line.text, known) is CellKind.UNCLEAR


def _kind(text: str, known: Known) -> CellKind:
    if _BARE_NUMBER.fullmatch(text):
        return CellKind.SERIAL
    if looks_like_schedule(text):
        return CellKind.SCHEDULE
    if key(text) in known.sections:
        return CellKind.HEAD
    if key(title_of(text)) in known.titles:
        return CellKind.TEXT
    if looks_like_units(text) and (text[-1] != "。" or "、" in text):
        return CellKind.UNITS
    return CellKind.TEXT if "。" in text and title_of(text) else CellKind.UNCLEAR
