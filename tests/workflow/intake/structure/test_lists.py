"""The parts of a document: narrative, lists, and what stands above and between them."""

from tests.workflow.intake.structure.built import Row, content, measures, read, told, warned
from workflow.intake.document import read_document
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区河道整治方案（2026年）"
HEADER: Row = ("任务", "责任单位", "时限")


def test_a_table_of_contents_is_no_part_of_the_plan() -> None:
    plan = read(
        "目　录", "一、任务…………1", "二、保障措施…………3", TITLE, "一、任务", "1.疏浚。（责任单位：区水务局）"
    )
    assert plan.plan.title == TITLE
    assert told(plan) == [("一、任务", ["1.疏浚"])]
    assert warned(plan, Caution.SERIAL_GAP) == []


def test_lists_that_have_no_heads_are_sections_by_their_names() -> None:
    one: list[Row] = [HEADER, ("疏浚", "区水务局", "6月")]
    two: list[Row] = [HEADER, ("补贴", "区财政局", "7月")]
    assert told(read(TITLE, "附件1 任务清单", one, "附件2 政策清单", two)) == [
        ("任务清单", ["疏浚"]),
        ("政策清单", ["补贴"]),
    ]


def test_a_table_with_two_headers_is_two_lists() -> None:
    plan = read(
        TITLE,
        [
            HEADER,
            ("疏浚", "区水务局", "6月"),
            ("政策名称", "责任单位", "完成时限"),
            ("补贴", "区财政局", "7月"),
        ],
    )
    assert [measure.title for measure in measures(plan)] == ["疏浚", "补贴"]


def test_lines_behind_the_last_table_are_left_out_and_warned_of() -> None:
    plan = read(TITLE, [HEADER, ("疏浚", "区水务局", "6月")], "（联系人：白露）")
    assert warned(plan, Caution.LINE_UNPLACED) == [4]


def test_the_lists_name_and_annex_number_are_no_text_of_the_last_measure() -> None:
    plan = read(
        TITLE,
        "一、任务",
        "1.疏浚。清淤。（责任单位：区水务局）",
        "附件",
        "任务清单",
        [HEADER, ("疏浚", "区水务局", "6月")],
    )
    assert measures(plan)[0].text == "清淤。"
    assert [warning.code for warning in plan.warnings] == []


def test_places_and_lines_of_a_second_file_run_on_behind_the_first() -> None:
    narrative = content(TITLE, "一、任务", "1.疏浚。清淤。（责任单位：区水务局）")
    listed = content("任务清单", [HEADER, ("疏浚", "区水务局、区财政局", "6月")])
    plan = read_document([narrative, listed], ["plan.docx", "list.xlsx"])
    (measure,) = measures(plan)
    start, end = measure.spans["units"]
    assert plan.text[start:end] == "区水务局、区财政局"
    assert warned(plan, Caution.UNITS_DIFFER) == [6]
    assert (plan.files, plan.place_of(6)) == (((1, "plan.docx"), (4, "list.xlsx")), ("list.xlsx", 3))


def test_a_header_line_that_a_page_mark_cuts_off_its_table_is_its_header() -> None:
    plan = read(
        TITLE, "任务|责任单位|时限", "（续表）", [("疏浚", "区水务局", "6月"), ("种树", "区园林局", "7月")]
    )
    assert [(measure.title, measure.schedule) for measure in measures(plan)] == [
        ("疏浚", "6月"),
        ("种树", "7月"),
    ]


def test_no_line_of_one_file_is_the_head_of_a_list_in_the_next() -> None:
    narrative = content(
        TITLE, "一、任务", "1.疏浚。（责任单位：区水务局）", "2.种树", "责任单位：区园林局", "3.护岸"
    )
    listed = content(
        [HEADER, ("疏浚", "区水务局", "6月"), ("种树", "区园林局", "7月"), ("护岸", "区水务局", "8月")]
    )
    plan = read_document([narrative, listed], ["plan.docx", "list.xlsx"])
    assert told(plan) == [("一、任务", ["1.疏浚", "2.种树", "3.护岸"])]
