"""The separation rules at the pages: told before one tries, and refused with the rule's sentence by address."""

from typing import Any

import pytest
from django.utils.html import escape

from accounts.models import User
from accounts.roles import Role
from tests.factories.cast import appoint, join
from tests.factories.plans import EngagementFactory
from tests.workflow.pages.stage import ALL_POINTS, Stage, decide, see_work, state_of
from tests.workflow.pages.visits import words
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.evaluation import engage_evaluation
from workflow.models import AuditEvent, Measure, Share
from workflow.models.audit_event import Outcome

pytestmark = pytest.mark.django_db


def is_refused(person: User, thing: Measure | Share, sentence: str, decision: str, **data: Any) -> None:
    """Whether the page says the rule instead of a form, and the address refuses with it and leaves a line."""
    before = state_of(thing)
    page = see_work(person, thing)
    answer = decide(person, thing, decision, **data)

    assert page.status_code == 200
    assert escape(sentence) in words(page)
    assert 'name="decision"' not in words(page)
    assert answer.status_code == 403
    assert escape(sentence) in words(answer)
    assert state_of(thing) == before
    assert AuditEvent.objects.filter(actor=person, outcome=Outcome.REFUSED).exists()


def test_rule_1_nobody_reviews_a_report_that_they_submitted(stage: Stage) -> None:
    share = stage.road.accept(stage.share(stage.joint(targets=())))
    author = stage.post(share)
    decide(author, share, "submit", progress="已完成")
    appoint(author, Role.HEAD, stage.lead)

    sentence = "Nobody reviews a report that they wrote or submitted."
    is_refused(author, share, sentence, "approve")
    is_refused(author, share, sentence, "send_back", reason="重写")


def test_rule_1_nobody_signs_a_consolidation_that_they_drafted(stage: Stage) -> None:
    measure = stage.joint()
    stage.road.accept_all(measure)
    stage.road.approve_all(measure)
    author = stage.cast.handler(stage.lead)
    draft_consolidation(measure, by=author, summary="汇总")
    appoint(author, Role.HEAD, stage.lead)

    sentence = "Nobody reviews a report that they wrote or submitted."
    is_refused(author, measure, sentence, "report")
    is_refused(author, measure, sentence, "return_draft", reason="重写")


def test_rule_2_nobody_verifies_a_measure_of_their_own_bureau(stage: Stage) -> None:
    measure = stage.road.report(stage.joint())
    member = stage.cast.supervisor(measure.plan, n=2)
    join(member, stage.support)

    sentence = "Nobody verifies a measure in which a bureau they belong to has a share."
    is_refused(member, measure, sentence, "verify", checklist=ALL_POINTS)
    lead = stage.share(measure)
    is_refused(member, measure, sentence, "rework", shares=[lead.pk], reason="数据不实")


def test_rule_2_nobody_verifies_a_measure_whose_report_they_touched(stage: Stage) -> None:
    measure = stage.joint()
    stage.road.report(measure)
    writer = stage.cast.handler(stage.lead)
    writer.memberships.update(since="2019-01-01", until="2019-12-31")
    appoint(writer, Role.SUPERVISOR, measure.plan)

    is_refused(
        writer,
        measure,
        "Nobody verifies a measure whose report they touched.",
        "verify",
        checklist=ALL_POINTS,
    )


def test_rule_3_nobody_closes_a_measure_that_they_verified(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint("never")))
    verifier = stage.cast.supervisor(measure.plan)
    appoint(verifier, Role.APPROVER, measure.plan)

    is_refused(verifier, measure, "Nobody closes a measure that they verified.", "close")


def test_rule_3_nobody_closes_a_measure_of_their_own_bureau(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint("never")))
    member = stage.cast.approver(measure.plan, n=2)
    join(member, stage.streets[0])

    is_refused(member, measure, "Nobody closes a measure in which their bureau has a share.", "close")


def test_rule_4_nobody_evaluates_a_measure_of_a_bureau_they_belonged_to_within_three_years(
    stage: Stage,
) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    engagement = EngagementFactory(plan=measure.plan, agency=stage.cast.agency)
    engage_evaluation(measure, by=stage.cast.supervisor(measure.plan), engagement=engagement)
    evaluator = stage.cast.evaluator(engagement)
    membership = join(evaluator, stage.support)
    membership.until = stage.road.measure(0).plan.period_start
    membership.save()

    is_refused(
        evaluator,
        measure,
        f"The evaluator was a member of {stage.support.name}",
        "score",
        score="90",
        opinion="达标",
        declared_independent="on",
    )


def test_rule_4_an_agency_tied_to_a_bureau_is_refused_when_it_is_chosen(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    agency = stage.cast.bureau("教育局评估所", "agency", under=stage.lead)
    engagement = EngagementFactory(plan=measure.plan, agency=agency)

    answer = decide(stage.post(measure), measure, "engage", engagement=engagement.pk)

    assert answer.status_code == 403
    assert f"The agency stands above or below {stage.lead.name}" in words(answer)


def test_rule_4_an_evaluation_without_the_declaration_is_asked_again(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    engagement = EngagementFactory(plan=measure.plan, agency=stage.cast.agency)
    engage_evaluation(measure, by=stage.cast.supervisor(measure.plan), engagement=engagement)

    answer = decide(stage.post(measure), measure, "score", score="90", opinion="达标")

    assert answer.status_code == 422
    assert 'id="score-declared_independent_error"' in words(answer)
