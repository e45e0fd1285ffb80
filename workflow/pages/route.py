"""The drawn route of a measure, in both shapes, from what the database says now."""

from django.utils.safestring import SafeString

from flows.chart import Facts
from flows.drawing import draw
from flows.inbox import open_nodes
from workflow.models import Measure
from workflow.models.measure import EvaluationDue
from workflow.queries.measure_detail import route_facts


def drawn_route(measure: Measure) -> dict[str, SafeString]:
    """The SVG lying ("wide") and upright ("tall"); two statements."""
    facts = _facts(measure)
    return {"wide": draw(facts), "tall": draw(facts, tall=True)}


def _facts(measure: Measure) -> Facts:
    cycle, cycles = route_facts(measure)
    due = measure.evaluation_due
    is_last = cycle is None or cycle.is_last
    ended = measure.shares_total - measure.shares_open
    return Facts(
        code=measure.code,
        state=measure.state,
        shares=measure.shares_total,
        unaccepted=measure.shares_unaccepted,
        approved=ended + measure.shares_verified,
        is_joint=(measure.shares_open or measure.shares_total) > 1,
        is_evaluated=due == EvaluationDue.EVERY or (due == EvaluationDue.LAST and is_last),
        is_waived=cycle is not None and cycle.evaluation_waived_by_id is not None,
        cycle=cycle.index if cycle is not None else 1,
        cycles=cycles,
        open_items=open_nodes(measure.pk),
    )
