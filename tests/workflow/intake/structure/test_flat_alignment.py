"""Flattened lists whose cells stand in the order of the header: columns that no look tells apart, blanks, cut cells."""

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.structure.built import measures, read, told, units, warned
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区2026年河道整治任务清单"
HEADER = ("任务", "责任单位", "时限")


def test_words_need_no_full_stop_and_no_number() -> None:
    plan = read(
        TITLE, *HEADER, "疏浚北河，清淤3公里", "区水务局、区财政局", "6月底", "种树", "区园林局", "持续推进"
    )
    assert [(m.title, units(m), m.schedule) for m in measures(plan)] == [
        ("疏浚北河，清淤3公里", ["*区水务局", "区财政局"], "6月底"),
        ("种树", ["*区园林局"], "持续推进"),
    ]


def test_a_number_a_name_and_a_text_are_number_title_and_text_under_the_heads_between_rows() -> None:
    plan = read(
        TITLE,
        *("序号", "事项", "主要内容", "责任单位", "时限"),
        "（一）治水",
        *("1", "北河疏浚", "清淤3公里", "区水务局", "6月底"),
        "（二）治岸",
        *("2", "南岸绿廊", "种树200棵", "区园林局", "9月底"),
    )
    assert told(plan) == [("（一）治水", ["1北河疏浚"]), ("（二）治岸", ["2南岸绿廊"])]
    assert [m.text for m in measures(plan)] == ["清淤3公里", "种树200棵"]


def test_columns_of_persons_targets_and_remarks_are_told_apart_by_their_place() -> None:
    plan = read(
        TITLE,
        *("序号", "任务", "年度目标", "责任领导", "责任单位", "时限", "备注"),
        *("1", "疏浚北河", "清淤3公里", "白露", "区水务局", "6月底", "续建"),
        *("2", "种树", "种树200棵", "谷雨、夏至", "区园林局", "9月底"),
    )
    assert [units(m) for m in measures(plan)] == [["*区水务局"], ["*区园林局"]]
    assert [[(str(t.value), t.unit) for t in m.targets] for m in measures(plan)] == [
        [("3", "公里")],
        [("200", "棵")],
    ]
    assert warned(plan, Caution.COLUMN_UNREAD) == [15]


def test_a_name_of_no_known_meaning_among_the_header_is_a_column_too() -> None:
    plan = read(
        TITLE,
        *("序号", "任务", "总投资（万元）", "责任单位", "时限"),
        *("1", "疏浚北河", "300", "区水务局", "6月底"),
        *("2", "种树", "40", "区园林局", "9月底"),
    )
    assert [(m.title, units(m)) for m in measures(plan)] == [
        ("疏浚北河", ["*区水务局"]),
        ("种树", ["*区园林局"]),
    ]


def test_a_cell_that_names_a_group_once_holds_for_the_rows_below() -> None:
    plan = read(
        TITLE,
        *("重点任务", "举措", "责任单位", "时限"),
        *("治水", "疏浚北河", "区水务局", "6月底"),
        *("清理南河", "区水务局", "7月底"),
        *("治岸", "种树", "区园林局", "9月底"),
        *("修步道", "区园林局", "10月底"),
    )
    assert told(plan) == [("治水", ["疏浚北河", "清理南河"]), ("治岸", ["种树", "修步道"])]


def test_numbered_lines_of_a_cell_and_units_that_go_on_are_one_cell() -> None:
    plan = read(
        TITLE,
        *("序号", "任务", "措施", "责任单位", "时限"),
        *("1", "疏浚北河", "1.清淤3公里。", "2.加固堤岸。", "区水务局、", "区财政局", "6月底"),
        *("2", "种树", "补植200棵。", "区园林局", "9月底"),
    )
    first = measures(plan)[0]
    assert (first.text, units(first)) == ("1.清淤3公里。\n2.加固堤岸。", ["*区水务局", "区财政局"])
    assert warned(plan, Caution.ROW_UNSURE) == []


def test_a_name_cut_in_two_is_put_together_and_warned_of() -> None:
    plan = read(TITLE, *HEADER, "疏浚北河", "区住房城", "乡建设委", "6月底", "种树", "区园林局", "9月底")
    assert units(measures(plan)[0]) == ["*区住房城乡建设委"]
    assert warned(plan, Caution.ROW_UNSURE) == [5]


def test_page_marks_between_the_cells_are_none() -> None:
    plan = read(
        TITLE, *HEADER, "疏浚北河", "区水务局", "第2页", "6月底", "（续表）", "种树", "区园林局", "9月底"
    )
    assert [m.title for m in measures(plan)] == ["疏浚北河", "种树"]
    assert warned(plan, Caution.ROW_UNSURE) == []


def test_a_row_without_one_of_its_cells_is_kept_and_warned_of() -> None:
    rows = [("疏浚北河", "区水务局", "6月底"), ("种树", "区园林局"), ("护岸", "区水务局", "9月底")]
    plan = read(TITLE, *HEADER, *chain.from_iterable(rows))
    assert [(m.title, m.schedule) for m in measures(plan)] == [
        ("疏浚北河", "6月底"),
        ("种树", ""),
        ("护岸", "9月底"),
    ]
    assert warned(plan, Caution.ROW_UNSURE) == [8]


def test_header_cells_in_another_order_than_the_rows_are_put_right() -> None:
    rows = [("疏浚北河", "6月底", "区水务局"), ("种树", "7月底", "区园林局"), ("护岸", "9月底", "区水务局")]
    plan = read(TITLE, "责任单位", "时限", "任务", *chain.from_iterable(rows))
    assert [(m.title, m.schedule, units(m)) for m in measures(plan)] == [
        (title, when, [f"*{who}"]) for title, when, who in rows
    ]


def test_lines_behind_the_last_row_are_left_out_and_warned_of() -> None:
    plan = read(
        TITLE,
        *HEADER,
        *("疏浚北河", "区水务局", "6月底", "种树", "区园林局", "9月底"),
        "请各单位于每月底前报送进展。",
        "联系人：白露",
    )
    assert len(measures(plan)) == 2
    assert warned(plan, Caution.LINE_UNPLACED) == [11, 12]


def test_the_lists_own_title_is_no_column_of_it() -> None:
    plan = read(
        "柳堤区2026年河道整治方案",
        "重点任务清单",
        *("序号", "任务", "责任单位", "时限"),
        *("1", "疏浚北河", "区水务局", "6月底", "2", "种树", "区园林局", "9月底"),
    )
    assert [m.title for m in measures(plan)] == ["疏浚北河", "种树"]


WORDS = st.sampled_from(("疏浚北河", "清淤3公里，加固堤岸", "种树不少于200棵", "建成“水上巴士”码头"))
UNITS = st.sampled_from(("区水务局", "区园林局、区财政局", "区交通运输局，各街道", "区水务集团"))
DATES = st.sampled_from(("2026年6月底", "9月底前", "持续推进", "2026年12月"))


@given(st.lists(st.tuples(WORDS, UNITS, DATES), min_size=2, max_size=8))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_the_lines_of_a_table_are_read_as_the_table_is(rows: list[tuple[str, str, str]]) -> None:
    flat = read(TITLE, *HEADER, *chain.from_iterable(rows))
    table = read(TITLE, [HEADER, *rows])
    assert [(m.title, units(m), m.schedule, m.due) for m in measures(flat)] == [
        (m.title, units(m), m.schedule, m.due) for m in measures(table)
    ]
    assert warned(flat, Caution.ROW_UNSURE) == []


GROUPED = ("任务内容", "工作标准", "责任单位", "时限")
MERGED = (
    *("水面保洁", "北河水面全天无漂浮物", "区水务局", "6月底"),
    *("南河沿岸垃圾日产日清", "区城管局", "6月底"),
    *("岸线管护", "破损护坡修复到位", "区水务局", "9月底"),
    *("岸边绿化补植到位", "区园林局", "9月底"),
)


def test_a_first_column_that_only_some_rows_have_and_always_shorter_holds_sections() -> None:
    plan = read(TITLE, *GROUPED, *MERGED)
    assert told(plan) == [
        ("水面保洁", ["北河水面全天无漂浮物", "南河沿岸垃圾日产日清"]),
        ("岸线管护", ["破损护坡修复到位", "岸边绿化补植到位"]),
    ]
    assert warned(plan, Caution.ROW_UNSURE) == [7, 14]


def test_a_first_column_that_is_as_long_where_it_stands_alone_holds_the_tasks() -> None:
    plan = read(
        TITLE, *GROUPED, *("清理北河沿岸垃圾和水面漂浮物", "日产日清", "区水务局", "6月底"), *MERGED[4:7]
    )
    assert [measure.title for measure in measures(plan)] == [
        "清理北河沿岸垃圾和水面漂浮物",
        "南河沿岸垃圾日产日清",
    ]
