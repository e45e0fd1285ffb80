"""The invented plans and their facts by hand belong together: no fact is of words that the plan does not have."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.intake.scoring import PLANS, facts_of, plans_in
from tests.workflow.intake.scoring_pairs import measures, plain

NAMES = plans_in(PLANS)
PAGE_MARK = re.compile(r"—\d+—")
OPENING = 8
MEASURE_FACTS = {
    "number",
    "title",
    "schedule",
    "due",
    "lead",
    "supporting",
    "collective",
    "open_ended",
    "units",
    "targets",
}


def source(name: str) -> Path:
    (path,) = (path for path in PLANS.iterdir() if path.stem == name)
    return path


def written(name: str) -> str:
    """The words of a plan in one file or several, of its program where one writes it, without blanks and page marks."""
    path = source(name)
    parts = sorted(path.iterdir()) if path.is_dir() else [path]
    text = html.unescape("\n".join(part.read_text(encoding="utf-8") for part in parts))
    return PAGE_MARK.sub("", plain(re.sub(r"<br>|~~", "", text)))


def listed(name: str) -> list[dict[str, Any]]:
    return measures(facts_of(PLANS, name))


def test_there_are_plans_in_every_form_a_government_publishes() -> None:
    assert {source(name).suffix for name in NAMES} == {".txt", ".md", ".html", ".csv", ".py", ""}
    assert len(NAMES) >= 15


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_has_eight_to_twenty_measures(name: str) -> None:
    assert 8 <= len(listed(name)) <= 20


@pytest.mark.parametrize("name", NAMES)
def test_the_opening_of_every_title_stands_in_the_plan(name: str) -> None:
    text = written(name)
    assert [m["title"] for m in listed(name) if plain(m["title"])[:OPENING] not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_schedule_and_figure_stands_in_the_plan(name: str) -> None:
    text = written(name)
    schedules = [plain(m.get("schedule")) for m in listed(name)]
    figures = [
        f"{t['value']:g}" for m in listed(name) for t in m.get("targets", ()) if t["value"] is not None
    ]
    assert [fact for fact in [*schedules, *figures] if fact not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_lead_supporting_and_collective_units_are_the_units(name: str) -> None:
    for measure in listed(name):
        if "lead" in measure:
            roles = [measure["lead"], *measure["supporting"], *measure["collective"]]
            assert sorted(filter(None, roles)) == sorted(measure["units"]), measure["title"]


@pytest.mark.parametrize("name", NAMES)
def test_facts_have_no_other_names_than_those_of_a_dry_run(name: str) -> None:
    found = {key for measure in listed(name) for key in measure} - {"section"}
    assert found <= MEASURE_FACTS
    targets = {key for measure in listed(name) for target in measure.get("targets", ()) for key in target}
    assert targets <= {"comparator", "value", "unit", "due"}
