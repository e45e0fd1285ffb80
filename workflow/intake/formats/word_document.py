"""Word (.docx): paragraphs with their automatic numbers, tables row by row, text boxes behind their paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from workflow.intake.content import CellText
from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.archive import Archive
from workflow.intake.formats.given import (
    CELLS_MOST,
    ROWS_MOST,
    GivenBlock,
    GivenParagraph,
    GivenRemark,
    GivenTable,
)
from workflow.intake.formats.word_numbering import WordNumbering
from workflow.intake.formats.word_styles import WordStyles
from workflow.intake.formats.word_text import boxes_of, is_mark_deleted, text_of
from workflow.intake.formats.xml_tree import child, is_on, targets, tree_of, value

KIND = ".docx"
_OPENED = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_SPAN_MOST = 100
_CLOSED = ("、", "）", "】", "〕", "。", "：", "，")
_NOTE_SHOWN = 60
_NAMES_SHOWN = 5


def read_word(data: bytes) -> list[GivenBlock]:
    """The blocks of a .docx file. Raises UnreadableError for one that is broken, unsafe or too large inside."""
    archive = Archive(data, KIND)
    main = next(
        (n for _, t, n in targets(archive.part("_rels/.rels"), KIND, "") if t == "officeDocument"), ""
    )
    main = main or "word/document.xml"
    folder, _, file = main.rpartition("/")
    related = {t: n for _, t, n in targets(archive.part(f"{folder}/_rels/{file}.rels"), KIND, f"{folder}/")}
    styles = WordStyles(_part(archive, related.get("styles", "")))
    walk = _Walk(styles, WordNumbering(_part(archive, related.get("numbering", "")), styles))
    body = child(_part(archive, main), "body")
    if body is None:
        raise UnreadableError(Fault.BROKEN, kind=KIND)
    blocks = [*walk.over(body), *walk.rest()]
    notes = [_part(archive, related.get(name, "")) for name in ("footnotes", "endnotes")]
    return [*blocks, *_notes(notes), *_embedded(archive.names)]


def _part(archive: Archive, name: str) -> Element | None:
    contents = archive.part(name) if name else b""
    return tree_of(contents, KIND) if contents else None


@dataclass(slots=True)
class _Walk:
    styles: WordStyles
    numbering: WordNumbering
    cells: int = 0
    _carried: list[str] = field(default_factory=list)

    def over(self, element: Element, *, is_cell: bool = False) -> Iterator[GivenBlock]:
        """The blocks of a body, a cell or a text box."""
        for inner in element:
            if inner.tag == "p":
                yield from self._paragraph(inner, is_cell=is_cell)
            elif inner.tag == "tbl":
                yield from self._table(inner)
            elif inner.tag in _OPENED:
                yield from self.over(inner, is_cell=is_cell)
            elif inner.tag == "altChunk":
                yield GivenRemark("embedded_unread", {"names": "altChunk"})

    def rest(self) -> Iterator[GivenBlock]:
        """What a last paragraph without an end has left."""
        if self._carried:
            yield GivenParagraph("".join(self._carried))

    def _paragraph(self, paragraph: Element, *, is_cell: bool) -> Iterator[GivenBlock]:
        properties = child(paragraph, "pPr")
        text = text_of(paragraph)
        if self.styles.is_of_contents(properties) or _is_entry_of_contents(paragraph):
            return
        if is_mark_deleted(properties):
            self._carried.append(text)
            return
        label = self.numbering.next_label(properties)
        text = "".join(self._carried) + text
        self._carried.clear()
        if text.strip() or (is_cell and label):
            yield GivenParagraph(_numbered(label, text), self.styles.rank(properties))
        for box in boxes_of(paragraph):
            yield from self.over(box)

    def _table(self, table: Element) -> Iterator[GivenBlock]:
        rows = [row for row in _below(table, "tr") if child(row, "trPr", "del") is None]
        if all(len(list(_below(row, "tc"))) <= 1 for row in rows):
            for row in rows:
                for cell in _below(row, "tc"):
                    yield from self.over(cell)
            return
        written: list[list[CellText]] = []
        for row in rows:
            written.append(self._row(row, written[-1] if written else []))
            self.cells += len(written[-1])
            if self.cells > CELLS_MOST or len(written) > ROWS_MOST:
                raise UnreadableError(Fault.TABLE_TOO_LARGE, rows=ROWS_MOST, cells=CELLS_MOST)
        yield GivenTable(written)

    def _row(self, row: Element, above: list[CellText]) -> list[CellText]:
        cells = [CellText("")] * _span(value(row, "trPr", "gridBefore"), 0)
        for cell in _below(row, "tc"):
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            is_continued = merge is not None and merge.get("val") != "restart" and len(cells) < len(above)
            is_spread = value(properties, "hMerge") == "continue" or (
                child(properties, "hMerge") is not None and not value(properties, "hMerge")
            )
            text = "" if is_continued or is_spread else self._cell(cell)
            for n in range(_span(value(properties, "gridSpan"), 1)):
                cells.append(CellText("" if n else text, is_continued, is_spread or n > 0))
        return cells

    def _cell(self, cell: Element) -> str:
        """The text of a cell, a line for each of its paragraphs and each row of a table within it."""
        if child(cell, "tcPr", "cellDel") is not None:
            return ""
        lines: list[str] = []
        for block in self.over(cell, is_cell=True):
            if isinstance(block, GivenParagraph):
                lines.append(block.text)
            elif isinstance(block, GivenTable):
                lines += ["\t".join(c.text for c in row if not c.is_spread) for row in block.rows]
        return "\n".join(lines)


def _numbered(label: str, text: str) -> str:
    """The paragraph behind its number, with a blank where the two would run into each other."""
    between = " " if label and text and not label.endswith(_CLOSED) else ""
    return f"{label}{between}{text.lstrip() if label else text}"


def _below(element: Element, tag: str) -> Iterator[Element]:
    """Rows or cells, those inside content controls and tracked insertions too."""
    for inner in element:
        if inner.tag == tag:
            yield inner
        elif inner.tag in _OPENED:
            yield from _below(inner, tag)


def _span(written: str, otherwise: int) -> int:
    return min(int(written), _SPAN_MOST) if written.isdecimal() and len(written) < 6 else otherwise


def _is_entry_of_contents(paragraph: Element) -> bool:
    """Whether a paragraph is one link into a table of contents and a page's number."""
    links = [found for found in paragraph.iter("hyperlink") if found.get("anchor", "").startswith("_Toc")]
    return bool(links) and text_of(paragraph).rstrip()[-1:].isdecimal()


def _notes(roots: list[Element | None]) -> Iterator[GivenBlock]:
    texts = [
        text.strip()
        for root in roots
        if root is not None
        for note in root
        if not note.get("type") and not is_on(note, "vanish")
        for paragraph in note.iter("p")
        if (text := text_of(paragraph)).strip()
    ]
    if texts:
        yield GivenRemark("footnotes_unread", {"text": " ".join(texts)[:_NOTE_SHOWN]})


def _embedded(names: tuple[str, ...]) -> Iterator[GivenBlock]:
    found = [name.rpartition("/")[2] for name in names if "/embeddings/" in name]
    if found:
        yield GivenRemark("embedded_unread", {"names": "、".join(found[:_NAMES_SHOWN])})
