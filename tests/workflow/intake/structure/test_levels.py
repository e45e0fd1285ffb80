"""Measures stand at whatever level names units: chapters, heads, items, articles, or items of items."""

import pytest

from tests.workflow.intake.structure.built import Row, measures, read, told, units, warned
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区河道整治方案（2026年）"


def test_chapters_that_name_units_are_the_measures_and_the_plan_their_section() -> None:
    plan = read(TITLE, "一、疏浚河道。清淤。（责任单位：区水务局）", "二、种树。栽柳。（责任单位：区园林局）")
    assert told(plan) == [(TITLE, ["一、疏浚河道", "二、种树"])]


def test_heads_may_count_on_through_the_chapters() -> None:
    plan = read(
        TITLE,
        "一、治水",
        "（一）疏浚。清淤。（责任单位：区水务局）",
        "（二）截污。（责任单位：区水务局）",
        "二、治岸",
        "（三）种树。（责任单位：区园林局）",
    )
    assert told(plan) == [("一、治水", ["（一）疏浚", "（二）截污"]), ("二、治岸", ["（三）种树"])]
    assert warned(plan, Caution.SERIAL_GAP) == []


def test_items_of_items_that_name_units_are_the_measures() -> None:
    plan = read(
        TITLE,
        "一、任务",
        "（一）治水",
        "1.疏浚河道",
        "（1）清淤。（责任单位：区水务局）",
        "（2）护岸。（责任单位：区水务局）",
    )
    assert told(plan) == [("1.疏浚河道", ["（1）清淤", "（2）护岸"])]


def test_articles_under_parts_are_measures() -> None:
    plan = read(
        TITLE,
        "第一部分 治水",
        "第一条 疏浚。清淤。（责任单位：区水务局）",
        "第二条 截污。（责任单位：区水务局）",
    )
    assert told(plan) == [("第一部分治水", ["第一条疏浚", "第二条截污"])]


def test_headings_without_numbers_stand_as_deep_as_their_rank() -> None:
    plan = read(
        (TITLE, 1),
        ("治水", 2),
        ("疏浚河道", 3),
        "清淤。（责任单位：区水务局）",
        ("截污", 3),
        "改管。（责任单位：区住建局）",
    )
    assert told(plan) == [("治水", ["疏浚河道", "截污"])]


@pytest.mark.parametrize("last", ["（责任单位：区水务局、区园林局）", "责任单位：区水务局、区园林局"])
def test_units_on_a_line_behind_several_items_hold_for_the_head(last: str) -> None:
    plan = read(
        TITLE,
        "一、任务",
        "（一）治水",
        "1.疏浚。",
        "2.截污。",
        last,
        "（二）治岸",
        "1.种树。",
        "2.护坡。",
        last,
    )
    assert told(plan) == [("一、任务", ["（一）治水", "（二）治岸"])]
    assert measures(plan)[0].text == "1.疏浚。\n2.截污。"
    assert units(measures(plan)[0]) == ["*区水务局", "区园林局"]


def test_units_in_the_titles_line_hold_for_the_paragraphs_under_it() -> None:
    plan = read(
        TITLE,
        "一、任务",
        "（一）治水（责任单位：区水务局）",
        "疏浚。",
        "截污。",
        "（二）治岸（责任单位：区园林局）",
        "种树。",
    )
    assert [(m.title, m.text) for m in measures(plan)] == [("治水", "疏浚。\n截污。"), ("治岸", "种树。")]


def test_labels_on_lines_of_their_own_give_roles_and_schedule() -> None:
    plan = read(
        TITLE,
        "一、任务",
        "1.疏浚",
        "清淤。",
        "牵头单位：区水务局",
        "配合单位：区财政局、各街道",
        "完成时限：2026年6月底",
    )
    (measure,) = measures(plan)
    assert (units(measure), str(measure.due), measure.text) == (
        ["*区水务局", "区财政局", "各街道"],
        "2026-06-30",
        "清淤。",
    )
    assert {warning.code for warning in plan.warnings} == set()


def test_a_schedule_in_the_bracket_is_the_measures() -> None:
    (measure,) = measures(read(TITLE, "1.疏浚。清淤。（责任单位：区水务局；完成时限：2026年6月底）"))
    assert (measure.schedule, str(measure.due)) == ("2026年6月底", "2026-06-30")


def test_a_date_in_the_text_of_a_measure_without_schedule_is_named_and_not_taken_for_its_due_date() -> None:
    plan = read(TITLE, "1.疏浚。2026年6月底前完成清淤。（责任单位：区水务局）")
    (measure,) = measures(plan)
    assert measure.due is None
    assert [str(step.due) for step in measure.milestones] == ["2026-06-30"]
    (warning,) = (warning for warning in plan.warnings if warning.code is Caution.SCHEDULE_IN_TEXT)
    assert (warning.line, warning.params) == (2, {"title": "疏浚", "dates": "2026年6月底前"})


def test_a_head_that_names_units_of_its_own_above_items_that_do_is_warned_of() -> None:
    plan = read(
        TITLE,
        "（一）治水（牵头单位：区政府办）",
        "1.疏浚。（责任单位：区水务局）",
        "2.截污。（责任单位：区住建局）",
    )
    assert told(plan) == [("（一）治水", ["1.疏浚", "2.截污"])]
    assert warned(plan, Caution.BRACKET_UNPLACED) == [2]


def test_a_measure_that_names_nobody_among_others_is_kept_and_warned_of() -> None:
    plan = read(
        TITLE,
        "一、任务",
        "1.疏浚。（责任单位：区水务局）",
        "2.截污。改管。",
        "3.种树。（责任单位：区园林局）",
    )
    assert [measure.title for measure in measures(plan)] == ["疏浚", "截污", "种树"]
    assert warned(plan, Caution.UNITS_MISSING) == [4]


def test_general_chapters_hold_no_measures_and_others_that_hold_none_are_warned_of() -> None:
    plan = read(
        TITLE,
        "一、总体要求",
        "坚持治水。",
        "二、分区治理",
        "（一）北区。疏浚。",
        "三、任务",
        "（一）疏浚。（责任单位：区水务局）",
        "（二）截污。（责任单位：区水务局）",
        "四、保障措施",
        "（一）加强领导。",
    )
    assert [section for section, _ in told(plan)] == ["三、任务"]
    assert warned(plan, Caution.SECTION_EMPTY) == [4]


def test_figures_outside_every_measure_are_warned_of() -> None:
    plan = read(
        TITLE,
        "一、工作目标",
        "到2026年，水质达标率达到95%以上。",
        "二、任务",
        "1.疏浚。（责任单位：区水务局）",
    )
    assert warned(plan, Caution.TARGETS_UNPLACED) == [3]


def test_the_names_of_annexes_are_no_measures() -> None:
    plan = read(TITLE, "一、任务", "1.疏浚。（责任单位：区水务局）", "附件：1.河道名录", "2.分工图")
    assert [measure.title for measure in measures(plan)] == ["疏浚"]


def test_a_narrative_that_names_nobody_gives_title_and_text_to_the_rows_of_its_list() -> None:
    plan = read(
        TITLE,
        "二、主要任务",
        "（一）疏浚河道",
        "清淤10公里以上。",
        "（二）截污纳管",
        "改造管网。",
        "附件",
        "任务分工表",
        [
            ("序号", "任务", "责任单位", "时限"),
            ("1", "疏浚河道", "区水务局", "6月底"),
            ("2", "截污纳管", "区住建局", "7月底"),
        ],
    )
    assert told(plan) == [("二、主要任务", ["（一）疏浚河道", "（二）截污纳管"])]
    assert [(m.text, str(m.due)) for m in measures(plan)] == [
        ("清淤10公里以上。", "2026-06-30"),
        ("改造管网。", "2026-07-31"),
    ]


def test_a_rule_for_the_rest_of_the_document_is_no_measure_and_holds_for_it() -> None:
    plan = read(
        TITLE,
        "以下各项均需各街道推进，不再单独列出。",
        "一、疏浚。清淤。（责任单位：区水务局，列第一位的为牵头单位，下同）",
        "二、种树。（责任单位：区园林局、区水务局）",
    )
    assert [units(measure) for measure in measures(plan)] == [
        ["*区水务局", "各街道"],
        ["*区园林局", "区水务局", "各街道"],
    ]
    assert warned(plan, Caution.LEAD_BY_ORDER) == []


def test_a_plan_divided_among_bureaus_takes_the_units_from_its_heads() -> None:
    plan = read(
        TITLE, "一、区水务局（2项）", "1.疏浚。清淤。", "2.截污。", "二、区园林局牵头（1项）", "1.种树。"
    )
    assert [(m.title, units(m)) for m in measures(plan)] == [
        ("疏浚", ["*区水务局"]),
        ("截污", ["*区水务局"]),
        ("种树", ["*区园林局"]),
    ]
    assert warned(plan, Caution.UNITS_FROM_HEAD) == [2, 5]


def test_a_narrative_that_names_nobody_is_read_by_the_titles_of_a_flattened_list_too() -> None:
    listed = ("任务分工表", "序号", "任务", "责任单位", "时限", "1", "疏浚河道", "区水务局", "6月底")
    plan = read(TITLE, "二、主要任务", "（一）疏浚河道", "清淤10公里以上。", *listed)
    (measure,) = measures(plan)
    assert (measure.text, units(measure), str(measure.due)) == (
        "清淤10公里以上。",
        ["*区水务局"],
        "2026-06-30",
    )


def test_paragraphs_without_numbers_that_each_name_their_units_are_measures() -> None:
    plan = read(
        TITLE, "一、任务", "——疏浚河道。清淤。（责任单位：区水务局）", "——种树。（责任单位：区园林局）"
    )
    assert told(plan) == [("一、任务", ["疏浚河道", "种树"])]
    assert [units(measure) for measure in measures(plan)] == [["*区水务局"], ["*区园林局"]]


LISTED: list[Row] = [
    ("行动", "任务", "责任单位", "时限"),
    ("治水", "疏浚北河", "区水务局", "6月"),
    ("治水", "清理南河", "区水务局", "7月"),
]


def test_the_lists_titles_tell_the_measures_though_a_closing_chapter_names_who_coordinates() -> None:
    plan = read(
        "柳堤区河道整治方案（2026年）",
        "一、重点行动",
        "（一）治水",
        "1.疏浚北河。清淤3公里。",
        "2.清理南河。清除水草。",
        "二、组织保障",
        "区水务局统筹推进，各街道制定配套方案。",
        "附件：任务清单",
        LISTED,
    )
    assert told(plan) == [("（一）治水", ["1.疏浚北河", "2.清理南河"])]
    assert [measure.schedule for measure in measures(plan)] == ["6月", "7月"]
    assert [measure.text for measure in measures(plan)] == ["清淤3公里。", "清除水草。"]


def test_paragraphs_each_followed_by_lines_of_units_and_schedule_are_measures() -> None:
    plan = read(
        "柳堤区河道整治安排（2026年）",
        "为做好整治，作如下安排。",
        "任务一：疏浚北河",
        "责任单位：区水务局",
        "完成时限：2026年6月",
        "任务二：种树",
        "责任单位：区园林局、区水务局",
        "完成时限：2026年9月",
    )
    assert [(m.title, units(m), m.schedule) for m in measures(plan)] == [
        ("疏浚北河", ["*区水务局"], "2026年6月"),
        ("种树", ["*区园林局", "区水务局"], "2026年9月"),
    ]


def test_a_single_point_under_a_head_is_its_measure() -> None:
    plan = read(
        TITLE,
        "一、治水",
        "——疏浚北河。清淤。责任单位：区水务局",
        "——清理南河。除草。责任单位：区水务局",
        "二、治岸",
        "——种树。栽柳。责任单位：区园林局",
    )
    assert told(plan) == [("一、治水", ["疏浚北河", "清理南河"]), ("二、治岸", ["种树"])]


def test_a_task_with_a_number_of_its_own_begins_there_also_where_its_text_is_another_paragraph() -> None:
    plan = read(
        "柳堤区河道整治安排（2026年）",
        "为做好整治，作如下安排。",
        "任务一：疏浚北河",
        "◆清淤3公里。",
        "（牵头：区水务局；配合：区财政局；时限：6月底前）",
        "任务二：种树",
        "◆栽柳200棵。",
        "（牵头：区园林局；配合：区水务局；时限：9月底前）",
    )
    assert [(m.title, units(m), m.schedule) for m in measures(plan)] == [
        ("疏浚北河", ["*区水务局", "区财政局"], "6月底前"),
        ("种树", ["*区园林局", "区水务局"], "9月底前"),
    ]


def test_a_word_drawn_out_by_blanks_is_a_whole_head() -> None:
    plan = read(
        TITLE,
        "第一章  治  水",
        "第一条 疏浚。清淤。（责任单位：区水务局）",
        "第二章  岸　线",
        "第二条 种树。（责任单位：区园林局）",
    )
    assert [head for head, _ in told(plan)] == ["第一章治水", "第二章岸线"]
