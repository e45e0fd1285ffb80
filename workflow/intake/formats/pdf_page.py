"""What PDFium finds on a page: signs with their boxes, and the straight lines that are drawn."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

SIGNS_MOST = 60_000
RULINGS_MOST = 12_000
_FORMS_DEEPEST = 6
_THIN = 3.0
_STRAIGHT = 0.7
_SLANTED = 0.2
_UNMAPPED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page as it is shown; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.bottom + self.top) / 2

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign with its box and the size of its type; `is_apart` where a blank is seen before it."""

    sign: str
    box: Box
    size: float
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: at `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """The page's size as shown, its signs, its lines, and whether it shows pictures."""

    box: Box
    glyphs: tuple[Glyph, ...]
    level: tuple[Ruling, ...]
    upright: tuple[Ruling, ...]
    has_pictures: bool


Turn = Callable[[float, float], tuple[float, float]]
_TURNS: tuple[Turn, ...] = (
    lambda x, y: (x, y),
    lambda x, y: (y, -x),
    lambda x, y: (-x, -y),
    lambda x, y: (-y, x),
)


def read_page(page: pdfium.PdfPage) -> Page:
    """What is on a page, turned as it is shown."""
    turn = _TURNS[page.get_rotation() // 90 % 4]
    drawing = _Drawing(turn)
    drawing.over(raw.FPDFPage_CountObjects(page), lambda n: raw.FPDFPage_GetObject(page, n), _SAME, 0)
    glyphs = tuple(_glyphs(page.get_textpage(), turn))
    if len(drawing.level) + len(drawing.upright) > RULINGS_MOST:
        drawing.level.clear()
        drawing.upright.clear()
    box = _box(turn, *page.get_bbox())
    return Page(box, glyphs, tuple(drawing.level), tuple(drawing.upright), drawing.has_pictures)


def _box(turn: Turn, left: float, bottom: float, right: float, top: float) -> Box:
    (a, b), (c, d) = turn(left, bottom), turn(right, top)
    return Box(min(a, c), min(b, d), max(a, c), max(b, d))


def _glyphs(text: pdfium.PdfTextPage, turn: Turn) -> Iterator[Glyph]:
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    is_apart = False
    for n in range(min(raw.FPDFText_CountChars(text), SIGNS_MOST)):
        code = raw.FPDFText_GetUnicode(text, n)
        if raw.FPDFText_IsGenerated(text, n) == 1 or code in (2, 10, 13):
            is_apart = True
            continue
        if not raw.FPDFText_GetLooseCharBox(text, n, rect):
            continue
        raw.FPDFText_GetMatrix(text, n, matrix)
        if min(abs(matrix.a), abs(matrix.b)) > _SLANTED * max(abs(matrix.a), abs(matrix.b)):
            continue  # a watermark
        size = raw.FPDFText_GetFontSize(text, n) * hypot(matrix.c, matrix.d)
        is_mapped = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
        is_mapped = is_mapped and raw.FPDFText_HasUnicodeMapError(text, n) != 1
        box = _box(turn, rect.left, rect.bottom, rect.right, rect.top)
        yield Glyph(chr(code) if is_mapped else _UNMAPPED, box, min(max(size, 1.0), 500.0), is_apart)
        is_apart = False


Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


class _Drawing:
    """Collects the lines of a page, inside its forms too."""

    def __init__(self, turn: Turn) -> None:
        self.level: list[Ruling] = []
        self.upright: list[Ruling] = []
        self.has_pictures = False
        self._turn = turn

    def over(self, count: int, get: Callable[[int], Any], matrix: Matrix, depth: int) -> None:
        for n in range(min(count, 4 * RULINGS_MOST)):
            if len(self.level) + len(self.upright) > RULINGS_MOST:
                return
            thing = get(n)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.has_pictures = True
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, _times(_matrix(thing), matrix))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORMS_DEEPEST:
                inner = raw.FPDFFormObj_CountObjects(thing)
                self.over(inner, _within(thing), _times(_matrix(thing), matrix), depth + 1)

    def _path(self, path: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        if not (fill.value or stroke.value):
            return
        for outline in _outlines(path):
            points = [self._turn(*_moved(point, matrix)) for point in outline]
            if stroke.value:
                for start, end in pairwise(points):
                    self._line(start, end)
            else:
                self._thin_area(points)

    def _thin_area(self, points: list[tuple[float, float]]) -> None:
        """A filled area that is so thin that it is a line."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) - min(xs) <= _THIN or max(ys) - min(ys) <= _THIN:
            is_level = max(xs) - min(xs) >= max(ys) - min(ys)
            x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            if is_level:
                self._line((min(xs), y), (max(xs), y))
            else:
                self._line((x, min(ys)), (x, max(ys)))

    def _line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        across, along = abs(start[0] - end[0]), abs(start[1] - end[1])
        if along <= _STRAIGHT < across:
            self.level.append(Ruling((start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0])))
        elif across <= _STRAIGHT < along:
            self.upright.append(Ruling((start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1])))


def _within(form: Any) -> Callable[[int], Any]:
    return lambda n: raw.FPDFFormObj_GetObject(form, n)


def _outlines(path: Any) -> Iterator[list[tuple[float, float]]]:
    """The straight-sided outlines of a path, closed ones with their first point again at the end."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(raw.FPDFPath_CountSegments(path), 4 * RULINGS_MOST)):
        segment = raw.FPDFPath_GetPathSegment(path, n)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _matrix(thing: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _moved(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
