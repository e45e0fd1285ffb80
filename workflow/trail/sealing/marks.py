"""What a printed copy says of the seal: the last checkpoint, and a line of the trail whose proof can be asked for."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from workflow.models import Plan, SealCheckpoint, SealedLine


@dataclass(frozen=True, slots=True)
class Mark:
    """The checkpoint (root in hexadecimal), and the last sealed line that the copy is about, with its place."""

    origin: str
    size: int
    root: str
    at: datetime
    line: str
    position: int


def mark_of(plan: Plan | None) -> Mark | None:
    """The mark for a copy of a plan, or of the ledger (None); nothing before the first checkpoint.

    The line is the last of the plan's own chain, else the last of all, that the checkpoint covers.
    """
    head = SealCheckpoint.objects.order_by("-size").defer("note").first()
    if head is None:
        return None
    lines = SealedLine.objects.filter(position__lt=head.size).order_by("-position")
    of_plan = lines.filter(event__plan=plan).first() if plan is not None else None
    line = of_plan or lines.first()
    if line is None:
        return None
    name = f"{line.chain}#{line.seq}"
    return Mark(settings.TRAIL_ORIGIN, head.size, head.root, head.at, name, line.position)
