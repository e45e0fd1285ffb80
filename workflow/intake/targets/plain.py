"""Targets without a number: all or nothing (全覆盖, 全员持证上岗, 应保尽保), and relative ones (逐年只增不减)."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from workflow.intake.targets.numeric import clauses_of

_END = r"(?=\s*(?:[，,。；;！!、)）\n]|$|工作(?:[，。；]|$)|的?(?:目标|要求)?(?:[，,。；;]|$)))"
_NOUN = r"[^，,。；;\n]"
_NO_MORE = "零(?:增长|新增|事故|发生|伤亡|死亡|上访|投诉|排放|突破|差错|拖欠|积压|遗漏|盲区|死角|返贫|直排|填埋|起火)"
_DONE = (
    "到位|达标|清零|取缔|关闭|整改|办结|销号|合格|建成投用|建成|完成|投入使用|上线|脱贫|消除|实现|清退|拆除|退出|搬迁|关停"
    "|兑现|开工|竣工|交付|挂牌|入库|移交|建档|备案|贯通|化解|投产|投用|启用|通车|并网|销毁|转移|封堵|归还|收回"
    "|通过(?:竣工|专家|省级|国家|终期|综合)*(?:验收|认证|审核|评估|考核|复核)"
)
_TAKEN_IN = "纳入|实现|接入|建立|配备|覆盖|公开|进驻|入驻|达到|安装|设立|取得|开通|配齐|下放|落实|设置|联网|接通|签订|实行|执行|改造|更新|更换|使用|采用|取消|归集|开展|制定|参加|装上|加装"
_OBJECT_OF = "覆盖|公开|承担|涉及|包括|包含|取得|掌握|收回|完成|负责|落实|纳入|汇总|归还|整合|核实|分析|梳理"
_TURNED = (
    r"(?:正常|有效|依法|按期|如期|规范|集中|就近)?(?:复耕|复种|复垦|复绿|复产|复工|返还|退还|退赔|退库|退养|回填|回收|修复|恢复|治理|处置|修缮|加固|疏通|疏浚|绿化|硬化|亮化|封闭|封存|断流|断电|注销|撤销|撤并|拆移"
    r"|运行|运转|运营|达产|供水|供气|供暖|供电|入学|入园|入院|就业|安置|入住|返岗|签约|上岗|持证|参保|轮训|受训|就位|解决|回应|答复|化粪|种植|播种|收割|采收|入仓|解除|转产(?:转业)?|转业|转岗|上岸|离岸|退捕|禁捕|禁养|结案|审结|执结|清偿|偿还|付清|兑付)"
    r"(?:到位|完毕|完成|成功|原状|使用|运行|耕种|耕地|生产|通行|供水|供电|复种|复绿|绿化|利用|见效)?"
)
_THAN = "不低于|不少于|不高于|不超过|高于|低于|优于|超过|好于|快于|达到或超过|不落后于"
_LEVEL = "平均(?:工资)?(?:收入)?(?:水平|值|数)?|水平|速度|上年|同期|增速|增幅|基准|均值|底线|下限|上限|标准|去年|指标"
_RANK = r"前(?:\d{1,3}|[一二三四五六七八九十]+)(?:名|位|强)?|[百十]强"
_COVERED = rf"(?<!化、)全覆盖(?=\s*(?:[，,。；;！!)）\n]|$|、(?!{_NOUN}{{0,60}}的)|工作(?:[，。；]|$)))"
_OPEN_VERBS = "开展|推进|倡导|落实|打造|争创|坚持|树立|追求|宣传|围绕|探索|践行|向|朝|为|以|按|对|“"
_LEVEL_WORDS = r"达到|达|优于|不低于|符合|提升至|提升到|提高到|稳定在|保持在|保持|恢复到|满足"
_CLASS = r"劣?[ⅠⅡⅢⅣⅤIV]{1,3}类|[一二三四]级\s?[ABＡＢ]?|[一二三四]星级?|优良|良好"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _COVERED,
        rf"(?:实现|确保|达到|做到|完成){_NOUN}{{0,30}}(?:全面|全域|全部|整体)覆盖{_END}",
        rf"全员{_NOUN}{{0,4}}(?:持证|上岗|轮训|参保|达标|合格|签约|覆盖){_NOUN}{{0,4}}{_END}",
        rf"(?:全部|100%|百分之百){_NOUN}{{0,14}}?(?:{_DONE})(?!{_NOUN}{{0,12}}的[^确目要])(?!{_NOUN}{{0,40}}第)",
        rf"全部(?:{_TAKEN_IN}){_NOUN}{{0,30}}",
        rf"(?<=[\u4e00-\u9fff])(?<![已经])(?<!{_OBJECT_OF})全部(?:{_TURNED}){_END}",
        r"应(?P<what>[\u4e00-\u9fff])尽(?P=what)",
        rf"(?:存量|动态|全部|全面|基本|实现|库存){_NOUN}{{0,14}}清零{_END}|(?<![\u4e00-\u9fff])清零{_END}",
        rf"(?:实现|确保|保持|力争|达到|做到|杜绝){_NOUN}{{0,20}}{_NO_MORE}{_END}",
        rf"(?:^|(?<=[，,。；;\n]))(?!{_NOUN}{{0,20}}(?:{_OPEN_VERBS})){_NOUN}{{2,20}}{_NO_MORE}{_END}",
        rf"(?:{_LEVEL_WORDS})(?:国家|地表水|地下水|城镇|行业|地方|环境|水质|空气)*(?:{_CLASS})(?:及?以上)?(?:水质|水体|标准|水平|要求)*{_END}",
        r"(?:全面|基本|彻底|坚决|稳定)*消除劣\s?[ⅤV]类",
        r"(?:基本|全面|彻底|完全)(?:消除|消灭|杜绝|根除|淘汰|取缔|退出|清零)(?!.?化)",
        rf"(?:逐年|持续|总体)?(?:只[增升]不[减降]|只[减降]不[增升]){_END}",
        rf"(?:{_THAN}){_NOUN}{{1,30}}?(?:{_LEVEL}){_END}",
        rf"(?:进入|位居|位列|居|跻身|保持(?:在)?|力争){_NOUN}{{0,16}}(?:{_RANK}){_END}",
    )
)
_DATED = re.compile(rf"(?:整改|治理|拆除|清理|处置|配备|清退){_NOUN}{{0,4}}到位{_END}")
_HINT = re.compile(
    r"[类级优良]|全|尽|清零|零|消|彻底|完全|只[增减升降]|[高低少多过好快]于|超过|前|到位|百分之百"
)
_CONDITION = re.compile(rf"(?:^|[，,；;。])(?:凡|若|如|(?P<of>对于?)){_NOUN}*$")


def plain_promises(text: str, dates: list[int]) -> Iterator[tuple[int, int, int]]:
    """The clauses that promise a state: their start and end, and where the state is named; one for each clause.

    `dates` are the places of the dates: 整改到位 is a promise only with one. `text` is without traps.
    """
    if not _HINT.search(text):
        return
    for start, end in clauses_of(text):
        at = _promised_at(text, start, end)
        found = None if at is not None else _DATED.search(text, start, end)
        if found and bisect_left(dates, start) < bisect_left(dates, end):
            at = found.start()
        if at is not None:
            yield start, end, at


def _promised_at(text: str, start: int, end: int) -> int | None:
    found = (match for form in _FORMS if (match := form.search(text, start, end)))
    return min((one.start() for one in found if not _is_condition(text, start, one, end)), default=None)


def _is_condition(text: str, start: int, state: re.Match[str], end: int) -> bool:
    """Whether the state says of whom something else holds: 对全部整改到位的企业, but not 对新增违建动态清零."""
    found = _CONDITION.search(text[start : state.start()])
    if found is None:
        return False
    return found["of"] is None or "的" in text[state.end() : end]
