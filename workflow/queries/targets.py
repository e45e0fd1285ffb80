"""Targets with what was last read of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Subquery

from workflow.models import Measure, Target
from workflow.queries.closing import is_met, standing_readings
from workflow.states import TargetState


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A target, the last approved value that the lead reported, and whether it is met by it."""

    target: Target
    value: Decimal | None
    as_of: date | None

    @property
    def is_met(self) -> bool:
        """Whether the last value meets the target."""
        return is_met(self.target.comparator, self.target.value, self.value)

    @property
    def is_open(self) -> bool:
        """Whether the target keeps the measure from being closed."""
        return self.target.state == TargetState.CONFIRMED and not self.is_met


def targets_with_values(measure: Measure) -> list[TargetStanding]:
    """The measure's targets in order; one statement."""
    last = standing_readings()
    found = (
        Target.objects.filter(measure=measure)
        .select_related("decided_by")
        .annotate(
            last_value=Subquery(last.values("value")[:1]), last_as_of=Subquery(last.values("as_of")[:1])
        )
    )
    return [
        TargetStanding(target, target.last_value, target.last_as_of) for target in found.order_by("position")
    ]
