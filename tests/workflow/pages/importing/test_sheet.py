"""A measure as fields: what is typed becomes the measure, and what will not do is said at its field."""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories.imports import bridge
from workflow.actions.plan_input import MeasureInput
from workflow.pages.importing.sheet import MOST_ROWS, Sheet


def typed(measure: MeasureInput) -> dict[str, str]:
    """The fields as a browser sends them unchanged."""
    sheet = Sheet.of(measure)
    data = {**sheet.fields, "lead": sheet.lead}
    if sheet.is_ongoing:
        data["is_ongoing"] = "1"
    for kind, rows in sheet.rows.items():
        for n, row in enumerate(rows):
            data |= {f"{kind}-{n}-{name}": value for name, value in row.items()}
    return data


def made(**changed: str) -> MeasureInput:
    sheet = Sheet.sent({**typed(bridge()), **changed})
    found = sheet.measure(bridge())
    assert found is not None, sheet.errors
    return found


def wrong(**changed: str) -> dict[str, str]:
    sheet = Sheet.sent({**typed(bridge()), **changed})
    assert sheet.measure(bridge()) is None
    return sheet.errors


def test_fields_sent_unchanged_change_nothing() -> None:
    assert made() == bridge()


def test_what_the_fields_do_not_show_is_kept() -> None:
    base = replace(bridge(), differences=[{"kind": "units"}])
    found = Sheet.sent(typed(base)).measure(base)
    assert found is not None
    assert (found.differences, found.spans, found.line) == (base.differences, base.spans, 3)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"due": "2026-13-01"}, "due"),
        ({"target-0-value": "三"}, "target-0-value"),
        ({"target-0-value": "1" * 13}, "target-0-value"),
        ({"target-0-value": "NaN"}, "target-0-value"),
        ({"target-0-value": "0.00001"}, "target-0-value"),
        ({"milestone-0-due": ""}, "milestone-0-due"),
        ({"unit-1-text": "教育局"}, "unit-1-text"),
        ({"lead": "2"}, "unit-2-text"),
        ({"target-0-unit": "座" * 31}, "target-0-unit"),
    ],
)
def test_what_will_not_do_is_said_at_its_field(changed: dict[str, str], field: str) -> None:
    errors = wrong(**changed)
    assert list(errors) == [field]
    assert errors[field]


def test_more_rows_than_a_measure_can_have_are_refused() -> None:
    rows = {f"item-{n}-text": f"第{n}件" for n in range(MOST_ROWS + 1)}
    assert wrong(**rows)


def test_an_emptied_row_goes_and_the_lead_stays_with_its_unit() -> None:
    found = made(**{"unit-0-text": "", "lead": "1"})
    assert [(unit.text, unit.is_lead) for unit in found.units] == [("财政局", True), ("各街道", False)]
    assert found.units[0].written == "财政"


def test_the_cycle_counts_only_for_what_goes_on() -> None:
    assert made(cycle="month").cycle == ""
    found = made(cycle="month", is_ongoing="1")
    assert (found.is_ongoing, found.cycle) == (True, "month")


def test_the_kind_of_a_unit_says_of_a_collective_which_bureaus() -> None:
    found = made(**{"unit-1-kind": "collective:school"})
    assert (found.units[1].kind, found.units[1].collective_kind) == ("collective", "school")


def test_a_row_moves_with_its_lead_and_a_removed_lead_leaves_none() -> None:
    sheet = Sheet.of(bridge())
    sheet.move("unit", 0, 1)
    assert ([row["text"] for row in sheet.rows["unit"]][:2], sheet.lead) == (["财政局", "教育局"], "1")
    sheet.remove("unit", 0)
    assert sheet.lead == "0"
    sheet.remove("unit", 0)
    assert sheet.lead == ""


def test_nonsense_beside_the_fields_is_left_alone() -> None:
    nonsense: dict[str, Any] = {"unit-x-text": "甲", "unit-9999999-text": "乙", "item-0-span": "a-b"}
    found = made(**nonsense)
    assert [unit.text for unit in found.units] == ["教育局", "财政局", "各街道"]
    assert found.items[0].span is None


def test_what_nobody_sees_is_not_kept() -> None:
    found = made(**{"title": "建\u200b桥\u202e\x01", "unit-0-text": "\ufeff教育局\u2060"})
    assert (found.title, found.units[0].text) == ("建桥", "教育局")


def test_line_breaks_of_a_text_are_kept() -> None:
    assert made(text="甲。\n\t乙。").text == "甲。\n\t乙。"
