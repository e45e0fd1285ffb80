"""All that is decided about one measure in preparation, as forms: units, schedule, evaluation, targets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.functional import cached_property

from accounts.models import User
from workflow.actions.action_items import add_item, change_item, remove_item
from workflow.actions.preparation import (
    confirm_target,
    decide_schedule,
    decide_unit,
    require_evaluation,
    waive_target,
)
from workflow.models import ActionItem, Measure, ResponsibleUnit, Target
from workflow.pages.form import LedgerForm
from workflow.pages.preparation.forms import (
    ConfirmForm,
    EvaluationForm,
    ItemForm,
    ScheduleForm,
    UnitForm,
    WaiveForm,
    bureau_choices,
)
from workflow.rules.refusal import NotFound

Thing = TypeVar("Thing", bound=Model)

FORMS: Mapping[str, type[LedgerForm]] = {
    "unit": UnitForm,
    "schedule": ScheduleForm,
    "evaluation": EvaluationForm,
    "confirm": ConfirmForm,
    "waive": WaiveForm,
    "item": ItemForm,
    "add-item": ItemForm,
    "remove-item": LedgerForm,
}


@dataclass(frozen=True, slots=True)
class UnitPanel:
    """A unit with its form."""

    unit: ResponsibleUnit
    form: LedgerForm


@dataclass(frozen=True, slots=True)
class TargetPanel:
    """A target with the forms to confirm and to waive it."""

    target: Target
    confirm: LedgerForm
    waive: LedgerForm


@dataclass(frozen=True, slots=True)
class ItemPanel:
    """A single thing to do with its form."""

    item: ActionItem
    form: LedgerForm


class Board:
    """The measure's decisions. A decision is named `kind` or `kind:id`, as the pressed button sends it."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.units = list(measure.units.select_related("bureau").order_by("position"))
        self.targets = list(measure.targets.select_related("decided_by").order_by("position"))
        self.items = list(measure.items.select_related("unit").order_by("position"))
        self.tried: LedgerForm | None = None
        self.name = ""

    def form(self, name: str, data: Mapping[str, Any] | None = None) -> LedgerForm:
        """The form of decision `name`; the one just tried keeps its errors. Raises NotFound for another name."""
        if data is None and self.tried is not None and name == self.name:
            return self.tried
        kind, _, key = name.partition(":")
        if kind not in FORMS:
            raise NotFound("thing.unknown")
        more: dict[str, Any] = {"bureaus": self.bureaus} if kind == "unit" else {}
        if kind in ("item", "add-item"):
            more["units"] = self.units
        return FORMS[kind](data, initial=self.initial(kind, key), auto_id=f"{kind}{key}-%s", **more)

    @cached_property
    def bureaus(self) -> list[tuple[Any, Any]]:
        """What every unit's form offers, read once."""
        return bureau_choices()

    def initial(self, kind: str, key: str) -> dict[str, Any]:
        """What was decided so far."""
        if kind == "unit":
            return UnitForm.from_unit(self.unit(key))
        if kind == "schedule":
            m = self.measure
            return {"due": m.due, "cycle_length": m.cycle_length, "basis": m.schedule_basis or m.schedule}
        if kind == "evaluation":
            return {"due": self.measure.evaluation_due}
        if kind == "item":
            return ItemForm.from_item(self.item(key))
        return {"every_share": self.target(key).every_share} if kind == "confirm" else {}

    def unit(self, key: str) -> ResponsibleUnit:
        """The unit of that id; raises NotFound for another measure's."""
        return _named(self.units, key)

    def target(self, key: str) -> Target:
        """The target of that id; raises NotFound for another measure's."""
        return _named(self.targets, key)

    def item(self, key: str) -> ActionItem:
        """The thing to do of that id; raises NotFound for another measure's."""
        return _named(self.items, key)

    def carry_out(self, name: str, form: LedgerForm, by: User) -> None:
        """Call the action of decision `name`."""
        kind, _, key = name.partition(":")
        data = form.particulars()
        match kind:
            case "unit":
                decide_unit(self.unit(key), by=by, **data)
            case "schedule":
                decide_schedule(self.measure, by=by, **data)
            case "evaluation":
                require_evaluation(self.measure, by=by, **data)
            case "confirm":
                confirm_target(self.target(key), by=by, **data)
            case "waive":
                waive_target(self.target(key), by=by, **data)
            case _:
                self.change_items(kind, key, data, by)

    def change_items(self, kind: str, key: str, data: dict[str, Any], by: User) -> None:
        """Add, word anew or take out a single thing to do."""
        match kind:
            case "add-item":
                add_item(self.measure, by=by, **data)
            case "item":
                change_item(self.item(key), by=by, **data)
            case "remove-item":
                remove_item(self.item(key), by=by)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        return {
            "unit_panels": [UnitPanel(unit, self.form(f"unit:{unit.pk}")) for unit in self.units],
            "schedule_form": self.form("schedule"),
            "evaluation_form": self.form("evaluation"),
            "target_panels": [
                TargetPanel(t, self.form(f"confirm:{t.pk}"), self.form(f"waive:{t.pk}")) for t in self.targets
            ],
            "item_panels": [ItemPanel(item, self.form(f"item:{item.pk}")) for item in self.items],
            "add_item_form": self.form("add-item"),
            "milestones": list(self.measure.milestones.order_by("position")),
            "form": self.tried,
        }


def _named(things: list[Thing], key: str) -> Thing:
    found = next((thing for thing in things if str(thing.pk) == key), None)
    if found is None:
        raise NotFound("thing.unknown")
    return found
