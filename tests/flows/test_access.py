"""Who may take which step: the answer is what a claim would say."""

from datetime import date

import pytest

from accounts.models import User
from accounts.rights import standing
from accounts.roles import Role
from flows.access import StepAnswer, step_answers
from flows.measure import MeasureFlow
from flows.models import WorkItem
from flows.nodes.work import work_nodes
from flows.share import ShareFlow
from flows.work import claim, release
from tests.factories.cast import Cast, appoint, join
from tests.factories.plans import Line
from tests.factories.road import Road, fresh, open_item
from workflow.clock.now import today
from workflow.models import Measure
from workflow.rules.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(cast: Cast, road: Road) -> Measure:
    """Dispatched to a lead and a supporting bureau."""
    line = Line(cast.bureau("教育局"), [cast.bureau("财政局")], due=date(2026, 11, 30))
    return road.dispatched(line)[0]


def _answers(person: User, measure: Measure) -> dict[str, StepAnswer]:
    """By step; of two open ones of a kind, the one that is the person's to take or to hand over."""
    found = step_answers(fresh(measure), person, standing(person, today()))
    return {
        one.node: one for one in sorted(found, key=lambda one: one.grant is not None or one.may_hand_over)
    }


def _code(answer: StepAnswer) -> str:
    return "" if answer.refusal is None else answer.refusal.code


def test_every_step__is_answered(cast: Cast, measure: Measure) -> None:
    names = {node.name for flow in (ShareFlow, MeasureFlow) for node in work_nodes(flow)}
    assert set(_answers(cast.stranger(), measure)) == names


def test_a_step_at_which_nothing_lies__says_so(cast: Cast, measure: Measure) -> None:
    assert _code(_answers(cast.supervisor(measure.plan), measure)["verify"]) == "item.missing"


def test_a_handler__may_accept_by_that_role_and_a_head_may_hand_it_over(cast: Cast, measure: Measure) -> None:
    lead = cast.bureau("教育局")
    mine = _answers(cast.handler(lead), measure)["accept"]
    assert mine.refusal is None
    assert mine.grant is not None
    assert (mine.grant.role, mine.grant.scope_id, mine.may_hand_over) == (Role.HANDLER, lead.pk, False)
    heads = _answers(cast.head(lead), measure)["accept"]
    assert (_code(heads), heads.may_hand_over) == ("right.missing", True)


def test_what_another_holds__is_named_as_held(cast: Cast, measure: Measure) -> None:
    lead = cast.bureau("教育局")
    claim(open_item(measure.shares.get(is_lead=True)), by=cast.handler(lead))
    assert _code(_answers(cast.handler(lead, 2), measure)["accept"]) == "item.held"
    assert _code(_answers(cast.handler(lead), measure)["accept"]) == ""


def test_a_supervisor_of_a_bureau_of_the_measure__may_not_verify(
    cast: Cast, measure: Measure, road: Road
) -> None:
    tied = cast.supervisor(measure.plan, 2, bureau=cast.bureau("财政局"))
    measure = road.report(measure)
    assert _code(_answers(tied, measure)["verify"]) == "separation.verify_bureau"
    assert _code(_answers(cast.supervisor(measure.plan), measure)["verify"]) == ""


def test_a_head_who_wrote_the_report__may_not_review_it(cast: Cast, measure: Measure, road: Road) -> None:
    lead = cast.bureau("教育局")
    both = cast.handler(lead)
    appoint(both, Role.HEAD, lead)
    road.accept_all(measure)
    road.submit(measure.shares.select_related("bureau").get(is_lead=True))
    answer = _answers(both, measure)["review"]
    assert (_code(answer), answer.grant is not None) == ("separation.review", True)
    assert _code(_answers(cast.head(lead), measure)["review"]) == ""


def test_the_answer__is_that_of_a_claim_for_everybody(cast: Cast, measure: Measure, road: Road) -> None:
    tied = cast.supervisor(measure.plan, 2)
    join(tied, cast.bureau("教育局"))
    measure = road.report(measure)
    item = open_item(measure)
    for person in User.objects.all():
        said = _code(_answers(person, measure)["verify"])
        assert _refusal_of_a_claim(item, person) == said, person


def _refusal_of_a_claim(item: WorkItem, person: User) -> str:
    """What a claim is refused with, "" for one that is carried out; it is put back on the desk then."""
    try:
        claim(item, by=person)
    except Refused as refusal:
        return refusal.code
    release(item, by=person)
    return ""
