"""XML as a tree of elements with plain names; a document type, entities and deep nesting are refused unread."""

import xml.parsers.expat as expat
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder

from workflow.intake.faults import Fault, UnreadableError

DEPTH_MOST = 250
ELEMENTS_MOST = 3_000_000
_CHUNK = 256 * 1024


class _Builder:
    """Builds the elements with one of the names `wanted` (the root where none is named) and forgets the rest."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.built: list[Element] = []
        self._wanted = wanted
        self._tree: TreeBuilder | None = None
        self._depth = self._began = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEPTH_MOST or self._count > ELEMENTS_MOST:
            raise UnreadableError(Fault.TOO_COSTLY)
        plain = name.rpartition("}")[2]
        if self._tree is None and (not self._wanted or plain in self._wanted):
            self._tree, self._began = TreeBuilder(), self._depth
        if self._tree is not None:
            self._tree.start(plain, {key.rpartition("}")[2]: text for key, text in attributes.items()})

    def end(self, name: str) -> None:
        if self._tree is not None:
            self._tree.end(name.rpartition("}")[2])
            if self._depth == self._began:
                self.built.append(self._tree.close())
                self._tree = None
        self._depth -= 1

    def data(self, text: str) -> None:
        if self._tree is not None:
            self._tree.data(text)


def _refuse(*_: object) -> None:
    raise UnreadableError(Fault.UNSAFE_XML)


def tree_of(data: bytes, kind: str) -> Element:
    """The root of an XML part of a file of the kind `kind` (".docx"); names without their namespace.

    Raises UnreadableError: not well formed, with a document type, nested too deeply or with too many elements.
    """
    return next(each(data, kind))


def each(data: bytes, kind: str, *names: str) -> Iterator[Element]:
    """The elements of these names one by one, none inside another, as `tree_of` has them."""
    builder = _Builder(frozenset(names))
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    for at in range(0, len(data) + 1, _CHUNK):
        try:
            parser.Parse(data[at : at + _CHUNK], at + _CHUNK > len(data))
        except (expat.ExpatError, AssertionError, ValueError, LookupError):
            raise UnreadableError(Fault.BROKEN, kind=kind) from None
        yield from builder.built
        builder.built.clear()


def child(element: Element | None, *names: str) -> Element | None:
    """The element that the path of `names` leads to, by the first child of each name."""
    for name in names:
        if element is None:
            return None
        element = element.find(name)
    return element


def value(element: Element | None, *names: str, attribute: str = "val") -> str:
    """An attribute of the element at the path; "" where there is none."""
    found = child(element, *names)
    return "" if found is None else found.get(attribute, "")


def is_on(element: Element | None, *names: str) -> bool:
    """Whether the switch at the path is there and not turned off."""
    found = child(element, *names)
    return found is not None and found.get("val", "1") not in ("0", "false", "off", "none")


def targets(rels: bytes, kind: str, base: str) -> Iterator[tuple[str, str, str]]:
    """The relationships of a part in the folder `base`: id, the last word of their type, name of the part meant."""
    if not rels:
        return
    for found in tree_of(rels, kind).iter("Relationship"):
        if found.get("TargetMode") != "External":
            target = found.get("Target", "")
            name = target if target.startswith("/") else f"{base}{target}"
            yield found.get("Id", ""), found.get("Type", "").rpartition("/")[2], _resolved(name)


def _resolved(name: str) -> str:
    steps: list[str] = []
    for step in name.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
