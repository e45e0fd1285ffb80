"""What a schedule cell says, and dates in sentences."""

from datetime import date

import pytest

from workflow.intake.schedule import Schedule, dates_in, schedule_in


@pytest.mark.parametrize("cell", ["持续推进", "长期坚持", " 持续 推进 ", "常态化开展", "持续推进。"])
def test_ongoing_words_are_a_schedule_without_a_date(cell: str) -> None:
    assert schedule_in(cell) == Schedule()


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("2027年12月底前", date(2027, 12, 31)),
        ("2027年6月", date(2027, 6, 30)),
        ("2028年2月底前完成", date(2028, 2, 29)),
        ("2027年9月15日前", date(2027, 9, 15)),
        ("到2027年", date(2027, 12, 31)),
        ("2027年底", date(2027, 12, 31)),
        ("2027年底前完成", date(2027, 12, 31)),
        ("２０２７年６月", date(2027, 6, 30)),
    ],
)
def test_a_date_is_the_last_day_that_it_allows(cell: str, due: date) -> None:
    assert schedule_in(cell) == Schedule(due)


@pytest.mark.parametrize(
    "cell",
    [
        "2027年13月",
        "2027年2月30日前",
        "2027年6月前",
        "12月底前",
        "按计划推进",
        "持续推进绿道贯通",
        "2027年6月持续跟踪",
        "",
    ],
)
def test_what_is_not_sure_is_no_schedule(cell: str) -> None:
    assert schedule_in(cell) is None


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("到2027年，断点减少", [date(2027, 12, 31)]),
        ("确保2027年实现贯通", [date(2027, 12, 31)]),
        ("2027年底贯通，2028年6月底亮灯", [date(2027, 12, 31), date(2028, 6, 30)]),
        ("到2027年6月15日完成", [date(2027, 6, 15)]),
        ("在2026年的基础上每年减少", []),
        ("自2026年6月起施行", []),
    ],
)
def test_a_sentence_promises_by_a_date_only_where_it_says_by(sentence: str, dates: list[date]) -> None:
    assert [due for _, due in dates_in(sentence)] == dates
