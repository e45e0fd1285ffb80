"""HTML as a tree of elements: what nobody sees is left out, what is not closed is closed as browsers do."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from workflow.intake.faults import Fault, UnreadableError

DEPTH_MOST = 200
ELEMENTS_MOST = 1_000_000

_UNSEEN = frozenset(
    ("head", "script", "style", "noscript", "template", "iframe", "object", "svg", "nav", "footer", "aside")
) | frozenset(("select", "button", "textarea", "title", "rt", "rp", "audio", "video", "canvas", "map"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)
_CELLS = ("td", "th")
_ENDS = {
    "p": ("p",),
    "li": ("li", "p"),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
    "td": (*_CELLS, "p", "li"),
    "th": (*_CELLS, "p", "li"),
    "tr": ("tr", *_CELLS, "p", "li"),
    "tbody": ("tbody", "thead", "tfoot", "tr", *_CELLS),
    "thead": ("tbody", "thead", "tfoot", "tr", *_CELLS),
    "tfoot": ("tbody", "thead", "tfoot", "tr", *_CELLS),
    **dict.fromkeys(
        ("div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "pre"), ("p",)
    ),
}
"""A tag that opens closes those of these that are open, innermost first."""

_FENCES = {
    **dict.fromkeys(("p", "li", "dt", "dd", "div"), (*_CELLS, "table", "ul", "ol", "dl")),
    **dict.fromkeys(("td", "th", "tr", "tbody", "thead", "tfoot"), ("table",)),
}
"""How far outwards a tag may close others."""


@dataclass(slots=True)
class Element:
    """An element with its attributes, and its text and elements in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def is_hidden(self) -> bool:
        """Whether its own attributes hide it."""
        style = self.attributes.get("style", "").replace(" ", "").lower()
        return "hidden" in self.attributes or "display:none" in style


class _TreeParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]
        self._count = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count += 1
        if self._count > ELEMENTS_MOST or len(self._open) > DEPTH_MOST:
            raise UnreadableError(Fault.TOO_COSTLY)
        if self._unseen or tag in _UNSEEN:
            self._unseen += tag in _UNSEEN
            return
        self._close_before(tag)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        if self._unseen or tag in _UNSEEN:
            return
        fences = _FENCES.get(tag, _CELLS) if tag != "table" else ()
        for n in range(len(self._open) - 1, 0, -1):
            if self._open[n].tag == tag:
                del self._open[n:]
                return
            if self._open[n].tag in fences:
                return

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._open[-1].children.append(data)

    def _close_before(self, tag: str) -> None:
        ended, fences = _ENDS.get(tag, ()), _FENCES.get(tag, (*_CELLS, "table"))
        lowest = len(self._open)
        for n in range(len(self._open) - 1, 0, -1):
            name = self._open[n].tag
            if name in ended:
                lowest = n
            elif name in fences:
                break
        del self._open[lowest:]


def tree_of(text: str) -> Element:
    """The page's root. Raises UnreadableError for a page nested too deeply or with too many elements."""
    parser = _TreeParser()
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError, RecursionError):
        raise UnreadableError(Fault.BROKEN, kind=".html") from None
    return parser.root
