"""Web pages."""

import pytest

from tests.workflow.intake.formats.small_plan import marks, paragraphs, read_here, tables
from workflow.intake.content import Content


def read(body: str) -> Content:
    return read_here(f"<html><body>{body}</body></html>".encode(), "plan.html")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>甲<p>乙", ["甲", "乙"]),
        ("甲<br>乙", ["甲", "乙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>区教育\n    局</p>", ["区教育局"]),
        ("<p>the  parks\noffice</p>", ["the parks office"]),
        ("<p>&nbsp;&nbsp;1.&nbsp;甲 &lt;5</p>", ["1. 甲 <5"]),
        ("<p>时限：<del>6月</del>9月</p>", ["时限：~~6月~~9月"]),
        ("<p>甲</p><p style='display: none'>乙</p><p hidden>丙</p>", ["甲"]),
        ("<ol start=3><li>甲</li><li>乙</li></ol>", ["3. 甲", "4. 乙"]),
        ("<ol><li>（一）甲</li><li>（二）乙</li></ol>", ["（一）甲", "（二）乙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<form><p>甲</p></form><select><option>乙</select><p>丙</p>", ["甲", "丙"]),
    ],
)
def test_paragraphs_are_as_a_browser_shows_them(body: str, found: list[str]) -> None:
    assert paragraphs(read(body)) == found


def test_cells_that_are_not_closed_are_closed_by_the_next() -> None:
    assert tables(read("<table><tr><th>任务<th>单位<tr><td>甲<td>区园林局</table>")) == [
        [["任务", "单位"], ["甲", "区园林局"]]
    ]


def test_spans_are_laid_out() -> None:
    content = read(
        "<table><tr><td colspan=2>任务<td>单位<tr><td rowspan=2>甲<td>子一<td>区园林局<tr><td>子二<td>区住建局</table>"
    )
    assert tables(content) == [
        [["任务", "任务", "单位"], ["甲", "子一", "区园林局"], ["甲", "子二", "区住建局"]]
    ]
    assert marks(content) == [["", "<", ""], ["", "", ""], ["^", "", ""]]


def test_a_row_span_of_nothing_reaches_to_the_end() -> None:
    rows = "<tr><td rowspan=0>甲<td>x<tr><td>y<tr><td>z"
    assert tables(read(f"<table>{rows}</table>")) == [[["甲", "x"], ["甲", "y"], ["甲", "z"]]]


def test_a_table_that_lays_out_the_page_is_opened() -> None:
    inner = "<table><tr><td>任务<td>单位<tr><td>甲<td>区园林局</table>"
    content = read(f"<table><tr><td>导航<td><p>一、目标</p>{inner}</table>")
    assert paragraphs(content) == ["导航", "一、目标"]
    assert tables(content) == [[["任务", "单位"], ["甲", "区园林局"]]]


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    assert tables(read("<table><tr><td>甲<td><p>区园林局</p><p>区住建局</p></table>")) == [
        [["甲", "区园林局\n区住建局"]]
    ]


def test_a_page_of_another_encoding_says_so_itself() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>區園林局</p>'
    assert paragraphs(read_here(page.encode("big5"), "plan.html")) == ["區園林局"]
