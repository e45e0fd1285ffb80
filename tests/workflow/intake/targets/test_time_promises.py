"""Times within which something is answered or done, and figures whose unit or verb is seldom."""

from decimal import Decimal

import pytest

from tests.workflow.intake.passages import THREE_YEARS, passage_of
from workflow.intake.reader_warnings import WarningList
from workflow.intake.targets.reader import read_targets


def promises(text: str) -> list[tuple[str, Decimal | None, str]]:
    targets = read_targets(passage_of(text), THREE_YEARS, WarningList())
    return [(target.comparator, target.value, target.unit) for target in targets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来信12小时内首次回应", [("<=", 12, "小时")]),
        ("诉求7个工作日内办结", [("<=", 7, "个工作日")]),
        ("报修2小时内响应、48小时内办结", [("<=", 2, "小时"), ("<=", 48, "小时")]),
    ],
)
def test_a_time_within_which_something_is_answered_is_promised_as_at_most(
    text: str, expected: list[tuple[str, int, str]]
) -> None:
    assert promises(text) == expected


@pytest.mark.parametrize("text", ["收到来信后12小时内答复", "24小时内降雨超过50毫米时停工"])
def test_a_time_that_counts_from_an_event_or_answers_nothing_is_no_promise(text: str) -> None:
    assert [sign for sign, _, unit in promises(text) if unit in ("小时", "天")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年开行货轮不少于80航次", (">=", 80, "航次")),
        ("兑现奖励资金3200万元", (">=", 3200, "万元")),
        ("压减办公经费8%", (">=", 8, "%")),
        ("拆除违规修建的步道2.3公里", (">=", Decimal("2.3"), "公里")),
    ],
)
def test_a_figure_keeps_its_whole_unit_and_is_promised_by_its_verb(
    text: str, expected: tuple[str, Decimal, str]
) -> None:
    assert promises(text) == [expected]
