"""具体举措: added, worded anew, given to a unit and taken out while the measure is prepared."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.factories.plans import Line, drafted, on_ledger
from tests.factories.refusals import refused
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.action_items import MOST, add_item, change_item, remove_item
from workflow.models import ActionItem, AuditEvent, Measure, Plan

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return drafted(cast, *[Line(cast.bureau("教育局"), [cast.bureau("财政局")], due=DUE)] * 2)


@pytest.fixture
def measure(plan: Plan) -> Measure:
    first: Measure = plan.measures.order_by("position")[0]
    return first


def test_items_keep_their_order_and_each_change_has_its_line(cast: Cast, measure: Measure) -> None:
    by, finance = cast.supervisor(measure.plan), measure.units.get(text="财政局")
    first = add_item(measure, by=by, text=" 清查 ")
    add_item(measure, by=by, text="拨款", unit=finance)
    change_item(first, by=by, text="核查", unit=finance)

    assert [(item.text, item.unit) for item in measure.items.all()] == [("核查", finance), ("拨款", finance)]
    remove_item(first, by=by)
    assert [item.text for item in measure.items.all()] == ["拨款"]
    assert AuditEvent.objects.filter(measure=measure, action="measure.change_items").count() == 4


def test_another_measures_unit_no_text_and_too_much_are_refused(
    cast: Cast, plan: Plan, measure: Measure
) -> None:
    by, other = cast.supervisor(plan), plan.measures.exclude(pk=measure.pk).get()
    with refused("input.item_unit", 422):
        add_item(measure, by=by, text="清查", unit=other.units.first())
    with refused("input.item", 422):
        add_item(measure, by=by, text="  ")
    ActionItem.objects.bulk_create(ActionItem(measure=measure, position=n, text="件") for n in range(MOST))
    with refused("input.items", 422):
        add_item(measure, by=by, text="多余")


def test_nobody_else_changes_them_and_nobody_on_the_ledger(cast: Cast, measure: Measure) -> None:
    with refused("right.missing", 403):
        add_item(measure, by=cast.approver(measure.plan), text="清查")
    running = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    with refused("plan.not_draft", 409):
        add_item(running.measures.get(), by=cast.supervisor(running), text="清查")


def test_an_item_that_was_taken_out_meanwhile_is_not_found(cast: Cast, measure: Measure) -> None:
    by = cast.supervisor(measure.plan)
    item = add_item(measure, by=by, text="清查")
    remove_item(ActionItem.objects.get(), by=by)
    with refused("thing.unknown", 404):
        change_item(item, by=by, text="核查")


def test_the_preparation_page_adds_words_and_removes_them(cast: Cast, measure: Measure) -> None:
    visitor, finance = Visitor(cast.supervisor(measure.plan)), measure.units.get(text="财政局")
    page = "ledger:measure-preparation"

    visitor.send(page, measure.code, decision="add-item", text="清查")
    item = measure.items.get()
    visitor.send(page, measure.code, decision=f"item:{item.pk}", text="核查", unit=finance.pk)
    item.refresh_from_db()
    assert (item.text, item.unit) == ("核查", finance)
    assert "核查" in words(visitor.see(page, measure.code))
    assert visitor.send(page, measure.code, decision="add-item", text="").status_code == 422
    visitor.send(page, measure.code, decision=f"remove-item:{item.pk}")
    assert not measure.items.exists()


def test_the_measures_page_shows_them_to_who_sees_the_measure(cast: Cast, measure: Measure) -> None:
    add_item(measure, by=cast.supervisor(measure.plan), text="清查校舍")
    observer = Visitor(cast.observer(measure.plan))
    assert "清查校舍" in words(observer.see("ledger:measure-detail", measure.code))
