"""The approver alone gives up an evaluation that is due."""

import pytest

from tests.factories.cast import Cast
from tests.factories.refusals import refused
from tests.factories.road import Road, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.evaluation import engage_evaluation, waive_evaluation
from workflow.actions.verification import rework_measure
from workflow.models import Evaluation, Measure
from workflow.states import EvaluationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """Dated, verified, with an evaluation due before its closure."""
    return road.verify(road.report(road.measure(supporting=1, evaluation="last")))


@pytest.mark.parametrize("engaged", [False, True])
def test_the_approver_waives_and_the_measure_can_be_closed(
    cast: Cast, road: Road, measure: Measure, engaged: bool
) -> None:
    if engaged:
        engage_evaluation(measure, by=cast.supervisor(measure.plan), engagement=road.engagement(measure.plan))
    with refused("right.missing", 403):
        waive_evaluation(measure, by=cast.supervisor(measure.plan), reason="无需")
    with refused("input.reason", 422):
        waive_evaluation(measure, by=cast.approver(measure.plan), reason="")
    waive_evaluation(measure, by=cast.approver(measure.plan), reason="经费所限")
    assert open_item(measure).node == "close"
    assert not Evaluation.objects.filter(state=EvaluationState.ENGAGED).exists()
    assert_sound()
    with refused("measure.no_evaluation", 409):
        waive_evaluation(measure, by=cast.approver(measure.plan), reason="再次")
    road.close(measure)


def test_what_was_passed_is_not_waived(cast: Cast, road: Road, measure: Measure) -> None:
    road.evaluate(measure)
    with refused("item.missing", 409):
        waive_evaluation(measure, by=cast.approver(measure.plan), reason="多余")


def test_a_waiver_holds_when_the_measure_is_returned_and_verified_again(
    cast: Cast, road: Road, measure: Measure
) -> None:
    waive_evaluation(measure, by=cast.approver(measure.plan), reason="经费所限")
    lead = measure.shares.get(is_lead=True)
    rework_measure(measure, by=cast.approver(measure.plan), shares=[lead.pk], reason="补")
    road.verify(road.report(measure))
    assert open_item(measure).node == "close"
    assert_sound()
