"""Markdown."""

import pytest

from tests.workflow.intake.formats.small_plan import headings, paragraphs, tables
from workflow.intake.content import Content
from workflow.intake.formats.door import read_content


def read(text: str) -> Content:
    return read_content(text.encode(), "plan.md")


def test_front_matter_is_read_line_by_line_without_its_fences() -> None:
    content = read("---\ntitle: Riverside paths\nlead: Parks office\n---\n\n# Goal\n")
    assert paragraphs(content) == ["title: Riverside paths", "lead: Parks office", "Goal"]
    assert [passage.number for passage in content.passages] == [2, 3, 6]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**责任单位：** 区园林局", "责任单位： 区园林局"),
        ("**1. 连通步道。**打通断点", "1. 连通步道。打通断点"),
        ("- [ ] 由 *区园林局* 牵头", "由 区园林局 牵头"),
        ("> 见[附件](a.docx)", "见附件"),
        ("公安**分局、规划**分局负责", "公安**分局、规划**分局负责"),
        ("**区教育局、**区财政局", "**区教育局、**区财政局"),
        ("截止 ~~2026年6月~~ 2026年9月", "截止 ~~2026年6月~~ 2026年9月"),
        ("at least 5 \\* 3 m<sup>2</sup>", "at least 5 * 3 m2"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_marks_of_emphasis_go_and_nothing_else(line: str, text: str) -> None:
    assert paragraphs(read(line)) == [text]


def test_cells_keep_their_line_breaks_and_escaped_bars() -> None:
    content = read("Milestone | Owner\n--- | ---\nOpen the path<br>in spring | Parks \\| Roads\n")
    assert tables(content) == [[["Milestone", "Owner"], ["Open the path\nin spring", "Parks | Roads"]]]


def test_underlined_headings_have_their_rank() -> None:
    assert headings(read("Riverside paths\n===\n\nGoal\n---\n")) == [(1, "Riverside paths"), (2, "Goal")]


def test_wrapped_latin_prose_is_one_paragraph_and_chinese_lines_stay_apart() -> None:
    first = "The parks office opens every stretch of the path that"
    content = read(f"{first}\nis closed today.\n\n责任单位：区园林局\n完成时限：年底\n")
    assert paragraphs(content) == [f"{first} is closed today.", "责任单位：区园林局", "完成时限：年底"]
    assert [passage.number for passage in content.passages] == [1, 4, 5]


def test_comments_and_fences_are_left_out() -> None:
    assert paragraphs(read("<!-- draft\nnot this -->\n```text\n1. 连通步道\n```\n***\n")) == ["1. 连通步道"]
