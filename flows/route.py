"""What every flow of this project is: its tables, its lock, and that only actions move its runs."""

from typing import Any, NoReturn

from viewflow.workflow.base import Flow

from flows.lock import measure_row_lock
from flows.models import Run, WorkItem


class Route(Flow):
    """A flow on our own tables under the measure's lock (DESIGN.md, Flows)."""

    process_class = Run
    task_class = WorkItem
    lock_impl = measure_row_lock

    def cancel(self, process: Any) -> NoReturn:
        """Raise RuntimeError: it would leave the state of the thing behind (DESIGN.md, Known traps, 6)."""
        raise RuntimeError("Actions end runs; none is cancelled.")
