"""What a column holds by its name."""

import pytest

from workflow.intake.structure.columns import Column, meaning


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("区级牵头单位", Column.LEAD),
        ("市直责任单位", Column.UNITS),
        ("乡镇配合单位", Column.SUPPORTING),
        ("属地责任单位", Column.UNITS),
        ("业务指导单位", Column.SUPPORTING),
        ("市级责任领导", Column.PERSON),
        ("市级任务", Column.UNKNOWN),
        ("市级", Column.UNKNOWN),
    ],
)
def test_the_level_before_the_name_of_a_column_of_units_is_no_matter(name: str, column: Column) -> None:
    assert meaning(name) is column


@pytest.mark.parametrize("name", ["计划完工时间", "完工时限", "工期", "建设工期", "工期要求", "投产时间"])
def test_when_a_building_is_to_be_done_is_its_schedule(name: str) -> None:
    assert meaning(name) is Column.SCHEDULE


@pytest.mark.parametrize("name", ["事项来源", "任务来源", "问题来源", "来源"])
def test_where_a_task_comes_from_is_a_remark(name: str) -> None:
    assert meaning(name) is Column.REMARK


@pytest.mark.parametrize("joint", ["与", "和", "及"])
def test_measures_told_together_with_what_comes_of_them_are_text(joint: str) -> None:
    assert meaning(f"主要举措{joint}预期成果") is Column.TEXT
