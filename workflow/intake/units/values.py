"""What a statement says between its signs, labels taken off: units with their roles, a schedule, persons."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workflow.intake.content import Passage, joined
from workflow.intake.units.carrying import whole_names
from workflow.intake.units.conventions import without_conventions
from workflow.intake.units.labels import ROLES, Label, LabelKind, labels_in
from workflow.intake.units.names import is_name
from workflow.intake.units.phrases import told_by_verbs
from workflow.intake.units.roles import UnitRole, WrittenUnits
from workflow.intake.units.splitting import places_held, split_units

_SIGNS = "，,；;。、｜| \t\r\n\u3000"
_DATE = re.compile(
    r"(?:(?:力争|确保|计划|预计|于|在|到|截至|自)?(?:20\d\d年?[\-—~至]?|每[年月季周]|全年|年[内底]|长期|持续|常态化?|[一二三四1-4]季度|第[一二三四]季度|[上下]半年"
    r"|本年度|即日起?|\d{1,2}月)[^，,；;。：:（）()]{0,24}?"
    r"(?:前|底|末|完成|推进|坚持|实施|开展|落实|日|月|年|内|季度|半年|年度|启动|见效)?)"
)
_CLAUSE = re.compile(r"[，,；;。\n]")


@dataclass(slots=True)
class Said:
    """What was found so far; `others` are parts that say something else and stay in the text."""

    units: list[WrittenUnits] = field(default_factory=list)
    schedules: list[Passage] = field(default_factory=list)
    leaders: list[Passage] = field(default_factory=list)
    others: list[Passage] = field(default_factory=list)
    has_duties: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The units by their whole names."""
        return whole_names([part.text for written in self.units for part in split_units(written.passage)])

    @property
    def is_clear(self) -> bool:
        """Whether there are units, and all of them read as such."""
        names = self.names
        return bool(names) and all(is_name(name) for name in names)


def together(parts: Iterable[Passage]) -> Passage | None:
    """Several values as one, None for none."""
    kept = [part for part in parts if part.text]
    return joined(kept, "；") if kept else None


def said_under(passage: Passage, labels: Sequence[Label]) -> Said:
    """The values of `labels` in `passage`; what stands before the first are responsible units where it names them."""
    said = Said()
    before = _without_dates(said, passage.part(0, labels[0].start if labels else None)).stripped(_SIGNS)
    if before.text and all(is_name(part) for part in split_units(before.text)):
        _take_units(said, before, UnitRole.RESPONSIBLE)
    elif before.text:
        said.others.append(before)
    ends = [label.start for label in labels[1:]] + [len(passage.text)]
    for label, end in zip(labels, ends[: len(labels)], strict=True):
        _take_value(said, label, passage, end)
    return said


def _take_value(said: Said, label: Label, passage: Passage, end: int) -> None:
    value = passage.part(label.end, end).stripped(_SIGNS)
    if label.kind in ROLES:
        _take_units(said, value, ROLES[label.kind])
    elif label.kind is LabelKind.SCHEDULE:
        said.schedules.append(value)
    elif label.kind is LabelKind.LEADERS:
        said.leaders.append(value)
    else:
        said.others.append(passage.part(label.start, end).stripped(_SIGNS))


def said_without_labels(passage: Passage) -> Said:
    """The units of a sentence without labels; empty where no verb tells of them."""
    said = Said()
    listed = without_conventions(_without_dates(said, passage))
    told = told_by_verbs(listed)
    if told is not None:
        said.units = list(told.units)
        said.has_duties = told.has_duties
    return said


def said_of_date(passage: Passage) -> Said | None:
    """The schedule that is all that stands there; None for anything else."""
    said = Said()
    rest = _without_dates(said, passage)
    return said if said.schedules and not rest.text.strip(_SIGNS) else None


def listed_bare(passage: Passage) -> Said:
    """The units of a list with neither label nor verb."""
    said = Said()
    listed = without_conventions(_without_dates(said, passage)).stripped(_SIGNS)
    if listed.text:
        said.units = [WrittenUnits(UnitRole.RESPONSIBLE, listed)]
    return said


def said_in_cell(written: WrittenUnits) -> Said:
    """What a cell or value says, labels within it included (牵头单位：A 配合单位：B)."""
    listed = without_conventions(written.passage)
    labels = [label for label in labels_in(listed.text, is_bracket=True) if label.is_certain]
    if any(label.kind is not LabelKind.OTHER for label in labels):
        return said_under(listed, labels)
    if (said := _said_under_bare(listed)) is not None:
        return said
    said = Said()
    _take_units(said, listed, written.role)
    return said


def _said_under_bare(listed: Passage) -> Said | None:
    """牵头单位 A 配合单位 B, without colons: None unless it begins so and every part is a name."""
    labels = [label for label in labels_in(listed.text, is_bracket=True) if label.kind in ROLES]
    if not labels or labels[0].start != 0:
        return None
    said = said_under(listed, labels)
    return said if said.is_clear else None


def _take_units(said: Said, value: Passage, role: UnitRole) -> None:
    listed = without_conventions(_without_dates(said, value)).stripped(_SIGNS)
    told = told_by_verbs(listed, role)
    if told is None or not told.units:
        said.units.append(WrittenUnits(role, listed))
        return
    said.units += told.units
    said.has_duties |= told.has_duties


def _without_dates(said: Said, value: Passage) -> Passage:
    """The value without a clause that is a date, which goes to the schedules."""
    if not _MAY_BE_DATE.search(value.text):
        return value
    kept: list[Passage] = []
    for start, clause in _clauses(value):
        if _DATE.fullmatch(clause.stripped().text):
            said.schedules.append(clause.stripped())
        else:
            kept.append(value.part(max(start - 1, 0) if kept else start, start + len(clause.text)))
    return joined(kept)


_MAY_BE_DATE = re.compile(r"\d年|\d月|[年月季周]|长期|持续|常态")


def _clauses(value: Passage) -> Iterator[tuple[int, Passage]]:
    held = places_held(value.text)
    at = 0
    for found in _CLAUSE.finditer(value.text):
        if not held[found.start()]:
            yield at, value.part(at, found.start())
            at = found.end()
    yield at, value.part(at)
