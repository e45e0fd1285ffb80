"""The ledger as an Excel sheet that a bureau can read, print, edit, and bring back as the plan's next edition.

Headings and words are Chinese whatever language the reader's pages have: the sheet is an office document. Every
cell is written as text, so that nothing in it is ever a formula.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy
from xlsxwriter import Workbook

from workflow.documents.seal_mark import mark_png, mark_words
from workflow.models import Measure, Plan, Target
from workflow.models.measure import MeasureKind
from workflow.queries.ledger_sheet import SheetRow
from workflow.queries.sheet_words import (
    BETWEEN_TARGETS,
    CYCLES,
    HEADINGS,
    PART_ONLY,
    UNDECIDED,
    Promise,
    long_date,
    period_line,
    promise_words,
    unit_words,
)
from workflow.states import Lamp
from workflow.trail.sealing.marks import Mark

LANGUAGE = "zh-hans"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LONGEST = 32_767
"""Signs that Excel allows in a cell."""
CUT = "……（超出单元格上限，以台账为准）"
NAME_LONGEST = 31
"""Signs that Excel allows in a sheet's name."""
LINE_HEIGHT, ROW_MARGIN, ROW_HIGHEST = 13.5, 4.0, 409.0
"""Points; the last is the most that Excel allows."""

SHAPES = {Lamp.RED: "■", Lamp.YELLOW: "▲", Lamp.BLUE: "◆", Lamp.GREEN: "●", Lamp.GREY: "○", Lamp.NONE: "—"}
"""A shape for each lamp: colour alone says nothing on a black-and-white print."""
INKS: Mapping[Lamp, tuple[str, str]] = {
    Lamp.RED: ("#9f1d1d", "#fbe3e3"),
    Lamp.YELLOW: ("#7a4d00", "#fdf0cf"),
    Lamp.BLUE: ("#164f9c", "#e0ecfb"),
    Lamp.GREEN: ("#14602f", "#dff3e4"),
    Lamp.GREY: ("#555555", "#eeeeee"),
    Lamp.NONE: ("#555555", "#ffffff"),
}
"""Ink and paper of each lamp's cell."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading, its width in signs, and what stands in it."""

    heading: Any
    width: int
    text: Callable[[SheetRow], str]


def _schedule(line: SheetRow) -> str:
    """The date or cycle that was decided, else the schedule as the plan has it, to be decided."""
    measure = line.row.measure
    if measure.kind == MeasureKind.DATED and measure.due:
        return long_date(measure.due)
    if measure.kind == MeasureKind.ONGOING:
        return CYCLES[measure.cycle_length]
    return f"{measure.schedule}{UNDECIDED}"


def _targets(line: SheetRow) -> str:
    return BETWEEN_TARGETS.join(_target(target) for target in line.targets)


def _target(target: Target) -> str:
    return promise_words(Promise(target.text, target.comparator, target.value, target.unit, target.due))


def _lead(line: SheetRow) -> str:
    return unit_words([unit.text for unit in line.units if unit.is_lead])


def _others(line: SheetRow) -> str:
    return unit_words([unit.text for unit in line.units if not unit.is_lead])


def _progress(line: SheetRow) -> str:
    total = line.row.measure.shares_total
    return f"{line.row.approved}/{total}" if total else ""


def _section(measure: Measure) -> str:
    return f"{measure.section.number}{measure.section.title}"


COLUMNS = (
    _Column(
        gettext_lazy("Lamp"), 9, lambda line: f"{SHAPES[Lamp(line.row.lamp)]} {Lamp(line.row.lamp).label}"
    ),
    _Column(HEADINGS["code"], 11, lambda line: line.row.measure.code),
    _Column(HEADINGS["section"], 18, lambda line: _section(line.row.measure)),
    _Column(HEADINGS["title"], 26, lambda line: line.row.measure.title),
    _Column(HEADINGS["text"], 48, lambda line: line.row.measure.text),
    _Column(HEADINGS["targets"], 26, _targets),
    _Column(HEADINGS["schedule"], 16, _schedule),
    _Column(HEADINGS["lead"], 16, _lead),
    _Column(HEADINGS["others"], 26, _others),
    _Column(pgettext_lazy("sheet", "State"), 9, lambda line: line.row.measure.get_state_display()),
    _Column(pgettext_lazy("sheet", "Shares approved"), 9, _progress),
    _Column(pgettext_lazy("sheet", "Remark"), 24, lambda line: line.row.reason),
)
HEADING_ROW = 2


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the headings: title, day of issue, the plan where the sheet is of one, and whether it is whole.

    `mark`: the seal of the trail, for the foot of every page.
    """

    title: str
    on: date
    plan: Plan | None = None
    is_whole: bool = True
    mark: Mark | None = None

    @property
    def line(self) -> str:
        """The line under the title."""
        parts = [str(_("As of %(day)s") % {"day": long_date(self.on)})]
        if self.plan is not None:
            parts.append(period_line(self.plan.period_start, self.plan.period_end))
        return "；".join([*parts, *([] if self.is_whole else [PART_ONLY])])


def ledger_sheet(rows: Iterable[SheetRow], head: Head) -> bytes:
    """The workbook: title, day of issue, headings on every page, a line for each measure with its lamp's colour."""
    kept = BytesIO()
    with override(LANGUAGE), Workbook(kept, {"constant_memory": True, "strings_to_formulas": False}) as book:
        _write(book, rows, head)
    return kept.getvalue()


def _write(book: Workbook, rows: Iterable[SheetRow], above: Head) -> None:
    base = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
    plain = book.add_format(base)
    lamps = {
        lamp: book.add_format({**base, "font_color": ink, "bg_color": paper})
        for lamp, (ink, paper) in INKS.items()
    }
    head = book.add_format(
        {**base, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#e9eef5"}
    )
    sheet = book.add_worksheet(_("Ledger")[:NAME_LONGEST])
    _lay_out(sheet, above.mark)
    sheet.write_string(0, 0, above.title, book.add_format({"font_name": "黑体", "font_size": 16}))
    sheet.write_string(1, 0, above.line, book.add_format({"font_name": "宋体", "font_size": 10}))
    for place, column in enumerate(COLUMNS):
        sheet.write_string(HEADING_ROW, place, str(column.heading), head)
    last = HEADING_ROW
    for last, line in enumerate(rows, start=HEADING_ROW + 1):
        texts = [_fitting(column.text(line)) for column in COLUMNS]
        sheet.set_row(last, _height(texts))
        sheet.write_string(last, 0, texts[0], lamps[Lamp(line.row.lamp)])
        for place, text in enumerate(texts[1:], start=1):
            sheet.write_string(last, place, text, plain)
    sheet.autofilter(HEADING_ROW, 0, last, len(COLUMNS) - 1)


def _fitting(text: str) -> str:
    """The text, cut with a mark where it is longer than a cell can be: Excel would leave the cell empty."""
    return text if len(text) <= CELL_LONGEST else text[: CELL_LONGEST - len(CUT)] + CUT


def _height(texts: Sequence[str]) -> float:
    """The row's height in points, so that every cell shows all of its text: not every program works it out itself."""
    lines = (
        sum(max(ceil(_width(part) / column.width), 1) for part in text.split("\n"))
        for column, text in zip(COLUMNS, texts, strict=True)
    )
    return min(max(lines) * LINE_HEIGHT + ROW_MARGIN, ROW_HIGHEST)


def _width(text: str) -> int:
    """The width of a line in the signs of a column: a Chinese sign takes two, and a little more in most fonts."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text) * 21 // 20


def _lay_out(sheet: Any, mark: Mark | None) -> None:
    """Landscape A3, one page wide, the headings repeated; the first lines stay in sight on the screen."""
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    if mark is None:
        sheet.set_footer("&C&P / &N")
    else:
        # in the foot of the page and not in a cell: the sheet is read back as a list of measures
        sheet.set_margins(bottom=1.6)
        words = mark_words(mark).replace("&", "&&")
        sheet.set_footer(
            f"&L&G&C&P / &N\n&8{words}", {"image_left": "seal.png", "image_data_left": mark_png(mark)}
        )
    sheet.freeze_panes(HEADING_ROW + 1, 4)
