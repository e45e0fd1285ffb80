"""Numbers that are no figures: names, serials, ages, grades, dates (INTAKE.md, Number traps)."""

import re
from collections.abc import Iterable
from datetime import date

from workflow.intake.dates.dates import FoundDate
from workflow.intake.dates.numerals import plain

HIDDEN = "＊"
PAST = "＃"
"""Stands for a date that lies before the plan."""
_CN = "〇零一二两三四五六七八九十百"
_AGED = (
    r"(?<!达到)(?<!高到)(?<!高至)(?<!低于)(?<!超过)(?<!降至)(?<!降到)\d+(?:[-~至—]\d+)?\s?(?:周岁|岁|月龄)"
)
_LED_BY_DIGITS = "|".join(
    (
        _AGED,
        r"\d[GADKTgadk](?![A-Za-z])级?",
        r"\d{1,6}号(?!召)",
        r"\d+年(?:及?以上)?的(?=老|住宅|房|建筑|小区|电梯|管|党员|教师|村医|车)|\d+年(?=房龄|树龄|教龄|党龄|工龄)",
        r"\d+年(?:及?以上)(?=老|住宅|房|建筑|小区|电梯|管|高层|既有|党员|教师|车)",
        r"\d+\s?(?:分钟|小时|天|日|个工作日)(?:之|以)?内?(?=[^，,。；;\d]{1,8}率)",
        r"\d+(?:公里|米)(?:范围|半径|距离)?(?:以|之)?内(?=[^，,。；;])|\d+(?:公里|米)(?=半径|范围)",
        r"\d+(?:\.\d+)?(?:万|千)?吨级|\d+千伏(?=[^，,。；;\d]{0,10}(?:变电|输电|输变|线路|电网|工程|站))",
        r"\d+(?:\s?[+xX×*]\s?(?:\d+|[A-Za-z]))+",
        r"\d+\s?小时(?=[^，。；]{0,3}(?:自助|服务|值班|值守|在线|热线|开放|政务|不打烊|营业|全天))",
        r"\d+\s?(?:分钟|公里|小时)(?=[^，。；、]{0,10}圈)",
        r"\d{1,2}年(?=行动|计划|规划|期|来|制|攻坚|整治|提升|专项|倍增|方案)",
        r"\d+(?:\.\d+)?版(?![块面图权本])",
        r"\d+个(?=方面|领域|维度|层面|环节|阶段|层级|自信|意识|维护|确保|重点领域|关键环节|专项行动)",
    )
)
_TRAPS = tuple(
    re.compile(form)
    for form in (
        r"“[^“”\n]{0,40}”|「[^「」\n]{0,40}」|『[^『』\n]{0,40}』|《[^《》\n]{0,100}》|〈[^〈〉\n]{0,60}〉",
        r"\"[^\"，。；\n]{1,20}\"",
        r"[〔\[]\d{4}[〕\]]\s?(?:第\s?)?\d{1,5}\s?号",
        rf"第\s?(?:\d+|[{_CN}]+)(?:[、\-~至]第?\s?(?:\d+|[{_CN}]+))?[\u4e00-\u9fff]?",
        r"[A-Za-z]+-?\d+(?:\.\d+)?(?:\+\d+)?",
        r"(?<!\d)\d0后(?![续期])",
        rf"(?=\d)(?<![\d.])(?:{_LED_BY_DIGITS})",
        r"(?:连续|近|过去|持续|未来|今后)(?:\d+|[一二两三四五六七八九十])个?(?:年|月)",
        r"每\s?\d+(?:\.\d+)?(?:万|千|百)?(?:户|人|名|个月|个|亩|平方米|平方公里|公里|张|辆|家|所|米|年|天|小时|季度|周)",
        r"全[市区县省国域](?:现有|共有|共|的)?\d+(?:个(?!百分点)|所|家)",
        r"(?:电话|传真|邮编|热线)[:]?\s?[\d\-、]+",
        r"(?:^|(?<=[\n。；;]))\s*(?:[(]?\d{1,3}[)、]|\d{1,3}[.．](?!\d))",
    )
)
_WITH_DIGITS = re.compile(r"\d|百分之|[一二两三四五六七八九十百]")


def without_traps(text: str, dates: Iterable[FoundDate], begins: date = date.min) -> str:
    """`text` in plain digits with everything hidden that is no figure; every sign keeps its place.

    Dates before the plan `begins` are hidden behind a sign of their own.
    """
    written = plain(text)
    if not _WITH_DIGITS.search(written):
        return written
    signs = list(written)
    for found in dates:
        is_past = found.date < begins and not found.is_recurring and written[found.end - 1] not in "前内"
        sign = PAST if is_past else HIDDEN
        signs[found.start : found.end] = sign * (found.end - found.start)
    written = "".join(signs)
    for trap in _TRAPS:
        written = trap.sub(lambda found: HIDDEN * len(found[0]), written)
    return written
