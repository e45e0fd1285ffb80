"""Units as written together with the part they play."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.intake.content import Passage


class UnitRole(StrEnum):
    """The part that a label or a verb gives to units; of the responsible ones the first leads if no other does."""

    RESPONSIBLE = "responsible"
    LEAD = "lead"
    SUPPORTING = "supporting"


@dataclass(frozen=True, slots=True)
class WrittenUnits:
    """Units as written, their label removed."""

    role: UnitRole
    passage: Passage
