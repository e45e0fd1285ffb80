"""One measure with a lead, a support and a collective, and everybody who has to do with it, at the pages."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from accounts.models import Bureau, BureauKind, User
from tests.factories.cast import Cast
from tests.factories.plans import Line, Promise
from tests.factories.road import Road, fresh, open_item
from tests.workflow.pages.visits import Visitor
from workflow.models import Measure, Share
from workflow.models.verification import ChecklistPoint

STREETS = ("东街道", "西街道")
ALL_POINTS = list(ChecklistPoint.values)


class Stage:
    """Who plays at the pages, and the scenery: bureaus and measures of one plan."""

    def __init__(self, cast: Cast, road: Road) -> None:
        self.cast, self.road = cast, road
        self.lead: Bureau = cast.bureau("教育局")
        self.support: Bureau = cast.bureau("人力社保局")
        self.streets = [cast.bureau(name, BureauKind.SUBDISTRICT) for name in STREETS]

    def joint(self, evaluation: str = "last", **particulars: Any) -> Measure:
        """A dated measure of four bureaus with a target, evaluated before its closure."""
        particulars.setdefault("targets", (Promise(),))
        line = Line(
            self.lead,
            (self.support, BureauKind.SUBDISTRICT),
            due=date(2026, 11, 30),
            evaluation=evaluation,
            **particulars,
        )
        return self.road.dispatched(line)[0]

    def single(self, **particulars: Any) -> Measure:
        """A dated measure of one bureau."""
        return self.road.dispatched(Line(self.lead, due=date(2026, 11, 30), **particulars))[0]

    def ongoing(self, **particulars: Any) -> Measure:
        """An ongoing measure of two bureaus with a cycle every quarter."""
        return self.road.dispatched(Line(self.lead, (self.support,), cycle="quarter", **particulars))[0]

    def share(self, measure: Measure, bureau: Bureau | None = None) -> Share:
        """The bureau's share, or the lead's."""
        found = measure.shares.select_related("bureau", "measure")
        return found.get(bureau=bureau) if bureau is not None else found.get(is_lead=True)

    def post(self, thing: Measure | Share) -> User:
        """The person who carries out what lies open on `thing`: its holder, else the post's first."""
        item = open_item(thing)
        if item.owner is not None:
            return item.owner
        people = {
            "handler": lambda: self.cast.handler(item.bureau),
            "head": lambda: self.cast.head(item.bureau),
            "supervisor": lambda: self.cast.supervisor(item.measure.plan),
            "approver": lambda: self.cast.approver(item.measure.plan),
            "evaluator": lambda: self.cast.evaluator(item.engagement),
        }
        return people[item.role]()


def address(thing: Measure | Share) -> list[int]:
    """The run and the item of what lies open on `thing`, as the pages' addresses name them."""
    item = open_item(thing)
    return [item.process_id, item.pk]


def see_work(person: User, thing: Measure | Share) -> HttpResponse:
    """The work page of what lies open on `thing`."""
    return Visitor(person).see("ledger:work", *address(thing))


def decide(person: User, thing: Measure | Share, decision: str, **data: Any) -> HttpResponse:
    """The answer to a decision on what lies open on `thing`."""
    return Visitor(person).send("ledger:work", *address(thing), decision=decision, **data)


def state_of(thing: Measure | Share) -> str:
    """Where `thing` stands in the database."""
    if isinstance(thing, Measure):
        return str(fresh(thing).state)
    return str(Share.objects.get(pk=thing.pk).state)
