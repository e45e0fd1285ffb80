"""The lamp computed by the database, so that lists filter and sort by it (RULES.md, Lamp).

A share's lamp comes from its place in the current cycle; a measure shows the worst of its lead and critical
shares, and a supporting share in red makes it at most yellow.
"""

from collections.abc import Callable
from datetime import date
from math import ceil
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least

from workflow.clock.lamp import Reason, Thresholds, colour_of, due_soon_of, thresholds, words_of
from workflow.models import Evaluation, Measure, Reading, ShareCycle, Target
from workflow.models.measure import MeasureKind
from workflow.queries.rules import calendar, look_again, plans_with_rules, remembered, rules_of
from workflow.states import EvaluationResult, EvaluationState, Lamp, MeasureState, ShareState, TargetState

RUNNING = (MeasureState.ASSIGNED, MeasureState.IN_PROGRESS)
Condition = Q | Combinable
Scales = tuple[tuple[int | None, Thresholds], ...]
"""The dates that decide: of the common numbers (None) first, then of each plan with numbers of its own."""
WORKING = (ShareState.ASSIGNED, ShareState.IN_PROGRESS)


def with_lamp(measures: QuerySet[Measure], on: date) -> QuerySet[Measure]:
    """The measures with `lamp` (a Lamp value) and `lamp_reason` (a Reason value) as of the day `on`."""
    lit: QuerySet[Measure] = lit_by(measures, scales(on)).annotate(lamp=_colour("lamp_reason"))
    return lit


def lit_by(measures: QuerySet[Measure], by: Scales) -> QuerySet[Any]:
    """The measures with `lamp_reason` by these dates, and `current`: their current cycle, for who reads on."""
    return measures.annotate(current=_current()).annotate(
        lamp_reason=_by_plan("plan_id", by, _measure_reason)
    )


def with_lamp_in(measures: QuerySet[Measure], lamp: str, on: date) -> QuerySet[Measure]:
    """Those of the measures that show this lamp; nothing is selected along."""
    lit = measures.alias(current=_current()).alias(
        lamp_reason=_by_plan("plan_id", scales(on), _measure_reason)
    )
    found: QuerySet[Measure] = lit.filter(lamp_reason__in=reasons_of(lamp))
    return found


def _current() -> FilteredRelation:
    return FilteredRelation("cycles", condition=Q(cycles__is_current=True))


def shares_lit_by(share_cycles: QuerySet[ShareCycle], by: Scales) -> QuerySet[Any]:
    """Shares in cycles with `lamp_reason` by these dates; outside the current cycle the lamp is out."""
    return share_cycles.annotate(lamp_reason=_by_plan("share__plan_id", by, _share_reason))


def with_share_lamp(share_cycles: QuerySet[ShareCycle], on: date) -> QuerySet[ShareCycle]:
    """Shares in cycles with `lamp` and `lamp_reason`; outside the current cycle the lamp is out."""
    lit: QuerySet[ShareCycle] = shares_lit_by(share_cycles, scales(on)).annotate(lamp=_colour("lamp_reason"))
    return lit


def lamp_of(reason: int) -> Lamp:
    """The colour of a `lamp_reason`."""
    return colour_of(Reason(reason))


def reasons_of(lamp: str) -> list[int]:
    """Every `lamp_reason` that has this colour, to filter by."""
    return [int(reason) for reason in Reason if colour_of(reason) == lamp]


def lamp_words(plan_id: int, reason: int, on: date) -> str:
    """The reason of a lamp in words, by the plan's numbers."""
    return words_of(Reason(reason), rules_of(plan_id, on).numbers)


def scales(on: date) -> Scales:
    """The dates that decide on the day `on`: by the common numbers, and by those of each plan that has its own.

    Looks first whether rules and calendar are still what they were, so that no process shows a lamp by old ones.
    """
    look_again()
    return remembered(
        ("scales", on), lambda: tuple((plan, _thresholds(plan, on)) for plan in (None, *plans_with_rules()))
    )


def _by_plan(field: str, by: Scales, build: Callable[[Thresholds], Case]) -> Case:
    """`build` with the common numbers, and with others for the plans that have published others."""
    (_, common), *own = by
    alike: dict[Thresholds, list[int | None]] = {}
    for plan, at in own:
        if at != common:
            alike.setdefault(at, []).append(plan)
    return Case(
        *(When(Q(**{f"{field}__in": plans}), then=build(at)) for at, plans in alike.items()),
        default=build(common),
        output_field=IntegerField(),
    )


def _thresholds(plan_id: int | None, on: date) -> Thresholds:
    return thresholds(on, calendar(), rules_of(plan_id, on).numbers)


def _colour(field: str) -> Case:
    """The colour of a reason's number."""
    worst: dict[Lamp, int] = {}
    for reason in Reason:
        worst[colour_of(reason)] = reason
    whens = (When(Q(**{f"{field}__lte": last}), then=Value(lamp.value)) for lamp, last in worst.items())
    return Case(*whens, default=Value(Lamp.NONE.value), output_field=CharField())


def _first(reasons: list[tuple[Reason, Condition]]) -> Case:
    """The worst reason whose condition holds."""
    whens = (When(condition, then=Value(int(reason))) for reason, condition in sorted(reasons, key=_rank))
    return Case(*whens, default=Value(int(Reason.ON_TRACK)), output_field=IntegerField())


def _rank(reason: tuple[Reason, Condition]) -> int:
    return reason[0]


def _due_soon(field: str, at: Thresholds) -> Case:
    """The last due date that is near, for the working days in the column `field`."""
    percent = at.numbers.due_hint_percent
    *shorter, longest = sorted(at.due_soon)
    if percent == 0:
        shorter, longest = [], shorter[0] if shorter else longest
    whens = (
        When(Q(**{f"{field}__lt": ceil((days + 1) * 100 / percent)}), then=Value(at.due_soon[days]))
        for days in shorter
    )
    return Case(*whens, default=Value(at.due_soon[longest]), output_field=DateField())


def _share_reason(at: Thresholds) -> Case:
    """For rows of ShareCycle: why the share's lamp has its colour."""
    ended = Q(share__state=ShareState.CLOSED) | Q(cycle__is_current=False)
    return Case(
        When(ended, then=Value(int(Reason.ENDED))),
        When(share__measure__suspended_until__gte=at.on, then=Value(int(Reason.SUSPENDED))),
        default=_open_share_reason(at),
        output_field=IntegerField(),
    )


def _open_share_reason(at: Thresholds) -> Case:
    """For rows of ShareCycle in their current cycle whose share has not ended."""
    working, unaccepted = Q(share__state__in=WORKING), Q(share__state=ShareState.ASSIGNED)
    dated = working & Q(share__measure__kind=MeasureKind.DATED)
    return _first(
        [
            (Reason.DUE_PASSED, dated & Q(share__measure__due__lte=at.due_passed)),
            (Reason.REPORT_VERY_LATE, working & Q(due__lte=at.report_very_late)),
            (Reason.REPORT_LATE, working & Q(due__lte=at.report_late)),
            (Reason.RETURNED_TWICE, Q(returns__gte=at.returns)),
            (Reason.UNACCEPTED_LATE, unaccepted & Q(share__dispatched_on__lte=at.unaccepted_late)),
            (Reason.DUE_SOON, dated & Q(share__measure__due__lte=_due_soon("working_days", at))),
            (Reason.REPORT_SOON, working & Q(due__lte=at.report_soon)),
            (Reason.UNACCEPTED, unaccepted & Q(share__dispatched_on__lte=at.unaccepted)),
        ]
    )


def _measure_reason(at: Thresholds) -> Case:
    """For rows of Measure: the worst of its own reasons and of its shares'."""
    return Case(
        When(state__in=(MeasureState.CLOSED, MeasureState.CANCELLED), then=Value(int(Reason.ENDED))),
        When(state=MeasureState.DRAFT, then=Value(int(Reason.NOT_OPEN))),
        When(suspended_until__gte=at.on, then=Value(int(Reason.SUSPENDED))),
        default=Least(_own_reason(at), _worst_of_shares(at)),
        output_field=IntegerField(),
    )


def _own_reason(at: Thresholds) -> Case:
    running = Q(state__in=RUNNING)
    dated = running & Q(kind=MeasureKind.DATED)
    unread = Target.objects.filter(
        ~Exists(_values()), measure=OuterRef("pk"), state=TargetState.CONFIRMED, due__isnull=False
    )
    return _first(
        [
            (Reason.DUE_PASSED, dated & Q(due__lte=at.due_passed)),
            (Reason.TARGET_PASSED, running & Exists(unread.filter(due__lte=at.due_passed))),
            (Reason.EVALUATION_FAILED, running & Exists(_failed())),
            (Reason.REPORT_VERY_LATE, running & Q(current__due__lte=at.report_very_late)),
            (Reason.REPORT_LATE, running & Q(current__due__lte=at.report_late)),
            (Reason.DUE_SOON, dated & Q(current__due__lte=_due_soon("current__working_days", at))),
            (Reason.TARGET_SOON, running & Exists(unread.filter(due__lte=due_soon_of(0, at)))),
            (Reason.REPORT_SOON, running & Q(current__due__lte=at.report_soon)),
        ]
    )


def _values() -> QuerySet[Reading]:
    """Reports of a target's value that were not withdrawn."""
    return Reading.objects.filter(
        target=OuterRef("pk"), value__isnull=False, report__withdrawn_at__isnull=True
    )


def _failed() -> QuerySet[Evaluation]:
    """The failed last evaluation of the current cycle; it counts until the measure is reported anew."""
    scored = Evaluation.objects.filter(state=EvaluationState.SUBMITTED)
    newer = scored.filter(cycle=OuterRef("cycle"), round__gt=OuterRef("round"))
    return scored.filter(
        ~Exists(newer), measure=OuterRef("pk"), cycle__is_current=True, result=EvaluationResult.FAILED
    )


def _worst_of_shares(at: Thresholds) -> Coalesce:
    """The worst reason of lead and critical shares; of the others only that they are in red."""
    counted = Case(
        When(Q(share__is_lead=True) | Q(share__is_critical=True), then=F("reason")),
        When(reason__lte=int(Reason.REPORT_VERY_LATE), then=Value(int(Reason.SUPPORT_IN_RED))),
        default=Value(int(Reason.ON_TRACK)),
        output_field=IntegerField(),
    )
    worst = (
        ShareCycle.objects.filter(~Q(share__state=ShareState.CLOSED), cycle=OuterRef("current__pk"))
        .order_by()
        .annotate(reason=_open_share_reason(at))
        .annotate(counted=counted)
        .values("cycle")
        .annotate(worst=Min("counted"))
        .values("worst")
    )
    return Coalesce(Subquery(worst), Value(int(Reason.ON_TRACK)), output_field=IntegerField())
