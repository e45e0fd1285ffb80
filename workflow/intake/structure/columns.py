"""What the columns of a list mean, by the names of their header cells and not by their place."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache

from workflow.intake.content import Cell, Passage
from workflow.intake.source import key


class Column(Enum):
    """What a column holds."""

    SERIAL = auto()
    GROUP = auto()
    TASK = auto()
    TEXT = auto()
    SCHEDULE = auto()
    UNITS = auto()
    LEAD = auto()
    SUPPORTING = auto()
    PERSON = auto()
    PROMISE = auto()
    STEP = auto()
    REMARK = auto()
    UNKNOWN = auto()


WORDS = frozenset({Column.GROUP, Column.TASK, Column.TEXT})
UNIT_COLUMNS = frozenset({Column.UNITS, Column.LEAD, Column.SUPPORTING})
_ORG = "(?:单位|部门|处室|科室|机构|主体)"
_TIME = (
    r"(?:20\d\d年)?(?:第?[一二三四1-4]季度末?|上半年|下半年|[1-9]月(?:份|底|末)?|1[0-2]月(?:份|底|末)?"
    r"|\d{1,2}[-至—]\d{1,2}月(?:份)?)"
)
_NAMES = (
    (Column.SERIAL, r"序号|编号|序|号|No\.?|项次|任务编号|清单编号"),
    (
        Column.PERSON,
        r"(?!.*(?:单位|部门)).*(?:领导|责任人|负责人|联系人|联络员|负责同志|市长|区长|县长|电话|联系方式)(?:及.*)?(?:\(.*\))?",
    ),
    (
        Column.LEAD,
        rf"(?:责任)?(?:牵头|主办|主责|主要责任|第一责任|承办|总牵头|责任牵头|市级牵头|省级牵头)(?:的?责任)?(?:{_ORG}|单位\(部门\)|部门和单位)?(?:及(?:责任人|负责人|联系人|领导).*)?(?:\(.*\))?",
    ),
    (
        Column.SUPPORTING,
        rf"(?:责任)?(?:配合|协办|协同|协助|参与|参加|支持|会办|协作|辅助|指导|业务指导|督办|督导)(?:的?责任)?(?:{_ORG}|部门和单位)?(?:\(.*\))?",
    ),
    (
        Column.UNITS,
        rf"(?:责任|落实|实施|承担|执行|负责|推进|主管|建设|完成|工作|任务)+(?:{_ORG})(?:[和及/、]?{_ORG})?(?:\(.*\))?|责任分工|职责分工|责任落实|分工|{_ORG}|责任(?:单位|部门)(?:[/、及和]).*|牵头\(?责任\)?单位和?配合单位|牵头及配合单位|牵头和配合单位|牵头\(配合\)单位",
    ),
    (
        Column.STEP,
        rf"{_TIME}(?:的)?(?:工作|阶段性?|形象|计划|推进|完成|任务)*(?:目标|进度|任务|计划|安排|节点|内容|成果)?(?:\(.*\))?",
    ),
    (
        Column.SCHEDULE,
        r"(?:计划|拟|预计|要求|目标|任务)*(?:启动|开工|开始|起始|竣工|完工|交工|投产|投用|验收|销号|截止|完成|办结|整改|实施|推进|工作|落实|进度|时间|起止|建设|达成)*(?:的)?(?:时限|时间|期限|年限|进度|节点|日期|安排|周期)(?:安排|要求|节点|计划|进度|表|及要求)?(?:\(.*\))?|时间进度安排|(?:进度|时间)安排(?:及.*)?|完成时限及.*|时间节点要求|(?:计划|建设|施工|合同|总)*工期(?:要求)?",
    ),
    (
        Column.PROMISE,
        r"(?:20\d\d年(?:度|底)?)?(?:工作|年度|主要|预期|阶段性?|量化|任务|考核|绩效|发展|建设|达成|完成|具体|总体|三年|质量|验收|评价)*(?:目标|指标|标准|成果|成效|效果|目标值|目标成效|成果形式|标志性成果|目标任务完成情况|目标要求)(?:\(.*\))?|20\d\d年(?:度)?",
    ),
    (
        Column.REMARK,
        r"备注|说明|依据|(?:任务|事项|工作|项目|问题|议题|线索)?来源|政策依据|备考|(?:目前|当前|最新|工作|项目|任务|整改|落实|完成|办理)*(?:进展|进展情况|完成情况|落实情况|推进情况|整改情况|办理情况)|存在问题|是否.{1,8}",
    ),
    (
        Column.GROUP,
        r"(?:任务|工作|项目|措施|事项|重点|指标|所属|责任|一级|分类|实施|推进|整治|改革|整改|建设|发展|服务|攻坚|创建|保障|主要|问题|行业|政策|治理|目标|业务|专项|提升)*(?:类别|分类|类型|领域|板块|方面|维度|专项|行动|章节|部分|阶段|环节|步骤|模块|条线|主题)(?:名称|划分)?|类|一级(?:任务|指标)|(?:专项)?行动(?:名称)?|大项",
    ),
    (
        Column.TEXT,
        r"(?:主要|重点|具体|工作|落实|推进|实施|任务|改革|整改|建设|细化|分解|政策|支持)*(?:举措|措施|内容|事项|要求|做法|要点|任务分解|任务清单)(?:[及和与].*|\(.*\))?|(?:二|三)级(?:任务|指标)|具体(?:工作)?任务|细化任务|工作任务及.*|任务描述|工作描述|项目内容|任务及?措施|任务举措",
    ),
    (
        Column.TASK,
        r"(?:主要|重点|工作|目标|改革|年度|核心|攻坚|建设|重大|任务|实施|整改|实事|民生|牵头)*(?:任务|项目|工作|工程|事项|名称|目标任务|项目名称|任务名称|问题)(?:\(.*\))?",
    ),
)
_ANY_ORG = r"(?:单位|部门|处室|科室|股室|机构|主体|专班|镇街|镇[（(]街[)）]|街道|乡镇|园区|业主)"
_BRACKETS = re.compile(r"\([^()]*\)")
_LIKELY_NAMES = tuple(
    (column, re.compile(form))
    for column, form in (
        (Column.TASK, r"(?:反馈|整改|突出|主要|具体)?问题(?:描述|清单|表述|内容)?"),
        (Column.REMARK, r".*(?:报送|提出|审批|审核|验收|检查|督察|督查|反馈|来源|填报|填表|计量|销号).*"),
        (Column.LEAD, rf".{{0,6}}(?:牵头|主责|主办|承办).{{0,4}}{_ANY_ORG}"),
        (Column.SUPPORTING, rf".{{0,6}}(?:配合|协办|协同|参与|参加|协助|联合|会办|次要).{{0,4}}{_ANY_ORG}"),
        (
            Column.UNITS,
            rf".{{0,8}}(?:责任|负责|实施|落实|主管|监管|业主|组织|承建|建设|项目).{{0,4}}{_ANY_ORG}|部门分工|单位分工|(?:责任|项目)业主|责任|负责",
        ),
        (
            Column.SCHEDULE,
            r".{0,6}(?:完成|办结|结束|完工|竣工|整改|截止|达成)(?:的)?(?:时间|时限|期限|月份|季度|日期|节点|年月|年份)|(?:推进|工作)时序",
        ),
        (
            Column.TEXT,
            r"(?:20\d\d年(?:度|底)?)?(?:建设|工程|工作|年度|项目)*(?:形象进度|形象目标|规模)|(?:建设|工程|项目|工作)+内容(?:及|和).{1,6}|20\d\d年(?:度|底)?.{0,4}任务",
        ),
        (Column.GROUP, r"[\u4e00-\u9fff]{2,4}(?:方向|领域|板块|类别)|大类|小类"),
    )
)
_STEP_TIME = re.compile(_TIME)
_MEANINGS = tuple((column, re.compile(form)) for column, form in _NAMES)
_NAME_LONGEST = 24
_TIER = re.compile(r"(?:[省市区县镇州]级|[省市区县]直|乡镇|镇街|街道|属地)(?=.)")
"""Whose units a column holds: 市级责任单位, 属地责任单位."""
_COMMON = (
    "(?:序号|编号|重点任务|主要任务|工作任务|目标任务|任务类别|任务名称|具体举措|主要举措|工作举措|工作措施|具体措施|主要措施|工作内容|主要内容"
    "|任务|举措|措施|内容|进度安排|时间安排|完成时限|完成时间|时间节点|时限|责任单位|牵头单位|配合单位|责任部门|牵头部门|责任领导|备注)"
)
_RUN_TOGETHER = re.compile(rf"(?=.{{0,40}}(?:单位|部门)){_COMMON}{{4,}}")
_WORDY = re.compile(
    r"\w{1,8}(?:任务|举措|措施|事项|内容|名称|项目|工程|问题|工作|要点|政策|制度|活动)(?:\(.*\))?"
)
_BARE_UNIT = "单位"
"""Of measure, not of government, in a table of indicators."""


def time_of(name: str) -> str:
    """The time that a column of steps is named after: 一季度 of 一季度目标."""
    found = _STEP_TIME.match(key(name))
    return found[0] if found else ""


@lru_cache(maxsize=20_000)
def meaning(name: str) -> Column:
    """What a column of that name holds."""
    plain = key(name)
    if not plain or len(plain) > _NAME_LONGEST:
        return Column.UNKNOWN
    found = next((column for column, form in _MEANINGS if form.fullmatch(plain)), Column.UNKNOWN)
    if found is Column.UNKNOWN and (tier := _TIER.match(plain)):
        of_tier = meaning(plain[tier.end() :])
        found = of_tier if of_tier in UNIT_COLUMNS else found
    return found


@lru_cache(maxsize=20_000)
def likely_meaning(name: str) -> Column:
    """As `meaning`; a name that is not known by the words in it (整改牵头单位)."""
    found, plain = meaning(name), key(name)
    if found is not Column.UNKNOWN or not plain or len(plain) > _NAME_LONGEST:
        return found
    bare = _BRACKETS.sub("", plain)
    if bare != plain and meaning(bare) is not Column.UNKNOWN:
        return meaning(bare)
    return next((column for column, form in _LIKELY_NAMES if form.fullmatch(bare)), found)


def _likely(name: str) -> Column:
    """As `likely_meaning`; a name that is not known holds words where it ends as such names do (政策名称)."""
    found = likely_meaning(name)
    return Column.TASK if found is Column.UNKNOWN and _WORDY.fullmatch(key(name)) else found


def is_header(names: Sequence[str]) -> bool:
    """Whether these names are the header of a list: words and units among them, most of them known."""
    meanings = [_likely(name) for name in names if name]
    known = [column for column in meanings if column is not Column.UNKNOWN]
    if any("指标" in name for name in names) and _BARE_UNIT in {key(name) for name in names}:
        return False
    has_words = any(column in WORDS or column is Column.PROMISE for column in known)
    has_rest = any(column in UNIT_COLUMNS or column is Column.SCHEDULE for column in known)
    return has_words and has_rest and len(known) * 2 >= len(meanings)


def runs_together(text: str) -> bool:
    """Whether a line holds the names of a list's columns with nothing between them, cells behind them or not."""
    found = _RUN_TOGETHER.match("".join(text.split()))
    return found is not None


def columns_of(names: Sequence[str]) -> tuple[Column, ...]:
    """The meaning of each column. Where no column holds words, the first that is a promise does."""
    found = [_likely(name) for name in names]
    if not any(column in WORDS for column in found) and Column.PROMISE in found:
        found[found.index(Column.PROMISE)] = Column.TEXT
    return tuple(found)


def header_names(row: Sequence[Cell], below: Sequence[Cell] | None) -> list[str]:
    """The names of the columns of a header of one row, or of two: the lower name where it says more."""
    if below is None:
        return [cell.text for cell in row]
    return [_name(upper, lower) for upper, lower in zip(row, below, strict=True)]


def is_second_header(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether `below` goes on with the header `row`: it names columns under a spread cell and nothing else."""
    named = [
        (upper, lower)
        for upper, lower in zip(row, below, strict=True)
        if lower.text and not lower.is_continued and lower.text != upper.text
    ]
    if not named or all(lower.is_spread for _, lower in named):
        return False
    known = sum(meaning(lower.text) is not Column.UNKNOWN for _, lower in named)
    if _goes_on_below(row, below) and (known * 2 >= len(named) or _names_reach_down(row, below)):
        return True
    split = any(upper.is_spread or not upper.text for upper, _ in named)
    return split and all(meaning(lower.text) is not Column.UNKNOWN for _, lower in named)


def _goes_on_below(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether every cell of the upper row that is not spread reaches down into the lower one, and some do."""
    down = [lower.is_continued for upper, lower in zip(row, below, strict=True) if lower.is_continued]
    own = (
        upper.is_spread or later.is_spread
        for upper, later, lower in zip(row, [*row[1:], Cell(Passage(""))], below, strict=True)
        if lower.text and not lower.is_continued
    )
    return bool(down) and all(own)


def _names_reach_down(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether most cells of `below` are those above it, and most of these name columns: no row of a list is so."""
    down = [upper.text for upper, lower in zip(row, below, strict=True) if lower.is_continued]
    known = sum(meaning(name) is not Column.UNKNOWN for name in down)
    return len(down) * 2 > len(row) and known * 2 > len(down)


def _name(upper: Cell, lower: Cell) -> str:
    if not lower.text or lower.is_continued or lower.text == upper.text:
        return upper.text
    return lower.text if not upper.text or meaning(lower.text) is not Column.UNKNOWN else upper.text
