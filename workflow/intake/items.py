"""A measure's text broken into single things to do (拆解).

It is cut at the ends of sentences and at numbered points, long sentences at clauses that begin with a verb of their own.
Nothing to do is lost: all text but a sentence of mere background is in some item.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from workflow.actions.loading import ActionItemInput
from workflow.intake.content import Passage

MOST = 20
MANY = 200
LONG = 60
SHORT = 12
_OPENING, _CLOSING = "（(“「《〈【[〔", "）)”」》〉】]〕"
_BRACKETED = r"[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳]"
_NUMBER = (
    rf"{_BRACKETED}|\d{{1,2}}[.．、](?!\d)|[一二三四五六七八九十]{{1,2}}(?:是|要)"
    r"|第[一二三四五六七八九十]，|首先，|其次，|再次，|最后，"
)
_POINT = re.compile(rf"(?:^|(?<=[。；;：:，,\n]))\s*(?:{_NUMBER})")
_INLINE_POINT = re.compile(rf"(?<=[\u4e00-\u9fff])(?<![第条款项])(?={_BRACKETED})")
_HEAD = re.compile(rf"\s*(?:{_NUMBER})")
_VERBS = (
    "推进|推动|推行|推广|加强|加快|加大|强化|深化|完善|健全|建立|建设|建成|构建|打造|开展|组织|实施|落实|优化"
    "|提升|提高|制定|修订|出台|编制|印发"
    "|探索|创新|支持|鼓励|引导|培育|培养|引进|规范|严格|开发|发挥|扩大|拓展|拓宽|改善|改造|新建|新增|改建"
    "|扩建|整治|治理|清理|排查|统筹|协调|保障|确保|力争"
    "|完成|实现|做好|做到|抓好|搭建|设立|设置|举办|召开|选派|选树|配备|配齐|安排|纳入|促进|普及|宣传|弘扬"
    "|培训|检查|督促|督导|督查|监测|监督|评估|考核|公布|公开|发布|整合|盘活|筹集"
    "|争取|聚焦解决|解决|破解|畅通|降低|压缩|压减|减少|淘汰|取缔|依托|联合|协同|对接|引入|研究|梳理|建好|用好"
    "|管好|坚决|全面|全力|着力|大力|积极|稳步|持续|深入|扎实|有序|逐步|科学|合理"
    "|进一步|认真|切实|充分|广泛|重点|分类|分批|试点|启动|开工|新开|开设|增设|增加|整改|修缮|修复|更新|升级"
    "|加装|铺设|种植|巩固|维护|管理|执行|贯彻|履行|关注|动员|指导|帮助|帮扶|救助|奖励|约谈|问责|通报"
)
_BREAK = re.compile(rf"[，,](?=(?:并|同时|再|要)?(?:{_VERBS}))")
_ENDS = "。；;！!？?\n"
_BACKGROUND = re.compile(
    r"(?:为(?:了|深入|全面|进一步|贯彻|加快|认真|切实)|以[^，。]{2,60}为(?:指导|统领|引领|遵循|目标|抓手|主线"
    r"|核心|根本|导向)|根据|按照|近年来|目前|当前|截至|坚持以)"
)
_LEAD_IN = re.compile(r"^.{0,30}(?:以下|如下|下列)[^，。]{0,8}[：:]$")
_HAS_ACTION = re.compile(rf"(?:^|[，,、])(?:要|应|并|将)?(?:{_VERBS})")
_EDGE = "。；;，,、！!？? 　\t\n"


def read_items(passage: Passage) -> tuple[ActionItemInput, ...]:
    """The single actions of a text in order, at most `MOST`; each is a phrase as written, without its point's number."""
    pieces = [piece for piece in _pieces(passage.text) if not _is_background(passage.text[slice(*piece)])]
    while len(pieces) > MANY:
        pieces = [(pieces[n][0], pieces[min(n + 1, len(pieces) - 1)][1]) for n in range(0, len(pieces), 2)]
    while len(pieces) > MOST:
        pieces = _joined(pieces)
    items = []
    for start, end in pieces:
        point = _HEAD.match(passage.text, start, end)
        item = passage.part(point.end() if point else start, end).stripped(_EDGE)
        if item.text:
            items.append(ActionItemInput(item.text, item.span))
    return tuple(items)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    depth = _depths(text)
    cuts = {n + 1 for n, sign in enumerate(text) if sign in _ENDS and not depth[n]}
    cuts |= {found.start() for found in _POINT.finditer(text) if not depth[found.start()]}
    cuts |= {found.start() for found in _INLINE_POINT.finditer(text) if not depth[found.start()]}
    for start, end in _between({0, *cuts, len(text)}):
        if end - start <= LONG:
            yield start, end
            continue
        inside = {found.end() for found in _BREAK.finditer(text, start, end) if not depth[found.start()]}
        yield from _not_short(text, list(_between({start, *inside, end})))


def _between(cuts: set[int]) -> Iterator[tuple[int, int]]:
    places = sorted(cuts)
    yield from pairwise(places)


def _not_short(text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A piece too short to stand alone, and a lead-in (以…为…，) goes with the piece behind it."""
    held: int | None = None
    for n, (start, end) in enumerate(pieces):
        first = start if held is None else held
        is_last = n + 1 == len(pieces)
        is_lead_in = not _HAS_ACTION.search(text[start:end])
        if not is_last and (end - first < SHORT or is_lead_in):
            held = first
            continue
        held = None
        yield first, end


def _depths(text: str) -> list[int]:
    """How many brackets or quotes are open at each sign; one that is never closed opens nothing."""
    depth = [0] * (len(text) + 1)
    opened: list[int] = []
    for n, sign in enumerate(text):
        if sign in _OPENING:
            opened.append(n)
        elif sign in _CLOSING and opened:
            begin = opened.pop()
            if not opened:
                depth[begin : n + 1] = [1] * (n + 1 - begin)
    return depth


def _is_background(piece: str) -> bool:
    """为深入贯彻…精神: a sentence in which nothing is done; or the head of numbered points (开展以下工作：)."""
    written = piece.strip(_EDGE)
    return (
        not written
        or bool(_LEAD_IN.search(written))
        or bool(_BACKGROUND.match(written) and not _HAS_ACTION.search(written))
    )


def _joined(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces with the two neighbours joined that are shortest together."""
    n = min(range(len(pieces) - 1), key=lambda n: pieces[n + 1][1] - pieces[n][0])
    return [*pieces[:n], (pieces[n][0], pieces[n + 1][1]), *pieces[n + 2 :]]
