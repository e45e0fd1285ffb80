"""Sentences that name the units of all measures above."""

import pytest

from tests.workflow.intake.units.told import LEAD, RESPONSIBLE, SUPPORTING, brief, passage
from workflow.intake.units.roles import UnitRole
from workflow.intake.units.shared_statements import shared_statement


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("以上任务由区园林局牵头，区水务局配合。", [(LEAD, "区园林局"), (SUPPORTING, "区水务局")]),
        ("上述各项工作均由区园林局、区水务局负责落实。", [(RESPONSIBLE, "区园林局、区水务局")]),
        ("（以上任务责任单位：区园林局、区水务局）", [(RESPONSIBLE, "区园林局、区水务局")]),
        ("本章任务由区园林局牵头。", [(LEAD, "区园林局")]),
    ],
)
def test_the_units_of_all_above_are_named(text: str, units: list[tuple[UnitRole, str]]) -> None:
    taken = shared_statement(passage(text))
    assert taken is not None
    assert brief(taken.units) == units


@pytest.mark.parametrize(
    "text",
    [
        "以上任务要按期完成。",
        "上述工作由区园林局负责解释。",
        "以上指标达到90%。（责任单位：区园林局）",
        "责任单位：区园林局",
    ],
)
def test_other_sentences_name_nobody_for_all(text: str) -> None:
    assert shared_statement(passage(text)) is None
