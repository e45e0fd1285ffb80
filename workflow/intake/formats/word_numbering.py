"""The numbers that Word puts before paragraphs: they are not in the text, and are counted here as Word does."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from workflow.intake.formats.numerals import numeral
from workflow.intake.formats.word_styles import WordStyles
from workflow.intake.formats.xml_tree import child, is_on, value

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_COUNT_LONGEST = 6


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    text: str
    start: int
    restart: int
    is_legal: bool
    paragraph_style: str


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it: the definition that it counts with, and where it starts anew."""

    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    is_begun: bool = False


class WordNumbering:
    """What `word/numbering.xml` says (None for a document without it), with the counts reached so far."""

    def __init__(self, root: Element | None, styles: WordStyles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root)

    def next_label(self, properties: Element | None) -> str:
        """The number of the next paragraph, which has these properties; "" where it has none. Counts it."""
        number, written_level, style = self._styles.numbering(properties)
        listed = self._lists.get(number)
        if listed is None:
            return ""
        level = _count(written_level, -1)
        if level < 0:
            level = next(
                (n for n, found in listed.levels.items() if style and found.paragraph_style == style), 0
            )
        if level not in listed.levels:
            return ""
        self._count_on(listed, level)
        return self._label(listed, level)

    def _read(self, root: Element) -> None:
        definitions = {found.get("abstractNumId", ""): found for found in root.findall("abstractNum")}
        linked = {
            value(found, "styleLink"): key
            for key, found in definitions.items()
            if child(found, "styleLink") is not None
        }
        for num in root.findall("num"):
            key = value(num, "abstractNumId")
            definition = definitions.get(key)
            if definition is None:
                continue
            link = value(definition, "numStyleLink")
            if link in linked:
                key = linked[link]
                definition = definitions[key]
            listed = _List(key, {_count(x.get("ilvl", ""), 0): _level(x) for x in definition.findall("lvl")})
            _override(listed, num)
            self._lists[num.get("numId", "")] = listed

    def _count_on(self, listed: _List, level: int) -> None:
        counts = self._counts.setdefault(listed.definition, [None] * LEVELS)
        if not listed.is_begun:
            listed.is_begun = True
            for n, start in listed.starts.items():
                counts[n] = start - 1
        before = counts[level]
        counts[level] = (listed.levels[level].start - 1 if before is None else before) + 1
        for deeper in range(level + 1, LEVELS):
            restart = listed.levels[deeper].restart if deeper in listed.levels else -1
            if restart < 0 or level < restart:
                counts[deeper] = None

    def _label(self, listed: _List, level: int) -> str:
        counts = self._counts[listed.definition]
        is_legal = listed.levels[level].is_legal

        def number(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            known = listed.levels.get(place)
            count = counts[place] if counts[place] is not None else (known.start if known else 1)
            return numeral("decimal" if is_legal or known is None else known.style, count or 0)

        own = listed.levels[level]
        return "" if own.style == "bullet" else _PLACE.sub(number, own.text).strip()


def _override(listed: _List, num: Element) -> None:
    for given in num.findall("lvlOverride"):
        n = _count(given.get("ilvl", ""), 0)
        own = child(given, "lvl")
        if own is not None:
            listed.levels[n] = _level(own)
        start = value(given, "startOverride")
        if n < LEVELS and (start or own is not None):
            listed.starts[n] = _count(start, listed.levels[n].start if n in listed.levels else 1)


def _level(given: Element) -> _Level:
    return _Level(
        style=value(given, "numFmt") or _alternate_style(given) or "decimal",
        text=value(given, "lvlText")[:50],
        start=_count(value(given, "start"), 0 if child(given, "start") is None else 1),
        restart=_count(value(given, "lvlRestart"), -1),
        is_legal=is_on(given, "isLgl"),
        paragraph_style=value(given, "pStyle"),
    )


def _alternate_style(given: Element) -> str:
    """The number format where it stands in both an old and a new form."""
    return value(given, "AlternateContent", "Fallback", "numFmt")


def _count(written: str, otherwise: int) -> int:
    return int(written) if written.isdecimal() and len(written) <= _COUNT_LONGEST else otherwise
