"""A measure of the draft as fields that can be typed in, and back: what will not do is said at its field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import BureauKind
from workflow.actions.plan_input import (
    CYCLES,
    ActionItemInput,
    MeasureInput,
    MilestoneInput,
    Span,
    TargetInput,
    UnitInput,
)
from workflow.models.responsible_unit import UnitKind
from workflow.models.target import Comparator
from workflow.pages.importing.page import typed

FIELDS = ("number", "title", "text", "schedule", "due", "cycle", "valid_until")
ROWS = {
    "unit": ("text", "kind", "span", "written", "alias"),
    "target": ("text", "comparator", "value", "unit", "due", "span"),
    "milestone": ("title", "due", "span"),
    "item": ("text", "span"),
}
"""The lists of a measure, and the fields of a row of each. The first field tells whether the row holds anything."""
LONGEST = {"number": 20, "title": 200, "text": 20_000, "schedule": 200}
ROW_LONGEST = {"unit": 200, "target": 300, "milestone": 200, "item": 2000}
UNIT_OF_TARGET_LONGEST = 30
MOST_ROWS = 100
DIGITS = 12
_ROW = re.compile(r"(unit|target|milestone|item)-([0-9]{1,4})-[a-z]+")
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")

Row = dict[str, str]


@dataclass(slots=True)
class Sheet:
    """The fields as typed. `lead` is the number of the leading unit's row, "" for none; `errors` by field name."""

    fields: dict[str, str]
    rows: dict[str, list[Row]]
    lead: str = ""
    is_ongoing: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, measure: MeasureInput) -> "Sheet":
        """The measure as it stands."""
        return cls(
            {name: _written(getattr(measure, name)) for name in FIELDS},
            {
                "unit": [_row("unit", unit) | {"kind": choice_of(unit)} for unit in measure.units],
                "target": [_row("target", target) for target in measure.targets],
                "milestone": [_row("milestone", step) for step in measure.milestones],
                "item": [_row("item", item) for item in measure.items],
            },
            lead=next((str(n) for n, unit in enumerate(measure.units) if unit.is_lead), ""),
            is_ongoing=measure.is_ongoing,
        )

    @classmethod
    def sent(cls, data: Mapping[str, str]) -> "Sheet":
        """What was typed. Rows keep their order, whatever their numbers are; empty ones are left out."""
        lead = data.get("lead", "")
        rows: dict[str, list[Row]] = {kind: [] for kind in ROWS}
        sent: dict[str, set[int]] = {kind: set() for kind in ROWS}
        for name in data:
            if found := _ROW.fullmatch(name):
                sent[found[1]].add(int(found[2]))
        new_lead = ""
        for kind, numbers in sent.items():
            for number in sorted(numbers):
                row = {part: typed(data, f"{kind}-{number}-{part}") for part in ROWS[kind]}
                if kind == "unit" and lead == str(number):
                    new_lead = str(len(rows[kind]))
                rows[kind].append(row)
        fields = {name: typed(data, name) for name in FIELDS}
        return cls(fields, rows, new_lead, is_ongoing="is_ongoing" in data)

    def add(self, kind: str) -> None:
        """Put an empty row at the end of a list."""
        self.rows[kind].append(dict.fromkeys(ROWS[kind], ""))

    def remove(self, kind: str, place: int) -> None:
        """Take a row out; where the lead goes, nobody leads."""
        if 0 <= place < len(self.rows[kind]):
            self._moved_lead(kind, place, None)
            del self.rows[kind][place]

    def move(self, kind: str, place: int, by: int) -> None:
        """Let a row change places with its neighbour."""
        rows, other = self.rows[kind], place + by
        if 0 <= place < len(rows) and 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
            if kind == "unit" and self.lead in (str(place), str(other)):
                self.lead = str(other if self.lead == str(place) else place)

    def _moved_lead(self, kind: str, place: int, to: int | None) -> None:
        if kind != "unit" or not self.lead:
            return
        lead = int(self.lead)
        self.lead = ("" if to is None else str(to)) if lead == place else str(lead - (lead > place))

    def measure(self, base: MeasureInput) -> MeasureInput | None:
        """`base` with what was typed; None where something will not do, which `errors` then say."""
        self.errors = {}
        made = replace(
            base,
            number=self._text("number"),
            title=self._text("title"),
            text=self._text("text"),
            schedule=self._text("schedule"),
            due=self._day("due", self.fields["due"]),
            valid_until=self._day("valid_until", self.fields["valid_until"]),
            is_ongoing=self.is_ongoing,
            cycle=self.fields["cycle"] if self.fields["cycle"] in CYCLES and self.is_ongoing else "",
            units=self._units(),
            targets=self._targets(),
            milestones=self._milestones(),
            items=[
                ActionItemInput(row["text"], span_in(row["span"])) for _n, row in self._filled("item", "text")
            ],
        )
        if not made.title:
            self.errors["title"] = _("Give it a title.")
        return None if self.errors else made

    def _text(self, name: str) -> str:
        return self._fitting(name, self.fields[name], LONGEST[name])

    def _fitting(self, name: str, text: str, limit: int) -> str:
        if len(text) > limit:
            self.errors[name] = _("Keep this within %(limit)s characters.") % {"limit": limit}
        return text

    def _filled(self, kind: str, first: str) -> list[tuple[int, Row]]:
        """The rows that hold something, with their numbers; too many or too long ones are said."""
        found = [(n, row) for n, row in enumerate(self.rows[kind]) if row[first]]
        if len(found) > MOST_ROWS:
            self.errors[f"{kind}-{found[MOST_ROWS][0]}-{first}"] = _("Keep at most %(limit)s.") % {
                "limit": MOST_ROWS
            }
        for n, row in found:
            self._fitting(f"{kind}-{n}-{first}", row[first], ROW_LONGEST[kind])
        return found

    def _units(self) -> list[UnitInput]:
        made: list[UnitInput] = []
        for n, row in self._filled("unit", "text"):
            kind, _sep, collective = row["kind"].partition(":")
            is_lead = self.lead == str(n)
            if is_lead and kind not in ("", UnitKind.BUREAU):
                self.errors[f"unit-{n}-text"] = _("Only one bureau can lead.")
            if row["text"] in {unit.text for unit in made}:
                self.errors[f"unit-{n}-text"] = _("This unit stands here already.")
            made.append(
                UnitInput(
                    row["text"],
                    kind if kind in UnitKind.values else UnitKind.BUREAU.value,
                    is_lead=is_lead,
                    collective_kind=collective if collective in BureauKind.values else "",
                    written=row["written"],
                    alias=row["alias"],
                    span=span_in(row["span"]),
                )
            )
        return made

    def _targets(self) -> list[TargetInput]:
        made = []
        for n, row in self._filled("target", "text"):
            name = f"target-{n}"
            self._fitting(f"{name}-unit", row["unit"], UNIT_OF_TARGET_LONGEST)
            made.append(
                TargetInput(
                    row["text"],
                    row["comparator"] if row["comparator"] in Comparator.values else "",
                    self._number(f"{name}-value", row["value"]),
                    row["unit"],
                    self._day(f"{name}-due", row["due"]),
                    span_in(row["span"]),
                )
            )
        return made

    def _milestones(self) -> list[MilestoneInput]:
        made = []
        for n, row in self._filled("milestone", "title"):
            due = self._day(f"milestone-{n}-due", row["due"])
            if due is None:
                self.errors.setdefault(f"milestone-{n}-due", _("A milestone has a date."))
                continue
            made.append(MilestoneInput(row["title"], due, span_in(row["span"])))
        return made

    def _day(self, name: str, text: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.errors[name] = _("“%(value)s” is not a date such as 2026-06-30.") % {"value": text[:40]}
            return None

    def _number(self, name: str, text: str) -> Decimal | None:
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and abs(value) < 10**DIGITS and value == round(value, 4):
            return value
        self.errors[name] = _("“%(value)s” is not a number of at most twelve digits.") % {"value": text[:40]}
        return None


def choice_of(unit: UnitInput) -> str:
    """The unit's kind as one choice: "bureau", "open_ended", "collective" or "collective:<kind of bureau>"."""
    return f"{unit.kind}:{unit.collective_kind}" if unit.collective_kind else unit.kind


def unit_choices() -> list[tuple[str, Any]]:
    """The kinds that a unit can have, with their words."""
    return [
        (UnitKind.BUREAU.value, UnitKind.BUREAU.label),
        (UnitKind.COLLECTIVE.value, UnitKind.COLLECTIVE.label),
        *(
            (f"{UnitKind.COLLECTIVE.value}:{value}", _("every %(kind)s") % {"kind": label})
            for value, label in BureauKind.choices
            if value != BureauKind.AGENCY
        ),
        (UnitKind.OPEN_ENDED.value, UnitKind.OPEN_ENDED.label),
    ]


def span_in(text: str) -> Span | None:
    """A place as a hidden field has it: "12-40"."""
    found = _SPAN.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def _row(kind: str, part: Any) -> Row:
    return {name: _written(getattr(part, name)) for name in ROWS[kind]}


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
