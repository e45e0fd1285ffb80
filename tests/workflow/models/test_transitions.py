"""The two tables of DOMAIN.md, The life of a measure and of a share, as the state machines hold them."""

import pytest
from django_fsm import TransitionNotAllowed, can_proceed

from workflow.models import Evaluation, Measure, Plan, Request, Share, Target
from workflow.states import (
    EvaluationState,
    MeasureState,
    PlanState,
    RequestState,
    ShareOutcome,
    ShareState,
    TargetState,
)

M, S = MeasureState, ShareState
SHARE_TABLE = {
    "accept": ({S.ASSIGNED}, S.IN_PROGRESS),
    "submit": ({S.IN_PROGRESS}, S.REPORTED),
    "withdraw": ({S.REPORTED}, S.IN_PROGRESS),
    "approve": ({S.REPORTED}, S.VERIFIED),
    "send_back": ({S.REPORTED, S.VERIFIED}, S.IN_PROGRESS),
    "renew": ({S.IN_PROGRESS, S.REPORTED, S.VERIFIED}, S.IN_PROGRESS),
    "end": ({S.ASSIGNED, S.IN_PROGRESS, S.REPORTED, S.VERIFIED}, S.CLOSED),
    "reopen": ({S.CLOSED}, S.IN_PROGRESS),
}
MEASURE_TABLE = {
    "dispatch": ({M.DRAFT}, M.ASSIGNED),
    "begin": ({M.ASSIGNED}, M.IN_PROGRESS),
    "discard": ({M.DRAFT}, M.CANCELLED),
    "report": ({M.IN_PROGRESS}, M.REPORTED),
    "verify": ({M.REPORTED}, M.VERIFIED),
    "rework": ({M.REPORTED, M.VERIFIED}, M.IN_PROGRESS),
    "close_cycle": ({M.VERIFIED}, M.IN_PROGRESS),
    "miss_cycle": ({M.ASSIGNED, M.IN_PROGRESS, M.REPORTED}, M.IN_PROGRESS),
    "close": ({M.VERIFIED}, M.CLOSED),
    "transfer_to_routine": ({M.IN_PROGRESS}, M.CLOSED),
    "cancel": ({M.DRAFT, M.ASSIGNED, M.IN_PROGRESS, M.REPORTED, M.VERIFIED}, M.CANCELLED),
    "reopen": ({M.CLOSED}, M.IN_PROGRESS),
}
PLAN_TABLE = {
    "put_on_ledger": ({PlanState.DRAFT}, PlanState.ON_LEDGER),
    "complete": ({PlanState.ON_LEDGER}, PlanState.COMPLETED),
    "resume": ({PlanState.COMPLETED}, PlanState.ON_LEDGER),
}
TARGET_TABLE = {
    "confirm": ({TargetState.PROPOSED}, TargetState.CONFIRMED),
    "waive": ({TargetState.PROPOSED, TargetState.CONFIRMED}, TargetState.WAIVED),
}
EVALUATION_TABLE = {
    "submit": ({EvaluationState.ENGAGED}, EvaluationState.SUBMITTED),
    "withdraw": ({EvaluationState.ENGAGED}, EvaluationState.WITHDRAWN),
}
REQUEST_TABLE = {
    "sign": ({RequestState.RAISED}, RequestState.SIGNED),
    "grant": ({RequestState.SIGNED}, RequestState.GRANTED),
    "reject": ({RequestState.SIGNED}, RequestState.REJECTED),
    "withdraw": ({RequestState.RAISED, RequestState.SIGNED}, RequestState.WITHDRAWN),
}
TABLES = [
    (Share, S, SHARE_TABLE),
    (Measure, M, MEASURE_TABLE),
    (Plan, PlanState, PLAN_TABLE),
    (Target, TargetState, TARGET_TABLE),
    (Evaluation, EvaluationState, EVALUATION_TABLE),
    (Request, RequestState, REQUEST_TABLE),
]
CELLS = [
    pytest.param(model, state, name, source, target, id=f"{model.__name__}-{state}-{name}")
    for model, states, table in TABLES
    for name, (source, target) in table.items()
    for state in states
]


def _thing(model: type, state: str) -> object:
    """A thing in that state whose other conditions hold."""
    counts = {"shares_open": 1, "shares_verified": 1} if model is Measure else {}
    return model(state=state, **counts)


@pytest.mark.parametrize(("model", "state", "name", "source", "target"), CELLS)
def test_a_transition_leads_from_the_states_of_its_row_and_from_no_other(
    model: type, state: str, name: str, source: set[str], target: str
) -> None:
    thing = _thing(model, state)
    move = getattr(thing, name)
    assert can_proceed(move) == (state in source)
    if state in source:
        move()
        assert thing.state == target  # type: ignore[attr-defined]
    else:
        with pytest.raises(TransitionNotAllowed):
            move()
        assert thing.state == state  # type: ignore[attr-defined]


@pytest.mark.parametrize(("model", "table"), [(model, table) for model, _, table in TABLES])
def test_there_is_no_transition_beside_the_table(model: type, table: dict[str, object]) -> None:
    field = model._meta.get_field("state")  # type: ignore[attr-defined]
    assert {transition.name for transition in field.get_all_transitions(model)} == set(table)


@pytest.mark.parametrize(("model", "table"), [(model, table) for model, _, table in TABLES])
def test_no_state_can_be_written_past_its_transitions(model: type, table: dict[str, object]) -> None:
    thing = model()
    with pytest.raises(AttributeError):
        thing.state = "closed"  # type: ignore[attr-defined]


def test_a_share_that_ended_as_transferred_cannot_be_reopened() -> None:
    share = Share(state=S.CLOSED, outcome=ShareOutcome.TRANSFERRED)
    with pytest.raises(TransitionNotAllowed):
        share.reopen()


def test_a_measure_begins_only_when_no_open_share_is_still_assigned() -> None:
    with pytest.raises(TransitionNotAllowed):
        Measure(state=M.ASSIGNED, shares_unaccepted=1).begin()


@pytest.mark.parametrize(("shares_open", "verified"), [(2, 1), (1, 0), (0, 0)])
def test_a_measure_is_reported_only_when_every_open_share_is_approved(
    shares_open: int, verified: int
) -> None:
    measure = Measure(state=M.IN_PROGRESS, shares_open=shares_open, shares_verified=verified)
    with pytest.raises(TransitionNotAllowed):
        measure.report()
