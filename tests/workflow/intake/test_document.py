"""A document as a whole: title, period, hash and warnings."""

from datetime import date

import pytest

from tests.workflow.intake.greenway import (
    LIST,
    NARRATIVE,
    WHOLE,
    changed,
    line_of,
    measures,
    read,
    units,
    warned,
)
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.plan_read import TITLE_LONGEST
from workflow.intake.reader_warnings import Caution


def test_title_and_period_come_from_the_heading() -> None:
    plan = read()
    assert plan.plan.title == "河湾区绿道建设行动方案（2026-2028年）"
    assert plan.period == "2026-2028年"
    assert (plan.plan.period_start, plan.plan.period_end) == (date(2026, 1, 1), date(2028, 12, 31))
    assert plan.plan.source_name == "greenway.txt"


def test_lines_before_the_title_do_not_hide_it() -> None:
    assert read("附件1\n" + WHOLE).plan.title == "河湾区绿道建设行动方案（2026-2028年）"


def test_every_warning_of_the_sample_is_expected_and_stands_in_the_order_of_lines() -> None:
    assert [(warning.line, warning.code) for warning in read().warnings] == [
        (line_of("三、保障措施"), Caution.SECTION_NOT_IN_LIST),
        (line_of("每季度碰头"), Caution.UNIT_OPEN_ENDED),
        (line_of("区园林局、", after="任务清单"), Caution.UNIT_OPEN_ENDED),
        (line_of("区园林局、", after="任务清单"), Caution.LEAD_BY_ORDER),
        (line_of("区园林局、", after="任务清单"), Caution.UNITS_DIFFER),
    ]


def test_warnings_are_handed_to_the_ledger_as_they_are() -> None:
    plan = read()
    assert plan.plan.warnings == [warning.stored() for warning in plan.warnings]


def test_the_same_source_has_the_same_hash_whatever_its_blanks() -> None:
    assert read(WHOLE.replace("\n", "\r\n\r\n　")).plan.source_hash == read().plan.source_hash


def test_another_word_is_another_source() -> None:
    assert read(changed(("步行桥", "人行桥"))).plan.source_hash != read().plan.source_hash


def test_a_period_of_one_year_twice_is_that_year_and_warned_of() -> None:
    plan = read(WHOLE.replace("2026-2028年", "2026-2026年"))
    assert (plan.plan.period_start, plan.plan.period_end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert [(w.line, w.params) for w in warned(plan, Caution.PERIOD_EQUAL)] == [(1, {"year": 2026})]


def test_a_list_of_another_period_is_warned_of() -> None:
    plan = read(NARRATIVE + LIST.replace("2026-2028年", "2026-2027年"))
    assert plan.plan.period_end == date(2028, 12, 31)
    assert [w.line for w in warned(plan, Caution.PERIOD_DIFFERS)] == [line_of("任务清单")]


def test_a_title_that_the_ledger_cannot_keep_whole_is_cut_and_warned_of() -> None:
    long = "绿" * (TITLE_LONGEST + 1)
    plan = read(changed(("修补破损路面。逐段", f"{long}。逐段"), text=NARRATIVE))
    assert plan.plan.sections[0].measures[1].title == long[:TITLE_LONGEST]
    assert len(warned(plan, Caution.TEXT_CUT)) == 1


def test_a_plan_whose_titles_name_no_period_takes_the_texts_and_is_warned_of() -> None:
    plan = read(WHOLE.replace("（2026-2028年）", "").replace("2027年12月底前", "2028年12月底前"))
    assert (plan.plan.period_start, plan.plan.period_end) == (date(2027, 1, 1), date(2028, 12, 31))
    assert [(w.line, w.params) for w in warned(plan, Caution.PERIOD_GUESSED)] == [
        (1, {"period": "2027-2028年"})
    ]


def test_a_rule_on_units_under_a_condition_is_warned_of_once_and_adds_no_unit() -> None:
    rule = "各项任务列首位的为牵头单位；凡涉及征地的，均需各学校配合，不再逐项列出。"
    text = changed(("为让居民", f"{rule}\n为让居民"))
    plan = read(text)
    assert [w.line for w in warned(plan, Caution.BRACKET_UNPLACED)] == [line_of("凡涉及征地的", text)]
    assert all("各学校" not in units(measure) for measure in measures(plan).values())


def test_a_plan_without_any_year_is_refused() -> None:
    with pytest.raises(IntakeError) as refused:
        read(WHOLE.replace("（2026-2028年）", "").replace("2027年12月底前", "年底").replace("到2027年，", ""))
    assert refused.value.fault is Fault.NO_PERIOD


def test_a_list_whose_cells_run_together_is_refused_whatever_stands_beside_it() -> None:
    text = NARRATIVE + "序号主要任务进度安排责任单位1打通沿河断点持续推进区园林局"
    with pytest.raises(IntakeError) as refused:
        read(text)
    assert refused.value.fault is Fault.RUN_TOGETHER
    assert refused.value.params == {"line": line_of("序号主要任务", text)}


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很好。",
        "通知（2026年）\n一、时间\n周五。\n二、地点\n会议室。",
        "方案（2026年）\n（一）贯通\n1.修桥。修。\n2.补路。补。",
        "方案（2026年）\n1.修桥。修。（责任单位：）",
        "主要任务\n进度安排\n责任单位",
    ],
    ids=["prose", "notice", "no units", "empty bracket", "header alone"],
)
def test_a_text_without_measures_and_units_is_no_plan(text: str) -> None:
    with pytest.raises(IntakeError) as refused:
        read(text)
    assert refused.value.fault is Fault.NO_PLAN
