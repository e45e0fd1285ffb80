"""Whether the separation of duties keeps a person from a step: reads the facts, asks the rule (DOMAIN.md, rules 1 to 4).

Each function raises the rule's own refusal, Forbidden, for whom it excludes. Who may take a step on is asked here; the
actions hold the same rules under the measure's lock.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import OuterRef

from accounts.belonging import is_member
from accounts.models import User
from workflow.clock.period import years_before
from workflow.models import Consolidation, Engagement, Measure, Report, Share, ShareCycle
from workflow.queries.belonging import belonged_to_share
from workflow.queries.rules import rules_of
from workflow.queries.seats import Bench, bench_of, ties_of, verifiers_of
from workflow.rules.refusal import NotFound
from workflow.rules.separation import (
    is_independent,
    is_not_the_author,
    may_close,
    may_verify,
    verifies_from_the_right_office,
)


def check_reviewer(share_id: int, people: Collection[int]) -> None:
    """Rule 1, for the report of the share that counts; `people` act, one for the other. One statement."""
    last = Report.objects.filter(
        share_cycle__share_id=share_id, share_cycle__cycle__is_current=True, withdrawn_at=None
    ).order_by("-version")
    is_not_the_author(people, last.values_list("touched_by", flat=True).first() or ())


def check_signer(measure_id: int, people: Collection[int]) -> None:
    """Rule 1, for the newest consolidation of the current cycle; `people` as above. One statement."""
    last = Consolidation.objects.filter(cycle__measure_id=measure_id, cycle__is_current=True)
    is_not_the_author(people, last.order_by("-version").values_list("touched_by", flat=True).first() or ())


def check_verifier(measure: Measure, person: User, on: date) -> Bench:
    """Rule 2, and the other office where the supervision office has a share itself; returns the bench it was read from.

    One statement, a second where the offices matter.
    """
    bench = bench_of(measure.pk, person, on)
    may_verify(person.pk, bench.is_own_bureau, bench.touched_by)
    plan = measure.plan
    if plan.supervision_office_id in bench.bureau_ids:
        other = plan.alternate_office
        verifies_from_the_right_office(other is not None and is_member(person, other, on), str(other or ""))
    return bench


def measures_of_own_bureaus(measures: Collection[int], person: User, on: date) -> set[int]:
    """Of these measures those that rules 2 and 3 keep from `person` for a bureau of theirs; one statement, none for none."""
    if not measures:
        return set()
    current = ShareCycle.objects.filter(share__measure__in=measures, cycle__is_current=True)
    own = belonged_to_share(person, "share", since=OuterRef("cycle__period_start"), until=on)
    return set(current.filter(own).values_list("share__measure_id", flat=True))


def measures_of_former_bureaus(measures: Mapping[int, int], person: User, on: date) -> set[int]:
    """Of these measures (id → plan's id) those that rule 4 keeps from an evaluator for a membership of theirs.

    One statement for each length of independence that the plans ask for; none for no measures.
    """
    by_years: dict[int, set[int]] = {}
    for measure, plan in measures.items():
        by_years.setdefault(rules_of(plan, on).numbers.independence_years, set()).add(measure)
    found: set[int] = set()
    for years, ids in by_years.items():
        was = belonged_to_share(person, "", since=years_before(on, years), until=on)
        shares = Share.objects.filter(measure__in=ids).filter(was)
        found.update(shares.values_list("measure_id", flat=True))
    return found


def check_evaluator(measure: Measure, person: User, on: date) -> None:
    """Rule 4, for the engaged agency and the person; raises NotFound where none is engaged. Two statements."""
    if measure.engagement_id is None:
        raise NotFound("measure.no_evaluation")
    engagement = Engagement.objects.select_related("agency").get(pk=measure.engagement_id)
    years = rules_of(measure.plan_id, on).numbers.independence_years
    since = years_before(on, years)
    is_independent(ties_of(measure.pk, engagement.agency, person, since=since, on=on), years)


def check_closer(measure_id: int, person: User, on: date) -> None:
    """Rule 3. Two statements."""
    bench = bench_of(measure_id, person, on)
    may_close(person.pk, bench.is_own_bureau, verifiers_of(measure_id))
