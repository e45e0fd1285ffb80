"""Reads of requests: those of a measure, one of them, and what limits a new one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import Bureau, User
from accounts.roles import Role
from workflow.clock.extension import is_late_for, latest_extension
from workflow.models import Measure, Request, Share
from workflow.models.request import PENDING
from workflow.queries.rules import calendar, rules_of
from workflow.queries.seats import bench_of
from workflow.rules.refusal import NotFound
from workflow.rules.requests import ENDS_A_SHARE
from workflow.rules.separation import may_decide_request, may_end_share
from workflow.states import RequestKind, RequestState

SHOWN = ("share__bureau", "bureau", "raised_by", "signed_by", "signed_for", "decided_by")


def requests_of(measure: Measure) -> list[Request]:
    """The measure's requests, the newest first; one statement."""
    return list(measure.requests.select_related(*SHOWN).order_by("-pk"))


def request_of(measure: Measure, request_id: int) -> Request:
    """The measure's request of that id, bound to the measure; raises NotFound."""
    found: Request | None = measure.requests.select_related(*SHOWN).filter(pk=request_id).first()
    if found is None:
        raise NotFound("thing.unknown")
    found.measure = found.share.measure = measure
    return found


def is_pending(share: Share, kind: RequestKind) -> bool:
    """Whether a request of this kind waits on the share."""
    return Request.objects.filter(share=share, kind=kind, state__in=PENDING).exists()


def was_refused(share: Share) -> bool:
    """Whether a refusal of the share was ever signed, however it was decided."""
    return Request.objects.filter(share=share, kind=RequestKind.REFUSAL, signed_by__isnull=False).exists()


def extensions_granted(share: Share) -> int:
    """How often the share's due date in its current cycle was extended."""
    granted = Request.objects.filter(share=share, kind=RequestKind.EXTENSION, state=RequestState.GRANTED)
    return granted.filter(cycle__is_current=True).count()


def lead_bureau(measure: Measure) -> int:
    """The bureau whose share leads."""
    return Share.objects.values_list("bureau_id", flat=True).get(measure=measure, is_lead=True)


def refusal_limit(share: Share, on: date) -> date:
    """The last day on which the share can be refused."""
    within = rules_of(share.plan_id, on).numbers.refusal_within
    return calendar().add_working_days(share.dispatched_on, within)


@dataclass(frozen=True, slots=True)
class ExtensionLimits:
    """The due date that holds, the last day to which it can be extended, and whether asking today is late."""

    due: date
    last: date
    is_late: bool


def extension_limits(share: Share, on: date) -> ExtensionLimits:
    """What limits an extension of the share that is asked on that day."""
    part, numbers = share.current_share_cycle, rules_of(share.plan_id, on).numbers
    last = latest_extension(part.first_due or part.due, part.working_days, calendar(), numbers)
    return ExtensionLimits(part.due, last, is_late_for(part.due, on, calendar(), numbers))


def bureaus_but(bureau_id: int) -> QuerySet[Bureau]:
    """Every bureau that stands, but that one."""
    others: QuerySet[Bureau] = Bureau.objects.filter(succeeded_by=None, active=True).exclude(pk=bureau_id)
    return others


def bureaus_without_share(measure_id: int) -> QuerySet[Bureau]:
    """The bureaus that can take a share of the measure over."""
    taken = Share.objects.filter(measure=measure_id).values("bureau")
    free: QuerySet[Bureau] = Bureau.objects.filter(succeeded_by=None, active=True).exclude(pk__in=taken)
    return free


def must_be_taken_over(share: Share, measure: Measure) -> bool:
    """Whether the share cannot just be dropped: it leads, or it is the only one open."""
    return share.is_lead or measure.shares_open == 1


def check_decider(request: Request, person: User, people: Collection[int], on: date) -> None:
    """Rule 5 for `people`, the person and whom they act for; rule 2 where the decision may end a share (DOMAIN.md, end)."""
    may_decide_request(people, request.touched_by)
    if request.kind in ENDS_A_SHARE:
        bench = bench_of(request.measure_id, person, on)
        may_end_share(person.pk, bench.is_own_bureau, bench.touched_by)


def scope_of_decider(request: Request) -> int:
    """The lead's bureau for a head, else the plan: where the decider's right is held."""
    if request.decider == Role.HEAD:
        return lead_bureau(request.measure)
    return request.measure.plan_id
