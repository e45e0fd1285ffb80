"""What a column holds by its name."""

import pytest

from workflow.intake.structure.columns import Column, likely_meaning, meaning


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


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("整改牵头单位", Column.LEAD),
        ("整改责任单位", Column.UNITS),
        ("联合单位", Column.SUPPORTING),
        ("项目业主", Column.UNITS),
        ("责任", Column.UNITS),
        ("完成月份", Column.SCHEDULE),
        ("反馈问题", Column.TASK),
        ("攻坚方向", Column.GROUP),
        ("项目（政策）名称", Column.TASK),
        ("2026年形象进度", Column.TEXT),
        ("资金来源", Column.REMARK),
        ("总投资（万元）", Column.UNKNOWN),
    ],
)
def test_a_name_that_is_not_known_tells_by_its_words(name: str, column: Column) -> None:
    assert likely_meaning(name) is column


def test_the_field_of_a_reform_holds_sections() -> None:
    assert meaning("改革领域") is Column.GROUP
