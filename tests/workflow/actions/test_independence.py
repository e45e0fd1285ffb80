"""Separation rule 4: agency and evaluator are independent of the measure, declared and checked."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.belonging import succeed
from accounts.models import BureauKind
from tests.factories.cast import Cast, join
from tests.factories.plans import EngagementFactory, Line
from tests.factories.refusals import refused
from tests.factories.road import Road
from workflow.actions.evaluation import engage_evaluation, score_evaluation
from workflow.clock.period import years_before
from workflow.models import Engagement, Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """Dated, verified, with an evaluation due before its closure."""
    return road.verify(road.report(road.measure(supporting=1, evaluation="last")))


def _engage(cast: Cast, measure: Measure, engagement: Engagement) -> None:
    engage_evaluation(measure, by=cast.supervisor(measure.plan), engagement=engagement)


def _score(cast: Cast, measure: Measure, engagement: Engagement) -> None:
    score_evaluation(
        measure,
        by=cast.evaluator(engagement),
        score=Decimal(85),
        opinion="属实",
        declared_independent=True,
    )


def test_years_before_a_leap_day_end_with_february() -> None:
    assert years_before(date(2028, 2, 29), 3) == date(2025, 2, 28)
    assert years_before(date(2026, 3, 2), 3) == date(2023, 3, 2)


def test_rule_4_an_agency_with_a_share_is_not_engaged(cast: Cast, road: Road, measure: Measure) -> None:
    engagement = EngagementFactory(plan=measure.plan, agency=cast.bureau("配合单位1"))
    with refused("separation.agency_has_share", 403):
        _engage(cast, measure, engagement)


@pytest.mark.parametrize("place", ["above", "below"])
def test_rule_4_an_agency_above_or_below_a_bureau_of_the_measure_is_not_engaged(
    cast: Cast, road: Road, place: str
) -> None:
    above = cast.bureau("上级")
    below = cast.bureau("下级", under=above)
    agency, bureau = (above, below) if place == "above" else (below, above)
    (measure,) = road.dispatched(Line(bureau, due=date(2026, 6, 30), evaluation="last"))
    road.verify(road.report(measure))
    engagement = EngagementFactory(plan=measure.plan, agency=agency)
    with refused("separation.agency_related", 403):
        _engage(cast, measure, engagement)


@pytest.mark.parametrize(
    ("last_day", "tied"), [(date(2023, 3, 2), True), (date(2023, 3, 1), False), (date(2026, 3, 2), True)]
)
def test_rule_4_an_evaluator_who_was_a_member_within_three_years_does_not_score(
    cast: Cast, road: Road, measure: Measure, last_day: date, tied: bool
) -> None:
    engagement = road.engagement(measure.plan)
    _engage(cast, measure, engagement)
    join(cast.evaluator(engagement), cast.bureau("配合单位1"), date(2015, 1, 1), last_day)
    if tied:
        with refused("separation.evaluator_member", 403):
            _score(cast, measure, engagement)
    else:
        _score(cast, measure, engagement)


def test_rule_4_counts_members_of_the_same_line_of_bureaus(cast: Cast, road: Road, measure: Measure) -> None:
    engagement = road.engagement(measure.plan)
    _engage(cast, measure, engagement)
    join(cast.evaluator(engagement), cast.bureau("老局"), date(2015, 1, 1), date(2025, 1, 1))
    succeed(cast.bureau("老局"), cast.bureau("配合单位1"))
    with refused("separation.evaluator_member", 403):
        _score(cast, measure, engagement)


def test_rule_4_an_agency_that_came_after_a_bureau_of_the_measure_is_not_engaged(
    cast: Cast, measure: Measure
) -> None:
    heir = cast.bureau("改制中心", BureauKind.AGENCY)
    succeed(cast.bureau("配合单位1"), heir)
    engagement = EngagementFactory(plan=measure.plan, agency=heir)
    with refused("separation.agency_has_share", 403):
        _engage(cast, measure, engagement)
