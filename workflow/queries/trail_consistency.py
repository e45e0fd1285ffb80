"""Whether every chain of the trail is whole: numbers without a gap, and heads that know the last of them."""

from collections.abc import Iterator

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from workflow.models import AuditEvent, Measure, Plan, TrailHead
from workflow.queries.findings import Finding, finding_in_chain


def trail_findings() -> Iterator[Finding]:
    """Every chain with a gap, or with a head that counts otherwise."""
    heads = _heads()
    rows = AuditEvent.objects.order_by("chain").values_list("chain")
    for chain, n, first, last in rows.annotate(Count("pk"), Min("seq"), Max("seq")):
        if (first, last) != (1, n):
            yield finding_in_chain(
                chain,
                _("holds %(count)s lines numbered %(first)s to %(last)s")
                % {"count": n, "first": first, "last": last},
            )
        if heads.pop(chain, 0) != last:
            yield finding_in_chain(chain, _("its head does not name the last line"))
    for chain in heads:
        yield finding_in_chain(chain, _("its head counts lines that are not there"))


def _heads() -> dict[str, int]:
    """Chain → the last number that its measure, plan or head knows."""
    heads = {
        f"measure:{key}": last
        for key, last in Measure.objects.filter(event_seq__gt=0).values_list("pk", "event_seq")
    }
    heads |= {
        f"plan:{key}": last
        for key, last in Plan.objects.filter(event_seq__gt=0).values_list("pk", "event_seq")
    }
    return heads | dict(TrailHead.objects.filter(last__gt=0).values_list("chain", "last"))
