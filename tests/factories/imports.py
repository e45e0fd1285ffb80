"""Documents to be brought in, and the office whose supervisors do it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.roles import Role
from tests.factories.cast import Cast, appoint, join
from workflow.actions.importing import ReadDraft, ReadSection, begin_import, keep_reading, start_reading
from workflow.actions.plan_input import (
    ActionItemInput,
    MeasureInput,
    MilestoneInput,
    TargetInput,
    UnitInput,
)
from workflow.intake.draft import measure_data
from workflow.models import PlanImport
from workflow.models.responsible_unit import UnitKind

TEXT = "云溪区绿道方案（2026-2027年）\n（一）贯通\n1.修桥\n建成桥梁3座。完成护栏改造。\n2.设站\n设置驿站。\n（二）便民\n3.装灯\n"


def importer(cast: Cast, n: int = 1) -> User:
    """督查员 appointed in the supervision office itself."""
    person = cast.stranger(100 + n)
    if not person.memberships.exists():
        join(person, cast.office)
        appoint(person, Role.SUPERVISOR, cast.office)
    return person


def file(name: str = "plan.txt", text: str = TEXT) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, text.encode())


def bridge() -> MeasureInput:
    """A measure with everything that can be read of one."""
    return MeasureInput(
        "修桥",
        number="1.",
        text="建成桥梁3座。完成护栏改造。",
        schedule="2026年底",
        due=date(2026, 12, 31),
        line=3,
        units=[
            UnitInput("教育局", UnitKind.BUREAU, is_lead=True, span=(21, 24)),
            UnitInput("财政局", UnitKind.BUREAU, written="财政", alias="区财政"),
            UnitInput("各街道", UnitKind.COLLECTIVE, collective_kind="subdistrict"),
        ],
        targets=[TargetInput("建成桥梁3座", ">=", Decimal(3), "座", date(2026, 12, 31), (24, 30))],
        milestones=[MilestoneInput("完成护栏改造", date(2026, 6, 30), (31, 37))],
        items=[ActionItemInput("建成桥梁3座", (24, 30)), ActionItemInput("完成护栏改造", (31, 37))],
        spans={"title": (20, 22), "text": (24, 38)},
    )


def sections() -> list[ReadSection]:
    """Two sections, three measures."""
    station = MeasureInput("设站", number="2.", text="设置驿站。", line=5, is_ongoing=True, cycle="quarter")
    lamp = MeasureInput(
        "装灯", number="3.", line=8, units=[UnitInput("水务局", UnitKind.BUREAU, is_lead=True)]
    )
    return [
        ReadSection("（一）", "贯通", [measure_data(bridge()), measure_data(station)]),
        ReadSection("（二）", "便民", [measure_data(lamp)]),
    ]


def read_draft(given: Sequence[ReadSection] | None = None, source_hash: str = "b" * 64) -> ReadDraft:
    """What a reader made of TEXT."""
    return ReadDraft(
        title="云溪区绿道方案（2026-2027年）",
        period="2026-2027年",
        period_start=date(2026, 1, 1),
        period_end=date(2027, 12, 31),
        source_hash=source_hash,
        source_name="plan.txt",
        text=TEXT,
        sections=sections() if given is None else given,
        warnings=[
            {"line": 5, "code": "units_missing", "params": {"title": "设站"}},
            {"line": None, "code": "lead_by_order", "params": {}},
        ],
        code="LD",
    )


def drafted_import(cast: Cast, read: ReadDraft | None = None, n: int = 1) -> PlanImport:
    """An import that has been read and waits to be checked."""
    by = importer(cast, n)
    row = begin_import([file()], by=by, office=cast.office)
    keep_reading(row, start_reading(row, by=by), read or read_draft())
    row.refresh_from_db()
    return row
