"""Whether every chain of the trail is whole: numbers without a gap, and heads that know the last of them."""

from collections.abc import Iterator

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from workflow.models import AuditEvent, Measure, Plan, TrailHead
from workflow.queries.findings import Finding, finding_in_chain

COUNTED = ("measure:", "plan:", "people")
"""How chains begin whose last number is kept elsewhere too; those of a day and a source are not counted."""


def trail_findings() -> Iterator[Finding]:
    """Every chain with a gap, or with a head that counts otherwise."""
    last_of = heads()
    rows = AuditEvent.objects.order_by("chain").values_list("chain")
    for chain, n, first, last in rows.annotate(Count("pk"), Min("seq"), Max("seq")):
        if (first, last) != (1, n):
            yield finding_in_chain(
                chain,
                _("holds %(count)s lines numbered %(first)s to %(last)s")
                % {"count": n, "first": first, "last": last},
            )
        without = 0 if chain.startswith(COUNTED) else last
        if last_of.pop(chain, without) != last:
            yield finding_in_chain(chain, _("its head does not name the last line"))
    for chain in last_of:
        yield finding_in_chain(chain, _("its head counts lines that are not there"))


def heads(plan: Plan | None = None) -> dict[str, int]:
    """Chain → the last number that its measure, plan or head knows: of all chains that have one, or of one plan's."""
    plans, measures = Plan.objects.filter(event_seq__gt=0), Measure.objects.filter(event_seq__gt=0)
    others = TrailHead.objects.filter(last__gt=0)
    if plan is not None:
        plans, measures, others = plans.filter(pk=plan.pk), measures.filter(plan=plan), others.none()
    found = {f"measure:{key}": last for key, last in measures.values_list("pk", "event_seq")}
    found |= {f"plan:{key}": last for key, last in plans.values_list("pk", "event_seq")}
    return found | dict(others.values_list("chain", "last"))
