"""An import becomes a plan in preparation, all at once or not at all: bureaus, plan, its supervisor, the trail."""

from dataclasses import dataclass

from accounts.models import Bureau, User
from workflow.actions.importing import locked_import, require_importer
from workflow.actions.loading import Wishes, known_plan, load_plan
from workflow.actions.master_data import BureauFacts, add_bureau, hold_bureaus
from workflow.actions.people import make_supervisor
from workflow.actions.plan_input import PlanInput
from workflow.actions.step import Step, acting
from workflow.models import Plan, PlanImport
from workflow.queries.unit_names import LONGEST_NAME, UnitName, long_name, unit_names
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.states import ImportState
from workflow.trail.actions import AuditAction


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked: the draft as a plan, the version it had, and the code that the plan is to have."""

    plan: PlanInput
    version: int
    code: str


def confirm_import(plan_import: PlanImport, checked: Checked, *, by: User) -> Plan:
    """Make the plan: missing bureaus are added as decided, and whoever confirms supervises it.

    Raises Conflict where it was confirmed already, was changed since it was checked, or the source is a plan's already;
    Invalid for a code that will not do.
    """
    with acting(AuditAction.IMPORT_CONFIRM, plan_import, by=by) as step:
        row = locked_import(plan_import.pk)
        require_importer(step, row.office_id)
        require(row.state != ImportState.CONFIRMED, Conflict("import.confirmed"))
        require(row.state == ImportState.DRAFT, Conflict("import.not_read"))
        require(row.version == checked.version, Conflict("import.changed"))
        require(row.renews_id is None, Conflict("edition.confirmed_elsewhere"))
        require_whole(checked.plan)
        known = known_plan(row.source_hash)
        if known is not None:
            raise Conflict("import.known", plan_code=known.code)
        plan = _make(step, row, checked)
        settle_import(step, row, plan)
    return plan


def settle_import(step: Step, row: PlanImport, plan: Plan) -> None:
    """The import has become an edition of the plan; its draft stays readable as that edition."""
    row.state, row.plan, row.edition, row.last_edit = ImportState.CONFIRMED, plan, plan.edition, {}
    row.confirmed_by, row.confirmed_at, row.touched_at = step.person, step.at, step.at
    row.save()


def require_whole(plan: PlanInput) -> None:
    """There is something to load, and no measure has two leads."""
    measures = [measure for section in plan.sections for measure in section.measures]
    require(bool(measures), Conflict("import.empty"))
    for measure in measures:
        one_lead = sum(unit.is_lead for unit in measure.units) <= 1
        require(one_lead, Invalid("import.no_lead", field="plan", title=measure.title))


def decided_bureaus(step: Step, row: PlanImport) -> tuple[dict[str, int | None], list[str]]:
    """The bureau behind each unit's text, those added that were decided to be, and the names of these."""
    bureaus: dict[str, int | None] = {}
    created: dict[str, int] = {}
    for name in unit_names(row):
        if name.is_created:
            bureaus[name.text] = _added(step, name, created)
        elif not name.is_open:
            bureaus[name.text] = name.bureau.key if name.bureau else None
    return bureaus, list(created)


def _added(step: Step, name: UnitName, created: dict[str, int]) -> int:
    """The bureau of that name, added unless it was added just now or came to be meanwhile."""
    own = name.new_name
    require(not name.is_long, long_name(name))
    if own in created:
        return created[own]
    hold_bureaus()
    known = Bureau.objects.filter(name=own).first()
    if known is not None:
        return int(known.pk)
    others = [other for other in (name.text, *name.aliases) if other != own and len(other) <= LONGEST_NAME]
    created[own] = int(add_bureau(step, BureauFacts(own, name.kind, aliases=others)).pk)
    return created[own]


def _make(step: Step, row: PlanImport, checked: Checked) -> Plan:
    bureaus, created = decided_bureaus(step, row)
    plan, is_new = load_plan(checked.plan, by=step.by, code=checked.code, wishes=Wishes(row.office, bureaus))
    require(is_new, Conflict("import.known", plan_code=plan.code))
    make_supervisor(step, plan)
    step.note(
        row,
        payload={"plan": plan.code, "bureaus": created, "ticked": row.ticked, "warnings": len(row.warnings)},
    )
    return plan
