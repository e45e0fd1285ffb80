"""PDF with a text layer: paragraphs in reading order and ruled tables, put together across pages."""

from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.given import GivenBlock, GivenParagraph, GivenRemark, GivenTable
from workflow.intake.formats.pdf_joins import JoinedTable
from workflow.intake.formats.pdf_lines import Line, lines_of
from workflow.intake.formats.pdf_page import Box, Page, read_page
from workflow.intake.formats.pdf_paragraphs import Item, joined_lines, margins_of, without_running_lines
from workflow.intake.formats.pdf_tables import PdfTable, tables_of

KIND = ".pdf"
PAGES_MOST = 600
_READABLE = 0.7
_UNMAPPED = "\ufffd"


def read_pdf(data: bytes) -> list[GivenBlock]:
    """The blocks of a PDF. Raises UnreadableError: broken, encrypted, a scan, or too many pages."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise UnreadableError(Fault.ENCRYPTED if locked else Fault.BROKEN, kind=KIND) from None
    try:
        return _read(document)
    except pdfium.PdfiumError:
        raise UnreadableError(Fault.BROKEN, kind=KIND) from None
    finally:
        document.close()


def _read(document: pdfium.PdfDocument) -> list[GivenBlock]:
    if not 0 < len(document) <= PAGES_MOST:
        raise UnreadableError(Fault.TOO_COSTLY if len(document) else Fault.BROKEN, kind=KIND)
    remarks: list[GivenBlock] = []
    pages: list[tuple[Box, list[Item]]] = []
    for n in range(len(document)):
        page = read_page(document[n])
        if _has_text(page):
            pages.append((page.box, _items(page)))
        elif page.has_pictures or page.glyphs:
            remarks.append(GivenRemark("pages_unread", {"page": n + 1}))
    if not pages:
        raise UnreadableError(Fault.NO_TEXT_LAYER)
    return [*_blocks(without_running_lines(pages)), *remarks]


def _has_text(page: Page) -> bool:
    """Whether a page's signs can be read: fonts without a table of signs give places without meaning."""
    signs = [glyph.sign for glyph in page.glyphs if not glyph.sign.isspace()]
    return bool(signs) and 1 - signs.count(_UNMAPPED) / len(signs) >= _READABLE


def _items(page: Page) -> list[Item]:
    """Lines and tables from the page's top to its bottom."""
    tables = tables_of(page)
    outside = (
        glyph
        for glyph in page.glyphs
        if not any(t.box.holds((glyph.box.left + glyph.box.right) / 2, glyph.box.middle) for t in tables)
    )
    items: list[Item] = [*tables, *lines_of(outside)]
    return sorted(items, key=lambda item: -(item.box.top if isinstance(item, PdfTable) else item.box.middle))


def _blocks(pages: list[tuple[Box, list[Item]]]) -> Iterator[GivenBlock]:
    """The blocks of all pages. Pages of one shape share their margins, and what one of them ends goes on in the next."""
    runs: list[tuple[Box, list[Line | JoinedTable]]] = []
    for box, items in pages:
        if not runs or _shape(runs[-1][0]) != _shape(box):
            runs.append((box, []))
        _append(runs[-1][1], items)
    margins = {
        shape: margins_of([page for page in pages if _shape(page[0]) == shape])
        for shape in {_shape(box) for box, _ in pages}
    }
    for box, run in runs:
        for item in joined_lines(run, margins[_shape(box)], (box.left + box.right) / 2):
            if isinstance(item, Line):
                yield GivenParagraph(item.text)
            elif isinstance(item, JoinedTable):
                yield GivenTable(item.rows)


def _append(run: list[Line | JoinedTable], items: list[Item]) -> None:
    """Put a page's items behind those of the pages before it; a table at its head may go on the last one's."""
    for n, item in enumerate(items):
        if isinstance(item, Line):
            run.append(item)
            continue
        before = run[-1] if run else None
        if n == 0 and isinstance(before, JoinedTable) and before.goes_on_in(item):
            before.add(item)
        else:
            run.append(JoinedTable.of(item))


def _shape(box: Box) -> tuple[int, int]:
    return round(box.width), round(box.top - box.bottom)
