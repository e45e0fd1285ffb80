"""CSV and TSV."""

from tests.workflow.intake.formats.small_plan import paragraphs, tables
from workflow.intake.formats.door import read_content


def test_a_quoted_cell_keeps_its_delimiters_and_lines() -> None:
    content = read_content('任务,单位\r\n甲,"区园林局,\r\n区住建局"\r\n'.encode(), "plan.csv")
    assert tables(content) == [[["任务", "单位"], ["甲", "区园林局,\n区住建局"]]]


def test_lines_of_one_text_above_the_header_are_paragraphs() -> None:
    content = read_content("步道清单,,\n2026年,,\n序号,任务,单位\n1,甲,区园林局\n".encode(), "plan.csv")
    assert paragraphs(content) == ["步道清单", "2026年"]
    assert tables(content) == [[["序号", "任务", "单位"], ["1", "甲", "区园林局"]]]


def test_blank_rows_and_columns_are_left_out() -> None:
    content = read_content(",,\n任务,,单位\n,,\n甲,,区园林局\n".encode(), "plan.csv")
    assert tables(content) == [[["任务", "单位"], ["甲", "区园林局"]]]
