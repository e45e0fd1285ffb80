"""Refusals: one family of exceptions, each with a code, its parameters and a sentence for the person."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices

from accounts.roles import Role
from workflow.rules.sentences import SENTENCES
from workflow.states import EvaluationState, MeasureState, PlanState, RequestState, ShareState, TargetState

STATES: Mapping[str, type[TextChoices]] = {
    "plan": PlanState,
    "measure": MeasureState,
    "share": ShareState,
    "evaluation": EvaluationState,
    "target": TargetState,
    "request": RequestState,
}
"""The thing that a refusal names as `of` → the states it can be in."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """An action was refused. `code` is stored; `str()` is the sentence in the reader's language.

    Args of the constructor: `code`, a key of SENTENCES; `params`, plain values named in the sentence.
    """

    status = 409

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.is_recorded = False  # whether it has left a line in the trail

    def __str__(self) -> str:
        return sentence(self.code, self.params)


class Forbidden(Refused):
    """The person may see the thing but not do this (403)."""

    status = 403


class NotFound(Refused):
    """There is no such thing, as far as this person may know (404)."""

    status = 404


class Conflict(Refused):
    """The thing is not in a state in which this can be done (409)."""

    status = 409


class Invalid(Refused):
    """What was entered does not do (422). `field` names the field at fault."""

    status = 422

    def __init__(self, code: str, *, field: str = "", **params: Any) -> None:
        super().__init__(code, **params)
        self.field = field


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The sentence of refusal `code` in the language in force."""
    return str(SENTENCES[code]) % _in_words(params)


def _in_words(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with states and roles, stored by their codes, in words (DESIGN.md, Stored words)."""
    words = dict(params)
    if "state" in words and words.get("of") in STATES:
        words["state"] = STATES[words["of"]](words["state"]).label
    for name in {"asked", "held"} & set(words):
        words[name] = Role(words[name]).label
    return words


def require(holds: bool, refusal: Refused) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise `refusal` unless `holds`."""
    if not holds:
        raise refusal
