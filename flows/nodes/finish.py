"""Where a run ends."""

from collections.abc import Iterator
from typing import Any

from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node

from flows.nodes.passing import PassingActivation


class FinishActivation(PassingActivation):
    """The runs of a thing that ended are closed together (`flows.bulk.end_runs`), not one by one."""

    @Activation.status.super()
    def create_next(self) -> list[Any]:
        """Nothing comes after the end."""
        return []


class Finish(Node):
    """The last node; its name is the outcome."""

    activation_class = FinishActivation
    task_type = "END"
    bpmn_element = "endEvent"

    def _outgoing(self) -> Iterator[Edge]:
        return iter(())
