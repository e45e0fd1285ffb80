"""Dates in a text, and by which of them something is promised."""

from datetime import date

import pytest

from tests.workflow.intake.passages import ONE_YEAR, THREE_YEARS
from workflow.intake.dates.dates import DateKind, all_dates, dates_in


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026年度", "2026-01-01", "2026-12-31"),
        ("2026年底", "2026-01-01", "2026-12-31"),
        ("2026年6月", "2026-06-01", "2026-06-30"),
        ("2026 年 6 月底", "2026-06-01", "2026-06-30"),
        ("2028年2月底前", "2028-02-01", "2028-02-29"),
        ("2026年6月15日", "2026-06-15", "2026-06-15"),
        ("2026年6月中旬", "2026-06-01", "2026-06-20"),
        ("2026年上半年", "2026-01-01", "2026-06-30"),
        ("2026年第三季度", "2026-07-01", "2026-09-30"),
        ("2026年Q3", "2026-07-01", "2026-09-30"),
        ("2026年前三季度", "2026-01-01", "2026-09-30"),
        ("2026年第一、二季度", "2026-04-01", "2026-06-30"),
        ("2026年年底前", "2026-01-01", "2026-12-31"),
        ("2026年全年", "2026-01-01", "2026-12-31"),
        ("２０２６年６月", "2026-06-01", "2026-06-30"),
        ("二〇二六年十二月三十一日", "2026-12-31", "2026-12-31"),
        ("2026.6", "2026-06-01", "2026-06-30"),
        ("2026.06.30", "2026-06-30", "2026-06-30"),
        ("2026-06-30", "2026-06-30", "2026-06-30"),
        ("2026-06-30 00:00:00", "2026-06-30", "2026-06-30"),
        ("2026/6/30", "2026-06-30", "2026-06-30"),
        ("20260630", "2026-06-30", "2026-06-30"),
        ("2026-2028年", "2026-01-01", "2028-12-31"),
        ("2026年至2028年", "2026-01-01", "2028-12-31"),
        ("2026年3月至10月", "2026-03-01", "2026-10-31"),
        ("2026年6—8月", "2026-06-01", "2026-08-31"),
        ("2026年3月—2027年6月", "2026-03-01", "2027-06-30"),
        ("“十五五”期末", "2026-01-01", "2030-12-31"),
    ],
)
def test_a_date_covers_the_days_that_its_words_allow(text: str, first: str, last: str) -> None:
    (found,) = all_dates(text, THREE_YEARS)
    assert (found.first, found.date) == (date.fromisoformat(first), date.fromisoformat(last))
    assert not found.is_assumed


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("6月底前", "2026-06-30"),
        ("十二月底前", "2026-12-31"),
        ("年底前", "2026-12-31"),
        ("年内", "2026-12-31"),
        ("全年", "2026-12-31"),
        ("今年", "2026-12-31"),
        ("明年", "2027-12-31"),
        ("下半年", "2026-12-31"),
        ("三季度末", "2026-09-30"),
    ],
)
def test_a_date_without_a_year_is_in_the_plans_only_year(text: str, last: str) -> None:
    (found,) = all_dates(text, ONE_YEAR)
    assert found.date == date.fromisoformat(last)
    assert not found.is_assumed


def test_a_date_without_a_year_in_a_plan_of_several_is_not_sure() -> None:
    (found,) = all_dates("6月底前", THREE_YEARS)
    assert (found.date, found.is_assumed) == (date(2026, 6, 30), True)


def test_a_date_without_a_year_has_that_of_the_date_before_it_in_its_sentence() -> None:
    dates = all_dates("2027年3月动工，9月完工，次年2月交付。5月启用", THREE_YEARS)
    assert [(str(found.date), found.is_assumed) for found in dates] == [
        ("2027-03-31", False),
        ("2027-09-30", False),
        ("2028-02-29", False),
        ("2026-05-31", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026年13月",
        "2026年2月30日前",
        "三年内",
        "3个月内",
        "半年内",
        "去年底",
        "学年末",
        "全年龄段",
        "每季度末",
        "第12月龄",
        "《水系规划（2026年）》",
        "版本2.0",
        "文号2026",
    ],
)
def test_what_is_no_date_or_no_day_is_not_found(text: str) -> None:
    assert all_dates(text, ONE_YEAR) == ()


def test_a_month_before_which_is_not_sure() -> None:
    assert [
        found.is_assumed for found in all_dates("2026年6月前，2026年6月底前，2026年6月1日前", ONE_YEAR)
    ] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("text", ["2026年春节前", "2026年“五一”前", "2026年9月开学前", "2026年秋季学期"])
def test_a_day_that_is_named_and_not_dated_is_not_sure(text: str) -> None:
    (found,) = all_dates(text, ONE_YEAR)
    assert found.is_assumed


def test_a_date_behind_every_year_recurs_and_so_does_the_one_joined_to_it() -> None:
    dates = all_dates("每年6月、12月报告，2026年9月总结", THREE_YEARS)
    assert [found.is_recurring for found in dates] == [True, True, False]


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("到2027年，断点减少", [date(2027, 12, 31)]),
        ("确保2027年实现贯通", [date(2027, 12, 31)]),
        ("2027年底贯通，2028年6月底亮灯", [date(2027, 12, 31), date(2028, 6, 30)]),
        ("到2027年6月15日完成", [date(2027, 6, 15)]),
        ("2027年，新建驿站10个", [date(2027, 12, 31)]),
        ("2027年6月启动试点", [date(2027, 6, 30)]),
        ("截至2026年底，建成3处", [date(2026, 12, 31)]),
        ("到2030年贯通全线", [date(2030, 12, 31)]),
        ("到2027年、2030年分别贯通", [date(2027, 12, 31), date(2030, 12, 31)]),
        ("绿化率由2026年的30%提升至2027年的40%", [date(2027, 12, 31)]),
        ("绿化率2027年达到40%", [date(2027, 12, 31)]),
    ],
)
def test_a_sentence_promises_by_a_date(sentence: str, dates: list[date]) -> None:
    assert [found.date for found in dates_in(sentence, THREE_YEARS)] == dates


@pytest.mark.parametrize(
    "sentence",
    [
        "在2026年的基础上每年减少",
        "自2026年6月起施行",
        "较2026年增长",
        "2026年以来稳步推进",
        "到2024年底已建成3处",
        "每年12月底前报告",
        "落实全市2027年目标任务",
        "依据2026年3月印发的办法",
    ],
)
def test_a_baseline_a_beginning_and_the_past_promise_nothing(sentence: str) -> None:
    assert dates_in(sentence, THREE_YEARS) == ()


def test_a_found_date_keeps_its_place_and_kind() -> None:
    (found,) = dates_in("绿道于2027年6月底前贯通", THREE_YEARS)
    assert (found.start, found.end, found.kind) == (3, 12, DateKind.MONTH)
