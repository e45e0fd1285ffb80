"""交办单: the plan's roles read it whole, a bureau its own measures alone, everybody else nothing; page and file agree."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.plans import EngagementFactory, Line, on_ledger
from tests.factories.road import Road
from tests.factories.statements import statements_of
from tests.workflow.pages.visits import Visitor, words
from workflow.documents.dispatch_order import day_of
from workflow.models import Measure, Share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DUE = date(2026, 11, 30)


@pytest.fixture
def measures(cast: Cast, road: Road) -> list[Measure]:
    """Two measures under one order; the finance bureau shares in the first alone."""
    education, finance, health = (cast.bureau(name) for name in ("教育局", "财政局", "卫健委"))
    plan = on_ledger(cast, Line(education, [finance], due=DUE), Line(health, cycle="quarter"))
    return road.dispatch(plan)


def _codes(page: str, measures: list[Measure]) -> list[bool]:
    return [measure.code in page for measure in measures]


def test_plan_roles_read_the_whole_order(cast: Cast, measures: list[Measure]) -> None:
    plan, order = measures[0].plan, measures[0].dispatch_order_id
    readers = (cast.supervisor(plan), cast.approver(plan), cast.observer(plan), cast.auditor(plan))
    for person in (*readers, cast.auditor()):
        page = words(Visitor(person).see("ledger:order", order))
        assert _codes(page, measures) == [True, True]
        assert "摘件" not in page


def test_a_bureaus_copy_lists_only_the_measures_it_shares_in(cast: Cast, measures: list[Measure]) -> None:
    order = measures[0].dispatch_order_id
    page = words(Visitor(cast.handler(cast.bureau("财政局"))).see("ledger:order", order))
    assert _codes(page, measures) == [True, False]
    assert "（摘件：仅列财政局承担的举措）" in page
    assert "卫健委" not in page
    assert _codes(words(Visitor(cast.head(cast.bureau("卫健委"))).see("ledger:order", order)), measures) == [
        False,
        True,
    ]


def test_nobody_else_knows_of_the_order(cast: Cast, measures: list[Measure]) -> None:
    plan, order = measures[0].plan, measures[0].dispatch_order_id
    evaluator = cast.evaluator(EngagementFactory(plan=plan, agency=cast.agency))
    for person in (cast.stranger(), cast.handler(cast.bureau("民政局")), evaluator, cast.administrator()):
        for page in ("ledger:order", "ledger:order-file"):
            assert Visitor(person).see(page, order).status_code == 404
    assert Visitor(cast.supervisor(plan)).see("ledger:order", 99_999).status_code == 404


def test_the_order_says_number_office_shares_duties_dates_and_the_day(
    cast: Cast, measures: list[Measure]
) -> None:
    Share.objects.filter(bureau=cast.bureau("财政局")).update(duty="落实经费保障")
    page = words(
        Visitor(cast.supervisor(measures[0].plan)).see("ledger:order", measures[0].dispatch_order_id)
    )
    for said in (
        "督〔2026〕1号",
        "督查室",
        f"关于交办《{measures[0].plan.title}》重点举措的通知",
        "教育局、卫健委、财政局：",
        "落实经费保障",
        "完成时限：2026年11月30日",
        "办理周期：持续推进，每季度",
        "首个周期：2026年3月2日至2026年3月31日",
        "请于2026年3月4日前签收",
        "2026年3月2日",
    ):
        assert said in page, said


def test_the_day_is_that_of_the_plans_zone() -> None:
    assert day_of(datetime(2026, 3, 1, 16, 30, tzinfo=UTC), "Asia/Shanghai") == "2026年3月2日"


def test_the_word_file_says_what_the_page_says(cast: Cast, measures: list[Measure]) -> None:
    reader = Visitor(cast.head(cast.bureau("教育局")))
    order = measures[0].dispatch_order_id
    answer = reader.see("ledger:order-file", order)
    document = docx.Document(BytesIO(answer.content))
    said = [paragraph.text for paragraph in document.paragraphs]
    sheet = reader.see("ledger:order", order).context["words"]
    assert answer["Content-Disposition"].endswith("1%E5%8F%B7.docx")
    assert [sheet.office, sheet.kind, sheet.number, sheet.title, sheet.extract] == said[:5]
    assert said[-3:] == [sheet.closing, sheet.signed, sheet.dated]
    (table,) = document.tables
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        sheet.headings,
        *sheet.entries[0].rows,
    ]


def test_a_bureau_that_joined_later_reads_the_order_and_is_not_in_it(
    cast: Cast, measures: list[Measure]
) -> None:
    late = cast.bureau("民政局")
    Share.objects.create(
        measure=measures[0], plan=measures[0].plan, bureau=late, dispatched_on=date(2026, 4, 1)
    )
    page = words(Visitor(cast.handler(late)).see("ledger:order", measures[0].dispatch_order_id))
    assert "（摘件：仅列民政局承担的举措）" in page
    assert "<td>民政局</td>" not in page


def test_the_order_is_linked_where_it_may_be_read(cast: Cast, measures: list[Measure]) -> None:
    plan, order = measures[0].plan, measures[0].dispatch_order_id
    link = reverse("ledger:order", args=[order])
    for person in (cast.supervisor(plan), cast.handler(cast.bureau("财政局"))):
        assert link in words(Visitor(person).see("ledger:measure-detail", measures[0].code))
        assert link in words(Visitor(person).see("ledger:plan-detail", plan.code))


def test_the_plans_page_counts_of_an_order_what_the_reader_may_read(
    cast: Cast, measures: list[Measure]
) -> None:
    plan = measures[0].plan
    counts = [
        [order.count for order in Visitor(person).see("ledger:plan-detail", plan.code).context["orders"]]
        for person in (cast.supervisor(plan), cast.handler(cast.bureau("财政局")))
    ]
    assert counts == [[2], [1]]


def test_an_order_takes_the_same_statements_whatever_its_length(cast: Cast, road: Road) -> None:
    taken = []
    for count in (1, 4):
        lines = [Line(cast.bureau("教育局"), [cast.bureau("财政局")], due=DUE) for _ in range(count)]
        (first, *_) = road.dispatch(on_ledger(cast, *lines))
        reader = Visitor(cast.supervisor(first.plan))
        reader.see("ledger:order", first.dispatch_order_id)
        order = first.dispatch_order_id
        taken.append(len(statements_of(lambda o=order, r=reader: r.see("ledger:order", o))))  # type: ignore[misc]
    assert taken[0] == taken[1]
