"""What comes next on a measure: what this reader can do now, and otherwise who it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rights import Standing
from accounts.roles import Permission, Role
from flows.chart import step_label
from flows.inbox import open_items_of
from flows.models import WorkItem
from flows.separation import is_kept_apart
from flows.work import is_in_dates, scope_of
from workflow.clock.now import today
from workflow.models import Measure
from workflow.pages.decisions.add_bureau import AddBureauToMeasure
from workflow.pages.decisions.cancel import CancelMeasure
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.change_lead import ChangeLead
from workflow.pages.decisions.confirm_target import ConfirmTarget
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.decisions.end_share import EndShare
from workflow.pages.decisions.engage_another import EngageAnother
from workflow.pages.decisions.force_acceptance import ForceAcceptance
from workflow.pages.decisions.instruct import GiveInstruction
from workflow.pages.decisions.miss_cycle import MissCycle
from workflow.pages.decisions.object import RaiseObjection
from workflow.pages.decisions.reopen import ReopenMeasure
from workflow.pages.decisions.resolve_unit import ResolveUnit
from workflow.pages.decisions.rework import ReturnMeasure
from workflow.pages.decisions.roadmap import (
    ConfirmMilestone,
    FileRoadmap,
    ReachMilestone,
    ReturnMilestone,
)
from workflow.pages.decisions.routine import TransferToRoutine
from workflow.pages.decisions.send_back import SendBackShare
from workflow.pages.decisions.suspend import ResumeMeasure, SuspendMeasure
from workflow.pages.decisions.tasks import FinishTask, HandTask, ResumeTask
from workflow.pages.decisions.waive import WaiveEvaluation, WaiveTarget
from workflow.pages.decisions.withdraw import WithdrawReport
from workflow.pages.form import Words
from workflow.pages.requests.raising import RAISING
from workflow.queries.deadlines import days_left
from workflow.queries.measure_detail import Detail
from workflow.states import MeasureState, PlanState

ON_MEASURE: tuple[type[MeasureDecision], ...] = (
    ReturnMeasure,
    EngageAnother,
    WaiveEvaluation,
    MissCycle,
    ReopenMeasure,
    GiveInstruction,
    ResumeMeasure,
    RaiseObjection,
    TransferToRoutine,
    SuspendMeasure,
    CancelMeasure,
    ResolveUnit,
    AddBureauToMeasure,
    ChangeLead,
    EndShare,
)
ON_SHARE: tuple[type[MeasureDecision], ...] = (WithdrawReport, SendBackShare, ForceAcceptance, *RAISING)
ON_TARGET: tuple[type[MeasureDecision], ...] = (ConfirmTarget, WaiveTarget)
ON_ROADMAP: tuple[type[MeasureDecision], ...] = (FileRoadmap,)
ON_MILESTONE: tuple[type[MeasureDecision], ...] = (ReachMilestone, ConfirmMilestone, ReturnMilestone)
ON_ITEM: tuple[type[MeasureDecision], ...] = (FinishTask, HandTask, ResumeTask)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing the reader can do: a step in words, for which bureau, where, and by when."""

    label: str
    about: str
    url: str
    due: date | None
    days_left: int | None
    is_held: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that lies with others: who they are, and by when the first of them is due."""

    label: str
    who: list[str]
    due: date
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """A decision without a work item that the reader may take."""

    label: Words
    url: str


@dataclass(frozen=True, slots=True)
class Next:
    """The reader's own steps, those of others, and the decisions open to the reader by where they belong."""

    mine: list[Offer]
    waiting: list[Waiting]
    on_measure: list[Link] = field(default_factory=list)
    on_share: dict[int, list[Link]] = field(default_factory=dict)
    on_target: dict[int, list[Link]] = field(default_factory=dict)
    on_milestone: dict[int, list[Link]] = field(default_factory=dict)
    on_item: dict[int, list[Link]] = field(default_factory=dict)
    on_roadmap: list[Link] = field(default_factory=list)


def next_for(case: Case, detail: Detail) -> Next:
    """What comes next. A constant number of statements, whatever the number of shares."""
    person, held, measure = case.person, case.held, case.measure
    items = open_items_of(measure)
    stands = measure.is_suspended(today(measure.plan.time_zone))
    mine = [item for item in items if not stands and _is_open_to(item, person, held)]
    others = [item for item in items if item not in mine]
    return Next(
        mine=[*_before_dispatch(case), *(_offer(item, person) for item in mine)],
        waiting=_waiting(others, measure, detail, stands=stands),
        on_measure=[link for link in _links(ON_MEASURE, case) if not _is_at_hand(link, mine)],
        on_share=_by_share(case, detail),
        on_target={t.target.pk: _links(ON_TARGET, case.aimed_at(t.target)) for t in detail.targets},
        on_milestone={m.pk: _links(ON_MILESTONE, case.at_milestone(m)) for m in detail.milestones},
        on_item={one.pk: _links(ON_ITEM, case.at_item(one)) for one in detail.items},
        on_roadmap=_links(ON_ROADMAP, case),
    )


def _is_open_to(item: WorkItem, person: User, held: Standing) -> bool:
    """Whether the person may carry the item out, or claim it; as `flows.work.may_take` decides for one item.

    Of the measure's own item, the one that is not about a share, the separation of duties is asked as well.
    """
    if item.owner_id not in (None, person.pk):
        return False
    kind, scope_id = scope_of(item)
    if not (held.holds(item.flow_task.needs, kind, scope_id) and is_in_dates(item, today())):
        return False
    return item.share_id is not None or not is_kept_apart(item, person)


def _offer(item: WorkItem, person: User) -> Offer:
    return Offer(
        label=step_label(item.node),
        about=_about(item),
        url=reverse("ledger:work", args=[item.process_id, item.pk]),
        due=item.due,
        days_left=days_left(item.due, today()),
        is_held=item.owner_id == person.pk,
    )


def _about(item: WorkItem) -> str:
    """The bureau whose share or request the item is about; "" for the measure's own."""
    if item.request is not None:
        return str(item.request.share.bureau.name)
    return item.share.bureau.name if item.share is not None else ""


def _waiting(items: Iterable[WorkItem], measure: Measure, detail: Detail, *, stands: bool) -> list[Waiting]:
    """The steps of others, those of one kind together, first due first; no days are counted while the clock stands."""
    found: dict[str, Waiting] = {}
    for item in items:
        one = Waiting(step_label(item.node), [], item.due, None if stands else days_left(item.due, today()))
        found.setdefault(item.node, one).who.append(_who(item, measure, detail))
    return list(found.values())


def _who(item: WorkItem, measure: Measure, detail: Detail) -> str:
    """The post that the item lies with, and who holds it where the reader may read that bureau's work."""
    post = _post(item, measure)
    may_know = detail.reads_all or item.bureau_id in detail.own
    return f"{post} · {item.owner.name}" if item.owner is not None and may_know else post


def _post(item: WorkItem, measure: Measure) -> str:
    if item.bureau is not None:
        return str(item.bureau.name)
    office = measure.plan.supervision_office
    if item.role == Role.SUPERVISOR and office is not None:
        return office.name
    if item.role == Role.EVALUATOR and measure.engagement is not None:
        return measure.engagement.agency.name
    return str(Role(item.role).label)


def _links(kinds: Iterable[type[MeasureDecision]], case: Case) -> list[Link]:
    return [Link(kind.label, kind.address(case)) for kind in kinds if kind.is_offered(case)]


def _before_dispatch(case: Case) -> list[Offer]:
    """What a supervisor does with a measure that the bureaus cannot see yet: prepare it, then dispatch it."""
    measure, plan = case.measure, case.measure.plan
    if measure.state != MeasureState.DRAFT:
        return []
    is_prepared = plan.state == PlanState.DRAFT or measure.awaits_admission
    if is_prepared and plan.pk in case.held.plans(Permission.PREPARE_FOR_PLAN):
        return [_without_item(_("Prepare the measure"), "ledger:measure-preparation", measure)]
    if measure.awaits_admission and plan.pk in case.held.plans(Permission.APPROVE_FOR_PLAN):
        url = reverse("ledger:plan-admission", args=[plan.code])
        return [Offer(_("Admit new measures"), "", url, None, None, is_held=True)]
    is_admitted = plan.state == PlanState.ON_LEDGER and not measure.awaits_admission
    if is_admitted and plan.pk in case.held.plans(Permission.DISPATCH_FOR_PLAN):
        return [_without_item(step_label("dispatch"), "ledger:dispatch-measure", measure)]
    return []


def _without_item(label: str, page: str, measure: Measure) -> Offer:
    """A step that lies on nobody's desk as a work item."""
    return Offer(label, "", reverse(page, args=[measure.code]), None, None, is_held=True)


def _is_at_hand(link: Link, mine: list[WorkItem]) -> bool:
    """Whether a work item before the reader already offers to return shares."""
    return link.label == ReturnMeasure.label and any(item.node == "close" for item in mine)


def _by_share(case: Case, detail: Detail) -> dict[int, list[Link]]:
    """Only the current cycle can be decided on."""
    if detail.cycle is None or not detail.cycle.is_current:
        return {}
    found: dict[int, list[Link]] = {}
    for card in detail.all_cards:
        share: Any = card.share_cycle.share
        share.measure = case.measure
        found[share.pk] = _links(ON_SHARE, case.about(share, card.latest))
    return found
