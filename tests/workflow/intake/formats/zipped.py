"""Office files of our own making: XML parts in a zip."""

import io
import zipfile
from collections.abc import Mapping
from html import escape

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of the parts, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, contents in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 8, 0, 0)), contents, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relationships(kinds: Mapping[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for n, (kind, target) in enumerate(kinds.items(), start=1)
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{inner}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    """A .docx with this body, and styles, numbering or footnotes where they are given."""
    names = {kind: f"{kind}.xml" for kind in parts}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": relationships(names),
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            **{
                f"word/{kind}.xml": f'<w:{kind} xmlns:w="{WORD}">{inner}</w:{kind}>'
                for kind, inner in parts.items()
            },
        }
    )


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def numbered(level: int, list_id: int = 1) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def levels(*formats: tuple[str, str]) -> str:
    """One list, number 1, with a level for each pair of number format and text."""
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (style, text) in enumerate(formats)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )


def xlsx(
    sheets: Mapping[str, str], *, styles: str = "", strings: str = "", hidden: tuple[str, ...] = ()
) -> bytes:
    """A .xlsx with these sheets, each given by what stands in its worksheet element."""
    kinds = {f"worksheet{n}": f"worksheets/s{n}.xml" for n in range(1, len(sheets) + 1)}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for n, name in enumerate(sheets, start=1)
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relationships(
                {**kinds, "styles": "styles.xml", "sharedStrings": "strings.xml"}
            ),
            "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
            "xl/strings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
            **{
                f"xl/worksheets/s{n}.xml": f'<worksheet xmlns="{SHEET}">{inner}</worksheet>'
                for n, inner in enumerate(sheets.values(), start=1)
            },
        }
    )


def c(place: str, text: str) -> str:
    """A cell that holds its text itself."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def n(place: str, number: float | str, style: int = 0) -> str:
    """A cell that holds a number in one of the workbook's styles."""
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def sheet(*rows: str, merged: str = "") -> str:
    """A sheet of rows, each the cells in it."""
    inner = "".join(f'<row r="{at}">{row}</row>' for at, row in enumerate(rows, start=1))
    after = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f"<sheetData>{inner}</sheetData>{after}"
