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
    "due_outside_period",
    "figures_unread",
    "head_differs",
    "head_unmatched",
    "lead_by_order",
    "lead_missing",
    "lead_not_first",
    "line_unplaced",
    "list_missing",
    "measure_unlisted",
    "narrative_missing",
    "period_differs",
    "period_equal",
    "row_repeated",
    "row_unpaired",
    "row_without_section",
    "schedule_missing",
    "schedule_unclear",
    "section_empty",
    "section_not_in_list",
    "section_single",
    "serial_gap",
    "text_cut",
    "unit_ambiguous",
    "unit_open_ended",
    "unit_repeated",
    "unit_unclear",
    "units_differ",
    "units_missing",
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
