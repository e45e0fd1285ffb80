"""An invented plan in the layout of published ones: a narrative, then its task list, each cell a line."""

from workflow.actions.loading import MeasureInput
from workflow.intake.plan_read import PlanRead
from workflow.intake.reader_warnings import Caution, ReaderWarning
from workflow.intake.reading import read_files

NARRATIVE = """\
 河湾区绿道建设行动方案（2026-2028年）
为让居民出门就能走上绿道，制定本方案。
一、总体目标
沿河成网，处处相连。
二、重点任务
（一）实施绿道贯通行动
1.打通沿河断点。拆除围挡，架设步行桥。到2027年，沿河断点减少90%以上，贯通里程超过40公里。（责任单位：区园林局、区水务局、各街道）
2.修补破损路面。逐段检查，随坏随修。（责任单位：区园林局）
（二）实施绿道便民行动
1.增设驿站。驿站备有饮水和急救箱。（责任单位：区文化和旅游局、公安**分局、区财政局）
三、保障措施
（一）加强统筹
每季度碰头一次，互通进度。（责任单位：区政府办公室、区园林局等部门）
（二）落实资金
资金列入预算，逐年评估。（责任单位：区财政局）
"""

LIST = """\
 河湾区绿道建设任务清单（2026-2028年）
主要任务
序号
落实举措及标志性成果
进度安排
责任单位
（一）实施绿道
贯通行动
打通沿河断点。拆除围挡。
2027年12月底前
区园林局、区水务局、各街道等相关部门
（一）实施绿道贯通行动
修补破损路面。随坏随修。
持续推进
区园林局
（二）实施绿道便民行动
（二）实施绿道便民行动
增设驿站。驿站备有饮水。
持续推进
区文化和旅游局、公安**分局、区财政局
"""

WHOLE = NARRATIVE + LIST


def changed(*changes: tuple[str, str], text: str = WHOLE) -> str:
    """The text with each (old, new) put in once; a change that finds nothing is the test's mistake."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def read(text: str = WHOLE) -> PlanRead:
    """The text as the reader of documents sees it."""
    return read_files([("greenway.txt", text.encode())])


def measures(plan: PlanRead) -> dict[str, MeasureInput]:
    """All measures by title."""
    return {measure.title: measure for section in plan.plan.sections for measure in section.measures}


def units(measure: MeasureInput) -> list[str]:
    """The units as written, lead first marked with a star."""
    return [("*" if unit.is_lead else "") + unit.text for unit in measure.units]


def warned(plan: PlanRead, code: Caution) -> list[ReaderWarning]:
    """The warnings of one kind."""
    return [warning for warning in plan.warnings if warning.code is code]


def line_of(piece: str, text: str = WHOLE, *, after: str = "") -> int:
    """The number of the first line that holds `piece`, behind the first that holds `after`."""
    lines = text.split("\n")
    start = next(n for n, line in enumerate(lines) if after in line)
    return next(n for n, line in enumerate(lines[start:], start=start + 1) if piece in line)
