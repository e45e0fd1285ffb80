"""The ledger as it is written on a sheet: the filtered measures in their order, each with all that a bureau reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from workflow.models import Measure, Plan, ResponsibleUnit, Target
from workflow.queries.lamps import scales
from workflow.queries.ledger import Filters, Row, filtered, row_of, told
from workflow.states import MeasureState, TargetState

BATCH = 500
"""Measures read at a time: memory stays flat however long the ledger is."""


_DISCARDED = Q(state=MeasureState.CANCELLED, dispatch_order=None)
"""What a later edition dropped before it was ever on the ledger."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the sheet: the ledger's own line, the units as the plan names them, and the targets that hold."""

    row: Row
    units: tuple[ResponsibleUnit, ...]
    targets: tuple[Target, ...]


def sees_all(visible: QuerySet[Measure], plan: Plan) -> bool:
    """Whether every measure of the plan is among the visible ones. One statement."""
    return not plan.measures.exclude(pk__in=visible.values("pk")).exists()


def sheet_rows(visible: QuerySet[Measure], asked: Filters, on: date) -> Iterator[SheetRow]:
    """The measures among `visible` that were asked for, batch by batch."""
    asked_for = filtered(visible.exclude(_DISCARDED), asked, on)
    found = (
        told(Measure.objects.filter(pk__in=asked_for.values("pk")), scales(on))
        .select_related("section", "plan")
        .prefetch_related(
            "units",
            Prefetch("targets", Target.objects.exclude(state=TargetState.WAIVED), to_attr="targets_held"),
        )
        .order_by("plan_id", "position")
    )
    for measure in found.iterator(chunk_size=BATCH):
        units, targets = measure.units.all(), measure.targets_held
        yield SheetRow(row_of(measure, on), tuple(units), tuple(targets))
