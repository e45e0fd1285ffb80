"""Offices that bear a place of their own and take no prefix: 石泉派出所, 交警磐石大队, 南岭海事局, 青苇湖管理处."""

import re
from collections.abc import Iterable
from functools import lru_cache

from workflow.intake.units.fields_of_work import is_field
from workflow.rules.bureau_names import level_of

_LOCAL_ENDS = re.compile(
    r"(?:派出所|司法所|财政所|税务所|供电所|工商所|自然资源所|法庭|消防救援站|救援站|消防站|检查站|收费站|服务站|管理站|卫生院|研究[院所]|设计院|科学院"
    r"|管理处|管理所|管护站|大队|中队|支队|总队|[队处站所院])$"
)
_DIRECT = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,6}?)(?:生态环境(?=局)|海事|航道|河务|水文|税务|气象|烟草专卖|邮政管理|邮政|地震|通信管理|渔政|出入境边防检查|边检|铁路公安|铁路|森林公安)(?:局|处|总?站|所)"
)
_WATERS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{1,5}?)(?:水库|灌区|景区|风景区|湿地|保护区|流域|河|湖|山|岭|江|湾|港|岛|溪|海)(?:公园)?"
    r"(?:建设|保护|开发|运营|综合|管理|事务|服务|发展|和)+(?:处|中心|所|局|站|委员会)"
)
_NO_PLACE = re.compile(
    r"[大中小型]+|河|江|矿|海|空|沿|黑臭|湖|重要|国家|城市|农村|自然|地方|旅游|森林|公共|各|全|重点|港"
)
_COMMON = re.compile(r"(?:法院|检察院|中医院|人民医院|血站)$")
_BARE_LEAST = 2
_LEVELS = re.compile(r"(?:省|自治[区州县]|市|区|县|旗|州|盟|镇|乡|街道)$")
_TITLE_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}?(?=省|市|区|县|旗|州|盟|镇|乡|街道)")
_BEFORE_TITLE = re.compile(r"^(?:中共|关于印发|印发|[《“\s])*")


def stem_of(place: str) -> str:
    """石泉 for 石泉镇; "" where less than two signs are left."""
    stem = _LEVELS.sub("", place)
    return stem if stem != place and len(stem) >= _BARE_LEAST else ""


def stem_in_title(title: str) -> str:
    """The place that a plan's title begins with, without its level; "" for none."""
    found = _TITLE_PLACE.match(_BEFORE_TITLE.sub("", title))
    return found[0] if found and not is_field(found[0]) else ""


def stems_in(units: Iterable[str]) -> frozenset[str]:
    """The places that the units of a list begin with, without their levels."""
    levels = (level_of(unit) for unit in units)
    return frozenset(stem for level in levels if level and (stem := stem_of(level.prefix)))


@lru_cache(maxsize=20_000)
def bears_own_place(name: str, stems: frozenset[str]) -> bool:
    """Whether a name without a level begins with, or holds, a place: one of `stems`, or what is no field of work."""
    if any(name.startswith(stem) for stem in stems):
        return True
    if direct := _DIRECT.fullmatch(name):
        return not is_field(direct["place"])
    if waters := _WATERS.fullmatch(name):
        return _NO_PLACE.fullmatch(waters["place"]) is None and not is_field(waters["place"])
    end = _LOCAL_ENDS.search(name)
    if end is None or not name[: end.start()] or _COMMON.search(name):
        return False
    return not is_field(name[: end.start()])
