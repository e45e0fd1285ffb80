"""What a text tells as so already (目前已建成驿站35个; 2025年新建10个): no promise of the plan."""

import re

_FACT = re.compile(
    r"^(?:[\s＊]|(?:目前|当前|现|如今|去年|上年|此前|[全我本][市县区省]|截至|底|末|年|月))*"
    r"(?:(?!巩固|提升|推动|推进|改造|完善|管好|用好|优化|确保|力争|加强|[对将把在使])[^，,。；;\d]){0,16}?"
    r"已(?:经|累计|先后|陆续|共|全部|基本|于|在|连续|＊)*(?![^，,。；;\d]{1,4}的)"
    r"(?:建|完|实现|达|超|突破|新|培|引|改|开|设|整|修|创|安|投|签|发|接|归|覆盖|形成|组|举|启|配|办|制|出|入|有|招|认)"
    r"|(?:现有|现存|共有)[^，,。；;\d]{0,20}$"
)
_BREACH = re.compile(
    r"(?P<before>[^，,。；;\d]*)(?:违规|违法|违章|擅自|非法|私自|随意|超标|无证)"
    r"(?:建设|新建|改建|扩建|搭建|修建|占用|占地|用地|侵占|围垦|倾倒|堆放|堆存|排放|开采|采砂|采石|采矿|填埋|取水|砍伐|开垦)"
    r"(?P<object>[^，,。；;\d]*)$"
)
_MENDED = re.compile("[拆整治查清退腾恢复回取关纠处消减打修移销确力争完]")
_TOLD_OF = re.compile(
    r"[\s＊]*(?:累计)?(?:覆盖|服务|惠及|受益|形成|带动|占|同比|较|比|其中|总|平均|吸引|培训|涉及|位居)"
)
_PAST = re.compile(
    r"[\s＊]*(?:(?:截至|截止|到|至)?＃+[底末]?|去年|上年|近年来|近[几两三五]年来?|过去[^，,。；;]{0,4}年)"
    r"(?![^，,。；;]{0,3}(?:基础|水平|同期|底?前|提高|提升|增长|下降|减少))"
)
_PAST_ALONE = re.compile(r"[^，,。；;\d]{0,14}$")
_ANEW = re.compile(
    "[＊＃]|力争|确保|计划|[拟将再]|进一步|新增|新建|目标|争取|至少|不低于|不少于|提高|提升|完善|加快|推进|推动"
)


def is_fact(clause: str) -> bool:
    """Whether the clause up to the figure tells what is so already (目前已建成驿站35个)."""
    return _FACT.search(clause) is not None


def is_breach(clause: str) -> bool:
    """Whether the clause up to the figure names what was done against the rules (违规建设栈道1.4公里), not its mending."""
    found = _BREACH.search(clause)
    return found is not None and not _MENDED.search(found["before"] + found["object"])


def is_told_of(clause: str) -> bool:
    """Whether a clause goes on with what is so already, behind one that begins it (…，覆盖8个县)."""
    return _TOLD_OF.match(clause) is not None


def is_past(clause: str) -> bool:
    """Whether a clause begins with a date before the plan: 截至2025年底，…; 2025年，全市…"""
    return _PAST.match(clause) is not None


def goes_on(past: str, clause: str) -> bool:
    """Whether a clause behind such a one tells of that time too: that one is no more than its date, or nothing begins."""
    return is_past(past) and (_PAST_ALONE.match(past) is not None or _ANEW.search(clause) is None)
