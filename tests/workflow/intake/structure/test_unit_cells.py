"""Cells of units: lines, labels, roles."""

import pytest

from workflow.intake.content import Passage
from workflow.intake.structure.unit_cells import lines_joined, read_unit_cell
from workflow.intake.units.roles import UnitRole


@pytest.mark.parametrize(
    ("cell", "joined"),
    [
        ("区水务局\n区财政局", "区水务局、区财政局"),
        ("区水务局、\n区财政局", "区水务局、区财政局"),
        ("区水\n务局、区财政局", "区水务局、区财政局"),
        ("市发展和改革委\n员会", "市发展和改革委员会"),
        ("区水务局（河道\n处）", "区水务局（河道处）"),
        ("区水务局\n等部门", "区水务局等部门"),
    ],
)
def test_a_line_end_between_two_names_separates_them_and_one_in_a_name_does_not(
    cell: str, joined: str
) -> None:
    assert lines_joined(Passage(cell), is_wrapped=False).text == joined


def test_a_pages_line_ends_separate_nothing() -> None:
    assert lines_joined(Passage("区水务局、区城乡\n建设局"), is_wrapped=True).text == "区水务局、区城乡建设局"


def test_labels_inside_the_cell_go_before_its_column() -> None:
    cell = Passage("牵头单位：区水务局\n配合单位：区财政局\n完成时限：6月底")
    read = read_unit_cell(cell, UnitRole.RESPONSIBLE, is_wrapped=False)
    assert [(unit.role, unit.passage.text) for unit in read.units] == [
        (UnitRole.LEAD, "区水务局"),
        (UnitRole.SUPPORTING, "区财政局"),
    ]
    assert str(read.schedule) == "6月底"


def test_a_plain_cell_has_the_role_of_its_column() -> None:
    read = read_unit_cell(Passage("区水务局、区财政局"), UnitRole.SUPPORTING, is_wrapped=False)
    assert [(unit.role, unit.passage.text) for unit in read.units] == [
        (UnitRole.SUPPORTING, "区水务局、区财政局")
    ]
