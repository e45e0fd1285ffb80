"""A ledger file: a plan's facts as JSON, exact, with errors that name the place.

    {"code": "JY", "title": "…", "period": "2025-2027年", "sections": [
      {"number": "（一）", "title": "…", "measures": [
        {"number": "1.", "title": "…", "description": "…", "schedule": "持续推进", "due": null,
         "units": ["the lead", "…"], "open_ended": ["等相关部门"],
         "targets": [{"text": "…", "comparator": ">=", "value": 95, "unit": "%", "due": "2027-12-31"}]}]}]}

`description`, `schedule`, `due`, `open_ended` and `targets` may be left out.
"""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from workflow.actions.plan_input import MeasureInput, PlanInput, SectionInput, TargetInput, UnitInput
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.ledger_place import Place
from workflow.intake.period import Period, period_in
from workflow.intake.plan_read import TARGET_LONGEST, TITLE_LONGEST, UNIT_LONGEST, PlanRead, note_period
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.units.names import kind_of
from workflow.intake.units.reader import unit_input
from workflow.models.responsible_unit import UnitKind
from workflow.models.target import Comparator

CODE_LONGEST = 8
NUMBER_LONGEST = 20
SCHEDULE_LONGEST = 200
TEXT_LONGEST = 20_000
TARGET_UNIT_LONGEST = 30


def read_ledger_file(text: str, name: str) -> PlanRead:
    """Read the ledger file `name`. Raises IntakeError: not JSON, or wrong at a place that it names."""
    data = _parsed(text)
    root = Place("", data).fields({"title", "period", "sections"}, {"code"})
    warnings = WarningList()
    title = root["title"].text(TITLE_LONGEST)
    period = _period(root["period"])
    note_period(period, None, warnings)
    sections = [_section(place, period, warnings) for place in root["sections"].filled_items()]
    plan = PlanInput(
        title=title,
        source_hash=_digest(data),
        source_name=name,
        period_start=period.start,
        period_end=period.end,
        sections=sections,
        warnings=[warning.stored() for warning in warnings],
    )
    code = root["code"].text(CODE_LONGEST) if "code" in root else ""
    return PlanRead(plan, period.text, tuple(warnings), code)


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_object
        )
    except json.JSONDecodeError as wrong:
        raise IntakeError(Fault.NOT_JSON, line=wrong.lineno, column=wrong.colno) from None
    except (RecursionError, ValueError, ArithmeticError):
        raise IntakeError(Fault.NOT_JSON, line=1, column=1) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key named twice is an error, for nobody could tell which one holds."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("key named twice")
    return found


def _digest(data: Any) -> str:
    """The same for the same facts, however the file is indented or its keys are ordered."""
    canonical = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _period(place: Place) -> Period:
    period = period_in(place.text(TITLE_LONGEST))
    if period is None:
        raise place.wrong(_("a period such as 2025-2027年 is needed"))
    return period


def _section(place: Place, period: Period, warnings: WarningList) -> SectionInput:
    given = place.fields({"number", "title", "measures"})
    return SectionInput(
        number=given["number"].text(NUMBER_LONGEST, may_be_empty=True),
        title=given["title"].text(TITLE_LONGEST),
        measures=[_measure(measure, period, warnings) for measure in given["measures"].items()],
    )


def _measure(place: Place, period: Period, warnings: WarningList) -> MeasureInput:
    given = place.fields(
        {"number", "title", "units"}, {"description", "schedule", "due", "open_ended", "targets"}
    )
    due = given["due"].day() if "due" in given else None
    if due is not None and not period.start <= due <= period.end:
        warnings.add(None, Caution.DUE_OUTSIDE_PERIOD, due=due.isoformat())
    return MeasureInput(
        number=given["number"].text(NUMBER_LONGEST, may_be_empty=True),
        title=given["title"].text(TITLE_LONGEST),
        text=given["description"].text(TEXT_LONGEST, may_be_empty=True) if "description" in given else "",
        schedule=given["schedule"].text(SCHEDULE_LONGEST, may_be_empty=True) if "schedule" in given else "",
        due=due,
        units=_units(given, warnings),
        targets=[_target(target) for target in given["targets"].items()] if "targets" in given else [],
    )


def _units(given: dict[str, Place], warnings: WarningList) -> list[UnitInput]:
    """The named units, lead first, then the open-ended phrases. A unit named twice is an error here."""
    found: list[UnitInput] = []
    for n, place in enumerate(given["units"].filled_items()):
        unit = place.text(UNIT_LONGEST)
        if kind_of(unit) is UnitKind.OPEN_ENDED:
            raise place.wrong(_("an open-ended phrase belongs in “open_ended”"))
        if n == 0 and kind_of(unit) is UnitKind.COLLECTIVE:
            raise place.wrong(_("the first unit leads, and a collective cannot lead"))
        if unit in {known.text for known in found}:
            raise place.wrong(_("the unit is named twice"))
        found.append(unit_input(unit, is_lead=n == 0))
    for place in given["open_ended"].items() if "open_ended" in given else []:
        phrase = place.text(UNIT_LONGEST)
        warnings.add(None, Caution.UNIT_OPEN_ENDED, unit=phrase)
        found.append(UnitInput(phrase, UnitKind.OPEN_ENDED.value))
    return found


def _target(place: Place) -> TargetInput:
    given = place.fields({"text", "comparator", "value", "unit", "due"})
    return TargetInput(
        text=given["text"].text(TARGET_LONGEST),
        comparator=given["comparator"].one_of(Comparator.values),
        value=given["value"].number(),
        unit=given["unit"].text(TARGET_UNIT_LONGEST, may_be_empty=True),
        due=given["due"].day(),
    )
