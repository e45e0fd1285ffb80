"""Whether what halted, ended or challenged a measure agrees with how it stands."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from workflow.models import Cancellation, Measure, Objection, Share, Suspension
from workflow.queries.findings import Finding, found
from workflow.states import MeasureState, ShareOutcome

UNDER_WAY = [MeasureState.ASSIGNED, MeasureState.IN_PROGRESS, MeasureState.REPORTED, MeasureState.VERIFIED]


def stops_findings() -> Iterator[Finding]:
    """Every suspension, cancellation and objection that does not fit its measure."""
    for check in (_suspensions, _cancellations, _objections):
        yield from check()


def _suspensions() -> Iterator[Finding]:
    last = Suspension.objects.filter(measure=OuterRef("pk")).order_by("-pk")
    measures = Measure.objects.annotate(
        last_until=Subquery(last.values("until")[:1]), last_resumed=Subquery(last.values("resumed_at")[:1])
    )
    stands = Q(last_until__isnull=False, last_resumed__isnull=True)
    yield from found(
        measures.filter(suspended_until__isnull=False).exclude(stands & Q(suspended_until=F("last_until"))),
        _("is suspended without the record of it"),
    )
    yield from found(
        measures.filter(stands, suspended_until=None, state__in=UNDER_WAY),
        _("has a suspension that it does not know of"),
    )
    ended = Q(state__in=[MeasureState.DRAFT, MeasureState.CANCELLED])
    yield from found(
        measures.filter(ended, suspended_until__isnull=False), _("is suspended, but not under way")
    )


def _cancellations() -> Iterator[Finding]:
    yield from found(
        Cancellation.objects.exclude(measure__state=MeasureState.CANCELLED),
        _("is the cancellation of a measure that goes on"),
    )
    shares = Share.objects.filter(measure=OuterRef("pk"))
    cancelled = Measure.objects.filter(Exists(shares), state=MeasureState.CANCELLED)
    yield from found(cancelled.filter(cancellation=None), _("was cancelled without the record of it"))
    yield from found(
        Share.objects.filter(outcome=ShareOutcome.CANCELLED).exclude(measure__state=MeasureState.CANCELLED),
        _("ended as cancelled, its measure did not"),
    )


def _objections() -> Iterator[Finding]:
    yield from found(
        Objection.objects.exclude(measure=F("share__measure")), _("is raised on the measure of another share")
    )
    own = Q(decided_by=F("author")) | Q(decided_by=F("raised_by")) | Q(decided_by=F("raised_for"))
    yield from found(Objection.objects.filter(own), _("was decided by who must not"))
