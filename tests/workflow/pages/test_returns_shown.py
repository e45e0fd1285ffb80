"""Work that came back says so: in the inbox with a short reason, on the work page with the whole and by whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from flows.work import claim
from tests.factories.road import open_item
from tests.workflow.pages.stage import Stage, decide, see_work
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Share
from workflow.queries.returns import Return

pytestmark = pytest.mark.django_db

LONG = "数据口径与统计年报不一致，请按年报口径重新核算，并附上核算过程、责任人签字和对比表格后再行报送，以便复核。"


@pytest.fixture
def share(stage: Stage) -> Share:
    """The lead's share, submitted."""
    share = stage.road.accept(stage.share(stage.joint(targets=())))
    stage.road.submit(share)
    return share


def rows(person: User, box: str = "mine") -> list[Return | None]:
    """What the rows of the person's inbox say of their return."""
    page = Visitor(person).see("ledger:inbox", box=box)
    return [row.came_back for group in page.context["groups"] for row in group.rows]


def test_a_report_sent_back_is_marked_in_its_holders_inbox_with_a_short_reason(
    stage: Stage, share: Share
) -> None:
    holder = stage.cast.handler(stage.lead)
    decide(stage.post(share), share, "send_back", reason=LONG)

    page = words(Visitor(holder).see("ledger:inbox"))

    assert '<span class="state state-failed">returned</span>' in page
    assert LONG[:39] in page
    assert LONG not in page


def test_the_work_page_says_at_its_top_who_returned_it_and_why(stage: Stage, share: Share) -> None:
    head = stage.post(share)
    decide(head, share, "send_back", reason=LONG)

    page = words(see_work(stage.post(share), share))

    assert "Version 1 came back" in page
    assert f"Returned by {head.name} on" in page
    assert LONG in page
    assert page.index(LONG) < page.index("What is asked")
    assert page.count('id="back-title"') == 1


def test_new_work_and_work_sent_again_bear_no_mark(stage: Stage, share: Share) -> None:
    decide(stage.post(share), share, "send_back", reason=LONG)
    stage.road.submit(share)
    fresh = stage.road.accept(stage.share(stage.joint(targets=())))

    assert rows(stage.cast.handler(stage.lead)) == [None]
    assert "came back" not in words(see_work(stage.post(share), share))
    assert "came back" not in words(see_work(stage.post(fresh), fresh))


def test_the_reason_stays_said_when_the_next_version_was_withdrawn(stage: Stage, share: Share) -> None:
    decide(stage.post(share), share, "send_back", reason=LONG)
    stage.road.submit(share)
    holder = stage.cast.handler(stage.lead)
    Visitor(holder).send("ledger:withdraw-report", share.measure.code, share.pk)

    page = words(see_work(holder, share))

    assert [back.version for back in rows(holder) if back is not None] == [1]
    assert LONG in page
    assert "Version 2 was withdrawn; its words stand in the form below." in page
    assert "Its words stand in the form below; your changes" not in page


def test_a_return_by_the_supervisor_marks_the_named_share_alone(stage: Stage) -> None:
    measure = stage.road.report(stage.joint())
    supervisor = stage.post(measure)
    named = stage.share(measure, stage.support)
    decide(supervisor, measure, "rework", shares=[named.pk], reason=LONG)

    assert [back.who for back in rows(stage.cast.handler(stage.support)) if back] == [supervisor.name]
    assert rows(stage.cast.handler(stage.lead)) == []


def test_a_consolidation_returned_is_marked_with_who_and_why(stage: Stage) -> None:
    measure = stage.joint()
    stage.road.accept_all(measure)
    stage.road.approve_all(measure)
    handler = stage.post(measure)
    decide(handler, measure, "draft", summary="汇总")
    head = stage.post(measure)
    decide(head, measure, "return_draft", reason=LONG)

    found = rows(handler, "unclaimed")
    page = words(see_work(handler, measure))

    assert [(back.who, back.reason) for back in found if back] == [(head.name, LONG)]
    assert f"Returned by {head.name} on" in page
    assert page.index(LONG) < page.index("What is asked")


def test_the_marks_take_no_statement_for_each_row(stage: Stage) -> None:
    holder = stage.cast.handler(stage.lead)

    def statements(count: int) -> int:
        for _ in range(count):
            share = stage.road.accept(stage.share(stage.joint(targets=())))
            stage.road.submit(share)
            decide(stage.post(share), share, "send_back", reason=LONG)
        visitor = Visitor(holder)
        visitor.see("ledger:inbox")
        with CaptureQueriesContext(connection) as seen:
            visitor.see("ledger:inbox")
        return len(seen)

    assert statements(1) == statements(4) <= 12


def test_an_unclaimed_report_that_came_back_is_marked_for_every_handler(stage: Stage, share: Share) -> None:
    decide(stage.post(share), share, "send_back", reason=LONG)
    holder = stage.cast.handler(stage.lead)
    Visitor(holder).send("ledger:release", open_item(share).process_id, open_item(share).pk)

    other = stage.cast.handler(stage.lead, 2)
    assert [back.reason for back in rows(other, "unclaimed") if back] == [LONG]
    assert claim(open_item(share), by=other).owner == other
