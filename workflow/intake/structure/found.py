"""What one part of a document, its narrative or its list, knows of a measure."""

from dataclasses import dataclass, field

from workflow.intake.content import Passage
from workflow.intake.units.roles import WrittenUnits


@dataclass(frozen=True, slots=True)
class Promise:
    """A cell of a column of targets; `year` where the column is named after one, else 0."""

    passage: Passage
    year: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A measure as one part has it; the empty passage or None where that part does not say."""

    number: str
    title: Passage
    text: Passage
    units: tuple[WrittenUnits, ...] = ()
    schedule: Passage | None = None
    promises: tuple[Promise, ...] = ()

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.title.number

    @property
    def units_line(self) -> int:
        """The line its units stand on, else its own."""
        return self.units[0].passage.number if self.units else self.line

    @property
    def units_as_written(self) -> str:
        """Its units in one line, as the document has them."""
        return "、".join(" ".join(one.passage.text.split()) for one in self.units)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list under its section's head; None where the list has no heads."""

    head: Passage | None
    found: Found


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the narrative; a document without heads has one without number and title."""

    number: str
    title: Passage
    measures: list[Found] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line of its head."""
        return self.title.number

    @property
    def whole(self) -> str:
        """Number and title together."""
        return self.number + self.title.text
