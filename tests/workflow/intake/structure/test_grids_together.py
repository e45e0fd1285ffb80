"""Several tables of one list: a row that a page has cut in two, and columns that mean the same in each."""

from tests.workflow.intake.structure.built import ABOVE, Row, measures, read, told, units, warned
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区2026年河道整治任务清单"
HEADER: Row = ("序号", "任务", "举措", "责任单位", "时限")
FIRST: Row = ("1", "疏浚北河", "清淤3公里，外运", "区水务局、区财", "")


def test_a_row_cut_between_two_tables_is_one_though_the_header_comes_again() -> None:
    rest: Row = ("", "", "淤泥200吨", "政局", "6月底")
    after: Row = ("2", "种树", "栽柳", "区园林局", "9月底")
    plan = read(TITLE, [HEADER, FIRST], [HEADER, rest, after])
    assert [(m.title, m.text, units(m), m.schedule) for m in measures(plan)] == [
        ("疏浚北河", "清淤3公里，外运淤泥200吨", ["*区水务局", "区财政局"], "6月底"),
        ("种树", "栽柳", ["*区园林局"], "9月底"),
    ]
    assert warned(plan, Caution.CELL_JOINED) == [5]


def test_a_row_without_number_under_another_head_is_no_rest_of_the_table_before() -> None:
    other: Row = ("", "种树", "栽柳", "区园林局", "9月底")
    plan = read(TITLE, "一、治水", [HEADER, FIRST], "二、治岸", [HEADER, other])
    assert [measure.title for measure in measures(plan)] == ["疏浚北河", "种树"]


def test_a_column_merged_in_one_table_holds_sections_in_all_of_that_header() -> None:
    merged: list[Row] = [
        HEADER,
        ("1", "河水发黑", "截污", "区水务局", "6月底"),
        ("2", ABOVE, "清淤", "区水务局", "6月底"),
    ]
    plain: list[Row] = [
        HEADER,
        ("3", "岸线破损", "护坡", "区水务局", "9月底"),
        ("4", "绿化缺株", "栽柳", "区园林局", "9月底"),
    ]
    plan = read(TITLE, "一、治水", merged, "二、治岸", plain)
    assert [titles for _, titles in told(plan)] == [["1截污", "2清淤"], ["3护坡"], ["4栽柳"]]


def test_a_column_merged_in_a_table_of_another_header_says_nothing() -> None:
    merged: list[Row] = [
        HEADER,
        ("1", "河水发黑", "截污", "区水务局", "6月底"),
        ("2", ABOVE, "清淤", "区水务局", "6月底"),
    ]
    other: list[Row] = [
        ("序号", "任务", "工作内容", "责任单位", "时限"),
        ("1", "修护岸线", "护坡", "区水务局", "9月底"),
        ("2", "补种绿化", "栽柳", "区园林局", "9月底"),
    ]
    plan = read(TITLE, "一、治水", merged, "二、治岸", other)
    assert [measure.title for measure in measures(plan)] == ["截污", "清淤", "修护岸线", "补种绿化"]
