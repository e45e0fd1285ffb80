"""Numbers that a line alone leaves open: its neighbours tell whether it begins an item or a figure."""

import pytest

from tests.workflow.intake.structure.built import measures, read, told, units, warned
from workflow.intake.content import Passage
from workflow.intake.reader_warnings import Caution
from workflow.intake.structure.numbering import marks_of

TITLE = "柳堤区河道整治方案（2026年）"


def numbers(*lines: str) -> list[tuple[str, str] | None]:
    return [mark and (mark.number, mark.rest.text) for mark in marks_of([Passage(line) for line in lines])]


@pytest.mark.parametrize(
    "figure", ["7个泵站停用", "2024年欠账未清", "100个窨井破损", "3.5万名住户未纳管", "1,200户漏接"]
)
def test_an_item_may_begin_with_a_figure_where_its_number_is_due(figure: str) -> None:
    assert numbers("1.疏浚", "区水务局", f"2.{figure}")[-1] == ("2.", figure)


@pytest.mark.parametrize("line", ["3.7公里河道", "1.5公里河道", "2.5%的住户"])
def test_a_figure_whose_whole_part_is_not_due_is_no_number(line: str) -> None:
    assert numbers("1.疏浚", line)[-1] is None


def test_a_figure_before_the_item_that_bears_the_number_is_no_number() -> None:
    assert numbers("1.疏浚", "2.5公里河道", "2.种树") == [("1.", "疏浚"), None, ("2.", "种树")]


def test_an_item_that_begins_with_a_figure_is_a_measure_of_its_own() -> None:
    plan = read(
        TITLE,
        "一、排水",
        "1.泵站老化。",
        "责任单位：区水务局",
        "2.7个小区雨污混接。",
        "责任单位：区住建局",
    )
    assert [(one.number, one.title, units(one)) for one in measures(plan)] == [
        ("1.", "泵站老化", ["*区水务局"]),
        ("2.", "7个小区雨污混接", ["*区住建局"]),
    ]


def test_bare_numbers_over_items_of_theirs_are_heads() -> None:
    plan = read(
        TITLE,
        "1 治水",
        "1.1 疏浚北河。（责任单位：区水务局）",
        "1.2 清理南河。（责任单位：区水务局）",
        "2 治岸",
        "2.1 种树。（责任单位：区园林局）",
    )
    assert told(plan) == [("1治水", ["1.1疏浚北河", "1.2清理南河"]), ("2治岸", ["2.1种树"])]
    assert warned(plan, Caution.SERIAL_GAP) == []


@pytest.mark.parametrize("below", ["2.1 疏浚", "1.2 疏浚", "疏浚"])
def test_a_bare_number_over_anything_else_is_no_head(below: str) -> None:
    assert numbers("1 治水", below)[0] is None


def test_a_numbered_name_over_items_is_a_head() -> None:
    lines = ("整改任务一：污水直排", "1.接管", "整改任务二：缺株", "1.补植")
    assert numbers(*lines) == [
        ("整改任务一", "污水直排"),
        ("1.", "接管"),
        ("整改任务二", "缺株"),
        ("1.", "补植"),
    ]


@pytest.mark.parametrize(
    "lines", [("任务一：疏浚", "任务二：种树"), ("任务一：疏浚", "1.清淤", "任务三：种树", "1.栽柳")]
)
def test_a_numbered_name_without_items_or_out_of_order_is_none(lines: tuple[str, ...]) -> None:
    assert [number for number in numbers(*lines) if number and "任务" in number[0]] == []
