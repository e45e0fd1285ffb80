"""Warnings and errors: a sentence for each, and what the ledger keeps of them."""

import json
import re

import pytest
from django.utils.translation import override

from tests.workflow.intake.greenway import read
from workflow.actions.loading import UNIT_AMBIGUOUS
from workflow.intake import errors, reader_warnings
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.reader_warnings import Caution, ReaderWarning, from_stored

CODES = {
    "bracket_open",
    "bracket_unplaced",
    "brackets_several",
    "cell_joined",
    "cells_swapped",
    "entries_unread",
    "entry_in_text",
    "formula_unstored",
    "column_guessed",
    "column_unread",
    "columns_guessed",
    "date_ambiguous",
    "date_relative",
    "date_unsure",
    "due_outside_period",
    "embedded_unread",
    "figures_differ",
    "figures_unread",
    "range_read",
    "footnotes_unread",
    "head_differs",
    "head_unmatched",
    "lead_by_order",
    "lead_missing",
    "lead_not_first",
    "leads_several",
    "ledger_in_part",
    "line_unplaced",
    "lines_rejoined",
    "list_missing",
    "list_unread",
    "measure_unlisted",
    "narrative_missing",
    "pages_unread",
    "period_differs",
    "period_equal",
    "period_guessed",
    "row_repeated",
    "row_unpaired",
    "row_unsure",
    "row_without_section",
    "schedule_column_missing",
    "schedule_in_text",
    "schedule_missing",
    "schedule_revised",
    "schedule_unclear",
    "schedule_unsure",
    "section_empty",
    "section_not_in_list",
    "section_single",
    "serial_gap",
    "sheet_hidden",
    "table_unread",
    "table_with_units_unread",
    "target_numbers_differ",
    "targets_unplaced",
    "text_cut",
    "title_differs",
    "title_repeated",
    "unit_ambiguous",
    "unit_carried",
    "unit_like",
    "unit_marked",
    "unit_open_ended",
    "unit_repeated",
    "unit_unclear",
    "units_column_unsure",
    "units_differ",
    "units_from_head",
    "units_left_out",
    "units_missing",
    "units_unknown",
}
"""Stored with plans: one may be added, none renamed or reused."""

NAMED = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("code", Caution)
def test_every_warning_has_a_sentence_that_needs_only_its_own_values(code: Caution) -> None:
    with override("en"):
        sentence = str(reader_warnings.SENTENCES[code])
        message = ReaderWarning(3, code, dict.fromkeys(NAMED.findall(sentence), "VALUE")).message
    assert "%(" not in message
    assert message.count("VALUE") == len(NAMED.findall(sentence))


@pytest.mark.parametrize("fault", Fault)
def test_every_error_is_one_line(fault: Fault) -> None:
    with override("en"):
        names = NAMED.findall(str(errors.SENTENCES[fault]))
        message = str(IntakeError(fault, **dict.fromkeys(names, "two\nlines")))
    assert message
    assert "\n" not in message


def test_stored_warnings_come_back_as_they_were() -> None:
    warnings = list(read().warnings)
    stored = json.loads(json.dumps([warning.stored() for warning in warnings]))
    assert from_stored(stored) == warnings


def test_the_ledgers_own_warning_is_known_to_the_readers() -> None:
    assert Caution(UNIT_AMBIGUOUS) is Caution.UNIT_AMBIGUOUS


def test_codes_are_data_and_stay_as_they_are() -> None:
    assert {code.value for code in Caution} == CODES
