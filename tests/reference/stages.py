"""Moments in a measure's life, and everything that can be done to it there."""

from datetime import timedelta
from typing import Any

from tests.factories.clock import Clock
from tests.reference.comparing import take_dates
from tests.reference.model import Model
from tests.reference.programs import BEGINNING
from tests.reference.things import Person, Shape
from tests.reference.world import END, SHAPES, Real, World
from workflow.actions.suspension import last_day
from workflow.queries.rules import calendar

Act = tuple[str, dict[str, Any]]
SHAPE = {shape.name: shape for shape in SHAPES}
WHY = {"reason": "补"}
ALWAYS = "cancel suspend instruct"
CREW = "end_share change_lead add_bureau"


def _each(verbs: str, ways: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return dict.fromkeys(verbs.split(), ways)


class Stage:
    """A fresh measure of a shape, carried on by whoever may, in the model and in the database alike."""

    def __init__(self, world: World, shape: Shape, clock: Clock) -> None:
        self.clock = clock
        world.found(shape)
        self.model = Model(shape, calendar().add_working_days, END, world.kin)
        self.real, self.people = Real(world, shape), world.people[shape.name]
        self.look()

    def look(self) -> None:
        """Let the model know the day and the dates."""
        self.model.today = self.clock.today
        take_dates(self.real, self.model)

    def whoever(self, verb: str, given: dict[str, Any], but: Person | None = None) -> Person | None:
        """Somebody who may do it, another than `but` where there is one."""
        may = [one for one in self.people if not self.model.why_not(verb, one, **given)]
        return next((one for one in may if one is not but), next(iter(may), None))

    def play(self, *verbs: str) -> None:
        """Do these, each to the first thing that it can be done to."""
        for verb in verbs:
            name, _, bureau = verb.partition(":")
            by, given = self._first(name, bureau)
            self.real.act(name, by, given, self.model)
            self.model.do(name, by, **given)
            self.look()

    def _first(self, verb: str, bureau: str) -> tuple[Person, dict[str, Any]]:
        for given in self.ways(verb):
            fits = not bureau or getattr(given.get("share"), "bureau", bureau) == bureau
            by = self.whoever(verb, given) if fits else None
            if by is not None:
                return by, given
        raise AssertionError(f"nobody can {verb} {bureau}")

    def ways(self, verb: str) -> list[dict[str, Any]]:
        """The particulars with which a verb can be tried here."""
        model, today = self.model, self.clock.today
        shares = [{"share": share} for share in model.shares]
        requests = [{"request": request} for request in model.requests]
        named = [{"shares": [share.bureau], **WHY} for share in model.shares]
        others = [share.bureau for share in model.open if not share.leads]
        ends = [
            {**s, **WHY, "outcome": "waived", "lead": next(iter(others), "") if s["share"].leads else ""}
            for s in shares
        ]
        known: dict[str, list[dict[str, Any]]] = {
            **_each("accept withdraw approve claim_share release_share", shares),
            **_each("force_accept send_back change_lead", [{**share, **WHY} for share in shares]),
            **_each("sign_request withdraw_request claim_request", requests),
            **_each("decline_request pass_on reject_request", [{**one, **WHY} for one in requests]),
            **_each("return_draft waive_evaluation waive_target to_routine miss_cycle", [WHY]),
            "submit": [{**share, "text": "已完成", "met": True} for share in shares],
            "end_share": ends if others else [],
            "add_bureau": [{"bureau": "b3", **WHY}, {"bureau": "b4", **WHY}],
            "consolidate": [{"text": "汇总"}],
            "verify": [{"checklist": True}],
            "rework": named,
            "engage": [{"agency": "agency"}],
            "score": [{"score": score, "declared": True, "shares": []} for score in (90, 30)],
            "suspend": [{"until": today + timedelta(days=9), "limit": last_day(today, 6), **WHY}],
            "cancel": [{**WHY, "basis": "纪要"}],
            "reopen": [{**one, "basis": "审计"} for one in named],
            "raise_request": [self._asking(s, kind) for s in shares for kind in ("transfer", "extension")],
            "grant_request": [{**r, "bureau": "", "issuer": "批复"} for r in requests],
            "instruct": [{"text": "抓紧"}],
        }
        return known.get(verb, [{}])

    def _asking(self, share: dict[str, Any], kind: str) -> dict[str, Any]:
        wanted = calendar().add_working_days(share["share"].due, 5)
        return {**share, **WHY, "kind": kind, "bureau": "b4", "wanted": wanted}

    def acts(self, verbs: str) -> list[Act]:
        """Each of these verbs, in each way in which somebody may carry it out now."""
        tried = [(verb, given) for verb in verbs.split() for given in self.ways(verb)]
        return [(verb, given) for verb, given in tried if self.whoever(verb, given) is not None]


ACCEPTED = ("dispatch", "accept", "accept")
REPORTED = (*ACCEPTED, "submit", "submit")
GATHERED = (*REPORTED, "approve", "approve")
SIGNED = (*GATHERED, "consolidate", "sign")
SHARES = "accept submit withdraw approve send_back claim_share release_share raise_request"
MOMENTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "draft": ("pair", (), "dispatch cancel"),
    "assigned": ("pair", ("dispatch",), f"{SHARES} {CREW} {ALWAYS}"),
    "accepted": ("pair", ("dispatch", "accept:b1"), f"{SHARES} {CREW} {ALWAYS}"),
    "working": ("pair", (*ACCEPTED, "submit:b1"), f"{SHARES} {CREW} {ALWAYS}"),
    "submitted": ("pair", REPORTED, f"{SHARES} {CREW} {ALWAYS}"),
    "gathered": ("pair", GATHERED, f"consolidate send_back claim_measure {CREW} {ALWAYS}"),
    "drafted": ("pair", (*GATHERED, "consolidate"), f"sign return_draft send_back {CREW} {ALWAYS}"),
    "reported": ("pair", SIGNED, f"verify rework claim_measure {ALWAYS}"),
    "verified": ("pair", (*SIGNED, "verify"), f"close rework claim_measure {ALWAYS}"),
    "closed": ("pair", (*SIGNED, "verify", "close"), "reopen"),
    "suspended": ("pair", (*ACCEPTED, "suspend"), "resume cancel claim_share release_share"),
    "asking": (
        "pair",
        (*ACCEPTED, "raise_request:b1", "raise_request:b2"),
        f"sign_request decline_request withdraw_request claim_request submit {CREW} {ALWAYS}",
    ),
    "asked": (
        "pair",
        (*ACCEPTED, "raise_request:b1", "sign_request"),
        f"grant_request reject_request pass_on withdraw_request submit {CREW} {ALWAYS}",
    ),
    "single": ("single", ("dispatch", "accept", "submit"), f"approve withdraw send_back add_bureau {ALWAYS}"),
    "phase": ("phased", ACCEPTED, f"submit miss_cycle raise_request waive_target {CREW} {ALWAYS}"),
    "phase_over": ("phased", SIGNED, f"verify rework miss_cycle {ALWAYS}"),
    "turn": ("phased", (*SIGNED, "verify"), f"to_routine submit miss_cycle {CREW} {ALWAYS}"),
    "engaged": ("judged", (*SIGNED, "verify", "engage"), f"score engage waive_evaluation rework {ALWAYS}"),
    "to_engage": ("judged", (*SIGNED, "verify"), f"engage waive_evaluation rework {ALWAYS}"),
}
"""Moment → the shape, the road to it, and what can happen there."""


def arrive(world: World, clock: Clock, moment: str) -> Stage:
    """A fresh measure at that moment."""
    clock.to(BEGINNING)
    shape, road, _ = MOMENTS[moment]
    stage = Stage(world, SHAPE[shape], clock)
    stage.play(*road)
    return stage
