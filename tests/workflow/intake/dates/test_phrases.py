"""What a schedule cell says."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.passages import ONE_YEAR, THREE_YEARS, passage_of
from workflow.intake.dates.phrases import Schedule, read_schedule, warn_of_schedule
from workflow.intake.period import Period
from workflow.intake.reader_warnings import Caution, WarningList


def read(cell: str, period: Period = THREE_YEARS) -> Schedule:
    return read_schedule(passage_of(cell), period)


def milestones(cell: str, period: Period = THREE_YEARS) -> list[tuple[str, str]]:
    return [(step.title, str(step.due)) for step in read(cell, period).milestones]


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("2027年12月底前", date(2027, 12, 31)),
        ("2027年6月", date(2027, 6, 30)),
        ("2028年2月底前完成", date(2028, 2, 29)),
        ("2027年9月15日前", date(2027, 9, 15)),
        ("到2027年", date(2027, 12, 31)),
        ("2027年底", date(2027, 12, 31)),
        ("2027年底前完成。", date(2027, 12, 31)),
        ("２０２７年６月", date(2027, 6, 30)),
        ("2027年12月\n底前", date(2027, 12, 31)),
        ("2026-2027年", date(2027, 12, 31)),
        ("2026年—2028年", date(2028, 12, 31)),
        ("自2026年1月至10月", date(2026, 10, 31)),
        ("完成时限：2027年6月底", date(2027, 6, 30)),
        ("2027年9月底前投入使用", date(2027, 9, 30)),
        ("2027年6月底前建立月度调度机制", date(2027, 6, 30)),
        ("汛前（2027年5月底前）", date(2027, 5, 31)),
        ("2027年年底前", date(2027, 12, 31)),
        ("2027", date(2027, 12, 31)),
        ("2026-2027", date(2027, 12, 31)),
        ("不晚于2027年6月30日", date(2027, 6, 30)),
        ("2027-12-31 00:00:00", date(2027, 12, 31)),
    ],
)
def test_a_date_is_when_the_measure_is_due(cell: str, due: date) -> None:
    assert read(cell) == Schedule(due=due)


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("12月底前", date(2026, 12, 31)),
        ("12月", date(2026, 12, 31)),
        ("年内", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("上半年", date(2026, 6, 30)),
        ("明年", date(2027, 12, 31)),
    ],
)
def test_without_a_year_it_is_the_plans_own_and_not_clear_where_that_has_several(
    cell: str, due: date
) -> None:
    assert read(cell, ONE_YEAR) == Schedule(due=due)
    assert read(cell, THREE_YEARS) == Schedule(due=due, is_clear=False)


@pytest.mark.parametrize(
    "cell",
    [
        "持续推进",
        "长期坚持",
        " 持续 推进 ",
        "常态化开展",
        "持续推进。",
        "长期",
        "常态化、长效化",
        "贯穿全过程",
        "全程",
        "2026年起持续推进",
        "自2027年6月起",
        "全年",
    ],
)
def test_ongoing_words_are_a_schedule_without_a_date(cell: str) -> None:
    assert read(cell) == Schedule(is_ongoing=True)


@pytest.mark.parametrize(
    ("cell", "cycle"),
    [
        ("每年", "year"),
        ("每年12月底前", "year"),
        ("每年6月、12月", "year"),
        ("每半年", "half_year"),
        ("每学期开学前", "half_year"),
        ("每季度", "quarter"),
        ("每季度开展一次", "quarter"),
        ("每月", "month"),
        ("每月5日前", "month"),
        ("长期坚持，每季度调度", "quarter"),
        ("2027年6月起每季度调度", "quarter"),
    ],
)
def test_what_comes_again_is_ongoing_with_its_cycle(cell: str, cycle: str) -> None:
    assert read(cell) == Schedule(is_ongoing=True, cycle=cycle)


@pytest.mark.parametrize(
    ("cell", "until"),
    [
        ("2027年持续推进", date(2027, 12, 31)),
        ("2026-2028年持续推进", date(2028, 12, 31)),
        ("实施期限至2027年12月31日", date(2027, 12, 31)),
        ("政策有效期至2028年6月30日", date(2028, 6, 30)),
        ("执行至2027年底", date(2027, 12, 31)),
        ("2026-2027年，持续推进", date(2027, 12, 31)),
        ("“十五五”期间持续推进", date(2030, 12, 31)),
    ],
)
def test_going_on_up_to_a_day_is_no_deadline(cell: str, until: date) -> None:
    assert read(cell) == Schedule(is_ongoing=True, valid_until=until)


@pytest.mark.parametrize("cell", ["年内持续推进", "全年", "全年持续推进"])
def test_going_on_all_year_ends_with_the_year(cell: str) -> None:
    assert read(cell, ONE_YEAR) == Schedule(is_ongoing=True, valid_until=date(2026, 12, 31))


def test_a_cycle_within_a_span_of_years_ends_with_it() -> None:
    found = read("2026—2027年每年12月底前")
    assert (found.is_ongoing, found.cycle, found.valid_until) == (True, "year", date(2027, 12, 31))
    assert found.due is None


def test_a_date_after_which_the_work_goes_on_is_a_milestone() -> None:
    found = read("2026年6月持续跟踪")
    assert (found.due, found.is_ongoing, found.is_clear) == (None, True, True)
    assert milestones("2026年6月持续跟踪") == [("持续跟踪", "2026-06-30")]


@pytest.mark.parametrize(
    "cell",
    ["2026年6月底前完成，并持续推进", "2026年6月底前完成并长期坚持", "2026年6月底前完成，纳入常态化管理"],
)
def test_what_is_completed_and_kept_up_is_due_and_ongoing(cell: str) -> None:
    found = read(cell)
    assert (found.due, found.is_ongoing, found.is_clear) == (date(2026, 6, 30), True, True)
    assert milestones(cell) == [("完成", "2026-06-30")]


def test_a_beginning_and_a_use_are_milestones_and_no_completion() -> None:
    found = read("2026年5月底前动工，9月投入使用")
    assert (found.due, found.is_ongoing, found.is_clear) == (None, False, False)
    assert milestones("2026年5月底前动工，9月投入使用") == [
        ("动工", "2026-05-31"),
        ("投入使用", "2026-09-30"),
    ]


def test_a_first_result_is_a_milestone_and_the_completion_is_due() -> None:
    cell = "2026年6月底取得阶段性成果，2027年底全面完成"
    assert read(cell).due == date(2027, 12, 31)
    assert milestones(cell) == [("取得阶段性成果", "2026-06-30")]


def test_of_two_dates_for_two_addressees_the_later_is_due() -> None:
    cell = "市级2026年6月底前，区级2026年9月底前"
    assert read(cell).due == date(2026, 9, 30)
    assert milestones(cell) == [("市级", "2026-06-30")]


def test_steps_without_a_sign_between_them_are_told_apart_by_their_dates() -> None:
    cell = "2026年6月底前出台方案\n2027年12月底前全面完成"
    assert milestones(cell) == [("出台方案", "2026-06-30")]
    assert read(cell).due == date(2027, 12, 31)


@pytest.mark.parametrize(
    "cell",
    [
        "2027年13月",
        "2027年2月30日前",
        "按计划推进",
        "按上级要求",
        "根据项目进度推进",
        "持续推进绿道贯通",
        "三年内",
        "3个月内",
        "印发后30日内完成",
        "已完成",
        "立行立改",
        "",
        "绿" * 600,
    ],
)
def test_what_is_not_understood_is_not_clear(cell: str) -> None:
    assert read(cell) == Schedule(is_clear=False)


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("2027年6月前", date(2027, 6, 30)),
        ("2027年9月开学前", date(2027, 9, 30)),
        ("已于2026年3月完成", date(2026, 3, 31)),
        ("立即启动，2026年底前完成", date(2026, 12, 31)),
    ],
)
def test_what_is_not_understood_whole_is_read_and_not_clear(cell: str, due: date) -> None:
    assert read(cell) == Schedule(due=due, is_clear=False)


def test_a_milestone_has_its_place_in_the_source() -> None:
    cell = passage_of("2026年6月底前\n动工，2027年底前完工")
    (step,) = read_schedule(cell, THREE_YEARS).milestones
    assert step.span == (cell.start, cell.start + len("2026年6月底前\n动工"))


@pytest.mark.parametrize(
    ("cell", "warned"),
    [
        ("2027年6月底前", []),
        ("2027年6月前", [(2, Caution.SCHEDULE_UNSURE)]),
        ("按计划推进", [(2, Caution.SCHEDULE_UNCLEAR)]),
    ],
)
def test_a_schedule_that_is_not_clear_is_warned_of_at_its_line(
    cell: str, warned: list[tuple[int, Caution]]
) -> None:
    warnings = WarningList()
    passage = passage_of(cell)
    warn_of_schedule(passage, read_schedule(passage, THREE_YEARS), warnings)
    assert [(warning.line, warning.code) for warning in warnings] == warned


MONTHS = list(product(range(2026, 2029), range(1, 13)))
FORMS = [
    "{y}年{m}月",
    "{y}年{m}月底前",
    "{y}.{m}",
    "{y}-{m:02}",
    "到{y}年{m}月末",
    "{y}年 {m} 月底前完成",
    "力争{y}年{m}月底完成",
]


@settings(derandomize=True, deadline=None)
@given(st.sampled_from(MONTHS), st.sampled_from(FORMS))
def test_a_month_written_in_any_form_is_read_back(month: tuple[int, int], form: str) -> None:
    found = read(form.format(y=month[0], m=month[1]))
    assert found.due is not None
    assert (found.due.year, found.due.month) == month
    assert found == Schedule(due=found.due)


@settings(derandomize=True, deadline=None)
@given(
    st.lists(st.sampled_from(MONTHS), min_size=2, max_size=5, unique=True),
    st.sampled_from(["，", "；", "\n", "、"]),
)
def test_a_list_of_steps_is_read_back(months: list[tuple[int, int]], sign: str) -> None:
    months.sort()
    cell = sign.join(f"{y}年{m}月底前完成{n}号片区" for n, (y, m) in enumerate(months, start=1))
    found = read(cell)
    assert [(step.due.year, step.due.month) for step in found.milestones] == months[:-1]
    assert found.due is not None
    assert (found.due.year, found.due.month) == months[-1]


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="2026年0123月日底前每季度至-.，、（）持续推进完成到 \n", max_size=60))
def test_whatever_is_written_is_read_without_an_error(cell: str) -> None:
    found = read(cell)
    assert found.due is None or found.due.year >= 1900


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("2027年春节前", date(2027, 1, 31)),
        ("2027年“五一”前", date(2027, 4, 30)),
        ("2027年汛前", date(2027, 5, 31)),
        ("2027年春季学期", date(2027, 6, 30)),
        ("2027年秋季学期开学前", date(2027, 8, 31)),
        ("2027年国庆节前", date(2027, 9, 30)),
        ("2027年供暖季前", date(2027, 10, 31)),
        ("2027年秋季学期", date(2027, 12, 31)),
        ("2027年初", date(2027, 3, 31)),
    ],
)
def test_a_day_or_season_by_its_name_is_the_months_end_that_it_begins_in_most_likely_and_not_clear(
    cell: str, due: date
) -> None:
    assert read(cell) == Schedule(due=due, is_clear=False)


@pytest.mark.parametrize("cell", ["2027年12月/持续推进", "2027年12月，持续推进"])
def test_a_slash_parts_a_schedule_as_a_comma_does(cell: str) -> None:
    schedule = read(cell)
    assert (schedule.due, schedule.is_ongoing, schedule.is_clear) == (date(2027, 12, 31), True, True)


def test_within_the_year_of_the_plan_is_its_end() -> None:
    assert read("年度内", ONE_YEAR) == Schedule(due=date(2026, 12, 31))
