"""台账下载: the sheet holds just what the reader may see and asked for, as text, with the lamp in shape and word."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, Promise, on_ledger
from tests.factories.road import Road
from tests.factories.sheets import rows_of
from tests.factories.statements import statements_of
from tests.workflow.pages.visits import Visitor
from workflow.documents.ledger_sheet import MEDIA_TYPE
from workflow.models import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def measures(cast: Cast, road: Road) -> list[Measure]:
    education, finance, health = (cast.bureau(name) for name in ("教育局", "财政局", "卫健委"))
    plan = on_ledger(
        cast,
        Line(education, [finance], due=date(2026, 11, 30), targets=[Promise("达标率不低于95%")]),
        Line(education, cycle="quarter"),
        Line(health, due=date(2026, 3, 4)),
    )
    return road.dispatch(plan)


def table(response: HttpResponse) -> list[list[str]]:
    """The rows of the sheet under its headings, each as text."""
    assert response["Content-Type"] == MEDIA_TYPE
    return rows_of(response.content)


def codes(response: HttpResponse) -> list[str]:
    return [row[1] for row in table(response)[3:]]


def test_the_sheet_holds_what_its_reader_may_see(cast: Cast, measures: list[Measure]) -> None:
    first, second, third = (measure.code for measure in measures)
    supervisor = cast.supervisor(measures[0].plan)
    assert codes(Visitor(supervisor).see("ledger:ledger-sheet")) == [first, second, third]
    assert codes(Visitor(cast.head(cast.bureau("财政局"))).see("ledger:ledger-sheet")) == [first]
    assert codes(Visitor(cast.stranger()).see("ledger:ledger-sheet")) == []


def test_the_filters_of_the_ledger_hold_for_the_sheet(
    cast: Cast, measures: list[Measure], clock: Clock
) -> None:
    clock.to(date(2026, 3, 9))
    reader = Visitor(cast.supervisor(measures[0].plan))
    assert codes(reader.see("ledger:ledger-sheet", lamp="red")) == [measures[2].code]


def test_a_line_tells_title_targets_date_units_and_state(cast: Cast, measures: list[Measure]) -> None:
    first = measures[0]
    title, issued, headings, line, *_ = table(Visitor(cast.supervisor(first.plan)).see("ledger:ledger-sheet"))
    told = dict(zip(headings, line, strict=True))
    assert (title[0], issued[0][:2]) == (first.plan.title, "截至")
    assert (told["编号"], told["重点举措"], told["目标"]) == (
        first.code,
        first.title,
        "达标率不低于95%〔≥95〕",
    )
    assert (told["完成时限"], told["状态"], told["已审核分工"]) == ("2026年11月30日", "已交办", "0/2")
    assert {told["牵头单位"], told["配合单位"]} == {"教育局", "财政局"}
    assert told["灯"] == "● 绿灯"


def test_an_ongoing_measure_tells_how_often_it_reports(cast: Cast, measures: list[Measure]) -> None:
    rows = table(Visitor(cast.supervisor(measures[0].plan)).see("ledger:ledger-sheet"))
    assert rows[4][6] == "持续推进，每季度"


def test_text_that_looks_like_a_formula_stays_text(cast: Cast, measures: list[Measure]) -> None:
    Measure.objects.filter(pk=measures[0].pk).update(title='=HYPERLINK("http://a.example","点我")')
    response = Visitor(cast.supervisor(measures[0].plan)).see("ledger:ledger-sheet")
    assert table(response)[3][3].startswith("=HYPERLINK")
    with ZipFile(BytesIO(response.content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_more_measures_take_no_more_statements(cast: Cast, road: Road, measures: list[Measure]) -> None:
    reader = Visitor(cast.supervisor(measures[0].plan))
    before = len(statements_of(lambda: reader.see("ledger:ledger-sheet")))
    lead = cast.bureau("教育局")
    more = on_ledger(cast, *(Line(lead, due=date(2026, 11, 30)) for _ in range(12)))
    road.dispatch(more)
    both = Visitor(cast.auditor())
    both.see("ledger:ledger-sheet")
    assert len(statements_of(lambda: both.see("ledger:ledger-sheet"))) <= before + 1


def test_a_row_is_as_high_as_its_longest_cell_needs(cast: Cast, measures: list[Measure]) -> None:
    Measure.objects.filter(pk=measures[0].pk).update(text="新建幼儿园，改善办学条件。" * 20)
    response = Visitor(cast.supervisor(measures[0].plan)).see("ledger:ledger-sheet")
    with ZipFile(BytesIO(response.content)) as book:
        heights = [
            float(found)
            for found in re.findall(
                r'<row [^>]*\bht="([\d.]+)"', book.read("xl/worksheets/sheet1.xml").decode()
            )
        ]
    assert heights[0] > 10 * 13, "260 Chinese signs in a column of 48"
    assert max(heights[1:]) < 3 * 20
