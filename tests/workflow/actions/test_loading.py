"""A plan that was read becomes a plan in preparation."""

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import BureauAlias, BureauKind
from tests.factories.cast import PersonFactory, make_bureau
from workflow.actions.loading import (
    MeasureInput,
    PlanInput,
    SectionInput,
    TargetInput,
    UnitInput,
    free_code,
    load_plan,
)
from workflow.models import AuditEvent, Measure, Plan, ResponsibleUnit, Target
from workflow.models.measure import MeasureKind
from workflow.models.responsible_unit import UnitKind
from workflow.rules.refusal import Conflict, Invalid
from workflow.states import MeasureState, PlanState, TargetState
from workflow.trail.actor import INSTALLATION

pytestmark = pytest.mark.django_db

PLAN = PlanInput(
    title="绿道方案（2026-2028年）",
    source_hash="a" * 64,
    source_name="greenway.txt",
    period_start=date(2026, 1, 1),
    period_end=date(2028, 12, 31),
    sections=[
        SectionInput(
            "（一）",
            "贯通",
            [
                MeasureInput(
                    "修桥",
                    number="1.",
                    text="修。",
                    schedule="2027年底",
                    due=date(2027, 12, 31),
                    line=7,
                    units=[
                        UnitInput("区水务局", UnitKind.BUREAU, is_lead=True),
                        UnitInput("各街道", UnitKind.COLLECTIVE, collective_kind=BureauKind.SUBDISTRICT),
                        UnitInput("等相关部门", UnitKind.OPEN_ENDED),
                    ],
                    targets=[TargetInput("断点减少90%", ">=", Decimal(90), "%", date(2027, 12, 31))],
                    differences=[{"kind": "units", "narrative": "甲", "list": "乙"}],
                ),
            ],
        ),
        SectionInput("（二）", "便民", [MeasureInput("设站", schedule="持续推进", line=9)]),
    ],
    warnings=[{"line": 1, "code": "period_equal", "params": {"year": 2026}}],
)


def test_the_draft_holds_what_was_read() -> None:
    plan, is_new = load_plan(PLAN, by=INSTALLATION, code="LD")
    assert is_new
    plan = Plan.objects.get(pk=plan.pk)
    assert (plan.state, plan.code, plan.title, plan.source_hash) == (
        PlanState.DRAFT,
        "LD",
        PLAN.title,
        "a" * 64,
    )
    assert (plan.period_start, plan.period_end) == (PLAN.period_start, PLAN.period_end)
    unknown = {"line": None, "code": "units_unknown", "params": {"units": "区水务局"}}
    assert plan.warnings == [*PLAN.warnings, unknown]
    first, second = Measure.objects.order_by("position")
    assert [first.code, second.code] == ["LD-01-01", "LD-02-01"]
    assert (first.state, first.kind, first.due, first.source_line) == (
        MeasureState.DRAFT,
        MeasureKind.DATED,
        date(2027, 12, 31),
        7,
    )
    assert (second.kind, second.due, second.schedule) == (MeasureKind.UNDECIDED, None, "持续推进")
    assert first.differences == [{"kind": "units", "narrative": "甲", "list": "乙"}]


def test_units_keep_their_order_and_kind_and_targets_are_proposed() -> None:
    load_plan(PLAN, by=INSTALLATION, code="LD")
    units = ResponsibleUnit.objects.order_by("position")
    assert [(u.text, u.kind, u.is_lead, u.collective_kind, u.is_decided) for u in units] == [
        ("区水务局", UnitKind.BUREAU, True, "", False),
        ("各街道", UnitKind.COLLECTIVE, False, BureauKind.SUBDISTRICT, True),
        ("等相关部门", UnitKind.OPEN_ENDED, False, "", False),
    ]
    target = Target.objects.get()
    assert (target.comparator, target.value, target.unit, target.state) == (
        ">=",
        90,
        "%",
        TargetState.PROPOSED,
    )


@pytest.mark.parametrize("named_by", ["name", "short_name", "alias"])
def test_a_unit_is_tied_to_the_one_bureau_that_bears_its_name(named_by: str) -> None:
    names = {"name": "区水务局"} if named_by == "name" else {"name": "河湾区水务局"}
    bureau = make_bureau(**names, short_name="区水务局" if named_by == "short_name" else "")
    if named_by == "alias":
        BureauAlias.objects.create(bureau=bureau, name="区水务局")
    load_plan(PLAN, by=INSTALLATION, code="LD")
    assert ResponsibleUnit.objects.get(text="区水务局").bureau == bureau


def test_a_name_that_two_bureaus_bear_ties_to_neither_and_is_added_to_the_warnings() -> None:
    for name in ("东区水务局", "西区水务局"):
        BureauAlias.objects.create(bureau=make_bureau(name), name="区水务局")
    plan, _ = load_plan(PLAN, by=INSTALLATION, code="LD")
    assert ResponsibleUnit.objects.get(text="区水务局").bureau is None
    assert Plan.objects.get(pk=plan.pk).warnings == [
        *PLAN.warnings,
        {
            "line": 7,
            "code": "unit_ambiguous",
            "params": {"unit": "区水务局", "bureaus": "东区水务局、西区水务局"},
        },
    ]
    assert len(PLAN.warnings) == 1


def test_a_bureau_that_is_no_longer_active_is_not_tied() -> None:
    make_bureau("区水务局", active=False)
    load_plan(PLAN, by=INSTALLATION, code="LD")
    assert ResponsibleUnit.objects.get(text="区水务局").bureau is None


def test_a_collective_is_never_tied_to_a_bureau_of_its_name() -> None:
    make_bureau("各街道")
    load_plan(PLAN, by=INSTALLATION, code="LD")
    assert ResponsibleUnit.objects.get(text="各街道").bureau is None


def test_loading_leaves_one_line_in_the_trail_with_who_did_it() -> None:
    person = PersonFactory()
    first, _ = load_plan(PLAN, by=INSTALLATION, code="LD")
    second, _ = load_plan(replace(PLAN, source_hash="b" * 64), by=person, code="LE")
    lines = AuditEvent.objects.filter(action="plan.load").order_by("id")
    assert [(e.plan_id, e.actor_id, e.duty, e.payload) for e in lines] == [
        (first.pk, None, "installation", {"measures": 2}),
        (second.pk, person.pk, "", {"measures": 2}),
    ]


def test_loading_the_same_source_again_changes_nothing() -> None:
    first, _ = load_plan(PLAN, by=INSTALLATION, code="LD")
    again, is_new = load_plan(replace(PLAN, title="另一个标题"), by=INSTALLATION, code="LE")
    assert (again, is_new) == (first, False)
    assert Plan.objects.get().title == PLAN.title
    assert (Measure.objects.count(), AuditEvent.objects.count()) == (2, 1)


def test_a_code_of_another_plan_is_refused() -> None:
    load_plan(PLAN, by=INSTALLATION, code="LD")
    with pytest.raises(Conflict) as refused:
        load_plan(replace(PLAN, source_hash="b" * 64), by=INSTALLATION, code="LD")
    assert refused.value.code == "plan.code_taken"
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("code", ["", "ld", "绿道", "1A", "L-D", "ABCDEFGHI", "LD\n"])
def test_a_code_that_will_not_do_is_refused(code: str) -> None:
    with pytest.raises(Invalid) as refused:
        load_plan(PLAN, by=INSTALLATION, code=code)
    assert refused.value.code == "input.plan_code"
    assert not Plan.objects.exists()


def test_the_free_code_is_the_first_that_no_plan_has() -> None:
    assert free_code() == "P1"
    load_plan(PLAN, by=INSTALLATION, code="P1")
    load_plan(replace(PLAN, source_hash="b" * 64), by=INSTALLATION, code="P3")
    assert free_code() == "P2"


def test_a_plan_that_cannot_be_stored_whole_is_not_stored_at_all() -> None:
    twice_led = [
        UnitInput("甲局", UnitKind.BUREAU, is_lead=True),
        UnitInput("乙局", UnitKind.BUREAU, is_lead=True),
    ]
    broken = replace(PLAN, sections=[SectionInput("一", "甲", [MeasureInput("乙", units=twice_led)])])
    with pytest.raises(Exception, match=r"(?i)unique"):
        load_plan(broken, by=INSTALLATION, code="LD")
    assert not Plan.objects.exists()


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two connections to one database")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_load_the_same_source_at_once_one_stores_it_and_both_get_it() -> None:
    ready = threading.Barrier(2)
    found: list[tuple[int, bool]] = []

    def load(code: str) -> None:
        try:
            ready.wait(10)
            plan, is_new = load_plan(PLAN, by=INSTALLATION, code=code)
            found.append((plan.pk, is_new))
        finally:
            connection.close()

    threads = [threading.Thread(target=load, args=(code,)) for code in ("LD", "LE")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(is_new for _, is_new in found) == [False, True]
    assert len({pk for pk, _ in found}) == 1
    assert Plan.objects.count() == 1
