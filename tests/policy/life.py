"""How the measures of the policy table's world came into their situations: by the actions, on one day."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from accounts.models import Membership
from flows.models import WorkItem
from flows.work import claim, release
from tests.factories.road import ALL_HOLD, Road, fresh, open_item
from tests.policy.asking import ask
from tests.policy.world import DAY, DUE, LATER, SUSPENDED_UNTIL, WHERE, R, S, World
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.dispatch import dispatch_measure
from workflow.actions.evaluation import engage_evaluation
from workflow.actions.evidence import add_evidence, remove_evidence
from workflow.actions.instructions import instruct
from workflow.actions.items_under_way import finish_item, hand_item
from workflow.actions.objections import raise_objection
from workflow.actions.roadmap import StepInput, file_roadmap, reach_milestone
from workflow.actions.shares import accept_share, submit_report
from workflow.actions.suspension import suspend_measure
from workflow.actions.verification import rework_measure, verify_measure
from workflow.clock.now import at
from workflow.models import ActionItem, ResponsibleUnit, Verification
from workflow.models.responsible_unit import UnitKind
from workflow.states import ShareState


def live(world: World) -> World:
    """Dispatch and carry on; notes the work items and the evidence of each situation."""
    _dispatch(world)
    _walk(world)
    ask(world)
    _items(world)
    return world


def _dispatch(world: World) -> None:
    supervisor = world.people[R.SUPERVISOR]
    for situation in [*(name for name, _ in WHERE), S.ONGOING, S.TURN, S.ANY]:
        if situation not in {S.DRAFT, S.REFUSABLE}:
            dispatch_measure(world.measures[situation], by=supervisor)
            world.measures[situation] = fresh(world.measures[situation])
    ResponsibleUnit.objects.create(
        measure=world.measures[S.RUNNING],
        position=9,
        text="等相关部门",
        kind=UnitKind.OPEN_ENDED,
        resolve_by=DUE,
    )
    dispatch_measure(world.measures[S.UNKNOWN], by=world.people[R.FOREIGN_SUPERVISOR])


def _walk(world: World) -> None:
    """Carry each measure to where its name says."""
    road, people, measures = Road(world.cast), world.people, world.measures
    claim(open_item(world.share(S.ACCEPT_HELD)), by=people[R.HOLDER])
    for situation in (S.RUNNING, S.SUSPENDED, S.FILL_FREE, S.ONGOING, S.REVIEW, S.VERIFY):
        road.accept_all(measures[situation])
    _steps(world)
    instruct(measures[S.RUNNING], by=people[R.APPROVER], text="批示内容", reply_by=DUE)
    release(open_item(world.share(S.FILL_FREE)), by=people[R.HOLDER])
    accept_share(world.share(S.FILL_LEFT), by=people[R.LEAVER])
    Membership.objects.filter(user=people[R.LEAVER]).update(until=DAY.date() + timedelta(days=7))
    _evidence(world)
    _reports(world, road)
    for situation in (S.VERIFY, S.ENGAGE, S.EVALUATE, S.VERIFIED, S.CLOSED, S.TURN, S.RETURNED, S.OBJECTED):
        road.report(measures[situation])
    for situation in (S.ENGAGE, S.EVALUATE, S.CLOSED):
        road.verify(measures[situation])
    for situation in (S.VERIFIED, S.TURN):
        verify_measure(measures[situation], by=people[R.DOUBLE], checklist=ALL_HOLD)
    road.evaluate(measures[S.VERIFIED])
    _engage(world)
    road.close(measures[S.CLOSED])
    _return(world)
    suspend_measure(measures[S.SUSPENDED], by=people[R.APPROVER], until=SUSPENDED_UNTIL, reason="等新政策")


def _return(world: World) -> None:
    """A supervisor returns two measures just before the pages are asked, and a head objects to one of the returns."""
    with at(LATER - timedelta(days=1)):
        for situation in (S.RETURNED, S.OBJECTED):
            share = world.share(situation)
            rework_measure(
                world.measures[situation], by=world.people[R.SUPERVISOR], shares=[share.pk], reason="补"
            )
        share = world.share(S.OBJECTED)
        key = f"verification-{Verification.objects.get(cycle__measure=share.measure).pk}"
        world.objection = raise_objection(share, by=world.people[R.HEAD], conclusion=key, grounds="材料齐全")


def _engage(world: World) -> None:
    engage_evaluation(world.measures[S.EVALUATE], by=world.people[R.SUPERVISOR], engagement=world.engagement)


def _evidence(world: World) -> None:
    people = world.people
    for situation, share, reader in (
        (S.EVIDENCE_PENDING, world.share(S.RUNNING), R.HOLDER),
        (S.EVIDENCE_REMOVED, world.share(S.RUNNING), R.HOLDER),
        (S.EVIDENCE_SENT, world.share(S.REVIEW), R.HOLDER),
        (S.VERIFY, world.share(S.VERIFY), R.HOLDER),
        (S.EVIDENCE_OF_SUPPORT, world.supporting(S.REVIEW), R.SUPPORT_HANDLER),
    ):
        file = ContentFile(situation.value.encode(), name="a.txt")
        world.evidence[situation] = add_evidence(
            share, by=people[reader], name="a.txt", content=file, grade="A"
        )
    remove_evidence(world.evidence[S.EVIDENCE_REMOVED], by=people[R.HOLDER])


def _reports(world: World, road: Road) -> None:
    people, measures = world.people, world.measures
    for share in road.shares(measures[S.REVIEW], ShareState.IN_PROGRESS):
        road.submit(share)
    road.approve(world.supporting(S.REVIEW))
    accept_share(world.share(S.REVIEW_OWN), by=people[R.AUTHOR])
    submit_report(world.share(S.REVIEW_OWN), by=people[R.AUTHOR], progress="已完成", readings=[])
    for situation in (S.CONSOLIDATE, S.SIGN, S.SIGN_OWN):
        road.accept_all(measures[situation])
        road.approve_all(measures[situation])
    for situation, reader in ((S.SIGN, R.HOLDER), (S.SIGN_OWN, R.AUTHOR)):
        draft_consolidation(measures[situation], by=people[reader], summary="汇总")


def _items(world: World) -> None:
    for situation in (S.ACCEPT_HELD, S.FILL_FREE, S.FILL_LEFT, S.SUSPENDED, S.REVIEW, S.REVIEW_OWN):
        world.items[situation] = open_item(world.share(situation))
    for situation in (S.CONSOLIDATE, S.SIGN, S.SIGN_OWN, S.VERIFY, S.ENGAGE, S.EVALUATE):
        world.items[situation] = open_item(world.measures[situation])
    running = world.share(S.RUNNING)
    world.items |= {
        S.ACCEPT_FREE: open_item(world.share(S.ASSIGNED)),
        S.FILL_HELD: open_item(running),
        S.CLOSE: open_item(world.measures[S.VERIFIED]),
        S.DONE: WorkItem.objects.get(share=running, finished__isnull=False),
    }


def _steps(world: World) -> None:
    """A roadmap with a step reached by the lead and one of the supporting bureau's; a thing done and one handed on."""
    measure, holder = world.measures[S.RUNNING], world.people[R.HOLDER]
    steps = [
        StepInput("牵头节点", date(2026, 5, 29), 40),
        StepInput("配合节点", date(2026, 6, 30), 60, world.supporting(S.RUNNING).pk),
    ]
    first, _second = file_roadmap(measure, by=holder, steps=steps)
    reach_milestone(first, by=holder, on=DAY.date())
    done, handed = (
        ActionItem.objects.create(measure=measure, position=n, text=text)
        for n, text in enumerate(("牵头事项", "配合事项"), start=1)
    )
    finish_item(done, by=holder, on=DAY.date())
    hand_item(handed, by=holder, share=world.supporting(S.RUNNING))
