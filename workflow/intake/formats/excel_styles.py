"""How the cells of a workbook show what they hold: their number format, and whether it is struck."""

from xml.etree.ElementTree import Element

from workflow.intake.formats.excel_numbers import BUILT_IN, GENERAL
from workflow.intake.formats.xml_tree import child, is_on


class ExcelStyles:
    """What `xl/styles.xml` says; None for a workbook without it."""

    def __init__(self, root: Element | None) -> None:
        own = {x.get("numFmtId", ""): x.get("formatCode", "") for x in _all(root, "numFmts", "numFmt")}
        struck = [is_on(font, "strike") for font in _all(root, "fonts", "font")]
        self._codes: list[str] = []
        self._struck: list[bool] = []
        for style in _all(root, "cellXfs", "xf"):
            number = style.get("numFmtId", "")
            self._codes.append(own.get(number) or BUILT_IN.get(_index(number), GENERAL))
            font = _index(style.get("fontId", ""))
            self._struck.append(0 <= font < len(struck) and struck[font])

    def code(self, style: str) -> str:
        """The number format of cells with the style number `style`."""
        n = _index(style)
        return self._codes[n] if 0 <= n < len(self._codes) else GENERAL

    def is_struck(self, style: str) -> bool:
        """Whether cells of the style are struck through."""
        n = _index(style)
        return 0 <= n < len(self._struck) and self._struck[n]


def _all(root: Element | None, group: str, name: str) -> list[Element]:
    found = child(root, group)
    return [] if found is None else found.findall(name)


def _index(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 7 else -1
