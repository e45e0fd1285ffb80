"""A later edition of a plan is confirmed: all that it changes, adds and drops, in one transaction or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from workflow.actions.edition_amending import ENDED, Renewing, amend, drop
from workflow.actions.edition_differences import Difference, Place, differences
from workflow.actions.edition_places import Codes, free_positions, places_of, put_in_order, write_sections
from workflow.actions.edition_preparing import bring_up
from workflow.actions.import_confirmation import decided_bureaus, require_whole, settle_import
from workflow.actions.importing import locked_import, require_importer
from workflow.actions.ledger import resume_when_completed
from workflow.actions.loading import bureau_finder, known_plan
from workflow.actions.plan_input import MeasureInput, PlanInput
from workflow.actions.plan_rows import BureauOf, measure_row, write_measures
from workflow.actions.step import Step, acting, within
from workflow.models import Amendment, Measure, Plan, PlanImport, Section
from workflow.models.amendment import AmendedField
from workflow.queries.editions import measures_to_renew
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.states import AmendmentState, ImportState, MeasureState, PlanState
from workflow.trail.actions import AuditAction

REASON_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the edition changes what is under way: for all its measures, or (by code) for one of them."""

    general: str = ""
    of: Mapping[str, str] = field(default_factory=dict)

    def named(self, code: str) -> str:
        """The reason for the measure of that code, "" where none was given."""
        return self.of.get(code, "").strip() or self.general.strip()


@dataclass(frozen=True, slots=True)
class CheckedEdition:
    """What was checked: the draft as a plan, its version, the plan's edition, and whose each draft measure is.

    `pairs`: for each measure of the draft in order the key of the plan's measure that it is, None for a new one.
    """

    plan: PlanInput
    version: int
    edition: int
    pairs: Sequence[int | None]
    reasons: Reasons = field(default_factory=Reasons)


@dataclass(slots=True)
class _Edition:
    """The edition while it is being brought in."""

    step: Step
    row: PlanImport
    number: int
    reasons: Reasons
    bureau_of: BureauOf
    matched: list[tuple[Measure, MeasureInput, int]]
    new: list[tuple[MeasureInput, int]]
    gone: list[Measure]
    places: list[Place]
    sections: list[Section]
    amendments: list[Amendment] = field(default_factory=list)
    added: list[Measure] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


def confirm_edition(plan_import: PlanImport, checked: CheckedEdition, *, by: User) -> Plan:
    """Bring the plan up to the edition that the import has read; returns the plan.

    Raises Conflict where it was confirmed already, changed since it was checked, or its source is a plan's already;
    Invalid on `reason-CODE` for a measure under way that is changed or dropped without a reason.
    """
    plan = plan_import.renews
    with acting(AuditAction.PLAN_RENEW, plan, by=by) as step:
        row = locked_import(plan_import.pk)
        _require_checked(step, row, checked)
        bureaus, created = decided_bureaus(step, row)
        edition = _open(step, row, checked, bureau_finder(bureaus))
        before = _take_head(step, row, checked.plan)
        order = _take_measures(edition, checked.pairs)
        put_in_order(step.plan, order)
        settle_import(step, row, step.plan)
        step.note(step.plan, payload={**before, "bureaus": created, "counts": edition.counts})
    return step.plan


def _require_checked(step: Step, row: PlanImport, checked: CheckedEdition) -> None:
    require_importer(step, row.office_id)
    require(row.state != ImportState.CONFIRMED, Conflict("import.confirmed"))
    require(row.state == ImportState.DRAFT, Conflict("import.not_read"))
    is_same = row.version == checked.version and step.plan.edition == checked.edition
    require(is_same, Conflict("import.changed"))
    require(row.renews_id == step.plan.pk, Conflict("edition.not_of_plan"))
    require(step.plan.supervision_office_id == row.office_id, Conflict("edition.other_office"))
    require_whole(checked.plan)
    known = known_plan(row.source_hash)
    if known is not None:
        raise Conflict("import.known", plan_code=known.code)


def _open(step: Step, row: PlanImport, checked: CheckedEdition, bureau_of: BureauOf) -> _Edition:
    own = {measure.pk: measure for measure in measures_to_renew(step.plan)}
    named = [key for key in checked.pairs if key is not None]
    given = [(n, one) for n, part in enumerate(checked.plan.sections) for one in part.measures]
    fits = len(given) == len(checked.pairs) and len(set(named)) == len(named) and own.keys() >= set(named)
    require(fits, Conflict("import.changed"))
    pairs = [own.get(key) if key is not None else None for key in checked.pairs]
    by_section: list[list[Measure | None]] = [[] for _ in checked.plan.sections]
    for (n, _), measure in zip(given, pairs, strict=True):
        by_section[n].append(measure)
    places = places_of(list(step.plan.sections.order_by("position")), checked.plan.sections, by_section)
    return _Edition(
        step=step,
        row=row,
        number=step.plan.edition + 1,
        reasons=checked.reasons,
        bureau_of=bureau_of,
        matched=[(m, one, n) for (n, one), m in zip(given, pairs, strict=True) if m is not None],
        new=[(one, n) for (n, one), m in zip(given, pairs, strict=True) if m is None],
        gone=[measure for key, measure in own.items() if key not in set(named)],
        places=places,
        sections=write_sections(step.plan, places),
    )


def _take_head(step: Step, row: PlanImport, given: PlanInput) -> dict[str, Any]:
    """Title, period, source and warnings of the edition; returns how the plan stood before, for the trail."""
    plan = step.plan
    before = {
        "edition": plan.edition + 1,
        "title": plan.title,
        "period": [plan.period_start.isoformat(), plan.period_end.isoformat()],
        "source": plan.source_name,
    }
    plan.edition += 1
    plan.title, plan.period_start, plan.period_end = given.title, given.period_start, given.period_end
    plan.source_hash, plan.source_name = row.source_hash, row.source_name
    plan.warnings = list(given.warnings)
    plan.preparers = sorted({*plan.preparers, step.person.pk})
    step.plan_fields |= {"edition", "title", "period_start", "period_end", "source_hash", "source_name"}
    step.plan_fields |= {"warnings", "preparers"}
    return before


def _take_measures(edition: _Edition, pairs: Sequence[int | None]) -> list[int]:
    """Changed, new and dropped measures; returns the keys of the edition's measures in its order."""
    for measure, given, n in edition.matched:
        found = differences(measure, given, edition.places[n])
        if found:
            _change(edition, measure, found, given, edition.sections[n])
    _overtake(edition)
    for measure in edition.gone:
        _let_go(edition, measure)
    _add(edition)
    Amendment.objects.bulk_create(edition.amendments)
    added = iter(edition.added)
    return [key if key is not None else next(added).pk for key in pairs]


def _overtake(edition: _Edition) -> None:
    """What earlier editions left open of the measures in this one is said by this one anew, or is no more."""
    kept = [measure.pk for measure, _, _ in edition.matched]
    left = Amendment.objects.filter(measure__plan=edition.step.plan, state=AmendmentState.OPEN)
    overtaken = left.filter(measure__in=kept).update(state=AmendmentState.SUPERSEDED)
    if overtaken:
        edition.counts["overtaken"] = overtaken


def _change(
    edition: _Edition, measure: Measure, found: list[Difference], given: MeasureInput, section: Section
) -> None:
    with within(edition.step, measure, AuditAction.MEASURE_AMEND) as part:
        edition.count("changed")
        if _is_prepared(part):
            bring_up(part, found, given, section, edition.bureau_of)
            told = [{"field": str(d.field), "before": d.before, "after": d.after} for d in found]
            part.note(part.measure, payload={"edition": edition.number, "changes": told})
            return
        reason = _reason(edition, part.measure, {one.field for one in found})
        new = Renewing(edition.row, edition.number, reason)
        edition.amendments += amend(part, found, given, section, new)


def _is_prepared(part: Step) -> bool:
    """Whether the measure is still in preparation: with its plan, or by itself after a later edition brought it."""
    measure = part.measure
    in_draft = measure.state == MeasureState.DRAFT
    return in_draft and (part.plan.state == PlanState.DRAFT or measure.awaits_admission)


def _reason(edition: _Edition, measure: Measure, changed: set[str]) -> str:
    """The reason given; a measure under way needs one, unless nothing but its number changes."""
    reason = edition.reasons.named(measure.code)
    is_under_way = measure.state not in ENDED and changed != {AmendedField.NUMBER}
    if is_under_way:
        field_name = f"reason-{measure.code}"
        require(bool(reason), Invalid("edition.reason", field=field_name, measure_code=measure.code))
        fits = len(reason) <= REASON_LONGEST
        require(fits, Invalid("input.long", field=field_name, limit=REASON_LONGEST))
    return reason[:REASON_LONGEST]


def _let_go(edition: _Edition, measure: Measure) -> None:
    """What is in preparation is discarded; what is on the ledger is left to its approver, once."""
    if getattr(measure, "was_dropped", False):
        return
    with within(edition.step, measure, AuditAction.MEASURE_DISCARD) as part:
        edition.count("dropped")
        if _is_prepared(part):
            part.measure.discard()
            move = (MeasureState.DRAFT, MeasureState.CANCELLED)
            part.note(part.measure, move, payload={"edition": edition.number})
            return
        reason = _reason(edition, part.measure, {AmendedField.DROPPED})
        edition.amendments.append(drop(part, Renewing(edition.row, edition.number, reason)))


def _add(edition: _Edition) -> None:
    """New measures are drafts; those of a plan on the ledger have still to be prepared and admitted to it."""
    if not edition.new:
        return
    step, codes, positions = edition.step, Codes(edition.step.plan), iter(free_positions(edition.step.plan))
    given = []
    for one, n in edition.new:
        section = edition.sections[n]
        row = measure_row(section, one, codes.next(section), position=next(positions))
        if step.plan.state != PlanState.DRAFT:
            row.added_in = edition.number
        given.append((row, one))
    write_measures(given, edition.bureau_of)
    edition.added = [row for row, _ in given]
    for row in edition.added:
        with within(step, row, AuditAction.MEASURE_ADD) as part:
            edition.count("added")
            part.note(part.measure, payload={"edition": edition.number, "title": row.title})
    resume_when_completed(step)
