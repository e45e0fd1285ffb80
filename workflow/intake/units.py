"""Responsible units as documents write them (INTAKE.md, Units): split, sorted into kinds, the lead named."""

import re

from accounts.models import BureauKind
from workflow.actions.loading import UnitInput
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.models.responsible_unit import UnitKind

LONGEST_NAME = 40
NOBODY = frozenset({"", "/", "／", "无", "-", "—", "——"})
_AREA = r"(?:市|区|县级市|县|乡|镇|街道|州|旗|功能区|开发区|园区|地区)(?:（[^（）]*）)?"
_AREA_RUN = rf"各{_AREA}(?:、{_AREA})+(?:人民政府|政府|办事处|党委|党工委|管委会)?(?=[、，,；;等]|$)"
_PIECE = re.compile(rf"{_AREA_RUN}|(?:[（(][^（）()]*[）)]|[^、，,；;])+")
_ENDINGS = "局委办部厅院室会心府所处站队校联道团司行馆台社园区县市镇乡组署关协"
_JOINED = re.compile(rf"(?<=[{_ENDINGS}])(?:以及|及|和|与)")
_UNIT = re.compile(rf"[\w*·]{{1,{LONGEST_NAME}}}(?<=[{_ENDINGS}])(?:[（(][^（）()]+[）)])?")
_COLLECTIVE = re.compile(r"(?:全[市区县省]|辖区)?各\S+")
_SORT = r"(?:各)?(?:有关|相关)?(?:职能|责任|成员|配合)?(?:部门|单位|机构)(?:和单位|及单位)?"
_OPEN_WHOLE = re.compile(rf"(?:[市区县省][级直]?)?{_SORT}")
_OPEN_END = re.compile(
    rf"(?P<named>.+?)(?P<open>等(?:[\d一二三四五六七八九十]+个?)?(?:[市区县省][级直])?(?:{_SORT})?)"
)
_KINDS = {
    "各街道": BureauKind.SUBDISTRICT,
    "各街道办": BureauKind.SUBDISTRICT,
    "各街道办事处": BureauKind.SUBDISTRICT,
    "各学校": BureauKind.SCHOOL,
    "各校": BureauKind.SCHOOL,
}


def split_units(text: str) -> tuple[str, ...]:
    """The units of a cell or bracket, each as written; an open-ended phrase is a part of its own.

    Separators inside brackets do not count, and 各市、县（市、区）政府 stays one collective.
    """
    written = text.strip(" \t　。")
    if written in NOBODY:
        return ()
    pieces = (piece.strip() for found in _PIECE.findall(written) for piece in _unjoined(found))
    return tuple(part for piece in pieces for part in _without_open_end(piece) if part)


def look_like_units(text: str) -> bool:
    """Whether every part of a cell is a unit's name, a collective or an open-ended phrase."""
    parts = split_units(text)
    return bool(parts) and all(_is_clear(part) for part in parts)


def kind_of(unit: str) -> UnitKind:
    """What stands where a unit should."""
    if _OPEN_WHOLE.fullmatch(unit) or unit.startswith("等"):
        return UnitKind.OPEN_ENDED
    return UnitKind.COLLECTIVE if _COLLECTIVE.fullmatch(unit) else UnitKind.BUREAU


def read_units(text: str, title: str, line: int | None, warnings: WarningList) -> tuple[UnitInput, ...]:
    """The units of the measure `title` in the order written; the first bureau leads (INTAKE.md, Units).

    Warns of a unit named twice, an open-ended phrase, a part that looks like no unit, and a missing lead.
    """
    parts = dict.fromkeys(split_units(text))
    _note_parts(split_units(text), line, warnings)
    lead = next((part for part in parts if kind_of(part) is UnitKind.BUREAU), None)
    first = next(iter(parts), None)
    if lead is None:
        code = Caution.LEAD_MISSING if parts else Caution.UNITS_MISSING
        warnings.add(line, code, title=title)
    elif lead != first:
        warnings.add(line, Caution.LEAD_NOT_FIRST, first=first, lead=lead)
    return tuple(unit_input(part, is_lead=part == lead) for part in parts)


def unit_input(unit: str, *, is_lead: bool) -> UnitInput:
    """A unit as the loading action takes it; a collective whose members are sure names their kind."""
    return UnitInput(unit, kind_of(unit).value, is_lead, _KINDS.get(unit, ""))


def _note_parts(parts: tuple[str, ...], line: int | None, warnings: WarningList) -> None:
    seen: set[str] = set()
    for part in parts:
        if part in seen:
            warnings.add(line, Caution.UNIT_REPEATED, unit=part)
        elif kind_of(part) is UnitKind.OPEN_ENDED:
            warnings.add(line, Caution.UNIT_OPEN_ENDED, unit=part)
        elif not _is_clear(part):
            warnings.add(line, Caution.UNIT_UNCLEAR, unit=part)
        seen.add(part)


def _is_clear(unit: str) -> bool:
    if len(unit) > LONGEST_NAME or "。" in unit:
        return False
    return kind_of(unit) is not UnitKind.BUREAU or _UNIT.fullmatch(unit) is not None


def _unjoined(piece: str) -> list[str]:
    """Split 区教育局和区财政局, but not 区文化和旅游局: only where all that comes out are whole names."""
    names = _JOINED.split(piece)
    return names if all(_is_clear(name) for name in names) else [piece]


def _without_open_end(unit: str) -> tuple[str, ...]:
    """各街道等相关部门 is 各街道 and, as a part of its own, 等相关部门."""
    if _OPEN_WHOLE.fullmatch(unit):
        return (unit,)
    found = _OPEN_END.fullmatch(unit)
    return (found["named"], found["open"]) if found else (unit,)
