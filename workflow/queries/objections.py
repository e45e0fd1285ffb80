"""What a bureau may object to on a measure, and the objections that were raised."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, QuerySet
from django.utils.translation import gettext as _

from accounts.compiled import CompiledRead, Keys, Slot
from accounts.models import User
from accounts.rights import Standing
from accounts.roles import Permission
from workflow.models import Cycle, Evaluation, Measure, Objection, Share, Verification
from workflow.models.objection import ObjectionDecision
from workflow.models.verification import VerificationDecision
from workflow.queries.rules import calendar, rules_of
from workflow.rules.refusal import NotFound
from workflow.states import EvaluationState


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion that can be challenged until the end of `limit`. `field`: of Objection, where `thing` is stored."""

    field: str
    thing: Verification | Evaluation | Cycle
    author: int
    limit: date
    label: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.field}-{self.thing.pk}"


def conclusions_of(measure: Measure, on: date) -> list[Conclusion]:
    """Every conclusion on the measure that a bureau may ever object to, by the numbers of the day; three statements."""
    within = rules_of(measure.plan_id, on).numbers.object_within
    zone = ZoneInfo(measure.plan.time_zone)
    found = []
    for field, thing, author, at, words in _conclusions(measure):
        day = at.astimezone(zone).date()
        label = _("%(what)s, %(day)s") % {"what": words, "day": day.isoformat()}
        found.append(Conclusion(field, thing, author, calendar().add_working_days(day, within), label))
    return found


Found = tuple[str, Verification | Evaluation | Cycle, int, datetime, str]


def _conclusions(measure: Measure) -> Iterator[Found]:
    returned = Verification.objects.filter(cycle__measure=measure, decision=VerificationDecision.RETURNED)
    for one in returned.order_by("pk"):
        yield "verification", one, one.decided_by_id, one.decided_at, _("Returned by the verification")
    scored = Evaluation.objects.filter(measure=measure, state=EvaluationState.SUBMITTED)
    for score in scored.order_by("pk"):
        assert score.evaluated_by_id is not None  # noqa: S101 - held by a constraint
        assert score.evaluated_at is not None  # noqa: S101 - written with it
        words = _("Evaluation: %(result)s") % {"result": score.get_result_display()}
        yield "evaluation", score, score.evaluated_by_id, score.evaluated_at, words
    missed = Cycle.objects.filter(measure=measure, missed_at__isnull=False, missed_by__isnull=False)
    for cycle in missed.order_by("index"):
        assert cycle.missed_by_id is not None  # noqa: S101 - as asked for
        assert cycle.missed_at is not None  # noqa: S101 - as asked for
        words = _("Cycle %(index)s recorded as missed") % {"index": cycle.index}
        yield "missed_cycle", cycle, cycle.missed_by_id, cycle.missed_at, words


def open_conclusions(measure: Measure, on: date) -> list[Conclusion]:
    """The conclusions whose time for an objection is not over."""
    return [one for one in conclusions_of(measure, on) if on <= one.limit]


SHOWN_TO_DECIDE = 20


def _to_decide() -> QuerySet[Objection]:
    person = Slot("person", BigIntegerField())
    pending = Objection.objects.filter(measure__plan__in=Keys("plans"), decision=ObjectionDecision.NONE)
    theirs = pending.exclude(author_id=person).exclude(raised_by_id=person).exclude(raised_for_id=person)
    return theirs.select_related("measure", "share__bureau").order_by("pk")[:SHOWN_TO_DECIDE]


_TO_DECIDE = CompiledRead(_to_decide)


def objections_to_decide(person: User, held: Standing) -> list[Objection]:
    """The objections that wait for `person`, the oldest first, but those that rule 5 keeps from them.

    One statement, none for who decides for no plan.
    """
    plans = held.plans(Permission.VERIFY_FOR_PLAN, Permission.APPROVE_FOR_PLAN)
    return list(_TO_DECIDE(plans=plans, person=person.pk)) if plans else []


def own_shares(measure: Measure, bureaus: frozenset[int]) -> list[Share]:
    """The shares of these bureaus in the measure, bound to it; no statement for no bureau."""
    if not bureaus:
        return []
    shares = measure.shares.select_related("bureau").filter(bureau__in=bureaus)
    return list(shares.order_by("-is_lead", "pk"))


def objections_of(measure: Measure) -> list[Objection]:
    """Every objection on the measure, the last first; one statement."""
    found = measure.objections.select_related(
        "share__bureau", "raised_by", "raised_for", "decided_by", "verification", "evaluation", "missed_cycle"
    )
    return list(found.order_by("-pk"))


def objection_of(measure: Measure, key: int) -> Objection:
    """The measure's objection of that key; raises NotFound."""
    found = next((one for one in objections_of(measure) if one.pk == key), None)
    if found is None:
        raise NotFound("thing.unknown")
    found.measure = measure
    return found


def challenged(objection: Objection) -> str:
    """The conclusion that the objection is about, in words."""
    if objection.verification is not None:
        return _("Returned by the verification")
    if objection.evaluation is not None:
        return _("Evaluation: %(result)s") % {"result": objection.evaluation.get_result_display()}
    assert objection.missed_cycle is not None  # noqa: S101 - held by a constraint
    return _("Cycle %(index)s recorded as missed") % {"index": objection.missed_cycle.index}
