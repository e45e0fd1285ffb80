"""批示 on pages: given on the measure, owed in the inbox, answered once; a bureau reads its own reply, lead and offices all."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.road import Road
from tests.factories.statements import statements_of
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.instructions import instruct, reply_to_instruction
from workflow.models import Instruction, InstructionReply, Measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BY = date(2026, 3, 20)
TEXT = "请说明为何滞后"


@pytest.fixture
def measure(road: Road) -> Measure:
    return road.measure(supporting=2)


@pytest.fixture
def given(cast: Cast, measure: Measure) -> Instruction:
    return instruct(measure, by=cast.approver(measure.plan), text=TEXT, reply_by=BY)


def _reply_of(given: Instruction, bureau: str) -> InstructionReply:
    return given.replies.select_related("share__bureau").get(share__bureau__name=bureau)


def test_an_approver_is_offered_it_and_writes_one(cast: Cast, measure: Measure) -> None:
    visitor = Visitor(cast.approver(measure.plan))
    page = words(visitor.see("ledger:measure-detail", measure.code))
    assert reverse("ledger:instruct", args=[measure.code]) in page
    wrong = visitor.send("ledger:instruct", measure.code, text=TEXT, reply_by="2026-03-01")
    assert list(wrong.context["form"].errors) == ["reply_by"]
    right = visitor.follow("ledger:instruct", measure.code, text=TEXT, reply_by=BY.isoformat())
    assert TEXT in words(right)
    assert "0/3 replied" in words(right)
    other = Visitor(cast.supervisor(measure.plan)).see("ledger:measure-detail", measure.code)
    assert reverse("ledger:instruct", args=[measure.code]) not in words(other)


def test_a_bureau_finds_what_it_owes_in_its_inbox_with_the_day(
    cast: Cast, given: Instruction, clock: Clock
) -> None:
    reply = _reply_of(given, "配合单位1")
    link = reverse("ledger:reply-to-instruction", args=[given.measure.code, reply.pk])
    for person in (cast.handler(reply.share.bureau), cast.head(reply.share.bureau)):
        page = Visitor(person).see("ledger:inbox")
        (owed,) = page.context["owed"]
        assert (owed.reply, owed.days_left) == (reply, 14)
        assert link in words(page)
    clock.to(date(2026, 3, 23))
    (owed,) = Visitor(cast.handler(reply.share.bureau)).see("ledger:inbox").context["owed"]
    assert owed.days_left == -1
    for person in (cast.approver(given.measure.plan), cast.handler(cast.bureau("民政局")), cast.stranger()):
        assert Visitor(person).see("ledger:inbox").context["owed"] == []


def test_a_bureau_replies_and_owes_nothing_any_more(cast: Cast, given: Instruction) -> None:
    reply = _reply_of(given, "配合单位1")
    visitor = Visitor(cast.handler(reply.share.bureau))
    asks = visitor.see("ledger:reply-to-instruction", given.measure.code, reply.pk)
    assert TEXT in words(asks)
    assert visitor.send("ledger:reply-to-instruction", given.measure.code, reply.pk).status_code == 422
    done = visitor.follow("ledger:reply-to-instruction", given.measure.code, reply.pk, text="已经整改")
    assert "已经整改" in words(done)
    assert visitor.see("ledger:inbox").context["owed"] == []
    again = visitor.see("ledger:reply-to-instruction", given.measure.code, reply.pk)
    assert again.status_code == 409


def test_a_bureau_reads_its_own_reply_and_lead_and_offices_read_all(cast: Cast, given: Instruction) -> None:
    first, second = (_reply_of(given, f"配合单位{n}") for n in (1, 2))
    reply_to_instruction(first, by=cast.handler(first.share.bureau), text="甲的答复")
    plan = given.measure.plan
    may = (cast.handler(first.share.bureau), cast.head(cast.bureau("教育局")), cast.approver(plan))
    for person in (*may, cast.supervisor(plan), cast.observer(plan), cast.auditor()):
        assert "甲的答复" in words(Visitor(person).see("ledger:measure-detail", given.measure.code))
    page = words(Visitor(cast.handler(second.share.bureau)).see("ledger:measure-detail", given.measure.code))
    assert "甲的答复" not in page
    assert cast.handler(first.share.bureau).name not in page.split('id="timeline"')[0]
    assert "1/3 replied" in page
    assert TEXT in page


def test_both_stand_on_the_timeline(cast: Cast, given: Instruction) -> None:
    reply = _reply_of(given, "教育局")
    reply_to_instruction(reply, by=cast.head(reply.share.bureau), text="已经整改")
    page = Visitor(cast.approver(given.measure.plan)).see("ledger:measure-detail", given.measure.code)
    moments = [(moment.what, moment.reason) for moment in page.context["timeline"].moments[:2]]
    assert moments == [("replied to the instruction", "已经整改"), ("gave an instruction", TEXT)]


def test_a_reply_of_another_measure_is_not_found(cast: Cast, given: Instruction, road: Road) -> None:
    other = road.measure(supporting=2)
    reply = _reply_of(given, "教育局")
    visitor = Visitor(cast.head(reply.share.bureau))
    assert visitor.see("ledger:reply-to-instruction", other.code, reply.pk).status_code == 404


def test_a_share_that_has_ended_owes_nothing_any_more(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    given = instruct(measure, by=cast.approver(measure.plan, 2), text=TEXT, reply_by=BY)
    road.close(road.verify(road.report(measure)))
    head = Visitor(cast.head(cast.bureau("教育局")))
    assert head.see("ledger:inbox").context["owed"] == []
    assert "ended without a reply" in words(head.see("ledger:measure-detail", given.measure.code))


def test_a_measures_page_takes_the_same_statements_however_many_were_instructed(
    cast: Cast, given: Instruction
) -> None:
    visitor, code = Visitor(cast.approver(given.measure.plan)), given.measure.code
    visitor.see("ledger:measure-detail", code)
    one = len(statements_of(lambda: visitor.see("ledger:measure-detail", code)))
    for _ in range(3):
        instruct(given.measure, by=cast.approver(given.measure.plan), text=TEXT, reply_by=BY)
    assert len(statements_of(lambda: visitor.see("ledger:measure-detail", code))) == one
