"""Lines as a page has them become paragraphs again."""

from tests.workflow.intake.structure.built import content, measures, read, told, units, warned
from workflow.intake.content import Paragraph
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.joining import whole_of

PAGE = (
    "柳堤区河道整治三年行动计划（2026",
    "—2028年）",
    "为让群众在家门口看见清水绿岸，按照上级部署，结合本",
    "区实际，制定本计划。",
    "一、治理河道",
    "1.疏浚淤积河段。逐段测量淤泥厚度，排出清淤次序，先清",
    "主河，后清支流，清出的淤泥运往指定地点。（责任单位：区",
    "水务局、区城市管",
    "— 3 —",
    "理委、各街道）",
    "2.封堵排污口。查清沿河排口，建立名录，逐个封堵。（责任",
    "单位：市生态环境局柳堤分局、区水务局）",
)


def test_lines_that_a_page_has_cut_are_joined_through_names_labels_and_page_marks() -> None:
    plan = read(*PAGE, is_wrapped=True)
    assert plan.plan.title == "柳堤区河道整治三年行动计划（2026—2028年）"
    assert told(plan) == [("一、治理河道", ["1.疏浚淤积河段", "2.封堵排污口"])]
    assert [units(measure) for measure in measures(plan)] == [
        ["*区水务局", "区城市管理委", "各街道"],
        ["*市生态环境局柳堤分局", "区水务局"],
    ]


def test_a_text_that_looks_cut_by_a_page_is_joined_too_and_said_to_be() -> None:
    plan = read(*PAGE)
    assert told(plan) == told(read(*PAGE, is_wrapped=True))
    assert warned(plan, Caution.LINES_REJOINED) == [1]


def test_joined_lines_keep_their_places() -> None:
    plan = read(*PAGE, is_wrapped=True)
    start, end = measures(plan)[0].spans["units"]
    assert plan.text[start:end] == "区\n水务局、区城市管\n— 3 —\n理委、各街道"


def test_a_number_that_no_line_end_may_cut_leaves_the_line_before_it_short() -> None:
    cut = [*PAGE, "3.清理垃圾。汛期前清完，其中主城区不少于", "12.6万立方米，其余随后。"]
    blocks = whole_of([content(*cut, is_wrapped=True)], WarningList()).blocks
    texts = [block.passage.text for block in blocks if isinstance(block, Paragraph)]
    assert texts[-1].endswith("其中主城区不少于12.6万立方米，其余随后。")


def test_lines_of_an_author_stay_apart() -> None:
    lines = (
        "疏浚",
        "清淤",
        "护岸",
        "种树",
        "截污",
        "改管",
        "亮灯",
        "修桥",
        "一段比其他都长得多的文字，但它写完了。",
    )
    blocks = whole_of([content(*lines)], WarningList()).blocks
    assert len(blocks) == len(lines)


def test_a_bracket_of_units_that_goes_on_in_the_next_lines_is_joined_in_any_text() -> None:
    plan = read(
        "柳堤区方案（2026年）",
        "1.疏浚。（责任",
        "单位：区水务局、",
        "区财政局）",
        "2.种树。（责任单位：区园林局）",
    )
    assert [units(measure) for measure in measures(plan)] == [["*区水务局", "区财政局"], ["*区园林局"]]


def test_a_bracket_that_never_closes_does_not_swallow_the_next_measure() -> None:
    plan = read("柳堤区方案（2026年）", "1.疏浚。（责任单位：区水务局", "2.种树。（责任单位：区园林局）")
    assert [measure.title for measure in measures(plan)] == ["疏浚", "种树"]
    assert warned(plan, Caution.BRACKET_OPEN) == [2]


def test_a_line_of_units_that_ends_with_a_comma_goes_on_in_the_next() -> None:
    plan = read(
        "柳堤区方案（2026年）",
        "1.疏浚淤积河段。",
        "牵头单位：区水务局",
        "配合单位：区财政局、",
        "区园林局",
        "2.种树。",
        "责任单位：区园林局，",
        "要按季度上报进度。",
    )
    assert units(measures(plan)[0]) == ["*区水务局", "区财政局", "区园林局"]
    assert units(measures(plan)[1]) == ["*区园林局"]
    assert warned(plan, Caution.LINE_UNPLACED) == [8]


def test_a_label_of_units_without_any_has_them_in_the_next_line() -> None:
    plan = read(
        "柳堤区方案（2026年）",
        "1.疏浚。",
        "责任单位：",
        "区水务局、区财政局",
        "2.种树。",
        "责任单位：区园林局",
    )
    assert [units(measure) for measure in measures(plan)] == [["*区水务局", "区财政局"], ["*区园林局"]]


def test_a_table_that_a_page_mark_cuts_is_one_again_be_it_before_its_last_row() -> None:
    plan = read(
        "柳堤区河道整治清单（2026年）",
        [("任务", "责任单位", "时限"), ("疏浚", "区水务局", "6月")],
        "— 3 —",
        "| 种树 | 区园林局 | 9月 |",
    )
    assert [(m.title, units(m), m.schedule) for m in measures(plan)] == [
        ("疏浚", ["*区水务局"], "6月"),
        ("种树", ["*区园林局"], "9月"),
    ]
