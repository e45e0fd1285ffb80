"""The requests of the policy table's world, each lying with somebody else."""

from flows.models import WorkItem
from tests.factories.asking import Asking
from tests.factories.road import fresh
from tests.policy.world import LATER, R, S, World
from workflow.actions.dispatch import dispatch_measure
from workflow.actions.requests import pass_request_on
from workflow.clock.now import at
from workflow.states import RequestKind


def ask(world: World) -> None:
    """Raise them on one measure, and dispatch late the one whose shares can still be refused."""
    asking, lead, support = Asking(world.cast), world.share(S.REQUESTED), world.supporting(S.REQUESTED)
    supervisor = world.people[R.SUPERVISOR]
    above = asking.signed(support, RequestKind.TRANSFER)
    pass_request_on(above, by=supervisor, reason="请定")
    world.requests = {
        S.REQUESTED: asking.raise_(lead, RequestKind.COORDINATION),
        S.REQUEST_SIGN: asking.raise_(lead, RequestKind.TRANSFER),
        S.REQUEST_FOR_LEAD: asking.signed(support, RequestKind.COORDINATION),
        S.REQUEST_DECIDE: asking.signed(support, RequestKind.EXTENSION),
        S.REQUEST_ABOVE: above,
    }
    for situation, request in world.requests.items():
        world.items[situation] = WorkItem.objects.get(request=request, finished=None)
    with at(LATER):
        dispatch_measure(world.measures[S.REFUSABLE], by=supervisor)
    world.measures[S.REFUSABLE] = fresh(world.measures[S.REFUSABLE])
