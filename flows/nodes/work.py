"""A step that a person carries out: a work item in the inbox of those who hold the role in its scope."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, Self

from viewflow import this
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge
from viewflow.workflow.nodes.view import View, ViewActivation
from viewflow.workflow.signals import task_finished
from viewflow.workflow.status import STATUS

from accounts.models import User
from accounts.roles import Permission, Role, ScopeKind
from accounts.writes import RowIsGoneError, insert, update, update_then_insert
from flows.models import Run, WorkItem
from flows.nodes.passing import PassingActivation, last_saved
from workflow.clock.now import now
from workflow.routing import Verb
from workflow.rules.refusal import Conflict


@dataclass(slots=True)
class Leaving:
    """An item that leaves the desk, its holder until now, and the fields to be stored of it."""

    item: WorkItem
    held_by: int | None
    names: tuple[str, ...] = ()

    def store(self, *, then: WorkItem | None = None) -> None:
        """Store it, and with it the item that comes next; raises Conflict where it was moved or claimed meanwhile."""
        as_found = {"finished": None, "owner_id": self.held_by}
        try:
            if then is None:
                update(self.item, *self.names, still=as_found)
            else:
                update_then_insert(self.item, self.names, then, still=as_found)
        except RowIsGoneError as why:
            raise self._why_not() from why

    def _why_not(self) -> Conflict:
        """Who has the item now, or that it is done."""
        now_stored = WorkItem.objects.select_related("owner").get(pk=self.item.pk)
        if now_stored.finished is None and now_stored.owner is not None:
            return Conflict("item.held", holder=str(now_stored.owner))
        return Conflict("item.ended")


class WorkActivation(ViewActivation):
    """An UPDATE when the item is done and an INSERT for the next, in one statement where the database can."""

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Activation, token: Any, data: Any = None, seed: Any = None
    ) -> Self:
        """Put the item on the desk of those who may take it."""
        run: Run = prev_activation.process
        item = flow_task.build(run, came_from=last_saved(prev_activation))
        if run.leaving is None:
            insert(item)
        else:
            run.leaving.store(then=item)
            run.leaving = None
        return cls(item)

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE)
    def complete(self) -> None:
        """Note that the item is done, by whom and when; it is stored with the next one, or by `Work.done`."""
        self.task.finished = now()
        self.process.leaving.names = ("status", "owner", "started", "finished")
        task_finished.send(sender=self.flow_class, process=self.process, task=self.task)

    @Activation.status.transition(source=[STATUS.NEW, STATUS.ASSIGNED], target=STATUS.CANCELED)
    def cancel(self) -> None:
        """Take the item off the desk; called by the router alone, and stored as above."""
        self.task.finished = now()
        self.process.leaving = Leaving(self.task, self.task.owner_id, ("status", "finished"))

    def revive(self) -> NoReturn:
        """Raise RuntimeError: nobody revives an item past its permission (DESIGN.md, Known traps, 3)."""
        raise RuntimeError("Actions put new items; none is revived.")

    def undo(self) -> NoReturn:
        """Raise RuntimeError: it would leave the state of the thing behind (DESIGN.md, Known traps, 6)."""
        raise RuntimeError("Actions move things back; no item is undone.")


class Work(View):
    """A person's step.

    `by` and `scope`: who may take it. `needs`: the permission checked when it is claimed. `verbs`: what can be
    decided here, as verb → action. `due`: (run) → date. `held`: whether it must be claimed before it is done.
    `owner`: (run) → user id who holds it from the start, or None.
    """

    activation_class = WorkActivation

    def __init__(
        self,
        *,
        by: Role,
        scope: ScopeKind,
        needs: Permission,
        verbs: Mapping[Verb, Callable[..., Any]],
        due: Callable[[Any], date],
        held: bool = False,
        owner: Callable[[Any], int | None] = lambda run: None,
    ) -> None:
        super().__init__(view=None)
        self.by, self.scope, self.needs = by, scope, needs
        self.verbs = dict(verbs)
        self.due, self.held, self.owner_of = due, held, owner
        self.cuts: dict[Verb, Any] = {}

    def Cut(self, *verbs: Verb, to: Any) -> Self:  # noqa: N802 - as viewflow spells its nodes
        """Verbs of others that take the item off the desk, and where the route goes on then."""
        self.cuts.update(dict.fromkeys(verbs, to))
        return self

    def _resolve(self, cls: Any) -> None:
        super()._resolve(cls)
        self.cuts = {verb: this.resolve(cls, node) for verb, node in self.cuts.items()}

    def _outgoing(self) -> Iterator[Edge]:
        yield from super()._outgoing()
        for node in dict.fromkeys(self.cuts.values()):
            yield Edge(src=self, dst=node, edge_class="default")

    def calc_owner_permission(self, activation: Any) -> str:
        """The permission viewflow asks for: never none (DESIGN.md, Known traps, 2)."""
        return self.needs.value

    def can_execute(self, user: Any, task: Any) -> bool:
        """viewflow's own door stays shut: work goes through `flows.work.perform`."""
        return False

    can_assign = can_unassign = can_execute

    def build(self, run: Run, *, came_from: WorkItem | None = None, owner: int | None = None) -> WorkItem:
        """The unsaved item of this step in `run`."""
        owner_id = owner if owner is not None else self.owner_of(run)
        item = WorkItem(
            process=run,
            flow_task=self,
            flow_task_type=self.task_type,
            came_from=came_from,
            measure_id=run.measure_id,
            share_id=run.share_id,
            request_id=run.request_id,
            role=self.by,
            due=self.due(run),
            created=now(),
            owner_id=owner_id,
            assigned=now() if owner_id is not None else None,
            status=STATUS.ASSIGNED if owner_id is not None else STATUS.NEW,
        )
        setattr(item, f"{self.scope.value}_id", run.scope_id(self.scope))
        return item

    def done(self, item: WorkItem, by: User) -> None:
        """Complete the item in the name of `by` and go on along the route."""
        item.process.leaving = Leaving(item, item.owner_id)
        item.owner = by
        item.status = STATUS.ASSIGNED
        activation = WorkActivation(item)
        activation.start(None)
        item.started = now()  # by the one clock, where viewflow took its own
        activation.execute()
        _leave(item.process)

    def cut(self, item: WorkItem, verb: Verb) -> None:
        """Take the item off the desk and go on where the route says."""
        WorkActivation(item).cancel()
        onward = PassingActivation.passing(self, item.process, came_from=item)
        onward._activate_next({self.cuts[verb]._create(onward, None)})  # noqa: SLF001 - viewflow's way on
        _leave(item.process)


def _leave(run: Run) -> None:
    """Store the item that left the desk when no other of the run came after it."""
    if run.leaving is not None:
        run.leaving.store()
        run.leaving = None


def work_nodes(flow_class: Any) -> Iterable[Work]:
    """The people's steps of a flow."""
    return [node for node in flow_class.instance.nodes() if isinstance(node, Work)]
