"""批示: who instructs and when, who replies and how often, what the trail keeps."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road
from tests.factories.soundness import assert_sound
from tests.factories.statements import statements_of
from workflow.actions.instructions import LONGEST, instruct, reply_to_instruction
from workflow.models import AuditEvent, Instruction, InstructionReply, Measure
from workflow.states import MeasureState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BY = date(2026, 3, 20)


def _instruct(cast: Cast, measure: Measure) -> Instruction:
    return instruct(measure, by=cast.approver(measure.plan), text="请说明进展", reply_by=BY)


def _reply(given: Instruction, *, lead: bool = True) -> InstructionReply:
    return given.replies.select_related("share__bureau").get(share__is_lead=lead)


def test_every_bureau_with_an_open_share_owes_a_reply_and_no_state_moves(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=2)
    given = _instruct(cast, measure)
    assert [reply.share.bureau.name for reply in given.replies.all()] == ["教育局", "配合单位1", "配合单位2"]
    assert {reply.replied_at for reply in given.replies.all()} == {None}
    assert Measure.objects.get(pk=measure.pk).state == MeasureState.ASSIGNED
    line = AuditEvent.objects.get(action="measure.instruct")
    assert (line.reason, line.payload) == ("请说明进展", {"reply_by": "2026-03-20", "shares": 3})
    assert_sound()


@pytest.mark.parametrize("who", ["supervisor", "observer", "auditor"])
def test_only_an_approver_instructs(cast: Cast, road: Road, who: str) -> None:
    measure = road.measure(supporting=0)
    by = getattr(cast, who)(measure.plan)
    with refused("right.missing", 403):
        instruct(measure, by=by, text="请说明进展", reply_by=BY)


def test_an_instruction_has_a_text_and_a_day_that_has_not_passed(
    cast: Cast, road: Road, clock: Clock
) -> None:
    measure = road.measure(supporting=0)
    by = cast.approver(measure.plan)
    for text, day, code in (
        (" ", BY, "input.instruction"),
        ("办", None, "input.reply_by"),
        ("办", date(2026, 3, 1), "input.reply_by"),
        ("办" * (LONGEST + 1), BY, "input.long"),
    ):
        with refused(code, 422):
            instruct(measure, by=by, text=text, reply_by=day)
    assert instruct(measure, by=by, text="办", reply_by=clock.today).pk


def test_nobody_instructs_on_a_measure_that_is_not_under_way(cast: Cast, road: Road) -> None:
    measure = road.close(road.verify(road.report(road.measure(supporting=0))))
    by = cast.approver(measure.plan)
    with refused("state.wrong", 409):
        instruct(measure, by=by, text="办", reply_by=BY)


@pytest.mark.parametrize("post", ["handler", "head"])
def test_a_handler_or_a_head_of_the_bureau_replies_once(cast: Cast, road: Road, post: str) -> None:
    given = _instruct(cast, road.measure(supporting=1))
    reply = _reply(given)
    by = getattr(cast, post)(reply.share.bureau)
    done = reply_to_instruction(reply, by=by, text=" 已整改 ")
    stored = InstructionReply.objects.get(pk=reply.pk)
    assert (stored.text, stored.replied_by, stored.replied_at) == ("已整改", by, done.replied_at)
    line = AuditEvent.objects.get(action="share.reply")
    assert (line.object_id, line.reason, line.payload) == (
        reply.share_id,
        "已整改",
        {"instruction": given.pk},
    )
    with refused("instruction.replied", 409):
        reply_to_instruction(reply, by=by, text="再报")
    assert InstructionReply.objects.filter(replied_at=None).count() == 1
    assert_sound()


def test_a_bureau_cannot_reply_for_another_nor_a_plan_role_for_a_bureau(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=1)
    reply = _reply(_instruct(cast, measure))
    for by in (
        cast.head(cast.bureau("配合单位1")),
        cast.approver(measure.plan),
        cast.supervisor(measure.plan),
        cast.stranger(),
    ):
        with refused("right.missing", 403):
            reply_to_instruction(reply, by=by, text="已整改")


def test_a_reply_has_a_text_and_is_taken_after_its_day(cast: Cast, road: Road, clock: Clock) -> None:
    reply = _reply(_instruct(cast, road.measure(supporting=0)))
    by = cast.handler(reply.share.bureau)
    with refused("input.reply", 422):
        reply_to_instruction(reply, by=by, text="  ")
    clock.to(date(2026, 4, 20))
    assert reply_to_instruction(reply, by=by, text="迟复").replied_at is not None


def test_an_instruction_takes_the_same_statements_whatever_the_count_of_shares(
    cast: Cast, road: Road
) -> None:
    taken = []
    for supporting in (1, 4):
        measure = road.measure(supporting=supporting)
        by = cast.approver(measure.plan)
        _instruct(cast, measure)
        taken.append(
            len(
                statements_of(
                    lambda m=measure, b=by: instruct(m, by=b, text="办", reply_by=BY)  # type: ignore[misc]
                )
            )
        )
    assert taken[0] == taken[1] <= 10


def test_a_reply_is_at_most_ten_statements(cast: Cast, road: Road) -> None:
    reply = _reply(_instruct(cast, road.measure(supporting=1)))
    by = cast.handler(reply.share.bureau)
    assert len(statements_of(lambda: reply_to_instruction(reply, by=by, text="已整改"))) <= 10
