"""Areas in collectives: 各市、县（市、区）政府 is one unit in spite of its signs, 各区、市园林局 is two."""

import re

_GOVERNMENT = (
    r"(?:(?:党委|党工委|党组)(?:、|和|及)?)?(?:人民政府|政府|行政公署|行署|办事处|街道办事处|街道办|街办|管委会|管理委员会"
    r"|党委|党工委)"
)
_BRACKET = r"(?:[（(][^（）()]*[）)])"
_NOUN = (
    r"(?:省|自治区|直辖市|计划单列市|设区的?市|地级以上市|地级市|省辖市|省直管(?:县|市)|县级市|功能区|开发区|经济技术开发区|高新区|新区|园区|街道|地区"
    r"|自治[县州旗]|行政村|村居|社区|景区|林区|团场|师市|中小学校?|学校|幼儿园|高校|医疗机构|企业|[市区县州旗盟乡镇街地村办]{1,3})"
)
_ELEMENT = rf"{_NOUN}(?:{_BRACKET}{_NOUN}?)?{_GOVERNMENT}?{_BRACKET}?"
_FURTHER = rf"(?!高新区|经济技术开发区|新区|\w{{1,6}}(?:管委会|管理委员会)){_ELEMENT}"
_SEVERAL_LEVELS = (
    r"[省市区县镇乡](?:[、和][省市区县镇乡村])+(?:[两二三四]级[^、，,；;。\s（）()]{0,14}"
    r"|[级直]?(?:各|有关|相关)[^、，,；;。\s（）()]{0,6}(?:部门|单位|机构))"
    r"|[省市区县州]委[、和]?[省市区县州](?:人民)?政府(?:各|有关|相关|直属)+(?:部门|单位|机构)"
)
_PARTY = (
    rf"各(?:级?[市区县州旗乡镇]*{_BRACKET}?|(?:(?![和及与部单街局办委])[\u4e00-\u9fff]){{1,6}}?[市区县州旗乡镇]{_BRACKET}?)(?:党?委|党工委|党组)"
    rf"(?:、|和|及)[市区县州旗乡镇]*(?:人民)?政府{_BRACKET}?"
)
_RUN = re.compile(
    rf"(?:{_PARTY}|{_SEVERAL_LEVELS}|(?:全[省市区县]|[省市区县])?(?:各|有关|相关|涉及){_ELEMENT}(?:(?:、|和|及|与){_FURTHER})+)"
)
_AFTER_RUN = re.compile(r"(?=\s*(?:[、，,；;。等和及与以）)/／]|$))")
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,16}?(?:局|委|办|厅|部门|委员会|中心|会|院)(?=[、，,；;。等和及与）)/／\s]|$)"
)
_BOTH = re.compile(
    r"[省市区县州]委[省市区县州](?:人民)?政府(?:办公[厅室]|办|督查[室局]|信访局|研究室|政策研究室|总值班室|外事办公室"
    r"|农村工作(?:领导小组)?办公室)"
    r"|[省市区县州]委(?:、|和)[省市区县州](?:人民)?政府(?:信访局|外事办公室|农村工作(?:领导小组)?办公室)"
)
_MAY_HOLD = re.compile(r"[各关及委级直]")
_BOTH_OR_RUN = re.compile(rf"{_BOTH.pattern}|{_RUN.pattern}")
_RANKS = {
    "省": 4,
    "市": 3,
    "州": 3,
    "地": 3,
    "盟": 3,
    "区": 2,
    "县": 2,
    "旗": 2,
    "镇": 1,
    "乡": 1,
    "街": 1,
    "村": 0,
}
_HIGHER = re.compile(r"县级市|设区的?市|地级以上市|地级市|省直管县|(?:功能|开发|高新|新|园|社|景|林|地)区")


def runs_in(text: str) -> list[tuple[int, int]]:
    """The places of collectives and names that hold separators of their own."""
    if not _MAY_HOLD.search(text):
        return []
    runs = ((run.start(), _end_of(run, text)) for run in _BOTH_OR_RUN.finditer(text))
    return [(start, end) for start, end in runs if end]


def is_run(unit: str) -> bool:
    """Whether the whole of `unit` is one collective of several kinds of areas."""
    return unit[:1] in "各全有相涉省市区县镇乡" and not is_joint(unit) and runs_in(unit) == [(0, len(unit))]


def is_joint(unit: str) -> bool:
    """Whether it is the one office of committee and government: 区委、区政府信访局."""
    return _BOTH.fullmatch(unit) is not None


def _end_of(run: re.Match[str], text: str) -> int:
    """Where the run ends: behind its areas, or behind an office that all of them have (各区、县教育局); 0 for none."""
    if _AFTER_RUN.match(text, run.end()) or _BOTH.fullmatch(run[0]):
        return run.end()
    office = _OFFICE.match(text, run.end())
    has_own = re.search(_GOVERNMENT, run[0].removesuffix("党委")) is not None
    if office and not has_own and _stays_level(run[0].removesuffix("党委")):
        return office.end()
    return _shorter(run, text)


def _stays_level(run: str) -> bool:
    """Whether no area of the run stands above the first: in 各区、市园林局 the last is the issuer's own bureau."""
    names = re.split(r"、|和|及|与", re.sub(_BRACKET, "", run).removeprefix("各"))
    ranks = [_rank(name) for name in names]
    return max(ranks) == ranks[0] and len(set(names)) == len(names)


def _rank(area: str) -> int:
    plain = _HIGHER.sub("区", area.replace("自治区", "省"))
    return next((_RANKS[sign] for sign in reversed(plain) if sign in _RANKS), 0)


def _shorter(run: re.Match[str], text: str) -> int:
    """The run without its last area, where that begins another unit (各区、县、市园林局)."""
    cuts = [found.start() for found in re.finditer(r"、|和|及|与", run[0])]
    for cut in reversed(cuts):
        if _RUN.fullmatch(run[0][:cut]):
            return run.start() + cut
    return 0
