"""Workbooks: what a person sees on each sheet."""

from tests.workflow.intake.formats.old_sheet import xls
from tests.workflow.intake.formats.small_plan import headings, marks, paragraphs, read_here, tables
from tests.workflow.intake.formats.zipped import c, n, sheet, xlsx
from workflow.intake.content import Table

FORMATS = (
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    "<fonts><font/><font><strike/></font></fonts>"
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="170"/>'
    '<xf numFmtId="0" fontId="1"/></cellXfs>'
)
DAY = 46203  # 2026-06-30


def test_several_sheets_are_several_tables_each_under_its_name() -> None:
    rows = (c("A1", "任务") + c("B1", "单位"), c("A2", "甲") + c("B2", "区园林局"))
    content = read_here(xlsx({"第一批": sheet(*rows), "空白": "", "第二批": sheet(*rows)}), "plan.xlsx")
    assert headings(content) == [(1, "第一批"), (1, "第二批")]
    assert [block.name for block in content.blocks if isinstance(block, Table)] == ["第一批", "第二批"]


def test_a_name_that_nobody_gave_is_no_heading() -> None:
    row = c("A1", "任务") + c("B1", "单位")
    assert headings(read_here(xlsx({"Sheet1": sheet(row), "Sheet2": sheet(row)}), "plan.xlsx")) == []


def test_a_hidden_sheet_is_left_out_with_a_remark() -> None:
    row = c("A1", "任务") + c("B1", "单位")
    content = read_here(xlsx({"清单": sheet(row), "字典": sheet(row)}, hidden=("字典",)), "plan.xlsx")
    assert len(tables(content)) == 1
    assert [(remark.code, remark.params) for remark in content.remarks] == [
        ("sheet_hidden", {"sheet": "字典"})
    ]


def test_numbers_and_days_are_as_the_sheet_shows_them() -> None:
    row = n("A1", 3) + n("B1", DAY, 1) + n("C1", 0.95, 2) + n("D1", DAY, 3) + n("E1", "0.30000000000000004")
    content = read_here(xlsx({"清单": sheet(row)}, styles=FORMATS), "plan.xlsx")
    assert tables(content) == [[["3", "2026年6月30日", "95%", "2026年6月", "0.3"]]]


def test_struck_cells_keep_a_mark() -> None:
    row = n("A1", 1, 4) + c("B1", "单位")
    assert tables(read_here(xlsx({"清单": sheet(row)}, styles=FORMATS), "plan.xlsx")) == [[["~~1~~", "单位"]]]


def test_shared_strings_are_read_without_how_they_are_spoken() -> None:
    strings = "<si><r><t>区园</t></r><r><t>林局_x000D_</t></r><rPh><t>qu</t></rPh></si><si><t>甲</t></si>"
    row = '<c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>9</v></c>'
    assert tables(read_here(xlsx({"清单": sheet(row)}, strings=strings), "plan.xlsx")) == [
        [["甲", "区园林局"]]
    ]


def test_a_range_merged_both_ways_covers_all_its_places() -> None:
    rows = (c("A1", "甲") + c("C1", "x"), c("C2", "y") + c("B3", "z"), c("B3", "z"))
    content = read_here(xlsx({"清单": sheet(*rows, merged="A1:B2")}), "plan.xlsx")
    assert tables(content) == [[["甲", "甲", "x"], ["甲", "甲", "y"], ["", "z", ""]]]
    assert marks(content) == [["", "<", ""], ["^", "^", ""], ["", "", ""]]


def test_a_merged_range_without_a_text_does_not_take_that_of_the_cell_above() -> None:
    rows = (c("A1", "甲") + c("B1", "x"), "", c("B3", "y"))
    content = read_here(xlsx({"清单": sheet(*rows, merged="A2:A3")}), "plan.xlsx")
    assert tables(content) == [[["甲", "x"], ["", "y"]]]


def test_a_cell_far_away_costs_no_rows_between() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>末</t></is></c></row>'
    inner = f'<sheetData><row r="1">{c("A1", "甲")}{c("B1", "乙")}</row>{far}</sheetData>'
    assert tables(read_here(xlsx({"清单": inner}), "plan.xlsx")) == [[["甲", "乙", ""], ["", "", "末"]]]


def test_cells_without_places_stand_one_behind_the_other() -> None:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    row = f"<row>{cell.format('甲')}{cell.format('乙')}</row>"
    assert tables(read_here(xlsx({"清单": f"<sheetData>{row}{row}</sheetData>"}), "plan.xlsx")) == [
        [["甲", "乙"], ["甲", "乙"]]
    ]


def test_an_old_workbook_gives_plain_numbers_and_merged_cells() -> None:
    content = read_here(xls([["任务", "数量"], ["甲", 3.0], ["", 2.5]], [(1, 2, 0, 0)]), "plan.xls")
    assert tables(content) == [[["任务", "数量"], ["甲", "3"], ["甲", "2.5"]]]
    assert paragraphs(content) == []


def test_a_formula_without_a_stored_result_is_told_of_at_its_row() -> None:
    formula = '<c r="B2"><f>B9*2</f></c>'
    rows = (c("A1", "任务") + c("B1", "单位"), c("A2", "甲") + formula, c("A3", "乙") + c("B3", "区园林局"))
    content = read_here(xlsx({"清单": sheet(*rows)}), "plan.xlsx")
    assert [(one.line, one.code, one.params) for one in content.remarks] == [
        (2, "formula_unstored", {"cell": "B2"})
    ]


def test_a_stored_result_is_read_and_not_told_of() -> None:
    row = c("A1", "任务") + '<c r="B1"><f>B9*2</f><v>4</v></c>' + '<c r="C1" t="str"><f>""</f><v></v></c>'
    content = read_here(xlsx({"清单": sheet(row, row.replace("1", "2"))}), "plan.xlsx")
    assert content.remarks == ()
