"""（责任单位：A、B） and all its kin: finds what a paragraph says of its units and takes it out of the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from workflow.intake.content import Passage, joined
from workflow.intake.units.brackets import Bracket, outer_brackets
from workflow.intake.units.conventions import without_conventions
from workflow.intake.units.labels import ROLES, Label, LabelKind, labels_in
from workflow.intake.units.names import is_bureau_name, is_name, kind_of
from workflow.intake.units.roles import UnitRole, WrittenUnits
from workflow.intake.units.values import (
    Said,
    listed_bare,
    said_of_date,
    said_under,
    said_without_labels,
    together,
)
from workflow.models.responsible_unit import UnitKind

__all__ = ["Taken", "UnitRole", "WrittenUnits", "has_statement", "take_statements"]

_HINT = re.compile(
    r"[单部分责牵主配协][\s]*[位门工任头办合助]|负\s*责|落\s*实|实\s*施|统\s*筹|领\s*导|时\s*[限间]|期\s*限|[（(\[【〔][^（(\[【〔\n]*(?:[局委办部厅]|公司|集团|政府|中心|银行)|[局委办部厅校院][^局委办部厅校院\n]*[）)\]】〕]"
)
_ENDS = "。；;！!？?"
_BLANK = " \t\r\n\u3000"
_BULLETS = re.compile(r"[\s▲●■◆★※○◇□\-—*#·•>＞➢]+$")
_FINAL = re.compile(r"[\s。；;！!，,.]*$")
_EXPLAINED = re.compile(
    r"(?:部门|单位|专班|机构|组|会议|成员|组织|机关|主体|政府|会|队|窗口|地点|地址|电话|平台|网站|办公室|来源|人员?|[局委办厅部])$"
)
"""A word that the offices in a bracket behind it may be examples of, or the place of."""
_OFFICE = re.compile(r"[省市区县州旗].*(?:局|委|办|厅|部|办公室|政府|委员会)(?:[（(].*[）)])?")
_OF_DATES = re.compile(r"(?:20\d{2}|\d{1,2})\s?(?:年|月|日|号|季度)|20\d{2}[./-]\d{1,2}(?:[./-]\d{1,2})?")
_WITH_OBJECT = re.compile(r"(?<!自)(?<!^)由")
"""资金由区财政局负责 tells who does a part of the work: the sentence is no list of units."""
_SHORT_LABEL = 4
_LONGEST_LINE = 200
_BARE_LEAST = 2


@dataclass(frozen=True, slots=True)
class Taken:
    """A paragraph in two: the `rest` of its text, and what it says of units, schedule and leaders.

    `is_closed` is False where a statement's bracket is never closed.
    """

    rest: Passage
    units: tuple[WrittenUnits, ...] = ()
    schedule: Passage | None = None
    is_closed: bool = True
    leaders: Passage | None = None


@dataclass(slots=True)
class _Finding:
    """The parts of the paragraph that stay, and what was taken out of it."""

    kept: list[Passage] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    is_closed: bool = True


def take_statements(passage: Passage) -> Taken:
    """Take every statement of units out of a paragraph, bracketed or a final line of its own."""
    if not _HINT.search(passage.text):
        return Taken(passage)
    finding = _Finding()
    at = 0
    for bracket in outer_brackets(passage.text):
        said = _said_in(passage, bracket, finding) or _date_behind(passage, bracket, at, finding)
        if said is not None and bracket.start >= at:
            at = _take(passage, at, bracket, said, finding)
    tail = passage.part(at)
    if finding.said:
        tail = _without_stop(tail, finding)
    tail = _take_lines(tail, finding)
    finding.kept.append(tail if finding.said else _take_last_sentence(tail, finding))
    return _taken(finding) if finding.said else Taken(passage)


def has_statement(text: str) -> bool:
    """Whether a paragraph states units."""
    return bool(take_statements(Passage(text)).units)


def _taken(finding: _Finding) -> Taken:
    found = finding.said
    return Taken(
        joined(finding.kept).stripped(_BLANK),
        tuple(written for said in found for written in said.units),
        together(schedule for said in found for schedule in said.schedules),
        finding.is_closed,
        together(leader for said in found for leader in said.leaders),
    )


def _take(passage: Passage, at: int, bracket: Bracket, said: Said, finding: _Finding) -> int:
    """Keep what stands before the bracket, take its statement; where the text goes on."""
    before = passage.part(at, bracket.start)
    before = _without_stop(before, finding) if finding.said else before
    finding.kept.append(_take_lines(before, finding))
    finding.said.append(said)
    finding.is_closed &= bracket.is_closed
    if said.has_duties:
        finding.kept.append(passage.part(bracket.start, bracket.end))
    finding.kept += said.others
    return bracket.end if bracket.is_closed else _end_of_open(passage.text, bracket)


def _end_of_open(text: str, bracket: Bracket) -> int:
    """A bracket that never closes ends with its sentence."""
    stop = re.compile(r"[。！!]").search(text, bracket.start)
    return stop.end() if stop and text[stop.end() :].strip() else bracket.end


def _without_stop(following: Passage, finding: _Finding) -> Passage:
    """The text behind a statement, without the stop that the text before it has already."""
    before = joined(finding.kept).text.rstrip()
    if before and before[-1] not in _ENDS:
        return following
    return following.part(len(following.text) - len(following.text.lstrip("。；;，, ")))


def _said_in(passage: Passage, bracket: Bracket, finding: _Finding) -> Said | None:
    """What a bracket says, None for one that states no units."""
    start, end = bracket.inside
    if not bracket.is_closed:
        end = min(end, _end_of_open(passage.text, bracket))
    inside = passage.part(start, end)
    listed = without_conventions(inside).text
    if inside.text.strip() and not listed.strip(_BLANK + _ENDS):
        return Said()
    labels = labels_in(listed, is_bracket=True)
    if labels:
        return _under_labels(inside, labels)
    if not bracket.is_closed or not inside.text.strip():
        return None
    return _in_sentence(passage, bracket, inside, finding)


def _date_behind(passage: Passage, bracket: Bracket, at: int, finding: _Finding) -> Said | None:
    """The schedule in a bracket of its own right behind a statement: （责任单位：A）（2027年底前）."""
    if not finding.said or not bracket.is_closed or passage.text[at : bracket.start].strip(_BLANK + _ENDS):
        return None
    return said_of_date(passage.part(*bracket.inside))


def _without_date(after: str) -> str:
    """What follows a bracket, without a bracket that says no more than when."""
    first = next(outer_brackets(after), None) if after else None
    if (
        first is None
        or first.start
        or not first.is_closed
        or said_of_date(Passage(after[1 : first.end - 1])) is None
    ):
        return after
    return after[first.end :].lstrip()


def _under_labels(inside: Passage, labels: list[Label]) -> Said | None:
    listed = without_conventions(inside)
    said = said_under(listed, labels)
    ours = [label for label in labels if label.kind is not LabelKind.OTHER]
    is_certain = any(label.is_certain for label in ours)
    has_text_before = bool(listed.text[: labels[0].start].strip())
    if said.is_clear or (is_certain and any(label.kind in ROLES for label in ours)):
        return said
    return said if is_certain and not has_text_before and not said.units else None


def _in_sentence(passage: Passage, bracket: Bracket, inside: Passage, finding: _Finding) -> Said | None:
    """A牵头，B配合 in a final bracket; a bare list of units only at the paragraph's end."""
    before, after = (
        passage.text[: bracket.start].rstrip(),
        _without_date(passage.text[bracket.end :].lstrip()),
    )
    is_final = _FINAL.fullmatch(after) is not None
    ends_sentence = not before or before[-1] in _ENDS or before[-1] in "）)】]"
    if not (is_final or ends_sentence or after[0] in _ENDS):
        return None
    said = said_without_labels(inside)
    if said.units:
        return said if said.is_clear and (is_final or not said.has_duties) else None
    said = listed_bare(inside)
    if not (is_final or not before) or not said.is_clear or finding.said:
        return None
    return said if _is_statement_of(said.names, before, ends_sentence=ends_sentence) else None


def _is_statement_of(names: Sequence[str], before: str, *, ends_sentence: bool) -> bool:
    """Whether a bare list in a final bracket says who is responsible, and does not explain the word before it."""
    if all(kind_of(name) is UnitKind.OPEN_ENDED for name in names):
        return ends_sentence and bool(before)
    if not before:
        return len(names) >= _BARE_LEAST
    if ends_sentence:
        return True
    return _EXPLAINED.search(before) is None and _OFFICE.fullmatch(names[0]) is not None


def _take_lines(text: Passage, finding: _Finding) -> Passage:
    """What is left of `text` once an unbracketed statement at its end is taken out."""
    labels = [label for label in labels_in(text.text, is_bracket=False) if label.is_certain]
    first = next((label for label in labels if _begins_statement(text.text, label)), None)
    if first is None:
        return _take_sentence(text, finding)
    part = text.part(first.start, _end_of_lines(text, labels))
    said = said_under(part, labels_in(part.text, is_bracket=False))
    is_alone = not _BULLETS.sub("", text.text[: first.start]) and first.end - first.start > _SHORT_LABEL
    is_whole_line = is_alone and (said.schedules or said.leaders)
    if not any(is_name(name) for name in said.names) and (said.units or not is_whole_line):
        return text
    if said.has_duties:
        return text
    finding.said.append(said)
    before = text.part(0, first.start)
    bullets = _BULLETS.search(before.text)
    kept = before.part(0, bullets.start() if bullets else None)
    return joined([kept, text.part(first.start + len(part.text))])


def _begins_statement(text: str, label: Label) -> bool:
    before = text[: label.start]
    stripped = _BULLETS.sub("", before)
    is_start = (
        not stripped
        or stripped[-1] in f"{_ENDS}，,、"
        or "\n" in before[len(stripped) :]
        or len(before) - len(stripped) > 1
    )
    return is_start and (label.kind in ROLES or label.kind in (LabelKind.LEADERS, LabelKind.SCHEDULE))


def _end_of_lines(text: Passage, labels: list[Label]) -> int:
    """Where the last label's value ends: at its sentence's end, or with the text."""
    stop = re.compile(r"[。！!]|\n(?=\S{20})").search(text.text, labels[-1].end)
    return stop.end() if stop else len(text.text)


def _take_last_sentence(text: Passage, finding: _Finding) -> Passage:
    """What is left of `text` once its last sentence is taken out, where that is nothing but who is responsible."""
    body = text.text.rstrip(_BLANK + "。")
    start = max(body.rfind(sign) for sign in "。；;！!\n") + 1
    if not start or len(body) - start > _LONGEST_LINE:
        return text
    told = said_without_labels(text.part(start, len(body)).stripped(_BLANK))
    is_said = told.is_clear and not told.has_duties and any(is_bureau_name(name) for name in told.names)
    if any(_WITH_OBJECT.search(name) for name in told.names):
        return text
    if not is_said or all(written.role is UnitRole.SUPPORTING for written in told.units):
        return text
    finding.said.append(told)
    promised = [said for said in told.schedules if re.search(r"\d", _OF_DATES.sub("", said.text))]
    return joined([text.part(0, start), *promised])  # 年内供地不少于2000亩 says more than when


def _take_sentence(text: Passage, finding: _Finding) -> Passage:
    """A line that is nothing but units and their verbs."""
    if finding.said or len(text.text) > _LONGEST_LINE or "。" in text.text.rstrip("。 \n"):
        return text
    line = text.stripped("。 \t\n")
    labels = labels_in(line.text, is_bracket=True)
    is_labelled = bool(labels) and labels[0].start == 0 and labels[0].kind in ROLES
    told = said_under(line, labels) if is_labelled else said_without_labels(line)
    is_said = told.units and told.is_clear and not told.has_duties
    if not is_said or not any(is_bureau_name(name) for name in told.names):
        return text
    finding.said.append(told)
    return text.part(len(text.text))
