"""What a schedule cell says: a due date, steps on the way, that the work goes on, or nothing that is sure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from workflow.actions.loading import MilestoneInput
from workflow.intake.content import Passage
from workflow.intake.dates.dates import DateKind
from workflow.intake.dates.numerals import plain
from workflow.intake.dates.steps import Sort, Step, is_left_over, steps_in
from workflow.intake.period import Period
from workflow.intake.reader_warnings import Caution, WarningList

LONGEST_TITLE = 200
LONGEST_CELL = 500
"""A longer text is no schedule."""
_LABEL = re.compile(
    r"^[（(]?(?:(?:完成|办理|整改|落实|时间|进度|责任|工作|实施|推进|计划)*(?:时限|期限|时间|节点|安排|进度|要求)+)[:：]"
)
_YEARS_ALONE = re.compile(r"20\d{2}(?:\s?(?:[-‐-―~]{1,2}|至|到)\s?20\d{2})?")
_SEASON = re.compile(r"[\u4e00-\u9fff]{1,5}前")
_DUE = (Sort.BARE, Sort.DONE, Sort.OTHER)
_STEPS = (*_DUE, Sort.STAGE, Sort.STARTED)
_YEARS = (DateKind.YEAR, DateKind.FIVE_YEARS)
_CYCLE_ORDER = ("month", "quarter", "half_year", "year")


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule as understood. `is_clear` is False where something in it was not, or not surely.

    `due` with `is_ongoing`: to be completed by then, and kept up. Ongoing up to a day (年内持续推进, 实施期限至): the day
    is `valid_until`. A date that is no completion (5月底前动工, 2025年6月持续跟踪) is a milestone.
    """

    due: date | None = None
    is_ongoing: bool = False
    cycle: str = ""
    milestones: tuple[MilestoneInput, ...] = ()
    valid_until: date | None = None
    is_clear: bool = True


@dataclass(frozen=True, slots=True)
class _Reading:
    """A schedule whose milestones are still places in the cell."""

    schedule: Schedule
    milestones: tuple[tuple[int, int, str, date], ...]


def read_schedule(cell: Passage, period: Period) -> Schedule:
    """The schedule that a whole cell or the part behind 完成时限： states. An empty cell is not clear."""
    kept = [n for n, sign in enumerate(cell.text) if not sign.isspace()]
    reading = _reading("".join(cell.text[n] for n in kept), period)
    if not reading.milestones:
        return reading.schedule
    milestones = tuple(
        MilestoneInput(title, due, cell.part(kept[start], kept[end - 1] + 1).span)
        for start, end, title, due in reading.milestones
    )
    read = reading.schedule
    return Schedule(read.due, read.is_ongoing, read.cycle, milestones, read.valid_until, read.is_clear)


def warn_of_schedule(cell: Passage, schedule: Schedule, warnings: WarningList) -> None:
    """Add the warning that a schedule which is not clear asks for; none for a clear one."""
    if schedule.is_clear:
        return
    if schedule.due or schedule.milestones or schedule.valid_until:
        found = schedule.due or schedule.valid_until or schedule.milestones[-1].due
        warnings.add(cell.number, Caution.SCHEDULE_UNSURE, schedule=cell.text, date=found.isoformat())
    else:
        warnings.add(cell.number, Caution.SCHEDULE_UNCLEAR, schedule=cell.text)


@lru_cache(maxsize=4096)
def _reading(cell: str, period: Period) -> _Reading:
    if len(cell) > LONGEST_CELL:
        return _Reading(Schedule(is_clear=False), ())
    if _YEARS_ALONE.fullmatch(plain(cell)):
        cell += "年"
    label = _LABEL.match(cell)
    offset = label.end() if label else 0
    steps = steps_in(plain(cell[offset:]).rstrip("。"), period)
    schedule, dated = _composed(steps)
    places = tuple(
        (
            step.start + offset,
            step.end + offset,
            (step.rest or cell[step.start + offset : step.end + offset])[:LONGEST_TITLE],
            step.found.date,
        )
        for step in dated
        if step.found
    )
    return _Reading(schedule, places)


def _composed(steps: Sequence[Step]) -> tuple[Schedule, list[Step]]:
    """The schedule, and the steps that are its milestones."""
    goes_on = [step for step in steps if step.sort in (Sort.ONGOING, Sort.FROM, Sort.CYCLE, Sort.UNTIL)]
    if goes_on:  # 2026—2028年，每年12月底前
        goes_on += [step for step in steps if step.sort is Sort.BARE and step.found and step.found.is_span]
    dated = [step for step in steps if step.found and step.sort in _STEPS and step not in goes_on]
    due = _due_step(dated)
    cycles = [step.cycle for step in steps if step.cycle]
    milestones = [step for step in steps if step in dated and (step is not due or goes_on)]
    milestones += [step for step in goes_on if step.sort is Sort.ONGOING and _is_milestone(step)]
    schedule = Schedule(
        due=due.found.date if due and due.found else None,
        is_ongoing=bool(goes_on),
        cycle=min(cycles, key=_CYCLE_ORDER.index, default=""),
        valid_until=max(
            (step.found.date for step in goes_on if step.found and _is_bound(step)), default=None
        ),
        is_clear=_is_clear(steps, due, is_ongoing=bool(goes_on)),
    )
    return schedule, milestones


def _due_step(dated: Sequence[Step]) -> Step | None:
    """The last completion. After a beginning only a completion in words counts: 5月动工，9月投入使用 names none."""
    has_start = any(step.sort is Sort.STARTED for step in dated)
    kept = [step for step in dated if step.sort in (_DUE[:2] if has_start else _DUE)]
    return max(kept, key=_day_of, default=None)


def _day_of(step: Step) -> date:
    return step.found.date if step.found else date.min


def _is_bound(step: Step) -> bool:
    """Whether the work goes on up to the clause's date: 年内, a year or a span of time, 实施期限至."""
    found = step.found
    if found is None or step.sort is Sort.FROM:
        return False
    return step.sort is Sort.UNTIL or found.kind in _YEARS or found.is_span


def _is_milestone(step: Step) -> bool:
    return step.found is not None and not _is_bound(step)


def _is_clear(steps: Sequence[Step], due: Step | None, *, is_ongoing: bool) -> bool:
    if not steps or any(is_left_over(step) for step in steps):
        return False
    unclear = [n for n, step in enumerate(steps) if step.sort is Sort.UNCLEAR]
    if any(
        not (_SEASON.fullmatch(steps[n].rest) and steps[n + 1 : n + 2] and steps[n + 1].found)
        for n in unclear
    ):
        return False
    if any(step.found and step.found.is_assumed for step in steps):
        return False
    return due is not None or is_ongoing
