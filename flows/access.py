"""Who may take which step of a measure as it stands, and what decides: asked of the checks that a claim makes."""

from dataclasses import dataclass

from accounts.models import User
from accounts.rights import Grant, Standing
from accounts.roles import Permission, Role
from flows.chart import ORDER
from flows.inbox import open_items_of
from flows.measure import MeasureFlow
from flows.models import WorkItem
from flows.nodes import Work
from flows.nodes.work import work_nodes
from flows.share import ShareFlow
from flows.work import check_claim, may_hand_over, scope_of
from workflow.clock.now import today
from workflow.models import Measure
from workflow.rules.refusal import Conflict, Forbidden, Refused


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """A step and one person: the right that it asks for, the grant that gives it, and the refusal where one stands.

    `item` is None for a step at which nothing of the measure lies.
    """

    node: str
    role: Role
    needs: Permission
    item: WorkItem | None = None
    grant: Grant | None = None
    refusal: Refused | None = None
    may_hand_over: bool = False


def step_answers(measure: Measure, person: User, held: Standing) -> list[StepAnswer]:
    """Every step in the order of the route: each open one of the measure and its shares, and those at which nothing lies.
    The steps of requests are not among them (`request_answers`).

    Statements only for the steps whose right the person holds: a stranger's right is missing without a question.
    """
    items = [item for item in open_items_of(measure) if item.request_id is None]
    here = {item.node for item in items}
    nodes: list[Work] = [node for flow in (ShareFlow, MeasureFlow) for node in work_nodes(flow)]
    found = [
        *(_answer(item, person, held) for item in items),
        *(
            StepAnswer(str(node.name), node.by, node.needs, refusal=Conflict("item.missing"))
            for node in nodes
            if node.name not in here
        ),
    ]
    return sorted(found, key=lambda one: ORDER.index(one.node))


def request_answers(measure: Measure, person: User, held: Standing) -> list[StepAnswer]:
    """The open steps of the measure's requests: the head's signature and the decision, first due first."""
    items = [item for item in open_items_of(measure) if item.request_id is not None]
    return [_answer(item, person, held) for item in items]


def _answer(item: WorkItem, person: User, held: Standing) -> StepAnswer:
    node: Work = item.flow_task
    grant = held.grant_in(node.needs, *scope_of(item))
    return StepAnswer(
        node=item.node,
        role=node.by,
        needs=node.needs,
        item=item,
        grant=grant,
        refusal=Forbidden("right.missing") if grant is None else _refusal(item, person),
        may_hand_over=item.bureau_id in held.bureaus(*Permission) and may_hand_over(item, person),
    )


def _refusal(item: WorkItem, person: User) -> Refused | None:
    try:
        check_claim(item, person, today(item.measure.plan.time_zone))
    except Refused as refusal:
        return refusal
    return None
