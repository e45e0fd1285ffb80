"""Whether the words around a figure promise it, and by which comparator.

A figure that is to be made, without a word of comparison (建成10个), is promised as at least that much.
"""

import re
from dataclasses import dataclass

from workflow.intake.targets.conditions import (
    grants,
    is_avoided,
    is_condition,
    is_paid,
    is_removed,
    is_size,
    is_term,
)
from workflow.intake.targets.facts import is_breach, is_fact
from workflow.intake.targets.figures import EVENT_UNITS, THINGS, TIME_UNITS, WEAK_UNITS, Figure
from workflow.intake.targets.making import (
    is_act,
    is_at_end,
    is_base_of,
    is_built,
    is_described,
    is_given,
    is_part,
    is_per_head,
    is_project_cost,
    is_urged,
    names_making,
)

AT_LEAST, ABOVE, AT_MOST, BELOW, EQUAL = ">=", ">", "<=", "<", "="


@dataclass(frozen=True, slots=True)
class Place:
    """A figure with the words of its clause: `gap` since the figure before it, `tail` up to the next, `rest` to the end.

    `reach` is the text since the figure before it that is a promise: 引进5亿元以上项目3个.
    `inherited` is the comparator of the figure before it, "" where that one is no promise or stands too far off.
    `is_fact` where the sentence tells what is so already, `is_grant` where the clause before grants money.
    """

    figure: Figure
    gap: str
    tail: str
    rest: str
    reach: str
    inherited: str = ""
    is_next_clause: bool = False
    is_fact: bool = False
    is_grant: bool = False


_WORDS = {
    AT_LEAST: "不低于|不少于|不小于|不得低于|不得少于|不能低于|不能少于|不短于|至少|最少|最低|达到|达成|达(?<!通达)(?<!发达)(?<!直达)(?<!表达)(?<!传达)(?<!下达)(?<!送达)(?![标率产因])|提高到|提升到|提高至|提升至|增加到"
    "|增加至|增长到|增长至|扩大到|扩大至|拓展到|拓展至|上升到|上升至|升至|升到|增至|增到|扩至|延长至|延长到"
    "|改善到|改善至|≥|>="
    "|保持在|稳定在|维持在|恢复到|恢复至",
    AT_MOST: "不超过|不高于|不多于|不大于|不得超过|不得高于|不突破|不超|不得多于|不得突破|控制在|控制到|降至|降到|降低到|降低至|下降到|下降至|压缩至|压缩到|压缩为"
    "|压减至|压减到|压降至|压降到|减少到|减少至|减至|减到|缩短至|缩短到|缩短为|缩减至|缩减到|精简为|减为|降为|缩减为|压减为|精简至|精简到|限制在|最多|至多|最高|最长|≤|<=",
    ABOVE: "超过|高于|大于|多于|突破|超$|优于|>|＞",
    BELOW: "低于|少于|小于|不足|<|＜",
}
_ALL = sorted(
    ((word, sign) for sign, words in _WORDS.items() for word in words.split("|")),
    key=lambda pair: -len(pair[0]),
)
_EITHER = "|".join(f"(?P<w{n}>{word})" for n, (word, _) in enumerate(_ALL))
_HEADS = "".join(sorted({word[0] for word, _ in _ALL}))
_WORD = re.compile(f"(?=[{_HEADS}])(?:{_EITHER})")
_SIGNS = {f"w{n}": sign for n, (_, sign) in enumerate(_ALL)}
_FURTHEST = 14
_NEGATED = re.compile(r"[未没]$")
_OF_WHOM = re.compile(
    r"(?:床位|学位|[\u4e00-\u9fff]{0,3}(?=以上))?＊*(?:及|或)?(?:以上|以下|以内|左右)?＊*的"
)
_SUBJECT = re.compile(
    r"(?:及|或)?(?:以上)?的(?:(?!已)[^，,。；\d]){1,25}?(?:达到|达标|实现|建成|完成|掌握|覆盖|通过|具备|配备|建立|开展"
    r"|设立|纳入|获得|接入|开通|拥有|参加|落实|符合|建有|普及|消除|转化|推广|进入)(?![^，,。；]*\d)"
)
_CONDITION = re.compile(r"(?:对|凡|若|如果?|将|把|给|为|向|未|满|已|对于|不足|低于|超过|高于)[^，,。；]*$")
_MADE_TO_SIZE = re.compile("(?:设立|组建|发起|成立)[^，,。；;]*规模(?:约|为)?$")
_REACHING = ("覆盖", "惠及", "涵盖", "实现", "确保", "力争", "推动")
_FROM = re.compile(r"(?:由|从)[^，,。；]{0,16}$")
_TO = re.compile(r"(?:到|至|为)")
_NOUN_BEHIND = re.compile(r"(?![以及和与或左右])[\u4e00-\u9fff]")
_OR_MORE = re.compile(r"\s?＊*(?:及|或)?以上")
_OR_LESS = re.compile(r"\s?＊*(?:及|或)?(?:以内|之内|以下|内(?![\u4e00-\u9fff]{0,1}部))")
_ABOUT = re.compile(r"左右|上下")
_ANSWERED = re.compile(
    r"\s?(?:之|以)?内[\u4e00-\u9fff]{0,4}?(?:办结|响应|回应|答复|处置到位|处置完毕|办理完毕|处理完毕|审结|出证|发证)[、和与及]?$"
)
_SHORT_OF = ("不足", "不足约", "不足 ")
"""What falls short tells what is wrong now; nobody promises it."""
_SHORTENED = re.compile(r"压缩|缩短|控制|压减|提速|时间|时长|时限|周期|响应")
_CHANGE = re.compile(
    r"(?:增长|提高|提升|增加|增幅|上升|扩大|降低|下降|减少|压减|压缩|压降|缩短|缩减|削减|节约|递增|递减|翻"
    r"|降幅|增速|增收|提速|涨幅|改善|累计新增|净增)"
    r"(?:了|约|近|幅度|比例|在|率)?\s?$"
)
_NOT_MADE = re.compile(
    r"(?:在|对|由|以|按|按照|巩固|发挥|借助|利用|参照|围绕|聚焦|针对|依托|面向|涉及|包括|包含|含|为期|历时|近|满|共有|现有|已|和其他"
    r"|等|(?<!完成)总投资|投资额|造价|估算|总面积|不含|除)[约为]?\s?$"
)
_STARTS = re.compile(r"^(?:确保|力争|争取|实现|推动|使|全[市区县省州镇乡]|到|在|本|我)*[^，。]{0,4}$")
_MADE_AFTER = re.compile(
    r"[^，,。；\d]{0,16}?(?:完成|建成|竣工|开工|投产|达标|通过|投入使用|投用|实现|创建|改造|整治|验收|上线"
    r"|上市|开业|交付|落地|挂牌|入驻|落户|开通|运营)"
)
_RATE = re.compile(
    r"(?:率|比例|占比|比重|覆盖面|数量|人数|户数|总数|总量|总额|里程|规模|面积|增加值|产值|收入|销售额|产量"
    r"|存量|保有量|指数|得分|年限|标准|长度|密度|浓度|时长|个数|家数|次数|投资|储备|产能|装机容量|装机|蓄积量"
    r"|年产值|交易额|零售额)(?:约|为|在|是|:)*\s?$"
)
_LIST = re.compile(r"(?:及?以上|以内|以下|左右)?\s?(?:[、和与及或]|以及|并)[^，,。；]{0,15}$|^\s?$")
_NEXT = re.compile(r"^(?:其中)?[^，,。；对在由从]{0,10}$")
_EVERY_FEW = re.compile(r"每(?:[两二三四五六]|[2-9])年|每隔")
_MEASURES = re.compile(r"(?:元|吨|米|公里|亩|公顷|瓦|伏|升|克|斤)$")
_NOUN_ONLY = re.compile(r"[\u4e00-\u9fff＊]{1,20}(?<![和及与或并])")
_FREE_YEARS = re.compile(r"(?:\(?制\)?)?免费")
_REACHED = re.compile(
    r"^(?:全?覆盖|完成|达标|落实|到位|实现|办结|合格|以上|整改|建成|投保|参保|接入|处置|回应|查处|兑现|公示|公开|受理|反馈|纳入|$)"
)


def comparator_of(place: Place) -> str:
    """The comparator by which a figure is promised, or "" where it is not surely a promise."""
    figure = place.figure
    is_told = place.is_fact or is_fact(place.reach) or is_breach(place.reach)
    if figure.value is None or is_told or is_part(place.rest):
        return ""
    if is_condition(place.reach, place.rest) or _is_paid(place):
        return ""
    if _OF_WHOM.match(place.tail) and not _is_made_of(place):
        return AT_LEAST if _SUBJECT.match(place.rest) and not _CONDITION.search(place.gap) else ""
    compared = _compared(place)
    if compared is not None:
        return compared
    if figure.is_chinese:
        if figure.unit in ("番", "倍"):
            return _changed(place)
        if figure.value > 1 and figure.unit in THINGS and is_built(place.gap):
            return AT_LEAST
        return place.inherited if place.inherited and _LIST.search(place.gap) else ""
    return _changed(place) or _made(place) or _carried(place)


def _is_paid(place: Place) -> bool:
    is_money = place.figure.unit.endswith(("元", "%"))
    return is_money and is_paid(place.gap, place.rest, is_grant=place.is_grant)


def is_compared(place: Place) -> bool:
    """Whether a word of comparison or change stands right in front."""
    found = _word_before(place.gap)
    return bool(found or _CHANGE.search(place.gap))


def is_from(place: Place) -> bool:
    """Whether it is the value before a change: 由60%提高到80%."""
    return bool(_FROM.search(place.gap) and _TO.search(place.rest))


def _is_made_of(place: Place) -> bool:
    """完成不少于50公里的绿道建设 promises the figure, unlike 对低于60%的街道约谈 and 撤并就业率低于50%的专业."""
    if _MADE_TO_SIZE.search(place.gap) or (place.figure.unit == "%" and place.gap.endswith(_REACHING)):
        return True
    found = _last_word(place.gap)
    return bool(
        found
        and _SIGNS[found.lastgroup or ""] != BELOW
        and not is_removed(place.gap)
        and names_making(place.gap[: found.start()])
        and not _CONDITION.search(place.gap[: found.start()])
    )


def _compared(place: Place) -> str | None:
    """By a word of comparison in front or behind; None where there is none, "" where it is a condition or a grant."""
    found = _word_before(place.gap)
    if found:
        sign, negated = found
        if place.gap.endswith("超") and _NOUN_BEHIND.match(place.tail):
            return ""
        is_granted = sign in (AT_MOST, BELOW) and grants(place.gap + place.rest)
        if negated or is_granted or place.gap.endswith(_SHORT_OF) or is_term(place.gap, place.figure.unit):
            return ""
        return _with_tail(sign, place)
    if _OR_MORE.match(place.tail):
        if is_avoided(place.gap):
            return ""
        return AT_LEAST if _is_level(place, _OR_MORE) else ""
    if _OR_LESS.match(place.tail):
        is_time = place.figure.unit in TIME_UNITS
        if is_time and _ANSWERED.match(place.tail) and not place.gap.endswith("后"):
            return AT_MOST
        return AT_MOST if _is_level(place, _OR_LESS) and (not is_time or _SHORTENED.search(place.gap)) else ""
    return None


def _last_word(gap: str) -> re.Match[str] | None:
    last = None
    for match in _WORD.finditer(gap):
        last = match
    return last if last and len(gap) - last.end() <= _FURTHEST else None


def _word_before(gap: str) -> tuple[str, bool] | None:
    last = _last_word(gap)
    if last is None:
        return None
    return _SIGNS[last.lastgroup or ""], bool(_NEGATED.search(gap, 0, last.start()))


def _with_tail(sign: str, place: Place) -> str:
    """控制在5%以内 is at most; 达到5%左右 about that much."""
    if sign == AT_LEAST and _OR_LESS.match(place.tail) and place.figure.unit not in TIME_UNITS:
        return AT_MOST
    if sign == AT_LEAST and _ABOUT.match(place.tail):
        return EQUAL
    return sign


def _is_level(place: Place, form: re.Pattern[str]) -> bool:
    """Not the attribute of something else: 2000万元以上企业, 3级以上医院, 20户以上自然村."""
    found = form.match(place.tail)
    after = place.tail[found.end() :] if found else ""
    if not after or not "\u4e00" <= after[0] <= "\u9fff" or _LIST.match(after):
        return True
    is_followed = len(place.tail) < len(place.rest)
    is_measure = bool(_MEASURES.search(place.figure.unit))
    if form is _OR_LESS or is_size(place.figure.unit, after):
        return False
    if place.figure.unit.endswith("元") or place.figure.unit in WEAK_UNITS or (is_measure and is_followed):
        return False
    return _is_making(place) or place.figure.unit == "%" or bool(_MADE_AFTER.match(after))


def _changed(place: Place) -> str:
    if not _CHANGE.search(place.gap):
        return ""
    return _as_much(place)


def _made(place: Place) -> str:
    """By a verb of making in front or behind, or by the name of a rate or amount right in front."""
    figure = place.figure
    if _NOT_MADE.search(place.gap) or _EVERY_FEW.search(place.gap) or is_given(place.reach):
        return ""
    if is_project_cost(place.reach) or is_urged(place.gap, place.tail) or is_base_of(place.gap):
        return ""
    if figure.unit == "年":
        return EQUAL if _FREE_YEARS.match(place.tail) else ""
    if (_RATE.search(place.gap) and not is_described(place.gap) and not figure.is_bare) or (
        figure.unit == "%" and figure.value == 100 and _REACHED.match(place.tail)
    ):
        return _as_much(place)
    if figure.unit in WEAK_UNITS or figure.is_bare or _is_attribute(place):
        return AT_LEAST if _is_held(place) else ""
    if _is_making(place) or is_per_head(place.reach):
        return "" if is_described(place.gap) else _as_much(place)
    return _as_much(place) if _STARTS.match(place.gap) and _MADE_AFTER.match(place.tail) else ""


def _is_making(place: Place) -> bool:
    return names_making(place.reach) or is_act(place.reach, place.rest)


def _is_held(place: Place) -> bool:
    """举办培训班6期, 新打机井20眼: with a weak or unknown unit a figure is made only at its clause's end."""
    if place.figure.unit in ("学时", "课时") and place.gap.endswith("完成"):
        return True
    is_countable = place.figure.unit in EVENT_UNITS or (place.figure.is_bare and bool(place.figure.unit))
    return is_countable and is_at_end(place.rest) and names_making(place.gap) and not is_described(place.gap)


def _is_attribute(place: Place) -> bool:
    """日处理5万吨污水厂1座: a measure of what is counted right behind it."""
    is_measure = bool(_MEASURES.search(place.figure.unit))
    return is_measure and len(place.tail) < len(place.rest) and bool(_NOUN_ONLY.fullmatch(place.tail))


def _as_much(place: Place) -> str:
    """At least that much; all of something, or about so much, is equal."""
    is_all = place.figure.unit == "%" and place.figure.value == 100
    return EQUAL if is_all or _ABOUT.match(place.tail) else AT_LEAST


def _carried(place: Place) -> str:
    """新建幼儿园10所、小学5所: what holds for one holds for the next."""
    if not place.inherited or _NOT_MADE.search(place.gap):
        return ""
    if place.is_next_clause:
        return AT_LEAST if place.inherited == AT_LEAST and _NEXT.search(place.gap) else ""
    return place.inherited if _LIST.search(place.gap) else ""
