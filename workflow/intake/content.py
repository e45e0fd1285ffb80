"""What every format is read into: the normalised text, and the paragraphs and tables it consists of.

Everything that a reader finds keeps its place: `Content.text[passage.start:passage.end]` is where it came from.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

_NEWLINE = re.compile(r"\r\n|\r|\n|\x0b|\x0c|\x85|\u2028|\u2029")
_RARE_BRACKETS = str.maketrans("［］〖〗｟｠", "[]【】（）")
"""Sign by sign, so that every place stays where it was."""


@dataclass(frozen=True, slots=True)
class Piece:
    """From place `at` of a passage's text on, the signs are those of the source from place `source` on."""

    at: int
    source: int
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Text out of the source. `pieces` say where each of its parts stands there; joined parts may stand apart."""

    text: str
    pieces: tuple[Piece, ...] = (Piece(0, 0, 0),)

    @property
    def number(self) -> int:
        """The line of the normalised text on which it begins, from 1; 0 for text that is not from the source."""
        return self.pieces[0].line

    @property
    def start(self) -> int:
        """Where it begins in the normalised text."""
        return self.pieces[0].source

    @property
    def end(self) -> int:
        """Where it ends in the normalised text."""
        last = self.pieces[-1]
        return last.source + len(self.text) - last.at

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the normalised text."""
        return self.start, self.end

    def part(self, start: int, end: int | None = None) -> "Passage":
        """The passage between two places of its text, as a slice of a string without steps."""
        start, stop, _ = slice(start, end).indices(len(self.text))
        stop = max(start, stop)
        if len(self.pieces) == 1:
            piece = self.pieces[0]
            return Passage(self.text[start:stop], (Piece(0, piece.source + start - piece.at, piece.line),))
        first = max(bisect_right([piece.at for piece in self.pieces], start) - 1, 0)
        kept = [piece for piece in self.pieces[first:] if piece.at < stop or piece is self.pieces[first]]
        moved = (
            Piece(max(piece.at - start, 0), piece.source + max(start - piece.at, 0), piece.line)
            for piece in kept
        )
        return Passage(self.text[start:stop], tuple(moved))

    def stripped(self, signs: str | None = None) -> "Passage":
        """The passage without blanks, or without `signs`, at both ends."""
        left = len(self.text) - len(self.text.lstrip(signs))
        return self.part(left, max(left, len(self.text.rstrip(signs))))

    def split(self, pattern: re.Pattern[str]) -> Iterator["Passage"]:
        """The parts between the places where `pattern` matches."""
        at = 0
        for found in pattern.finditer(self.text):
            yield self.part(at, found.start())
            at = found.end()
        yield self.part(at)

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def joined(parts: Iterable[Passage], between: str = "") -> Passage:
    """One passage of several in order, with `between` put between them; the empty passage for none."""
    kept = [part for part in parts if part.text]
    if not kept:
        return Passage("")
    pieces: list[Piece] = []
    text = ""
    for part in kept:
        text += between if text else ""
        pieces += [Piece(len(text) + piece.at, piece.source, piece.line) for piece in part.pieces]
        text += part.text
    return Passage(text, tuple(pieces))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line that stands by itself. `heading` is its rank where the format marks one (1 the highest), else 0."""

    passage: Passage
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with the text of its paragraphs, line ends kept.

    `is_continued` marks a place that a cell above covers (vertically merged): its passage is that cell's own. A cell
    that spans columns stands once in each of them, `is_spread` in all but the first.
    """

    passage: Passage
    is_continued: bool = False
    is_spread: bool = False

    @property
    def text(self) -> str:
        """What is written in it."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; all rows are equally long. `name` is the sheet's, "" where the format has none."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a format's reader left out or was not sure of: a Caution's code, and the values it names."""

    line: int
    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """A document as read: its normalised text and its blocks in order, blank paragraphs left out.

    `is_wrapped` says that the lines are a page's and not an author's: a paragraph may go on in the next line.
    """

    text: str
    blocks: tuple[Block, ...]
    is_wrapped: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The paragraphs, tables left out."""
        return tuple(block.passage for block in self.blocks if isinstance(block, Paragraph))


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell as a format gives it; see `Cell` for the two marks."""

    text: str
    is_continued: bool = False
    is_spread: bool = False

    @classmethod
    def of(cls, values: Iterable[str]) -> list[Self]:
        """Plain cells."""
        return [cls(value) for value in values]


@dataclass(slots=True)
class ContentWriter:
    """Builds a Content block by block; the normalised text grows with them, a line for each paragraph and row.

    Cells of a row are set apart by a tab.
    """

    is_wrapped: bool = False
    _remarks: list[Remark] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _length: int = 0
    _line: int = 1

    def paragraph(self, text: str, heading: int = 0) -> None:
        """Add a paragraph; a line for each line of `text`, blank ones counted and left out."""
        for line in _NEWLINE.split(text):
            passage = self._write(line)
            self._end_line()
            if stripped := passage.stripped():
                self._blocks.append(Paragraph(stripped, heading))

    def table(self, rows: Sequence[Sequence[CellText]], name: str = "") -> None:
        """Add a table; rows are made equally long with empty cells, a table without a filled cell is left out."""
        width = max((len(row) for row in rows), default=0)
        written: list[tuple[Cell, ...]] = []
        for row in rows:
            above = written[-1] if written else ()
            written.append(self._row((*row, *[CellText("")] * (width - len(row))), above))
        if any(cell.text for row in written for cell in row):
            self._blocks.append(Table(tuple(written), name))

    def remark(self, code: str, ahead: int = 0, /, **params: str | int) -> None:
        """Note, at the line that comes next or so many `ahead` of it, what the source holds there and is not in the text."""
        self._remarks.append(Remark(self._line + ahead, code, params))

    def content(self) -> Content:
        """What was written."""
        return Content("".join(self._text), tuple(self._blocks), self.is_wrapped, tuple(self._remarks))

    def _row(self, row: Sequence[CellText], above: Sequence[Cell]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for n, given in enumerate(row):
            if n:
                self._write("\t")
            if given.is_continued and above:
                cells.append(Cell(above[n].passage, is_continued=True))
            elif given.is_spread and cells:
                cells.append(Cell(cells[-1].passage, is_continued=cells[-1].is_continued, is_spread=True))
            else:
                cells.append(Cell(self._write("\n".join(_NEWLINE.split(given.text))).stripped()))
        self._end_line()
        return tuple(cells)

    def _write(self, text: str) -> Passage:
        text = text.translate(_RARE_BRACKETS)
        passage = Passage(text, (Piece(0, self._length, self._line), *self._further_lines(text)))
        self._text.append(text)
        self._length += len(text)
        self._line += text.count("\n")
        return passage

    def _further_lines(self, text: str) -> Iterator[Piece]:
        starts = [0, *(n + 1 for n, sign in enumerate(text) if sign == "\n")]
        for line, (_, at) in enumerate(pairwise(starts), start=self._line + 1):
            yield Piece(at, self._length + at, line)

    def _end_line(self) -> None:
        self._text.append("\n")
        self._length += 1
        self._line += 1
