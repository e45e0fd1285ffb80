"""Where a run begins."""

from typing import Any

from viewflow.workflow.base import Node
from viewflow.workflow.nodes.mixins import NextNodeActivationMixin, NextNodeMixin

from flows.nodes.passing import PassingActivation


class BeginActivation(NextNodeActivationMixin, PassingActivation):
    """Starts the run that the action made."""


class Begin(NextNodeMixin, Node):
    """The first node of a flow; the run's row exists already."""

    activation_class = BeginActivation
    task_type = "START"
    bpmn_element = "startEvent"

    def launch(self, run: Any) -> None:
        """Send a saved run on its way, in the caller's transaction."""
        activation = BeginActivation.passing(self, run)
        activation.complete()
        activation.activate_next()
