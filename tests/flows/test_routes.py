"""The three routes as declared: who acts at each step, with which action, and where it leads. Names are stored data."""

import pytest

from accounts.roles import ROLES, Permission, Role, ScopeKind
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.nodes import Begin, Finish, Gate, Wait, Work
from flows.nodes.work import work_nodes
from flows.request import RequestFlow
from flows.share import ShareFlow
from workflow.routing import Verb

P, K, R, V = Permission, ScopeKind, Role, Verb
STEPS = {
    "share.accept": (R.HANDLER, K.BUREAU, P.SUBMIT_FOR_BUREAU, {V.ACCEPT}),
    "share.fill": (R.HANDLER, K.BUREAU, P.SUBMIT_FOR_BUREAU, {V.SUBMIT}),
    "share.review": (R.HEAD, K.BUREAU, P.REVIEW_FOR_BUREAU, {V.APPROVE, V.SEND_BACK}),
    "measure.consolidate": (R.HANDLER, K.BUREAU, P.SUBMIT_FOR_BUREAU, {V.DRAFT}),
    "measure.sign": (R.HEAD, K.BUREAU, P.SIGN_FOR_BUREAU, {V.REPORT, V.RETURN_DRAFT}),
    "measure.verify": (R.SUPERVISOR, K.PLAN, P.VERIFY_FOR_PLAN, {V.VERIFY, V.REWORK}),
    "measure.engage": (R.SUPERVISOR, K.PLAN, P.ENGAGE_FOR_PLAN, {V.ENGAGE}),
    "measure.evaluate": (R.EVALUATOR, K.ENGAGEMENT, P.SCORE_FOR_ENGAGEMENT, {V.SCORE}),
    "measure.close": (R.APPROVER, K.PLAN, P.APPROVE_FOR_PLAN, {V.CLOSE, V.REWORK}),
    "request.sign_request": (R.HEAD, K.BUREAU, P.SIGN_FOR_BUREAU, {V.SIGN, V.DECLINE}),
    "request.decide_for_lead": (R.HEAD, K.BUREAU, P.SIGN_FOR_BUREAU, {V.GRANT, V.REJECT, V.PASS_ON}),
    "request.decide_request": (
        R.SUPERVISOR,
        K.PLAN,
        P.SUPERVISE_FOR_PLAN,
        {V.GRANT, V.REJECT, V.PASS_ON},
    ),
    "request.decide_above": (R.APPROVER, K.PLAN, P.APPROVE_FOR_PLAN, {V.GRANT, V.REJECT}),
}
EDGES = {
    "share": {
        "begin": {"accept"},
        "accept": {"fill"},
        "fill": {"review"},
        "review": {"is_approved", "fill"},
        "is_approved": {"approved", "fill"},
        "approved": {"fill"},
    },
    "measure": {
        "begin": {"gather"},
        "gather": {"is_reported"},
        "is_reported": {"verify", "consolidate"},
        "consolidate": {"sign", "gather"},
        "sign": {"is_signed", "gather"},
        "is_signed": {"verify", "consolidate"},
        "verify": {"is_verified", "gather"},
        "is_verified": {"needs_evaluation", "gather"},
        "needs_evaluation": {"has_agency", "is_last"},
        "has_agency": {"evaluate", "engage"},
        "engage": {"evaluate", "is_last", "gather"},
        "evaluate": {"is_passed", "evaluate", "is_last", "gather"},
        "is_passed": {"is_last", "gather"},
        "is_last": {"close", "gather"},
        "close": {"is_closed", "gather"},
        "is_closed": {"closed", "gather"},
        "closed": set(),
    },
    "request": {
        "begin": {"sign_request"},
        "sign_request": {"is_signed", "ended"},
        "is_signed": {"is_for_lead", "ended"},
        "is_for_lead": {"decide_for_lead", "is_for_supervisor"},
        "is_for_supervisor": {"decide_request", "decide_above"},
        "decide_for_lead": {"is_signed", "ended"},
        "decide_request": {"is_signed", "ended"},
        "decide_above": {"is_signed", "ended"},
        "ended": set(),
    },
}
FLOWS = {"share": ShareFlow, "measure": MeasureFlow, "request": RequestFlow}


def _nodes(flow: str) -> dict[str, object]:
    return {node.name: node for node in FLOWS[flow].instance.nodes()}


def test_names_as_stored_are_pinned() -> None:
    """Renaming a flow, its module or a step is a migration of rows (DESIGN.md, Known traps, 9)."""
    run_field, item_field = Run._meta.get_field("flow_class"), WorkItem._meta.get_field("flow_task")
    assert {run_field.get_prep_value(flow) for flow in FLOWS.values()} == {
        "flows/share.ShareFlow",
        "flows/measure.MeasureFlow",
        "flows/request.RequestFlow",
    }
    stored = {item_field.get_prep_value(node) for flow in FLOWS.values() for node in work_nodes(flow)}
    assert stored == {
        f"flows/{step.split('.')[0]}.{step.split('.')[0].title()}Flow.{step.split('.')[1]}" for step in STEPS
    }


@pytest.mark.parametrize("step", STEPS)
def test_each_step_declares_who_acts_where_by_which_right_and_what_they_may_decide(step: str) -> None:
    flow, name = step.split(".")
    node = _nodes(flow)[name]
    assert isinstance(node, Work)
    assert (node.by, node.scope, node.needs, set(node.verbs)) == STEPS[step]
    assert node.needs in ROLES[node.by].permissions
    assert node.scope in ROLES[node.by].scopes
    others = [role for role in Role if role != node.by and node.needs in ROLES[role].permissions]
    assert others == [], "the right is the role's alone"


def test_there_is_no_other_step() -> None:
    declared = {f"{name}.{node.name}" for name, flow in FLOWS.items() for node in work_nodes(flow)}
    assert declared == set(STEPS)


@pytest.mark.parametrize("flow", EDGES)
def test_each_node_leads_where_the_route_says(flow: str) -> None:
    edges = {name: {edge.dst.name for edge in node._outgoing()} for name, node in _nodes(flow).items()}  # type: ignore[attr-defined]
    assert edges == EDGES[flow]


def test_every_node_is_one_of_our_five_kinds() -> None:
    for flow in FLOWS:
        for node in _nodes(flow).values():
            assert type(node) in {Begin, Work, Gate, Wait, Finish}


@pytest.mark.parametrize("flow", EDGES)
def test_every_node_can_be_reached(flow: str) -> None:
    reached, frontier = set(), {"begin"}
    while frontier:
        reached |= frontier
        frontier = {after for node in frontier for after in EDGES[flow][node]} - reached
    # the approved share waits behind its gate; nothing else may be out of reach
    assert reached == set(EDGES[flow])


def test_every_verb_moves_something() -> None:
    by_items = {
        verb for flow in FLOWS.values() for node in work_nodes(flow) for verb in (*node.verbs, *node.cuts)
    }
    by_waits = {
        verb
        for flow in FLOWS
        for node in _nodes(flow).values()
        if isinstance(node, Wait)
        for verb in node.wakes_on
    }
    in_bulk = {
        V.DISPATCH,
        V.REOPEN,
        V.AMEND,
        V.ADD_SHARE,
        V.HAND_OVER,
        V.RAISE,
        V.SUSPEND,
        V.RESUME,
        V.CANCEL,
        V.TRANSFER_TO_ROUTINE,
    }
    assert by_items | by_waits | in_bulk == set(Verb)


def test_only_the_report_must_be_claimed_first_and_comes_to_who_had_it() -> None:
    held = [node.name for flow in FLOWS.values() for node in work_nodes(flow) if node.held]
    assert held == ["fill"]
