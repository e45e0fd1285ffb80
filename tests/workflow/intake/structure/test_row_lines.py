"""Lists with a row in each line, cells set apart by blanks."""

from tests.workflow.intake.structure.built import measures, read, told, units, warned
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区2026年河道整治安排"
HEADER = "序号 工作任务 完成时限 责任单位"


def test_cells_are_told_apart_by_their_look_and_heads_are_sections() -> None:
    plan = read(
        TITLE,
        HEADER,
        "一、治水",
        "１ 疏浚河道１２条。 ２０２６年６月底 区水务局、区财政局",
        "二、治岸",
        "２ 种树。 持续推进 区园林局",
    )
    assert told(plan) == [("一、治水", ["１疏浚河道１２条"]), ("二、治岸", ["２种树"])]
    first, second = measures(plan)
    assert (str(first.due), units(first)) == ("2026-06-30", ["*区水务局", "区财政局"])
    assert (second.schedule, units(second)) == ("持续推进", ["*区园林局"])


def test_blanks_inside_the_words_stay_in_them() -> None:
    (measure,) = measures(read(TITLE, HEADER, "1 疏浚 北河 南河 2026年6月 区水务局"))
    assert measure.title == "疏浚 北河 南河"


def test_two_columns_of_units_give_the_roles() -> None:
    plan = read(
        TITLE,
        "序号 工作任务 牵头单位 配合单位 完成时限",
        "1 疏浚 区水务局 区财政局、各街道 6月底",
        "2 种树 区园林局 无 7月底",
    )
    assert [units(measure) for measure in measures(plan)] == [
        ["*区水务局", "区财政局", "各街道"],
        ["*区园林局"],
    ]


def test_rows_that_a_page_has_cut_are_put_together() -> None:
    plan = read(
        TITLE,
        HEADER,
        "1 疏浚北河，清",
        "理淤泥。 2026年6月底 区水务局、区城市",
        "管理委",
        "2 种树。 7月底 区园林局",
        is_wrapped=True,
    )
    first, second = measures(plan)
    assert (first.title, units(first)) == ("疏浚北河，清理淤泥", ["*区水务局", "区城市管理委"])
    assert units(second) == ["*区园林局"]


def test_a_row_without_units_is_kept_and_warned_of() -> None:
    plan = read(TITLE, HEADER, "1 疏浚。 6月底 区水务局", "2 种树。 7月底 /", "3 护岸。 8月底 区园林局")
    assert [measure.title for measure in measures(plan)] == ["疏浚", "种树", "护岸"]
    assert warned(plan, Caution.UNITS_MISSING) == [4]


def test_a_line_behind_the_rows_is_no_row() -> None:
    plan = read(TITLE, HEADER, "1 疏浚。 6月底 区水务局", "注：时限均为今年。")
    assert len(measures(plan)) == 1
    assert warned(plan, Caution.LINE_UNPLACED) == [4]


def test_numbered_rows_without_a_header_are_a_list_and_the_missing_header_warned_of() -> None:
    plan = read(
        TITLE,
        "1 治水 疏浚河道12条 2026年6月底 区水务局、区财政局",
        "2 治水 清理南河 持续推进 区水务局",
        "3 治岸 种树200棵 9月底 区园林局",
    )
    assert told(plan) == [("治水", ["1疏浚河道12条", "2清理南河"]), ("治岸", ["3种树200棵"])]
    assert warned(plan, Caution.COLUMNS_GUESSED) == [2]


def test_a_column_of_units_before_the_words_is_known_by_its_place() -> None:
    plan = read(
        TITLE,
        "序号 责任单位 工作任务 完成时限",
        "1 区水务局、区财政局 疏浚 6月底",
        "2 区园林局 种树 持续推进",
    )
    assert [(measure.title, units(measure)) for measure in measures(plan)] == [
        ("疏浚", ["*区水务局", "区财政局"]),
        ("种树", ["*区园林局"]),
    ]
