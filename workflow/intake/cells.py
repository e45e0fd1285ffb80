"""Lines of a flattened table: where it begins, and what kind of cell each line is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from workflow.intake.errors import Fault, IntakeError
from workflow.intake.schedule import schedule_in
from workflow.intake.serials import Level, mark_of
from workflow.intake.source import Line, key
from workflow.intake.units import NOBODY, look_like_units

_UNITS_COLUMN = re.compile(r"责任(?:单位|部门)")
_READABLE_COLUMN = re.compile(
    r"序号|(?:主要|重点|工作|目标)?任务|(?:落实|具体|工作|主要|重点)?(?:举措|措施)(?:及标志性成果)?|工作内容"
    r"|(?:进度|时间)安排|(?:完成|办结)(?:时限|时间)|责任(?:单位|部门)"
)
_OTHER_COLUMN = re.compile(
    r"(?:牵头|配合|参与|协办|主办)(?:单位|部门)|(?:责任|分管|牵头)领导|责任人|联系人|标志性成果|时间节点|备注"
)
_LIST_TITLE = re.compile(r"[^。]*(?:清单|分工|台账|一览表|任务表)[^。]*")
_HEADER_LEAST = 3
_HEAD_PARTS_MOST = 4
_FRAGMENT_LONGEST = 14


class CellKind(Enum):
    """What a line of the table holds."""

    HEAD = auto()
    TEXT = auto()
    SCHEDULE = auto()
    UNITS = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with the line it begins on."""

    kind: CellKind
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """Section heads and measure titles of the narrative, as `source.key` compares them."""

    heads: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Parts:
    """A document in two: the narrative, and the lines of the list behind its header with the list's title."""

    narrative: tuple[Line, ...]
    list_title: Line | None = None
    list_lines: tuple[Line, ...] = ()


def split_document(lines: Sequence[Line]) -> Parts:
    """Cut the document where the list's header cells stand, each on a line, in any order.

    Raises IntakeError for a list with columns that this reader cannot tell apart.
    """
    names = [key(line.text) for line in lines]
    start = 0
    while start < len(names):
        end = start
        while end < len(names) and _is_header(names[end]):
            end += 1
        run = names[start:end]
        if len(run) >= _HEADER_LEAST and any(_is_units_column(name) for name in run):
            _check_columns(run, lines[start].number)
            titled = start > 0 and _LIST_TITLE.fullmatch(lines[start - 1].text) is not None
            before = lines[: start - 1] if titled else lines[:start]
            return Parts(tuple(before), lines[start - 1] if titled else None, tuple(lines[end:]))
        start = end + 1
    return Parts(tuple(lines))


def cells_of(lines: Sequence[Line], known: Known) -> list[Cell]:
    """The cells in order: header cells and serials dropped, split section heads put together."""
    kept = [
        line
        for line in lines
        if not _is_header(key(line.text)) and not line.text.rstrip("。.．、").isdecimal()
    ]
    cells: list[Cell] = []
    at = 0
    while at < len(kept):
        if _starts_head(kept[at]):
            text, length = _whole_head(kept[at : at + _HEAD_PARTS_MOST], known)
            cells.append(Cell(CellKind.HEAD, kept[at].number, text))
            at += length
        else:
            cells.append(Cell(_kind(kept[at].text, known), kept[at].number, kept[at].text))
            at += 1
    return cells


def title_of(text: str) -> str:
    """The title of a row: its text up to the first full stop, without a number of its own."""
    mark = mark_of(Line(0, text), Level.ITEM)
    return (mark.rest if mark else text).partition("。")[0].strip()


def _is_header(name: str) -> bool:
    return bool(_READABLE_COLUMN.fullmatch(name) or _OTHER_COLUMN.fullmatch(name))


def _is_units_column(name: str) -> bool:
    return bool(_UNITS_COLUMN.fullmatch(name) or name.startswith(("牵头单位", "牵头部门")))


def _check_columns(run: Sequence[str], line: int) -> None:
    if any(_OTHER_COLUMN.fullmatch(name) for name in run):
        raise IntakeError(Fault.LIST_COLUMNS, line=line, columns="、".join(run))


def _starts_head(line: Line) -> bool:
    return mark_of(line, Level.HEAD) is not None or mark_of(line, Level.CHAPTER) is not None


def _whole_head(lines: Sequence[Line], known: Known) -> tuple[str, int]:
    """The section head that `lines` begin with, and how many of them it takes.

    As many as the narrative's head needs; where the narrative has no such head, the short fragments that follow.
    """
    for length in range(len(lines), 0, -1):
        text = "".join(line.text for line in lines[:length])
        if key(text) in known.heads:
            return text, length
    length = 1
    while length < len(lines) and _is_fragment(lines[length], known):
        length += 1
    return "".join(line.text for line in lines[:length]), length


def _is_fragment(line: Line, known: Known) -> bool:
    is_short = len(line.text) <= _FRAGMENT_LONGEST and not _starts_head(line)
    return is_short and _kind(line.text, known) is CellKind.UNCLEAR


def _kind(text: str, known: Known) -> CellKind:
    if schedule_in(text) is not None:
        return CellKind.SCHEDULE
    if key(title_of(text)) in known.titles:
        return CellKind.TEXT
    if text in NOBODY or look_like_units(text):
        return CellKind.UNITS
    return CellKind.TEXT if "。" in text and title_of(text) else CellKind.UNCLEAR
