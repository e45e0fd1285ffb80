"""The roadmap and single things to do through the pages."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.factories.road import Road, fresh, open_item
from tests.workflow.pages.visits import Visitor, told, words
from workflow.actions.roadmap import StepInput, file_roadmap
from workflow.clock.now import today
from workflow.models import ActionItem, Measure, Share

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 5, 29), date(2026, 10, 30)


@pytest.fixture
def measure(road: Road) -> Measure:
    return road.accept_all(road.measure(supporting=1))


@pytest.fixture
def handler(cast: Cast, measure: Measure) -> Visitor:
    return Visitor(cast.handler(share(measure, is_lead=True).bureau))


def share(measure: Measure, *, is_lead: bool) -> Share:
    return measure.shares.select_related("bureau").get(is_lead=is_lead)


def row(n: int, title: str, due: date, weight: int, share: str = "") -> dict[str, object]:
    return {f"title-{n}": title, f"due-{n}": due.isoformat(), f"weight-{n}": weight, f"share-{n}": share}


def test_a_roadmap_is_filed_reached_and_confirmed(cast: Cast, handler: Visitor, measure: Measure) -> None:
    code = measure.code
    page = handler.see("ledger:measure-detail", code)
    assert "The lead files it by" in words(page)
    rows = {**row(1, "开工", FIRST, 40), **row(3, "完工", LAST, 60)}
    handler.follow("ledger:roadmap", code, **rows)

    first, _ = measure.milestones.order_by("position")
    handler.follow("ledger:reach-milestone", code, first.pk, on=today().isoformat())
    head = Visitor(cast.head(share(measure, is_lead=True).bureau))
    page = head.follow("ledger:confirm-milestone", code, first.pk)

    assert told(page) == [f"Done: Confirm the milestone, {code}."]
    assert fresh(measure).progress == 40
    assert "40 % reached" in words(page)


def test_what_is_wrong_is_said_at_its_row_and_nothing_is_lost(handler: Visitor, measure: Measure) -> None:
    rows = {**row(1, "开工", FIRST, 40), **row(3, "完工", date(2027, 1, 1), 60), "title-4": "半行"}

    page = handler.send("ledger:roadmap", measure.code, **rows)
    assert sorted(page.context["form"].errors) == ["due-4", "weight-4"]

    del rows["title-4"]
    page = handler.send("ledger:roadmap", measure.code, **rows)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["due-3"]
    assert 'value="开工"' in words(page)
    assert not measure.milestones.exists()


@pytest.mark.parametrize("rows", [{"title-0": "x"}, {"title-x": "x"}, {"title-999999999": "x"}, {}])
def test_forged_rows_do_no_harm(handler: Visitor, measure: Measure, rows: dict[str, object]) -> None:
    assert handler.send("ledger:roadmap", measure.code, **rows).status_code == 422


def test_a_filed_roadmap_asks_why_it_changes(cast: Cast, handler: Visitor, measure: Measure) -> None:
    person = cast.handler(share(measure, is_lead=True).bureau)
    file_roadmap(measure, by=person, steps=[StepInput("开工", FIRST, 100)])

    page = handler.send("ledger:roadmap", measure.code, **row(1, "开工", LAST, 100))
    assert list(page.context["form"].errors) == ["reason"]
    handler.send("ledger:roadmap", measure.code, reason="雨季推迟", **row(1, "开工", LAST, 100))

    assert measure.milestones.get().due == LAST


def test_a_thing_to_do_is_handed_on_and_done(cast: Cast, handler: Visitor, measure: Measure) -> None:
    item = ActionItem.objects.create(measure=measure, position=1, text="清理河道")
    theirs = share(measure, is_lead=False)
    handler.follow("ledger:hand-task", measure.code, item.pk, share=theirs.pk)
    page = Visitor(cast.handler(theirs.bureau)).follow(
        "ledger:finish-task", measure.code, item.pk, on=today().isoformat(), note="已清理"
    )

    item.refresh_from_db()
    assert (item.share, item.done_on) == (theirs, today())
    assert "Take up again" in words(page)


def test_the_report_shows_what_the_share_has_in_hand(cast: Cast, measure: Measure) -> None:
    theirs = share(measure, is_lead=False)
    for n, (text, whose) in enumerate(
        {"清理河道": theirs, "立标牌": share(measure, is_lead=True)}.items(), 1
    ):
        ActionItem.objects.create(measure=measure, position=n, text=text, share=whose)
    item = open_item(theirs)

    page = words(Visitor(cast.handler(theirs.bureau)).see("ledger:work", item.process_id, item.pk))

    assert "清理河道" in page
    assert "立标牌" not in page
