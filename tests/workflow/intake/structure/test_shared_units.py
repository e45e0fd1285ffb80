"""Units that a sentence behind several measures names for all of them."""

from tests.workflow.intake.structure.built import measures, read, told, units, warned
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区河道整治方案（2026年）"
SHARED = "以上任务由区水务局牵头，区财政局配合。"


def test_every_measure_above_has_the_units_of_the_sentence() -> None:
    plan = read(
        TITLE, "一、治河", "1.疏浚。", "2.护岸。", SHARED, "二、种树", "3.植柳。（责任单位：区园林局）"
    )
    assert told(plan)[0] == ("一、治河", ["1.疏浚", "2.护岸"])
    assert [units(measure) for measure in measures(plan)] == [
        ["*区水务局", "区财政局"],
        ["*区水务局", "区财政局"],
        ["*区园林局"],
    ]
    assert warned(plan, Caution.SECTION_EMPTY) == []


def test_the_sentence_reaches_through_the_heads_of_its_chapter_and_no_further() -> None:
    plan = read(
        TITLE,
        "一、治河",
        "（一）河槽",
        "1.疏浚。（责任单位：区应急局）",
        "二、种树",
        "（一）岸上",
        "1.植柳。",
        "（二）堤上",
        "1.植草。",
        SHARED,
    )
    assert [units(measure) for measure in measures(plan)] == [
        ["*区应急局"],
        ["*区水务局", "区财政局"],
        ["*区水务局", "区财政局"],
    ]


def test_where_measures_of_the_chapter_name_units_themselves_the_sentence_is_the_last_ones() -> None:
    plan = read(TITLE, "一、治河", "1.疏浚。（责任单位：区应急局）", "2.护岸。", SHARED)
    assert [units(measure) for measure in measures(plan)] == [["*区应急局"], ["*区水务局", "区财政局"]]


def test_a_paragraph_that_asks_something_of_everybody_names_no_units() -> None:
    closing = "各市要结合实际抓好落实，重大事项及时报告省人民政府。"
    plan = read(TITLE, "一、治河", "1.疏浚。先清主河。（区应急局、区水务局）", closing)
    assert [units(measure) for measure in measures(plan)] == [["*区应急局", "区水务局"]]
    assert warned(plan, Caution.LINE_UNPLACED) == [4]


def test_brackets_of_any_shape_hold_units() -> None:
    plan = read(TITLE, "一、治河", "1.疏浚。［责任单位：区水务局］", "2.护岸。〖责任单位：区财政局〗")
    assert [units(measure) for measure in measures(plan)] == [["*区水务局"], ["*区财政局"]]
