"""Where a text writes a date, and the parts it is written with; which days are meant is for `dates.py`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.intake.dates.numerals import plain

_S = r"\s{0,2}"
_CN = "〇○零一二三四五六七八九十"
_HAN = "\u4e00-\u9fff"
_TO = r"(?:[-‐-―−~～]{1,2}|至|到)"
_AD = r"(?:19|20|21)\d{2}"
_YEAR = (
    rf"(?P<from_year>{_AD}{_S}年?{_S}{_TO}{_S}(?={_AD}{_S}年))?"
    rf"(?:(?<!\d)(?P<year>{_AD}|(?:二[〇○零]|一九)[〇○零一二三四五六七八九]{{2}}){_S}年度?|(?P<relative>今年|本年度?|当年|明年|次年))"
)
_MONTHS = rf"(?:(?P<from_month>\d{{1,2}}){_S}月?{_S}{_TO}{_S}(?=\d{{1,2}}{_S}月))?"
_PART = rf"(?:{_S}(?P<day>\d{{1,2}}|[{_CN}]{{1,3}}){_S}[日号]|{_S}(?P<part>[上中下]旬|初|[底末]))?"
_QUARTER = r"(?:第?[一二三四1-4][、和至-])?第?(?P<quarter>[一二三四1-4])季度[底末]?|[Qq](?P<q>[1-4])(?!\d)"
_LONGER = r"(?P<three>前三季度)|(?P<half>[上下])半年[底末]?"
_MIDDLE = rf"中(?=期|[^{_HAN}]|$)"
_IN_YEAR = rf"{_MONTHS}(?P<month>\d{{1,2}}|十?[{_CN}])(?!\d){_S}月份?{_PART}|{_QUARTER}|{_LONGER}|(?P<year_end>全年|年内|年?[底末]|年?初(?![\u4e00-\u9fff]{{0,2}}[中级步])|年?{_MIDDLE})"
_CN_MONTH = rf"(?P<cn_month>十?[{_CN}])月(?=[底末份]|[上中下]旬|[{_CN}]{{1,3}}日)份?"
_BARE = (
    rf"(?=[\d{_CN}第前上下年岁全Qq])"
    r"(?<![\d.个每几数〇零一二两三四五六七八九十第])"
    rf"(?:(?:{_MONTHS}(?P<month>\d{{1,2}}){_S}月(?![龄经度供饼]|一[调次报会])份?|{_CN_MONTH}){_PART}"
    rf"|{_QUARTER}|{_LONGER}|(?<![半学去上往历某多])(?P<year_end>年底|年末|岁末|年度?内|全年(?![龄级])|年{_MIDDLE}))"
)
_NUMBERS = (
    rf"(?<![\d.])(?P<year>{_AD})"
    r"(?:(?P<sign>[-/.])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?(?:\s?00:00(?::00)?)?"
    r"|(?P<short_month>0[1-9]|1[0-2])(?P<short_day>[0-3]\d))"
    r"(?![\d%]|[.]\d|\s?[年月个])"
)
_FIVE_YEARS = r"[“\"]?十(?P<plan>[三四五六])五[”\"]?(?:规划)?(?:期间|时期|期?末)"
_LIMIT = rf"(?:{_S}(?P<limit>之前|以前|前(?![后三期述列])|以内|内(?![{_HAN}]{{0,2}}部)|期间))?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _NUMBERS + _LIMIT,
        _FIVE_YEARS + _LIMIT,
        f"(?=[\\d二一今本当明次]){_YEAR}(?:{_S}(?:{_IN_YEAR}))?{_LIMIT}",
        _BARE + _LIMIT,
    )
)
_HINT = re.compile(r"[年月]|岁末|季度|[Qq][1-4]|\d{4}[-/.]\d|20\d{6}|十[三四五六]五")
_TITLE = re.compile(r"《[^《》]{0,200}》")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as written between two places of a text, with its parts by name."""

    start: int
    end: int
    text: str
    parts: dict[str, str]


def mentions_in(text: str) -> Iterator[Mention]:
    """The dates that a text writes, in order. What stands in the name of a document 《…》 is none."""
    if not _HINT.search(text):
        return
    written = _TITLE.sub(lambda found: "＊" * len(found[0]), plain(text))
    found: list[Mention] = []

    def taken(match: re.Match[str]) -> str:
        parts = {name: value for name, value in match.groupdict().items() if value}
        found.append(Mention(*match.span(), match[0], parts))
        return "＊" * len(match[0])

    for form in _FORMS:
        written = form.sub(taken, written)
    yield from sorted(found, key=lambda mention: mention.start)
