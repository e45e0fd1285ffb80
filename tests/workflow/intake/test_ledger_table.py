"""A downloaded ledger comes back as a later edition: untouched it changes nothing, edited just what was edited."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, Promise, on_ledger
from tests.factories.road import Road
from tests.factories.sheets import Rows, rows_of, sheet_with
from workflow.actions.loading import load_plan
from workflow.documents.ledger_sheet import Head, ledger_sheet
from workflow.intake.edition_comparison import Comparison, compare, data_of, read_measures
from workflow.intake.errors import IntakeError
from workflow.intake.plan_read import PlanRead
from workflow.intake.reading import SHIPPED_LEDGERS, read_bytes, read_file
from workflow.models import Measure, Plan, ResponsibleUnit, Target
from workflow.queries.editions import measures_to_renew
from workflow.queries.ledger import Filters
from workflow.queries.ledger_sheet import sheet_rows
from workflow.trail.actor import INSTALLATION

pytestmark = pytest.mark.django_db

NOTHING: dict[str, object] = {"added": [], "changed": [], "moved": [], "dropped": []}
DAY = date(2026, 3, 2)
Edit = Callable[[Rows], None]


def sheet_of(plan: Plan, *, is_whole: bool = True) -> bytes:
    rows = sheet_rows(Measure.objects.all(), Filters(plan=plan.pk), DAY)
    return ledger_sheet(rows, Head(plan.title, DAY, plan, is_whole))


def edited(data: bytes, edit: Edit) -> bytes:
    """The sheet as somebody changed and saved it."""
    rows = rows_of(data)
    edit(rows)
    return sheet_with(rows)


def compared(plan: Plan, read: PlanRead) -> Comparison:
    return compare(measures_to_renew(plan), plan, read_measures(read.plan), {})


def changes(plan: Plan, edit: Edit) -> dict[str, object]:
    return data_of(compared(plan, read_bytes(edited(sheet_of(plan), edit), "台账.xlsx")))


def put(heading: str, value: str, line: int = 3) -> Edit:
    def edit(rows: Rows) -> None:
        rows[line][rows[2].index(heading)] = value

    return edit


def test_the_real_plans_ledger_comes_back_without_a_change(clock: Clock) -> None:
    read = read_file(SHIPPED_LEDGERS / "education-modernisation.json")
    plan, _ = load_plan(read.plan, by=INSTALLATION, code="JY")
    back = read_bytes(sheet_of(plan), "台账.xlsx")
    found = compared(plan, back)
    assert data_of(found) == NOTHING | {"unchanged": plan.measures.count()}
    assert (back.code, back.plan.title) == ("JY", plan.title)
    assert (back.plan.period_start, back.plan.period_end) == (plan.period_start, plan.period_end)


@pytest.fixture
def plan(cast: Cast, road: Road) -> Plan:
    """A plan of every kind of measure and target, dispatched."""
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    promises = [
        Promise("覆盖率不低于95%", due=date(2026, 9, 30)),
        Promise("群众满意度逐年提高", "", None),
        Promise("建成学位300个", "", None),
    ]
    plan = on_ledger(
        cast,
        Line(education, [finance, "subdistrict"], due=date(2026, 11, 30), targets=promises),
        Line(education, cycle="quarter"),
        Line(finance, due=date(2026, 6, 30)),
    )
    road.dispatch(plan)
    return plan


def test_a_running_plan_comes_back_without_a_change(plan: Plan) -> None:
    assert compared(plan, read_bytes(sheet_of(plan), "台账.xlsx")).is_empty


def test_names_that_hold_a_separator_and_schedules_nobody_decided_come_back(plan: Plan) -> None:
    joint = "各市、县（市、区）政府"
    ResponsibleUnit.objects.filter(measure__plan=plan, is_lead=True).update(text=joint)
    Measure.objects.filter(plan=plan).update(kind="", due=None, cycle_length="", schedule="2026年底前")
    Target.objects.filter(measure__plan=plan, value=95).update(text="覆盖率\n不低于95%", unit="个百分点")
    assert compared(plan, read_bytes(sheet_of(plan), "台账.xlsx")).is_empty


@pytest.mark.parametrize(
    ("heading", "value", "field", "after"),
    [
        ("重点举措", "举措 改名", "title", "举措 改名"),
        ("具体内容", "新的内容。", "text", "新的内容。"),
        (
            "完成时限",
            "2026年12月18日",
            "schedule",
            {"schedule": "2026年12月18日", "kind": "dated", "due": "2026-12-18", "cycle": ""},
        ),
        (
            "完成时限",
            "持续推进，每月",
            "schedule",
            {"schedule": "持续推进，每月", "kind": "ongoing", "due": None, "cycle": "month"},
        ),
        (
            "牵头单位",
            "民政局",
            "units",
            [
                {"text": "民政局", "is_lead": True, "kind": "bureau"},
                {"text": "财政局", "is_lead": False, "kind": "bureau"},
                {"text": "各街道", "is_lead": False, "kind": "collective"},
            ],
        ),
    ],
)
def test_an_edited_cell_is_just_that_change(
    plan: Plan, heading: str, value: str, field: str, after: object
) -> None:
    found = changes(plan, put(heading, value))
    code = plan.measures.order_by("position")[0].code
    assert [(one["code"], one["field"], one["after"]) for one in found["changed"]] == [(code, field, after)]  # type: ignore[attr-defined, index]
    assert [found[name] for name in ("added", "dropped", "moved")] == [[], [], []]


def test_an_edited_number_of_a_target_is_just_that_change(plan: Plan) -> None:
    def edit(rows: Rows) -> None:
        place = rows[2].index("目标")
        rows[3][place] = rows[3][place].replace("95", "97")

    found = changes(plan, edit)
    (change,) = found["changed"]  # type: ignore[misc]
    assert change["field"] == "targets"
    values = [(one["before"], one["after"]) for one in _numbers(change)]
    assert values == [("95", "97"), (None, None), (None, None)]


def _numbers(change: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    return [
        {"before": one["value"], "after": two["value"]}
        for one, two in zip(change["before"], change["after"], strict=True)
    ]


def test_a_number_changed_in_the_words_alone_is_warned_of(plan: Plan) -> None:
    def edit(rows: Rows) -> None:
        place = rows[2].index("目标")
        rows[3][place] = rows[3][place].replace("不低于95%", "不低于97%")

    read = read_bytes(edited(sheet_of(plan), edit), "台账.xlsx")
    assert [warning.code.value for warning in read.warnings] == ["target_numbers_differ"]


def test_a_row_without_a_code_is_new_and_one_left_out_is_dropped(plan: Plan) -> None:
    def edit(rows: Rows) -> None:
        new = dict.fromkeys(rows[2], "")
        new |= {"重点举措": "增设站点", "具体内容": "建成站点20个。", "牵头单位": "民政局"}
        rows[-1] = list(new.values())

    found = changes(plan, edit)
    assert [one["title"] for one in found["added"]] == ["增设站点"]  # type: ignore[attr-defined]
    assert len(found["dropped"]) == 1  # type: ignore[arg-type]
    assert found["changed"] == []


def test_another_section_moves_the_measure(plan: Plan) -> None:
    found = changes(plan, put("行动计划", "二、另一行动"))
    assert [one["after"] for one in found["moved"]] == [{"number": "二、", "title": "另一行动"}]  # type: ignore[attr-defined]


def test_a_row_put_to_a_later_section_does_not_move_that_section(clock: Clock) -> None:
    read = read_file(SHIPPED_LEDGERS / "education-modernisation.json")
    plan, _ = load_plan(read.plan, by=INSTALLATION, code="JY")

    def edit(rows: Rows) -> None:
        place = rows[2].index("行动计划")
        rows[4][place] = rows[20][place]

    back = read_bytes(edited(sheet_of(plan), edit), "台账.xlsx")
    own = [section.title for section in plan.sections.order_by("position")]
    assert [section.title for section in back.plan.sections] == own
    assert len(compared(plan, back).moved) == 1


def test_rows_in_another_order_are_no_change(plan: Plan) -> None:
    def edit(rows: Rows) -> None:
        rows[3:] = rows[:2:-1]

    found = changes(plan, edit)
    assert [found[name] for name in ("added", "changed", "dropped", "moved")] == [[], [], [], []]


def test_a_part_of_the_ledger_says_so(plan: Plan) -> None:
    read = read_bytes(sheet_of(plan, is_whole=False), "台账.xlsx")
    assert [warning.code.value for warning in read.warnings] == ["ledger_in_part"]


def test_a_row_that_names_no_measure_is_warned_of(plan: Plan) -> None:
    read = read_bytes(edited(sheet_of(plan), put("重点举措", "", line=5)), "台账.xlsx")
    assert [(warning.code.value, warning.line) for warning in read.warnings] == [("line_unplaced", 8)]


def test_a_sheet_without_any_measure_is_no_plan(plan: Plan) -> None:
    def edit(rows: Rows) -> None:
        del rows[3:]
        rows.append(["注"])

    with pytest.raises(IntakeError):
        read_bytes(edited(sheet_of(plan), edit), "台账.xlsx")


def test_values_keep_their_decimals(plan: Plan) -> None:
    Target.objects.filter(measure__plan=plan, value=95).update(value=Decimal("99.75"), unit="%")
    assert compared(plan, read_bytes(sheet_of(plan), "台账.xlsx")).is_empty
