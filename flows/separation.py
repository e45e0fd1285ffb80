"""Whom the separation of duties keeps from a step, known before the step is claimed (DOMAIN.md, Separation of duties).

Who could not decide must not hold the work either: it would lie on their desk and be nobody else's.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from accounts.models import User
from accounts.rights import people_acting
from accounts.roles import ScopeKind
from flows.models import WorkItem
from workflow.clock.now import today
from workflow.queries.requests import check_decider
from workflow.queries.separation import (
    check_closer,
    check_evaluator,
    check_reviewer,
    check_signer,
    check_verifier,
    measures_of_former_bureaus,
    measures_of_own_bureaus,
)
from workflow.rules.refusal import Refused


def people_at(item: WorkItem, person: User, on: date) -> frozenset[int]:
    """The person and, where they would take the item as a deputy, the head: a rule keeps both apart.

    One statement for a step of a bureau, none for others: only heads have deputies.
    """
    if item.bureau_id is None:
        return frozenset({person.pk})
    return people_acting(person, item.flow_task.needs, ScopeKind.BUREAU, item.bureau_id, on)


def _decider(item: WorkItem, person: User, on: date) -> None:
    """Rule 5, and rule 2 where the decision may end a share."""
    assert item.request is not None  # noqa: S101 - the step of a request is about one
    check_decider(item.request, person, people_at(item, person, on), on)


RULES: Mapping[str, Callable[[WorkItem, User, date], Any]] = {
    "review": lambda item, person, on: check_reviewer(item.share_id, people_at(item, person, on)),
    "sign": lambda item, person, on: check_signer(item.measure_id, people_at(item, person, on)),
    "verify": lambda item, person, on: check_verifier(item.measure, person, on),
    "evaluate": lambda item, person, on: check_evaluator(item.measure, person, on),
    "close": lambda item, person, on: check_closer(item.measure_id, person, on),
    "decide_for_lead": _decider,
    "decide_request": _decider,
    "decide_above": _decider,
}
"""The step → its rule."""

FREE = frozenset({"accept", "fill", "consolidate", "engage", "sign_request"})
"""The steps that no rule keeps a holder of the role from; a test holds that every step is in one of the two."""


def check_separation(item: WorkItem, person: User, on: date) -> None:
    """Raise the refusal of the rule that keeps `person` from the item's step."""
    rule = RULES.get(item.node)
    if rule is not None:
        rule(item, person, on)


def is_kept_apart(item: WorkItem, person: User) -> bool:
    """Whether a rule keeps `person` from the item's step today."""
    try:
        check_separation(item, person, today(item.measure.plan.time_zone))
    except Refused:
        return True
    return False


def kept_apart(items: Sequence[WorkItem], person: User, on: date) -> set[int]:
    """The ids of those items that a bureau of `person`'s, now or formerly, keeps from them.

    For lists: a constant number of statements. What somebody wrote or verified is asked at the item itself.
    """
    of_own = {item.pk: item.measure_id for item in items if item.node in {"verify", "close"}}
    scored = {item.pk: item.measure for item in items if item.node == "evaluate"}
    own = measures_of_own_bureaus(set(of_own.values()), person, on)
    former = measures_of_former_bureaus({m.pk: m.plan_id for m in scored.values()}, person, on)
    found = {key for key, measure in of_own.items() if measure in own}
    return found | {key for key, measure in scored.items() if measure.pk in former}
