"""PDF files of our own making: signs at places and lines, in a font that the reader is not given."""

from collections.abc import Sequence
from dataclasses import dataclass, field

SIZE = 12
WIDTH, HEIGHT = 595, 842
FONT = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
)
SHAPE = (
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
    " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>"
)
LEFT, RIGHT = 72, 72 + 36 * SIZE
"""Lines of full width hold 36 signs."""


@dataclass
class Sheet:
    """A page to draw on; y grows upwards."""

    drawn: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        code = text.encode("utf-16-be").hex().upper()
        self.drawn.append(f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET")

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self.drawn.append(f"0.5 w {x} {y} m {to_x} {to_y} l S")

    def thin(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A line as a filled area."""
        self.drawn.append(f"{x} {y} {max(to_x - x, 0.5)} {max(to_y - y, 0.5)} re f")


def pdf(pages: Sequence[Sheet], *, turned: int = 0, size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF of the pages."""
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        FONT,
        SHAPE,
    ]
    for n, page in enumerate(pages):
        stream = "\n".join(page.drawn)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {turned}"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    out = b"%PDF-1.5\n"
    places = []
    for n, inner in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{n} 0 obj\n{inner}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + (head + tail).encode("ascii")


def grid(
    page: Sheet, xs: Sequence[float], ys: Sequence[float], *, without: Sequence[tuple[int, int]] = ()
) -> None:
    """The lines of a table; `without` names the places (row, column) that have no line below them."""
    for x in xs:
        page.line(x, ys[0], x, ys[-1])
    for row, y in enumerate(ys):
        for column in range(len(xs) - 1):
            if (row - 1, column) not in without:
                page.thin(xs[column], y, xs[column + 1], y)


def fill(page: Sheet, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
    """The texts of a table, each in lines from its cell's head."""
    for y, row in zip(ys, rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            for n, line in enumerate(text.split("\n")):
                page.text(x + 5, y - 14 - n * 14, line, 10)
