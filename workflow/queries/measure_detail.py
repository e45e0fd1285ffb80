"""A measure's page: its facts, its shares side by side in one cycle, and what was decided on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from workflow.models import (
    ActionItem,
    Closure,
    Consolidation,
    Cycle,
    Evaluation,
    Evidence,
    Measure,
    Milestone,
    Reading,
    Report,
    ResponsibleUnit,
    ShareCycle,
    Verification,
)
from workflow.models.report import ReviewDecision
from workflow.models.responsible_unit import UnitKind
from workflow.queries.deadlines import days_left
from workflow.queries.item_lamps import LampSeen, share_lamps
from workflow.queries.targets import TargetStanding, targets_with_values
from workflow.states import Lamp, ShareOutcome, ShareState

REPORTED = frozenset({ShareState.REPORTED, ShareState.VERIFIED, ShareState.CLOSED})
RUNNING = frozenset({ShareState.ASSIGNED, ShareState.IN_PROGRESS})
WORSE = [Lamp.NONE, Lamp.GREY, Lamp.GREEN, Lamp.BLUE, Lamp.YELLOW, Lamp.RED]
"""The lamps from best to worst."""


@dataclass(frozen=True, slots=True)
class ShareCard:
    """One bureau's share in the cycle shown. `reports` are newest first, and empty where not to be read.

    `lamp` is None outside the current cycle; `was_approved` says there how the bureau left the cycle.
    """

    share_cycle: ShareCycle
    is_own: bool
    is_readable: bool
    days_left: int | None
    lamp: LampSeen | None
    was_approved: bool
    reports: list[Report] = field(default_factory=list)

    @property
    def has_reported(self) -> bool:
        """Whether the bureau has reported in the cycle shown."""
        if self.lamp is None:
            return self.was_approved
        share = self.share_cycle.share
        return share.state in REPORTED and share.outcome in (ShareOutcome.OPEN, ShareOutcome.DONE)

    @property
    def latest(self) -> Report | None:
        """The report that counts: the newest that was not withdrawn."""
        return next((report for report in self.reports if report.withdrawn_at is None), None)


@dataclass(frozen=True, slots=True)
class CollectiveGroup:
    """The shares that a collective stands for: 各街道, 13/15 reported."""

    name: str
    cards: list[ShareCard]

    @property
    def reported(self) -> int:
        """How many of its members have reported in the cycle."""
        return sum(card.has_reported for card in self.cards)

    @property
    def worst(self) -> LampSeen | None:
        """The worst lamp of its members."""
        lamps = [card.lamp for card in self.cards if card.lamp is not None]
        return max(lamps, key=lambda lamp: WORSE.index(Lamp(lamp.colour)), default=None)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided on the measure in the cycle shown, oldest first."""

    consolidations: list[Consolidation]
    verifications: list[Verification]
    evaluations: list[Evaluation]
    closures: list[Closure]


@dataclass(frozen=True, slots=True)
class Detail:
    """All that a measure's page shows, for one reader and one cycle."""

    measure: Measure
    cycles: list[Cycle]
    cycle: Cycle | None
    own: frozenset[int]
    reads_all: bool
    targets: list[TargetStanding]
    units: list[ResponsibleUnit]
    items: list[ActionItem]
    milestones: list[Milestone]
    cards: list[ShareCard]
    groups: list[CollectiveGroup]
    decisions: Decisions

    @property
    def current(self) -> Cycle | None:
        """The measure's current cycle, whichever is shown."""
        return next((cycle for cycle in self.cycles if cycle.is_current), None)

    @property
    def approved(self) -> int:
        """How many shares of the cycle shown are through with their bureau's review."""
        passed = {ShareState.VERIFIED, ShareState.CLOSED}
        return sum(
            card.was_approved if card.lamp is None else card.share_cycle.share.state in passed
            for card in self.all_cards
        )

    @property
    def all_cards(self) -> list[ShareCard]:
        """Every share, those of collectives included."""
        return self.cards + [card for group in self.groups for card in group.cards]


def measure_detail(
    measure: Measure, *, own: frozenset[int], reads_all: bool, cycle_index: int | None, on: date
) -> Detail:
    """The detail of `measure` in the cycle with that index (None: the current one).

    `own`: bureaus whose reports the reader may see; `reads_all`: whether all of them are. A constant
    number of statements, whatever the number of shares and reports.
    """
    cycles = list(measure.cycles.order_by("index"))
    cycle = _chosen(cycles, cycle_index)
    share_cycles = _share_cycles(cycle)
    readable = {sc.pk for sc in share_cycles if reads_all or sc.share.bureau_id in own}
    runs = cycle is not None and cycle.is_current
    stands = measure.is_suspended(on)
    cards = _cards(share_cycles, own, readable, on if runs else None, stands=stands)
    single, groups = _grouped(cards)
    return Detail(
        measure=measure,
        cycles=cycles,
        cycle=cycle,
        own=own,
        reads_all=reads_all,
        targets=targets_with_values(measure),
        units=list(measure.units.select_related("bureau").order_by("position")),
        items=list(measure.items.select_related("unit", "share__bureau", "done_by").order_by("position")),
        milestones=list(
            measure.milestones.select_related("share__bureau", "reached_by", "confirmed_by").order_by(
                "position"
            )
        ),
        cards=single,
        groups=groups,
        decisions=_decisions(cycle),
    )


def _cards(
    share_cycles: list[ShareCycle],
    own: frozenset[int],
    readable: set[int],
    on: date | None,
    *,
    stands: bool,
) -> list[ShareCard]:
    """A card for each share; lamps and days left on the day `on`, none in a cycle that is over (None).

    `stands`: the clock does, so that no days are counted.
    """
    reports = _reports(readable)
    lamps = share_lamps([sc.share_id for sc in share_cycles], on) if on else {}
    return [
        ShareCard(
            share_cycle=sc,
            is_own=sc.share.bureau_id in own,
            is_readable=sc.pk in readable,
            days_left=days_left(sc.due, on) if on and not stands and sc.share.state in RUNNING else None,
            lamp=lamps.get(sc.share_id),
            was_approved=getattr(sc, "was_approved", False),
            reports=reports.get(sc.pk, []),
        )
        for sc in share_cycles
    ]


def route_facts(measure: Measure) -> tuple[Cycle | None, int]:
    """The current cycle (None before dispatch), and how many there are."""
    cycles = list(measure.cycles.all())
    return next((cycle for cycle in cycles if cycle.is_current), None), len(cycles)


def _chosen(cycles: list[Cycle], index: int | None) -> Cycle | None:
    wanted = [c for c in cycles if c.index == index] if index else [c for c in cycles if c.is_current]
    return next(iter(wanted), cycles[-1] if cycles else None)


def _share_cycles(cycle: Cycle | None) -> list[ShareCycle]:
    if cycle is None:
        return []
    approved = Report.objects.filter(
        share_cycle=OuterRef("pk"), decision=ReviewDecision.APPROVED, withdrawn_at=None, returned_at=None
    )
    return list(
        ShareCycle.objects.filter(cycle=cycle)
        .select_related("share__bureau", "share__unit")
        .prefetch_related("share__hand_overs__from_bureau", "share__hand_overs__to_bureau")
        .annotate(was_approved=Exists(approved))
        .order_by("-share__is_lead", "share_id")
    )


def _reports(share_cycles: Iterable[int]) -> dict[int, list[Report]]:
    """Every report of the share cycles with readings and evidence, newest first; three statements."""
    reports: dict[int, list[Report]] = {}
    found = (
        Report.objects.filter(share_cycle__in=list(share_cycles))
        .select_related("submitted_by", "decided_by", "returned_by")
        .prefetch_related(
            Prefetch("readings", Reading.objects.select_related("target").order_by("target__position")),
            Prefetch("evidence", Evidence.objects.filter(removed_at=None).select_related("content")),
        )
        .order_by("-version")
    )
    for report in found:
        reports.setdefault(report.share_cycle_id, []).append(report)
    return reports


def _grouped(cards: list[ShareCard]) -> tuple[list[ShareCard], list[CollectiveGroup]]:
    """The shares that stand alone, and those that a collective as written stands for."""
    single: list[ShareCard] = []
    groups: dict[int, CollectiveGroup] = {}
    for card in cards:
        unit = card.share_cycle.share.unit
        if unit is None or unit.kind != UnitKind.COLLECTIVE:
            single.append(card)
        else:
            groups.setdefault(unit.pk, CollectiveGroup(unit.text, [])).cards.append(card)
    return single, list(groups.values())


def _decisions(cycle: Cycle | None) -> Decisions:
    if cycle is None:
        return Decisions([], [], [], [])
    return Decisions(
        consolidations=list(
            cycle.consolidations.select_related("drafted_by", "decided_by").order_by("version")
        ),
        verifications=list(cycle.verifications.select_related("decided_by").order_by("pk")),
        evaluations=list(
            cycle.evaluations.select_related("engagement__agency", "evaluated_by").order_by("round")
        ),
        closures=list(cycle.closures.select_related("decided_by").order_by("pk")),
    )
