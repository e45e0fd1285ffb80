"""Requests at the pages: raised on a share's card, signed and decided in the inbox, seen on the measure's page."""

from datetime import date

import pytest
from django.utils.html import escape

from flows.models import WorkItem
from tests.factories.asking import Asking
from tests.workflow.pages.decision_checks import is_open_to, is_refused, offers
from tests.workflow.pages.stage import Stage
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Request, Share, ShareCycle
from workflow.states import RequestKind, RequestState, ShareOutcome

pytestmark = pytest.mark.django_db

PARTICULARS = {
    "ask-extension": {"wanted_by": "2026-12-10", "reason": "资料未到"},
    "ask-refusal": {"reason": "非本职", "legal_basis": "三定规定"},
    "ask-transfer": {"reason": "职责调整"},
    "ask-coordination": {"reason": "请提供数据", "wanted_by": "2026-10-30"},
}


def accepted(stage: Stage) -> Share:
    """The support's share, in progress."""
    return stage.road.accept(stage.share(stage.joint(targets=()), stage.support))


def items(request: Request) -> list[int]:
    item = WorkItem.objects.get(request=request, finished=None)
    return [item.process_id, item.pk]


@pytest.mark.parametrize("page", PARTICULARS)
def test_a_handler_raises_a_request_on_the_own_share(stage: Stage, page: str) -> None:
    share, data = accepted(stage), dict(PARTICULARS[page])
    if page != "ask-extension":
        data["bureau"] = str(stage.cast.bureau("水务局").pk)

    is_open_to(stage.cast.handler(stage.support), page, share.measure, share.pk, **data)

    assert Request.objects.get().state == RequestState.RAISED


@pytest.mark.parametrize("page", PARTICULARS)
def test_a_head_raises_none(stage: Stage, page: str) -> None:
    share = accepted(stage)
    is_refused(
        stage.cast.head(stage.support),
        403,
        "Your roles do not allow this here.",
        page,
        share.measure,
        share.pk,
    )


def test_a_second_request_of_a_kind_is_refused_while_one_is_pending(stage: Stage) -> None:
    share = accepted(stage)
    Asking(stage.cast).raise_(share)
    is_refused(
        stage.cast.handler(stage.support),
        409,
        "A request of this kind is pending on this share already.",
        "ask-extension",
        share.measure,
        share.pk,
        **PARTICULARS["ask-extension"],
    )


def test_a_wrong_date_comes_back_at_its_field(stage: Stage) -> None:
    share = accepted(stage)
    visitor = Visitor(stage.cast.handler(stage.support))
    answer = visitor.send(
        "ledger:ask-extension", share.measure.code, share.pk, wanted_by="2026-11-02", reason="资料未到"
    )
    assert answer.status_code == 422
    assert "The new date comes after the due date 2026-11-30." in words(answer)


def test_from_the_signature_to_the_grant_in_the_inbox(stage: Stage) -> None:
    share = accepted(stage)
    request = Asking(stage.cast).raise_(share)
    head = Visitor(stage.cast.head(stage.support))
    assert "Sign request" in words(head.see("ledger:inbox", box="unclaimed"))
    assert "资料未到" in words(head.see("ledger:work", *items(request)))
    assert head.send("ledger:work", *items(request), decision="sign").status_code == 302
    supervisor = Visitor(stage.cast.supervisor(share.measure.plan))
    page = words(supervisor.see("ledger:work", *items(request)))
    assert "Granted, the share is due on the new date" in page
    sent = supervisor.send("ledger:work", *items(request), decision="grant", opinion="同意")
    assert sent.status_code == 302
    assert ShareCycle.objects.get(share=share).due == date(2026, 12, 10)
    assert "first due 2026-11-30" in offers(stage.cast.handler(stage.support), share.measure)


def test_a_refusal_is_granted_by_dropping_or_moving_the_share(stage: Stage) -> None:
    share = accepted(stage)
    request = Asking(stage.cast).signed(share, RequestKind.REFUSAL)
    supervisor = Visitor(stage.cast.supervisor(share.measure.plan))
    assert "None: the share is dropped" in words(supervisor.see("ledger:work", *items(request)))
    supervisor.send("ledger:work", *items(request), decision="grant", opinion="同意", bureau="")
    assert Share.objects.get(pk=share.pk).outcome == ShareOutcome.DROPPED


def test_a_rejection_and_passing_on_need_a_reason(stage: Stage) -> None:
    request = Asking(stage.cast).signed(accepted(stage))
    supervisor = Visitor(stage.cast.supervisor(request.measure.plan))
    for decision in ("reject", "pass_on"):
        assert (
            supervisor.send("ledger:work", *items(request), decision=decision, reason="").status_code == 422
        )
    assert (
        supervisor.send("ledger:work", *items(request), decision="pass_on", reason="请定").status_code == 302
    )
    approver = Visitor(stage.cast.approver(request.measure.plan))
    assert "Pass on" not in words(approver.see("ledger:work", *items(request)))
    assert approver.send("ledger:work", *items(request), decision="reject", reason="不妥").status_code == 302
    assert Request.objects.get().state == RequestState.REJECTED


def test_the_measures_page_shows_a_pending_request_and_who_it_waits_for(stage: Stage) -> None:
    request = Asking(stage.cast).signed(accepted(stage))
    page = offers(stage.cast.handler(stage.support), request.measure)
    assert f"/requests/{request.pk}/" in page
    assert "Decide request" in page


def test_another_supporting_bureau_sees_that_there_is_one_and_not_what_it_says(stage: Stage) -> None:
    request = Asking(stage.cast).signed(accepted(stage))
    street = stage.cast.handler(stage.streets[0])
    page = offers(street, request.measure)
    assert "extension" in page
    assert f"/requests/{request.pk}/" not in page
    assert "资料未到" not in page
    assert Visitor(street).see("ledger:request", request.measure.code, request.pk).status_code == 404


def test_the_page_of_a_request_tells_its_facts_and_its_decision(stage: Stage) -> None:
    asking = Asking(stage.cast)
    request = asking.grant(asking.signed(accepted(stage)), opinion="准予延期")
    page = words(
        Visitor(stage.cast.handler(stage.lead)).see("ledger:request", request.measure.code, request.pk)
    )
    for told in ("资料未到", "2026-11-30", "2026-12-10", "准予延期", request.raised_by.name):
        assert escape(told) in page


def test_who_raised_it_withdraws_it_from_its_page(stage: Stage) -> None:
    request = Asking(stage.cast).signed(accepted(stage))
    handler = Visitor(stage.cast.handler(stage.support))
    code = request.measure.code
    assert "Withdraw the request" in words(handler.see("ledger:request", code, request.pk))
    assert handler.see("ledger:withdraw-request", code, request.pk).status_code == 200
    assert handler.send("ledger:withdraw-request", code, request.pk).status_code == 302
    assert Request.objects.get().state == RequestState.WITHDRAWN
    assert "/withdraw/" not in words(handler.see("ledger:request", code, request.pk))
