"""What a reader was not sure of (INTAKE.md, Never silently): a code, its line, and the values it names.

The code and values are stored with the plan; the sentence is made when somebody reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Caution(StrEnum):
    """Every kind of warning. Stored: never rename one."""

    PERIOD_EQUAL = "period_equal"
    PERIOD_DIFFERS = "period_differs"
    TEXT_CUT = "text_cut"
    SERIAL_GAP = "serial_gap"
    SECTION_EMPTY = "section_empty"
    SECTION_SINGLE = "section_single"
    SECTION_NOT_IN_LIST = "section_not_in_list"
    NARRATIVE_MISSING = "narrative_missing"
    LIST_MISSING = "list_missing"
    HEAD_DIFFERS = "head_differs"
    HEAD_UNMATCHED = "head_unmatched"
    ROW_WITHOUT_SECTION = "row_without_section"
    ROW_UNPAIRED = "row_unpaired"
    ROW_REPEATED = "row_repeated"
    MEASURE_UNLISTED = "measure_unlisted"
    LINE_UNPLACED = "line_unplaced"
    CELLS_SWAPPED = "cells_swapped"
    CELL_JOINED = "cell_joined"
    ROW_UNSURE = "row_unsure"
    LIST_UNREAD = "list_unread"
    COLUMNS_GUESSED = "columns_guessed"
    BRACKET_OPEN = "bracket_open"
    BRACKETS_SEVERAL = "brackets_several"
    BRACKET_UNPLACED = "bracket_unplaced"
    UNITS_MISSING = "units_missing"
    UNITS_DIFFER = "units_differ"
    UNIT_REPEATED = "unit_repeated"
    UNIT_UNCLEAR = "unit_unclear"
    UNIT_CARRIED = "unit_carried"
    UNIT_OPEN_ENDED = "unit_open_ended"
    UNIT_MARKED = "unit_marked"
    UNIT_AMBIGUOUS = "unit_ambiguous"
    UNIT_LIKE = "unit_like"
    UNITS_UNKNOWN = "units_unknown"
    LEAD_BY_ORDER = "lead_by_order"
    LEAD_NOT_FIRST = "lead_not_first"
    LEAD_MISSING = "lead_missing"
    LEADS_SEVERAL = "leads_several"
    UNITS_LEFT_OUT = "units_left_out"
    SCHEDULE_MISSING = "schedule_missing"
    SCHEDULE_UNCLEAR = "schedule_unclear"
    SCHEDULE_UNSURE = "schedule_unsure"
    DATE_UNSURE = "date_unsure"
    DATE_RELATIVE = "date_relative"
    SCHEDULE_REVISED = "schedule_revised"
    DATE_AMBIGUOUS = "date_ambiguous"
    DUE_OUTSIDE_PERIOD = "due_outside_period"
    FIGURES_UNREAD = "figures_unread"
    RANGE_READ = "range_read"
    PERIOD_GUESSED = "period_guessed"
    LINES_REJOINED = "lines_rejoined"
    TITLE_DIFFERS = "title_differs"
    TITLE_REPEATED = "title_repeated"
    SCHEDULE_COLUMN_MISSING = "schedule_column_missing"
    COLUMN_UNREAD = "column_unread"
    LEDGER_IN_PART = "ledger_in_part"
    TARGET_NUMBERS_DIFFER = "target_numbers_differ"
    TABLE_UNREAD = "table_unread"
    TABLE_WITH_UNITS_UNREAD = "table_with_units_unread"
    UNITS_COLUMN_UNSURE = "units_column_unsure"
    SCHEDULE_IN_TEXT = "schedule_in_text"
    UNITS_FROM_HEAD = "units_from_head"
    TARGETS_UNPLACED = "targets_unplaced"
    FIGURES_DIFFER = "figures_differ"
    SHEET_HIDDEN = "sheet_hidden"
    FOOTNOTES_UNREAD = "footnotes_unread"
    EMBEDDED_UNREAD = "embedded_unread"
    PAGES_UNREAD = "pages_unread"
    COLUMN_GUESSED = "column_guessed"
    ENTRY_IN_TEXT = "entry_in_text"
    ENTRIES_UNREAD = "entries_unread"
    FORMULA_UNSTORED = "formula_unstored"


SENTENCES: dict[Caution, Promise] = {
    Caution.PERIOD_EQUAL: _("The period begins and ends in %(year)s; it is taken as that calendar year."),
    Caution.PERIOD_DIFFERS: _("The task list names another period (%(list)s) than the plan (%(plan)s)."),
    Caution.TEXT_CUT: _("A text was longer than %(limit)s characters and was cut: %(text)s…"),
    Caution.SERIAL_GAP: _("The numbering jumps: %(expected)s was expected, %(found)s found."),
    Caution.SECTION_EMPTY: _("The section “%(section)s” has no measures."),
    Caution.SECTION_SINGLE: _(
        "The section “%(section)s” has no numbered measures; it is taken as one measure."
    ),
    Caution.SECTION_NOT_IN_LIST: _("The section “%(section)s” is not in the task list; it has no schedule."),
    Caution.NARRATIVE_MISSING: _(
        "No narrative with responsible units was found; the task list alone was read."
    ),
    Caution.LIST_MISSING: _("No task list was found; the narrative alone was read and has no schedule."),
    Caution.HEAD_DIFFERS: _(
        "The list's section head “%(list)s” was matched by its number with “%(narrative)s”."
    ),
    Caution.HEAD_UNMATCHED: _("The list's section head “%(head)s” matches no section of the narrative."),
    Caution.ROW_WITHOUT_SECTION: _("The row “%(title)s” stands before any section head."),
    Caution.ROW_UNPAIRED: _("The row “%(title)s” has no measure of that title in the narrative."),
    Caution.ROW_REPEATED: _("The row “%(title)s” stands twice in its section; the second was left out."),
    Caution.MEASURE_UNLISTED: _("The measure “%(title)s” has no row in the task list."),
    Caution.LINE_UNPLACED: _("This line belongs to no measure and was left out: %(text)s"),
    Caution.CELLS_SWAPPED: _("In the row “%(title)s” the schedule and the units have changed places."),
    Caution.CELL_JOINED: _("A cell of the row “%(title)s” goes on here; the parts were joined."),
    Caution.ROW_UNSURE: _(
        "The cells of the row that begins here were not told apart surely: check them all."
    ),
    Caution.LIST_UNREAD: _(
        "The columns of this task list cannot be told apart, and it was left out: %(columns)s"
    ),
    Caution.COLUMNS_GUESSED: _(
        "This list has no header; what its columns mean was taken from what stands in them."
    ),
    Caution.BRACKET_OPEN: _("The bracket of responsible units is not closed: %(text)s"),
    Caution.BRACKETS_SEVERAL: _(
        "The measure “%(title)s” names responsible units more than once; all were taken."
    ),
    Caution.BRACKET_UNPLACED: _("Responsible units are named outside every measure: %(text)s"),
    Caution.UNITS_MISSING: _("“%(title)s” names no responsible unit."),
    Caution.UNITS_DIFFER: _(
        "The units of “%(title)s” differ: narrative “%(narrative)s”, list “%(list)s”. The list decides."
    ),
    Caution.UNIT_REPEATED: _("The unit “%(unit)s” is named twice; it was taken once."),
    Caution.UNIT_CARRIED: _(
        "“%(unit)s” is read as %(name)s, after the unit before it; it may be a name of its own."
    ),
    Caution.UNIT_UNCLEAR: _("“%(unit)s” does not look like a unit; it was kept as written."),
    Caution.UNIT_OPEN_ENDED: _("“%(unit)s” names nobody: decide who is meant."),
    Caution.UNIT_MARKED: _(
        "“%(unit)s” bears a sign (%(sign)s) that the document does not explain: check who leads."
    ),
    Caution.UNIT_AMBIGUOUS: _("The unit “%(unit)s” matches several bureaus: %(bureaus)s."),
    Caution.UNIT_LIKE: _("No bureau is called “%(unit)s”; names like it: %(bureaus)s."),
    Caution.UNITS_UNKNOWN: _("No bureau bears these names, and nobody is tied to them yet: %(units)s."),
    Caution.LEAD_BY_ORDER: _(
        "The document does not say who leads: the first unit of each measure was taken."
    ),
    Caution.LEAD_NOT_FIRST: _(
        "“%(first)s” is a collective and cannot lead; “%(lead)s” was taken as the lead."
    ),
    Caution.LEAD_MISSING: _("“%(title)s” names no unit that could lead."),
    Caution.LEADS_SEVERAL: _(
        "“%(title)s” names several leads (%(units)s); “%(lead)s” was taken as the lead, the others support."
    ),
    Caution.UNITS_LEFT_OUT: _("This stands among the units of “%(title)s” and names none of them: %(text)s"),
    Caution.SCHEDULE_MISSING: _("The row “%(title)s” has no schedule."),
    Caution.SCHEDULE_UNCLEAR: _(
        "The schedule “%(schedule)s” was kept as written; no date could be read from it."
    ),
    Caution.SCHEDULE_REVISED: _(
        "A date was struck (%(old)s) and replaced; the new one was taken: %(schedule)s"
    ),
    Caution.DATE_AMBIGUOUS: _(
        "Day and month could be changed about; the month was taken to stand first: %(schedule)s"
    ),
    Caution.SCHEDULE_UNSURE: _(
        "The schedule “%(schedule)s” was not understood surely; %(date)s was read from it."
    ),
    Caution.DATE_UNSURE: _("“%(phrase)s” may mean another day than %(date)s."),
    Caution.DATE_RELATIVE: _("“%(phrase)s” counts from a day that the text does not name; no date was read."),
    Caution.DUE_OUTSIDE_PERIOD: _("The due date %(due)s lies outside the plan's period."),
    Caution.RANGE_READ: _("“%(phrase)s” is a range; %(value)s was read from it."),
    Caution.FIGURES_UNREAD: _("Figures that may be targets were not read as such: %(figures)s."),
    Caution.PERIOD_GUESSED: _("The title names no period; %(period)s was taken from the text."),
    Caution.LINES_REJOINED: _("The lines end as a page's do; they were put together into paragraphs."),
    Caution.TITLE_DIFFERS: _("The row “%(list)s” was taken for the measure “%(narrative)s”."),
    Caution.TITLE_REPEATED: _("Two rows of one section are called “%(title)s”; both were kept."),
    Caution.SCHEDULE_COLUMN_MISSING: _("No row of the task list has a schedule."),
    Caution.LEDGER_IN_PART: _(
        "The sheet holds a part of the ledger only: brought in as a later edition it drops all other measures."
    ),
    Caution.TARGET_NUMBERS_DIFFER: _(
        "The target “%(text)s” says %(said)s, its brackets say %(number)s; the brackets were taken."
    ),
    Caution.COLUMN_UNREAD: _("The column “%(column)s” of the list was not read."),
    Caution.TABLE_UNREAD: _("This table is no task list and was left out; it begins with “%(text)s”."),
    Caution.TABLE_WITH_UNITS_UNREAD: _(
        "This table names units, but its columns were not understood and it was left out; it begins with “%(text)s”."
    ),
    Caution.UNITS_COLUMN_UNSURE: _(
        "The row “%(title)s” has one cell of units where the list has two columns; they were taken to lead."
    ),
    Caution.SCHEDULE_IN_TEXT: _(
        "“%(title)s” states no schedule, but its text names a date to keep: %(dates)s."
    ),
    Caution.FIGURES_DIFFER: _(
        "The list's row of “%(title)s” promises what the narrative does not, or otherwise: %(text)s. The narrative decides."
    ),
    Caution.UNITS_FROM_HEAD: _("The units of all measures under “%(section)s” were taken from that head."),
    Caution.TARGETS_UNPLACED: _(
        "These figures stand outside every measure and were not taken as targets: %(text)s"
    ),
    Caution.SHEET_HIDDEN: _("The hidden sheet “%(sheet)s” was left out."),
    Caution.FOOTNOTES_UNREAD: _("The notes at the foot or end were left out: %(text)s"),
    Caution.EMBEDDED_UNREAD: _("Files embedded in the document were left out: %(names)s."),
    Caution.PAGES_UNREAD: _("Page %(page)s is a picture without text and was left out."),
    Caution.COLUMN_GUESSED: _(
        "What the column “%(column)s” holds was taken from what stands in it: check “%(text)s”."
    ),
    Caution.ENTRY_IN_TEXT: _(
        "This numbered line was taken for a part of “%(title)s” and not for a measure of its own: %(text)s"
    ),
    Caution.ENTRIES_UNREAD: _(
        "Of %(seen)s numbered lines %(read)s became measures: check what was left out."
    ),
    Caution.FORMULA_UNSTORED: _(
        "The cell %(cell)s holds a formula whose result is not stored in the file; it was read as empty."
    ),
}


@dataclass(frozen=True, slots=True)
class ReaderWarning:
    """One warning. `line` is the source's line, or None where the source has no lines."""

    line: int | None
    code: Caution
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence, in the language in force."""
        return str(SENTENCES[self.code]) % self.params

    def stored(self) -> dict[str, Any]:
        """As the plan keeps it."""
        return {"line": self.line, "code": self.code.value, "params": self.params}


def from_stored(rows: Iterable[dict[str, Any]]) -> list[ReaderWarning]:
    """The warnings that a plan keeps, in their order; their number is their place in it."""
    return [ReaderWarning(row["line"], Caution(row["code"]), row["params"]) for row in rows]


class WarningList(list[ReaderWarning]):
    """Where the readers of one document put what they were not sure of."""

    def add(self, line: int | None, code: Caution, **params: Any) -> None:
        """Note a warning."""
        self.append(ReaderWarning(line, code, params))

    def in_order(self) -> tuple[ReaderWarning, ...]:
        """By line, those without a line first."""
        return tuple(sorted(self, key=lambda warning: warning.line or 0))
