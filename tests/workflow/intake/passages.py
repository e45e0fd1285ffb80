"""Passages and periods for the tests of what is found inside a text."""

from datetime import date

from workflow.intake.content import ContentWriter, Passage
from workflow.intake.period import Period

ONE_YEAR = Period("2026年", date(2026, 1, 1), date(2026, 12, 31))
THREE_YEARS = Period("2026-2028年", date(2026, 1, 1), date(2028, 12, 31))


def passage_of(text: str, *, after: str = "总则。") -> Passage:
    """The text as the second paragraph of a document, so that its places are not those of its own signs."""
    writer = ContentWriter()
    writer.paragraph(after)
    passage = writer._write(text)
    writer._end_line()
    return passage
