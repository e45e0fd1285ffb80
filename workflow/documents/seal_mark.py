"""The seal on paper: one line and a QR code, by which a printed copy bears witness to the trail as it was that day.

Whoever keeps the paper keeps an anchor: the root of a later history that was rewritten is another one.
"""

from io import BytesIO

import segno
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.trail.sealing.marks import Mark

DOTS, RESOLUTION = 4, 180
"""Dots for a module of the code, and dots to the inch: some 3 cm on paper."""


def mark_words(mark: Mark) -> str:
    """The line under a copy, in the language in use."""
    return _(
        "Trail sealed: %(size)s lines up to %(at)s, root %(root)s; proof of %(line)s, place %(place)s"
    ) % {
        "size": mark.size,
        "at": f"{timezone.localtime(mark.at):%Y-%m-%d %H:%M}",
        "root": mark.root,
        "line": mark.line,
        "place": mark.position,
    }


def mark_code(mark: Mark) -> str:
    """What the QR code says: origin, size, root, time, line and its place, each on a line of its own."""
    at = mark.at.astimezone(tz=timezone.get_default_timezone()).isoformat(timespec="seconds")
    return "\n".join([mark.origin, str(mark.size), mark.root, at, mark.line, str(mark.position)])


def mark_png(mark: Mark) -> BytesIO:
    """The QR code as a picture for a file."""
    kept = BytesIO()
    segno.make_qr(mark_code(mark), error="m").save(kept, kind="png", scale=DOTS, border=2, dpi=RESOLUTION)
    kept.seek(0)
    return kept


def mark_image(mark: Mark) -> str:
    """The QR code as an address of data for a page."""
    return str(segno.make_qr(mark_code(mark), error="m").svg_data_uri(scale=2, border=2))
