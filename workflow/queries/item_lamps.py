"""The lamps of the shares and measures that a page of work items is about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from accounts.compiled import CompiledRead, Keys
from workflow.models import Measure, ShareCycle
from workflow.queries.lamps import Scales, lamp_of, lamp_words, lit_by, scales, shares_lit_by


@dataclass(frozen=True, slots=True)
class LampSeen:
    """A lamp with its reason in words."""

    colour: str
    reason: str


def share_lamps(shares: Collection[int], on: date) -> dict[int, LampSeen]:
    """Share id → its lamp in the current cycle; one statement, none for no shares."""
    rows = _read_shares(scales(on))(shares=shares) if shares else ()
    return {share: _seen(plan, reason, on) for share, plan, reason in rows}


def measure_lamps(measures: Collection[int], on: date) -> dict[int, LampSeen]:
    """Measure id → its lamp; one statement, none for no measures."""
    rows = _read_measures(scales(on))(measures=measures) if measures else ()
    return {measure: _seen(plan, reason, on) for measure, plan, reason in rows}


@lru_cache(maxsize=8)
def _read_shares(by: Scales) -> CompiledRead:
    """Share, plan and reason; built anew when the day or a rule changes."""
    found = ShareCycle.objects.filter(share__in=Keys("shares"), cycle__is_current=True)
    return CompiledRead(
        lambda: shares_lit_by(found, by).values_list("share_id", "share__plan_id", "lamp_reason")
    )


@lru_cache(maxsize=8)
def _read_measures(by: Scales) -> CompiledRead:
    """Measure, plan and reason, as above."""
    found = Measure.objects.filter(pk__in=Keys("measures"))
    return CompiledRead(lambda: lit_by(found, by).values_list("pk", "plan_id", "lamp_reason"))


def _seen(plan: int, reason: int, on: date) -> LampSeen:
    return LampSeen(lamp_of(reason).value, lamp_words(plan, reason, on))
