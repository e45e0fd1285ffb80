"""Where a run rests without anybody's work item, until an action wakes it."""

from collections.abc import Callable, Iterable
from typing import Any

from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Node
from viewflow.workflow.nodes.mixins import NextNodeActivationMixin, NextNodeMixin

from flows.nodes.passing import PassingActivation
from workflow.models import Measure, Share
from workflow.routing import Verb


class WaitActivation(NextNodeActivationMixin, PassingActivation):
    """Ends here when the run arrives, unless what it waits for already holds."""

    @Activation.status.transition(source="NEW", target="DONE", conditions=[lambda self: self.goes_on()])
    def complete(self) -> None:
        """Nothing to store."""

    woken = False

    def goes_on(self) -> bool:
        """Whether the run was woken and what it waits for holds."""
        wait: Wait = self.flow_task
        return self.woken and wait.until(self.process.thing)


class Wait(NextNodeMixin, Node):
    """`Wait(wakes_on={...}, until=condition)`: rests until one of the verbs happens and `until` holds."""

    activation_class = WaitActivation
    task_type = "WAIT"
    bpmn_element = "intermediateCatchEvent"

    def __init__(
        self, *, wakes_on: Iterable[Verb], until: Callable[[Any], bool] = lambda thing: True
    ) -> None:
        super().__init__()
        self.wakes_on = frozenset(wakes_on)
        self.until: Callable[[Measure | Share], bool] = until

    def wake(self, run: Any) -> None:
        """Let the run go on if what it waits for holds; else it rests on."""
        activation = WaitActivation.passing(self, run)
        activation.woken = True
        if activation.goes_on():
            activation.complete()
            activation.activate_next()
