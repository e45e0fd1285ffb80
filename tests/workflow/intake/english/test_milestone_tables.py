"""Columns of English tables by the words in their names, and the heads inside such tables."""

import pytest

from workflow.intake.content import CellText, ContentWriter
from workflow.intake.english.columns import Field, label_in, labels_within, likely_field_of
from workflow.intake.english.reader import EnglishPlan, read_english
from workflow.intake.reader_warnings import Caution, WarningList

HEAD = ("Ref", "Action", "Lead agency", "Partner agencies", "Deadline")
PIERS = ("1.1", "Mend the piers", "Works Office", "Treasury, Port Authority", "June 2027")
LAMPS = ("1.2", "Light the quay", "Energy Agency", "", "Ongoing")
BOATS = ("2.1", "Count the boats", "Port Authority", "Police", "Q2 2027")


def read(*rows: tuple[str, ...]) -> tuple[EnglishPlan, list[tuple[int | None, Caution]]]:
    writer = ContentWriter()
    writer.paragraph("Harbour Plan 2026-2027", 1)
    writer.table([CellText.of(row) for row in rows])
    warnings = WarningList()
    return read_english(writer.content(), warnings), [(one.line, one.code) for one in warnings]


def titles(plan: EnglishPlan) -> list[tuple[str, list[str]]]:
    return [(s.title, [m.title for m in s.measures]) for s in plan.sections]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Partner agencies", Field.SUPPORTING),
        ("Supporting bodies", Field.SUPPORTING),
        ("Contributing ministries", Field.SUPPORTING),
        ("Other offices involved", Field.SUPPORTING),
        ("Coordinating ministry", Field.LEAD),
        ("Responsible institution", Field.LEAD),
        ("Body responsible", Field.LEAD),
        ("Indicative timeline", Field.DUE),
        ("Key interventions", Field.TITLE),
        ("Budget (EUR)", Field.IGNORED),
        ("Why this matters to the people of the harbour", None),
    ],
)
def test_a_column_is_known_by_the_words_in_its_name(name: str, field: Field | None) -> None:
    assert likely_field_of(name) is field


def test_partners_of_a_column_support() -> None:
    plan, warnings = read(HEAD, PIERS, LAMPS)
    assert [[(u.text, u.is_lead) for u in m.units] for m in plan.sections[0].measures] == [
        [("Works Office", True), ("Treasury", False), ("Port Authority", False)],
        [("Energy Agency", True)],
    ]
    assert warnings == []


def test_a_row_of_one_cell_is_the_head_of_the_rows_below() -> None:
    plan, _ = read(HEAD, ("1. Piers", "", "", "", ""), PIERS, LAMPS, ("2. Boats", "", "", "", ""), BOATS)
    assert titles(plan) == [("Piers", ["Mend the piers", "Light the quay"]), ("Boats", ["Count the boats"])]


def test_a_column_that_holds_for_several_rows_names_sections() -> None:
    plan, _ = read(("Policy area", *HEAD), ("Piers", *PIERS), ("", *LAMPS), ("Boats", *BOATS))
    assert titles(plan) == [("Piers", ["Mend the piers", "Light the quay"]), ("Boats", ["Count the boats"])]


def test_a_strange_column_of_parties_is_taken_and_warned_of_at_each_row() -> None:
    plan, warnings = read((*HEAD, "Hand in hand"), (*PIERS, "Red Cross"), (*LAMPS, "Harbour Council"))
    assert [m.units[-1].text for m in plan.sections[0].measures] == ["Red Cross", "Harbour Council"]
    assert warnings == [(3, Caution.COLUMN_GUESSED), (4, Caution.COLUMN_GUESSED)]


def test_a_strange_column_of_words_is_warned_of() -> None:
    _, warnings = read((*HEAD, "Why"), (*PIERS, "They rot"), (*LAMPS, "It is dark"))
    assert (3, Caution.COLUMN_UNREAD) in warnings


def test_labels_inside_a_line_begin_behind_a_sign_or_with_a_capital() -> None:
    line = "Mend the piers (Lead: Works Office; partners: Treasury) Deadline: June 2027"
    assert [name for name, _ in labels_within(line)] == [Field.LEAD, Field.SUPPORTING, Field.DUE]
    assert labels_within("The ministry in the lead: none") == []


def test_a_label_may_be_set_off_by_a_dash() -> None:
    assert label_in("Lead - Works Office") == (Field.LEAD, 7)
    assert label_in("Harbour - Works Office") is None


def test_a_card_of_labels_is_a_measure_with_the_number_of_its_label() -> None:
    writer = ContentWriter()
    writer.paragraph("Harbour Plan 2027", 1)
    for number, title in (("1.1", "Mend the piers"), ("1.2", "Light the quay")):
        rows = ((f"Action {number}", title), ("Lead", "Works Office"), ("Deadline", "June 2027"))
        writer.table([CellText.of(row) for row in rows])
    plan = read_english(writer.content(), WarningList())
    assert [(m.number, m.title, str(m.due)) for m in plan.sections[0].measures] == [
        ("Action 1.1", "Mend the piers", "2027-06-30"),
        ("Action 1.2", "Light the quay", "2027-06-30"),
    ]
