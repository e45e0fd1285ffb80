"""The ongoing measures: every cycle reported, consolidated and verified in its time, with what went wrong in some."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workflow.clock.cycles import CyclePlan, lay_out
from workflow.management.sample.diary import drawn
from workflow.management.sample.life import Life
from workflow.management.sample.period import Period
from workflow.management.sample.share_life import ShareLife
from workflow.rules.numbers import Numbers

SHORTEST = 8
"""A measure is not dispatched when fewer working days than this are left to its first report."""

PROMPT = 9
"""Bureaus report at most so many working days before their date."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """A report that came back: why, and what was added to it the second time."""

    reason: str
    addition: str


RETURNED: Mapping[tuple[str, int, str], Mishap] = {
    ("01-01", 2, "区委宣传部"): Mishap(
        "只写了场次，没有写覆盖了哪些学校。请补充未覆盖学校名单。", "未安排宣讲的9所学校名单已附在台账后。"
    ),
    ("01-03", 1, "区教育局"): Mishap(
        "参加率的分母不清楚，是在校生数还是有需求的学生数？", "参加率以在校学生数为分母，已在汇总表中注明。"
    ),
    ("08-03", 2, "区市场监管局"): Mishap(
        "移交案件数与发展改革委报告不一致，请核对。", "经核对，另有1件管辖权不属本区，已转办，两家数字一致。"
    ),
    ("08-04", 1, "区卫生健康委"): Mishap("缺少疫情监测的起止日期。", "监测期为本周期首日至报送前一日。"),
    ("09-02", 1, "区财政局"): Mishap("拨付进度请写明统计截止日。", "拨付进度统计至报送当日。"),
}
"""By measure, cycle and bureau."""

MISSED = ("01-05", 2, ("区城市管理委",))
"""The measure and cycle that was recorded as missed, and the bureaus that never reported in it."""

MISSED_WHY = "区城市管理委经两次催报仍未报送，牵头单位无法汇总，本周期记为漏报，要求下周期一并说明。"

FORCED = ("08-03", "松林街道", "交办后两个工作日未签收，电话联系后仍未处理，强制签收并抄送街道负责人。")
"""The share that a supervisor accepted for its bureau."""

WITHDRAWN = ("03-01", 1, "区人社局")
"""The report that its handler took back the same day and sent anew."""

HANDED = ("08-04", 1, "区市场监管局", "scj.jb")
"""The share whose head handed the first report's work to the other handler (beginning of the user name)."""


def first_day(period: Period, length: str, earliest: date) -> date:
    """The day of dispatch: `earliest`, or the next cycle's beginning where too little is left of this one."""
    first = lay_out(length, earliest, period.end, period.calendar, Numbers())[0]
    left = period.calendar.working_days_between(earliest, first.share_due)
    return earliest if left >= SHORTEST else period.after(first.end, 1)


def live(life: Life, dispatched: date, length: str) -> None:
    """Write down the whole period of a measure dispatched on `dispatched`; the diary plays what lies before today."""
    period = life.world.period
    life.accept_all(period.after(dispatched, 1), but=[FORCED[1]] if life.key == FORCED[0] else [])
    if life.key == FORCED[0]:
        life.shares[FORCED[1]].force_accept(period.after(dispatched, 4), FORCED[2])
    start = max(period.start, dispatched)
    cycles = lay_out(length, start, period.end, period.calendar, Numbers())
    for index, cycle in enumerate(cycles, start=1):
        if cycle.start >= period.today:
            return
        if (life.key, index) == MISSED[:2]:
            _miss(life, cycle)
        else:
            _go_through(life, index, cycle)


def _go_through(life: Life, index: int, cycle: CyclePlan) -> None:
    period = life.world.period
    for share in life.shares.values():
        early = 1 + drawn(f"{share.key}{share.bureau}{index}", PROMPT)
        day = period.after(cycle.share_due, -early)
        _report(life, share, index, day)
    if not life.is_single:
        life.consolidate(period.after(cycle.share_due, 1))
        life.sign(period.after(life.thread.day, 1))
    wait = 1 + drawn(f"{life.key}{index}核查", 3)
    life.verify(period.after(life.thread.day, wait), visit=drawn(f"{life.key}{index}", 4) == 0)


def _report(life: Life, share: ShareLife, index: int, day: date) -> None:
    """One bureau's report, with the mishap that the tables name for it."""
    period = life.world.period
    place = (share.key, index, share.bureau)
    if place == HANDED[:3]:
        pair = [life.world.people[f"{HANDED[3]}{n}"] for n in (1, 2)]
        share.hand_over(period.after(day, -1), next(one for one in pair if one != share.handler))
    share.submit(day)
    if place == WITHDRAWN:
        share.withdraw(share.thread.day)
        share.submit(share.thread.day, again="（更正：补贴发放人次已剔除重复。）")
    if place in RETURNED:
        share.send_back(period.after(share.thread.day, 1), RETURNED[place].reason)
        share.submit(period.after(share.thread.day, 1), again=RETURNED[place].addition)
    share.approve(period.after(share.thread.day, drawn(f"{place}", 2)))


def _miss(life: Life, cycle: CyclePlan) -> None:
    """All but the named bureaus report; a supervisor records the cycle as missed some days after its date."""
    for share in life.shares.values():
        if share.bureau not in MISSED[2]:
            share.report(life.world.period.after(cycle.share_due, -2))
    life.miss(life.world.period.after(cycle.due, 4), MISSED_WHY)
