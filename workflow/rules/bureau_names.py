"""What a bureau's name says: the level or place that it begins with, and whether it was made unreadable."""

import re
from dataclasses import dataclass
from functools import lru_cache

_SIGN = r"[\u4e00-\u9fff*＊×○〇□XxＸ]"
_NOT_A_LEVEL = (
    r"(?!市(?:场|政市容|政管理|政园林|政公用|政工程|政设施|政集团|民(?!政|族|主|防|宗|革|盟|建|进)|容|县|区|辖|属|直|域)|区(?:域|块|划|县|属|直|位)"
    r"|县(?:域|区|级|属|直)|州县|镇(?:街|村|属)|乡(?:村|镇|土|贤|村)|省(?:会|际|属|直|级)|盟市|旗县|街)"
)
PLACE = (
    r"(?!(?:[地老山库矿城港林灾牧]|核心|示范|开发|保税|功能|试验)区|[超夜集股上]市)"
    rf"{_SIGN}{{1,7}}?(?:省|自治区|自治州|自治县|特别行政区|(?<![城都])市(?!场|政[市管园公工设])"
    r"|(?<![社园景小辖片学])区(?!域|块|划)|县(?!域)|州(?![省市区])|旗(?!舰)|盟(?!员))"
)
_LEVELLED = re.compile(
    rf"(?:中共|共青团)?(?P<prefix>自治区|兵团|{_NOT_A_LEVEL}[省市区县州旗盟镇乡]|{PLACE})(?P<rest>{_SIGN}.+)"
)
_LEAGUE = re.compile(r"(?:共青)?团([省市区县州旗])委(?:会|机关)?")
_COMMITTEE = re.compile(r"党?委(?!员|托)(?!$)")
_BRACKETS = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕]*[）)\]】〕]")
_REDACTED = re.compile(r"[*＊×○〇□]|[XxＸ]{2}|某")


@dataclass(frozen=True, slots=True)
class Level:
    """What a name says about its issuer: 省 or 平谷区, the committee's sign (区委宣传部) or "", and what follows."""

    prefix: str
    party: str
    rest: str


@lru_cache(maxsize=20_000)
def level_of(unit: str) -> Level | None:
    """The level that the name begins with, None for a name without one (工业和信息化厅, 市场监管局)."""
    name = without_brackets(unit)
    if league := _LEAGUE.fullmatch(name):
        return Level(league[1], "", "团委")
    found = _LEVELLED.fullmatch(name)
    if found is None:
        return None
    party = _COMMITTEE.match(found["rest"])
    return Level(found["prefix"], party[0] if party else "", found["rest"])


def area_of(text: str) -> str:
    """The place that a title or an office's name begins with, the nearest of several (平谷区 in 北京市平谷区…); else ""."""
    area, rest = "", text
    while (level := level_of(rest)) is not None and len(level.prefix) > 1:
        area, rest = level.prefix, level.rest
    return "" if is_redacted(area) else area


def without_brackets(name: str) -> str:
    """The name without what stands in brackets."""
    return _BRACKETS.sub("", name)


def is_redacted(name: str) -> bool:
    """Whether signs of the name were made unreadable, so that nobody knows who is meant."""
    return _REDACTED.search(name) is not None
