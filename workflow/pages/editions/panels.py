"""What a plan's page and a measure's page say of later editions."""

from dataclasses import dataclass
from typing import Any

from workflow.models import Amendment, Measure, Plan
from workflow.pages.editions.words import Change, change_of
from workflow.queries.editions import amendments_of, awaiting_admission, editions_of, open_amendments
from workflow.states import PlanState

SHOWN = 20
"""Open amendments on a plan's page."""


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment with its change in words."""

    amendment: Amendment
    change: Change


def amended(measure: Measure) -> list[Amended]:
    """What later editions change of the measure. One statement."""
    return [Amended(one, change_of(one.field, one.before, one.after)) for one in amendments_of(measure)]


def editions_panel(plan: Plan, *, sees_all: bool) -> dict[str, Any]:
    """The plan's editions, and for plan roles what they left open. One statement, three on the ledger."""
    kept = editions_of(plan)
    numbers = {one.edition or 1 for one in kept}
    unkept = [n for n in range(plan.edition, 0, -1) if n not in numbers]
    found: dict[str, Any] = {"sees_all": sees_all, "editions": kept, "unkept": unkept if kept else []}
    if not sees_all or plan.state == PlanState.DRAFT:
        return found
    still_open = list(open_amendments(plan)[: SHOWN + 1])
    return {
        **found,
        "open_amendments": still_open[:SHOWN],
        "more_amendments": len(still_open) > SHOWN,
        "awaiting": awaiting_admission(plan).count(),
    }
