"""A later edition beside the plan: what it adds, changes, moves and drops, for a person to check before it is confirmed.

Measures are matched by content (`workflow.intake.editions`); what a person matched by hand goes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workflow.actions.edition_differences import Difference, Place, differences, words_of
from workflow.actions.edition_places import places_of
from workflow.actions.plan_input import MeasureInput, PlanInput, SectionInput
from workflow.intake.draft import measure_input
from workflow.intake.editions import Known, match
from workflow.models import Measure, Plan, PlanImport
from workflow.models.amendment import AmendedField
from workflow.queries.editions import keyed_draft


@dataclass(frozen=True, slots=True)
class Drafted:
    """A measure of the later edition; `key` is its own in the draft, 0 where there is none; `section` counts from 0."""

    key: int
    section: int
    measure: MeasureInput


@dataclass(frozen=True, slots=True)
class Draft:
    """The later edition: its sections, and all its measures in order."""

    sections: Sequence[SectionInput]
    measures: Sequence[Drafted]


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure of the plan and what it is in the later edition; None where it has no other.

    `score` says how alike they are, 1 for one title; `is_by_hand` whether a person matched them, or said it is new.
    """

    old: Measure | None
    new: Drafted | None
    place: Place | None = None
    score: float = 1.0
    is_by_hand: bool = False
    differences: tuple[Difference, ...] = ()

    @property
    def has_moved(self) -> bool:
        """Whether it stands in another section."""
        return any(one.field == AmendedField.SECTION for one in self.differences)

    @property
    def is_unsure(self) -> bool:
        """Whether likeness alone matched the two, neither a title nor a code nor a person."""
        if self.old is None or self.new is None or self.is_by_hand:
            return False
        return self.score < 1 and self.new.measure.code != self.old.code

    @property
    def changes(self) -> tuple[Difference, ...]:
        """What is changed beside its number and section."""
        aside = (AmendedField.SECTION, AmendedField.NUMBER)
        return tuple(one for one in self.differences if one.field not in aside)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of the later edition beside the plan. `head`: title and period as (before, after), where they change."""

    pairs: list[int | None]
    added: list[Pair] = field(default_factory=list)
    changed: list[Pair] = field(default_factory=list)
    moved: list[Pair] = field(default_factory=list)
    renumbered: list[Pair] = field(default_factory=list)
    dropped: list[Pair] = field(default_factory=list)
    unchanged: list[Pair] = field(default_factory=list)
    renamed: list[Place] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the edition changes nothing of any measure."""
        return not (self.added or self.changed or self.moved or self.renumbered or self.dropped)

    @property
    def matched(self) -> list[Pair]:
        """Every pair of two."""
        return [*self.changed, *self.moved, *self.renumbered, *self.unchanged]


def drafted_measures(row: PlanImport) -> Draft:
    """The draft of an import as a later edition. Two statements."""
    sections = keyed_draft(row)
    return Draft(
        [SectionInput(section.number, section.title) for section, _ in sections],
        [
            Drafted(key, n, measure_input(data))
            for n, (_, measures) in enumerate(sections)
            for key, data in measures
        ],
    )


def read_measures(plan: PlanInput) -> Draft:
    """A plan as read, as a later edition."""
    measures = [Drafted(0, n, one) for n, part in enumerate(plan.sections) for one in part.measures]
    return Draft(plan.sections, measures)


def compare(own: Sequence[Measure], plan: Plan, draft: Draft, by_hand: Mapping[str, str]) -> Comparison:
    """The plan's measures (`measures_to_renew`) beside the edition; `by_hand`: a draft key → a code, "" for a new one."""
    matched = _matched(own, draft, by_hand)
    pairs = [matched.get(n, (None, 0.0))[0] for n in range(len(draft.measures))]
    by_section: list[list[Measure | None]] = [[] for _ in draft.sections]
    for one, measure in zip(draft.measures, pairs, strict=True):
        by_section[one.section].append(measure)
    places = places_of(list(plan.sections.order_by("position")), draft.sections, by_section)
    found = Comparison([None if measure is None else measure.pk for measure in pairs])
    found.renamed.extend(place for place in places if _is_renamed(place))
    for n, (one, old) in enumerate(zip(draft.measures, pairs, strict=True)):
        _sort(found, _pair(old, one, places[one.section], matched.get(n, (None, 0.0))[1], by_hand))
    taken = {measure.pk for measure in pairs if measure is not None}
    found.dropped.extend(
        Pair(one, None) for one in own if one.pk not in taken and not getattr(one, "was_dropped", False)
    )
    return found


def _pair(old: Measure | None, new: Drafted, place: Place, score: float, by_hand: Mapping[str, str]) -> Pair:
    other = () if old is None else tuple(differences(old, new.measure, place))
    return Pair(old, new, place, score, str(new.key) in by_hand, other)


def _sort(found: Comparison, pair: Pair) -> None:
    """Put the pair where it belongs; what has moved and changed stands with the changed."""
    if pair.old is None:
        found.added.append(pair)
    elif pair.changes:
        found.changed.append(pair)
    elif pair.has_moved:
        found.moved.append(pair)
    elif pair.differences:
        found.renumbered.append(pair)
    else:
        found.unchanged.append(pair)


def _is_renamed(place: Place) -> bool:
    return place.kept is not None and bool(
        words_of(place.kept.title) != words_of(place.title)
        and words_of(place.kept.number + place.kept.title) != words_of(place.number + place.title)
    )


def _matched(
    own: Sequence[Measure], draft: Draft, by_hand: Mapping[str, str]
) -> dict[int, tuple[Measure, float]]:
    """Place in the edition → the plan's measure, and how alike they are."""
    by_code = {measure.code: measure for measure in own}
    said = {n: by_hand[str(one.key)] for n, one in enumerate(draft.measures) if str(one.key) in by_hand}
    found = {n: (by_code[code], 1.0) for n, code in said.items() if code in by_code}
    taken = {measure.pk for measure, _ in found.values()}
    olds = [measure for measure in own if measure.pk not in taken]
    news = [n for n in range(len(draft.measures)) if n not in said]
    known = [_known(draft, draft.measures[n]) for n in news]
    for one in match([_own(measure) for measure in olds], known):
        if one.old is not None and one.new is not None:
            found[news[one.new]] = (olds[one.old], one.score)
    return found


def _own(measure: Measure) -> Known:
    units = tuple(unit.text for unit in measure.units.all())
    return Known(measure.section.title, measure.title, measure.text, units, measure.code)


def _known(draft: Draft, one: Drafted) -> Known:
    section, measure = draft.sections[one.section], one.measure
    units = tuple(unit.text for unit in measure.units)
    return Known(section.title, measure.title, measure.text, units, measure.code)


def data_of(comparison: Comparison) -> dict[str, object]:
    """The comparison as plain data for JSON."""
    return {
        "added": [_title(pair.new) for pair in comparison.added],
        "changed": [
            {"code": pair.old.code, "field": str(one.field), "before": one.before, "after": one.after}
            for pair in (*comparison.changed, *comparison.moved, *comparison.renumbered)
            if pair.old is not None
            for one in pair.differences
            if one.field != AmendedField.SECTION
        ],
        "moved": list(_moves((*comparison.changed, *comparison.moved))),
        "dropped": [
            {"code": pair.old.code, "title": pair.old.title} for pair in comparison.dropped if pair.old
        ],
        "unchanged": len(comparison.unchanged),
    }


def _title(new: Drafted | None) -> dict[str, object]:
    assert new is not None  # noqa: S101 - what is added is in the edition
    return {"title": new.measure.title, "number": new.measure.number, "line": new.measure.line}


def _moves(pairs: Iterable[Pair]) -> Iterable[dict[str, object]]:
    for pair in pairs:
        for one in pair.differences:
            if one.field == AmendedField.SECTION and pair.old is not None:
                yield {"code": pair.old.code, "before": one.before, "after": one.after}
