"""PDF: lines of pages become paragraphs, drawn lines become tables."""

from collections.abc import Sequence

from tests.workflow.intake.formats.printed import HEIGHT, LEFT, SIZE, WIDTH, Sheet, fill, grid, pdf
from tests.workflow.intake.formats.small_plan import marks, paragraphs, read_here, tables
from workflow.intake.content import Content

XS = (72, 110, 230, 340, 504)
HEADER = ["序号", "任务", "时限", "单位"]
FULL = "打通断点补齐标识完善照明保障安全便民利民惠民为民全面提升滨江步道连通水平和服务能力"[:36]


def read(*pages: Sheet, turned: int = 0, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Content:
    return read_here(pdf(pages, turned=turned, size=size), "plan.pdf")


def prose(*lines: str, indents: Sequence[int] = (), top: int = 700) -> Sheet:
    """A page with these lines from the top, some of them indented by so many signs."""
    page = Sheet()
    for n, line in enumerate(lines):
        page.text(LEFT + SIZE * (indents[n] if n < len(indents) else 0), top - 20 * n, line)
    return page


def table(rows: Sequence[Sequence[str]], top: float = 700, height: float = 20, **kept: object) -> Sheet:
    page = Sheet()
    ys = [top - height * n for n in range(len(rows) + 1)]
    grid(page, XS, ys, **kept)
    fill(page, XS, ys, rows)
    return page


def test_a_full_line_goes_on_in_the_next_and_an_indented_one_begins_anew() -> None:
    content = read(prose(FULL[:34], FULL, "结束。", FULL[:34], "又一段。", indents=[2, 0, 0, 2, 0]))
    assert paragraphs(content) == [FULL[:34] + FULL + "结束。", FULL[:34] + "又一段。"]


def test_a_short_line_ends_its_paragraph() -> None:
    assert paragraphs(read(prose(FULL, "一、目标", "正文", indents=[0, 0, 0]))) == [FULL + "一、目标", "正文"]


def test_a_numbered_line_begins_anew_behind_a_full_sentence() -> None:
    sentence = FULL[:35] + "。"
    assert paragraphs(read(prose(sentence, "（一）连通步道"))) == [sentence, "（一）连通步道"]


def test_a_paragraph_goes_on_across_a_page_whose_mark_is_dropped() -> None:
    pages = [prose("甲", FULL, top=120), prose("区园林局、区住建局", "乙")]
    for n, page in enumerate(pages, start=1):
        page.text(270, 40, f"— {n} —")
    assert paragraphs(read(*pages)) == ["甲", FULL + "区园林局、区住建局", "乙"]


def test_a_head_that_returns_on_each_page_stays_once_and_what_is_small_or_at_the_foot_goes() -> None:
    pages = [prose(f"正文{n}") for n in "甲乙丙"]
    for page in pages:
        page.text(250, 815, "2026年3月印制", 8)
        page.text(250, 800, "步道简报")
        page.text(250, 30, "内部资料")
    assert paragraphs(read(*pages)) == ["步道简报", "正文甲", "正文乙", "正文丙"]


def test_a_title_of_two_lines_in_larger_type_is_one() -> None:
    page = prose(FULL, "正文。", top=600)
    for n, line in enumerate(("临江区步道提升", "行动方案")):
        page.text(WIDTH / 2 - 9 * len(line), 760 - 26 * n, line, 18)
    assert paragraphs(read(page)) == ["临江区步道提升行动方案", FULL + "正文。"]


def test_lines_of_a_cell_that_fill_it_are_one_and_others_stay_apart() -> None:
    rows = [HEADER, ["1", "连通滨江步道打通断点\n补齐标识", "2026年", "区园林局\n区住建局"]]
    content = read(table(rows, height=40))
    assert tables(content) == [
        [HEADER, ["1", "连通滨江步道打通断点补齐标识", "2026年", "区园林局\n区住建局"]]
    ]


def test_a_place_without_a_line_between_belongs_to_the_cell_above() -> None:
    content = read(table([HEADER, ["1", "甲", "", "x"], ["2", "", "", "y"]], without=[(1, 1)]))
    assert tables(content) == [[HEADER, ["1", "甲", "", "x"], ["2", "甲", "", "y"]]]
    assert marks(content)[2] == ["", "^", "", ""]


def test_a_table_on_the_next_page_goes_on_and_its_header_stands_once() -> None:
    first = table([HEADER, ["1", "甲", "年底", "区园林局"]], top=120)
    second = table([HEADER, ["2", "乙", "年底", "区住建局"]])
    assert tables(read(first, second)) == [
        [HEADER, ["1", "甲", "年底", "区园林局"], ["2", "乙", "年底", "区住建局"]]
    ]


def test_a_row_that_is_open_at_the_pages_end_goes_on_on_the_next() -> None:
    cut = [(1, column) for column in range(4)]
    first = table(
        [HEADER, ["1", "连通滨江步道打通断点", "年底", "区园林局、区住房和城"]], top=120, without=cut
    )
    second = table([["", "补齐标识", "", "乡建设局"], ["2", "乙", "年底", "区住建局"]])
    assert tables(read(first, second)) == [
        [
            HEADER,
            ["1", "连通滨江步道打通断点补齐标识", "年底", "区园林局、区住房和城\n乡建设局"],
            ["2", "乙", "年底", "区住建局"],
        ]
    ]


def test_a_row_that_begins_on_the_next_page_is_a_row_of_its_own_whatever_lines_are_missing() -> None:
    cut = [(1, column) for column in range(4)]
    first = table([HEADER, ["1", "甲", "年底", "区园林局"]], top=120, without=cut)
    assert len(tables(read(first, table([HEADER, ["2", "乙", "年底", "区住建局"]])))[0]) == 3


def test_a_row_whose_cells_are_filled_is_never_joined() -> None:
    first = table([HEADER, ["1", "连通滨江步道打通断点", "年底", "区园林局"]], top=120)
    second = table([["", "补齐标识", "月底", "区住建局"]])
    assert len(tables(read(first, second))[0]) == 3


def test_an_empty_cell_at_a_pages_head_is_the_rest_of_the_merged_one_before() -> None:
    first = table([HEADER, ["1", "甲", "x", "x"], ["2", "", "x", "x"]], top=120, without=[(1, 1)])
    content = read(first, table([["3", "", "y", "y"], ["4", "乙", "z", "z"]]))
    assert [row[1] for row in tables(content)[0]] == ["任务", "甲", "甲", "甲", "乙"]


def test_tables_of_other_columns_stay_apart() -> None:
    other = Sheet()
    grid(other, (72, 200, 504), (700, 680))
    fill(other, (72, 200), (700,), [["甲", "乙"]])
    assert len(tables(read(table([HEADER]), other))) == 2


def test_a_frame_around_one_text_is_no_table() -> None:
    page = Sheet()
    grid(page, (72, 504), (700, 680))
    fill(page, (72,), (700,), [["一、目标"]])
    content = read(page)
    assert tables(content) == []
    assert paragraphs(content) == ["一、目标"]


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    page = Sheet()
    for n, line in enumerate(("甲", "乙")):
        code = line.encode("utf-16-be").hex()
        page.drawn.append(f"BT /F 12 Tf 0 1 -1 0 {100 + 30 * n} 72 Tm <{code}> Tj ET")
    assert paragraphs(read(page, turned=90)) == ["甲", "乙"]


def test_a_sign_that_is_printed_twice_for_boldness_is_read_once_and_a_doubled_letter_twice() -> None:
    page = prose("总体要求")
    page.text(LEFT + 2, 700, "总体要求")
    page.text(LEFT, 660, "人人参与")
    assert paragraphs(read(page)) == ["总体要求", "人人参与"]


def test_a_watermark_across_the_page_is_left_out() -> None:
    page = prose("正文")
    page.drawn.append(f"BT /F 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <{'内部'.encode('utf-16-be').hex()}> Tj ET")
    assert paragraphs(read(page)) == ["正文"]


def test_a_page_without_text_among_others_is_remarked() -> None:
    picture = Sheet(["q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"])
    content = read(prose("正文"), picture)
    assert paragraphs(content) == ["正文"]
    assert [(remark.code, remark.params) for remark in content.remarks] == [("pages_unread", {"page": 2})]
