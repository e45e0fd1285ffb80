"""What a report must contain, and how it is written down with its readings and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.writes import insert
from workflow.models import Draft, Evidence, Reading, Report, Target
from workflow.queries.seats import Seat
from workflow.rules.refusal import Invalid, require

LARGEST = Decimal(10**12)
SMALLEST = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """A value of a target, or the reason why there is none; `as_of` defaults to the day of the report."""

    target_id: int
    value: Decimal | None = None
    reason: str = ""
    as_of: date | None = None


def checked_readings(targets: Sequence[Target], given: list[ReadingInput], today: date) -> list[Reading]:
    """The unsaved readings; raises Invalid where a target has neither value nor reason, or is not the share's."""
    by_target = {reading.target_id: reading for reading in given}
    known = {target.pk for target in targets}
    require(set(by_target) <= known, Invalid("input.reading_unknown", field="readings"))
    readings = []
    for target in targets:
        reading = by_target.get(target.pk, ReadingInput(target.pk))
        if reading.value is None and not reading.reason.strip():
            raise Invalid("input.reading", field=f"reading-{target.pk}", target=target.text)
        as_of = reading.as_of or today
        require(as_of <= today, Invalid("input.as_of", field=f"as-of-{target.pk}"))
        readings.append(
            Reading(
                target_id=target.pk,
                value=_stored(reading),
                reason=reading.reason.strip(),
                as_of=as_of,
            )
        )
    return readings


def _stored(reading: ReadingInput) -> Decimal | None:
    """The value as the column keeps it; raises Invalid for one that is no number or has more than twelve digits."""
    value = reading.value
    if value is None:
        return None
    is_kept = value.is_finite() and abs(value) < LARGEST
    require(is_kept, Invalid("input.number", field=f"reading-{reading.target_id}", value=str(value)))
    return value.quantize(SMALLEST)


def write_report(seat: Seat, report: Report, readings: list[Reading]) -> None:
    """Save the report, its readings and the evidence uploaded for it; the draft has served its purpose."""
    insert(report)
    for reading in readings:
        reading.report = report
    if readings:
        insert(*readings)
    if seat.has_new_evidence:
        Evidence.objects.filter(
            share_cycle=seat.share_cycle, report__isnull=True, removed_at__isnull=True
        ).update(report=report)
    if seat.draft_writers is not None:
        Draft.objects.filter(kind="share.submit", object_id=seat.share.pk).delete()
