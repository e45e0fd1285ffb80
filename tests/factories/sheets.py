"""A sheet's cells as words, and a sheet of such cells."""

from io import BytesIO

from xlsxwriter import Workbook

from workflow.intake.content import Paragraph
from workflow.intake.formats.door import read_content

Rows = list[list[str]]


def rows_of(data: bytes) -> Rows:
    """The rows of the first sheet; a line that stands alone is a row of one cell."""
    found: Rows = []
    for block in read_content(data, "sheet.xlsx").blocks:
        if isinstance(block, Paragraph):
            found.append([block.passage.text])
        else:
            found += [[cell.text for cell in row] for row in block.rows]
    return found


def sheet_with(rows: Rows) -> bytes:
    """A workbook of one sheet that holds these words."""
    kept = BytesIO()
    with Workbook(kept, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            for m, value in enumerate(row):
                sheet.write_string(n, m, value)
    return kept.getvalue()
