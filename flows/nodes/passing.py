"""What the nodes without a row share: an activation that lives only while the run passes."""

from typing import Any, Self

from viewflow.workflow.activation import Activation

from flows.models import WorkItem


class PassingActivation(Activation):
    """Passes through without a row; `task` is a work item that is never saved."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        # viewflow collects activations in sets and hashes them by their row, which these do not have
        return id(self)

    @classmethod
    def create(
        cls,
        flow_task: Any,
        prev_activation: Activation | None,
        token: Any,
        data: Any = None,
        seed: Any = None,
    ) -> Self:
        """An activation of `flow_task` in the run, remembering the last saved item."""
        assert prev_activation is not None  # noqa: S101 - runs are begun by Begin
        return cls.passing(flow_task, prev_activation.process, came_from=last_saved(prev_activation))

    @classmethod
    def passing(cls, flow_task: Any, run: Any, came_from: WorkItem | None = None) -> Self:
        """An activation of `flow_task` in `run`."""
        return cls(WorkItem(process=run, flow_task=flow_task, came_from=came_from))

    @Activation.status.super()
    def activate(self) -> None:
        """Nothing waits for anybody here."""

    @Activation.status.super()
    def complete(self) -> None:
        """Nothing to store."""


def last_saved(activation: Activation) -> WorkItem | None:
    """The item that this activation, or the last one with a row before it, stands for."""
    item: WorkItem = activation.task
    return item if item.pk is not None else item.came_from
