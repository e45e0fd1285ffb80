"""The judge of the reader: what it counts as right, as wrong, and as lost without a word."""

import copy
from typing import Any

import pytest

from tests.workflow.intake.scoring import Score, score, score_refused
from tests.workflow.intake.scoring_facts import Tally

TEXT = "河湾区绿道方案（2026年）\n1.打通断点。到2026年，长度超过4公里。\n2.修补路面。\n3.增设驿站。"


def measure(number: str, title: str, units: list[str], **more: Any) -> dict[str, Any]:
    lead = {"lead": units[0], "supporting": units[1:], "collective": [], "open_ended": []}
    dates = {"schedule": "2026年底", "due": "2026-12-31"}
    return {"number": number, "title": title, "units": units, **lead, **dates, "targets": [], **more}


TRUTH: dict[str, Any] = {
    "title": "河湾区绿道方案",
    "period": "2026-2026",
    "sections": [
        {
            "title": "贯通行动",
            "measures": [
                measure(
                    "1.",
                    "打通断点",
                    ["区园林局", "区水务局"],
                    targets=[{"comparator": ">", "value": 4, "unit": "公里", "due": None}],
                ),
                measure("2.", "修补路面", ["区园林局"]),
                measure("3.", "增设驿站", ["区园林局", "区财政局"]),
            ],
        }
    ],
}


@pytest.fixture
def read() -> dict[str, Any]:
    """The plan read without a fault."""
    plan: dict[str, Any] = {**copy.deepcopy(TRUTH), "period": "2026年", "warnings": []}
    for line, one in enumerate(plan["sections"][0]["measures"], 2):
        one |= {"line": line, "text": ""}
    return plan


def judged(plan: dict[str, Any], *warned_lines: int, message: str = "") -> Score:
    plan["warnings"] = [{"line": line, "code": "", "message": message} for line in warned_lines]
    return score(plan, TRUTH, TEXT)


def first(plan: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = plan["sections"][0]["measures"][0]
    return found


def test_a_plan_read_without_a_fault_is_right_in_every_fact(read: dict[str, Any]) -> None:
    result = judged(read)
    assert result.wrongs == []
    assert {kind: tally.right for kind, tally in result.tallies.items()} == {
        "head": 2,
        "measures": 3,
        "sections": 3,
        "titles": 3,
        "units": 5,
        "roles": 5,
        "dates": 6,
        "targets": 1,
    }


def test_units_in_another_order_are_one_missing_and_one_invented(read: dict[str, Any]) -> None:
    first(read)["units"] = ["区水务局", "区园林局"]
    assert judged(read).tallies["units"] == Tally(right=4, true=5, read=5)


def test_another_lead_is_a_wrong_role_of_both_units(read: dict[str, Any]) -> None:
    first(read).update(lead="区水务局", supporting=["区园林局"])
    assert judged(read).tallies["roles"] == Tally(right=3, true=5, read=5)


@pytest.mark.parametrize(
    ("name", "value"), [("comparator", ">="), ("value", 5), ("unit", "米"), ("due", "2026-12-31")]
)
def test_a_target_with_one_wrong_part_is_wrong(read: dict[str, Any], name: str, value: Any) -> None:
    first(read)["targets"][0][name] = value
    assert judged(read).tallies["targets"] == Tally(right=0, true=1, read=1)


def test_a_great_figure_is_the_same_however_it_is_written(read: dict[str, Any]) -> None:
    truth = copy.deepcopy(TRUTH)
    first(truth)["targets"] = [{"value": 3.5, "unit": "万个工作日"}]
    first(read)["targets"] = [{"comparator": ">=", "value": 35000, "unit": "工作日", "due": None}]
    assert score(read, truth, TEXT).wrongs == []


def test_a_fact_left_out_of_the_facts_is_not_judged(read: dict[str, Any]) -> None:
    truth = copy.deepcopy(TRUTH)
    del first(truth)["due"], first(truth)["units"], truth["title"]
    first(read).update(due=None, units=[])
    read["title"] = "别的"
    assert score(read, truth, TEXT).wrongs == []


def test_measures_of_a_section_whose_measures_are_left_out_are_not_judged(read: dict[str, Any]) -> None:
    truth = copy.deepcopy(TRUTH)
    truth["sections"].append({"title": "组织保障"})
    read["sections"].append({"title": "组织保障", "measures": [measure("1", "加强领导", ["区政府"])]})
    assert score(read, truth, TEXT).wrongs == []


def test_a_wrong_fact_without_a_warning_is_a_silent_loss(read: dict[str, Any]) -> None:
    first(read)["due"] = None
    (silent,) = judged(read).silent
    assert (silent.kind, silent.title, silent.missing) == ("dates", "打通断点", "2026-12-31")


@pytest.mark.parametrize(("line", "silent"), [(1, 1), (2, 0), (3, 1)])
def test_a_warning_covers_from_the_measures_line_to_the_next_measure(
    read: dict[str, Any], line: int, silent: int
) -> None:
    first(read)["due"] = None
    assert len(judged(read, line).silent) == silent


def test_a_warning_that_names_the_measure_covers_it_from_anywhere(read: dict[str, Any]) -> None:
    first(read)["due"] = None
    assert judged(read, 4, message="“打通断点”没有时限。").silent == []


def test_a_lost_measure_is_one_silent_loss_and_lacks_every_fact(read: dict[str, Any]) -> None:
    del read["sections"][0]["measures"][1]
    result = judged(read)
    assert [(wrong.kind, wrong.missing) for wrong in result.silent] == [("measures", "修补路面")]
    assert result.tallies["measures"] == Tally(right=2, true=3, read=2)
    assert result.tallies["units"].recall == pytest.approx(4 / 5)


def test_a_warning_at_the_line_of_a_lost_measure_covers_it(read: dict[str, Any]) -> None:
    del read["sections"][0]["measures"][1]
    assert judged(read, 3).silent == []


def test_an_invented_measure_costs_precision_and_is_silent_without_a_warning(read: dict[str, Any]) -> None:
    read["sections"][0]["measures"].append(measure("4.", "目录页码", ["区档案局"], line=1))
    result = judged(read)
    assert [(wrong.kind, wrong.invented) for wrong in result.silent] == [("measures", "目录页码")]
    assert result.tallies["measures"].precision == pytest.approx(3 / 4)
    assert result.tallies["units"].precision == pytest.approx(5 / 6)


def test_a_shortened_title_is_still_the_measures_but_a_wrong_title(read: dict[str, Any]) -> None:
    first(read)["title"] = "打通断点建设步道"
    result = judged(read)
    assert result.tallies["measures"].recall == 1
    assert result.tallies["titles"].right == 2


def test_a_wrong_title_of_the_plan_is_silent_unless_warned_above_the_first_measure(
    read: dict[str, Any],
) -> None:
    read["title"] = "任务清单"
    assert [wrong.kind for wrong in judged(read).silent] == ["head"]
    assert judged(read, 1).silent == []


def test_a_refused_document_finds_nothing_and_loses_nothing_silently() -> None:
    result = score_refused("不是方案。", TRUTH)
    assert (result.tallies["measures"].recall, result.silent) == (0, [])
