"""A list of units as documents join them, taken apart; every part keeps its place (INTAKE.md, Units)."""

import re
from collections.abc import Iterator
from typing import overload

from workflow.intake.content import Passage, Piece, joined
from workflow.intake.units.areas import runs_in
from workflow.intake.units.fields_of_work import is_field
from workflow.intake.units.marks import MARKS
from workflow.intake.units.names import NOBODY, is_bureau_name, is_name, kind_of

__all__ = ["NOBODY", "look_like_units", "places_held", "split_units"]

_PAIRS = dict(zip("（([【〔", "）)]】〕", strict=True))
_SEPARATORS = frozenset("、，,；;/／｜|。\n")
_BLANKS = re.compile(r"\s+")
_JOINER = re.compile(r"以及|并会同|会同|及|和|与|暨|[·•+＋.．\\&]|[-—–]+")
_RUN_TOGETHER = re.compile(r"[省市区县镇][\u4e00-\u9fff]{2,10}?(?:局|委|办|厅)(?=[省市区县镇]|$)")
_LEADING = re.compile(r"(?:以及|会同|及其|及|和|与|并|或)(?=.)")
_NUMBER = re.compile(r"(?:[（(]?\d{1,2}[.．)）](?!\d)|[①-⑳]|[●○■□•·\-—]+)\s*")
_COUNT = r"(?:\d+|[一二三四五六七八九十两]+)?(?:个|家)?"
_OPEN_END = re.compile(
    rf"(?P<named>.+?)(?P<open>(?<![高中初同平均对优])等(?!级|教育|职业|师范|专科)(?P<rest>{_COUNT}\w{{0,12}}?"
    r"(?:部门|单位|机构|企业|院校|高校|科室|处室|委办局|协会|组织|团体|地|区|县|市|局|家|人员|公司|街道|镇|乡)?"
    r"(?:（[^（）]*）|\([^()]*\))?(?:(?:、|和|及|以及|与)(?:各|有关|相关)*(?:部门|单位|机构|企业|街道))*)?)"
)
_TAIL = re.compile(r"(?:员会|办公室|分局|分公司|办事处|管委会|人民政府|政府|（|\(|委员会|局|厅|部|中心)")
_PARTY = re.compile(r"组织部|宣传部|统战部|政法委|网信办|编办|社会工作部|政研室|改革办|巡察办|老干部局|党校")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,3}")
_NEVER_JOINED = re.compile(r"(?:广电|公安|消防|税务|气象|邮政|烟草|公园|移动|电信|联通|城管)$")
_BARE_PHRASES = frozenset({"单位", "部门", "机构", "企业", "人员"})
"""The second half of 部门和单位, never a unit by itself."""
_JOINED_MOST = 6
_SEVERAL = 2


@overload
def split_units(text: str) -> tuple[str, ...]: ...
@overload
def split_units(text: Passage) -> tuple[Passage, ...]: ...
def split_units(text: str | Passage) -> tuple[str, ...] | tuple[Passage, ...]:
    """The units of a cell or bracket, each as written; an open-ended phrase is a part of its own.

    Separators inside brackets do not count, and 各市、县（市、区）政府 stays one collective.
    """
    if isinstance(text, str):
        return tuple(part.text for part in split_units(Passage(text, (Piece(0, 0, 0),))))
    written = text.stripped(" \t\r\n　。；;，,、")
    if written.text in NOBODY:
        return ()
    mended = _mended(written)
    parts = (part for piece in _pieces(mended) for part in _named(piece))
    return tuple(part for part in parts if part.text not in NOBODY and not part.text.isdecimal())


def look_like_units(text: str) -> bool:
    """Whether every part of a cell is a unit's name, a collective or an open-ended phrase."""
    parts = split_units(text)
    return bool(parts) and all(is_name(part) for part in parts)


def _mended(passage: Passage) -> Passage:
    """The list with a line end where one sets two units apart, and none where it only breaks a name."""
    if not _BLANKS.search(passage.text):
        return passage
    words = [word for word in passage.split(_BLANKS) if word.text]
    kept, before = [words[0]], words[0].text
    for after in words[1:]:
        if _is_apart(before, after.text):
            kept.append(Passage("\n", (Piece(0, after.start, after.number),)))
            before = ""
        kept.append(after)
        before += after.text
    return joined(kept)


def _is_apart(before: str, after: str) -> bool:
    """Whether two words that a blank divides are two units."""
    last, first = re.split(r"[、，,；;/](?![^（(]*[）)])", before)[-1], re.split(r"[、，,；;/]", after)[0]
    if not last or not first:
        return False
    if _depth(before) or _JOINER.match(first):
        return False
    if _NUMBER.match(after) or (after[0] in MARKS and is_name(after.split("、")[0])):
        return True
    if not is_name(_bare(last)) or _TAIL.match(first) or (last.endswith("委") and _PARTY.match(first)):
        return False
    return is_name(_bare(first)) or _PERSON.fullmatch(first) is not None


def _depth(text: str) -> int:
    return sum(text.count(sign) for sign in _PAIRS) - sum(text.count(sign) for sign in _PAIRS.values())


def _bare(text: str) -> str:
    return _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text


def _pieces(passage: Passage) -> Iterator[Passage]:
    """The parts between separators that stand outside brackets and collectives."""
    text = passage.text
    held = places_held(text)
    at = 0
    for n, sign in enumerate(text):
        if sign in _SEPARATORS and not held[n]:
            yield passage.part(at, n)
            at = n + 1
    yield passage.part(at)


def places_held(text: str) -> bytearray:
    """Which places of a list stand inside a closed bracket or a collective, where nothing is divided."""
    held = bytearray(len(text))
    opened: list[tuple[int, str]] = []
    for n, sign in enumerate(text):
        if sign in _PAIRS:
            opened.append((n, _PAIRS[sign]))
        elif opened and sign in "）)]】〕":
            start = opened.pop()[0]
            held[start:n] = b"\1" * (n - start)
    for start, end in runs_in(text):
        held[start:end] = b"\1" * (end - start)
    return held


def _named(piece: Passage) -> Iterator[Passage]:
    """The units of a part between separators: joined names apart, the open end by itself."""
    piece = piece.stripped(" \t　。：:")
    if number := _NUMBER.match(piece.text):
        piece = piece.part(number.end())
    lead = _LEADING.match(piece.text)
    if lead and is_name(piece.text[lead.end() :]):
        piece = piece.part(lead.end())
    for name in _unjoined(piece):
        yield from _without_open_end(name)


def _unjoined(piece: Passage) -> list[Passage]:
    """Split 区教育局和区财政局, but not 区文化和旅游局: only where both sides are whole names."""
    if together := _run_together(piece):
        return together
    if not _JOINER.search(piece.text):
        return [piece]
    held = places_held(piece.text)
    joiners = [found for found in _JOINER.finditer(piece.text) if not held[found.start()]]
    if not joiners or len(joiners) > _JOINED_MOST or kind_of(piece.text) == "open_ended":
        return [piece]
    for found in joiners:
        left, right = piece.part(0, found.start()), piece.part(found.end())
        if right.text in _BARE_PHRASES:
            continue
        if _is_whole(left.text) and not _NEVER_JOINED.search(left.text) and _is_whole_or_joined(right):
            return [left, *_unjoined(right)]
    return [piece]


def _run_together(piece: Passage) -> list[Passage]:
    """区教育局区财政局 taken apart: each begins with a level and names a field of work; [] for any other text."""
    found = list(_RUN_TOGETHER.finditer(piece.text))
    if len(found) < _SEVERAL or sum(len(one[0]) for one in found) != len(piece.text):
        return []
    is_sure = len({one[0][0] for one in found}) == 1 and all(is_field(one[0][1:-1]) for one in found)
    return [piece.part(*one.span()) for one in found] if is_sure else []


def _is_whole(name: str) -> bool:
    ended = _OPEN_END.fullmatch(name)
    return is_name(name) or (ended is not None and is_name(ended["named"]))


def _is_whole_or_joined(piece: Passage) -> bool:
    return _is_whole(piece.text) or len(_unjoined(piece)) > 1


def _without_open_end(unit: Passage) -> Iterator[Passage]:
    """各街道等相关部门 is 各街道 and, as a part of its own, 等相关部门."""
    found = _OPEN_END.fullmatch(unit.text) if "等" in unit.text else None
    if found is None or (is_bureau_name(unit.text) and not _is_open(found["rest"] or "")):
        yield unit
        return
    yield unit.part(0, found.end("named"))
    yield unit.part(found.start("open"))


def _is_open(rest: str) -> bool:
    return not rest or kind_of(rest) == "open_ended" or kind_of(f"等{rest}") == "open_ended"
