"""The plan's own title and period: what stands before the first numbered line, letter heads and addressees apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from workflow.intake.content import Paragraph, Passage, joined
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.period import Period, guessed_period, period_in
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import key
from workflow.intake.structure.serials import mark_of

_KIND = (
    "方案|计划|清单|要点|分工|意见|台账|规划|措施|一览表|办法|任务书|任务表|任务|安排|纲要|行动|分解表|明细表|责任表|工作表|项目表|进度表"
    "|时间表|路线图|举措|指南|细则|任务分解|分解|工作台账|实事|通知|决定|规定|条例|公报|部署|指引|表"
)
_NAMED = re.compile(rf".*(?:{_KIND})[”’』」]?(?:[（(〔\[].*[）)〕\]])?(?:的通知)?[*＊]?")
_NOT_TITLE = re.compile(
    r".*[：:]|附\s*[件表录]\s*[\d一二三四五六七八九十]*[：:]?|.*[〔\[（(]\s*20\d\d\s*[〕\]）)]\s*第?\s*\d+\s*号.*|.*文件|.*[。；;，,、]|.*[>＞|｜].*"
    r"|[（(]?(?:20\d\d|二[〇○零]\w\w)年.{0,3}月.{0,4}日.*|(?:索引号|发文|发布|成文|公开|信息|主题词|来源|日期|时间|标签|浏览|字号|有效性).{0,40}"
    r"|目\s*录|前\s*言|首页.*|.*(?:政务公开|信息公开|网站|门户|无障碍|长者)(?:专栏|地图|目录|平台|首页|导航|模式|浏览)?|走进.{1,8}|当前位置.*|您的位置.*"
)
_LABEL = re.compile(
    r"(?:工作|任务|重点|主要|目标|具体|责任|项目|措施|问题|整改|分工|进度|推进|落实|实施|年度|汇总|附件\d*|\d+)*"
    rf"(?:{_KIND})(?:表|单|台账|清单)*"
)
"""A name that any list may bear, a sheet's above all: it is a plan's title only where there is no other."""
_OF_A_PLACE = re.compile(
    r"(?!.{0,12}(?:人民政府|委员会|办公室|办公厅))[\u4e00-\u9fff]{1,6}?[省市区县州旗盟镇乡][\u4e00-\u9fff].{6,}"
)
_ABOUT = re.compile(
    r"[^。；]{0,60}?关于(?:印发|下发|公布|发布|转发)\s*[《〈]?(?P<name>[^》〉。]+?)[》〉]?\s*的?\s*通\s*知(?:（.*）)?"
)
_IN_MARKS = re.compile(r"《(?P<name>[^》]{4,})》")
_PERIOD_ALONE = re.compile(
    r"[（(〔\[]?[^\w]*(?:19|20|21)\d\d.{0,16}[）)〕\]]?|[（(](?:试行|征求意见稿|审议稿|送审稿|修订版?)[）)]"
)
_LINE_LONGEST = 60
_LINES_MOST = 4
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """The plan's title and its period."""

    title: Passage
    period: Period


def read_heading(
    narrative: Sequence[Paragraph], list_titles: Sequence[Passage], text: str, warnings: WarningList
) -> Heading:
    """Title and period. The period is looked for in the titles, then in the text, with a warning.

    Raises IntakeError when no year stands anywhere, or the title's period ends before it begins.
    """
    opening = _opening(narrative)
    candidates = [*_titles(opening), *list_titles]
    first = next(iter(candidates), None) or _first_line(opening)
    dated = next((one for one in candidates if _has_period(one)), None)
    title = dated if dated and _is_of(first, dated) else first
    for one in (title, *candidates):
        if found := period_in(one.text):
            return Heading(title or one, found)
    period = guessed_period(text)
    if period is None:
        raise IntakeError(Fault.NO_PERIOD, title=title.text[:60] or "—")
    warnings.add(title.number or None, Caution.PERIOD_GUESSED, period=period.text)
    return Heading(title, period)


def _first_line(opening: Sequence[Paragraph]) -> Passage:
    """What is likeliest to be a title where no line names a plan: the highest heading, else the first line that may be."""
    likely = [one for one in opening if not _NOT_TITLE.fullmatch(one.passage.text)] or opening
    ranked = sorted(likely, key=lambda one: one.heading or len(opening) + 9)
    return ranked[0].passage if ranked else Passage("")


def _opening(narrative: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs before the first numbered one."""
    found: list[Paragraph] = []
    for paragraph in narrative:
        if mark_of(paragraph.passage) is not None:
            break
        found.append(paragraph)
    return found


def _titles(opening: Sequence[Paragraph]) -> list[Passage]:
    """What may be the plan's title, the likeliest first: the name in a letter of issue, then lines that name a plan."""
    lines: list[Passage] = []
    headed: list[Passage] = []
    names: list[str] = []
    at = 0
    while at < len(opening):
        whole, taken = _whole_line(opening[at:])
        rank = opening[at].heading
        at += taken
        about = _ABOUT.fullmatch(whole.text)
        if about:
            names.append(key(about["name"]))
            lines.append(whole.part(about.start("name"), about.end("name")))
        elif _NAMED.fullmatch(whole.text) and not _NOT_TITLE.fullmatch(whole.text):
            lines.append(whole)
            headed += [whole] if rank == 1 else []
    own = [line for line in lines if key(line.text) in names]
    said = [line for line in (*(own[-1:] or headed[:1]), *lines) if not _LABEL.fullmatch(line.text)]
    return [*said, *(line for line in lines if _LABEL.fullmatch(line.text))]


def _whole_line(paragraphs: Sequence[Paragraph]) -> tuple[Passage, int]:
    """The title that begins with the first line, and how many lines it takes: until it names a kind of plan."""
    rank = paragraphs[0].heading
    lines = [one.passage for one in takewhile(lambda one: one.heading == rank, paragraphs[:_LINES_MOST])]
    whole = lines[0]
    taken = 1
    if _NOT_TITLE.fullmatch(whole.text) or len(whole.text) > _LINE_LONGEST:
        return whole, 1
    for count in range(2, len(lines) + 1):
        line = lines[count - 1]
        is_whole = _OF_A_PLACE.fullmatch(line.text) and _NAMED.fullmatch(line.text)
        if is_whole and "关于" not in whole.text:
            break
        if _PERIOD_ALONE.fullmatch(line.text) and _NAMED.fullmatch(whole.text):
            return joined((whole, line)), count
        if _NAMED.fullmatch(whole.text) or _NOT_TITLE.fullmatch(line.text) or len(line.text) > _LINE_LONGEST:
            break
        longer = joined((*lines[:count],))
        if _NAMED.fullmatch(longer.text):
            whole, taken = longer, count
    return whole, taken


def _has_period(title: Passage) -> bool:
    try:
        return period_in(title.text) is not None
    except IntakeError:
        return True


def _is_of(first: Passage, dated: Passage) -> bool:
    """Whether a title that names a period is the first one too, not the list's beside a plan that names none."""
    return (
        dated.start == first.start
        or key(first.text)[:_LEAST] == key(dated.text)[:_LEAST]
        or _is_letter(first)
    )


def _is_letter(title: Passage) -> bool:
    return title.text.endswith("通知") or _IN_MARKS.search(title.text) is not None
