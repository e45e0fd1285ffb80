"""Word documents: what is on the printed page and nothing else."""

import pytest

from tests.workflow.intake.formats.small_plan import marks, paragraphs, read_here, tables
from tests.workflow.intake.formats.zipped import docx, p, tbl, tc


def read(body: str, **parts: str):
    return read_here(docx(body, **parts), "plan.docx")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_tracked_deletions_are_left_out_and_insertions_are_kept() -> None:
    changed = (
        f"<w:p>{run('责任单位：')}<w:del>{run('区交通局')}</w:del><w:ins>{run('区园林局')}</w:ins></w:p>"
    )
    assert paragraphs(read(changed)) == ["责任单位：区园林局"]


def test_what_was_moved_stands_where_it_was_moved_to() -> None:
    moved = f"<w:p><w:moveFrom>{run('甲')}</w:moveFrom>{run('乙')}</w:p><w:p><w:moveTo>{run('甲')}</w:moveTo></w:p>"
    assert paragraphs(read(moved)) == ["乙", "甲"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert paragraphs(read(p("区园", "<w:rPr><w:del/></w:rPr>") + p("林局"))) == ["区园林局"]
    assert paragraphs(read(p("区园林局", "<w:rPr><w:del/></w:rPr>"))) == ["区园林局"]


def test_struck_text_keeps_a_mark_on_both_sides() -> None:
    struck = f"<w:p>{run('时限：')}{run('2026年', '<w:strike/>')}{run('6月', '<w:strike/>')}{run('2026年9月')}</w:p>"
    assert paragraphs(read(struck)) == ["时限：~~2026年6月~~2026年9月"]


def test_hidden_text_is_left_out() -> None:
    assert paragraphs(read(f"<w:p>{run('可见')}{run('不可见', '<w:vanish/>')}</w:p>")) == ["可见"]


def test_a_line_break_begins_a_paragraph_of_its_own() -> None:
    assert paragraphs(read("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>")) == ["甲", "乙"]


def test_text_in_links_controls_and_fields_is_read_and_the_fields_code_is_not() -> None:
    body = (
        f"<w:p><w:hyperlink>{run('甲')}</w:hyperlink><w:sdt><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>"
        f"<w:r><w:instrText>DATE</w:instrText></w:r><w:fldSimple>{run('丙')}</w:fldSimple></w:p>"
        f"<w:sdt><w:sdtContent>{p('丁')}</w:sdtContent></w:sdt>"
    )
    assert paragraphs(read(body)) == ["甲乙丙", "丁"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    both = f"<w:r><AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback></AlternateContent></w:r>"
    assert paragraphs(read(f"<w:p>{run('框外')}{both}</w:p>")) == ["框外", "框内"]


def test_the_table_of_contents_is_left_out() -> None:
    style = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="toc 1"/></w:style>'
    link = f'<w:p><w:hyperlink w:anchor="_Toc1">{run("二、任务")}{run("3")}</w:hyperlink></w:p>'
    body = p("一、目标 2", '<w:pStyle w:val="A"/>') + link + p("一、目标")
    assert paragraphs(read(body, styles=style)) == ["一、目标"]


def test_footnotes_are_left_out_with_a_remark() -> None:
    note = f'<w:footnote w:id="1">{p("指常住人口")}</w:footnote><w:footnote w:type="separator">{p("x")}</w:footnote>'
    content = read(p("一、目标"), footnotes=note)
    assert paragraphs(content) == ["一、目标"]
    assert [(remark.code, remark.params) for remark in content.remarks] == [
        ("footnotes_unread", {"text": "指常住人口"})
    ]


def test_cells_that_span_columns_and_rows_are_marked() -> None:
    body = tbl(
        tc("任务", '<w:gridSpan w:val="2"/>') + tc("单位"),
        tc("甲", '<w:vMerge w:val="restart"/>') + tc("子一") + tc("区园林局"),
        tc("", "<w:vMerge/>") + tc("子二") + tc("区住建局"),
    )
    content = read(body)
    assert tables(content) == [
        [["任务", "任务", "单位"], ["甲", "子一", "区园林局"], ["甲", "子二", "区住建局"]]
    ]
    assert marks(content) == [["", "<", ""], ["", "", ""], ["^", "", ""]]


def test_a_row_that_begins_further_right_keeps_its_columns() -> None:
    shifted = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("区住建局")}'
    assert tables(read(tbl(tc("甲") + tc("区园林局"), shifted))) == [[["甲", "区园林局"], ["", "区住建局"]]]


def test_deleted_rows_are_left_out() -> None:
    deleted = f"<w:trPr><w:del/></w:trPr>{tc('乙')}{tc('区住建局')}"
    assert tables(read(tbl(tc("甲") + tc("区园林局"), deleted))) == [[["甲", "区园林局"]]]


def test_a_table_of_one_column_is_a_frame_around_paragraphs() -> None:
    content = read(tbl(tc("一、目标"), f"<w:tc>{tbl(tc('甲') + tc('乙'))}</w:tc>"))
    assert paragraphs(content) == ["一、目标"]
    assert tables(content) == [[["甲", "乙"]]]


def test_a_table_within_a_cell_is_lines_of_its_text() -> None:
    inner = f"<w:tc>{p('单位')}{tbl(tc('区园林局') + tc('牵头'))}</w:tc>"
    assert tables(read(tbl(tc("甲") + inner))) == [[["甲", "单位\n区园林局\t牵头"]]]


@pytest.mark.parametrize(
    ("style", "properties", "rank"),
    [
        ('<w:name w:val="heading 2"/>', "", 2),
        ('<w:name w:val="自定义"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>', "", 3),
        ('<w:name w:val="heading 1"/>', '<w:outlineLvl w:val="9"/>', 0),
        ('<w:name w:val="Normal"/>', '<w:outlineLvl w:val="0"/>', 1),
        ('<w:name w:val="子样式"/><w:basedOn w:val="S"/>', "", 0),
    ],
    ids=["by name", "by outline", "taken back", "of its own", "based on itself"],
)
def test_the_rank_of_a_heading_comes_from_paragraph_or_style(style: str, properties: str, rank: int) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="S">{style}</w:style>'
    content = read(p("任务", f'<w:pStyle w:val="S"/>{properties}'), styles=styles)
    assert [block.heading for block in content.blocks] == [rank]
