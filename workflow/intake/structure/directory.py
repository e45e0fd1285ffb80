"""Where a row of the list belongs in the narrative: by its section's head, else by a title that stands only once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from workflow.intake.content import Passage
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import key
from workflow.intake.structure.found import Row, Section
from workflow.intake.structure.serials import mark_of


@dataclass(slots=True)
class Directory:
    """The narrative's sections by number and title, by title, by number, and by the titles of their measures."""

    told: Sequence[Section]
    by_both: dict[str, list[int]] = field(default_factory=dict)
    by_title: dict[str, list[int]] = field(default_factory=dict)
    by_number: dict[str, list[int]] = field(default_factory=dict)
    by_measure: dict[str, list[int]] = field(default_factory=dict)
    _of_head: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Sequence[Section]) -> Self:
        """The directory of these sections."""
        found = cls(told)
        for n, section in enumerate(told):
            found.by_both.setdefault(key(section.whole), []).append(n)
            found.by_title.setdefault(key(section.title.text), []).append(n)
            found.by_number.setdefault(key(section.number), []).append(n)
            for measure in section.measures:
                found.by_measure.setdefault(key(measure.title.text), []).append(n)
        return found

    def place_of(self, row: Row, warnings: WarningList) -> int | None:
        """The section a row belongs to, or None. Warns, once, of a head that is written otherwise."""
        places = self.by_measure.get(key(row.found.title.text), [])
        by_head = self._place_of_head(row.head, warnings) if row.head is not None else None
        if by_head is not None and (by_head in places or len(places) != 1):
            return by_head
        return places[0] if len(places) == 1 else None

    def _place_of_head(self, head: Passage, warnings: WarningList) -> int | None:
        name = key(head.text)
        if name not in self._of_head:
            self._of_head[name] = self._found_head(head, warnings)
        return self._of_head[name]

    def _found_head(self, head: Passage, warnings: WarningList) -> int | None:
        """By number and title, else by a title, else by a number, that only one has."""
        if exact := self.by_both.get(key(head.text)):
            return exact[0]
        number, title = head_parts(head)
        for found in (self.by_title.get(key(title.text), []), self.by_number.get(key(number), [])):
            if len(found) == 1 and (number or found is not self.by_number.get("")):
                section = self.told[found[0]]
                if number or key(title.text) != key(section.title.text):
                    warnings.add(
                        head.number, Caution.HEAD_DIFFERS, list=head.text[:60], narrative=section.whole
                    )
                return found[0]
        return None


def head_parts(head: Passage | None) -> tuple[str, Passage]:
    """Number and title of a head; a row before any head has neither."""
    if head is None:
        return "", Passage("")
    mark = mark_of(head)
    return (mark.number, mark.rest) if mark else ("", head)
