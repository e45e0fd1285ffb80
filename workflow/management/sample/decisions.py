"""What the supervision office decided before the plan went on the ledger: the recorded decisions of the sample.

The document says 持续推进 everywhere and names 各街道 and 等相关部门 as units. Each line of the tables here is one
decision with its reason. A measure is named by section and number: "02-04" is the fourth of the second section;
the ninth section is 组织实施.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from accounts.models import BureauKind
from workflow.management.sample.period import Period
from workflow.models.measure import CycleLength, EvaluationDue
from workflow.models.responsible_unit import UnitKind

Due = Callable[[Period], date]

MONTH, QUARTER, YEAR = CycleLength.MONTH, CycleLength.QUARTER, CycleLength.YEAR
NEVER, LAST = EvaluationDue.NEVER, EvaluationDue.LAST


def start(days: int) -> Due:
    """So many days after the period's first."""
    return lambda period: period.from_start(days)


def today(working_days: int) -> Due:
    """So many working days from today."""
    return lambda period: period.from_today(working_days)


def end(period: Period) -> date:
    """The period's last day."""
    return period.end


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a measure is due, or how long its cycles are; whether it is evaluated; and why."""

    key: str
    when: Due | CycleLength
    why: str
    evaluation: EvaluationDue = NEVER

    @property
    def cycle(self) -> str:
        """The cycle's length, "" for a dated measure."""
        return "" if callable(self.when) else self.when.value


SCHEDULES: tuple[Schedule, ...] = (
    Schedule("01-01", QUARTER, "学校教学以学期为单位，按季度能看到开课、备课和培训的实际进度。"),
    Schedule("01-02", MONTH, "德育活动逐月安排，主题教育有月度计划，按月报送，无变化的一键报送。"),
    Schedule("01-03", QUARTER, "课后服务和劳动课程随教学进度推进，按季度办理。"),
    Schedule("01-04", end, "原文四项指标都写明期末达到，以指标期限为办结期限。", LAST),
    Schedule("01-05", QUARTER, "垃圾分类和绿色校园创建为常态工作，按季度办理。"),
    Schedule("02-01", end, "原文入园率、普惠率和两项专项治理都写明期末到位，以指标期限为办结期限。"),
    Schedule("02-02", today(-2), "标志性成果是第三轮现代化标准建设全部完成，以验收日为期限。"),
    Schedule("02-03", today(-20), "标志性成果是各高中校本实施方案和特色课程基地，以学年评估前为期限。", LAST),
    Schedule("02-04", YEAR, "生均经费和免费教育按预算年度核定，按年度办理。"),
    Schedule("02-05", QUARTER, "社区教育四级网络由各街道分步建设，按季度办理。"),
    Schedule("03-01", QUARTER, "职业培训人次按季度统计，与人社部门口径一致。"),
    Schedule("03-02", end, "等市级产教融合试点办法印发后交办，以方案期末为期限。"),
    Schedule("03-03", today(6), "标志性成果是两处实训基地启用，以启用日为期限。"),
    Schedule("03-04", today(24), "当年协作协议载明的帮扶任务有截止日，以协议截止日为期限。"),
    Schedule("04-01", QUARTER, "师德考核和宣讲按学期、季度开展，按季度办理。"),
    Schedule("04-02", today(-18), "标志性成果是人才管理办法出台，以区委常委会议定日期为期限。", LAST),
    Schedule("04-03", start(180), "标志性成果是招聘和职级制改革方案落地，须在新学年教师入职前完成。", LAST),
    Schedule("04-04", today(-9), "工资联动核定一年一次，以当年核定工作结束日为期限。"),
    Schedule("05-01", today(-12), "标志性成果是平台升级上线，以合同验收日为期限。", LAST),
    Schedule("05-02", today(26), "标志性成果是智慧教室改造和信息素养测评，以项目结项日为期限。", LAST),
    Schedule("05-03", today(-8), "标志性成果是教育数据标准印发并完成基础数据归集，以项目结项日为期限。"),
    Schedule("06-01", today(22), "三地年度合作计划有截止日，以计划截止日为期限。"),
    Schedule("06-02", today(30), "结对协议按年签订，以协议期满日为期限。"),
    Schedule("07-01", end, "当年交流项目名单待市级批复，批复后交办，以方案期末为期限。"),
    Schedule("07-02", today(-4), "夏（冬）令营和教师研修按年度计划执行，以年度计划截止日为期限。"),
    Schedule("08-01", today(9), "院区合作协议约定中期成果提交日，以该日为期限。"),
    Schedule("08-02", start(95), "招生办法须在当年招生工作启动前印发。"),
    Schedule("08-03", QUARTER, "校外培训机构治理为联合监管的常态工作，按季度办理。"),
    Schedule("08-04", QUARTER, "校园安全和食品安全为常态工作，按季度办理。"),
    Schedule("09-01", YEAR, "党建工作按年度部署和述职，按年度办理。"),
    Schedule("09-02", QUARTER, "台账和统筹协调机制持续运行，按季度办理。"),
    Schedule("09-03", today(-25), "预算执行分析与追加安排有截止日，以该日为期限。", LAST),
    Schedule("09-04", end, "等相关部门尚待明确，明确牵头科室后交办，以方案期末为期限。"),
)


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """What stands behind a unit that is no bureau: every bureau of a kind, or the day it is resolved by."""

    key: str
    kind: UnitKind
    why: str
    every: str = ""
    resolve_by: Due | None = None


COLLECTIVE, OPEN_ENDED = UnitKind.COLLECTIVE, UnitKind.OPEN_ENDED
STREETS = BureauKind.SUBDISTRICT.value

OPEN_UNITS: tuple[OpenUnit, ...] = (
    OpenUnit("02-01", COLLECTIVE, "学前资源补建涉及每个街道，六个街道各领一份。", every=STREETS),
    OpenUnit("02-05", COLLECTIVE, "社区教育四级体系要求街道全覆盖。", every=STREETS),
    OpenUnit("08-03", COLLECTIVE, "无证机构排查按属地落实，六个街道各领一份。", every=STREETS),
    OpenUnit(
        "08-03",
        OPEN_ENDED,
        "清单比正文多出等相关部门，是否增列消防、民政由督查室商定。",
        resolve_by=start(120),
    ),
    OpenUnit("09-04", OPEN_ENDED, "教育督导室以外的部门待区政府教育督导委员会明确。", resolve_by=today(15)),
)


def schedule_of(key: str) -> Schedule:
    """The decision on the measure `key`; raises StopIteration where there is none."""
    return next(one for one in SCHEDULES if one.key == key)
