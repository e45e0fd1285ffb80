"""Excel (.xlsx): each sheet's title lines and table, numbers and days as the sheet shows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.archive import Archive
from workflow.intake.formats.excel_numbers import shown
from workflow.intake.formats.excel_sheet import Sheet, corners, name_of, place_of
from workflow.intake.formats.excel_styles import ExcelStyles
from workflow.intake.formats.given import GivenBlock, GivenParagraph, GivenRemark
from workflow.intake.formats.sheet_rows import blocks_of_rows
from workflow.intake.formats.xml_tree import child, each, targets, tree_of, value

KIND = ".xlsx"
BOOK = "xl/workbook.xml"
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_TOLD_MOST = 200
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_excel(data: bytes) -> list[GivenBlock]:
    """The blocks of a .xlsx file. Raises UnreadableError for one that is broken, unsafe or too large inside."""
    archive = Archive(data, KIND)
    book = tree_of(archive.part(BOOK), KIND)
    related = list(targets(archive.part("xl/_rels/workbook.xml.rels"), KIND, "xl/"))
    by_id = {key: name for key, _, name in related}
    by_type = {kind: name for _, kind, name in related}
    strings = [_rich_text(item) for item in each_part(archive, by_type.get("sharedStrings", ""), "si")]
    styles = next(each_part(archive, by_type.get("styles", "")), None)
    reader = _Reader(strings, ExcelStyles(styles), _is_on_1904(book))
    sheets: list[tuple[str, Sheet | None]] = []
    for given in book.iter("sheet"):
        is_hidden = given.get("state", "visible") != "visible"
        part = archive.part(by_id.get(given.get("id", ""), "")) if not is_hidden else b""
        sheets.append((given.get("name", ""), reader.sheet(part) if part else None))
    return list(blocks_of_sheets(sheets))


def blocks_of_sheets(sheets: list[tuple[str, Sheet | None]]) -> Iterator[GivenBlock]:
    """The blocks of named sheets; None for one that is hidden. A sheet's name is a heading where several are filled.

    Raises UnreadableError where all of them are empty.
    """
    filled = [sheet for _, sheet in sheets if sheet is not None and sheet.cells]
    if not filled:
        raise UnreadableError(Fault.EMPTY)
    for name, sheet in sheets:
        if sheet is None:
            yield GivenRemark("sheet_hidden", {"sheet": name})
        elif sheet.cells:
            if len(filled) > 1 and not _UNNAMED.fullmatch(name.strip()):
                yield GivenParagraph(name, 1)
            for place in sheet.unstored[:_TOLD_MOST]:
                ahead = sheet.lines_above(place[0])
                yield GivenRemark("formula_unstored", {"cell": name_of(place)}, ahead)
            yield from blocks_of_rows(sheet.rows(), name)


def each_part(archive: Archive, name: str, *tags: str) -> Iterator[Element]:
    """The elements of these tags in a part, the root for none; nothing where there is no such part."""
    contents = archive.part(name) if name else b""
    if contents:
        yield from each(contents, KIND, *tags)


@dataclass(frozen=True, slots=True)
class _Reader:
    strings: list[str]
    styles: ExcelStyles
    from_1904: bool

    def sheet(self, part: bytes) -> Sheet:
        sheet = Sheet()
        row = 0
        for element in each(part, KIND, "row", "mergeCell"):
            if element.tag == "mergeCell":
                if merged := corners(element.get("ref", "")):
                    sheet.merged.append(merged)
                continue
            row = _number(element.get("r", ""), row + 1)
            column = 0
            for cell in element.iter("c"):
                place = place_of(cell.get("r", "")) or (row, column + 1)
                column = place[1]
                sheet.put((row, column), self._text(cell))
                if _is_unstored(cell):
                    sheet.unstored.append((row, column))
        return sheet

    def _text(self, cell: Element) -> str:
        written = cell.findtext("v") or ""
        style = cell.get("s", "")
        match cell.get("t", "n"):
            case "s":
                index = _number(written, -1)
                text = self.strings[index] if 0 <= index < len(self.strings) else ""
            case "inlineStr":
                inline = child(cell, "is")
                text = "" if inline is None else _rich_text(inline)
            case "n":
                text = shown(written, self.styles.code(style), from_1904=self.from_1904) if written else ""
            case "b":
                text = {"1": "TRUE", "0": "FALSE"}.get(written, written)
            case "d":
                text = written.removesuffix("T00:00:00")
            case _:
                text = _unescaped(written)
        return f"~~{text}~~" if text.strip() and self.styles.is_struck(style) and "~~" not in text else text


def _is_unstored(cell: Element) -> bool:
    """Whether a formula has no result: a program wrote it, and nobody has opened the file since."""
    if child(cell, "f") is None:
        return False
    return not cell.findtext("v") if cell.get("t", "n") == "n" else child(cell, "v") is None


def _rich_text(item: Element) -> str:
    """The text of a shared or inline string; how it is spoken (rPh) is not part of it."""
    texts = [item.findtext("t") or ""]
    for run in item.findall("r"):
        text = run.findtext("t") or ""
        properties = child(run, "rPr")
        is_struck = child(properties, "strike") is not None and value(properties, "strike") not in (
            "0",
            "false",
        )
        texts.append(f"~~{text}~~" if is_struck and text.strip() else text)
    return _unescaped("".join(texts).replace("~~~~", ""))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _number(written: str, otherwise: int) -> int:
    return int(written) if written.isdecimal() and len(written) < 8 else otherwise


def _is_on_1904(book: Element) -> bool:
    return value(book, "workbookPr", attribute="date1904") in ("1", "true")
