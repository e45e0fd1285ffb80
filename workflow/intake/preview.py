"""A plan as read, shown before it is stored: as data, and as lines for a person."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.actions.plan_input import MeasureInput, Span, TargetInput
from workflow.intake.plan_read import PlanRead
from workflow.intake.reader_warnings import ReaderWarning
from workflow.models.responsible_unit import UnitKind


def as_data(read: PlanRead) -> dict[str, Any]:
    """The plan as plain data for JSON. Units are as written; `units` are all that are named, in order."""
    return {
        "title": read.plan.title,
        "period": read.period,
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "measures": [_measure(measure) for measure in section.measures],
            }
            for section in read.plan.sections
        ],
        "warnings": [
            {"line": warning.line, "code": warning.code.value, "message": warning.message}
            for warning in read.warnings
        ],
    }


def as_lines(read: PlanRead, warnings: Sequence[ReaderWarning] | None = None) -> list[str]:
    """A short summary, then the warnings with their numbers: the reader's, or those the stored plan has."""
    shown = read.warnings if warnings is None else warnings
    sections = read.plan.sections
    measures = sum(len(section.measures) for section in sections)
    lines = [
        read.plan.title,
        _("%(start)s to %(end)s, %(sections)s sections, %(measures)s measures")
        % {
            "start": read.plan.period_start.isoformat(),
            "end": read.plan.period_end.isoformat(),
            "sections": len(sections),
            "measures": measures,
        },
        *(f"  {section.number}{section.title}: {len(section.measures)}" for section in sections),
    ]
    count = len(shown)
    if count:
        lines.append(ngettext("%(count)s warning:", "%(count)s warnings:", count) % {"count": count})
    for n, warning in enumerate(shown, start=1):
        lines.append(f"  {n}. {_place(read, warning.line)}{warning.message}")
    return lines


def _place(read: PlanRead, line: int | None) -> str:
    """Where a warning's line stands; of several files it names the one, and the line in it."""
    if not line:
        return ""
    if len(read.files) < 2:
        return _("line %(line)s: ") % {"line": line}
    name, line = read.place_of(line)
    return _("%(file)s, line %(line)s: ") % {"file": name, "line": line}


def _measure(measure: MeasureInput) -> dict[str, Any]:
    named = {kind: [unit for unit in measure.units if unit.kind == kind] for kind in UnitKind}
    bureaus = named[UnitKind.BUREAU]
    return {
        "number": measure.number,
        "title": measure.title,
        "text": measure.text,
        "schedule": measure.schedule or None,
        "due": _day(measure.due),
        "lead": next((unit.text for unit in measure.units if unit.is_lead), None),
        "supporting": [unit.text for unit in bureaus if not unit.is_lead],
        "collective": [unit.text for unit in named[UnitKind.COLLECTIVE]],
        "open_ended": [unit.text for unit in named[UnitKind.OPEN_ENDED]],
        "units": [unit.text for unit in measure.units if unit.kind != UnitKind.OPEN_ENDED],
        "targets": [_target(target) for target in measure.targets],
        "differences": list(measure.differences),
        "cycle": measure.cycle or None,
        "is_ongoing": measure.is_ongoing,
        "valid_until": _day(measure.valid_until),
        "milestones": [{"title": step.title, "due": step.due.isoformat()} for step in measure.milestones],
        "items": [{"text": item.text, "span": _span(item.span)} for item in measure.items],
        "spans": {name: _span(span) for name, span in measure.spans.items()},
    }


def _target(target: TargetInput) -> dict[str, Any]:
    return {
        "text": target.text,
        "comparator": target.comparator,
        "value": _number(target.value),
        "unit": target.unit,
        "due": _day(target.due),
        "span": _span(target.span),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
