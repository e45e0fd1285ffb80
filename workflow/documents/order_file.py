"""The dispatch order as a Word file: A4, red head, margins and type sizes of an official document (GB/T 9704)."""

from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from workflow.documents.dispatch_order import Entry, OrderWords

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SONG, HEI, FANGSONG = "宋体", "黑体", "仿宋"
RED = RGBColor(0xC0, 0x00, 0x00)
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
"""Millimetres."""
WIDTHS = (12, 36, 16, 62, 30)
"""Millimetres, of the table's columns."""
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def order_file(words: OrderWords) -> bytes:
    """The file."""
    document = docx.Document()
    _lay_out(document)
    _head(document, words)
    _say(document, words.addressees)
    _say(document, words.opening, indent=True)
    for entry in words.entries:
        _entry(document, entry, words.headings)
    _say(document, words.closing, indent=True)
    _say(document, words.signed, align=RIGHT)
    _say(document, words.dated, align=RIGHT)
    document.core_properties.title = f"{words.number} {words.title}"
    document.core_properties.author = words.office
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _lay_out(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(section, name, Mm(width))
    _font(document.styles["Normal"], FANGSONG, 16)


def _font(styled: Any, name: str, size: float) -> None:
    """Set the type for Chinese and other signs alike: Word keeps one for each."""
    styled.font.name, styled.font.size = name, Pt(size)
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _head(document: Any, words: OrderWords) -> None:
    _say(document, words.office, align=CENTRE, font=SONG, size=36, red=True)
    _say(document, words.kind, align=CENTRE, font=HEI, size=22, red=True)
    _rule_under(_say(document, words.number, align=CENTRE))
    _say(document, words.title, align=CENTRE, font=SONG, size=22)
    if words.extract:
        _say(document, words.extract, align=CENTRE, size=14)


def _entry(document: Any, entry: Entry, headings: tuple[str, ...]) -> None:
    _say(document, entry.heading, font=HEI).paragraph_format.keep_with_next = True
    if entry.text:
        _say(document, entry.text, indent=True)
    for fact in entry.facts:
        _say(document, fact, indent=True).paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _fill(table.rows[0], headings, HEI)
    _repeat(table.rows[0])
    for row in entry.rows:
        _fill(table.add_row(), row, FANGSONG)
    _say(document, "", size=8)


def _fill(row: Any, texts: tuple[str, ...], font: str) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = Mm(width)
        _font(cell.paragraphs[0].add_run(text), font, 12)


def _repeat(row: Any) -> None:
    """Let the headings stand on every page of the table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no word for it


def _rule_under(paragraph: Any) -> None:
    """The red line under the number."""
    line = OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "18", "space": "4", "color": "C00000"}.items():
        line.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - as above


def _say(
    document: Any,
    text: str,
    *,
    align: Any = None,
    font: str = FANGSONG,
    size: float = 16,
    red: bool = False,
    indent: bool = False,
) -> Any:
    """A paragraph; `indent`: its first line is set in by two signs."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    run = paragraph.add_run(text)
    _font(run, font, size)
    if red:
        run.font.color.rgb = RED
    return paragraph
