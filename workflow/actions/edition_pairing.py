"""Whose later edition an import is, and which of the plan's measures one of its own is, where a person says so."""

from accounts.models import User
from workflow.actions.import_edits import editing
from workflow.actions.loading import known_plan
from workflow.models import Plan, PlanImport
from workflow.queries.editions import measures_to_renew
from workflow.rules.refusal import Conflict, Invalid, NotFound, require


def set_plan(plan_import: PlanImport, plan: Plan | None, *, by: User) -> None:
    """Let the import be a later edition of the plan, or (None) a plan of its own.

    Raises Conflict for a plan that another office supervises, and for a source that is a plan's already.
    """
    with editing(plan_import, by=by) as edit:
        if plan is not None:
            is_its_office = plan.supervision_office_id == edit.row.office_id
            require(is_its_office, Conflict("edition.other_office"))
            known = known_plan(edit.row.source_hash)
            if known is not None:
                raise Conflict("import.known", plan_code=known.code)
        edit.row.renews, edit.row.pairs = plan, {}


def pair_measure(plan_import: PlanImport, key: int, *, by: User, code: str | None) -> None:
    """Say that the draft measure of that key is the plan's of that code, a new one (""), or whatever is found (None).

    Raises NotFound for no such draft measure, Invalid for a code that is not the plan's or is matched by hand already.
    """
    with editing(plan_import, by=by) as edit:
        row = edit.row
        require(row.renews is not None, Conflict("edition.not_of_plan"))
        require(row.measures.filter(pk=key).exists(), NotFound("thing.unknown"))
        others = {name: said for name, said in row.pairs.items() if name != str(key)}
        if code:
            own = {measure.code for measure in measures_to_renew(row.renews)} if row.renews else set()
            is_free = code in own and code not in others.values()
            require(is_free, Invalid("edition.pair", field="code"))
        row.pairs = others if code is None else {**others, str(key): code}
