"""异议: a bureau's head objects in time; another than the author decides; nothing moves by itself."""

from datetime import date

import pytest

from accounts.roles import Role
from tests.factories.cast import Cast, appoint
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh
from tests.factories.soundness import assert_sound
from workflow.actions.cycles import miss_cycle
from workflow.actions.objections import raise_objection, reject_objection, uphold_objection
from workflow.actions.suspension import suspend_measure
from workflow.actions.verification import rework_measure
from workflow.models import AuditEvent, Measure, Objection, Share, Verification
from workflow.models.objection import ObjectionDecision
from workflow.queries.objections import conclusions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(cast: Cast, road: Road) -> Measure:
    """Reported by two bureaus and returned to the lead by a supervisor on 2 March."""
    measure = road.report(road.measure(supporting=1))
    lead = measure.shares.get(is_lead=True)
    rework_measure(measure, by=cast.supervisor(measure.plan), shares=[lead.pk], reason="补")
    return fresh(measure)


def lead(measure: Measure) -> Share:
    return measure.shares.select_related("bureau", "measure").get(is_lead=True)


def key(measure: Measure) -> str:
    return conclusions_of(measure, date(2026, 3, 2))[-1].key


def object_to(cast: Cast, measure: Measure) -> Objection:
    share = lead(measure)
    head = cast.head(share.bureau)
    return raise_objection(share, by=head, conclusion=key(measure), grounds="材料齐全")


def test_a_head_objects_and_the_measure_stays_as_it_is(cast: Cast, measure: Measure) -> None:
    objection = object_to(cast, measure)
    assert objection.author == cast.supervisor(measure.plan)
    assert objection.verification == Verification.objects.get()
    assert objection.is_pending
    assert fresh(measure).state == measure.state
    assert_sound()


def test_a_handler_does_not_object_nor_does_the_head_of_another_bureau(cast: Cast, measure: Measure) -> None:
    share = lead(measure)
    for person in (cast.handler(share.bureau), cast.head(cast.bureau("配合单位1"))):
        with refused("right.missing", 403):
            raise_objection(share, by=person, conclusion=key(measure), grounds="齐")


def test_an_objection_has_grounds_and_names_a_conclusion(cast: Cast, measure: Measure) -> None:
    share = lead(measure)
    head = cast.head(share.bureau)
    with refused("input.grounds", 422):
        raise_objection(share, by=head, conclusion=key(measure), grounds=" ")
    with refused("input.conclusion", 422):
        raise_objection(share, by=head, conclusion="verification-0", grounds="齐")


def test_an_objection_is_raised_within_five_working_days(cast: Cast, clock: Clock, measure: Measure) -> None:
    clock.to(date(2026, 3, 9), 23)
    support = measure.shares.select_related("bureau").get(is_lead=False)
    raise_objection(support, by=cast.head(support.bureau), conclusion=key(measure), grounds="齐")
    clock.to(date(2026, 3, 10))
    with refused("objection.late", 409):
        object_to(cast, measure)


def test_a_bureau_objects_once_to_a_conclusion(cast: Cast, measure: Measure) -> None:
    object_to(cast, measure)
    with refused("objection.again", 409):
        object_to(cast, measure)


def test_what_passed_is_no_conclusion_to_object_to(road: Road) -> None:
    measure = road.verify(road.report(road.measure(supporting=0)))
    assert conclusions_of(measure, date(2026, 3, 2)) == []


def test_a_missed_cycle_and_an_evaluation_are_conclusions_with_their_authors(cast: Cast, road: Road) -> None:
    ongoing = road.accept_all(road.measure(supporting=0, cycle="quarter"))
    miss_cycle(ongoing, by=cast.supervisor(ongoing.plan), reason="未报")
    evaluated = road.evaluate(road.verify(road.report(road.measure(supporting=0, evaluation="last"))))
    for measure, field in ((ongoing, "missed_cycle"), (evaluated, "evaluation")):
        (conclusion,) = conclusions_of(measure, date(2026, 3, 2))
        objection = object_to(cast, measure)
        assert (conclusion.field, objection.author_id) == (field, conclusion.author)
        assert getattr(objection, field) == conclusion.thing
    assert_sound()


def test_upheld_it_says_what_is_to_be_done_and_changes_no_state(cast: Cast, measure: Measure) -> None:
    objection = object_to(cast, measure)
    other = cast.supervisor(measure.plan, 2)
    objection = uphold_objection(objection, by=other, reason="材料确已齐全", remedy="三日内重新核查")
    assert (objection.decision, objection.decided_by) == (ObjectionDecision.UPHELD, other)
    assert fresh(measure).state == measure.state
    assert lead(measure).state == "in_progress"
    line = AuditEvent.objects.get(action="objection.uphold")
    assert line.reason == "材料确已齐全\n三日内重新核查"
    assert_sound()


def test_an_approver_rejects_it(cast: Cast, measure: Measure) -> None:
    objection = reject_objection(object_to(cast, measure), by=cast.approver(measure.plan), reason="证据不足")
    assert (objection.decision, objection.remedy) == (ObjectionDecision.REJECTED, "")
    assert_sound()


def test_a_decision_has_a_reason_and_upheld_a_remedy(cast: Cast, measure: Measure) -> None:
    objection, approver = object_to(cast, measure), cast.approver(measure.plan)
    with refused("input.reason", 422):
        reject_objection(objection, by=approver, reason=" ")
    with refused("input.remedy", 422):
        uphold_objection(objection, by=approver, reason="是", remedy=" ")


def test_rule_5_nobody_decides_an_objection_to_their_own_conclusion(cast: Cast, measure: Measure) -> None:
    objection, author = object_to(cast, measure), cast.supervisor(measure.plan)
    appoint(author, Role.APPROVER, measure.plan)
    with refused("separation.objection_author", 403):
        reject_objection(objection, by=author, reason="不")


def test_rule_5_nobody_decides_an_objection_that_they_raised(cast: Cast, measure: Measure) -> None:
    objection, head = object_to(cast, measure), cast.head(cast.bureau("教育局"))
    appoint(head, Role.SUPERVISOR, measure.plan)
    with refused("separation.objection_raised", 403):
        uphold_objection(objection, by=head, reason="是", remedy="改")


@pytest.mark.parametrize("who", ["observer", "auditor"])
def test_only_supervisors_and_approvers_decide(cast: Cast, measure: Measure, who: str) -> None:
    objection, person = object_to(cast, measure), getattr(cast, who)(measure.plan)
    with refused("right.missing", 403):
        reject_objection(objection, by=person, reason="不")


def test_a_decision_stands(cast: Cast, measure: Measure) -> None:
    objection, approver = object_to(cast, measure), cast.approver(measure.plan)
    reject_objection(objection, by=approver, reason="不")
    with refused("objection.decided", 409):
        uphold_objection(objection, by=approver, reason="是", remedy="改")


def test_a_suspension_keeps_nobody_from_objecting_and_deciding(cast: Cast, measure: Measure) -> None:
    approver = cast.approver(measure.plan)
    suspend_measure(measure, by=approver, until=date(2026, 6, 30), reason="等")
    reject_objection(object_to(cast, measure), by=approver, reason="不")
    assert_sound()
