"""The lamps of the shares and measures that a page of work items is about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from workflow.models import Measure, ShareCycle
from workflow.queries.lamps import lamp_of, lamp_words, with_lamp_reason, with_share_lamp_reason


@dataclass(frozen=True, slots=True)
class LampSeen:
    """A lamp with its reason in words."""

    colour: str
    reason: str


def share_lamps(shares: Collection[int], on: date) -> dict[int, LampSeen]:
    """Share id → its lamp in the current cycle; one statement, none for no shares."""
    if not shares:
        return {}
    found = with_share_lamp_reason(ShareCycle.objects.filter(share__in=shares, cycle__is_current=True), on)
    rows = found.values_list("share_id", "share__plan_id", "lamp_reason")
    return {share: _seen(plan, reason, on) for share, plan, reason in rows}


def measure_lamps(measures: Collection[int], on: date) -> dict[int, LampSeen]:
    """Measure id → its lamp; one statement, none for no measures."""
    if not measures:
        return {}
    rows = with_lamp_reason(Measure.objects.filter(pk__in=measures), on).values_list(
        "pk", "plan_id", "lamp_reason"
    )
    return {measure: _seen(plan, reason, on) for measure, plan, reason in rows}


def _seen(plan: int, reason: int, on: date) -> LampSeen:
    return LampSeen(lamp_of(reason).value, lamp_words(plan, reason, on))
