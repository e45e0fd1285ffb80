"""The text of a Word paragraph as a reader of the printed page sees it: deletions out, insertions in."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workflow.intake.formats.xml_tree import child, is_on

_OPENED = frozenset(
    (
        "hyperlink",
        "smartTag",
        "ins",
        "moveTo",
        "fldSimple",
        "sdt",
        "sdtContent",
        "customXml",
        "dir",
        "bdo",
        "ruby",
    )
) | frozenset(("rubyBase",))
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_BETWEEN_STRUCK = re.compile(r"~~~~")


def text_of(paragraph: Element) -> str:
    """The text of a paragraph, text boxes and notes left out."""
    return _BETWEEN_STRUCK.sub("", "".join(_texts(paragraph)))


def boxes_of(element: Element) -> Iterator[Element]:
    """The contents of the text boxes that are anchored in a paragraph, in order."""
    for inner in element:
        if inner.tag == "txbxContent":
            yield inner
        elif inner.tag not in ("del", "moveFrom"):
            yield from boxes_of(_chosen(inner))


def is_mark_deleted(properties: Element | None) -> bool:
    """Whether the paragraph's end was struck out in tracking, so that the next one goes on in it."""
    return child(properties, "rPr", "del") is not None


def _texts(element: Element) -> Iterator[str]:
    for inner in element:
        tag = inner.tag
        if tag == "r":
            yield _run(inner)
        elif tag in _OPENED:
            yield from _texts(inner)
        elif tag in ("oMath", "oMathPara"):
            yield "".join(found.text or "" for found in inner.iter("t"))
        elif tag == "AlternateContent":
            yield from _texts(_chosen(inner))


def _run(run: Element) -> str:
    properties = child(run, "rPr")
    if is_on(properties, "vanish"):
        return ""
    text = "".join(_signs(run))
    is_struck = is_on(properties, "strike") or is_on(properties, "dstrike")
    return f"~~{text}~~" if is_struck and text.strip() else text


def _signs(run: Element) -> Iterator[str]:
    for inner in run:
        if inner.tag == "t":
            yield inner.text or ""
        elif inner.tag in _SIGNS:
            yield _SIGNS[inner.tag]
        elif inner.tag == "AlternateContent":
            yield from _signs(_chosen(inner))
        elif inner.tag == "ruby":
            yield from _texts(inner)


def _chosen(element: Element) -> Element:
    """Of a thing that stands in several forms, the first; everything else as it is."""
    if element.tag != "AlternateContent":
        return element
    forms = (child(element, "Choice"), child(element, "Fallback"))
    return next((form for form in forms if form is not None and len(form)), Element("nothing"))
