"""Two later editions of the plan at issue: one confirmed, which added, changed and left open; one to be checked."""

from tests.factories.editions import checked, edition_of, sections_as_read
from tests.policy.world import DUE, R, S, World
from workflow.actions.editions import confirm_edition
from workflow.actions.plan_input import MeasureInput, TargetInput, UnitInput
from workflow.models import Amendment, Measure

ADDED = "新增举措"


def bring_editions(world: World) -> None:
    """The first changes an ongoing measure's units and targets and adds a measure that is ready to be admitted."""
    ongoing = world.measures[S.ONGOING]
    changes = {
        "units": [UnitInput("教育局", "bureau", is_lead=True)],
        "targets": [TargetInput("新目标", ">=", 90)],
    }
    mine = {f"m{ongoing.code[-2:]}": changes}
    ((number, title, measures),) = sections_as_read(world.plan, **mine)
    new = MeasureInput(ADDED, due=DUE, units=[UnitInput("教育局", "bureau", is_lead=True)])
    by = world.people[R.DOUBLE]
    row = edition_of(world.cast, world.plan, [(number, title, [*measures, new])], by=by)
    confirm_edition(row, checked(row), by=by)
    world.measures[S.ADDED] = Measure.objects.get(plan=world.plan, title=ADDED)
    world.measures[S.AMENDED] = ongoing
    world.amendment = Amendment.objects.get(measure=ongoing, field="units")
    later = sections_as_read(world.plan)
    world.imports[S.EDITION] = edition_of(world.cast, world.plan, later, mark="f", by=by, title="新版草案")
