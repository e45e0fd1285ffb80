"""What waits for a person without being a work item: plans to prepare, to put on the ledger, to dispatch."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Appointment, Bureau, User
from accounts.rights import Standing
from accounts.roles import Permission, Role
from workflow.models import Measure, Plan
from workflow.states import MeasureState, PlanState

P = Permission


@dataclass(frozen=True, slots=True)
class PlanNote:
    """A plan that waits for the person. `kind`: "prepare", "put_on_ledger" or "dispatch"; `waiting`: draft measures."""

    plan: Plan
    kind: str
    waiting: int


def plan_notes(held: Standing) -> list[PlanNote]:
    """The plans that wait for who holds these rights; one statement, none without a plan role that moves plans."""
    prepares, approves = held.plans(P.PREPARE_FOR_PLAN), held.plans(P.APPROVE_FOR_PLAN)
    dispatches = held.plans(P.DISPATCH_FOR_PLAN)
    if not prepares | approves | dispatches:
        return []
    drafts = Measure.objects.filter(plan=OuterRef("pk"), state=MeasureState.DRAFT).order_by()
    waiting = drafts.values("plan").annotate(count=Count("pk")).values("count")
    rows = (
        Plan.objects.filter(
            Q(state=PlanState.DRAFT, pk__in=prepares | approves)
            | Q(state=PlanState.ON_LEDGER, pk__in=dispatches)
        )
        .annotate(waiting=Coalesce(Subquery(waiting), 0))
        .defer("warnings")  # what a reader noted of a long document is long
        .filter(Q(state=PlanState.DRAFT) | Q(waiting__gt=0))
        .order_by("-period_start", "pk")
    )
    return [PlanNote(plan, _kind(plan, prepares), plan.waiting) for plan in rows]


def _kind(plan: Plan, prepares: frozenset[int]) -> str:
    if plan.state == PlanState.ON_LEDGER:
        return "dispatch"
    return "prepare" if plan.pk in prepares else "put_on_ledger"


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What a new installation has already."""

    has_bureaus: bool
    has_people: bool
    has_plans: bool
    has_offices: bool

    @property
    def are_done(self) -> bool:
        """Whether work can begin."""
        return self.has_bureaus and self.has_people and self.has_plans and self.has_offices


def first_steps(administrator: User) -> FirstSteps:
    """How far the installation has come; four small statements, for administrators only."""
    offices = {Role.SUPERVISOR.value, Role.APPROVER.value}
    held = Appointment.objects.filter(role__in=offices).values_list("role", flat=True).distinct()
    return FirstSteps(
        has_bureaus=Bureau.objects.exists(),
        has_people=User.objects.exclude(pk=administrator.pk).exists(),
        has_plans=Plan.objects.exists(),
        has_offices=set(held) == offices,
    )
