"""Whether the ledger agrees with itself: counts with rows, states with what they rest on. One statement a check."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from workflow.models import (
    Amendment,
    Closure,
    Consolidation,
    Cycle,
    Document,
    DocumentSeries,
    Evaluation,
    Instruction,
    InstructionReply,
    Measure,
    Plan,
    PlanImport,
    Report,
    Request,
    Share,
    ShareCycle,
)
from workflow.models.consolidation import ConsolidationDecision
from workflow.models.report import ReviewDecision
from workflow.models.request import PENDING
from workflow.queries.findings import Finding, found
from workflow.states import EvaluationState, MeasureState, PlanState, ShareState

ENDED = [MeasureState.CLOSED, MeasureState.CANCELLED]
RUNNING = [MeasureState.ASSIGNED, MeasureState.IN_PROGRESS, MeasureState.REPORTED, MeasureState.VERIFIED]
DISPATCHED = [*RUNNING, MeasureState.CLOSED]


def ledger_findings() -> Iterator[Finding]:
    """Everything in the ledger that contradicts itself."""
    for check in (
        _counts,
        _plans,
        _measures,
        _cycles,
        _share_cycles,
        _closures,
        _shares,
        _reports,
        _rounds,
        _requests,
        _editions,
        _instructions,
        _numbers,
    ):
        yield from check()


def _instructions() -> Iterator[Finding]:
    asked = Exists(InstructionReply.objects.filter(instruction=OuterRef("pk")))
    yield from found(Instruction.objects.filter(~asked), _("an instruction that nobody was asked to answer"))
    strange = InstructionReply.objects.exclude(share__measure=F("instruction__measure"))
    yield from found(strange, _("a reply by a share of another measure"))


def _counts() -> Iterator[Finding]:
    counted = Measure.objects.annotate(
        total=Count("shares"),
        open=Count("shares", filter=~Q(shares__state=ShareState.CLOSED)),
        unaccepted=Count("shares", filter=Q(shares__state=ShareState.ASSIGNED)),
        reported=Count("shares", filter=Q(shares__state=ShareState.REPORTED)),
        verified=Count("shares", filter=Q(shares__state=ShareState.VERIFIED)),
    )
    for name in ("total", "open", "unaccepted", "reported", "verified"):
        wrong = counted.exclude(**{f"shares_{name}": F(name)})
        count = getattr(Measure._meta.get_field(f"shares_{name}"), "verbose_name", name)
        yield from found(wrong, _("its count “%(count)s” is not the number of its shares") % {"count": count})


def _plans() -> Iterator[Finding]:
    measures = Measure.objects.filter(plan=OuterRef("pk"))
    going_on = Exists(measures.exclude(state__in=ENDED))
    yield from found(
        Plan.objects.filter(going_on, state=PlanState.COMPLETED), _("completed, a measure goes on")
    )
    yield from found(
        Plan.objects.filter(~going_on, Exists(measures), state=PlanState.ON_LEDGER),
        _("on the ledger, every measure has ended"),
    )
    begun = Exists(measures.exclude(state__in=[MeasureState.DRAFT, MeasureState.CANCELLED]))
    yield from found(
        Plan.objects.filter(begun, state=PlanState.DRAFT), _("in preparation, a measure was dispatched")
    )


def _measures() -> Iterator[Finding]:
    shares = Share.objects.filter(measure=OuterRef("pk"))
    dispatched = Measure.objects.filter(state__in=DISPATCHED)
    yield from found(dispatched.filter(~Exists(shares.filter(is_lead=True))), _("has no lead"))
    yield from found(dispatched.filter(dispatch_order=None), _("was dispatched without an order"))
    drafts = Measure.objects.filter(state=MeasureState.DRAFT)
    yield from found(drafts.filter(Exists(shares)), _("is a draft with shares"))
    yield from found(
        Measure.objects.filter(state=MeasureState.ASSIGNED, shares_unaccepted=0), _("has not begun")
    )
    yield from found(
        Measure.objects.filter(state__in=RUNNING, shares_open=0), _("runs without an open share")
    )
    yield from found(Measure.objects.filter(state__in=ENDED, shares_open__gt=0), _("ended with open shares"))
    handed_in = Q(state__in=[MeasureState.REPORTED, MeasureState.VERIFIED, MeasureState.CLOSED])
    routine = Closure.objects.filter(measure=OuterRef("pk"), to_routine=True, reopened_at=None)
    yield from found(
        Measure.objects.filter(handed_in, ~Exists(routine), reported_at=None), _("has no date of its report")
    )
    yield from found(
        Measure.objects.exclude(handed_in).filter(reported_at__isnull=False),
        _("has the date of a report that does not stand"),
    )


def _cycles() -> Iterator[Finding]:
    cycles = Cycle.objects.filter(measure=OuterRef("pk"))
    dispatched = Measure.objects.filter(state__in=DISPATCHED)
    yield from found(dispatched.filter(~Exists(cycles.filter(is_current=True))), _("has no current cycle"))
    yield from found(dispatched.filter(~Exists(cycles.filter(is_last=True))), _("has no last cycle"))
    yield from found(
        Measure.objects.filter(Exists(cycles), state=MeasureState.DRAFT), _("is a draft with cycles laid out")
    )
    later = Cycle.objects.filter(measure=OuterRef("measure"), index__gt=OuterRef("index"))
    yield from found(Cycle.objects.filter(Exists(later), is_last=True), _("is the last, but another follows"))
    counted = Measure.objects.annotate(n=Count("cycles"), highest=Max("cycles__index"))
    yield from found(counted.filter(n__gt=0).exclude(n=F("highest")), _("has gaps between its cycles"))


def _share_cycles() -> Iterator[Finding]:
    own = ShareCycle.objects.filter(share=OuterRef("pk"), cycle__is_current=True)
    running = Share.objects.exclude(state=ShareState.CLOSED)
    yield from found(running.filter(~Exists(own)), _("is open without a part in the current cycle"))
    current = Cycle.objects.filter(
        measure=OuterRef("cycle__measure"), is_current=True, index__lt=OuterRef("cycle__index")
    )
    yield from found(
        ShareCycle.objects.filter(Exists(current)), _("belongs to a cycle that has not come yet")
    )
    yield from found(
        ShareCycle.objects.exclude(cycle__measure=F("share__measure")),
        _("joins a share and a cycle of two measures"),
    )
    yield from found(
        Share.objects.exclude(plan=F("measure__plan")), _("belongs to another plan than its measure")
    )


def _closures() -> Iterator[Finding]:
    """A cycle behind the current one was closed or missed; the current and later ones were not, unless all is over."""
    standing = Closure.objects.filter(cycle=OuterRef("pk"), reopened_at=None)
    current = Cycle.objects.filter(measure=OuterRef("measure"), is_current=True)
    past = Cycle.objects.filter(Exists(current.filter(index__gt=OuterRef("index"))))
    yield from found(past.filter(~Exists(standing), missed_at=None), _("is over, neither closed nor missed"))
    yield from found(past.filter(Exists(standing), missed_at__isnull=False), _("is both closed and missed"))
    ahead = Cycle.objects.exclude(Exists(current.filter(index__gt=OuterRef("index"))))
    going_on = ahead.exclude(measure__state__in=ENDED)
    yield from found(
        going_on.filter(Exists(standing) | Q(missed_at__isnull=False)), _("goes on, but was ended")
    )
    closed = Cycle.objects.filter(is_current=True, measure__state=MeasureState.CLOSED)
    full = standing.filter(phased=False)
    routine = Exists(full.filter(to_routine=True))
    yield from found(
        closed.filter(~Exists(full) | Q(~routine, is_last=False)), _("ended without the full closure")
    )
    yield from found(closed.filter(routine, is_last=True), _("went over into routine work in its last cycle"))


def _standing_reports(**where: object) -> QuerySet[Report]:
    """Of the share in its current cycle: reports that were neither withdrawn nor returned."""
    return Report.objects.filter(
        share_cycle__share=OuterRef("pk"),
        share_cycle__cycle__is_current=True,
        withdrawn_at=None,
        returned_at=None,
        **where,
    )


def _shares() -> Iterator[Finding]:
    succeeded = Share.objects.exclude(state=ShareState.CLOSED).filter(bureau__succeeded_by__isnull=False)
    yield from found(succeeded, _("is open, but its bureau was succeeded"))
    any_, new = Exists(_standing_reports()), Exists(_standing_reports(decision=ReviewDecision.NONE))
    approved = Exists(_standing_reports(decision=ReviewDecision.APPROVED))
    for state, wrong, what in (
        (ShareState.ASSIGNED, any_, _("is not accepted, but has a report")),
        (ShareState.IN_PROGRESS, any_, _("is in progress, but a report stands")),
        (ShareState.REPORTED, approved, _("waits for review, but a report is approved")),
        (ShareState.VERIFIED, new, _("is approved, but a report waits for review")),
    ):
        yield from found(Share.objects.filter(wrong, state=state), what)
    yield from found(
        Share.objects.filter(~new, state=ShareState.REPORTED), _("waits for review without a report")
    )
    yield from found(
        Share.objects.filter(~approved, state=ShareState.VERIFIED), _("is approved without a report")
    )


def _reports() -> Iterator[Finding]:
    several = ShareCycle.objects.annotate(
        standing=Count("reports", filter=Q(reports__withdrawn_at=None, reports__returned_at=None)),
        n=Count("reports"),
        highest=Max("reports__version"),
    )
    yield from found(several.filter(standing__gt=1), _("has two reports that stand"))
    yield from found(several.filter(n__gt=0).exclude(n=F("highest")), _("has gaps between its versions"))
    newer = Report.objects.filter(share_cycle=OuterRef("share_cycle"), version__gt=OuterRef("version"))
    standing = Report.objects.filter(withdrawn_at=None, returned_at=None)
    yield from found(standing.filter(Exists(newer)), _("stands, but a newer one was submitted"))
    newer_draft = Consolidation.objects.filter(cycle=OuterRef("cycle"), version__gt=OuterRef("version"))
    handed_in = [MeasureState.REPORTED, MeasureState.VERIFIED]
    last = Consolidation.objects.filter(
        ~Exists(newer_draft),
        cycle__is_current=True,
        cycle__measure__state__in=handed_in,
        cycle__measure__shares_open__gt=1,
    )
    yield from found(
        last.exclude(decision=ConsolidationDecision.SIGNED),
        _("is the last of a reported measure, and not signed"),
    )
    over = Consolidation.objects.filter(decision=ConsolidationDecision.NONE, cycle__is_current=False)
    yield from found(over, _("waits for a signature in a cycle that is over"))


def _rounds() -> Iterator[Finding]:
    open_ones = Evaluation.objects.filter(state=EvaluationState.ENGAGED)
    unasked = ~Q(measure__state=MeasureState.VERIFIED) | Q(cycle__is_current=False)
    other_agency = Q(measure__engagement=None) | ~Q(engagement=F("measure__engagement"))
    yield from found(open_ones.filter(unasked | other_agency), _("is open, but nobody waits for it"))


def _requests() -> Iterator[Finding]:
    """Pending requests are counted, and wait on an open share of a measure that is not reported yet."""
    counted = Measure.objects.annotate(pending=Count("requests", filter=Q(requests__state__in=PENDING)))
    yield from found(
        counted.exclude(requests_open=F("pending")), _("does not count its pending requests rightly")
    )
    pending = Request.objects.filter(state__in=PENDING)
    going_on = Q(measure__state__in=[MeasureState.ASSIGNED, MeasureState.IN_PROGRESS])
    yield from found(
        pending.exclude(going_on & ~Q(share__state=ShareState.CLOSED)), _("waits, but its work is over")
    )
    yield from found(
        Request.objects.exclude(share__measure=F("measure"), cycle__measure=F("measure")),
        _("joins a share and a cycle of two measures"),
    )
    extended = ShareCycle.objects.filter(first_due__isnull=False)
    yield from found(extended.filter(due__lte=F("first_due")), _("was extended to an earlier date"))


def _editions() -> Iterator[Finding]:
    """What later editions brought: no measure is older than its plan knows, and none is dispatched unadmitted."""
    added = Measure.objects.filter(added_in__isnull=False)
    yield from found(added.filter(added_in__gt=F("plan__edition")), _("came with an edition not yet there"))
    yield from found(
        added.filter(admitted_at=None, state__in=DISPATCHED), _("was dispatched without being admitted")
    )
    imports = PlanImport.objects.filter(plan__isnull=False)
    yield from found(imports.filter(edition__gt=F("plan__edition")), _("is an edition that its plan lacks"))
    yield from found(
        Amendment.objects.exclude(plan_import__plan=F("measure__plan")), _("amends a measure of another plan")
    )


def _numbers() -> Iterator[Finding]:
    own = Document.objects.filter(kind=OuterRef("kind"), office=OuterRef("office"), year=OuterRef("year"))
    counted = own.order_by().values("kind").annotate(n=Count("pk"), highest=Max("serial"))
    series = DocumentSeries.objects.annotate(
        n=Coalesce(Subquery(counted.values("n")), 0), highest=Coalesce(Subquery(counted.values("highest")), 0)
    )
    yield from found(series.exclude(n=F("last"), highest=F("last")), _("has gaps between its numbers"))
