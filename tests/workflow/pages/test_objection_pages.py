"""异议 at the pages: who may object and decide is offered it, and everybody on the measure sees that one is pending."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.factories.cast import appoint, join
from tests.factories.clock import Clock
from tests.factories.road import fresh
from tests.workflow.pages.decision_checks import is_open_to, is_refused, offers
from tests.workflow.pages.stage import Stage
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.objections import raise_objection, reject_objection
from workflow.actions.verification import rework_measure
from workflow.models import Measure, Objection, Verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(stage: Stage) -> Measure:
    measure = stage.road.report(stage.joint())
    supervisor = stage.cast.supervisor(measure.plan)
    rework_measure(measure, by=supervisor, shares=[stage.share(measure).pk], reason="补")
    return fresh(measure)


def key() -> str:
    return f"verification-{Verification.objects.get().pk}"


def objected(stage: Stage, measure: Measure) -> Objection:
    head, share = stage.cast.head(stage.lead), stage.share(measure)
    return raise_objection(share, by=head, conclusion=key(), grounds="材料齐全")


def test_a_head_objects(stage: Stage, measure: Measure) -> None:
    head = stage.cast.head(stage.support)
    is_open_to(head, "raise-objection", measure, conclusion=key(), grounds="已附材料")
    assert Objection.objects.get().share == stage.share(measure, stage.support)


def test_who_heads_two_bureaus_says_for_which(stage: Stage, measure: Measure) -> None:
    head = stage.cast.head(stage.lead)
    join(head, stage.support)
    appoint(head, Role.HEAD, stage.support)
    share = stage.share(measure, stage.support)
    page = words(Visitor(head).see("ledger:raise-objection", measure.code))
    assert 'name="share"' in page
    is_open_to(head, "raise-objection", measure, conclusion=key(), grounds="附", share=share.pk)
    assert Objection.objects.get().share == share


def test_a_handler_does_not_object(stage: Stage, measure: Measure) -> None:
    handler, told = stage.cast.handler(stage.lead), "Your roles do not allow this here."
    is_refused(handler, 403, told, "raise-objection", measure, conclusion=key(), grounds="附")


def test_after_five_working_days_nothing_is_left_to_object_to(
    stage: Stage, measure: Measure, clock: Clock
) -> None:
    clock.wait(6)
    head, told = stage.cast.head(stage.lead), "There is no conclusion on this measure"
    is_refused(head, 409, told, "raise-objection", measure, grounds="附")


def test_everybody_sees_that_it_is_pending_and_who_may_read_reports_reads_it(
    stage: Stage, measure: Measure
) -> None:
    objected(stage, measure)
    for person, reads in (
        (stage.cast.observer(measure.plan), True),
        (stage.cast.handler(stage.lead), True),
        (stage.cast.handler(stage.support), False),
    ):
        page = offers(person, measure)
        assert "to be decided" in page
        assert ("材料齐全" in page) == reads


def test_another_supervisor_decides_it_and_its_remedy_is_told(stage: Stage, measure: Measure) -> None:
    objection = objected(stage, measure)
    other = stage.cast.supervisor(measure.plan, 2)
    decided = {"decision": "upheld", "reason": "材料确已齐全", "remedy": "三日内重新核查"}
    is_open_to(other, "decide-objection", measure, objection.pk, **decided)
    page = offers(stage.cast.handler(stage.lead), measure)
    assert "三日内重新核查" in page
    assert "upheld the objection" in page


def test_an_objection_upheld_needs_its_remedy(stage: Stage, measure: Measure) -> None:
    objection = objected(stage, measure)
    visitor = Visitor(stage.cast.approver(measure.plan))
    answer = visitor.send(
        "ledger:decide-objection", measure.code, objection.pk, decision="upheld", reason="是"
    )
    assert answer.status_code == 422
    assert "Say what is to be done about it." in words(answer)


def test_the_author_of_the_conclusion_does_not_decide(stage: Stage, measure: Measure) -> None:
    objection = objected(stage, measure)
    author = stage.cast.supervisor(measure.plan)
    told = "Nobody decides an objection to their own conclusion."
    decided = {"decision": "rejected", "reason": "不"}
    is_refused(author, 403, told, "decide-objection", measure, objection.pk, **decided)


def test_an_objection_is_found_under_its_own_measure_alone(stage: Stage, measure: Measure) -> None:
    objection, other = objected(stage, measure), stage.road.measure(supporting=0)
    approver = stage.cast.approver(other.plan)
    assert Visitor(approver).see("ledger:decide-objection", other.code, objection.pk).status_code == 404


def test_an_objection_waits_on_the_inbox_of_who_may_decide_it_with_its_words_on_the_page(
    stage: Stage, measure: Measure
) -> None:
    cast, objection = stage.cast, objected(stage, measure)
    author, other = cast.supervisor(measure.plan), cast.supervisor(measure.plan, 2)
    foreign = cast.supervisor(stage.joint().plan)

    def offered(person: User) -> list[Objection]:
        return list(Visitor(person).see("ledger:inbox").context["objections"])

    assert offered(other) == offered(cast.approver(measure.plan)) == [objection]
    assert offered(author) == offered(foreign) == offered(cast.head(stage.lead)) == []
    page = words(Visitor(other).see("ledger:decide-objection", measure.code, objection.pk))
    for told in ("材料齐全", cast.head(stage.lead).name, "Returned by the verification"):
        assert told in page

    reject_objection(objection, by=other, reason="证据不足")
    assert offered(cast.approver(measure.plan)) == []
