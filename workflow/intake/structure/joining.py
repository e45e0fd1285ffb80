"""Several files become one document: their texts one behind the other, every place and line running on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workflow.intake.content import Block, Cell, Content, Paragraph, Passage, Piece, Table
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.cards import with_cards
from workflow.intake.structure.flat_cells import find_header
from workflow.intake.structure.label_records import with_label_records
from workflow.intake.structure.paragraphs import Wrapping, rejoined, without_page_marks, wrapping_of
from workflow.intake.structure.row_lines import lines_without_header, with_row_tables


@dataclass(frozen=True, slots=True)
class Whole:
    """The document: normalised text, blocks with whole paragraphs, and the first line of each file."""

    text: str
    blocks: tuple[Block, ...]
    first_lines: tuple[int, ...]
    is_wrapped: bool = False


def whole_of(contents: Sequence[Content], warnings: WarningList) -> Whole:
    """The contents as one document, with page marks gone, lists in lines made tables, cut lines put together."""
    texts: list[str] = []
    blocks: list[Block] = []
    first_lines: list[int] = []
    is_wrapped = False
    at, line = 0, 0
    for content in contents:
        first_lines.append(line + 1)
        text = content.text if content.text.endswith("\n") else content.text + "\n"
        for remark in content.remarks:
            warnings.add(remark.line + line, Caution(remark.code), **remark.params)
        read, wrapping = _blocks(content)
        is_wrapped |= wrapping.is_wrapped
        if wrapping.is_wrapped and not content.is_wrapped:
            warnings.add(line + 1, Caution.LINES_REJOINED)
        for first in lines_without_header(read):
            warnings.add(first + line, Caution.COLUMNS_GUESSED)
        blocks += _moved(read, at, line)
        texts.append(text)
        at += len(text)
        line += text.count("\n")
    return Whole("".join(texts), tuple(blocks), tuple(first_lines), is_wrapped)


def _blocks(content: Content) -> tuple[list[Block], Wrapping]:
    kept = with_row_tables(without_page_marks(content.blocks, is_wrapped=content.is_wrapped))
    kept = with_cards(kept)
    kept, cells = _parted(kept)
    paragraphs = [block for block in kept if isinstance(block, Paragraph)]
    wrapping = wrapping_of(paragraphs, content.text, is_wrapped=content.is_wrapped)
    if wrapping.is_wrapped and not content.is_wrapped:
        kept = without_page_marks(kept, is_wrapped=True)
    return [*with_label_records(rejoined(kept, content.text, wrapping)), *cells], wrapping


def _parted(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks before a flattened list, and its lines: these are cells, of which none goes on for being full."""
    places = [n for n, block in enumerate(blocks) if isinstance(block, Paragraph)]
    header = find_header([block.passage for block in blocks if isinstance(block, Paragraph)])
    start = places[header.start] if header else len(blocks)
    return list(blocks[:start]), list(blocks[start:])


def _moved(blocks: Sequence[Block], at: int, line: int) -> Iterator[Block]:
    if not at and not line:
        yield from blocks
        return
    for block in blocks:
        if isinstance(block, Paragraph):
            yield replace(block, passage=_moved_passage(block.passage, at, line))
        else:
            rows = (tuple(_moved_cell(cell, at, line) for cell in row) for row in block.rows)
            yield Table(tuple(rows), block.name)


def _moved_cell(cell: Cell, at: int, line: int) -> Cell:
    return replace(cell, passage=_moved_passage(cell.passage, at, line))


def _moved_passage(passage: Passage, at: int, line: int) -> Passage:
    pieces = (Piece(piece.at, piece.source + at, piece.line + line) for piece in passage.pieces)
    return Passage(passage.text, tuple(pieces))
