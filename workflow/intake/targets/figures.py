"""Figures in a text: a number with its unit, 80%, 1.5亿元, 百分之八十, 十个, or a range of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workflow.intake.dates.numerals import whole_number

_UNITS = (
    "个百分点|百分点|%|‰|万亿元|亿美元|万美元|美元|元|人次|人|名|位|户次|户|家次|家|个工作日|工作日|"
    "个月|个|项次|项|所|处|座|条次|条|件次|件|场次|场|门|套|台套|台次|台班|台|辆次|辆|艘|架次|架|张|"
    "份|篇|班次|班|组|支|对(?![接应口标外照比话位])|间|栋|幢|片|块|株|头|只|羽|部(?!门)|款|种|类|例|起|宗|笔|单|批次|批|期|轮次|"
    "轮|列|标准箱|标箱|床位|床|学位|泊位|车位|学时|课时|小时|分钟|秒|天|日|周|年|岁|级|倍|番|分|平方公里|"
    "平方千米|平方米|标准立方米|立方米|公里|千米|海里|米|公顷|亩|吨标准煤|吨标煤|吨|千瓦时|兆瓦时|千瓦|兆瓦|吉瓦|公斤|棵|集|首|平米|蒸吨|千伏|"
    "航次|斤|千克|克|升|毫升|微克|毫克|分贝|℃|摄氏度|度|次|点|村次|村|镇|县|校|店|城|GB|TB|PB|MB|"
    "Gbps|Mbps|km|kW|MW|GW|kWh|TEU|标方|兆帕|千帕|兆|核|卡|帕|EFLOPS|PFLOPS|TFLOPS|人天|人年|人月|车次|"
    "站|盏|根|桶|道|幅|册|卷|封|尾|口|眼|延米|立方|平方|空方|方(?![面式案向针法便言])|孔|匹|峰|瓶|袋|箱|粒|柜|户套|亩次|P(?![A-Za-z])|GWh|MWh|㎡|千伏安|兆伏安|千乏|兆乏|万千伏安"
)
_UNIT = "|".join(sorted(_UNITS.split("|"), key=len, reverse=True))
_TIMES = "万亿|千亿|百亿|亿|千万|百万|万|千|百"
_PER = "平方公里|平方米|立方米|公顷|千瓦时|百万人|十万人|万人|千人|百人|人年|学年|学期|季度|小时|分钟|公里|万元|人次|年|人|户|月|日|天|升|吨|次|床|生|家|秒|个|件|亩|周|米|名|辆|车|标|度|村|校"
_WITH_PER = (
    rf"(?P<unit>(?:{_TIMES})?(?:余|多)?(?:{_UNIT})(?:[/每](?:{_PER})|/[a-zA-Z]{{1,2}}(?![a-zA-Z]))?"
    r"|/(?:10万|十万|百万|万|千)人?"
    r"|(?:万亿|亿|万)(?:余|多)?(?=以上|以内|以下|左右|[^\u4e00-\u9fff]|$))"
)
_GREATNESS = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "百万": Decimal(10**6),
}
_GREATNESS |= {"千万": Decimal(10**7), "亿": Decimal(10**8), "百亿": Decimal(10**10), "千亿": Decimal(10**11)}
_GREATNESS |= {"万亿": Decimal(10**12)}
_LEADING_TIMES = re.compile(rf"(?:{_TIMES})(?![瓦克米伏分])")
_KNOWN_AFTER = re.compile("[以左上的余多]?")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
_CHINESE = "[一二两三四五六七八九十百千]{1,6}"
_COUNTED = "次|个|名|家|项|所|场|门|件|户|处|座|条|篇|支|种|类|套|期|轮|人次|批次|亩|万元|亿元|公里|倍|番"
_BETWEEN = r"(?:[-‐-―−~]{1,2}|至|到)"
_ODD = (
    rf"(?P<odd>(?:{_TIMES})?(?:[\u4e00-\u9fff](?<![以左上下的余多时月号届季纵横网型星代线路环库圈式者核心翼带区等位万亿千百])"
    r"|[A-Za-z]{1,8}))(?=\s?(?:以上|左右)?\s?(?:$|[，,。；;、)\n]))"
)
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z])(?:"
    rf"(?:(?P<range>{_NUMBER})\s?(?P<range_times>{_TIMES})?(?P<range_unit>{_UNIT})?{_BETWEEN})?(?P<number>{_NUMBER})\s?(?:余|多)?{_WITH_PER}"
    rf"|(?P<hundredths>百分之(?:百|{_CHINESE}|{_NUMBER}))"
    r"|(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?=\s?(?:及?以上|以内|以下|左右|[，,。；;、)\n]|的|$))"
    rf"|(?P<ratio>\d{{1,4}}\s?:\s?\d{{1,5}}(?:\.\d+)?)(?![:\d])"
    rf"|(?P<fraction>[二三四五六七八九十]分之[一二三四五六七八九])"
    rf"|(?P<bare>{_NUMBER})(?![\d:.,])(?:(?={_ODD})|(?![A-Za-z])(?=(?P<after>\s?(?:{_TIMES})?[\u4e00-\u9fff]?)))"
    rf"|(?P<chinese>{_CHINESE})(?P<counted>{_COUNTED}))"
)
_HINT = re.compile(
    r"\d|分之|[一二三四五六七八九]成|[一二两三四五六七八九十百千](?:[次个名家项所场门件户处座条篇支种类套期轮亩公倍番人批万亿])"
)
TIME_UNITS = frozenset({"年", "个月", "天", "日", "周", "小时", "分钟", "秒", "个工作日", "工作日"})
_WEAK = "元|千伏|级|分|度|点|岁|期|批|类|种|城|村|镇|县|校|口|道|站|单|卡|兆|课时|学时|笔|人天"
_COUNTS = (
    "个|名|家|项|所|场|门|件|户|处|座|条|篇|支|套|人次|人|位|辆|台|张|份|间|栋|幢|片|对|组|部|款|艘|块|眼|盏"
)
COUNT_UNITS = frozenset(_COUNTS.split("|"))
"""Units by which single things are counted."""
THINGS = frozenset("名家所场座条处支套亩户") | {"万元", "亿元", "公里"}
"""Units of what stands there when it is made, so that a number in Chinese counts it."""
EVENT_UNITS = frozenset("期批类种口笔村校站单道")
"""Weak units that a verb of making counts at the end of its clause: 举办培训班6期."""
WEAK_UNITS = TIME_UNITS | frozenset(_WEAK.split("|"))
"""Units of what is not made or counted by a verb alone: 3个月, 300元, 2级 are targets with a comparator only."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure between two places of a text. `value` is None where it is no number that can be held (1:15, 三分之二).

    Of a range (10-15个) it is the lower end, `upper` the other. `is_bare` where no known unit follows: a figure only
    behind a word of comparison, or a verb of making and at its clause's end.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    is_chinese: bool = False
    is_bare: bool = False
    upper: Decimal | None = None


def figures_in(text: str) -> Iterator[Figure]:
    """The figures of a text without traps, in order."""
    if not _HINT.search(text):
        return
    for match in _FIGURE.finditer(text):
        if match["number"]:
            yield _counted(match)
        elif match["bare"]:
            yield _bare(match)
        elif match["tenths"]:
            tenths = Decimal(whole_number(match["tenths"])) * 10 + (5 if match["half"] else 0)
            yield Figure(*match.span(), match[0], tenths, "%")
        elif match["hundredths"]:
            yield Figure(*match.span(), match[0], _hundredths(match["hundredths"][3:]), "%")
        elif match["chinese"]:
            yield Figure(
                *match.span(), match[0], _chinese(match["chinese"]), match["counted"], is_chinese=True
            )
        else:
            yield Figure(*match.span(), match[0], None, "")


def _counted(match: re.Match[str]) -> Figure:
    unit = re.sub("余|多", "", match["unit"]).replace("每", "/")
    value = _number(match["number"])
    if not match["range"]:
        return Figure(*match.span(), match[0], value, unit)
    lower = _number(match["range"])
    if match["range_times"] or match["range_unit"] or lower >= value:  # 5000-1万人, 8000万-1亿元
        ours = (_LEADING_TIMES.match(unit) or [""])[0]
        lower = lower * _GREATNESS[match["range_times"] or ""] / _GREATNESS[ours]
    if lower >= value:
        return Figure(*match.span(), match[0], None, unit)
    return Figure(*match.span(), match[0], lower, unit, upper=value)


def _bare(match: re.Match[str]) -> Figure:
    if match["odd"]:
        end = match.end() + len(match["odd"])
        text = match["bare"] + match["odd"]
        return Figure(match.start(), end, text, _number(match["bare"]), match["odd"], is_bare=True)
    after = match["after"].strip()
    unknown = "" if _KNOWN_AFTER.fullmatch(after) else after
    value = None if unknown else _number(match["bare"])
    return Figure(*match.span(), match["bare"] + unknown, value, "", is_bare=True)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _hundredths(text: str) -> Decimal | None:
    if text == "百":
        return Decimal(100)
    return Decimal(text) if text[0].isdecimal() else _chinese(text)


def _chinese(text: str) -> Decimal | None:
    try:
        return Decimal(whole_number(text))
    except ValueError:
        return None
