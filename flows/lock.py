"""Every flow's lock is the measure's row (DESIGN.md, Flows): blocking, taken before anything else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from workflow.models import Measure


@contextmanager
def measure_row_lock(flow_class: Any, process_pk: int) -> Iterator[None]:
    """Hold the row of the measure that the process `process_pk` belongs to until the transaction ends."""
    with transaction.atomic():
        Measure.objects.select_for_update(no_key=True).filter(runs=process_pk).order_by("pk").first()
        yield
