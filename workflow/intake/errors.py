"""Why a file cannot be read as a plan: one sentence for the person, nothing loaded."""

from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(StrEnum):
    """What is wrong with the file."""

    MISSING = "missing"
    FOLDER = "folder"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    LINE_TOO_LONG = "line_too_long"
    NOT_TEXT = "not_text"
    NO_PLAN = "no_plan"
    NO_PERIOD = "no_period"
    PERIOD_REVERSED = "period_reversed"
    LIST_COLUMNS = "list_columns"
    NOT_JSON = "not_json"
    LEDGER_PLACE = "ledger_place"


SENTENCES: dict[Fault, Promise] = {
    Fault.MISSING: _("There is no file “%(name)s”."),
    Fault.FOLDER: _("“%(name)s” is a folder, not a file."),
    Fault.UNREADABLE: _("The file “%(name)s” cannot be read: %(why)s."),
    Fault.EMPTY: _("The file is empty."),
    Fault.TOO_LARGE: _("The file is larger than %(limit)s MB."),
    Fault.LINE_TOO_LONG: _("A line of the file is longer than %(limit)s characters."),
    Fault.NOT_TEXT: _("The file is not a text in UTF-8 or GB18030."),
    Fault.NO_PLAN: _("The text is no plan: no measure with responsible units was found in it."),
    Fault.NO_PERIOD: _("The title names no period such as 2025-2027年, so nothing was loaded: %(title)s"),
    Fault.PERIOD_REVERSED: _("The plan's period ends before it begins: %(period)s"),
    Fault.LIST_COLUMNS: _(
        "Line %(line)s: this reader cannot tell the columns of the task list apart, so nothing was loaded: %(columns)s"
    ),
    Fault.NOT_JSON: _("The ledger file is not valid JSON: line %(line)s, column %(column)s."),
    Fault.LEDGER_PLACE: _("The ledger file is wrong at %(place)s: %(why)s"),
}


class IntakeError(Exception):
    """The file holds no plan that can be read. `str()` is one line in the reader's language.

    Args of the constructor: the fault, and the values its sentence names.
    """

    def __init__(self, fault: Fault, **params: Any) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.params = params

    def __str__(self) -> str:
        return " ".join((str(SENTENCES[self.fault]) % self.params).split())
