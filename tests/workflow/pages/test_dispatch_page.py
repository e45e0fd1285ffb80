"""交办 through the pages: the check before it, the order's number after it; and the plan's engagements."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import BureauKind
from tests.factories.cast import Cast
from tests.factories.plans import Line, drafted, on_ledger
from tests.factories.road import Road
from tests.workflow.pages.visits import Visitor, told, words
from workflow.models import Engagement, Measure, ResponsibleUnit
from workflow.models.responsible_unit import UnitKind
from workflow.states import MeasureState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DUE = date(2026, 11, 30)


def test_the_check_before_dispatch_counts_members_of_collectives_and_names_open_units(cast: Cast) -> None:
    education = cast.bureau("教育局")
    for name in ("东街道", "西街道"):
        cast.bureau(name, BureauKind.SUBDISTRICT)
    plan = on_ledger(cast, Line(education, ["subdistrict"], due=DUE), Line(education, due=DUE))
    second = plan.measures.get(position=2)
    ResponsibleUnit.objects.create(
        measure=second,
        position=2,
        text="等相关部门",
        kind=UnitKind.OPEN_ENDED,
        resolve_by=date(2026, 6, 30),
    )
    supervisor = Visitor(cast.supervisor(plan))

    check = supervisor.see("ledger:dispatch-plan", plan.code)

    assert [(one.lead, one.bureaus) for one in check.context["listed"]] == [("教育局", 3), ("教育局", 1)]
    assert check.context["shares"] == 4
    assert [one.measure for one in check.context["unresolved"]] == [second]
    page = supervisor.follow("ledger:dispatch-plan", plan.code)
    assert told(page) == ["Dispatched under order 督〔2026〕1号: 2 measures."]
    assert sum(measure.shares.count() for measure in plan.measures.all()) == 4


def test_one_measure_is_dispatched_under_an_order_of_its_own(cast: Cast) -> None:
    education = cast.bureau("教育局")
    plan = on_ledger(cast, Line(education, due=DUE), Line(education, due=DUE))
    first, second = plan.measures.all()
    visitor = Visitor(cast.supervisor(plan))

    assert visitor.see("ledger:dispatch-measure", first.code).status_code == 200
    answer = visitor.send("ledger:dispatch-measure", first.code)

    assert answer.url == reverse("ledger:measure-detail", args=[first.code])
    assert Measure.objects.get(pk=first.pk).dispatch_order.number == "督〔2026〕1号"
    assert Measure.objects.get(pk=second.pk).state == MeasureState.DRAFT
    assert visitor.see("ledger:dispatch-measure", first.code).status_code == 409


def test_the_check_says_of_each_measure_that_is_not_ready_what_is_missing(cast: Cast) -> None:
    education = cast.bureau("教育局")
    plan = on_ledger(cast, Line(education, due=DUE), Line(education, due=DUE))
    first, second = plan.measures.order_by("position")
    ResponsibleUnit.objects.create(measure=second, position=2, text="等相关部门", kind=UnitKind.OPEN_ENDED)
    page = Visitor(cast.supervisor(plan)).see("ledger:dispatch-plan", plan.code)

    assert [one.measure for one in page.context["listed"]] == [first]
    (check,) = page.context["held_back"]
    assert check.to.measure == second
    assert [point.label for point in check.points if not point.holds] == ["every unit decided"]


def test_those_ticked_are_dispatched_and_the_result_names_what_was_refused(cast: Cast) -> None:
    education = cast.bureau("教育局")
    plan = on_ledger(cast, *(Line(education, due=DUE) for _ in range(3)))
    first, second, _ = plan.measures.order_by("position")
    visitor = Visitor(cast.supervisor(plan))

    none = visitor.send("ledger:dispatch-plan", plan.code, which="chosen")
    only = visitor.follow("ledger:dispatch-plan", plan.code, which="chosen", measures=[first.pk])
    part = visitor.send("ledger:dispatch-plan", plan.code, which="chosen", measures=[first.pk, second.pk])

    assert none.status_code == 422
    assert "Choose at least one measure." in words(none)
    assert told(only) == ["Dispatched under order 督〔2026〕1号: 1 measure."]
    assert [measure for measure, _ in part.context["done"].refused] == [first]
    assert "督〔2026〕2号" in words(part)
    assert "This cannot be done in the state" in words(part)


def test_only_the_supervisor_dispatches(cast: Cast) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    measure = plan.measures.get()

    for person in (cast.approver(plan), cast.observer(plan), cast.auditor()):
        for page, code in (("dispatch-plan", plan.code), ("dispatch-measure", measure.code)):
            assert Visitor(person).see(f"ledger:{page}", code).status_code == 403
            assert Visitor(person).send(f"ledger:{page}", code).status_code == 403
    assert Measure.objects.get().state == MeasureState.DRAFT


def test_a_plan_in_preparation_cannot_be_dispatched(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=DUE))
    visitor = Visitor(cast.supervisor(plan))

    assert visitor.see("ledger:dispatch-plan", plan.code).status_code == 409
    assert visitor.send("ledger:dispatch-plan", plan.code).status_code == 409


def test_a_dispatched_plan_says_that_nothing_is_left(cast: Cast, road: Road) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    road.dispatch(plan)

    page = Visitor(cast.supervisor(plan)).see("ledger:dispatch-plan", plan.code)

    assert "Everything is dispatched" in words(page)


def test_an_agency_is_engaged_for_the_plan(cast: Cast) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    visitor = Visitor(cast.supervisor(plan))
    agency = cast.agency
    particulars = {"agency": agency.pk, "title": "评估", "since": "2026-01-01"}

    wrong = visitor.send("ledger:plan-engagements", plan.code, **particulars, until="2025-12-31")
    right = visitor.follow("ledger:plan-engagements", plan.code, **particulars, until="2026-12-31")

    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["until"]
    assert Engagement.objects.get().agency == agency
    assert right.context["engagements"] == [Engagement.objects.get()]
