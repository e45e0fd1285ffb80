"""Numeric targets in a measure's text."""

from datetime import date
from decimal import Decimal

import pytest

from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.targets import read_targets

END = date(2027, 12, 31)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(t.comparator, str(t.value), t.unit) for t in read_targets(text, 3, WarningList())]


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("绿化率超过85%", ">", "85", "%"),
        ("绿化率不低于85.5％", ">=", "85.5", "%"),
        ("每个街道至少建成3个驿站", ">=", "3", "个"),
        ("断点不超过5个", "<=", "5", "个"),
        ("投诉率低于2%", "<", "2", "%"),
        ("绿化率达到90%", ">=", "90", "%"),
        ("95%的路段达到二级标准", ">=", "95", "%"),
        ("断点每年减少10%以上", ">=", "10", "%/年"),
        ("生均绿地经费不低于200元", ">=", "200", "元/生"),
        ("投入超过1.5亿元", ">", "1.5", "亿元"),
        ("绿化率不低于９０％", ">=", "90", "%"),
    ],
)
def test_a_number_with_comparator_and_unit_is_a_target(
    text: str, comparator: str, value: str, unit: str
) -> None:
    (target,) = read_targets(text, 1, WarningList())
    assert (target.comparator, target.value, target.unit) == (comparator, Decimal(value), unit)


def test_one_comparator_holds_for_two_numbers_joined_by_and() -> None:
    assert found("每名志愿者至少掌握2项急救技能和1门外语") == [(">=", "2", "项/人"), (">=", "1", "门/人")]


def test_a_definition_in_brackets_may_stand_between_name_and_number() -> None:
    (target,) = read_targets("到2027年，驿站覆盖率（有驿站的路段占比）超过80%。", 1, WarningList())
    assert (target.text, target.comparator, target.due) == ("驿站覆盖率（有驿站的路段占比）超过80%", ">", END)


def test_one_date_before_the_first_number_holds_for_the_whole_sentence_and_no_further() -> None:
    targets = read_targets("到2027年，绿化率超过85%，驿站超过40个。长椅超过100个。", 1, WarningList())
    assert [target.due for target in targets] == [END, END, None]


def test_one_date_behind_the_last_number_holds_for_the_whole_sentence() -> None:
    targets = read_targets("绿化率超过85%，驿站超过40个，2027年底完成。", 1, WarningList())
    assert [target.due for target in targets] == [END, END]


def test_a_baseline_year_is_no_date() -> None:
    (target,) = read_targets("在2026年的基础上每年减少10%以上", 1, WarningList())
    assert target.due is None


@pytest.mark.parametrize(
    "text",
    [
        "完成第三轮改造和第二期工程",
        "推进绿道2.0和一街一品",
        "对连续三年下降的路段约谈",
        "维护经费不低于上年水平",
        "对绿化率低于60%的街道约谈",
        "未达到90%的，限期整改",
        "覆盖率达到80%-90%",
        "2027年全面完成",
    ],
)
def test_other_numbers_are_no_targets(text: str) -> None:
    assert found(text) == []


def test_figures_that_were_not_read_are_named_once_with_the_line() -> None:
    warnings = WarningList()
    read_targets("免费开放12年，绿化率超过85%，补助300元，又300元，2027年完成。", 7, warnings)
    assert [(w.line, w.code, w.params) for w in warnings] == [
        (7, Caution.FIGURES_UNREAD, {"figures": "12年、300元"})
    ]
