"""Real tables: columns of every kind of name, headers of two rows and of later pages, rows that are no measures."""

from tests.workflow.intake.structure.built import ABOVE, LEFT, measures, read, told, units, warned
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区2026年河道整治任务清单"


def test_a_column_of_stages_holds_sections() -> None:
    plan = read(
        TITLE,
        [
            ("阶段", "任务", "责任单位", "时限"),
            ("排查阶段", "摸清底数", "区水务局", "3月底"),
            (ABOVE, "划定范围", "区水务局", "4月底"),
            ("整治阶段", "疏浚北河", "区水务局", "9月底"),
        ],
    )
    assert told(plan) == [("排查阶段", ["摸清底数", "划定范围"]), ("整治阶段", ["疏浚北河"])]


def test_words_in_a_column_whose_name_says_nothing_go_on_with_the_text() -> None:
    plan = read(
        TITLE,
        [
            ("任务", "到什么程度", "责任单位", "时限"),
            ("疏浚北河", "清淤3公里以上", "区水务局", "6月底"),
            ("种树", "补植200棵", "区园林局", "9月底"),
        ],
    )
    assert [measure.text for measure in measures(plan)] == ["清淤3公里以上", "补植200棵"]
    assert warned(plan, Caution.COLUMN_UNREAD) == []


def test_figures_in_such_a_column_are_left_out_and_warned_of() -> None:
    plan = read(
        TITLE,
        [
            ("任务", "总投资", "责任单位", "时限"),
            ("疏浚北河", "9800", "区水务局", "6月底"),
            ("种树", "300", "区园林局", "9月底"),
        ],
    )
    assert [measure.text for measure in measures(plan)] == ["", ""]
    assert warned(plan, Caution.COLUMN_UNREAD) == [3]


def test_no_column_of_words_between_the_title_and_the_last_is_lost() -> None:
    plan = read(
        TITLE,
        [
            ("任务", "主要内容", "工作要求", "责任单位", "时限"),
            ("疏浚北河", "清淤3公里。", "不留死角。", "区水务局", "6月底"),
            ("种树", "补植200棵。", "当年成活。", "区园林局", "9月底"),
        ],
    )
    assert [measure.text for measure in measures(plan)] == [
        "清淤3公里。\n不留死角。",
        "补植200棵。\n当年成活。",
    ]


def test_a_second_header_row_under_spread_cells_is_no_measure() -> None:
    plan = read(
        TITLE,
        [
            ("任务", "起止", LEFT, "责任单位", LEFT),
            (ABOVE, "启动时间", "完成时间", "牵头", "协同"),
            ("疏浚北河", "2026年1月", "2026年6月", "区水务局", "区财政局"),
            ("种树", "2026年2月", "2026年9月", "区园林局", "区水务局"),
        ],
    )
    assert [(m.title, m.schedule, units(m)) for m in measures(plan)] == [
        ("疏浚北河", "2026年6月", ["*区水务局", "区财政局"]),
        ("种树", "2026年9月", ["*区园林局", "区水务局"]),
    ]
    assert warned(plan, Caution.COLUMN_UNREAD) == [4]


def test_a_row_of_totals_is_no_measure() -> None:
    plan = read(
        TITLE,
        [
            ("序号", "任务", "总投资", "责任单位", "时限"),
            ("1", "疏浚北河", "300", "区水务局", "6月底"),
            ("合计", "", "300", "", ""),
        ],
    )
    assert [measure.title for measure in measures(plan)] == ["疏浚北河"]
    assert warned(plan, Caution.LINE_UNPLACED) == [4]


def test_schedule_and_units_in_each_others_cells_are_changed_back_and_warned_of() -> None:
    plan = read(
        TITLE,
        [
            ("任务", "责任单位", "时限"),
            ("疏浚北河", "6月底", "区水务局、区财政局"),
            ("种树", "区园林局", "9月底"),
        ],
    )
    first = measures(plan)[0]
    assert (first.schedule, units(first)) == ("6月底", ["*区水务局", "区财政局"])
    assert warned(plan, Caution.CELLS_SWAPPED) == [3]


def test_a_later_pages_header_keeps_the_columns_that_a_spread_cell_covers() -> None:
    plan = read(
        TITLE,
        [
            ("重点任务", "序号", "举措", "责任单位", "时限"),
            ("治水", "1", "疏浚北河。", "区水务局", "6月底"),
            (ABOVE, "2", "清理南河。", "区水务局", "7月底"),
            ("重点任务", LEFT, "举措", "责任部门", "时限"),
            ("治岸", "3", "种树。", "区园林局", "9月底"),
            (ABOVE, "4", "修步道。", "区园林局", "9月底"),
        ],
    )
    assert told(plan) == [("治水", ["1疏浚北河", "2清理南河"]), ("治岸", ["3种树", "4修步道"])]


def test_columns_named_after_a_time_tell_what_is_done_by_then() -> None:
    plan = read(
        TITLE,
        [
            ("任务", "二季度目标", "四季度目标", "责任单位"),
            ("疏浚北河", "清淤2公里", "清淤5公里", "区水务局"),
            ("种树", "补植50棵", "补植200棵", "区园林局"),
        ],
    )
    first = measures(plan)[0]
    assert first.text == "二季度清淤2公里\n四季度清淤5公里"
    assert [(str(target.value), str(target.due)) for target in first.targets] == [
        ("2", "2026-06-30"),
        ("5", "2026-12-31"),
    ]


def test_a_table_without_a_header_is_a_list_where_its_columns_are_plain() -> None:
    plan = read(
        TITLE,
        [
            ("1", "疏浚北河", "区水务局、区财政局", "6月底"),
            ("2", "清理南河", "区水务局", "持续推进"),
            ("3", "种树", "区园林局", "9月底"),
        ],
    )
    assert [(m.number, m.title, units(m), m.schedule) for m in measures(plan)] == [
        ("1", "疏浚北河", ["*区水务局", "区财政局"], "6月底"),
        ("2", "清理南河", ["*区水务局"], "持续推进"),
        ("3", "种树", ["*区园林局"], "9月底"),
    ]
    assert warned(plan, Caution.COLUMNS_GUESSED) == [2]


def test_a_column_of_sources_is_no_title_whatever_its_name_and_place() -> None:
    for name in ("事项来源", "由谁提出"):
        plan = read(
            TITLE,
            [
                (name, "工作事项", "责任单位", "时限"),
                ("人大建议", "疏浚北河", "区水务局", "6月底"),
                ("人大建议", "种树", "区园林局", "9月底"),
                ("政协提案", "修桥", "区交通局", "9月底"),
                ("政协提案", "修闸", "区水务局", "9月底"),
            ],
        )
        assert [measure.title for measure in measures(plan)] == ["疏浚北河", "种树", "修桥", "修闸"]


def test_a_second_header_row_is_none_of_the_rows_even_where_its_own_names_say_nothing() -> None:
    plan = read(
        TITLE,
        [
            ("项目名称", "建设内容", "2026年计划", LEFT, "责任单位", "计划完工时间"),
            (ABOVE, ABOVE, "投资", "形象进度", ABOVE, ABOVE),
            ("北河疏浚", "清淤3公里", "9800", "清淤过半", "区水务局", "2026年9月"),
            ("环河绿道", "铺装5公里", "4300", "路基完工", "区园林局", "2026年11月"),
        ],
    )
    assert [(one.title, one.text, one.schedule) for one in measures(plan)] == [
        ("北河疏浚", "清淤3公里\n清淤过半", "2026年9月"),
        ("环河绿道", "铺装5公里\n路基完工", "2026年11月"),
    ]
