"""Real tables: headers, merged cells, pages, sections."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.structure.built import ABOVE, LEFT, Row, measures, read, told, units, warned
from workflow.intake.content import CellText
from workflow.intake.errors import IntakeError
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区2026年河道整治任务清单"
HEADER: Row = ("序号", "重点任务", "具体举措", "完成时限", "责任单位")


def test_columns_are_known_by_their_names_in_whatever_order() -> None:
    plan = read(
        TITLE,
        [
            ("完成时间", "责任部门", "工作内容", "序号"),
            ("2026年6月底", "区水务局、区财政局", "疏浚河道。清淤。", "1"),
        ],
    )
    (measure,) = measures(plan)
    assert (measure.number, measure.title, measure.text) == ("1", "疏浚河道", "清淤。")
    assert (measure.schedule, str(measure.due), units(measure)) == (
        "2026年6月底",
        "2026-06-30",
        ["*区水务局", "区财政局"],
    )


def test_every_part_of_a_row_is_found_again_at_its_place() -> None:
    plan = read(TITLE, [HEADER, ("1", "疏浚河道", "清淤。", "6月底", "区水务局\n区财政局")])
    (measure,) = measures(plan)
    assert {name: plan.text[start:end] for name, (start, end) in measure.spans.items()} == {
        "title": "疏浚河道",
        "text": "清淤。",
        "schedule": "6月底",
        "units": "区水务局\n区财政局",
    }


def test_a_header_of_two_rows_gives_the_roles() -> None:
    plan = read(
        TITLE,
        [
            ("序号", "任务", "责任单位", LEFT, "时限"),
            (ABOVE, ABOVE, "牵头单位", "配合单位", ABOVE),
            ("1", "疏浚河道", "区水务局", "区财政局、各街道", "6月底"),
            ("2", "修护岸", "区园林局", "/", "7月底"),
        ],
    )
    assert [units(measure) for measure in measures(plan)] == [
        ["*区水务局", "区财政局", "各街道"],
        ["*区园林局"],
    ]
    assert warned(plan, Caution.LEAD_BY_ORDER) == []


def test_title_rows_above_the_header_are_no_measures() -> None:
    plan = read([(TITLE, *[LEFT] * 4), HEADER, ("1", "水清", "疏浚。", "6月底", "区水务局")])
    assert plan.plan.title == TITLE
    assert len(measures(plan)) == 1


def test_a_merged_cell_of_tasks_is_the_section_of_all_its_rows() -> None:
    plan = read(
        TITLE,
        [
            HEADER,
            ("1", "水清", "疏浚河道。", "6月底", "区水务局"),
            ("2", ABOVE, "截污纳管。", "7月底", ABOVE),
            ("3", "岸绿", "种树。", "8月底", "区园林局"),
        ],
    )
    assert told(plan) == [("水清", ["1疏浚河道", "2截污纳管"]), ("岸绿", ["3种树"])]
    assert units(measures(plan)[1]) == ["*区水务局"]


def test_a_blank_is_as_above_in_a_column_of_sections_and_nowhere_else() -> None:
    plan = read(
        TITLE, [HEADER, ("1", "水清", "疏浚。", "6月底", "区水务局"), ("2", "", "截污。", "7月底", "")]
    )
    assert told(plan) == [("水清", ["1疏浚", "2截污"])]
    assert [units(measure) for measure in measures(plan)] == [["*区水务局"], []]
    assert warned(plan, Caution.UNITS_MISSING) == [4]


def test_a_task_of_its_own_in_each_row_is_the_title_and_the_steps_the_text() -> None:
    rows: list[Row] = [
        ("1", "疏浚河道", "清淤。", "6月底", "区水务局"),
        ("2", "种树", "栽柳。", "7月底", "区园林局"),
    ]
    plan = read(TITLE, [HEADER, *rows])
    assert [(measure.title, measure.text) for measure in measures(plan)] == [
        ("疏浚河道", "清淤。"),
        ("种树", "栽柳。"),
    ]


def test_rows_spread_over_the_table_are_sections_and_the_header_may_come_again() -> None:
    plan = read(
        TITLE,
        [
            HEADER,
            ("一、治水", *[LEFT] * 4),
            ("1", "水清", "疏浚。", "6月底", "区水务局"),
            HEADER,
            ("二", "治岸", *[LEFT] * 3),
            ("2", "岸绿", "种树。", "7月底", "区园林局"),
        ],
    )
    assert [section for section, _ in told(plan)] == ["一、治水", "二、治岸"]
    assert len(measures(plan)) == 2


def test_a_row_cut_by_a_page_is_joined_and_warned_of() -> None:
    plan = read(
        TITLE,
        [
            HEADER,
            ("1", "水清", "疏浚河道，清理", "6月底", "区水务局、"),
            ("", "", "淤泥。", "", "区财政局"),
            ("2", "岸绿", "种树。", "7月底", "区园林局"),
        ],
    )
    assert [measure.number for measure in measures(plan)] == ["1", "2"]
    first = measures(plan)[0]
    assert (first.text, units(first)) == ("疏浚河道，清理淤泥。", ["*区水务局", "区财政局"])
    assert warned(plan, Caution.CELL_JOINED) == [4]


def test_a_cut_under_a_merged_cell_is_joined_too() -> None:
    rows: list[Row] = [("1", "水清", "疏浚，清理", "6月底", "区水务局"), ("", ABOVE, "淤泥。", "", "")]
    plan = read(TITLE, [HEADER, *rows, ("2", ABOVE, "截污。", "7月底", "区水务局")])
    assert told(plan) == [("水清", ["1疏浚，清理淤泥", "2截污"])]


def test_lines_that_share_a_merged_number_schedule_and_units_are_one_measure() -> None:
    plan = read(
        TITLE, [HEADER, ("1", "水清", "疏浚。", "6月底", "区水务局"), (ABOVE, ABOVE, "截污。", ABOVE, ABOVE)]
    )
    (measure,) = measures(plan)
    assert (measure.number, measure.title, measure.text) == ("1", "水清", "疏浚。\n截污。")


def test_steps_with_units_of_their_own_in_step_are_measures_each() -> None:
    plan = read(
        TITLE, [HEADER, ("1", "水清", "1.疏浚。\n2.截污。", "1.6月底\n2.7月底", "1.区水务局\n2.区住建局")]
    )
    assert [(m.title, str(m.due), units(m)) for m in measures(plan)] == [
        ("疏浚", "2026-06-30", ["*区水务局"]),
        ("截污", "2026-07-31", ["*区住建局"]),
    ]


def test_steps_under_units_for_all_are_one_measure() -> None:
    plan = read(TITLE, [HEADER, ("1", "水清", "1.疏浚。\n2.截污。", "6月底", "区水务局")])
    assert len(measures(plan)) == 1


def test_persons_are_no_units_and_an_unknown_column_is_named() -> None:
    plan = read(
        TITLE,
        [("任务", "责任领导", "牵头单位", "时限", "投资额"), ("疏浚", "白露", "区水务局", "6月", "3亿元")],
    )
    assert units(measures(plan)[0]) == ["*区水务局"]
    assert warned(plan, Caution.COLUMN_UNREAD) == [3]


def test_columns_named_after_years_hold_targets_due_in_them() -> None:
    header: Row = ("任务", "2026年目标", "2027年目标", "责任单位", "时限")
    plan = read(
        "柳堤区河道整治清单（2026-2027年）",
        [header, ("疏浚", "疏浚10公里以上", "疏浚20公里以上", "区水务局", "2027年")],
    )
    (measure,) = measures(plan)
    assert [(int(t.value or 0), str(t.due)) for t in measure.targets] == [
        (10, "2026-12-31"),
        (20, "2027-12-31"),
    ]
    assert measure.text == "疏浚10公里以上\n疏浚20公里以上"


def test_a_table_that_goes_on_without_a_header_keeps_columns_and_section() -> None:
    first: list[Row] = [HEADER, ("1", "水清", "疏浚。", "6月底", "区水务局")]
    plan = read(TITLE, "一、治水", first, [("2", "", "截污。", "7月底", "区住建局")])
    assert told(plan) == [("一、治水 水清", ["1疏浚", "2截污"])]


def test_tables_under_heads_are_sections() -> None:
    one: list[Row] = [("任务", "责任单位", "时限"), ("疏浚", "区水务局", "6月底")]
    two: list[Row] = [("任务", "责任单位", "时限"), ("种树", "区园林局", "6月底")]
    assert told(read(TITLE, "一、治水", one, "二、治岸", two)) == [
        ("一、治水", ["疏浚"]),
        ("二、治岸", ["种树"]),
    ]


def test_a_jump_in_the_rows_numbers_is_warned_of() -> None:
    rows: list[Row] = [(str(n), f"任务{n}", "做。", "6月底", "区水务局") for n in (1, 2, 4)]
    assert warned(read(TITLE, [HEADER, *rows]), Caution.SERIAL_GAP) == [5]


def test_a_list_without_a_schedule_is_warned_of_once() -> None:
    plan = read(TITLE, [("任务", "责任单位"), ("疏浚", "区水务局"), ("种树", "区园林局")])
    assert warned(plan, Caution.SCHEDULE_COLUMN_MISSING) == [3]
    assert warned(plan, Caution.SCHEDULE_MISSING) == []


def test_a_table_of_indicators_is_no_list_and_warned_of() -> None:
    indicators: list[Row] = [("指标", "单位", "2026年"), ("绿地率", "%", "42")]
    plan = read(
        TITLE,
        "一、任务",
        "1.疏浚。清淤。（责任单位：区水务局）",
        indicators,
        "2.种树。（责任单位：区园林局）",
    )
    assert [measure.title for measure in measures(plan)] == ["疏浚", "种树"]
    assert warned(plan, Caution.TABLE_UNREAD) == [4]


def test_a_table_of_units_whose_columns_mean_nothing_is_warned_of_as_such() -> None:
    strange: list[Row] = [("甲", "乙"), ("疏浚", "区水务局"), ("种树", "区园林局")]
    plan = read(TITLE, "1.疏浚。清淤。（责任单位：区水务局）", strange)
    assert warned(plan, Caution.TABLE_WITH_UNITS_UNREAD) == [3]


def test_a_note_under_the_rows_may_lay_down_who_leads() -> None:
    rows: list[Row] = [
        ("1", "水清", "疏浚。", "6月底", "区水务局、区财政局"),
        ("注：列第一位的为牵头单位。", *[LEFT] * 4),
    ]
    plan = read(TITLE, [HEADER, *rows])
    assert warned(plan, Caution.LEAD_BY_ORDER) == []
    assert warned(plan, Caution.LINE_UNPLACED) == []


CELLS = st.sampled_from(
    [
        "",
        "1",
        "序号",
        "任务",
        "责任单位",
        "完成时限",
        "一、治水",
        "疏浚。清淤。",
        "区水务局",
        "6月底",
        "/",
        "注：甲",
        "2.截\n3.污",
    ]
) | st.text(max_size=12)
MARKED = st.builds(CellText, CELLS, st.booleans(), st.booleans())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.lists(MARKED, min_size=1, max_size=6), max_size=8), st.booleans())
def test_whatever_table_is_read_or_refused(rows: list[Row], has_header: bool) -> None:
    try:
        plan = read(TITLE, [HEADER, *rows] if has_header else rows, "1.疏浚。（责任单位：区水务局）")
    except IntakeError:
        return
    for measure in measures(plan):
        assert measure.title
        for start, end in measure.spans.values():
            assert 0 <= start <= end <= len(plan.text)


@pytest.mark.parametrize("count", [2, 200])
def test_every_row_with_words_and_units_is_a_measure(count: int) -> None:
    rows: list[Row] = [
        (str(n), f"水清{n // 20}", f"疏浚{n}号河道。", "6月底", "区水务局") for n in range(1, count + 1)
    ]
    assert [m.number for m in measures(read(TITLE, [HEADER, *rows]))] == [str(n) for n in range(1, count + 1)]


def test_ditto_is_the_cell_above() -> None:
    rows: list[Row] = [
        ("1", "水清", "疏浚。", "6月底", "区水务局、区财政局"),
        ("2", "水清", "截污。", "7月底", "同上"),
    ]
    assert [units(measure) for measure in measures(read(TITLE, [HEADER, *rows]))] == [
        ["*区水务局", "区财政局"]
    ] * 2


def test_units_in_the_text_of_a_list_without_a_column_of_them_are_taken() -> None:
    plan = read(
        TITLE,
        [
            ("任务", "时限"),
            ("疏浚。清淤。（责任单位：区水务局、区财政局）", "6月底"),
            ("种树。（区园林局牵头）", "7月底"),
        ],
    )
    assert [(m.title, m.text, units(m)) for m in measures(plan)] == [
        ("疏浚", "清淤。", ["*区水务局", "区财政局"]),
        ("种树", "", ["*区园林局"]),
    ]
