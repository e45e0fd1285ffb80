"""Intake of a very long plan from a spreadsheet: reading it beside merely opening the file, and loading it.

The limits are those of acceptance: a dry run of 10,000 measures with 5 units each in 20 s and 500 MB, the load in 60 s.
"""

import random
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from xlsxwriter import Workbook

from benchmarks.report import say
from workflow.actions.loading import load_plan
from workflow.intake.formats.door import read_content
from workflow.intake.plan_read import PlanRead
from workflow.intake.reading import read_file
from workflow.models import Measure, ResponsibleUnit
from workflow.trail.actor import INSTALLATION

MEASURES = 10_000
UNITS = 5
READ_WITHIN, LOAD_WITHIN, MEMORY = 20.0, 60.0, 500
"""Seconds, seconds, megabytes."""

_HEADINGS = ("序号", "重点任务", "工作举措", "完成时限", "牵头单位", "配合单位")
_THINGS = (
    "老旧小区",
    "校园",
    "河道",
    "公交站点",
    "养老驿站",
    "停车场",
    "口袋公园",
    "农贸市场",
    "社区书屋",
    "充电桩",
)
_DOINGS = ("改造提升", "补短板", "规范管理", "智慧化升级", "无障碍改造", "安全排查")
_BUREAUS = (
    "教育局",
    "财政局",
    "住房和城乡建设局",
    "民政局",
    "交通局",
    "水务局",
    "卫生健康委",
    "文化和旅游局",
    "公安局",
)


def intake(measures: int = MEASURES) -> bool:
    """Read and load a plan of so many measures; False where a limit is not met or something is lost."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        _write(path, measures)
        opened = _timed(lambda: read_content(path.read_bytes(), path.name))
        began = perf_counter()
        read = read_file(path)
        seconds = perf_counter() - began
    memory = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    megabytes = memory / (1024 * 1024 if sys.platform == "darwin" else 1024)
    began = perf_counter()
    plan, _ = load_plan(read.plan, by=INSTALLATION, code="BENCH")
    loaded = perf_counter() - began
    kept = (
        Measure.objects.filter(plan=plan).count(),
        ResponsibleUnit.objects.filter(measure__plan=plan).count(),
    )
    print(f"\nIntake of {measures:,} measures × {UNITS} units from .xlsx\n")
    print(
        f"opened with the same library {opened:.1f} s   read {seconds:.1f} s (× {seconds / opened:.2f})   ",
        end="",
    )
    print(f"loaded {loaded:.1f} s   highest memory {megabytes:,.0f} MB")
    return all(
        [
            say(
                _is_whole(read, measures) and kept == (measures, measures * UNITS),
                "every measure and unit is there",
            ),
            say(
                seconds <= READ_WITHIN and megabytes <= MEMORY,
                f"dry run within {READ_WITHIN:g} s and {MEMORY} MB",
            ),
            say(loaded <= LOAD_WITHIN, f"load within {LOAD_WITHIN:g} s"),
        ]
    )


def _timed(what: object) -> float:
    began = perf_counter()
    what()  # type: ignore[operator]
    return perf_counter() - began


def _is_whole(read: PlanRead, measures: int) -> bool:
    found = [measure for section in read.plan.sections for measure in section.measures]
    return len(found) == measures and all(len(measure.units) == UNITS for measure in found)


def _write(path: Path, measures: int) -> None:
    """A sheet such as offices make: a title, headings, and a row for each measure."""
    draw = random.Random(1)
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("任务清单")
        sheet.write_string(0, 0, "云溪市重点工作任务清单（2026-2028年）")
        for place, heading in enumerate(_HEADINGS):
            sheet.write_string(1, place, heading)
        for n in range(1, measures + 1):
            lead, *others = draw.sample(_BUREAUS, UNITS)
            thing, doing = draw.choice(_THINGS), draw.choice(_DOINGS)
            row = (
                str(n),
                f"{thing}{doing}工程",
                f"第{n}批{thing}{doing}，完成{draw.randint(2, 90)}处，建立长效管理机制",
                f"{draw.randint(2026, 2028)}年{draw.randint(1, 12)}月底前",
                f"区{lead}",
                "、".join(f"区{other}" for other in others),
            )
            for place, text in enumerate(row):
                sheet.write_string(n + 1, place, text)
