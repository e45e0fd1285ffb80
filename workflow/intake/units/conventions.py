"""Sentences that lay down how units are to be read from there on: who leads, and who is meant without being named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from workflow.actions.loading import UnitInput
from workflow.intake.content import Passage, joined
from workflow.intake.units.marks import MARKS, mark_of
from workflow.intake.units.names import collective_kind, is_name, kind_of
from workflow.intake.units.splitting import split_units

_MOST_SENTENCES = 20
"""More of them in one line are no conventions."""

_WORD = r"[^，,；;。（）()\[\]【】、：:\n]"
_SAME = r"(?:[，,；;、]?\s*(?:以?下|以后|后|其余|余)(?:均|皆)?同(?=[，,；;。）)\]】\s]|$))?"
_END = r"(?=[，,；;。、）)\]】\n]|$)"
_NOTE = r"(?:注[：:]?\s*)?(?:\d[.．、])?"
_LEADS = r"(?:的)?(?:责任)?(?:单位|部门|者)?(?:的)?(?:即|均|则|视)*(?:为|是|系)(?:该项|本项)?(?:总牵头|牵头|主责|主办|主要责任)"
_UNIT = r"(?:责任|负责)?(?:单位|部门|处室|科室)?"
_AMONG = r"(?:(?:各项|责任|任务|工作|以上|所列)*(?:任务|单位|部门)(?:中|里)?[，,]?)?"
_FIRST_LEADS = re.compile(
    rf"{_NOTE}(?:{_AMONG}{_WORD}{{0,10}}?(?:第一|首)(?:位|个|家|名|列|顺位|责任)?{_LEADS}{_UNIT}"
    rf"|牵头(?:单位|部门)?(?:均)?(?:列|排|在|为)(?:在|于|为)?(?:第一|首)(?:位|个)?(?:单位)?){_SAME}{_END}"
)
_NO_LEAD = re.compile(
    rf"{_NOTE}{_WORD}{{0,4}}?(?:无|没有|未|不设)(?:明确|列出|列|注明|标明|标注|确定|设)?牵头(?:单位|部门)?的?[，,]?"
    rf"{_WORD}{{0,12}}?(?:责任|承办|第一|排名|列){_WORD}{{0,10}}?牵头{_UNIT}{_SAME}{_END}"
)
_SIGN = rf"[“‘\"（(【]?(?P<mark>[{MARKS}])[”’\"）)】]?(?:号|标|标记|标识|符号)*"
_BEARING = r"(?:(?:名称|名)?(?:前|后)?(?:带|标|标有|标注|标记|加|加注|打|有|注)有?|(?<!\w))"
_MEANS = r"(?:的|者)?(?:单位|部门)?(?:表示|代表|指|即)(?:该项|本项)?(?:总牵头|牵头|主责|主办)"
_MARKED = re.compile(
    rf"{_NOTE}{_BEARING}{_SIGN}(?:{_LEADS}|{_MEANS}){_UNIT}{_SAME}{_END}"
    rf"|{_NOTE}(?:总?牵头|主责|主办)(?:单位|部门)(?:名称|名)?(?:前|后|均|已|分别)*(?:以|用|由|带|标|标有|标注|加|加注)"
    rf"{_SIGN.replace('mark', 'behind')}(?:标注|标明|标示|标出|标识|标记|表示|注明|区分)?{_SAME}{_END}"
)
_NO_ORDER = re.compile(
    rf"{_NOTE}(?:以上|各)?(?:责任|牵头|配合)?(?:单位|部门)?(?:的)?(?:排名|排序|顺序)?(?:均)?不分先后(?:顺序)?{_SAME}{_END}"
)
_NOT_REPEATED = re.compile(
    r"不(?:再|作|另)(?:单独|逐一|逐项|一一|另行|重复|分别|具体|赘)*(?:列|标|注|说|写|重复|赘)"
)
_NEEDED = re.compile(
    r"(?:均需要?|都需要?|均由|都由|均须|需由|须由|均涉及|均应由|涉及|需要|由|需|须)(?P<units>[^，,；;。]+?(?:[，,]各[^，,；;。]+?)*?)"
    r"(?:共同|具体|分别|按职责(?:分工)?|同步|抓好|组织|做好)*(?:负责|推进|落实|组织实施|实施|配合|参与|承担|推动|完成|执行)"
)
_ARE_UNITS = re.compile(
    r"(?:^|[，,；;。\n：:])(?:其中|另外|此外|同时)?(?P<units>[^；;。\n：:]+?)(?:均|都|同时|一律|统一)*(?:为|是|作为|列为|系)[^，,；;。]*?"
    r"(?:责任|配合|参与|落实|实施|协办)(?:单位|主体|部门)"
)
_CONDITION = re.compile(
    r"(?:凡是?|如果?|若|遇有?|对于?|属于?|涉及)(?!以[上下])[^，,；;。]{1,40}?的(?:事项|任务|项目|工作|举措)?[，,]"
)
_INCLUDE = re.compile(r"(?:均|都)?(?:包括|包含|含有|含)(?P<units>[^；;。\n]+?)(?=[，,；;。]|$)")


@dataclass(frozen=True, slots=True)
class _Note:
    line: int
    first_leads: bool | None = None
    mark: str = ""
    implicit: tuple[UnitInput, ...] = ()
    is_general: bool = True
    conditional: str = ""


@dataclass(slots=True)
class Conventions:
    """What the document has laid down so far; feed it line by line in the document's order.

    A convention that says 下同 or 以下 holds from its line on, one without for the whole document.
    """

    places: set[str] = field(default_factory=set)
    """The places that the document is of, without their levels (石泉): a unit that begins with one takes no prefix."""
    _notes: list[_Note] = field(default_factory=list)

    def note(self, passage: Passage) -> bool:
        """Take in a line; whether it lays anything down that was understood."""
        found = list(_notes_in(passage))
        self._notes += found
        return bool(found)

    @property
    def first_leads(self) -> bool | None:
        """Whether the document says that the first unit leads; None where it says nothing about it."""
        return self.first_leads_at(None)

    @property
    def implicit(self) -> tuple[UnitInput, ...]:
        """The units that later measures have without naming them."""
        return self.implicit_at(None)

    @property
    def conditional(self) -> tuple[tuple[int, str], ...]:
        """The lines, with their sentences, that name units for some measures only: those are tied to none."""
        return tuple(dict.fromkeys((note.line, note.conditional) for note in self._notes if note.conditional))

    def first_leads_at(self, line: int | None) -> bool | None:
        """As `first_leads`, for a measure on `line`."""
        return True if any(note.first_leads for note in self._at(line)) else None

    def implicit_at(self, line: int | None) -> tuple[UnitInput, ...]:
        """As `implicit`, for a measure on `line`."""
        units = {unit.text: unit for note in self._at(line) for unit in note.implicit}
        return tuple(units.values())

    def lead_mark_at(self, line: int | None) -> str:
        """The sign that marks a lead (带*的为牵头单位), "" for none."""
        return next((note.mark for note in self._at(line) if note.mark), "")

    def _at(self, line: int | None) -> list[_Note]:
        return [note for note in self._notes if not line or note.is_general or note.line <= line]


def without_conventions(passage: Passage) -> Passage:
    """A list of units without the sentences in it that lay down a convention."""
    text = passage.text
    if not _may_lay_down(text):
        return passage
    spans = [
        span for pattern in (_NO_LEAD, _FIRST_LEADS, _MARKED, _NO_ORDER) for span in _spans(pattern, text)
    ]
    spans += [span for span, _ in _implicit_sentences(passage)]
    kept, at = [], 0
    for start, end in sorted(_with_brackets(text, *span) for span in spans):
        if start >= at:
            kept.append(passage.part(at, start))
            at = end
    kept.append(passage.part(at))
    return joined(part.stripped("，,；; \t\n") for part in kept)


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The span together with a bracket that holds nothing else."""
    is_whole = start > 0 and end < len(text) and text[start - 1] in "（([【〔" and text[end] in "）)]】〕"
    return (start - 1, end + 1) if is_whole else (start, end)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in pattern.finditer(text))


def _may_lay_down(text: str) -> bool:
    return "牵头" in text or "主责" in text or "主办" in text or "不" in text


def _notes_in(passage: Passage) -> Iterator[_Note]:
    text, line = passage.text, passage.number
    if not _may_lay_down(text):
        return
    for pattern in (_FIRST_LEADS, _NO_LEAD):
        for found in pattern.finditer(text):
            yield _Note(line, first_leads=True, is_general="同" not in found[0])
    for found in _MARKED.finditer(text):
        yield _Note(
            line, mark=mark_of(f"某局{found['mark'] or found['behind']}"), is_general="同" not in found[0]
        )
    if _NO_ORDER.search(text):
        yield _Note(line)
    for (start, end), units in _implicit_sentences(passage):
        if _CONDITION.search(text, start, end):
            yield _Note(line, conditional=text[start:end])
        else:
            yield _Note(line, implicit=units, is_general=False)


def _implicit_sentences(passage: Passage) -> Iterator[tuple[tuple[int, int], tuple[UnitInput, ...]]]:
    text = passage.text
    for said in islice(_NOT_REPEATED.finditer(text), _MOST_SENTENCES):
        start = max(text.rfind(sign, 0, said.start()) for sign in "。；;\n") + 1
        end = next((n for n in range(said.end(), len(text)) if text[n] in "。；;\n）)】]"), len(text))
        opened = _open_bracket(text[start : said.start()])
        start += opened
        units = _implicit_units(passage.part(start, end))
        if units:
            yield (start, end), units


def _open_bracket(text: str) -> int:
    """Behind the last bracket that is still open in `text`; 0 where none is."""
    opened: list[int] = []
    for n, sign in enumerate(text):
        if sign in "（([【〔":
            opened.append(n + 1)
        elif sign in "）)]】〕" and opened:
            opened.pop()
    return opened[-1] if opened else 0


def _implicit_units(sentence: Passage) -> tuple[UnitInput, ...]:
    for pattern in (_NEEDED, _ARE_UNITS, _INCLUDE):
        for found in pattern.finditer(sentence.text):
            parts = split_units(sentence.part(*found.span("units")))
            if parts and all(is_name(part.text) for part in parts):
                return tuple(_unit(part) for part in parts)
    return ()


def _unit(part: Passage) -> UnitInput:
    return UnitInput(
        part.text, kind_of(part.text).value, collective_kind=collective_kind(part.text), span=part.span
    )
