"""Units as a measure has them: their whole names, kinds and aliases, and the one that leads (INTAKE.md, Units)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workflow.actions.loading import UnitInput
from workflow.intake.content import Passage
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.units.carrying import whole_names
from workflow.intake.units.conventions import Conventions
from workflow.intake.units.fields_of_work import is_field
from workflow.intake.units.marks import mark_of, without_mark
from workflow.intake.units.names import collective_kind, is_bureau_name, is_name, kind_of
from workflow.intake.units.persons import is_person, is_post, person_behind
from workflow.intake.units.roles import UnitRole, WrittenUnits
from workflow.intake.units.splitting import split_units
from workflow.intake.units.values import Said, said_in_cell
from workflow.models.responsible_unit import UnitKind
from workflow.rules.bureau_names import level_of, without_brackets

_LEADS = re.compile(
    r"[（(](?:由其|为|负责)?(?:总|共同|负责)?(?:牵头|主办|主责|主要责任|第一责任)[^（）()、]{0,12}[）)]$"
)
_SUPPORTS = re.compile(r"[（(](?:配合|协办|参与|协助|支持)[^（）()、]{0,12}[）)]$")
_DUTY = re.compile(r"[（(](?:(?:具体|主要|共同|分别)?(?:负责|承担)|按|依)[^（）()]*[）)]$")
_ALIAS = re.compile(r"(?P<name>.+?)[（(](?:加?挂|原|亦称|又称|简称)?(?P<alias>[^（）()、，,]+)[）)]")
_SUB_UNIT = re.compile(r"(?:[科股处室组]|大队|中队|支队|中心|所|站)$")
_OFFICE = re.compile(
    r"(?:管理|服务|监督|指挥|发展|保护)*(?:委员会|办公室|中心|总队|支队|大队|分局|局|委|办|厅|部|处|所|院|站|会|队|馆|社|校)$"
)
_LONG = 4
"""Signs of a stem from which on it may hold a place."""
_ORDER = (UnitRole.LEAD, UnitRole.RESPONSIBLE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A unit of the list: its place, the name without marks, its role; `person` is who stands with it."""

    passage: Passage
    name: str
    role: UnitRole
    person: str = ""

    @property
    def is_bureau(self) -> bool:
        return kind_of(self.name) is UnitKind.BUREAU


def read_units(
    written: Sequence[WrittenUnits],
    conventions: Conventions,
    title: str,
    line: int | None,
    warnings: WarningList,
) -> tuple[UnitInput, ...]:
    """The units of the measure `title` in the order written, those that later measures share at the end.

    By label or verb, else the first bureau leads; a collective never does. Warns of a unit named twice, an open-ended
    phrase, a part that looks like no unit, several leads, and a missing lead.
    """
    parts = _parts(written, conventions, title, line, warnings)
    _note_parts(parts, line, warnings)
    kept = _once(parts)
    lead = _lead(kept, title, line, warnings)
    units = [_unit(part, is_lead=part.name == lead) for part in kept]
    implied = [
        unit for unit in conventions.implicit_at(line) if unit.text not in {kept.text for kept in units}
    ]
    if lead is None:
        code = Caution.LEAD_MISSING if units or implied else Caution.UNITS_MISSING
        warnings.add(line, code, title=title)
    return (*units, *implied)


def unit_input(unit: str, *, is_lead: bool) -> UnitInput:
    """A unit by its whole name as the loading action takes it; a collective whose members are sure names their kind."""
    return UnitInput(unit, kind_of(unit).value, is_lead, collective_kind(unit), alias=_alias(unit))


def _parts(
    written: Sequence[WrittenUnits],
    conventions: Conventions,
    title: str,
    line: int | None,
    warnings: WarningList,
) -> list[_Part]:
    found: list[_Part] = []
    for given in written:
        said = said_in_cell(given)
        _note_left_out(said, title, line, warnings)
        if said.has_duties:
            text = given.passage.text[:60]
            warnings.add(given.passage.number or line, Caution.UNITS_LEFT_OUT, title=title, text=text)
        for units in said.units:
            found += (_part(passage, units.role) for passage in split_units(units.passage))
    found = _marked(found, conventions.lead_mark_at(line), line, warnings)
    names = whole_names([part.name for part in found], conventions.places)
    _note_carried(found, names, line, warnings)
    whole = [replace(part, name=name) for part, name in zip(found, names, strict=True)]
    return _without_persons(whole, title, line, warnings)


def _note_carried(
    parts: Sequence[_Part], names: Sequence[str], line: int | None, warnings: WarningList
) -> None:
    """Warn of a prefix that was carried on to a long name which is not made of fields of work: it may name a place."""
    for part, name in zip(parts, names, strict=True):
        stem = _OFFICE.sub("", without_brackets(part.name))
        if name != part.name and name.endswith(part.name) and len(stem) >= _LONG and not is_field(stem):
            warnings.add(part.passage.number or line, Caution.UNIT_CARRIED, unit=part.name, name=name)


def _marked(parts: Sequence[_Part], mark: str, line: int | None, warnings: WarningList) -> list[_Part]:
    """The parts with the lead that a sign marks; a sign that the document does not explain is warned of.

    A sign that all of them bear is a list's bullet.
    """
    signs = [mark_of(part.passage.text) for part in parts]
    found: list[_Part] = []
    for part, sign in zip(parts, signs, strict=True):
        is_lead = bool(sign) and sign == mark
        if sign and not is_lead and len(set(signs)) > 1:
            warnings.add(part.passage.number or line, Caution.UNIT_MARKED, unit=part.name, sign=sign)
            is_lead = not mark and part.role is UnitRole.RESPONSIBLE
        found.append(replace(part, role=UnitRole.LEAD) if is_lead else part)
    return found


def _without_persons(
    parts: Sequence[_Part], title: str, line: int | None, warnings: WarningList
) -> list[_Part]:
    """The parts without those that are posts, or persons beside units; each of them is warned of."""
    has_names = any(is_name(part.name) for part in parts)
    kept: list[_Part] = []
    for part in parts:
        is_nobody = is_post(part.name) or (has_names and is_person(part.name))
        if part.person or is_nobody:
            at = part.passage.number or line
            warnings.add(at, Caution.UNITS_LEFT_OUT, title=title, text=part.person or part.name)
        if not is_nobody:
            kept.append(part)
    return kept


def _note_left_out(said: Said, title: str, line: int | None, warnings: WarningList) -> None:
    for left in (*said.schedules, *said.leaders, *said.others):
        if left.text:
            warnings.add(left.number or line, Caution.UNITS_LEFT_OUT, title=title, text=left.text[:60])


def _part(passage: Passage, role: UnitRole) -> _Part:
    """The unit without what stands with it: a sign, a person, a bracket that tells its role (区教育局（牵头）)."""
    name = without_mark(_closed(passage.text))
    person = person_behind(name)
    name = name.removesuffix(person)
    for pattern, told in ((_LEADS, UnitRole.LEAD), (_SUPPORTS, UnitRole.SUPPORTING), (_DUTY, role)):
        found = pattern.search(name)
        if found and is_name(name[: found.start()]):
            return _Part(passage, name[: found.start()], told, person)
    return _Part(passage, name, role, person)


def _closed(name: str) -> str:
    """The name with the bracket closed that was cut off at its end."""
    for opening, closing in ("（）", "()", "【】", "[]"):
        if name.count(opening) == name.count(closing) + 1 and name.rfind(opening) > name.rfind(closing):
            return f"{name}{closing}"
    return name


def _once(parts: Iterable[_Part]) -> list[_Part]:
    """Each unit once, at its first place, a lead where it is named as one anywhere."""
    kept: dict[str, _Part] = {}
    for part in parts:
        before = kept.setdefault(part.name, part)
        if part.role is UnitRole.LEAD and before.role is not UnitRole.LEAD:
            kept[part.name] = replace(before, role=UnitRole.LEAD)
    return list(kept.values())


def _lead(parts: Sequence[_Part], title: str, line: int | None, warnings: WarningList) -> str | None:
    """The name of the unit that leads: the first bureau of those named as leads, else of the responsible ones."""
    able = [part for role in _ORDER for part in parts if part.role is role]
    bureaus = [part for part in able if part.is_bureau]
    lead = next((part for part in bureaus if is_name(part.name)), bureaus[0] if bureaus else None)
    if lead is None:
        return None
    leads = [part.name for part in parts if part.role is UnitRole.LEAD and part.is_bureau]
    if len(leads) > 1:
        warnings.add(line, Caution.LEADS_SEVERAL, title=title, units="、".join(leads), lead=lead.name)
    if not able[0].is_bureau:
        warnings.add(line, Caution.LEAD_NOT_FIRST, first=able[0].name, lead=lead.name)
    return lead.name


def _unit(part: _Part, *, is_lead: bool) -> UnitInput:
    unit = unit_input(part.name, is_lead=is_lead)
    span = part.passage.span if part.passage.number else None
    return replace(unit, written=part.passage.text if part.passage.text != part.name else "", span=span)


def _alias(unit: str) -> str:
    """The second name in 市场监管局（知识产权局）; a section or several sub-units in brackets are none."""
    found = _ALIAS.fullmatch(unit)
    if found is None or not is_bureau_name(found["name"]) or not is_bureau_name(found["alias"]):
        return ""
    alias = found["alias"]
    return "" if _SUB_UNIT.search(alias) and level_of(alias) is None else alias


def _note_parts(parts: Sequence[_Part], line: int | None, warnings: WarningList) -> None:
    seen: dict[str, UnitRole] = {}
    for part in parts:
        at = part.passage.number or line
        if part.name in seen:
            if _is_odd_again(seen[part.name], part.role):
                warnings.add(at, Caution.UNIT_REPEATED, unit=part.name)
        elif kind_of(part.name) is UnitKind.OPEN_ENDED:
            warnings.add(at, Caution.UNIT_OPEN_ENDED, unit=part.name)
        elif not is_name(part.name) or _closed(part.passage.text) != part.passage.text:
            warnings.add(at, Caution.UNIT_UNCLEAR, unit=part.passage.text)
        seen.setdefault(part.name, part.role)


def _is_odd_again(before: UnitRole, now: UnitRole) -> bool:
    """A lead that the responsible units list once more is nothing odd."""
    return {before, now} != {UnitRole.LEAD, UnitRole.RESPONSIBLE}
