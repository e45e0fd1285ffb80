"""May a person do this and what decides: the decisions' own checks, with the rights that they asked for."""

from datetime import date

import pytest

from accounts.models import User
from accounts.rights import standing
from accounts.roles import Permission, Role
from tests.factories.asking import Asking
from tests.factories.cast import Cast, appoint
from tests.factories.plans import Line, Promise, drafted
from tests.factories.road import Road, fresh
from tests.workflow.pages.stage import Stage
from workflow.actions.objections import raise_objection, reject_objection
from workflow.actions.shares import accept_share
from workflow.actions.verification import rework_measure
from workflow.clock.now import today
from workflow.models import Measure
from workflow.pages.access.answers import Answer, Part, all_answers
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decide_objection import DecideObjection
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.decisions.force_acceptance import ForceAcceptance
from workflow.pages.decisions.instruct import ReplyToInstruction
from workflow.pages.decisions.rework import ReturnMeasure
from workflow.pages.decisions.send_back import SendBackShare
from workflow.pages.decisions.waive import WaiveTarget
from workflow.pages.offers import ON_ITEM, ON_MEASURE, ON_MILESTONE, ON_ROADMAP, ON_SHARE, ON_TARGET
from workflow.pages.requests.request import WithdrawRequest
from workflow.queries.cases import cycle_of
from workflow.queries.objections import conclusions_of

pytestmark = pytest.mark.django_db


def answers(person: User, measure: Measure) -> dict[Part, list[Answer]]:
    measure = fresh(measure)
    return all_answers(Case.of(person, standing(person, today()), measure, cycle_of(measure)))


def answer(person: User, measure: Measure, part: Part, label: object) -> Answer:
    return next(one for one in answers(person, measure)[part] if one.label == str(label))


OF_ONE_THING = {DecideObjection, ReplyToInstruction, WithdrawRequest}
"""Asked of an objection, a reply or a request, which have pages or panels of their own."""


def _kinds(kind: type[MeasureDecision]) -> set[type[MeasureDecision]]:
    found = set(kind.__subclasses__())
    return found.union(*map(_kinds, found)) if found else found


def test_every_decision_that_there_is__is_asked() -> None:
    assert {one for one in _kinds(MeasureDecision) if hasattr(one, "name")} == {
        *ON_MEASURE,
        *ON_SHARE,
        *ON_TARGET,
        *ON_ROADMAP,
        *ON_MILESTONE,
        *ON_ITEM,
        *OF_ONE_THING,
    }


def test_an_approver__may_return_a_verified_measure_by_that_role(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    found = answer(stage.cast.approver(measure.plan), measure, Part.MEASURE, ReturnMeasure.label)
    assert found.may
    assert [(one.role, one.scope_id) for one in found.by] == [(Role.APPROVER, measure.plan_id)]


def test_a_supervisor_who_belongs_to_a_bureau__is_told_the_rule_and_the_role(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.joint()))
    tied = stage.cast.supervisor(measure.plan, 2, bureau=stage.support)
    found = answer(tied, measure, Part.MEASURE, ReturnMeasure.label)
    assert found.refusal == "Nobody verifies a measure in which a bureau they belong to has a share."
    assert [one.role for one in found.by] == [Role.SUPERVISOR]


def test_a_missing_right__names_the_right_and_the_roles_that_give_it(stage: Stage) -> None:
    measure = stage.joint()
    found = answer(stage.cast.observer(measure.plan), measure, Part.TARGETS, WaiveTarget.label)
    assert (found.may, found.by, found.needs) == (False, (), (Permission.WAIVE_FOR_PLAN,))
    assert [str(role) for role in found.roles] == [str(Role.APPROVER.label)]


def test_a_state__is_what_refuses_where_the_right_is_held(stage: Stage) -> None:
    measure = stage.joint()
    found = answer(stage.cast.head(stage.lead), measure, Part.SHARES, SendBackShare.label)
    assert not found.may
    assert found.needs == ()
    assert [one.role for one in found.by] == [Role.HEAD]


def test_answers_that_are_the_same__stand_together(stage: Stage) -> None:
    measure = stage.joint()
    found = answer(stage.cast.observer(measure.plan), measure, Part.SHARES, ForceAcceptance.label)
    names = measure.shares.order_by("-is_lead", "pk").values_list("bureau__name", flat=True)
    assert found.about == tuple(names)


def test_a_draft__is_prepared_and_dispatched_by_supervisors(cast: Cast, road: Road) -> None:
    line = Line(cast.bureau("教育局"), due=date(2026, 11, 30), targets=[Promise()])
    measure = drafted(cast, line).measures.get()
    supervisor, approver = cast.supervisor(measure.plan), cast.approver(measure.plan)
    may = {one.label: one.may for one in answers(supervisor, measure)[Part.PREPARATION]}
    assert may == {"Prepare the measure": True, "Admit new measures": False, "Dispatch": False}
    dispatch = answer(supervisor, measure, Part.PREPARATION, "Dispatch")
    assert dispatch.refusal == "The plan is not on the ledger."
    assert not any(one.may for one in answers(approver, measure)[Part.PREPARATION])


@pytest.fixture(autouse=True)
def _in_english(settings: object) -> object:
    from django.utils.translation import override

    with override("en"):
        yield


def test_a_pending_request_is_no_step_of_the_measure_and_does_not_hide_the_steps(
    cast: Cast, stage: Stage
) -> None:
    measure = stage.joint()
    share = stage.share(measure)
    accept_share(share, by=cast.handler(share.bureau))
    before = answers(cast.supervisor(measure.plan), measure)[Part.STEPS]
    Asking(cast).signed(share)
    assert answers(cast.supervisor(measure.plan), measure)[Part.STEPS] == before


def test_the_steps_of_a_request__are_answered_by_rule_5_for_who_decides(cast: Cast, stage: Stage) -> None:
    measure = stage.joint()
    share = stage.share(measure)
    accept_share(share, by=cast.handler(share.bureau))
    Asking(cast).signed(share)
    tied = cast.head(share.bureau)
    appoint(tied, Role.SUPERVISOR, measure.plan)
    (may,) = answers(cast.supervisor(measure.plan), measure)[Part.REQUESTS]
    (may_not,) = answers(tied, measure)[Part.REQUESTS]
    assert (may.may, may.about) == (True, (f"{share.bureau.name} (extension)",))
    assert may_not.code == "separation.request"


def test_who_decides_an_objection__is_asked_of_rule_5_until_it_is_decided(cast: Cast, stage: Stage) -> None:
    measure = stage.road.report(stage.joint())
    author, other = cast.supervisor(measure.plan), cast.supervisor(measure.plan, 2)
    rework_measure(measure, by=author, shares=[stage.share(measure).pk], reason="补")
    assert Part.OBJECTIONS not in answers(other, measure)
    (conclusion,) = conclusions_of(measure, today())
    share = stage.share(measure)
    objection = raise_objection(
        share, by=cast.head(share.bureau), conclusion=conclusion.key, grounds="材料齐全"
    )
    assert [one.code for one in answers(author, measure)[Part.OBJECTIONS]] == ["separation.objection_author"]
    (may,) = answers(other, measure)[Part.OBJECTIONS]
    assert (may.may, [one.role for one in may.by]) == (True, [Role.SUPERVISOR])
    reject_objection(objection, by=other, reason="不")
    assert Part.OBJECTIONS not in answers(other, measure)
