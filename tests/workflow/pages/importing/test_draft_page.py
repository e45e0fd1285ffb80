"""The draft beside its source: pages that stay small, places that lead to measures, edits that keep themselves."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.imports import drafted_import, importer, read_draft
from tests.factories.statements import statements_of
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.importing import ReadSection
from workflow.actions.plan_input import MeasureInput, UnitInput
from workflow.intake.draft import measure_data
from workflow.models import ImportMeasure, PlanImport
from workflow.queries.imports import PAGE

pytestmark = pytest.mark.django_db

BUDGET = 22


@pytest.fixture
def row(cast: Cast) -> PlanImport:
    return drafted_import(cast)


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    return Visitor(importer(cast))


def measure_of(row: PlanImport, title: str) -> ImportMeasure:
    found: ImportMeasure = row.measures.get(data__title=title)
    return found


def htmx(visitor: Visitor, row: PlanImport, measure: ImportMeasure, **data: object) -> HttpResponse:
    return visitor.client.post(
        reverse("ledger:import-measure", args=[row.pk, measure.pk]), data, headers={"HX-Request": "true"}
    )


def long_import(cast: Cast, count: int) -> PlanImport:
    """An import of one section with so many measures, two units each, a line each."""
    measures = [
        measure_data(
            MeasureInput(
                f"第{n}条",
                line=n,
                units=[UnitInput("教育局", "bureau", is_lead=True), UnitInput(f"{n}局", "bureau")],
            )
        )
        for n in range(1, count + 1)
    ]
    return drafted_import(cast, read_draft([ReadSection("一", "节", measures)]))


def test_the_first_section_is_shown_with_units_warnings_and_source(
    visitor: Visitor, row: PlanImport, cast: Cast
) -> None:
    cast.bureau("教育局")
    page = visitor.see("ledger:import", row.pk)

    bridge, station = page.context["cards"]
    assert [(seen.unit.text, seen.is_clear) for seen in bridge.units] == [
        ("教育局", True),
        ("财政局", False),
        ("各街道", True),
    ]
    assert [number for number, _ in station.warnings] == [1]
    assert [line.text for line in page.context["source"].lines][1] == "（一）贯通"
    assert 'data-span="24-30"' in words(page)


def test_a_line_of_the_source_leads_to_its_measure(visitor: Visitor, row: PlanImport) -> None:
    address, station = reverse("ledger:import", args=[row.pk]), measure_of(row, "设站")
    answer = visitor.see("ledger:import", row.pk, line=6)

    assert answer.url == f"{address}?measure={station.pk}&line=6&v={row.version}#m{station.pk}"
    page = visitor.client.get(answer.url)
    assert page.context["asked"].measure == station
    assert f'href="{address}?line=6"' in words(page)


def test_a_long_section_is_shown_fifty_measures_at_a_time(visitor: Visitor, cast: Cast) -> None:
    row = long_import(cast, 2 * PAGE + 5)

    first = visitor.see("ledger:import", row.pk).context["asked"].page
    asked = {"section": row.sections.get().pk, "from": first.next}
    second = visitor.see("ledger:import", row.pk, **asked).context["asked"].page
    at_line = visitor.client.get(visitor.see("ledger:import", row.pk, line=PAGE + 7).url).context["asked"]

    assert (len(first.measures), first.previous) == (PAGE, None)
    assert [str(measure) for measure in second.measures[:1]] == [f"第{PAGE + 1}条"]
    assert second.previous == first.measures[0].pk
    assert at_line.page.measures == second.measures
    assert str(at_line.measure) == f"第{PAGE + 7}条"


def test_the_page_costs_the_same_whatever_stands_on_it(visitor: Visitor, cast: Cast) -> None:
    few, many = drafted_import(cast), long_import(cast, PAGE + 1)
    costs = [
        len(statements_of(lambda row=row: visitor.see("ledger:import", row.pk)))  # type: ignore[misc]
        for row in (few, many)
    ]
    assert costs[0] == costs[1] <= BUDGET


@pytest.mark.parametrize("page", ["import-units", "confirm-import", "import-warnings", "import-source"])
def test_the_other_pages_cost_the_same_whatever_stands_on_them(
    visitor: Visitor, cast: Cast, page: str
) -> None:
    few, many = drafted_import(cast), long_import(cast, PAGE + 1)
    costs = [
        len(statements_of(lambda row=row: visitor.see(f"ledger:{page}", row.pk)))  # type: ignore[misc]
        for row in (few, many)
    ]
    assert costs[0] == costs[1] <= BUDGET


def test_a_measure_keeps_itself_and_says_when(visitor: Visitor, row: PlanImport) -> None:
    bridge = measure_of(row, "修桥")
    answer = htmx(visitor, row, bridge, version=0, title="建桥", number="1.")

    assert "Saved at" in words(answer)
    assert f'id="m{bridge.pk}-version" name="version" value="1"' in words(answer)
    assert 'hx-swap-oob="true"' in words(answer)
    assert measure_of(row, "建桥").pk == bridge.pk


def test_what_will_not_do_is_said_and_not_kept(visitor: Visitor, row: PlanImport) -> None:
    bridge = measure_of(row, "修桥")
    answer = htmx(visitor, row, bridge, version=0, title="", due="never")

    assert "Not saved:" in words(answer)
    assert f'href="#m{bridge.pk}-due"' in words(answer)
    assert measure_of(row, "修桥").version == 0


def test_an_edit_on_top_of_somebody_elses_is_refused(visitor: Visitor, row: PlanImport) -> None:
    bridge = measure_of(row, "修桥")
    htmx(visitor, row, bridge, version=0, title="建桥")
    answer = htmx(visitor, row, bridge, version=0, title="拆桥")

    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#flash"
    assert measure_of(row, "建桥")


def test_a_row_is_added_to_type_in_and_kept_once_it_holds_something(
    visitor: Visitor, row: PlanImport
) -> None:
    bridge = measure_of(row, "修桥")
    data = {"version": 0, "title": "修桥", "unit-0-text": "教育局", "unit-0-kind": "bureau", "lead": "0"}
    answer = htmx(visitor, row, bridge, verb="unit-add", **data)

    assert 'name="unit-1-text"' in words(answer)
    assert answer["HX-Retarget"] == f"#m{bridge.pk}"
    bridge.refresh_from_db()
    assert [unit["text"] for unit in bridge.data["units"]] == ["教育局"]


def test_without_scripts_a_measure_has_a_page_with_a_button(visitor: Visitor, row: PlanImport) -> None:
    bridge = measure_of(row, "修桥")
    page = visitor.see("ledger:import-measure", row.pk, bridge.pk)
    answer = visitor.send("ledger:import-measure", row.pk, bridge.pk, version=0, title="建桥")

    assert "<!doctype html>" in words(page)
    assert answer.url.startswith(f"{reverse('ledger:import', args=[row.pk])}?measure={bridge.pk}&")
    assert answer.url.endswith(f"#m{bridge.pk}")
    assert measure_of(row, "建桥")
    wrong = visitor.send("ledger:import-measure", row.pk, bridge.pk, verb="close", title="")
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("verb", "more", "after"),
    [
        ("down", {}, ["设站", "修桥", "装灯"]),
        ("remove", {}, ["设站", "装灯"]),
        ("merge", {}, ["修桥", "装灯"]),
        ("after", {}, ["修桥", "New measure", "设站", "装灯"]),
        ("split", {"split_at": 7}, ["修桥", "完成护栏改造", "设站", "装灯"]),
        ("begin", {"section_title": "开头"}, ["修桥", "设站", "装灯"]),
    ],
)
def test_a_measure_is_moved_cut_joined_and_taken_out(
    visitor: Visitor, row: PlanImport, verb: str, more: dict[str, object], after: list[str]
) -> None:
    bridge = measure_of(row, "修桥")
    data = {"title": "修桥", "number": "1.", "text": bridge.data["text"], **more}
    answer = visitor.send("ledger:import-measure", row.pk, bridge.pk, verb=verb, **data)

    assert answer.status_code == 302
    ordered = row.measures.order_by("section__position", "position", "pk")
    assert [str(measure) for measure in ordered] == after


def test_a_measure_is_put_into_another_section(visitor: Visitor, row: PlanImport) -> None:
    bridge, lamp = measure_of(row, "修桥"), measure_of(row, "装灯")
    visitor.send(
        "ledger:import-measure", row.pk, bridge.pk, verb="place", title="修桥", to_section=lamp.section_id
    )
    bridge.refresh_from_db()
    assert bridge.section_id == lamp.section_id


@pytest.mark.parametrize(("verb", "data"), [("split", {"split_at": 3}), ("place", {}), ("nonsense", {})])
def test_what_cannot_be_done_with_a_measure_is_refused(
    visitor: Visitor, row: PlanImport, verb: str, data: dict[str, object]
) -> None:
    bridge = measure_of(row, "修桥")
    sent = {"title": "修桥", "text": bridge.data["text"], **data}
    answer = visitor.send("ledger:import-measure", row.pk, bridge.pk, verb=verb, **sent)
    assert answer.status_code in (404, 422)


def test_a_section_is_renamed_and_one_without_a_title_refused(visitor: Visitor, row: PlanImport) -> None:
    section = measure_of(row, "修桥").section
    visitor.send(
        "ledger:import-sections", row.pk, verb="change", section=section.pk, number="一", title="新章"
    )
    section.refresh_from_db()
    assert str(section) == "一新章"

    page = visitor.follow("ledger:import-sections", row.pk, verb="change", section=section.pk, title="")
    assert "Give it a title." in words(page)


def test_a_ticked_warning_is_counted_off_and_undo_takes_the_tick_back(
    visitor: Visitor, row: PlanImport
) -> None:
    url = reverse("ledger:import-warnings", args=[row.pk])
    panel = visitor.client.post(url, {"number": 1, "done": "1"}, headers={"HX-Request": "true"})
    assert panel.context["warnings_left"] == 1
    assert [one.number for one in panel.context["warnings"]] == [2, 1]

    visitor.send("ledger:undo-import", row.pk)
    assert visitor.see("ledger:import", row.pk).context["warnings_left"] == 2


def test_title_and_period_keep_themselves(visitor: Visitor, row: PlanImport) -> None:
    url = reverse("ledger:import", args=[row.pk])
    data = {"title": "新题", "start": "2026-01-01", "end": "2025-01-01"}
    wrong = visitor.client.post(url, data, headers={"HX-Request": "true"})
    assert "Not saved:" in words(wrong)

    visitor.client.post(url, {**data, "end": "2027-01-01"}, headers={"HX-Request": "true"})
    row.refresh_from_db()
    assert row.title == "新题"
