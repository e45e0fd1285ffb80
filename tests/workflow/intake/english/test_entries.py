"""Numbered lines and label lines of English plans that mark no headings."""

import pytest

from workflow.actions.plan_input import MeasureInput
from workflow.intake.content import ContentWriter
from workflow.intake.english.headings import entry_form
from workflow.intake.english.reader import EnglishPlan, read_english
from workflow.intake.reader_warnings import Caution, WarningList

TITLE = "Harbour Integrity Plan 2026-2027"


def read(*lines: str) -> tuple[EnglishPlan, list[tuple[int | None, Caution]]]:
    writer = ContentWriter()
    for line in lines:
        writer.paragraph(line)
    warnings = WarningList()
    return read_english(writer.content(), warnings), [(one.line, one.code) for one in warnings]


def told(plan: EnglishPlan) -> list[tuple[str, str, list[str]]]:
    return [(s.number, s.title, [f"{m.number} {m.title}".strip() for m in s.measures]) for s in plan.sections]


def units(measure: MeasureInput) -> list[str]:
    return [("*" if unit.is_lead else "") + unit.text for unit in measure.units]


PIERS = (
    "1.1 Mend the piers. Divers go first.",
    "Lead: Works Office",
    "Partners: Treasury",
    "Deadline: June 2027",
)
LAMPS = ("1.2 Light the quay", "Lead: Energy Agency", "Deadline: Ongoing")
BOATS = ("2.1 Count the boats", "Lead: Port Authority", "Deadline: Q2 2027")


def test_numbered_lines_with_labels_are_measures_under_their_heads() -> None:
    plan, warnings = read(TITLE, "Priority 1. Safe piers", *PIERS, *LAMPS, "Priority 2. Order", *BOATS)
    assert plan.title.text == TITLE
    assert told(plan) == [
        ("Priority 1", "Safe piers", ["1.1 Mend the piers", "1.2 Light the quay"]),
        ("Priority 2", "Order", ["2.1 Count the boats"]),
    ]
    piers = plan.sections[0].measures[0]
    assert (piers.text, piers.schedule, units(piers)) == (
        "Divers go first.",
        "June 2027",
        ["*Works Office", "Treasury"],
    )
    assert warnings == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Milestone 1.1", "Mend the piers", "Lead: Works Office", "Deadline: June 2027"),
        ("Milestone 1.1: Mend the piers. (Lead: Works Office; Deadline: June 2027)",),
        ("Milestone 1.1 Mend the piers", "Led by: Works Office", "By: June 2027"),
        ("Milestone 1.1 Mend the piers", "Lead - Works Office", "Deadline - June 2027"),
        ("Milestone 1.1 Mend the piers", "Lead:", "- Works Office", "Deadline: June 2027"),
        ("Milestone 1.1 Mend the piers", "**Lead:** Works Office | **Deadline:** June 2027"),
    ],
)
def test_a_milestone_may_be_written_in_many_ways(lines: tuple[str, ...]) -> None:
    plan, _ = read(TITLE, "Commitment 1: Safe piers", *lines)
    (measure,) = plan.sections[0].measures
    assert (measure.number, measure.title, units(measure)) == (
        "Milestone 1.1",
        "Mend the piers",
        ["*Works Office"],
    )
    assert (measure.schedule, str(measure.due)) == ("June 2027", "2027-06-30")


def test_a_short_line_between_entries_is_the_head_of_what_follows() -> None:
    plan, _ = read(TITLE, "Piers", *PIERS, *LAMPS, "Boats", *BOATS)
    assert [(title, len(titles)) for _, title, titles in told(plan)] == [("Piers", 2), ("Boats", 1)]


def test_lines_without_numbers_are_measures_where_each_has_labels_of_its_own() -> None:
    plan, _ = read(TITLE, "Mend the piers", *PIERS[1:], "Light the quay", *LAMPS[1:])
    assert [title for _, _, titles in told(plan) for title in titles] == ["Mend the piers", "Light the quay"]


def test_a_numbered_entry_beside_others_that_says_nothing_is_a_measure_and_warned_of() -> None:
    plan, warnings = read(TITLE, *PIERS, "1.2 Study the tides", *BOATS)
    assert [title for _, _, titles in told(plan) for title in titles] == [
        "1.1 Mend the piers",
        "1.2 Study the tides",
        "2.1 Count the boats",
    ]
    assert (6, Caution.UNITS_MISSING) in warnings


def test_numbered_lines_that_no_measure_takes_are_warned_of() -> None:
    loose = [f"{n}. Study the tides of the bay" for n in range(1, 7)]
    _, warnings = read(TITLE, *loose, "Mend the piers", *PIERS[1:], "Light the quay", *LAMPS[1:])
    assert [line for line, code in warnings if code is Caution.LINE_UNPLACED] == [2, 3, 4, 5, 6, 7]
    assert (None, Caution.ENTRIES_UNREAD) in warnings


def test_a_numbered_line_inside_a_measure_is_warned_of() -> None:
    _, warnings = read(TITLE, *PIERS[:1], "(a) Close the ferry berth", *PIERS[1:], *BOATS)
    assert (3, Caution.ENTRY_IN_TEXT) in warnings


@pytest.mark.parametrize(
    "line", ["3.5 million boats were counted", "A boat a day", "In 2026 boats came", "2026 was dry"]
)
def test_a_figure_or_a_word_is_no_number(line: str) -> None:
    assert entry_form(line) == ""
