"""The plan the project was started for: read whole where its text is at hand, and always as the shipped ledger file.

The facts worked out by hand stand beside the text, outside the project; without them the ledger file is
held against the numbers alone.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from workflow.actions.loading import MeasureInput, TargetInput
from workflow.intake.plan_read import PlanRead
from workflow.intake.preview import as_data
from workflow.intake.reader_warnings import Caution
from workflow.intake.reading import SHIPPED_LEDGERS, read_file
from workflow.intake.source import key

LEDGER = SHIPPED_LEDGERS / "education-modernisation.json"
PLANS = Path(__file__).resolve().parents[4] / "shared" / "plans"
TEXT = PLANS / "education-modernisation.txt"
FACTS = PLANS / "education-modernisation.truth.json"
at_hand = pytest.mark.skipif(not (TEXT.exists() and FACTS.exists()), reason="the published text is not here")

END = "2025-12-31"
PROMISED = [
    ("加强和改进学校体育美育", ">=", 95, "%", END),
    ("加强和改进学校体育美育", ">=", 2, "项/人", END),
    ("加强和改进学校体育美育", ">=", 1, "项/人", END),
    ("加强和改进学校体育美育", ">=", 1, "个百分点/年", END),
    ("促进学前教育普惠提质", ">", 85, "%", END),
    ("促进学前教育普惠提质", ">", 80, "%", END),
    ("保障特殊群体的平等受教育权利", "=", 12, "年", None),
    ("保障特殊群体的平等受教育权利", ">=", 10000, "元/生", None),
]
OWN_WORDS = 12
"""So many characters in a row may a description share with the text by chance."""


@pytest.fixture(scope="module")
def ledger() -> PlanRead:
    return read_file(LEDGER)


@pytest.fixture(scope="module")
def document() -> PlanRead:
    return read_file(TEXT)


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FACTS.read_text(encoding="utf-8"))
    return found


def listed(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The measures in order, as the list has them and, where it leaves them out, as the narrative does."""
    numbers = {fact["id"]: fact["number"] for fact in facts["body"]}
    rows = [{**fact, "number": numbers[fact["id"]]} for fact in facts["task_list"]]
    return [*rows, *facts["organisational"]]


def shown(plan: PlanRead) -> list[dict[str, Any]]:
    """The measures of a dry run, each with its section's head."""
    sections = as_data(plan)["sections"]
    return [{**m, "section": s["number"] + s["title"]} for s in sections for m in s["measures"]]


def all_measures(plan: PlanRead) -> list[MeasureInput]:
    return [measure for section in plan.plan.sections for measure in section.measures]


def promise(title: str, target: TargetInput) -> tuple[str, str, int, str, str | None]:
    due = target.due.isoformat() if target.due else None
    return title, target.comparator, int(target.value or 0), target.unit, due


def test_the_ledger_file_has_eight_action_plans_and_the_organisational_section(ledger: PlanRead) -> None:
    assert [len(section.measures) for section in ledger.plan.sections] == [5, 5, 4, 4, 3, 2, 2, 4, 4]
    assert [measure.schedule for measure in all_measures(ledger)] == ["持续推进"] * 29 + [""] * 4


def test_the_ledger_file_has_every_numeric_target_with_its_date_or_none(ledger: PlanRead) -> None:
    found = [promise(m.title, t) for m in all_measures(ledger) for t in m.targets if t.value is not None]
    assert found == PROMISED


def test_the_ledger_file_has_every_target_without_a_number(ledger: PlanRead) -> None:
    without = {m.title: [t for t in m.targets if t.value is None] for m in all_measures(ledger)}
    assert {title: len(targets) for title, targets in without.items() if targets} == {
        "加强生态文明教育": 1,
        "促进学前教育普惠提质": 5,
        "保障教师待遇": 1,
        "完善教育经费保障机制": 2,
        "强化督导评估": 1,
    }
    assert [t.due.isoformat() if t.due else None for t in without["促进学前教育普惠提质"]] == [
        END,
        END,
        END,
        None,
        None,
    ]


def test_every_measure_of_the_ledger_file_is_described_shortly(ledger: PlanRead) -> None:
    for measure in all_measures(ledger):
        assert 15 <= len(measure.text) <= 90
        assert 1 <= measure.text.count("。") <= 2
    assert len({measure.text for measure in all_measures(ledger)}) == 33


@at_hand
@pytest.mark.parametrize("source", ["document", "ledger"])
def test_sections_measures_units_and_schedules_are_those_of_the_facts(
    source: str, facts: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    plan = request.getfixturevalue(source)
    assert plan.plan.title == facts["meta"]["plan_title"]
    expected = listed(facts)
    assert len(expected) == facts["meta"]["counts"]["processes_total"]
    for fact, measure in zip(expected, shown(plan), strict=True):
        for name in ("section", "number", "title", "units", "lead", "schedule", "due"):
            assert measure[name] == fact[name], (fact["id"], name)
        assert "、".join(measure["units"]) + "".join(measure["open_ended"]) == fact["units_raw"]
        assert bool(measure["open_ended"]) is fact["open_ended"]
        assert [measure["lead"], *measure["supporting"], *measure["collective"]] == sorted(
            fact["units"], key=lambda unit: unit == "各街道"
        )
        assert set(measure["collective"]) <= {"各街道"}


@at_hand
def test_the_document_has_the_one_difference_of_units(document: PlanRead, facts: dict[str, Any]) -> None:
    (fact,) = (difference for difference in facts["differences"] if difference["kind"] == "units")
    titles = {row["id"]: row["title"] for row in facts["task_list"]}
    found = [
        (measure["title"], difference) for measure in shown(document) for difference in measure["differences"]
    ]
    assert found == [(titles[fact["id"]], {"kind": "units", "narrative": fact["body"], "list": fact["list"]})]


@at_hand
def test_the_text_of_each_measure_is_the_narratives(document: PlanRead, facts: dict[str, Any]) -> None:
    lines = TEXT.read_text(encoding="utf-8").split("\n")
    for fact, measure in zip([*facts["body"], *facts["organisational"]], all_measures(document), strict=True):
        line = fact.get("line") or fact["lines"][0]
        assert measure.line == line
        paragraph = lines[line - 1] if "line" in fact else lines[fact["lines"][1] - 1]
        assert measure.text
        assert measure.text in paragraph
        assert paragraph.endswith("）")
        assert "责任单位" not in measure.text


@at_hand
def test_the_targets_read_from_the_document_are_those_of_the_facts(
    document: PlanRead, facts: dict[str, Any]
) -> None:
    found = [promise(m.title, t) for m in all_measures(document) for t in m.targets if t.value is not None]
    assert found == PROMISED
    plain = [
        (m.title, t.due and t.due.isoformat())
        for m in all_measures(document)
        for t in m.targets
        if t.value is None
    ]
    assert sorted(plain, key=str) == sorted(
        (
            (fact["title"], given["due"])
            for fact in [*facts["body"], *facts["organisational"]]
            for given in fact["implicit_targets"]
        ),
        key=str,
    )


@at_hand
def test_what_the_document_leaves_open_is_warned_of(document: PlanRead) -> None:
    assert [(warning.line, warning.code) for warning in document.warnings] == [
        (1, Caution.PERIOD_EQUAL),
        (43, Caution.SECTION_NOT_IN_LIST),
        (51, Caution.UNIT_OPEN_ENDED),
        (62, Caution.LEAD_BY_ORDER),
        (158, Caution.UNIT_OPEN_ENDED),
        (158, Caution.UNITS_DIFFER),
    ]


@at_hand
def test_the_ledger_files_numeric_targets_are_those_of_the_facts(
    ledger: PlanRead, facts: dict[str, Any]
) -> None:
    targets = {measure.title: list(measure.targets) for measure in all_measures(ledger)}
    for fact in [*facts["body"], *facts["organisational"]]:
        known = [*fact["targets"], *fact["implicit_targets"]]
        found = targets[fact["title"]]
        assert [(t.value and int(t.value), t.due and t.due.isoformat()) for t in found] == [
            (given.get("value"), given["due"]) for given in known
        ]
        for given, target in zip(fact["targets"], found, strict=False):
            assert (target.unit, target.comparator) == (given["unit"], given["comparator"].split(" ")[0])


@at_hand
def test_descriptions_are_in_words_of_their_own(ledger: PlanRead) -> None:
    text = key(TEXT.read_text(encoding="utf-8"))
    for measure in all_measures(ledger):
        written = key(measure.text)
        pieces = [written[n : n + OWN_WORDS] for n in range(len(written) - OWN_WORDS + 1)]
        assert [piece for piece in pieces if piece in text] == []
