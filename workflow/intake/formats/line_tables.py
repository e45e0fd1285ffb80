"""Tables that are drawn in lines of text: cells set apart by | or by tabs."""

import re
from collections.abc import Callable, Iterator, Sequence

from workflow.intake.content import CellText
from workflow.intake.formats.given import GivenBlock, GivenParagraph, GivenTable

_BAR = re.compile(r"(?<!\\)[|｜│┃]")
_RULE_SIGNS = frozenset(" \t　|｜│┃+:=-—─━┼├┤┬┴┌┐└┘╋")
_DRAWN = ("--", ":-", "-:", "==", "──", "━━")
_LEAST = 3
_LOOKED_AT = 6
_CORNERS = ("|", "+", "┌", "│", "｜")

Clean = Callable[[str], str]
CellsOf = Callable[[str], list[str]]


def bar_cells(line: str) -> list[str]:
    """The cells of a line with bars; those at both ends enclose it."""
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())]
    if len(cells) > 1 and not cells[0]:
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def is_rule(line: str) -> bool:
    """Whether a line is drawn, as between a table's header and its rows, and holds no text."""
    return _RULE_SIGNS.issuperset(line) and any(sign in line for sign in _DRAWN)


def blocks_of(lines: Sequence[str], paragraph: Clean, cell: Clean) -> Iterator[GivenBlock]:
    """The lines as paragraphs and tables; every block behind a table stands on its own line of the source."""
    at = 0
    while at < len(lines):
        end, rows = _table_at(lines, at)
        if rows:
            yield GivenTable([CellText.of(cell(text) for text in row) for row in rows])
            yield from [GivenParagraph("")] * (end - at - len(rows))
            at = end
        else:
            yield GivenParagraph(paragraph(lines[at]))
            at += 1


def _table_at(lines: Sequence[str], start: int) -> tuple[int, list[list[str]]]:
    """Where the table that begins at line `start` ends, and its rows; no rows where none begins there."""
    for cells_of in (_bars, _tabs):
        if not _begins_table(lines, start, cells_of):
            continue
        rows: list[list[str]] = []
        end = at = start
        while at < len(lines):
            cells = cells_of(lines[at])
            if cells:
                rows.append(cells)
            elif lines[at].strip() and not is_rule(lines[at]):
                break
            at += 1
            end = at if lines[at - 1].strip() else end
        return end, rows
    return start, []


def _begins_table(lines: Sequence[str], start: int, cells_of: CellsOf) -> bool:
    """Whether the first two rows from a line on are alike and of three cells or more, or a rule stands between them."""
    head = [line for line in lines[start : start + _LOOKED_AT] if line.strip()]
    if not lines[start].strip() or (is_rule(head[0]) and not head[0].lstrip().startswith(_CORNERS)):
        return False
    rows = [cells for line in head if (cells := cells_of(line))]
    texts = [line for line in head if not is_rule(line)]
    if len(rows) < 2 or len(texts) < 2 or cells_of(texts[0]) != rows[0]:
        return False
    if cells_of is _bars and len(head) > 1 and is_rule(head[1]) and _BAR.search(head[0]):
        return True
    filled = sum(1 for text in rows[0] if text)
    return (
        len(rows[0]) >= _LEAST
        and filled > 1
        and cells_of(texts[1]) == rows[1]
        and len(rows[1]) == len(rows[0])
    )


def _bars(line: str) -> list[str]:
    if is_rule(line) or not _BAR.search(line):
        return []
    cells = bar_cells(line)
    return cells if len(cells) > 1 else []


def _tabs(line: str) -> list[str]:
    cells = [cell.strip() for cell in line.split("\t")]
    return cells if len(cells) >= _LEAST else []
