"""The paragraph styles of a Word document: which are headings, which number their paragraphs."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workflow.intake.formats.xml_tree import child, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])\b", re.IGNORECASE)
_TITLE = re.compile(r"title|标题|文档标题|公文标题", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_BODY_LEVEL = 9


class WordStyles:
    """What `word/styles.xml` says; None for a document without it."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {} if root is None else {s.get("styleId", ""): s for s in root.findall("style")}
        self._default = next(
            (
                key
                for key, s in self._styles.items()
                if s.get("type") == "paragraph" and s.get("default") == "1"
            ),
            "",
        )

    def of(self, properties: Element | None) -> str:
        """The id of the style that a paragraph's properties name."""
        return value(properties, "pStyle") or self._default

    def rank(self, properties: Element | None) -> int:
        """The heading's rank of a paragraph with these properties, 1 the highest; 0 for none."""
        own = _level(properties)
        if own is not None:
            return own
        for style in self._with_bases(self.of(properties)):
            name = value(style, "name")
            if found := _HEADING.match(name):
                return int(found[1])
            level = _level(child(style, "pPr"))
            if level is not None:
                return level
            if _TITLE.fullmatch(name):
                return 1
        return 0

    def numbering(self, properties: Element | None) -> tuple[str, str, str]:
        """Number list and level of a paragraph with these properties, as written, and the style that gives them."""
        given = child(properties, "numPr")
        number, level = value(given, "numId"), value(given, "ilvl")
        for style in self._with_bases(self.of(properties)):
            given = child(style, "pPr", "numPr")
            if given is not None and (number in ("", value(given, "numId"))):
                level = level or value(given, "ilvl")
                return number or value(given, "numId"), level, style.get("styleId", "")
        return number, level, ""

    def linked_list(self, style: str) -> str:
        """The number list of a numbering style."""
        return value(self._styles.get(style), "pPr", "numPr", "numId")

    def is_of_contents(self, properties: Element | None) -> bool:
        """Whether a paragraph is a line of the table of contents."""
        return _CONTENTS.match(value(self._styles.get(self.of(properties)), "name")) is not None

    def _with_bases(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")


def _level(properties: Element | None) -> int | None:
    written = value(properties, "outlineLvl")
    if not written.isdecimal():
        return None
    return int(written) + 1 if int(written) < _BODY_LEVEL else 0
