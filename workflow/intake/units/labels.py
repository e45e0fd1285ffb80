"""The labels of a statement: 责任单位：, 牵头部门, 完成时限：, 责任人：, wherever a line end breaks them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from workflow.intake.units.roles import UnitRole


class LabelKind(Enum):
    """What a label announces."""

    LEAD = auto()
    SUPPORTING = auto()
    RESPONSIBLE = auto()
    LEADERS = auto()
    SCHEDULE = auto()
    OTHER = auto()


ROLES = {
    LabelKind.LEAD: UnitRole.LEAD,
    LabelKind.SUPPORTING: UnitRole.SUPPORTING,
    LabelKind.RESPONSIBLE: UnitRole.RESPONSIBLE,
}


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its place; `is_certain` says that a colon or a bracket of its own marks it as one."""

    kind: LabelKind
    start: int
    end: int
    is_certain: bool


def _broken(words: str) -> str:
    """The alternatives of `words`, each of which a line end or blank may break anywhere."""
    return "|".join(r"\s*".join(word) for word in sorted(words.split(), key=len, reverse=True))


_WORDS = {
    LabelKind.LEAD: _broken(
        "牵头 总牵头 主牵头 主要牵头 责任牵头 牵头责任 牵头负责 牵头实施 主办 主责 主要责任 主要负责 第一责任 首要责任 首责 主体责任 领办 市级牵头 省级牵头 区级牵头"
    ),
    LabelKind.SUPPORTING: _broken(
        "配合 配合责任 责任配合 协办 协同 协助 协作 协同配合 协助配合 参加 参与 参与配合 支持 会办 联动 指导 督办 督查 督导 监督 监管 业务指导 共同参与"
    ),
    LabelKind.RESPONSIBLE: _broken(
        "责任 具体责任 工作责任 落实 责任落实 任务落实 实施 责任实施 具体实施 组织实施 承办 承担 承接 负责 执行 主管 完成 推进 办理 整改 整改责任 分工 共同责任"
    ),
}
_NOUN = f"(?:{_broken('单位 部门 主体 专班 镇街 乡镇 街道 区县 县区 处室 科室 机构 委办局 地区 责任单位 责任部门 单位部门')})"
_JOIN = r"\s*(?:[（(/／、]|及|和|与|或)\s*"
_ALL = "|".join(_WORDS.values())
_LEVEL = r"(?:(?:此|该|本)(?:项|条|款)?(?:工作|任务|措施|举措|事项|行动)?的?)?(?:其他|其它|相关|有关|主要|具体)?(?:[省市区县镇州]\s*级?\s*(?:直)?)?"
_COLON = r"\s*(?:[：:﹕︰∶]|—{1,2}(?=\S))\s*"
_WORD = f"(?:{_ALL})(?:{_JOIN}(?:{_ALL})[）)]?)?"
_MORE = rf"(?:{_JOIN}(?:(?:{_ALL})?{_NOUN}|(?:职责)?分工|联系人|责任人|责任领导|地区)[）)]?)?"
_UNITS = rf"{_LEVEL}(?P<word>{_WORD})\s*(?P<noun>{_NOUN})?{_MORE}"
_DIVISION = _broken("责任分工 职责分工 任务分工 工作分工 分工 单位分工 部门分工 责任")
_PERSONS = (
    r"(?![^：:]{0,9}(?:单位|部门))[\w（）()/]{0,8}?(?:领\s*导|责\s*任\s*人|负\s*责\s*人|牵\s*头\s*人|联\s*系\s*人|联\s*络\s*员|经\s*办\s*人|包\s*抓\s*人"
    r"|联系(?:方式|电话)|电话)(?:及\w{1,6})?"
)
_TIMES = _broken(
    "完成时限 完成时间 完成期限 完成节点 完成日期 办结时限 办结时间 办理时限 时间安排 进度安排 时间进度 时间节点 时间要求 时限要求 进度要求 进度计划 工作时限"
    " 整改时限 整改期限 实施时限 实施期限 实施时间 实施周期 计划完成时间 计划时限 推进时间 推进计划 落实时限 时限 期限 时间 节点 工作进度 预计完成时间"
)
_TIER = r"(?:国家|中央|地方|[省市区县镇乡村街州]{1,3})(?:级?层面|级?方面|级)"
_MARKED = re.compile(
    rf"(?:(?P<persons>{_PERSONS})|(?P<times>{_TIMES})|(?P<units>{_UNITS})|(?P<division>{_DIVISION}|{_TIER}))(?:名称)?"
    rf"(?P<colon>{_COLON})"
)
_OWN_BRACKET = re.compile(
    rf"[（(\[【〔]\s*(?:(?P<persons>{_PERSONS})|(?P<times>{_TIMES})|(?P<units>{_UNITS})|(?P<division>{_DIVISION}))\s*"
    rf"(?:[：:]\s*)?[）)\]】〕](?:{_COLON})?"
)
_UNMARKED = re.compile(
    rf"(?P<units>{_LEVEL}(?P<word>{_WORD})\s*(?P<noun>{_NOUN}){_MORE})\s*(?:为|是|有|包括)?\s*(?=\S)"
    rf"|(?P<times>{_TIMES})\s*(?:为)?\s*(?=[\d一二三四长持全每年])"
)
_OTHER = re.compile(rf"(?P<other>[\u4e00-\u9fff]{{2,10}}){_COLON}")
_HINT = re.compile(rf"[：:﹕︰∶—]|{_NOUN}|(?:{_TIMES})|[（(\[【〔]\s*(?:{_ALL})\s*[）)\]】〕]")
_STARTS = "；;，,。、\n\t \u3000|｜/！!）)】]"
_NOT_BEFORE = re.compile(r"(?:各|本|该|相关|有关|其他|明确|落实|压实|以|为|的|是|由|对|向)$")


def labels_in(text: str, *, is_bracket: bool) -> list[Label]:
    """The labels of `text` in order; inside a bracket also those without a colon and such of another subject."""
    return list(_labels(text, is_bracket=is_bracket)) if _HINT.search(text) else []


def _labels(text: str, *, is_bracket: bool) -> Iterator[Label]:
    at = 0
    while at < len(text):
        label = _label_at(text, at, is_bracket=is_bracket)
        if label is None:
            at += 1
        else:
            yield label
            at = label.end


def _label_at(text: str, at: int, *, is_bracket: bool) -> Label | None:
    is_start = at == 0 or text[at - 1] in _STARTS
    if (own := _OWN_BRACKET.match(text, at)) and _opens_value(text, at, own):
        return Label(_kind(own), at, own.end(), is_certain=True)
    if text[at].isspace() or not (is_start or text[at] in _FIRST):
        return None
    found = _MARKED.match(text, at)
    if found and (is_start or (found["units"] and found["noun"] and not _NOT_BEFORE.search(text, 0, at))):
        return Label(_kind(found), at, found.end(), is_certain=True)
    if is_bracket and is_start and (found := _UNMARKED.match(text, at)):
        return Label(_kind(found), at, found.end(), is_certain=False)
    if is_bracket and is_start and (found := _OTHER.match(text, at)):
        return Label(LabelKind.OTHER, at, found.end(), is_certain=True)
    return None


_FIRST = frozenset("其有相牵总主责第首领市省区配协参支会联指督监业共具工落任实组承负执完推办整分")


def _opens_value(text: str, at: int, own: re.Match[str]) -> bool:
    """Whether a label in brackets stands before its units, and not behind one: 区水务局（牵头）."""
    before = text[:at].rstrip()
    return text[at] in "【[〔" or not own[0].endswith(("）", ")")) or not before or before[-1] in _STARTS


def _kind(found: re.Match[str]) -> LabelKind:
    groups = found.groupdict()
    if groups.get("persons"):
        return LabelKind.LEADERS
    if groups.get("times"):
        return LabelKind.SCHEDULE
    word = groups.get("word") or ""
    for kind, words in _WORDS.items():
        if re.match(rf"(?:{words})(?:{_JOIN}|$)", word):
            return kind
    return LabelKind.RESPONSIBLE
