"""Many at once: claim, give back, hand over, force acceptance; each for itself, what is refused is named with its reason."""

from datetime import date

import pytest

from accounts.roles import Role
from flows.models import WorkItem
from flows.work import claim
from tests.factories.cast import Cast, appoint, join
from tests.factories.clock import Clock
from tests.factories.plans import Line, on_ledger
from tests.factories.road import Road, open_item
from tests.factories.soundness import assert_sound
from tests.workflow.pages.visits import Visitor, words
from workflow.models import AuditEvent, Measure, Share
from workflow.models.audit_event import Outcome
from workflow.states import ShareState

pytestmark = pytest.mark.django_db


@pytest.fixture
def measures(cast: Cast, road: Road) -> list[Measure]:
    """Three measures of the education bureau; the finance bureau supports each."""
    lines = [Line(cast.bureau("教育局"), [cast.bureau("财政局")], due=date(2026, 11, 30)) for _ in range(3)]
    return road.dispatch(on_ledger(cast, *lines))


def _leads(measures: list[Measure]) -> list[WorkItem]:
    return [open_item(measure.shares.get(is_lead=True)) for measure in measures]


def _key(item: WorkItem) -> str:
    return f"{item.process_id}-{item.pk}"


def _owners(measures: list[Measure]) -> list[str]:
    return [item.owner.name if item.owner else "" for item in _leads(measures)]


def test_a_handler_claims_several_and_is_told_of_the_one_that_another_holds(
    cast: Cast, measures: list[Measure]
) -> None:
    handler, other = (cast.handler(cast.bureau("教育局"), n) for n in (1, 2))
    items = _leads(measures)
    claim(items[1], by=other)
    visitor = Visitor(handler)
    listed = visitor.see("ledger:claim-many").context["listed"]
    answer = visitor.send("ledger:claim-many", chosen=[_key(item) for item in items])
    assert [one.key for one in listed] == [_key(items[0]), _key(items[2])]
    assert [one.code for one in answer.context["done"]] == [measures[0].code, measures[2].code]
    (refused,) = answer.context["refused"]
    assert (refused.code, refused.refusal) == (
        measures[1].code,
        f"{other.name} already holds this work item.",
    )
    assert _owners(measures) == [handler.name, other.name, handler.name]
    assert AuditEvent.objects.filter(outcome=Outcome.REFUSED, reason="item.held").count() == 1
    assert_sound()


def test_who_verifies_sees_beforehand_what_a_rule_keeps_from_them(cast: Cast, road: Road) -> None:
    measure = road.report(road.measure(supporting=1))
    tied = cast.supervisor(measure.plan, 2, bureau=cast.bureau("配合单位1"))
    (one,) = Visitor(tied).see("ledger:claim-many").context["listed"]
    assert one.refusal == "Nobody verifies a measure in which a bureau they belong to has a share."
    assert [
        c.refusal for c in Visitor(cast.supervisor(measure.plan)).see("ledger:claim-many").context["listed"]
    ] == [""]


def test_a_handler_gives_several_back(cast: Cast, measures: list[Measure]) -> None:
    handler = cast.handler(cast.bureau("教育局"))
    items = _leads(measures)
    for item in items[:2]:
        claim(item, by=handler)
    visitor = Visitor(handler)
    assert len(visitor.see("ledger:release-many").context["listed"]) == 2
    answer = visitor.send("ledger:release-many", chosen=[_key(item) for item in items])
    assert [len(answer.context[name]) for name in ("done", "refused")] == [2, 1]
    assert _owners(measures) == ["", "", ""]


def test_a_head_hands_several_over_and_sees_beforehand_whose_work_it_is(
    cast: Cast, measures: list[Measure]
) -> None:
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    head, to, stranger = cast.head(education), cast.handler(education), cast.handler(finance)
    visitor, keys = Visitor(head), [_key(item) for item in _leads(measures)]
    assert [one.key for one in visitor.see("ledger:hand-over-many").context["listed"]] == keys
    assert visitor.send("ledger:hand-over-many", chosen=keys).status_code == 422
    assert visitor.send("ledger:hand-over-many", chosen=keys, to=stranger.pk).status_code == 422
    checked = visitor.see("ledger:hand-over-many", to=to.pk)
    assert to.name in words(checked)
    answer = visitor.send("ledger:hand-over-many", chosen=keys, to=to.pk)
    assert len(answer.context["done"]) == 3
    assert _owners(measures) == [to.name] * 3


def test_a_head_of_two_bureaus_hands_each_bureaus_work_to_its_own_handlers(
    cast: Cast, measures: list[Measure]
) -> None:
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    head, to = cast.head(education), cast.handler(education)
    join(head, finance)
    appoint(head, Role.HEAD, finance)
    visitor = Visitor(head)
    listed = visitor.see("ledger:hand-over-many", to=to.pk).context["listed"]
    assert sorted(bool(one.refusal) for one in listed) == [False] * 3 + [True] * 3
    support = open_item(measures[0].shares.get(is_lead=False))
    keys = [_key(_leads(measures)[0]), _key(support)]
    answer = visitor.send("ledger:hand-over-many", chosen=keys, to=to.pk)
    assert [one.refusal for one in answer.context["refused"]] == [
        "Work can only be handed to a handler of the same bureau."
    ]
    assert len(answer.context["done"]) == 1


def test_only_a_head_hands_over(cast: Cast, measures: list[Measure]) -> None:
    education = cast.bureau("教育局")
    handler = cast.handler(education)
    visitor, key = Visitor(handler), _key(_leads(measures)[0])
    assert visitor.see("ledger:hand-over-many").context["listed"] == []
    assert visitor.send("ledger:hand-over-many", chosen=[key], to=handler.pk).status_code == 403


def test_acceptance_of_several_is_forced_where_the_time_is_over(
    cast: Cast, road: Road, measures: list[Measure], clock: Clock
) -> None:
    clock.wait(10)
    plan = measures[0].plan
    late = [str(share.pk) for share in Share.objects.filter(plan=plan)]
    accepted = measures[0].shares.get(is_lead=True)
    road.accept(accepted)
    visitor = Visitor(cast.supervisor(plan))
    assert len(visitor.see("ledger:force-acceptance-many", plan.code).context["listed"]) == 5
    assert visitor.send("ledger:force-acceptance-many", plan.code, chosen=late).status_code == 422
    answer = visitor.send("ledger:force-acceptance-many", plan.code, chosen=late, reason="逾期未签收")
    assert [len(answer.context[name]) for name in ("done", "refused")] == [5, 1]
    assert not Share.objects.filter(plan=plan, state=ShareState.ASSIGNED).exists()
    assert_sound()


def test_a_share_whose_time_is_not_over_is_named_beforehand(cast: Cast, measures: list[Measure]) -> None:
    plan = measures[0].plan
    page = Visitor(cast.supervisor(plan)).see("ledger:force-acceptance-many", plan.code)
    assert {one.refusal for one in page.context["listed"]} == {
        "The time for acceptance is not over until 2026-03-04."
    }
    assert page.context["open"] == 0


def test_who_may_not_force_acceptance_sees_no_list_however_they_ask(
    cast: Cast, measures: list[Measure]
) -> None:
    plan = measures[0].plan
    share = measures[0].shares.get(is_lead=True)
    for person in (cast.approver(plan), cast.head(cast.bureau("教育局"))):
        visitor = Visitor(person)
        assert visitor.see("ledger:force-acceptance-many", plan.code).status_code == 403
        for data in ({}, {"chosen": [share.pk]}, {"chosen": [share.pk], "reason": "逾期"}):
            assert visitor.send("ledger:force-acceptance-many", plan.code, **data).status_code == 403


def test_nothing_chosen_or_too_much_is_said_and_nothing_done(cast: Cast, measures: list[Measure]) -> None:
    visitor = Visitor(cast.handler(cast.bureau("教育局")))
    none = visitor.send("ledger:claim-many")
    many = visitor.send("ledger:claim-many", chosen=[f"1-{n}" for n in range(101)])
    assert "Choose at least one." in words(none)
    assert "Choose at most 100 at once." in words(many)
    assert (none.status_code, many.status_code) == (422, 422)
    assert visitor.send("ledger:claim-many", chosen=["x", "1-²", "0-0"]).status_code == 404
