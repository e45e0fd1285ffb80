"""A plan is loaded together with the bureaus that it names and the directory lacks, all at once or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import Bureau
from workflow.actions.loading import Wishes, known_plan, load_plan
from workflow.actions.master_data import BureauFacts, add_bureau
from workflow.actions.people import require_administrator
from workflow.actions.plan_input import PlanInput, UnitInput
from workflow.actions.step import Step, acting
from workflow.actions.unit_bureaus import UnitBureaus
from workflow.models import Plan
from workflow.queries.bureau_directory import bureau_directory
from workflow.queries.unit_names import kind_of_bureau
from workflow.rules.bureau_names import area_of, without_brackets
from workflow.rules.refusal import Conflict, require
from workflow.rules.resolving import Why
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

UNIT_UNCLEAR = "unit_unclear"
"""The code of the reader's warning about words that do not look like a unit."""
LONGEST_NAME: int = Bureau._meta.get_field("name").max_length


@dataclass(slots=True)
class _Missing:
    """A bureau that is to be added: its name, the other names, and the texts of the units that mean it."""

    name: str
    aliases: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


def load_plan_with_bureaus(plan: PlanInput, *, by: Actor, code: str) -> tuple[Plan, bool, list[str]]:
    """As `load_plan`, the missing bureaus added first. Returns (plan, is new, names of the bureaus added).

    A name that differs from a bureau's only in its wording or area waits for a decision, and so do words that the reader
    did not take for a unit. Raises Forbidden for anybody but an administrator and the installation.
    """
    known = known_plan(plan.source_hash)
    if known is not None:
        return known, False, []
    with acting(AuditAction.BUREAU_CREATE, None, by=by) as step:
        require_administrator(step)
        missing = _missing(plan)
        bureaus = {text: key for one in missing for text, key in _added(step, one)}
        row, is_new = load_plan(plan, by=by, code=code, wishes=Wishes(bureaus=bureaus))
        require(is_new, Conflict("import.known", plan_code=row.code))
    return row, True, [one.name for one in missing]


def _missing(plan: PlanInput) -> list[_Missing]:
    """The bureaus to be added, in the order of the document."""
    unclear = {warning["params"]["unit"] for warning in plan.warnings if warning["code"] == UNIT_UNCLEAR}
    finder = UnitBureaus(bureau_directory(), area_of(plan.title))
    found: dict[str, _Missing] = {}
    for _, unit in finder.open_units(plan):
        means = finder.resolution(unit)
        is_near = any(proposal.why is not Why.LIKENESS for proposal in means.proposals)
        name = without_brackets(unit.text) if unit.alias else unit.text
        if means.several or is_near or unit.text in unclear or len(name) > LONGEST_NAME:
            continue
        one = found.setdefault(name, _Missing(name))
        one.texts.add(unit.text)
        one.aliases.update(_other_names(name, unit))
    return list(found.values())


def _other_names(name: str, unit: UnitInput) -> Iterable[str]:
    return {
        other for other in (unit.alias, unit.text) if other and other != name and len(other) <= LONGEST_NAME
    }


def _added(step: Step, one: _Missing) -> Iterable[tuple[str, int]]:
    facts = BureauFacts(one.name, kind_of_bureau(one.name), aliases=sorted(one.aliases))
    bureau = add_bureau(step, facts)
    return [(text, bureau.pk) for text in sorted(one.texts)]
