"""Files made to cost time or memory, or to reach for other files, are refused before they do."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.workflow.intake.formats.old_sheet import compound
from tests.workflow.intake.formats.small_plan import read_here
from tests.workflow.intake.formats.zipped import c, docx, p, sheet, xlsx, zipped
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.faults import UnreadableError
from workflow.intake.formats.archive import DIRECTORY_LARGEST, PART_LARGEST
from workflow.intake.formats.door import read_content
from workflow.intake.formats.given import ROWS_MOST

DECLARATION = '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;&y;">]>'
OTHER_FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The processor's time of this process."""
    before = time.process_time()
    yield
    assert time.process_time() - before < seconds


def refused(data: bytes, name: str) -> Fault:
    with pytest.raises(IntakeError) as error:
        read_content(data, name)
    return error.value.fault


def refused_here(data: bytes, name: str) -> Fault:
    with pytest.raises(UnreadableError) as error:
        read_here(data, name)
    return error.value.fault


def test_a_part_that_is_too_large_inside_is_not_inflated() -> None:
    bomb = zipped({"word/document.xml": b"0" * (PART_LARGEST + 1)})
    with within(0.2):
        assert refused_here(bomb, "a.docx") is Fault.TOO_COSTLY


def test_a_part_that_inflates_too_well_is_not_inflated() -> None:
    assert refused_here(zipped({"word/document.xml": b"0" * (8 * 1024 * 1024)}), "a.docx") is Fault.TOO_COSTLY


def test_a_part_that_is_larger_than_it_says_is_broken() -> None:
    size = 100_000
    bomb = zipped({"word/document.xml": b"0" * size})
    lying = bomb.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != bomb
    assert refused_here(lying, "a.docx") is Fault.BROKEN


def test_a_directory_that_is_too_long_is_not_listed() -> None:
    data = zipped({"word/document.xml": "<a/>"})
    end = data.rfind(b"PK\x05\x06")
    long = data[: end + 12] + (DIRECTORY_LARGEST + 1).to_bytes(4, "little") + data[end + 16 :]
    assert refused_here(long, "a.docx") is Fault.TOO_COSTLY


@pytest.mark.parametrize("declaration", [DECLARATION, OTHER_FILE], ids=["expansion", "another file"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_it_is_used(declaration: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<w:document xmlns:w="w">&z;</w:document>'
    with within(0.2):
        assert refused_here(zipped({"word/document.xml": xml.encode(encoding)}), "a.docx") is Fault.UNSAFE_XML
        assert refused_here(zipped({"xl/workbook.xml": xml.encode(encoding)}), "a.xlsx") is Fault.UNSAFE_XML


def test_elements_nested_too_deeply_are_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 50_000
    assert refused_here(docx(deep), "a.docx") is Fault.TOO_COSTLY
    assert refused_here(("<html>" + "<div>" * 50_000).encode(), "a.html") is Fault.TOO_COSTLY


def test_tables_within_tables_are_refused_or_read_but_never_overflow() -> None:
    deep = docx("<w:tbl><w:tr><w:tc>" * 70 + p("甲") + "</w:tc></w:tr></w:tbl>" * 70)
    assert [passage.text for passage in read_content(deep, "a.docx").passages] == ["甲"]


def test_spans_that_make_too_many_cells_are_refused() -> None:
    row = "<tr>" + "<td colspan=100 rowspan=20000>x" * 9
    assert refused_here(f"<table>{row * 600}</table>".encode(), "a.html") is Fault.TABLE_TOO_LARGE


def test_a_sheet_of_too_many_rows_is_refused() -> None:
    row = '<row><c t="b"><v>1</v></c></row>'
    inner = f"<sheetData>{row * (ROWS_MOST + 1)}</sheetData>"
    assert refused_here(xlsx({"清单": inner}), "a.xlsx") is Fault.TABLE_TOO_LARGE


def test_merged_ranges_over_the_whole_sheet_cost_nothing() -> None:
    rows = "".join(f'<row r="{n}">{c(f"A{n}", "x")}{c(f"B{n}", "y")}</row>' for n in range(1, 2_001))
    ranges = '<mergeCell ref="A1:XFD1048576"/>' * 2_000
    inner = f"<sheetData>{rows}</sheetData><mergeCells>{ranges}</mergeCells>"
    assert refused(xlsx({"清单": inner}), "a.xlsx") is Fault.TOO_COSTLY


def test_a_small_mergeless_sheet_is_read_all_the_same() -> None:
    assert read_here(xlsx({"清单": sheet(c("A1", "甲"))}), "a.xlsx").passages[0].text == "甲"


def test_a_container_whose_sectors_run_in_a_circle_is_broken() -> None:
    data = bytearray(compound({"Workbook": b"x" * 5000}))
    table = data.rfind((0xFFFFFFFD).to_bytes(4, "little")) // 512 * 512
    data[table : table + 4] = (0).to_bytes(4, "little")
    assert refused_here(bytes(data), "a.xls") is Fault.BROKEN


LINES = {
    "rules": "-" * 19_000 + "x",
    "bars": "|" * 19_000,
    "blanks": "# " + " " * 19_000 + "x",
    "ticks": "`a``b```c" * 2_000,
    "links": "[a](" * 4_500,
    "images": "![" * 9_000,
    "tags": "<p " * 6_000,
    "stars": "**a" * 6_000,
    "underscores": "_a" * 9_000,
    "quotes": "> " * 9_000,
    "numbers": "一" * 19_000 + "**。",
}


@pytest.mark.parametrize("what", LINES)
@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.csv"])
def test_lines_that_are_slow_to_match_are_not(what: str, name: str) -> None:
    with within(1.0):
        read_content("\n".join(["甲", *[LINES[what]] * 10]).encode(), name)


@pytest.mark.parametrize("start", ["<!--" * 1_000, "<!---->" * 580 + "x", "<?xml " * 600, " " * 4_000 + "<"])
def test_a_beginning_that_is_slow_to_match_is_not(start: str) -> None:
    with within(0.5):
        read_content(f"x{start}".encode(), "a.md")
    with within(0.5), suppress(IntakeError):
        read_content(f"{start} 甲".encode(), "a.md")


@pytest.mark.parametrize("line", ["a|b", "a\tb", "|", "a|b|c", "---"])
def test_many_lines_that_might_be_a_table_are_read_in_one_go(line: str) -> None:
    with within(3.0):
        read_content("\n".join(["甲", *[line] * 15_000]).encode(), "a.txt")
