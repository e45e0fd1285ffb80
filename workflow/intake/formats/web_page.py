"""HTML: paragraphs, headings and tables in the page's order; tables that only lay out the page are opened."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workflow.intake.formats.encodings import decoded
from workflow.intake.formats.given import GivenBlock, GivenParagraph, GivenTable
from workflow.intake.formats.spans import SpanningCell, laid_out
from workflow.intake.formats.web_tree import Element, tree_of

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)|encoding=["']([\w.:-]+)["']""", re.IGNORECASE)
_HEAD = 4096
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dt", "dd", "blockquote")
) | frozenset(
    (
        "pre",
        "figure",
        "figcaption",
        "center",
        "form",
        "fieldset",
        "address",
        "hr",
        "body",
        "html",
        "caption",
        "tr",
    )
)
_STRUCK = frozenset(("del", "s", "strike"))
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_WRAPPED = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]\s*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\x0c\xa0]+")
_OWN_NUMBER = re.compile(r"\s*[（(]?[\d一二三四五六七八九十]{1,3}[.．、）)]")
_COLUMNS_MOST, _ROWS_MOST = 100, 20_000
_LAYOUT_FROM = 1_000


def read_web_page(data: bytes) -> list[GivenBlock]:
    """The blocks of a page. Raises UnreadableError for one that is no text or too intricate."""
    named = _CHARSET.search(data[:_HEAD])
    declared = (named[1] or named[2]).decode("ascii", "ignore") if named else ""
    walk = _Walk()
    walk.over(tree_of(decoded(data, declared)))
    walk.end_paragraph()
    return walk.blocks


@dataclass(slots=True)
class _Walk:
    """Goes over elements in order, collecting the text of the paragraph that it is in."""

    blocks: list[GivenBlock] = field(default_factory=list)
    rank: int = 0
    _text: list[str] = field(default_factory=list)

    def over(self, element: Element) -> None:
        for n, child in enumerate(element.children):
            if isinstance(child, str):
                self._text.append(child if element.tag == "pre" else _collapsed(child))
            elif not child.is_hidden():
                self._one(child, _label(element, n))

    def end_paragraph(self) -> None:
        lines = (_BLANKS.sub(" ", line).strip() for line in "".join(self._text).split("\n"))
        self.blocks += [GivenParagraph(line, self.rank) for line in lines if line.strip()]
        self._text.clear()

    def _one(self, element: Element, label: str) -> None:
        tag = element.tag
        if tag == "br":
            self._text.append("\n")
        elif tag == "table":
            self.end_paragraph()
            self._table(element)
        elif tag in _BLOCKS or tag in _RANKS:
            self.end_paragraph()
            self._text.append(label)
            outer, self.rank = self.rank, _RANKS.get(tag, self.rank)
            self.over(element)
            self.end_paragraph()
            self.rank = outer
        elif tag in _STRUCK:
            self._struck(element)
        else:
            self.over(element)

    def _struck(self, element: Element) -> None:
        self._text.append("~~")
        self.over(element)
        self._text.append("~~")

    def _table(self, table: Element) -> None:
        rows = [_cells(row) for row in _rows(table)]
        if _lays_out(table, rows):
            self.over(Element("div", {}, [Element("div", {}, c.children) for row in rows for c in row]))
            return
        for caption in _below(table, ("caption",), ("tr",)):
            self.over(Element("div", {}, [caption]))
            self.end_paragraph()
        spanning = [[_spanning(cell, len(rows)) for cell in row] for row in rows]
        self.blocks.append(GivenTable(laid_out(spanning)))


_RANKS = {f"h{n}": n for n in range(1, 7)}


def _collapsed(text: str) -> str:
    """Blanks in a row as one; a line's end in the source between two wide signs as none."""
    return _BLANKS.sub(" ", _WRAPPED.sub("", text))


def _label(parent: Element, n: int) -> str:
    """The number that a browser puts before an item of a numbered list."""
    child = parent.children[n]
    if parent.tag != "ol" or isinstance(child, str) or child.tag != "li":
        return ""
    style = (parent.attributes.get("style", "") + child.attributes.get("style", "")).replace(" ", "")
    if "list-style:none" in style or "list-style-type:none" in style or _OWN_NUMBER.match(_text_of(child)):
        return ""
    before = sum(1 for other in parent.children[:n] if isinstance(other, Element) and other.tag == "li")
    start = parent.attributes.get("start", "1")
    return f"{before + (int(start) if start.isdecimal() and len(start) < 5 else 1)}. "


def _below(element: Element, tags: Sequence[str], fences: Sequence[str]) -> Iterator[Element]:
    """The elements with one of `tags` below an element, not below another of them, a table or one of `fences`."""
    for child in element.children:
        if isinstance(child, str) or child.is_hidden():
            continue
        if child.tag in tags:
            yield child
        elif child.tag not in ("table", *fences):
            yield from _below(child, tags, fences)


def _rows(table: Element) -> list[Element]:
    return list(_below(table, ("tr",), ()))


def _cells(row: Element) -> list[Element]:
    return list(_below(row, ("td", "th"), ()))


def _lays_out(table: Element, rows: Sequence[Sequence[Element]]) -> bool:
    """Whether a table holds no rows of facts: one column, a table within it, or one row with a page in a cell."""
    if max((len(row) for row in rows), default=0) < 2:
        return True
    if any(next(_below(cell, ("table",), ()), None) or _has_table(cell) for row in rows for cell in row):
        return True
    return len(rows) == 1 and any(len(_text_of(cell)) > _LAYOUT_FROM for cell in rows[0])


def _has_table(element: Element) -> bool:
    return any(
        isinstance(child, Element) and (child.tag == "table" or _has_table(child))
        for child in element.children
    )


def _spanning(cell: Element, rows: int) -> SpanningCell:
    columns = _count(cell.attributes.get("colspan", ""), _COLUMNS_MOST)
    down = (
        rows
        if cell.attributes.get("rowspan") == "0"
        else _count(cell.attributes.get("rowspan", ""), _ROWS_MOST)
    )
    return SpanningCell(_text_of(cell), columns, down)


def _count(written: str, most: int) -> int:
    written = written.strip()
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 7 else 1


def _text_of(element: Element) -> str:
    """The text of a cell or item, a line for each of its paragraphs."""
    walk = _Walk()
    walk.over(element)
    walk.end_paragraph()
    return "\n".join(block.text for block in walk.blocks if isinstance(block, GivenParagraph))
