"""A question about the state of the thing; it never asks anything else."""

from collections.abc import Callable, Iterator
from typing import Any, Self

from viewflow import this
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node

from flows.nodes.passing import PassingActivation
from workflow.models import Measure, Share


class GateActivation(PassingActivation):
    """Answers the question and goes on with one of two nodes."""

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        """The activation of the node that the answer leads to."""
        gate: Gate = self.flow_task
        target = gate.yes if gate.question(self.process.thing) else gate.no
        yield target._create(self, None)  # noqa: SLF001 - viewflow's own way to the next node


class Gate(Node):
    """`Gate(question).Then(this.a).Else(this.b)`; `question` takes the measure or share and gives a bool."""

    activation_class = GateActivation
    task_type = "EXCLUSIVE_GATEWAY"
    bpmn_element = "exclusiveGateway"

    def __init__(self, question: Callable[[Any], bool]) -> None:
        super().__init__()
        self.question: Callable[[Measure | Share], bool] = question
        self.yes: Any = None
        self.no: Any = None

    def Then(self, node: Any) -> Self:  # noqa: N802 - as the other nodes spell it
        """Where the route goes when the answer is yes."""
        self.yes = node
        return self

    def Else(self, node: Any) -> Self:  # noqa: N802
        """Where the route goes when the answer is no."""
        self.no = node
        return self

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.yes = this.resolve(instance, self.yes)
        self.no = this.resolve(instance, self.no)

    def _outgoing(self) -> Iterator[Edge]:
        yield Edge(src=self, dst=self.yes, edge_class="cond_true")
        yield Edge(src=self, dst=self.no, edge_class="cond_false")
