"""待办 and 已办: whose work is listed where, in which order, and what an empty list says."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flows import inbox
from flows.models import WorkItem
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, drafted, on_ledger
from tests.factories.road import Road, open_item
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Measure, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def measures(cast: Cast, road: Road) -> list[Measure]:
    """Three dispatched measures of one bureau."""
    education = cast.bureau("教育局")
    plan = on_ledger(cast, *(Line(education, due=date(2026, 11, 30)) for _ in range(3)))
    return road.dispatch(plan)


def listed(response: object) -> list[WorkItem]:
    """The items that the page lists, in order."""
    return [row.item for group in response.context["groups"] for row in group.rows]  # type: ignore[attr-defined]


def test_the_bureaus_unclaimed_work_is_listed_for_its_handler_and_for_nobody_elses(
    cast: Cast, measures: list[Measure]
) -> None:
    own = Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:inbox", box="unclaimed")
    other = Visitor(cast.handler(cast.bureau("财政局"))).see("ledger:inbox", box="unclaimed")

    assert [item.measure_id for item in listed(own)] == [measure.pk for measure in measures]
    assert listed(other) == []


def test_work_of_the_handlers_role_is_not_listed_for_the_head(cast: Cast, measures: list[Measure]) -> None:
    response = Visitor(cast.head(cast.bureau("教育局"))).see("ledger:inbox", box="unclaimed")

    assert listed(response) == []


def test_claimed_work_moves_from_the_bureaus_list_to_the_persons_desk(
    cast: Cast, measures: list[Measure]
) -> None:
    visitor = Visitor(cast.handler(cast.bureau("教育局")))
    item = listed(visitor.see("ledger:inbox", box="unclaimed"))[0]

    answer = visitor.send("ledger:claim", item.process_id, item.pk)

    assert answer.url == reverse("ledger:work", args=[item.process_id, item.pk])
    mine = visitor.see("ledger:inbox", box="mine")
    assert [found.pk for found in listed(mine)] == [item.pk]
    assert (mine.context["mine"], mine.context["unclaimed"]) == (1, 2)
    colleague = Visitor(cast.handler(cast.bureau("教育局"), 2)).see("ledger:inbox", box="unclaimed")
    assert item.pk not in [found.pk for found in listed(colleague)]


def test_whoever_claims_second_is_told_who_has_it(cast: Cast, measures: list[Measure]) -> None:
    first, second = (cast.handler(cast.bureau("教育局"), n) for n in (1, 2))
    item = open_item(measures[0].shares.get())
    Visitor(first).send("ledger:claim", item.process_id, item.pk)

    answer = Visitor(second).send("ledger:claim", item.process_id, item.pk)

    assert answer.status_code == 409
    assert first.name in words(answer)


def test_every_unclaimed_line_offers_a_claim_and_a_claimed_one_none(
    cast: Cast, measures: list[Measure]
) -> None:
    visitor = Visitor(cast.handler(cast.bureau("教育局")))
    item = open_item(measures[0].shares.get())
    address = reverse("ledger:claim", args=[item.process_id, item.pk])

    assert address in words(visitor.see("ledger:inbox", box="unclaimed"))
    visitor.send("ledger:claim", item.process_id, item.pk)
    assert address not in words(visitor.see("ledger:inbox", box="mine"))


def test_work_is_grouped_into_overdue_soon_and_later(
    cast: Cast, measures: list[Measure], clock: Clock
) -> None:
    days = [
        clock.today - timedelta(days=7),
        clock.today + timedelta(days=2),
        clock.today + timedelta(days=60),
    ]
    for measure, day in zip(measures, days, strict=True):
        WorkItem.objects.filter(measure=measure, finished=None, share__isnull=False).update(due=day)

    response = Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:inbox", box="unclaimed")

    groups = {
        str(group.label): [row.item.measure_id for row in group.rows] for group in response.context["groups"]
    }
    assert groups == {
        "Overdue": [measures[0].pk],
        "Within five working days": [measures[1].pk],
        "Later": [measures[2].pk],
    }
    assert "6 working days over" in words(response)  # 28 February was worked


def test_a_line_shows_the_lamp_of_its_share(cast: Cast, measures: list[Measure], clock: Clock) -> None:
    clock.wait(2)

    response = Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:inbox", box="unclaimed")

    lamps = {row.lamp.colour for group in response.context["groups"] for row in group.rows}
    assert lamps == {"yellow"}
    assert "was not accepted within" in words(response)


def test_the_next_page_goes_on_where_the_first_ended(
    cast: Cast, measures: list[Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox.open_items, "__kwdefaults__", {**inbox.open_items.__kwdefaults__, "size": 2})
    visitor = Visitor(cast.handler(cast.bureau("教育局")))

    first = visitor.see("ledger:inbox", box="unclaimed")
    second = visitor.see("ledger:inbox", box="unclaimed", after=first.context["next_cursor"])

    assert [item.measure_id for item in listed(first)] == [measures[0].pk, measures[1].pk]
    assert [item.measure_id for item in listed(second)] == [measures[2].pk]
    assert 'rel="next"' in words(first)
    assert 'rel="next"' not in words(second)


def test_an_address_with_a_broken_cursor_opens_the_first_page(cast: Cast, measures: list[Measure]) -> None:
    response = Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:inbox", box="unclaimed", after="x~y")

    assert len(listed(response)) == 3


def test_the_inbox_opens_at_the_bureaus_work_when_the_own_desk_is_empty(
    cast: Cast, measures: list[Measure]
) -> None:
    assert Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:inbox").context["box"] == "unclaimed"
    assert Visitor(cast.handler(cast.bureau("财政局"))).see("ledger:inbox").context["box"] == "mine"


def test_an_empty_desk_points_to_what_can_be_claimed(cast: Cast, measures: list[Measure]) -> None:
    response = Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:inbox", box="mine")

    assert "3 items of your post wait to be claimed" in words(response)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("auditor", "Your role reads; no work comes here"),
        ("stranger", "You hold no role yet"),
        ("administrator", "Set the ledger up in four steps"),
    ],
)
def test_an_empty_inbox_says_what_each_reader_can_do(cast: Cast, who: str, sentence: str) -> None:
    assert sentence in words(Visitor(getattr(cast, who)()).see("ledger:inbox"))


def test_the_administrators_steps_are_ticked_as_the_installation_grows(cast: Cast) -> None:
    visitor = Visitor(cast.administrator())
    before = visitor.see("ledger:inbox").context["steps"]
    plan = drafted(cast, Line(cast.bureau("教育局"), due=date(2026, 11, 30)))
    cast.approver(plan)

    assert not any((before.has_bureaus, before.has_people, before.has_plans, before.has_offices))
    assert visitor.see("ledger:inbox").context["steps"].are_done


def test_a_plan_that_waits_is_named_to_its_supervisor_and_its_approver(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=date(2026, 11, 30)))

    def notes(person: object) -> list[tuple[Plan, str]]:
        return [(n.plan, n.kind) for n in Visitor(person).see("ledger:inbox").context["notes"]]  # type: ignore[arg-type]

    assert notes(cast.supervisor(plan)) == [(plan, "prepare")]
    assert notes(cast.approver(plan)) == [(plan, "put_on_ledger")]
    assert notes(cast.handler(cast.bureau("教育局"))) == []


def test_undispatched_measures_are_named_to_the_supervisor_until_they_are_dispatched(
    cast: Cast, road: Road
) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=date(2026, 11, 30)))
    visitor = Visitor(cast.supervisor(plan))

    assert [(n.kind, n.waiting) for n in visitor.see("ledger:inbox").context["notes"]] == [("dispatch", 1)]
    road.dispatch(plan)
    assert visitor.see("ledger:inbox").context["notes"] == []


def test_done_lists_the_steps_one_carried_out_newest_first_and_no_colleagues(
    cast: Cast, road: Road, measures: list[Measure], clock: Clock
) -> None:
    for measure in measures:
        road.accept(measure.shares.get())
        clock.wait(1)

    mine = Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:done")
    other = Visitor(cast.handler(cast.bureau("教育局"), 2)).see("ledger:done")

    assert [row.item.measure_id for row in mine.context["rows"]] == [m.pk for m in reversed(measures)]
    assert {row.step for row in mine.context["rows"]} == {"Accept"}
    assert "Nothing done yet" in words(other)


def test_the_older_page_of_done_goes_on_where_the_first_ended(
    cast: Cast, road: Road, measures: list[Measure], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox.done_items, "__kwdefaults__", {**inbox.done_items.__kwdefaults__, "size": 2})
    for measure in measures:
        road.accept(measure.shares.get())
        clock.wait(1)
    visitor = Visitor(cast.handler(cast.bureau("教育局")))

    first = visitor.see("ledger:done")
    second = visitor.see("ledger:done", before=first.context["next_cursor"])

    assert [row.item.measure_id for row in second.context["rows"]] == [measures[0].pk]


@pytest.mark.parametrize("page", ["ledger:inbox", "ledger:done"])
def test_the_number_of_statements_does_not_grow_with_the_work(
    cast: Cast, road: Road, clock: Clock, page: str
) -> None:
    education = cast.bureau("教育局")

    def statements(count: int) -> int:
        plan = on_ledger(cast, *(Line(education, due=date(2026, 11, 30)) for _ in range(count)))
        for measure in road.dispatch(plan)[: count // 2]:
            road.accept(measure.shares.get())
        visitor = Visitor(cast.handler(education))
        visitor.see(page)  # rules and calendar are kept in memory from here on
        with CaptureQueriesContext(connection) as seen:
            visitor.see(page)
        return len(seen)

    assert statements(8) == statements(2) <= 12


def test_a_stranger_to_the_system_is_sent_to_the_sign_in(db: None) -> None:
    answer = Visitor(None).see("ledger:inbox")

    assert answer.url == f"{reverse('accounts:sign-in')}?next=/"


def test_each_unclaimed_line_has_its_button_which_sends_the_one_form_of_the_page(
    cast: Cast, measures: list[Measure]
) -> None:
    response = Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:inbox", box="unclaimed")

    page = words(response)
    [form] = re.findall(r'<form id="claim" method="post" hidden>.*?</form>', page)
    assert "csrfmiddlewaretoken" in form
    assert re.findall(r'form="claim" formaction="([^"]+)"', page) == [
        reverse("ledger:claim", args=[item.process_id, item.pk]) for item in listed(response)
    ]
