"""When a measure is ready for the ledger."""

import pytest

from workflow.rules.readiness import Gap, ReadinessFacts, gaps

READY = {"leads": 1, "undecided_units": 0, "is_timed": True, "undecided_targets": 0}


def test_a_measure_with_one_lead_decided_units_a_schedule_and_decided_targets_is_ready() -> None:
    assert gaps(ReadinessFacts(**READY)) == ()


@pytest.mark.parametrize(
    ("fact", "gap"),
    [
        ({"leads": 0}, Gap.LEAD),
        ({"leads": 2}, Gap.LEAD),
        ({"undecided_units": 1}, Gap.UNIT),
        ({"is_timed": False}, Gap.SCHEDULE),
        ({"undecided_targets": 3}, Gap.TARGET),
    ],
)
def test_each_thing_that_is_missing_is_a_gap(fact: dict[str, int], gap: Gap) -> None:
    assert gaps(ReadinessFacts(**{**READY, **fact})) == (gap,)


def test_all_gaps_are_named_at_once() -> None:
    assert gaps(ReadinessFacts(0, 1, False, 1)) == (Gap.LEAD, Gap.UNIT, Gap.SCHEDULE, Gap.TARGET)
