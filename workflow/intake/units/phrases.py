"""Units in a sentence of their own: A牵头，B、C配合 · 由A会同B负责 · A、B按职责分工负责."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from workflow.intake.content import Passage
from workflow.intake.units.carrying import whole_names
from workflow.intake.units.names import is_name
from workflow.intake.units.roles import UnitRole, WrittenUnits
from workflow.intake.units.splitting import places_held, split_units

_END = r"(?=[\s，,；;。、）)]|$)"
_BY = r"(?:(?:依据|依照|依|按照|按|根据|结合)(?:各自)?(?:的)?(?:工作|部门|法定)?(?:职责|职能|分工|任务|权限|要求|属地|规定|管理|项目|行业|领域|区域|条线|业务)+(?:原则)?(?:范围)?[，,]?|各司其职[，,]?)?"
_HOW = r"(?:分别|共同|分工|具体|各自|分头|联合|协同|积极|密切|认真|牵头|做好|抓好|予以|给予|统筹)*"
_DO = r"(?:组织实施|组织落实|抓好落实|贯彻落实|推动落实|推进落实|负责落实|落实|推进|实施|办理|执行|承办|承建|承担|完成|工作|(?<![团党会群层业级类])组织|协调|推动)"
_AS = r"(?:作为|为|是)"
_LEAD = (
    rf"{_AS}(?:总|主)?(?:牵头|主办|主责)(?:责任)?(?:单位|部门)|"
    r"(?:共同|联合|分别|总|主)?牵头(?!单位|部门|人|领导|处室|科室|抓好)(?:抓总|负责|组织|统筹|协调|推进|推动|落实|实施|办理|承办|指导|督导|督促|调度)*"
    rf"|(?:主办|主责|主抓|抓总|领办|总负责|负总责|统筹(?:负责|协调|推进|保障|实施|落实)|为主(?:负责)?|(?:负责)?统筹){_END}"
)
_GUIDE = r"(?:业务|行业|技术|政策|专业|跟踪|全程|日常|加强|做好|抓好|负责|给予|予以|提供|强化)*(?:指导|督导|督促|督办|监督|监督检查|检查指导)"
_BACK = r"(?:给予|予以|提供|做好)(?:资金|经费|技术|要素|用地|政策|服务|人员|后勤|窗口|场地|数据|专业|支撑|必要|相关)*(?:支持|保障|支撑|服务)"
_SUPPORT = (
    rf"{_AS}(?:配合|协办|参与|协助|指导)(?:单位|部门)"
    rf"|{_BY}{_HOW}(?:配合(?!单位|部门)|协助(?=[省市区县州各])|(?:协办|参与|参加|协助|支持|协同|协作){_END})(?:{_DO})*"
    rf"|{_BY}{_HOW}(?:(?:{_GUIDE})+(?:{_DO})*|{_BACK}){_END}"
)
_HELPS = re.compile(r"(?:积极|密切|主动|全力)?(?:配合|协助)")
_RESPONSIBLE = rf"{_AS}(?:责任|落实|实施|承办)(?:单位|部门|主体)|{_BY}{_HOW}(?:负责(?!人|同志|单位|部门)(?:{_DO})*|(?:{_DO})+{_END})|{_BY.removesuffix('?')}{_END}"
_VERB = re.compile(rf"(?P<lead>{_LEAD})|(?P<support>{_SUPPORT})|(?P<responsible>{_RESPONSIBLE})")
_HINT = re.compile(
    r"牵头|主[办责抓]|抓总|领办|总负责|统筹|为主|配合|协[办助同作]|参[与加]|支持|负责|实施|落实|推[进动]|办理|执行|承[办担建]|完成|工作|组织|协调"
    r"|职[责能]|分工|各司|(?:为|是)(?:责任|落实|实施)|总责|指导|督[导促办]|监督|保障|支撑"
)
_MOST_COMPANIONS = 20
_LONGEST_HELPED = 80
_WITH = re.compile(r"会同|联合|协同|[，,]?会商|[，,]?商(?=[省市区县])|携手")
_BEFORE = re.compile(
    r"[\s，,；;。、]*(?:(?:此|该|本)(?:项|条|款)?(?:重点|主要)*(?:工作|任务|措施|举措|事项|行动)?[，,：:]?(?=由|[省市区县镇乡]|各))?(?:(?:并|均|具体|主要|统一|分别)?由|请|其中|并|同时|会同|联合|协同|和|及|以及)?(?=\S)"
)
_CLAUSE_END = re.compile(r"[，,；;。\n]")
_FULL_NAMES = re.compile(
    r"(?:政|科|作|文|侨|贸|足|消)协办|联合(?:会|社|总社|国|体|党委)|协同(?:创新|办|中心)|推进(?:办|局|中心|委)|支持中心|实施(?:中心|办)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says: units with their roles, and whether it also tells duties (A负责课程建设)."""

    units: tuple[WrittenUnits, ...]
    has_duties: bool

    @property
    def is_clear(self) -> bool:
        """Whether every part of it is a unit's name."""
        parts = [part.text for written in self.units for part in split_units(written.passage)]
        return bool(parts) and all(is_name(part) for part in whole_names(parts))


def told_by_verbs(passage: Passage, role: UnitRole = UnitRole.RESPONSIBLE) -> Told | None:
    """The units with the roles that verbs give them; what has no verb has `role`. None where there is no verb."""
    verbs = [verb for verb in _verbs(passage.text) if verb.start() < verb.end()]
    if not verbs:
        return _told_with(passage, role)
    return _Sentence(passage, role).told(verbs)


def _verbs(text: str) -> Iterator[re.Match[str]]:
    if not _HINT.search(text):
        return
    held = places_held(text)
    names = [found.span() for found in _FULL_NAMES.finditer(text)]
    for verb in _VERB.finditer(text):
        inside = any(start <= verb.start() < end for start, end in names)
        if not inside and (verb.start() == verb.end() or not held[verb.start()]):
            yield verb


def _told_with(passage: Passage, role: UnitRole) -> Told | None:
    """A会同B without a verb behind it."""
    units = tuple(_companions(passage, role))
    return Told(units, has_duties=False) if len(units) > 1 else None


class _Sentence:
    """Walks from verb to verb; what stands before each are its units."""

    def __init__(self, passage: Passage, role: UnitRole) -> None:
        self.passage = passage
        self.role = role
        self.at = 0
        self.units: list[WrittenUnits] = []
        self.has_duties = False

    def told(self, verbs: list[re.Match[str]]) -> Told:
        for verb in verbs:
            if verb.start() >= self.at:
                names = self.passage.part(self.at, verb.start())
                if _role(verb, self.role) is UnitRole.SUPPORTING and not self.units:
                    names = self._take_first(names)
                self._add(names, _role(verb, self.role))
                self.at = verb.end()
                self._take_helped(verb)
                self._skip_duty()
        rest = UnitRole.SUPPORTING if self.units else self.role
        self._add(self.passage.part(self.at), rest)
        return Told(tuple(self.units), self.has_duties)

    def _add(self, names: Passage, role: UnitRole) -> None:
        before = _BEFORE.match(names.text)
        names = names.part(before.end() if before else 0).stripped("， ,；;。、\n\t　")
        if names.text:
            self.units += _companions(names, role)

    def _take_first(self, names: Passage) -> Passage:
        """A，B、C配合: what stands before the one comma, or the last semicolon, is the responsible; the rest is left."""
        commas = [n for n, sign in enumerate(names.text) if sign in "，,"]
        cut = max(names.text.rfind("；"), names.text.rfind(";"), commas[0] if len(commas) == 1 else -1)
        first = split_units(names.text[: max(cut, 0)])
        if not first or not all(is_name(name) for name in whole_names(first)):
            return names
        self._add(names.part(0, cut), self.role)
        return names.part(cut)

    def _take_helped(self, verb: re.Match[str]) -> None:
        """A配合B: B leads, where nobody else was named to."""
        is_short = self._clause_end() - self.at <= _LONGEST_HELPED
        if not is_short or not _HELPS.fullmatch(verb[0]) or not self.units:
            return
        if any(unit.role is UnitRole.LEAD for unit in self.units):
            return
        helped = self.passage.part(self.at, self._clause_end())
        parts = split_units(helped.text)
        if parts and all(is_name(part) for part in whole_names(parts)):
            self._add(helped, UnitRole.LEAD)
            self.at = self._clause_end()

    def _clause_end(self) -> int:
        end = _CLAUSE_END.search(self.passage.text, self.at)
        return end.start() if end else len(self.passage.text)

    def _skip_duty(self) -> None:
        """Pass over what the verb is about, up to the clause's end, unless that is the next units."""
        text = self.passage.text
        stop = self._clause_end()
        object_ = text[self.at : stop].strip()
        if not object_ or _without_lead(object_) != object_:
            return
        following = _VERB.search(object_)
        names = object_[: following.start()] if following and following.end() > following.start() else object_
        parts = split_units(_without_lead(names))
        if not parts or not all(is_name(part) for part in whole_names(parts)):
            self.has_duties = True
            self.at = stop


def _without_lead(names: str) -> str:
    found = _BEFORE.match(names)
    return names[found.end() :] if found else names


def _role(verb: re.Match[str], role: UnitRole) -> UnitRole:
    if verb["lead"]:
        return UnitRole.LEAD
    if verb["support"]:
        return UnitRole.SUPPORTING
    return role


def _companions(names: Passage, role: UnitRole) -> Iterator[WrittenUnits]:
    """A会同B、C: the first leads, the others support."""
    held = places_held(names.text)
    full = [found.span() for found in _FULL_NAMES.finditer(names.text)]
    at, now = 0, role
    for found in islice(_WITH.finditer(names.text), _MOST_COMPANIONS):
        is_inside = held[found.start()] or any(start <= found.start() < end for start, end in full)
        left = names.part(at, found.start()).stripped("，, ")
        if not is_inside and left.text and all(is_name(part) for part in split_units(left.text)):
            yield WrittenUnits(now if now is UnitRole.SUPPORTING else UnitRole.LEAD, left)
            at, now = found.end(), UnitRole.SUPPORTING
    yield WrittenUnits(now, names.part(at))
