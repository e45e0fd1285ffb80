"""Whether records agree with what they are about: hand-overs, conclusions, dates, numbers, and the trail with states."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from workflow.models import (
    AuditEvent,
    Cycle,
    Document,
    DocumentSeries,
    HandOver,
    Instruction,
    InstructionReply,
    Measure,
    Objection,
    Request,
    Share,
    Suspension,
)
from workflow.models.audit_event import Outcome
from workflow.models.request import PENDING
from workflow.queries.findings import Finding, found
from workflow.states import MeasureState, ShareOutcome


def record_findings() -> Iterator[Finding]:
    """Every record that does not fit its measure, and every state that the trail tells otherwise."""
    for check in (_hand_overs, _conclusions, _dates, _instructions, _orders, _states):
        yield from check()


def _hand_overs() -> Iterator[Finding]:
    """The share is where its last hand-over brought it, or ended because its new bureau had one."""
    yield from found(
        HandOver.objects.exclude(share__measure=F("measure")), _("hands over a share of another measure")
    )
    later = HandOver.objects.filter(share=OuterRef("share"), pk__gt=OuterRef("pk"))
    last = HandOver.objects.filter(~Exists(later)).exclude(share__outcome=ShareOutcome.TRANSFERRED)
    yield from found(
        last.exclude(share__bureau=F("to_bureau")), _("handed over a share that lies with another bureau")
    )


def _conclusions() -> Iterator[Finding]:
    strange = Q(verification__isnull=False) & ~Q(verification__cycle__measure=F("measure"))
    strange |= Q(evaluation__isnull=False) & ~Q(evaluation__measure=F("measure"))
    strange |= Q(missed_cycle__isnull=False) & ~Q(missed_cycle__measure=F("measure"))
    yield from found(Objection.objects.filter(strange), _("challenges a conclusion about another measure"))


def _dates() -> Iterator[Finding]:
    before = Cycle.objects.filter(
        measure=OuterRef("measure"), index__lt=OuterRef("index"), period_start__gte=OuterRef("period_start")
    )
    yield from found(Cycle.objects.filter(Exists(before)), _("begins before the cycle that it follows"))
    pending = Request.objects.filter(state__in=PENDING)
    yield from found(
        pending.filter(cycle__is_current=False), _("waits in a cycle that is not the current one")
    )
    standing = Suspension.objects.filter(
        measure=OuterRef("measure"), pk__lt=OuterRef("pk"), resumed_at=None, until__gte=OuterRef("since")
    )
    yield from found(Suspension.objects.filter(Exists(standing)), _("began while another one stood"))


def _instructions() -> Iterator[Finding]:
    drafts = Instruction.objects.filter(measure__state=MeasureState.DRAFT)
    yield from found(drafts, _("was given before its measure was dispatched"))
    early = InstructionReply.objects.filter(replied_at__lt=F("instruction__given_at"))
    yield from found(early, _("was written before it was asked for"))


def _orders() -> Iterator[Finding]:
    series = DocumentSeries.objects.filter(
        kind=OuterRef("kind"), office=OuterRef("office"), year=OuterRef("year")
    )
    yield from found(Document.objects.filter(~Exists(series)), _("has a number that no series counts"))
    shares = Share.objects.filter(measure=OuterRef("pk"))
    ordered = Measure.objects.filter(state=MeasureState.DRAFT, dispatch_order__isnull=False)
    yield from found(ordered.filter(~Exists(shares)), _("is a draft with an order"))


def _states() -> Iterator[Finding]:
    """The last move that the trail tells of a measure or a request ended where it stands."""
    for rows, measure in ((Measure.objects.all(), "pk"), (Request.objects.all(), "measure")):
        name = str(rows.model._meta.model_name)
        moves = AuditEvent.objects.filter(
            measure=OuterRef(measure), object_type=name, object_id=OuterRef("pk"), outcome=Outcome.DONE
        ).exclude(to_state="")
        told = rows.annotate(told=Subquery(moves.order_by("-seq").values("to_state")[:1]))
        yield from found(
            told.filter(told__isnull=False).exclude(state=F("told")),
            _("stands elsewhere than the trail tells"),
        )
