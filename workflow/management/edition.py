"""A later edition at the terminal: what it would change of a plan, and bringing the plan up to it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Bureau, User
from workflow.actions.editions import CheckedEdition, Reasons, confirm_edition
from workflow.actions.importing import begin_import, drop_import, keep_reading, start_reading
from workflow.intake.draft import draft_of
from workflow.intake.edition_comparison import Comparison, Pair, compare, read_measures
from workflow.intake.plan_read import PlanRead
from workflow.models import Plan
from workflow.models.amendment import AmendedField
from workflow.queries.editions import measures_to_renew
from workflow.rules.refusal import Conflict, Refused


def plan_of_code(code: str) -> Plan | None:
    """The plan of that code with its office, or None."""
    return Plan.objects.select_related("supervision_office").filter(code=code).first()


def compared(plan: Plan, read: PlanRead) -> Comparison:
    """The plan beside the edition as read."""
    return compare(measures_to_renew(plan), plan, read_measures(read.plan), {})


def comparison_lines(plan: Plan, found: Comparison) -> list[str]:
    """What the edition adds, changes, moves and drops, a line each; then how many measures stay."""
    head = _("Beside %(code)s, edition %(edition)s:") % {"code": plan.code, "edition": plan.edition}
    stay = ngettext(
        "%(count)s measure stays as it is.", "%(count)s measures stay as they are.", len(found.unchanged)
    )
    return [head, *_lines(found), "  " + stay % {"count": len(found.unchanged)}]


def _lines(found: Comparison) -> Iterator[str]:
    for pair in found.added:
        if pair.new is not None:
            yield "  + " + _("new: %(title)s") % {"title": pair.new.measure.title}
    for pair in (*found.changed, *found.moved, *found.renumbered):
        yield f"  ~ {_named(pair)}: {', '.join(str(AmendedField(one.field).label) for one in pair.differences)}"
    for pair in found.dropped:
        yield "  - " + _("dropped: %(measure)s") % {"measure": _named(pair)}
    for place in found.renamed:
        if place.kept is not None:
            yield f"  ~ {place.kept} → {place.number}{place.title}"


def _named(pair: Pair) -> str:
    return str(pair.old) if pair.old is not None else ""


def bring_in(plan: Plan, read: PlanRead, paths: Sequence[Path], *, by: User, reason: str) -> Plan:
    """Bring the plan up to the edition, as its import page does; nothing of a refused one is kept.

    Raises what the actions refuse.
    """
    office: Bureau | None = plan.supervision_office
    if office is None:
        raise Conflict("plan.no_office")
    row = begin_import([_file(path) for path in paths], by=by, office=office, renews=plan)
    try:
        keep_reading(row, start_reading(row, by=by), draft_of(read))
        row.refresh_from_db()
        found = compared(plan, read)
        checked = CheckedEdition(read.plan, row.version, plan.edition, found.pairs, Reasons(reason))
        return confirm_edition(row, checked, by=by)
    except Refused:
        drop_import(row, by=by)
        raise


def _file(path: Path) -> ContentFile[bytes]:
    """The file under its name."""
    return ContentFile(path.read_bytes(), name=path.name)
