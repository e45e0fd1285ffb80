"""Plain text: a line is a paragraph, lines with bars or tabs in a row are a table."""

import re
from collections.abc import Iterator

from workflow.intake.formats.given import GivenBlock
from workflow.intake.formats.line_tables import blocks_of

LINE_END = re.compile(r"\r\n|\r|\n")
_PAGE_BREAK = re.compile(r"\x0c(?=\r?\n|\r|$)|(?<=[\r\n])\x0c|^\x0c", re.MULTILINE)


def read_text(text: str) -> Iterator[GivenBlock]:
    """The blocks of a text; lines keep their numbers, a page break beside a line's end is not one more."""
    lines = LINE_END.split(_PAGE_BREAK.sub("", text))
    return blocks_of(lines, paragraph=str, cell=str)
