"""Dated steps in a measure's prose."""

import pytest

from tests.workflow.intake.passages import ONE_YEAR, THREE_YEARS, passage_of
from workflow.intake.milestones import LONGEST_TITLE, proposed_milestones
from workflow.intake.period import Period


def steps(text: str, period: Period = THREE_YEARS) -> list[tuple[str, str]]:
    return [(str(step.due), step.title) for step in proposed_milestones(passage_of(text), period)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "到2026年6月底，完成绿道选线；到2027年底，建成绿道20公里，贯通3处断点。",
            [("2026-06-30", "完成绿道选线"), ("2027-12-31", "建成绿道20公里，贯通3处断点")],
        ),
        (
            "2026年3月底前印发方案，6月底前完成首批改造，年底前全面完成。",
            [("2026-03-31", "印发方案"), ("2026-06-30", "完成首批改造"), ("2026-12-31", "全面完成")],
        ),
        (
            "园林局2026年底前建成平台，水务局2027年6月底前接入",
            [("2026-12-31", "园林局建成平台"), ("2027-06-30", "水务局接入")],
        ),
        ("确保到2027年绿化率超过85%，驿站超过40个。", [("2027-12-31", "绿化率超过85%，驿站超过40个")]),
        ("开展断点整治，2027年底整改到位。", [("2027-12-31", "开展断点整治，2027年底整改到位")]),
        ("2026年6月启动试点。", [("2026-06-30", "启动试点")]),
    ],
)
def test_each_date_of_a_text_is_a_step_told_as_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert steps(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "政策有效期至2027年12月31日。",
        "实施期限至2027年底。",
        "自2026年6月起施行。",
        "在2026年的基础上提升。",
        "每年12月底前报告。",
        "2026年全年开放驿站。",
        "依据《水系规划（2026年）》开展巡查。",
        "完善台账，加强巡查。",
        "",
    ],
)
def test_validity_baselines_and_names_are_no_steps(text: str) -> None:
    assert steps(text) == []


def test_a_month_without_a_year_is_in_the_plans_only_year() -> None:
    assert steps("9月底前完成贯通", ONE_YEAR) == [("2026-09-30", "完成贯通")]


def test_a_step_has_its_place_in_the_source() -> None:
    passage = passage_of("加强巡查。到2026年6月底，完成选线；随后开工。")
    (step,) = proposed_milestones(passage, THREE_YEARS)
    assert step.span == (passage.start + 5, passage.start + len("加强巡查。到2026年6月底，完成选线"))


def test_a_long_step_is_cut() -> None:
    (step,) = proposed_milestones(passage_of("2026年底前完成" + "绿" * 300), THREE_YEARS)
    assert len(step.title) == LONGEST_TITLE
