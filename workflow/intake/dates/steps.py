"""What a schedule cell says, clause by clause: a date and what is done by it, a cycle, or that the work goes on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from workflow.intake.dates.dates import FoundDate, all_dates
from workflow.intake.period import Period


class Sort(Enum):
    """What one clause of a schedule says."""

    BARE = auto()  # a date alone
    DONE = auto()  # completed by a date
    STARTED = auto()  # begun by a date
    STAGE = auto()  # a first result by a date
    OTHER = auto()  # something else by a date
    ONGOING = auto()  # the work goes on
    FROM = auto()  # it goes on from a date
    UNTIL = auto()  # it is in force up to a date
    CYCLE = auto()  # it comes again
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """A clause between two places of the cell, sorted; `rest` is what it says beside its date."""

    start: int
    end: int
    sort: Sort
    rest: str
    found: FoundDate | None = None
    cycle: str = ""


_BREAK = re.compile(r"[，,；;。、()（）\n]+|[/\\](?!\d)")
_AND_ON = re.compile(r"(?<=[\u4e00-\u9fff])(?<![以之])(?:并|且|后)(?=持续|长期|常态|常年)")
_ADVERB = (
    r"(?:并|且|后|纳入|转入|以后|同时|全年|全面|今后|其后|此后|之后|年度|长期|持续|常年|常态化?|长效化?|动态"
    r"|经常性?|日常性?|滚动|接续|定期|不间断"
    r"|不断|始终|一直|深入|稳步|有序|逐步|全程|全过程|贯穿|始终|跟踪|随时|滚动式|每年|积极|扎实|深化|抓好|永久)"
)
_VERB = (
    r"(?:推进|坚持|实施|开展|落实|抓好|抓|跟踪|跟进|深化|巩固|提升|完善|优化|加强|更新|调整|管理|监测|用力"
    r"|发力|运行|进行|强化|推动|做好|执行"
    r"|保持|保障|督促|督导|检查|指导|整改|见效|维护|服务|宣传|排查|整治|贯彻|工作|任务|制度|机制|管控|监管"
    r"|评估|改进|组织|化|中|性)"
)
_GOES_ON = re.compile(rf"{_ADVERB}+{_VERB}*")
_GOES_ON_WITH = re.compile(
    r"^(?:并|且|后|同时|分步|分批)?(?:持续|长期|常态|常年|长效|动态|滚动|不断|跟踪|全年|全程)"
)
_SURE = re.compile(
    r"持续|长期|常年|常态|长效|动态|经常|日常|滚动|接续|定期|不间断|始终|一直|全程|全过程|贯穿|跟踪|全年|永久"
)
_CYCLES = (
    ("half_year", re.compile(r"每(?:个)?(?:半年|学期)|按半年|半年度?(?:一次|1次)|每年(?:两|2)次|逐?半年度")),
    ("quarter", re.compile(r"每(?:个)?季度?|按季度?|逐季|季度(?:性|一次)|^季度$")),
    ("month", re.compile(r"每(?:个)?(?:月|周|日|天|旬)|按(?:月|周|日)|逐月|月度|^月$")),
    ("year", re.compile(r"每(?:个)?(?:年|学年)|按年|逐年|分年度|年度(?:性|一次)|^年度$")),
)
_DONE = re.compile(
    r"完成|办结|建成|竣工|完工|到位|验收|交付|结束|办理完毕|达标|销号|清零|全面|见效|建立|落地|整改|收官|落实"
)
_STARTED = re.compile(r"启动|开工|动工|开始|部署|进场|破土|开展前期")
_STAGE = re.compile(
    r"阶段性|初步|取得[^，。；]{0,6}(?:进展|成效|突破|成果)|过半|完成(?:[1-9]\d?%|过半)|形象进度|中期"
)
_UNTIL = re.compile(
    r"(?:(?:实施|执行|试行|施行|政策|有效|适用)(?:期限?|时间|时限|有效期)?|有效期限?)"
    r"(?:为|是|：|:)?(?:自[^至到，。；]{0,20})?(?:截?[至到]|延[长续][至到])?$"
)
_FROM_BEFORE = re.compile(r"(?:自|从)$")
_FROM_AFTER = re.compile(r"(?:及?其?)?(?:起|开始|以后|之后)")
_AGAIN = re.compile(r"起?(?:[每逐按]|全年)")
_WORDS_OF_DATES = re.compile(
    r"^(?:到|至|于|在|截至|截止到?|确保|力争|争取|自|从|计划|预计|拟|原则上)+|(?:之?前|以前|左右|期间|内|底"
    r"|末|份)+$"
)
_LEADING_UP = re.compile(r"(?:到|至|于|在|截至|截止到?)$")
_LEFT_OVER = re.compile(
    r"\d+\s?[月日号年]|\d{4}|[〇零一二三四五六七八九十两几\d]+(?:个)?(?:工作日|月|日|天|周|年|季度|小时)(?:之"
    r"|以)?内"
)


def steps_in(cell: str, period: Period) -> tuple[Step, ...]:
    """The clauses of a cell without blanks, in order; a clause ends at a sign, or where the next date begins."""
    dates = all_dates(cell, period)
    dated = [found for found in dates if not found.is_recurring]
    return tuple(
        _step(cell, start, end, next((found for found in dated if start <= found.start < end), None))
        for start, end in _clauses(cell, dates)
    )


def _clauses(cell: str, dates: tuple[FoundDate, ...]) -> Iterator[tuple[int, int]]:
    cuts = {0, len(cell)}
    whole = [(found.start, found.end) for found in dates]
    whole += [
        (before.end, found.start)
        for before, found in pairwise(dates)
        if found.is_recurring and found.start - before.end < 3
    ]
    for sign in _BREAK.finditer(cell):
        if not any(start <= sign.start() < end for start, end in whole):
            cuts |= {sign.start(), sign.end()}
    for before, found in pairwise(dates):
        if not found.is_recurring and not _BREAK.search(cell, before.end, found.start):
            cuts.add(found.start)
    cuts |= {sign.start() for sign in _AND_ON.finditer(cell)}
    places = sorted(cuts)
    for start, end in pairwise(places):
        if not _BREAK.fullmatch(cell, start, end):
            yield start, end


def _step(cell: str, start: int, end: int, found: FoundDate | None) -> Step:
    if found is None:
        rest = cell[start:end]
        sort, cycle = _sort_without_date(rest)
        return Step(start, end, sort, rest, None, cycle)
    before, after = cell[start : found.start], cell[found.end : end]
    rest = (_WORDS_OF_DATES.sub("", _LEADING_UP.sub("", before)) + _WORDS_OF_DATES.sub("", after)).rstrip(":")
    if cycle := _cycle(before):
        return Step(start, end, Sort.CYCLE, rest, None, cycle)
    cycle = _cycle(after) if _AGAIN.match(after) else ""
    return Step(start, end, _sort_with_date(before, after, rest, found, cycle), rest, found, cycle)


def _sort_without_date(text: str) -> tuple[Sort, str]:
    if cycle := _cycle(text):
        return Sort.CYCLE, cycle
    if _GOES_ON.fullmatch(text) and _SURE.search(text):
        return Sort.ONGOING, ""
    return Sort.UNCLEAR, ""


def _sort_with_date(before: str, after: str, rest: str, found: FoundDate, cycle: str) -> Sort:
    if _UNTIL.search(before):
        return Sort.UNTIL
    if _FROM_AFTER.match(after) or (_FROM_BEFORE.search(before) and not found.is_span):
        return Sort.FROM
    if cycle or found.is_whole_year or _GOES_ON.fullmatch(rest) or _GOES_ON_WITH.match(rest):
        return Sort.ONGOING
    if not rest:
        return Sort.BARE
    forms = ((Sort.STAGE, _STAGE), (Sort.DONE, _DONE), (Sort.STARTED, _STARTED))
    return next((sort for sort, form in forms if form.search(rest)), Sort.OTHER)


def _cycle(text: str) -> str:
    return next((cycle for cycle, form in _CYCLES if form.search(text)), "")


def is_left_over(step: Step) -> bool:
    """Whether words of a date in a clause were not understood (13月; 印发后30日内; 已于2025年完成)."""
    return not step.cycle and (bool(_LEFT_OVER.search(step.rest)) or step.rest.startswith("已"))
