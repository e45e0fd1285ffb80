"""A table for each measure, with the names of its cells beside what they hold."""

from tests.workflow.intake.structure.built import LEFT, Row, measures, read, told, units

TITLE = "柳堤区2026年领衔推进重大事项"


def card(title: str, text: str, lead: str, supporting: str, when: str) -> list[Row]:
    return [
        ("事项名称", title, LEFT, LEFT),
        ("年度目标", text, LEFT, LEFT),
        ("牵头单位", lead, "完成时限", when),
        ("配合单位", supporting, LEFT, LEFT),
    ]


NORTH = card("北河疏浚", "清淤3公里", "区水务局", "区财政局", "6月底")
SOUTH = card("南岸绿廊", "栽柳200棵", "区园林局", "区水务局、区财政局", "9月底")


def test_each_card_is_a_measure() -> None:
    plan = read(TITLE, "工作卡（甲）", NORTH, "工作卡（乙）", SOUTH)
    assert [(m.title, units(m), m.schedule) for m in measures(plan)] == [
        ("北河疏浚", ["*区水务局", "区财政局"], "6月底"),
        ("南岸绿廊", ["*区园林局", "区水务局", "区财政局"], "9月底"),
    ]


def test_a_card_without_one_of_the_names_leaves_that_cell_blank() -> None:
    plan = read(TITLE, NORTH, SOUTH[:3])
    assert [units(measure) for measure in measures(plan)] == [["*区水务局", "区财政局"], ["*区园林局"]]


def test_numbered_heads_between_cards_are_their_sections() -> None:
    plan = read(TITLE, "一、治水", NORTH, "二、治岸", SOUTH)
    assert told(plan) == [("一、治水", ["北河疏浚"]), ("二、治岸", ["南岸绿廊"])]


def test_a_list_whose_first_row_names_columns_is_no_card() -> None:
    header: Row = ("事项名称", "年度目标", "牵头单位", "完成时限")
    plan = read(TITLE, [header, ("北河疏浚", "清淤3公里", "区水务局", "6月底")])
    assert [(m.title, units(m)) for m in measures(plan)] == [("北河疏浚", ["*区水务局"])]
