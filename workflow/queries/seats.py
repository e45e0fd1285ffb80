"""What an action reads under the measure's lock: shares in the current cycle with what binds the person to them.

Each function is one statement, whatever the number of shares.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from accounts.belonging import is_of_one_line, stands_above_or_below
from accounts.compiled import CompiledRead, Slot
from accounts.models import Bureau, User
from accounts.rights import DAY, PERMISSION, PERSON, granted_role
from accounts.roles import Permission, ScopeKind
from workflow.models import (
    Consolidation,
    Cycle,
    Draft,
    Evaluation,
    Evidence,
    Report,
    Share,
    ShareCycle,
    Target,
    Verification,
)
from workflow.models.consolidation import ConsolidationDecision
from workflow.models.verification import VerificationDecision
from workflow.queries.belonging import belonged_to_share
from workflow.rules.refusal import NotFound
from workflow.rules.separation import Tie
from workflow.states import EvaluationState, TargetState


@dataclass(slots=True)
class Seat:
    """A share in the current cycle and the role, if any, by which the person acts for its bureau."""

    share: Share
    cycle: Cycle
    share_cycle: ShareCycle
    role: str | None
    targets: list[Target] = field(default_factory=list)
    versions: int = 0
    draft_writers: list[int] | None = None
    has_new_evidence: bool = False
    report: Report | None = None


SHARE = Slot("share", BigIntegerField())
MEASURE = Slot("measure", BigIntegerField())


def _current(**where: Any) -> QuerySet[ShareCycle]:
    return ShareCycle.objects.filter(cycle__is_current=True, **where).select_related("share", "cycle")


def _with_role(**where: Any) -> QuerySet[ShareCycle]:
    role = granted_role(PERSON, PERMISSION, ScopeKind.BUREAU, "share__bureau_id", DAY)
    return _current(**where).annotate(role=role)


def _for_reporting() -> QuerySet[ShareCycle]:
    """One row for each confirmed target of the measure, or one without a target."""
    confirmed = Q(share__measure__targets__state=TargetState.CONFIRMED)
    written = Report.objects.filter(share_cycle=OuterRef("pk")).values("share_cycle")
    draft = Draft.objects.filter(kind="share.submit", object_id=OuterRef("share_id"))
    fresh = Evidence.objects.filter(share_cycle=OuterRef("pk"), report__isnull=True, removed_at__isnull=True)
    return _with_role(share_id=SHARE).annotate(
        read=FilteredRelation("share__measure__targets", condition=confirmed),
        target_id=F("read__id"),
        target_text=F("read__text"),
        target_every=F("read__every_share"),
        versions=Coalesce(
            Subquery(written.annotate(last=Max("version")).values("last")), 0, output_field=IntegerField()
        ),
        writers=Subquery(draft.values("writers")[:1]),
        new_evidence=Exists(fresh),
    )


def _for_consolidating() -> QuerySet[ShareCycle]:
    drafted = Consolidation.objects.filter(cycle=OuterRef("cycle_id")).values("cycle")
    draft = Draft.objects.filter(kind="measure.draft", object_id=OuterRef("share__measure_id"))
    return _with_role(share__measure_id=MEASURE, share__is_lead=True).annotate(
        versions=Coalesce(
            Subquery(drafted.annotate(last=Max("version")).values("last")), 0, output_field=IntegerField()
        ),
        writers=Subquery(draft.values("writers")[:1]),
    )


def _with_report() -> QuerySet[Report]:
    """The reports of the share in the current cycle that were not withdrawn, the last first."""
    role = granted_role(PERSON, PERMISSION, ScopeKind.BUREAU, "share_cycle__share__bureau_id", DAY)
    reports = Report.objects.filter(
        share_cycle__share_id=SHARE, share_cycle__cycle__is_current=True, withdrawn_at=None
    )
    related = reports.select_related("share_cycle__share", "share_cycle__cycle")
    return related.annotate(role=role).order_by("-version")[:1]


_SEAT = CompiledRead(lambda: _with_role(share_id=SHARE))
_LEAD_SEAT = CompiledRead(_for_consolidating)
_REPORTING_SEAT = CompiledRead(_for_reporting)
_REVIEWING_SEAT = CompiledRead(_with_report)


def seat_of(share_id: int, person: User, permission: Permission, on: date) -> Seat:
    """The share in its current cycle; raises NotFound where it has none."""
    return _seat(_SEAT.first(share=share_id, person=person.pk, permission=permission, day=on))


def lead_seat_of(measure_id: int, person: User, permission: Permission, on: date) -> Seat:
    """The lead's share with the last version and the draft of the consolidation; raises NotFound where there is none."""
    row = _LEAD_SEAT.first(measure=measure_id, person=person.pk, permission=permission, day=on)
    seat = _seat(row)
    seat.versions, seat.draft_writers = row.versions, row.writers
    return seat


def reviewing_seat_of(share_id: int, person: User, permission: Permission, on: date) -> Seat:
    """As `seat_of`, with the last report where there is one that was not withdrawn."""
    report = _REVIEWING_SEAT.first(share=share_id, person=person.pk, permission=permission, day=on)
    if report is None:
        return seat_of(share_id, person, permission, on)
    part = report.share_cycle
    return Seat(part.share, part.cycle, part, report.role, report=report)


def _seat(row: Any) -> Seat:
    if row is None:
        raise NotFound("thing.unknown")
    return Seat(row.share, row.cycle, row, row.role)


def reporting_seat_of(share_id: int, person: User, permission: Permission, on: date) -> Seat:
    """As `seat_of`, with all that a submission needs: targets to read, last version, draft, new evidence."""
    rows = _REPORTING_SEAT(share=share_id, person=person.pk, permission=permission, day=on)
    seat = _seat(next(iter(rows), None))
    first = rows[0]
    seat.targets = [
        Target(pk=row.target_id, text=row.target_text, every_share=row.target_every)
        for row in rows
        if row.target_id is not None and (row.target_every or first.share.is_lead)
    ]
    seat.versions, seat.draft_writers = first.versions, first.writers
    seat.has_new_evidence = first.new_evidence
    return seat


@dataclass(frozen=True, slots=True)
class Bench:
    """All open shares of a measure in the current cycle, and what binds a person to them."""

    cycle: Cycle
    shares: list[Share]
    share_cycles: dict[int, ShareCycle]
    is_own_bureau: bool
    touched_by: frozenset[int]
    evaluation_rounds: int = 0

    @property
    def bureau_ids(self) -> frozenset[int]:
        """The bureaus that have a share."""
        return frozenset(share.bureau_id for share in self.shares)


def _for_the_bench() -> QuerySet[ShareCycle]:
    """A row for each share, report and consolidation of the current cycle together."""
    return _current(share__measure_id=MEASURE).annotate(
        own=belonged_to_share(PERSON, "share", since=OuterRef("cycle__period_start"), until=DAY),
        report_touched=F("reports__touched_by"),
        report_decided=F("reports__decided_by"),
        consolidation_touched=F("cycle__consolidations__touched_by"),
        consolidation_decided=F("cycle__consolidations__decided_by"),
        consolidation_decision=F("cycle__consolidations__decision"),
        rounds=_rounds(),
    )


_BENCH = CompiledRead(_for_the_bench)


def bench_of(measure_id: int, person: User, on: date) -> Bench:
    """Every share of the current cycle, ended ones included.

    `is_own_bureau`: whether the person belonged, at any time in the cycle, to a bureau that has a share.
    `touched_by`: everybody who wrote, submitted or reviewed a report or the consolidation of this cycle.
    """
    rows = _BENCH(measure=measure_id, person=person.pk, day=on)
    shares: dict[int, Share] = {}
    share_cycles: dict[int, ShareCycle] = {}
    touched: set[int] = set()
    own = False
    cycle: Cycle | None = None
    rounds = 0
    for row in rows:
        cycle, rounds = row.cycle, row.rounds
        shares.setdefault(row.share_id, row.share)
        share_cycles.setdefault(row.share_id, row)
        own = own or row.own
        touched.update(row.report_touched or (), row.consolidation_touched or ())
        lapsed = row.consolidation_decision == ConsolidationDecision.LAPSED
        deciders = (row.report_decided, None if lapsed else row.consolidation_decided)
        touched.update(x for x in deciders if x is not None)
    if cycle is None:
        raise NotFound("thing.unknown")
    ordered = sorted(shares.values(), key=lambda share: (not share.is_lead, share.pk))
    return Bench(cycle, ordered, share_cycles, own, frozenset(touched), rounds)


def _rounds() -> Coalesce:
    """How often the measure was evaluated in the row's cycle."""
    counted = (
        Evaluation.objects.filter(cycle=OuterRef("cycle_id"))
        .values("cycle")
        .annotate(n=Max("round"))
        .values("n")
    )
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _to_score() -> QuerySet[Evaluation]:
    role = granted_role(PERSON, PERMISSION, ScopeKind.ENGAGEMENT, "engagement_id", DAY)
    evaluations = Evaluation.objects.filter(measure_id=MEASURE, state=EvaluationState.ENGAGED)
    return evaluations.select_related("engagement__agency", "cycle").annotate(role=role)


_TO_SCORE = CompiledRead(_to_score)


def evaluation_to_score(measure_id: int, person: User, on: date) -> tuple[Evaluation, str | None]:
    """The measure's open evaluation and the role, if any, by which the person scores it; raises NotFound."""
    row = _TO_SCORE.first(
        measure=measure_id, person=person.pk, permission=Permission.SCORE_FOR_ENGAGEMENT, day=on
    )
    if row is None:
        raise NotFound("measure.no_evaluation")
    return row, row.role


def _bureaus_of() -> QuerySet[Share]:
    had = belonged_to_share(PERSON, "", since=Slot("since", DateField()), until=DAY)
    return Share.objects.filter(measure_id=MEASURE).select_related("bureau").annotate(had=had)


_BUREAUS_OF = CompiledRead(_bureaus_of)


def ties_of(measure_id: int, agency: Bureau, evaluator: User | None, *, since: date, on: date) -> list[Tie]:
    """What binds the agency, and its evaluator since `since`, to each bureau of the measure."""
    person = None if evaluator is None else evaluator.pk
    return [
        Tie(
            bureau=share.bureau.name,
            is_the_agency=is_of_one_line(share.bureau, agency),
            is_related=stands_above_or_below(share.bureau, agency),
            had_the_evaluator=share.had,
        )
        for share in _BUREAUS_OF(measure=measure_id, person=person, since=since, day=on)
    ]


def verifiers_of(measure_id: int) -> frozenset[int]:
    """Everybody who ever verified the measure."""
    return frozenset(
        Verification.objects.filter(
            cycle__measure_id=measure_id, decision=VerificationDecision.VERIFIED
        ).values_list("decided_by_id", flat=True)
    )
