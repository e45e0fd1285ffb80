"""台账: who sees which measures, the filters that stand in the address, and the pages."""

from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, MeasureFactory, SectionFactory, drafted, on_ledger
from tests.factories.road import Road
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Measure
from workflow.queries import ledger, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def measures(cast: Cast, road: Road) -> list[Measure]:
    """Education leads with finance, education alone, health alone; all dispatched."""
    education, finance, health = (cast.bureau(name) for name in ("教育局", "财政局", "卫健委"))
    plan = on_ledger(
        cast,
        Line(education, [finance], due=date(2026, 11, 30)),
        Line(education, cycle="quarter"),
        Line(health, due=date(2026, 3, 4)),
    )
    return road.dispatch(plan)


def codes(response: HttpResponse) -> list[str]:
    """The codes of the measures that the page lists, in order."""
    return [row.measure.code for group in response.context["groups"] for row in group.rows]


def test_a_bureau_sees_the_measures_it_shares_in_and_no_others(cast: Cast, measures: list[Measure]) -> None:
    first, second, third = (measure.code for measure in measures)

    assert codes(Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:measures")) == [first, second]
    assert codes(Visitor(cast.head(cast.bureau("财政局"))).see("ledger:measures")) == [first]
    assert codes(Visitor(cast.handler(cast.bureau("卫健委"))).see("ledger:measures")) == [third]


def test_plan_roles_and_auditors_see_every_measure(cast: Cast, measures: list[Measure]) -> None:
    plan = measures[0].plan
    for person in (cast.supervisor(plan), cast.approver(plan), cast.observer(plan), cast.auditor()):
        assert len(codes(Visitor(person).see("ledger:measures"))) == 3


def test_a_draft_is_seen_by_plan_roles_only(cast: Cast) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=date(2026, 11, 30)))

    assert codes(Visitor(cast.handler(cast.bureau("教育局"))).see("ledger:measures")) == []
    assert len(codes(Visitor(cast.supervisor(plan)).see("ledger:measures"))) == 1


def test_each_filter_leaves_what_it_names(cast: Cast, road: Road, measures: list[Measure]) -> None:
    first, second, third = measures
    road.accept_all(second)
    finance = cast.bureau("财政局")
    visitor = Visitor(cast.supervisor(first.plan))

    assert codes(visitor.see("ledger:measures", state="in_progress")) == [second.code]
    assert codes(visitor.see("ledger:measures", bureau=finance.pk)) == [first.code]
    assert codes(visitor.see("ledger:measures", q=third.code.lower())) == [third.code]
    assert codes(visitor.see("ledger:measures", q=third.title)) == [third.code]
    assert codes(visitor.see("ledger:measures", plan=first.plan_id, state="assigned")) == [
        first.code,
        third.code,
    ]


def test_the_filter_by_section_leaves_its_measures(cast: Cast, measures: list[Measure]) -> None:
    plan = measures[0].plan
    other = SectionFactory(plan=plan, position=2)
    added = MeasureFactory(plan=plan, section=other, position=4)

    response = Visitor(cast.supervisor(plan)).see("ledger:measures", section=other.pk)

    assert codes(response) == [added.code]


def test_the_filter_by_lamp_leaves_the_measures_that_show_it(
    cast: Cast, measures: list[Measure], clock: Clock
) -> None:
    visitor = Visitor(cast.supervisor(measures[0].plan))
    assert codes(visitor.see("ledger:measures", lamp="red")) == []

    clock.to(date(2026, 3, 5))

    red = visitor.see("ledger:measures", lamp="red")
    assert codes(red) == [measures[2].code]
    assert "The due date has passed and nothing has been reported." in words(red)


@pytest.mark.parametrize("after", ["~", "1", "x~y", "2026-01-01~3", "1~2026-13-45"])
def test_an_address_that_cannot_be_read_asks_for_nothing(
    cast: Cast, measures: list[Measure], after: str
) -> None:
    visitor = Visitor(cast.supervisor(measures[0].plan))

    assert len(codes(visitor.see("ledger:measures", plan="x", state="gone", lamp="pink", after=after))) == 3


def test_an_address_with_idle_parameters_leads_to_the_short_one(cast: Cast, measures: list[Measure]) -> None:
    answer = Visitor(cast.supervisor(measures[0].plan)).see(
        "ledger:measures", state="assigned", q="", lamp=""
    )

    assert answer.status_code == 302
    assert answer.url == f"{reverse('ledger:measures')}?state=assigned"


def test_a_filter_set_without_leaving_the_page_puts_the_short_address_into_the_history(
    cast: Cast, measures: list[Measure]
) -> None:
    visitor = Visitor(cast.supervisor(measures[0].plan))

    answer = visitor.client.get(
        reverse("ledger:measures"), {"state": "assigned", "q": ""}, headers={"HX-Request": "true"}
    )

    assert answer["HX-Push-Url"] == f"{reverse('ledger:measures')}?state=assigned"


def test_the_next_page_keeps_the_filter_and_goes_on_by_key(
    cast: Cast, measures: list[Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PAGE", 1)
    visitor = Visitor(cast.supervisor(measures[0].plan))

    first = visitor.see("ledger:measures", state="assigned")
    cursor = first.context["next_cursor"]
    second = visitor.see("ledger:measures", state="assigned", after=cursor)

    assert f"state=assigned&amp;after={cursor}" in words(first)
    assert codes(first) + codes(second) == [measures[0].code, measures[1].code]


def test_a_line_counts_the_approved_shares_of_all(cast: Cast, road: Road, measures: list[Measure]) -> None:
    first = road.accept_all(measures[0])
    lead = first.shares.get(is_lead=True)
    road.submit(lead)
    road.approve(lead)

    response = Visitor(cast.supervisor(first.plan)).see("ledger:measures", q=first.code)

    row = response.context["groups"][0].rows[0]
    assert (row.approved, row.measure.shares_total, row.lead, row.supporting) == (1, 2, "教育局", 1)


def test_a_selection_without_a_match_says_so_and_offers_all(cast: Cast, measures: list[Measure]) -> None:
    response = Visitor(cast.supervisor(measures[0].plan)).see("ledger:measures", q="nothing like it")

    assert "No measure matches" in words(response)
    assert f'href="{reverse("ledger:measures")}"' in words(response)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("stranger", "The ledger is empty for you"), ("administrator", "No measures for administrators")],
)
def test_an_empty_ledger_says_why(cast: Cast, measures: list[Measure], who: str, sentence: str) -> None:
    assert sentence in words(Visitor(getattr(cast, who)()).see("ledger:measures"))


def test_members_of_a_bureau_have_a_link_to_their_own_selection(cast: Cast, measures: list[Measure]) -> None:
    education = cast.bureau("教育局")

    response = Visitor(cast.handler(education)).see("ledger:measures")

    assert f"{reverse('ledger:measures')}?bureau={education.pk}" in [
        p.url for p in response.context["presets"]
    ]


def test_the_choices_name_only_what_the_reader_may_see(cast: Cast, measures: list[Measure]) -> None:
    hidden = drafted(cast, Line(cast.bureau("卫健委"), due=date(2026, 11, 30)))

    response = Visitor(cast.head(cast.bureau("财政局"))).see("ledger:measures")

    assert {bureau.name for bureau in response.context["choices"].bureaus} == {"教育局", "财政局"}
    assert hidden not in response.context["choices"].plans


@pytest.mark.parametrize("asked", [{}, {"lamp": "green"}, {"q": "举措"}, {"state": "assigned"}])
@pytest.mark.parametrize("post", ["supervisor", "handler"])
def test_the_number_of_statements_does_not_grow_with_the_measures(
    cast: Cast, road: Road, post: str, asked: dict[str, str]
) -> None:
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")

    def statements(count: int) -> int:
        lines = (Line(education, [finance], due=date(2026, 11, 30)) for _ in range(count))
        plan = on_ledger(cast, *lines)
        road.dispatch(plan)
        visitor = Visitor(cast.supervisor(plan) if post == "supervisor" else cast.handler(education))
        visitor.see(
            "ledger:measures", plan=plan.pk, **asked
        )  # choices, rules and calendar are kept from here on
        with CaptureQueriesContext(connection) as seen:
            assert len(codes(visitor.see("ledger:measures", plan=plan.pk, **asked))) == count
        return len(seen)

    assert statements(7) == statements(1) <= 10


def test_the_choices_of_the_first_page_take_three_statements_more(
    cast: Cast, measures: list[Measure]
) -> None:
    visitor = Visitor(cast.supervisor(measures[0].plan))
    visitor.see("ledger:measures")
    kept = CaptureQueriesContext(connection)
    anew = CaptureQueriesContext(connection)
    with kept:
        visitor.see("ledger:measures")
    rules.forget()
    with anew:
        visitor.see("ledger:measures")
    assert sum("workflow_section" in query["sql"] for query in anew.captured_queries) == 2
    assert sum("workflow_section" in query["sql"] for query in kept.captured_queries) == 1
