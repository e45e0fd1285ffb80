"""The route of a measure in stations: which it passes, how each stands, and the same in words. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from workflow.states import MeasureState


class Standing(StrEnum):
    """How a station stands."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the route needs to know. `open_items` counts the open work items by node name.

    `is_joint`: whether the lead consolidates, because more than one share is open (at the end: was).
    """

    code: str
    state: str
    shares: int
    unaccepted: int
    approved: int
    is_joint: bool
    is_evaluated: bool
    is_waived: bool
    cycle: int
    cycles: int
    open_items: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Station:
    """One step of the route: its node name, label, standing and a short note."""

    name: str
    label: str
    standing: Standing
    note: str = ""


PER_BUREAU = ("accept", "fill", "review")
"""Stations that every bureau passes on its own, side by side."""

ORDER = (
    "dispatch",
    *PER_BUREAU,
    "consolidate",
    "sign",
    "verify",
    "engage",
    "evaluate",
    "close",
)
"""Every station by the name of its node, in order; a test holds it against the flows."""

_REACHED = {
    MeasureState.DRAFT: 0,
    MeasureState.ASSIGNED: 1,
    MeasureState.IN_PROGRESS: 1,
    MeasureState.REPORTED: ORDER.index("verify"),
    MeasureState.VERIFIED: ORDER.index("engage"),
    MeasureState.CLOSED: len(ORDER),
    MeasureState.CANCELLED: 1,
}


_LABELS = {
    "dispatch": pgettext_lazy("step", "Dispatch"),
    "accept": pgettext_lazy("step", "Accept"),
    "fill": pgettext_lazy("step", "Report"),
    "review": pgettext_lazy("step", "Review"),
    "consolidate": pgettext_lazy("step", "Consolidate"),
    "sign": pgettext_lazy("step", "Sign"),
    "verify": pgettext_lazy("step", "Verify"),
    "engage": pgettext_lazy("step", "Engage"),
    "evaluate": pgettext_lazy("step", "Evaluate"),
    "close": pgettext_lazy("step", "Close"),
    "sign_request": pgettext_lazy("step", "Sign request"),
    "decide_for_lead": pgettext_lazy("step", "Decide request (lead)"),
    "decide_request": pgettext_lazy("step", "Decide request"),
    "decide_above": pgettext_lazy("step", "Decide request (approver)"),
}


def step_label(node: str) -> str:
    """The word for the step at `node`; raise KeyError when it is none of a person's steps."""
    return str(_LABELS[node])


def stations(facts: Facts) -> list[Station]:
    """The stations in order. A single share needs no consolidation; evaluation stands only where it is due."""
    left_out: set[str] = set()
    if facts.shares and not facts.is_joint:
        left_out |= {"consolidate", "sign"}
    if not facts.is_evaluated:
        left_out |= {"engage", "evaluate"}
    return [
        Station(name, step_label(name), _standing(name, facts), _note(name, facts))
        for name in ORDER
        if name not in left_out
    ]


def describe(facts: Facts) -> str:
    """The route in words, for those who hear it."""
    words = {
        Standing.DONE: _("done"),
        Standing.HERE: _("here now"),
        Standing.AHEAD: _("still to come"),
    }
    return "; ".join(
        f"{s.label}{f' ({s.note})' if s.note else ''}: {words[s.standing]}" for s in stations(facts)
    )


def _standing(name: str, facts: Facts) -> Standing:
    """Open work comes first; otherwise what lies before the frontier is done."""
    if facts.open_items.get(name) or (name == "dispatch" and facts.state == MeasureState.DRAFT):
        return Standing.HERE
    if name in PER_BUREAU and facts.state in {MeasureState.ASSIGNED, MeasureState.IN_PROGRESS}:
        return Standing.DONE if _all_passed(name, facts) else Standing.AHEAD
    return Standing.DONE if ORDER.index(name) < _frontier(facts) else Standing.AHEAD


def _frontier(facts: Facts) -> int:
    """The first station of the whole measure that is not behind it."""
    reached = _REACHED[MeasureState(facts.state)]
    if reached in {0, len(ORDER)}:
        return reached
    joint = [ORDER.index(name) for name in ORDER if name not in PER_BUREAU and facts.open_items.get(name)]
    return max(reached, min(joint, default=reached))


def _all_passed(name: str, facts: Facts) -> bool:
    """Whether every bureau is through with a station that each passes on its own."""
    earlier = PER_BUREAU[: PER_BUREAU.index(name) + 1]
    busy = sum(facts.open_items.get(other, 0) for other in earlier)
    return facts.shares > 0 and busy == 0 and (facts.unaccepted == 0)


def _note(name: str, facts: Facts) -> str:
    """How many bureaus are through; that the evaluation was waived; for the end, which cycle of how many runs."""
    if name == "evaluate" and facts.is_waived:
        return pgettext("evaluation", "waived")
    if name == "close" and facts.cycles > 1:
        return _("cycle %(now)s of %(all)s") % {"now": facts.cycle, "all": facts.cycles}
    through = {"accept": facts.shares - facts.unaccepted, "review": facts.approved}
    if name not in through or facts.shares < 2 or facts.state == MeasureState.DRAFT:
        return ""
    return f"{through[name]}/{facts.shares}"
