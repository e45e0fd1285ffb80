"""具体举措: the single things to do of a measure in preparation, added, worded anew, given to a unit, taken out."""

from accounts.models import User
from workflow.actions.preparation import in_preparation
from workflow.actions.step import Step, acting, required
from workflow.models import ActionItem, Measure, ResponsibleUnit
from workflow.rules.refusal import Invalid, NotFound, require
from workflow.trail.actions import AuditAction

TEXT_LONGEST = 2000
MOST = 100


def add_item(measure: Measure, *, by: User, text: str, unit: ResponsibleUnit | None = None) -> ActionItem:
    """Put a new thing to do at the end. Raises Invalid for no text, one too long, or more than MOST of them."""
    with acting(AuditAction.ITEMS_CHANGE, measure, by=by, with_plan=True) as step:
        in_preparation(step)
        written = required(text, "text", "input.item", TEXT_LONGEST)
        last = step.measure.items.order_by("position").last()
        require(step.measure.items.count() < MOST, Invalid("input.items", field="text", limit=MOST))
        item = ActionItem.objects.create(
            measure=step.measure,
            position=last.position + 1 if last else 1,
            text=written,
            unit=_own_unit(step, unit),
        )
        step.note(item, payload={"added": item.text, "unit": unit.text if unit else ""})
    return item


def change_item(item: ActionItem, *, by: User, text: str, unit: ResponsibleUnit | None = None) -> ActionItem:
    """Word a thing to do anew, and say which unit of the measure does it (None: not yet decided)."""
    with acting(AuditAction.ITEMS_CHANGE, item, by=by, with_plan=True) as step:
        in_preparation(step)
        item = _fresh(item)
        before = item.text
        item.text = required(text, "text", "input.item", TEXT_LONGEST)
        item.unit = _own_unit(step, unit)
        item.save(update_fields=["text", "unit"])
        step.note(
            item, payload={"from": before, "to": item.text, "unit": item.unit.text if item.unit else ""}
        )
    return item


def remove_item(item: ActionItem, *, by: User) -> None:
    """Take a thing to do out; the others keep their order."""
    with acting(AuditAction.ITEMS_CHANGE, item, by=by, with_plan=True) as step:
        in_preparation(step)
        item = _fresh(item)
        step.note(item, payload={"removed": item.text})
        item.delete()


def _fresh(item: ActionItem) -> ActionItem:
    """The item as it stands under the lock; raises NotFound where it was taken out meanwhile."""
    found = ActionItem.objects.filter(pk=item.pk).first()
    if found is None:
        raise NotFound("thing.unknown")
    return found


def _own_unit(step: Step, unit: ResponsibleUnit | None) -> ResponsibleUnit | None:
    """The unit, where it is one of the measure's; raises Invalid otherwise."""
    is_own = unit is None or unit.measure_id == step.measure.pk
    require(is_own, Invalid("input.item_unit", field="unit"))
    return unit
