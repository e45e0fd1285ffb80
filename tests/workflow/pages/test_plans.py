"""The plan overview: counts that lead into the ledger, by state and bureau, and what each reader can do."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, drafted, on_ledger
from tests.factories.road import Road
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Plan
from workflow.states import PlanState

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)


def test_the_only_plan_opens_at_once_and_several_are_listed(cast: Cast) -> None:
    first = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    visitor = Visitor(cast.auditor())

    assert visitor.see("ledger:plans").url == reverse("ledger:plan-detail", args=[first.code])
    second = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    listed = [plan for plan, _ in visitor.see("ledger:plans").context["plans"]]
    assert set(listed) == {first, second}


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("stranger", "No plan yet"), ("administrator", "No plan for administrators")],
)
def test_without_a_plan_the_page_says_what_comes_first(cast: Cast, who: str, sentence: str) -> None:
    assert sentence in words(Visitor(getattr(cast, who)()).see("ledger:plans"))


def test_a_plan_is_not_found_by_who_has_no_part_in_it(cast: Cast, road: Road) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    road.dispatch(plan)

    for person in (cast.stranger(), cast.administrator(), cast.handler(cast.bureau("财政局"))):
        assert Visitor(person).see("ledger:plan-detail", plan.code).status_code == 404
    assert (
        Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:plan-detail", plan.code).status_code == 200
    )


def test_each_count_by_state_leads_to_its_measures_in_the_ledger(cast: Cast, road: Road) -> None:
    education = cast.bureau("教育局")
    plan = on_ledger(cast, *(Line(education, due=DUE) for _ in range(3)))
    first, *_ = road.dispatch(plan)
    road.accept_all(first)
    visitor = Visitor(cast.supervisor(plan))

    response = visitor.see("ledger:plan-detail", plan.code)

    counts = {one.code: one.count for one in response.context["states"]}
    assert (counts["assigned"], counts["in_progress"], counts["draft"]) == (2, 1, 0)
    for state, count in counts.items():
        assert f"?plan={plan.pk}&amp;state={state}" in words(response)
        listed = visitor.see("ledger:measures", plan=plan.pk, state=state).context["groups"]
        assert sum(len(group.rows) for group in listed) == count


def test_each_bureau_is_counted_by_state_and_lead(cast: Cast, road: Road) -> None:
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    plan = on_ledger(cast, Line(education, [finance], due=DUE), Line(finance, due=DUE))
    first, _ = road.dispatch(plan)
    road.accept(first.shares.get(bureau=finance))

    response = Visitor(cast.supervisor(plan)).see("ledger:plan-detail", plan.code)

    rows = {row.name: row for row in response.context["bureaus"]}
    assert (rows["财政局"].total, rows["财政局"].leads) == (2, 1)
    assert {one.code: one.count for one in rows["财政局"].by_state if one.count} == {
        "assigned": 1,
        "in_progress": 1,
    }
    assert f"?plan={plan.pk}&amp;bureau={finance.pk}" in words(response)


def test_a_bureau_counts_only_what_it_may_see(cast: Cast, road: Road) -> None:
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    plan = on_ledger(cast, Line(education, [finance], due=DUE), Line(education, due=DUE))
    road.dispatch(plan)

    response = Visitor(cast.handler(finance)).see("ledger:plan-detail", plan.code)

    assert response.context["total"] == 1
    assert {row.name: row.total for row in response.context["bureaus"]} == {"教育局": 1, "财政局": 1}


def test_the_period_says_how_far_today_lies_in_it(cast: Cast, clock: Clock) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    visitor = Visitor(cast.observer(plan))

    assert "Today is day 61 of 365: 17 % of the period is over." in words(
        visitor.see("ledger:plan-detail", plan.code)
    )
    clock.to(date(2025, 12, 1))
    assert "The period has not begun." in words(visitor.see("ledger:plan-detail", plan.code))
    clock.to(date(2027, 1, 1))
    assert "The period is over." in words(visitor.see("ledger:plan-detail", plan.code))


def test_the_dispatch_orders_are_named_with_their_numbers(cast: Cast, road: Road) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    road.dispatch(plan)

    response = Visitor(cast.observer(plan)).see("ledger:plan-detail", plan.code)

    assert [order.number for order in response.context["orders"]] == ["督〔2026〕1号"]


def offered(person: object, plan: Plan) -> set[str]:
    """The pages to which the overview leads this reader besides the ledger."""
    page = words(Visitor(person).see("ledger:plan-detail", plan.code))  # type: ignore[arg-type]
    names = ("plan-offices", "plan-schedule", "put-on-ledger", "dispatch-plan", "plan-engagements")
    return {name for name in names if reverse(f"ledger:{name}", args=[plan.code]) in page}


def test_the_overview_offers_each_role_its_own_next_steps(cast: Cast) -> None:
    education = cast.bureau("教育局")
    draft = drafted(cast, Line(education, due=DUE))
    ready = on_ledger(cast, Line(education, due=DUE))

    assert offered(cast.supervisor(draft), draft) == {"plan-offices", "plan-schedule", "plan-engagements"}
    assert offered(cast.approver(draft), draft) == {"put-on-ledger"}
    assert offered(cast.observer(draft), draft) == set()
    assert offered(cast.supervisor(ready), ready) == {"dispatch-plan", "plan-engagements"}
    assert offered(cast.approver(ready), ready) == set()
    assert offered(cast.auditor(), ready) == set()


def test_the_readers_warnings_are_numbered_with_their_lines(cast: Cast) -> None:
    plan = drafted(
        cast,
        Line(cast.bureau("教育局"), due=DUE),
        warnings=[{"line": 58, "code": "unit_open_ended", "params": {"unit": "等相关部门"}}],
    )

    page = words(Visitor(cast.supervisor(plan)).see("ledger:plan-detail", plan.code))

    assert "“等相关部门” names nobody: decide who is meant." in page
    assert "line 58" in page


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.ON_LEDGER])
def test_the_number_of_statements_does_not_grow_with_the_plan(cast: Cast, road: Road, state: str) -> None:
    bureaus = [cast.bureau(f"局{n}") for n in range(6)]

    def statements(count: int) -> int:
        lines = [Line(bureaus[n], bureaus[n + 1 : count], due=DUE) for n in range(count)]
        plan = drafted(cast, *lines) if state == PlanState.DRAFT else on_ledger(cast, *lines)
        if state == PlanState.ON_LEDGER:
            road.dispatch(plan)
        visitor = Visitor(cast.supervisor(plan))
        visitor.see("ledger:plan-detail", plan.code)
        with CaptureQueriesContext(connection) as seen:
            visitor.see("ledger:plan-detail", plan.code)
        return len(seen)

    assert statements(6) == statements(1) <= 13


@pytest.mark.parametrize("post", ["supervisor", "handler"])
def test_the_number_of_statements_does_not_grow_with_measures_and_bureaus(
    cast: Cast, road: Road, post: str
) -> None:
    education = cast.bureau("教育局")

    def statements(count: int) -> int:
        supports = [cast.bureau(f"局{n}") for n in range(count)]
        plan = on_ledger(cast, *(Line(education, supports, due=DUE) for _ in range(count)))
        road.dispatch(plan)
        visitor = Visitor(cast.supervisor(plan) if post == "supervisor" else cast.handler(education))
        visitor.see("ledger:plan-detail", plan.code)
        with CaptureQueriesContext(connection) as seen:
            visitor.see("ledger:plan-detail", plan.code)
        return len(seen)

    assert statements(6) == statements(1) <= 14
