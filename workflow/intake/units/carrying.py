"""The whole names of units that a list shortens.

A prefix carries on (省科技厅、工业和信息化厅), a suffix is shared (杭州市、宁波市、湖州市人民政府; 教育、公安部门).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workflow.intake.units.names import is_bureau_name, is_name, kind_of
from workflow.intake.units.own_places import bears_own_place, stems_in
from workflow.models.responsible_unit import UnitKind
from workflow.rules.bureau_names import PLACE, Level, level_of, without_brackets

_OWN = re.compile(
    r"^[*＊×XxＸ○〇□某]{2}|公司|集团|银行|支行|分行|分局|支局|海关|大学|学院|学校|中学|小学|幼儿园|医院|国网|^国家(?!安全局)|^中国|^中央|^全国|^中共|人民银行|人行"
    r"|军分区|武警|部队|^各|有关|相关|街道|镇(?!街)|(?<!城)乡(?!村振兴|村)|社区(?!矫正)|开发区|新区|园区|高新区|经开区|管委会|^管理委员会|区管理委员会|政府$"
    r"|商会|协会|学会|研究会|促进会|企业|^驻|国家级|自然保护区|风景名胜区|国家公园|森林公园|湿地公园|地质公园|^[省市区县州旗]直|村民委员会|居民委员会|村委会|居委会|^团[省市区县州旗镇]|共青团|铁路(?!办)|民航|专班|领导小组|指挥部|城投|平台|基金会|部门$|院校|出版社|报社"
)
_PLACED = re.compile(
    r"(?!河湖|江河|湖泊|河道|海岛|海洋|山水|矿山|荒山|道桥|路桥|沟渠|海河|泉城)[\u4e00-\u9fff]{1,4}(?:湖|山|河|江|岛|溪|岭|峡|泉|湾|洲|滩|坝|潭|峰|寺|塔|桥|关|沟|海|岩|崖)"
    r"[\u4e00-\u9fff]{0,8}?(?:滑雪场|保护区|水库|灌区|景区|林场|农场|牧场|渔场|机场|码头|公园|湿地|运河|水电站|风景区|度假区|遗址|博物院|博物馆|管理处|管理局|管理所|管理中心|管护中心)"
)
"""A unit named after a place of its own: 松鹤山滑雪场管理中心."""
_TAKES = re.compile(
    r"(?:局|委|办|厅|部|会|中心|法院|检察院|研究院|科学院|党校|室|馆|联|协|队|社|处|台|人大|站|所|校|院|监委|院校)$"
)
_PARTY = re.compile(
    r"(?:组织部|宣传部|统战部|政法委|政法委员会|社会工作部|社工部|网信办|编办|机构编制委员会办公室|政研室|政策研究室|改革办|巡察办|巡视办"
    r"|老干部局|机要局|机要保密局|保密办|台办|财经办|国安办|农办|农村工作办公室|军民融合办|军民融合发展委员会办公室|直属机关工委|教育工委|教工委|"
    r"两新工委|非公工委|社工委|党校|党史研究室|外办|依法治[省市区县]办|财经委办公室|审计办|网络安全和信息化委员会办公室|讲师团)$"
)
_ALWAYS_PARTY = re.compile(r"(?:组织部|宣传部|统战部|政法委|政法委员会)$")
_SHARED = re.compile(
    r"(?P<place>[\u4e00-\u9fff*]{1,8}?)(?P<count>(?:[两二三四五六七八九十]|\d{1,2})个?)?(?P<level>市|区|县|旗|州|街道|镇|乡|新区|开发区|高新区)(?P<office>人民政府|政府|管委会|管理委员会"
    r"|办事处|街道办事处|党委|党工委|委)?"
)
_BARE_PLACE = re.compile(r"[\u4e00-\u9fff*]{1,8}?(?P<level>市|区|县|旗|州|街道|镇|乡|新区|开发区|高新区)?")
_PLACE_ALONE = re.compile(r"[\u4e00-\u9fff]{1,4}")
_NUMBERS = "一二三四五六七八九十"
_BARE = re.compile(r"[\u4e00-\u9fff]{2,8}")
_FIELDS = re.compile(
    r"教育|财政|民政|公安|司法|人社|人力社保|人力资源社会保障|住建|住房城乡建设|交通|交通运输|水务|水利"
    r"|农业|农业农村|商务|文旅|文化|文化旅游|卫健|卫生|卫生健康|应急|应急管理|审计|统计|体育|发改"
    r"|发展改革|科技|工信|经信|环保|生态环境|自然资源|规划|国土|城管|城市管理|市场监管|税务|气象"
    r"|退役军人|医保|信访|国资|金融|民宗|林业|园林|消防|宣传|组织|网信|编制|机构编制|档案|粮食|海洋"
    r"|渔业|能源|数据|政务服务"
)
_COUNTED = re.compile(
    r"等?(?P<count>[两二三四五六七八九十]|\d{1,2})个?(?P<level>市|区|县|旗|州|街道|镇|乡|新区|开发区|高新区)"
    r"(?P<office>人民政府|政府|管委会|管理委员会|办事处|街道办事处|党委|党工委)?"
)
_COMMITTEE = re.compile(r"[省市区县州旗]委")
_BESIDE_COMMITTEE = re.compile(
    r"(?P<sign>[省市区县州旗])(?:人民)?政府(?P<office>办公[厅室]|办|督查[室局]|研究室|政策研究室|总值班室)"
)
_PARTY_SEAT = re.compile(r"(?P<place>[\u4e00-\u9fff*]+(?:[省市区县州旗盟镇乡]|街道))(?:党委|党工委|委)")
_GOVERNMENT = re.compile(r"(?P<sign>[省市区县州旗盟镇乡]?)(?P<office>(?:人民)?政府)")
_OFFICE = re.compile(r".*(?P<sign>局|厅|委|部)")
_FIELD = re.compile(r"(?:公安|消防|税务|气象|邮政|烟草|城管|交警|移动|电信|人社)$")
_DEPARTMENTS = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:主管|行政主管|行政)?部门")


def whole_names(units: Sequence[str], places: Collection[str] = ()) -> tuple[str, ...]:
    """The whole name of each unit of one list, in order; a name that is whole already stays as it is.

    `places` are those that the document is of, without their levels (石泉): a name that begins with one is whole.
    """
    return _carried(_shared(units), frozenset(places))


def _carried(units: Sequence[str], places: frozenset[str]) -> tuple[str, ...]:
    names: list[str] = []
    stems = places | stems_in(units)
    last: Level | None = None
    province = ""
    for unit in units:
        level = level_of(unit)
        if level is not None and _gives(unit, level):
            last = level
            province = level.prefix if level.prefix.endswith(("省", "自治区")) else province
        is_whole = level is not None or bears_own_place(without_brackets(unit), stems)
        name = unit if is_whole else _with_prefix(unit, last, province)
        names.append(_with_seat(name, names[-1]) if names else name)
    return tuple(names)


def _gives(unit: str, level: Level) -> bool:
    """Whether later names of the list take their prefix from this one."""
    return is_bureau_name(unit) and not _OWN.search(level.rest) and not level.rest.startswith(("局", "厅"))


def _with_prefix(unit: str, last: Level | None, province: str) -> str:
    name = without_brackets(unit)
    if name == "团委" and last is not None and _LEVEL_SIGN.fullmatch(last.prefix):
        return f"团{last.prefix}委"
    if last is None or kind_of(unit) is not UnitKind.BUREAU or not is_bureau_name(unit):
        return unit
    if (
        _OWN.search(name)
        or _PLACED.match(name)
        or not _TAKES.search(name)
        or (len(name) < 3 and name not in _SHORT)
    ):
        return unit
    prefix = province if name.endswith("厅") and province else last.prefix
    if prefix.endswith(("市", "区", "县")) and not prefix.endswith("自治区") and name.endswith("厅"):
        return unit
    is_party = _ALWAYS_PARTY.search(name) or (last.party and _PARTY.search(name))
    return f"{prefix}{last.party or '委'}{unit}" if is_party else f"{prefix}{unit}"


def _with_seat(name: str, before: str) -> str:
    """曲原县政府 for 县政府, and 双桥镇政府 for 政府, behind the party committee of that place."""
    government, seat = _GOVERNMENT.fullmatch(name), _PARTY_SEAT.fullmatch(before)
    if not government or not seat or not seat["place"].endswith(government["sign"]):
        return name
    return f"{seat['place']}{government['office']}"


_LEVEL_SIGN = re.compile(r"[省市区县镇乡]")
_SHORT = frozenset(
    {
        "妇联",
        "残联",
        "科协",
        "文联",
        "侨联",
        "台联",
        "外办",
        "侨办",
        "台办",
        "工会",
        "法院",
        "政协",
        "人大",
        "党校",
        "编办",
        "监委",
    }
)


def _shared(units: Sequence[str]) -> tuple[str, ...]:
    """Each bare place or field before a unit with a shared suffix takes that suffix."""
    names = list(units)
    for n in range(len(names) - 1, 0, -1):
        names[n - 1] = _beside(names[n - 1], names[n])
        suffix = _suffix(names[n])
        if suffix and suffix.count:
            names[n] = _uncounted(names, n, suffix)
        at = n - 1
        while suffix and at >= 0 and (whole := _lengthened(units[at], suffix)):
            names[at] = whole
            at -= 1
    return tuple(names)


@dataclass(frozen=True, slots=True)
class _Suffix:
    level: str
    office: str
    count: str = ""


def _suffix(unit: str) -> _Suffix | None:
    if found := _DEPARTMENTS.fullmatch(unit):
        return None if kind_of(unit) is not UnitKind.BUREAU else _Suffix("", unit[found.end("name") :])
    if unit.startswith("等") and unit.endswith("部门") and kind_of(unit) is UnitKind.OPEN_ENDED:
        return _Suffix("", "部门")
    if kind_of(unit) is UnitKind.OPEN_ENDED and (found := _COUNTED.fullmatch(unit)):
        return _Suffix(found["level"], found["office"] or "")
    if kind_of(unit) is not UnitKind.BUREAU:
        return None
    if found := _SHARED.fullmatch(unit):
        return _Suffix(found["level"], found["office"] or "", found["count"] or "")
    level = level_of(unit)
    if level and _LEVEL_SIGN.fullmatch(level.prefix):
        return _Suffix("", level.rest)
    return _Suffix("", unit) if _OFFICE.fullmatch(unit) else None


def _uncounted(names: Sequence[str], n: int, suffix: _Suffix) -> str:
    """丙镇 for 丙三镇 behind 甲、乙, where the number is that of the names."""
    unit = names[n]
    sign = suffix.count.removesuffix("个")
    number = int(sign) if sign.isdecimal() else _NUMBERS.index(sign) + 1 if sign in _NUMBERS else 2
    before = names[max(n - number + 1, 0) : n]
    is_all = len(before) == number - 1 and all(_is_bare_place(name) for name in before)
    end = len(unit) - len(suffix.level) - len(suffix.office)
    return unit[: end - len(suffix.count)] + unit[end:] if is_all else unit


def _is_bare_place(name: str) -> bool:
    return _PLACE_ALONE.fullmatch(name) is not None and not is_name(name)


def _beside(committee: str, office: str) -> str:
    """区委督查室 for 区委 before 区政府督查室."""
    found = _BESIDE_COMMITTEE.fullmatch(office)
    is_one = found and _COMMITTEE.fullmatch(committee) and committee[0] == found["sign"]
    return f"{committee}{found['office']}" if found and is_one else committee


def _lengthened(unit: str, suffix: _Suffix) -> str:
    """The unit with the suffix, "" where it takes none."""
    if kind_of(unit) is not UnitKind.BUREAU:
        return ""
    if not suffix.level and not suffix.office.endswith("部门"):
        return _as_office(unit, suffix.office)
    if not suffix.level:
        is_bare = _BARE.fullmatch(unit) and (_FIELD.search(unit) or not is_bureau_name(unit))
        return f"{unit}{suffix.office}" if is_bare else ""
    found = _BARE_PLACE.fullmatch(unit)
    if found is None or (suffix.office == "委"):
        return ""
    if found["level"]:
        return f"{unit}{suffix.office}" if suffix.office and _is_place(unit) else ""
    return f"{unit}{suffix.level}{suffix.office}" if len(unit) <= 4 and not is_bureau_name(unit) else ""


def _as_office(unit: str, office: str) -> str:
    """市 before 区财政局 is 市财政局; 教育 before 财政局 is 教育局."""
    if _LEVEL_SIGN.fullmatch(unit):
        return f"{unit}{office}" if not _LEVEL_SIGN.match(office) else ""
    found = _OFFICE.fullmatch(office)
    level = level_of(unit)
    field = level.rest if level else unit
    return f"{unit}{found['sign']}" if found and _FIELDS.fullmatch(field) else ""


def _is_place(unit: str) -> bool:
    return re.fullmatch(rf"(?:{PLACE}|.+(?:街道|镇|乡|新区|开发区|高新区))", unit) is not None
