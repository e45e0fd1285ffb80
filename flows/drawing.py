"""Draws the route of `flows/chart.py` as one SVG: lying for wide pages and paper, upright for narrow ones.

No script and no style sheet is needed: colours are attributes, so that the drawing prints; and every
standing is a mark (tick, dot) as well as a colour.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from flows.chart import PER_BUREAU, Facts, Standing, Station, describe, stations

INK = {Standing.DONE: "#175c33", Standing.HERE: "#ffffff", Standing.AHEAD: "#4a5565"}
FILL = {Standing.DONE: "#eaf6ee", Standing.HERE: "#1f4e9e", Standing.AHEAD: "#ffffff"}
EDGE = {Standing.DONE: "#5b9d75", Standing.HERE: "#1f4e9e", Standing.AHEAD: "#aab3c1"}
WIRE = "#7b8798"
FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"

BOX_WIDTH, BOX_HEIGHT, GAP, TOP, EDGE_ROOM = 104, 54, 26, 62, 18
STEP, DOT, RAIL, RIGHT, TALL_WIDTH = 54, 11, 26, 262, 330


class Drawn(NamedTuple):
    """The parts of a drawing and its size."""

    parts: list[SafeString]
    width: int
    height: int


def draw(facts: Facts, *, tall: bool = False) -> SafeString:
    """The route as an SVG with title and description; `tall` stands it upright."""
    name = f"route-{facts.code}-{'tall' if tall else 'wide'}"
    drawn = (_tall if tall else _wide)(stations(facts), facts, name)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
        ' aria-labelledby="{n}-title {n}-desc" font-family="{f}"><title id="{n}-title">{t}</title>'
        '<desc id="{n}-desc">{d}</desc><defs><marker id="{n}-head" viewBox="0 0 8 8" refX="7" refY="4"'
        ' markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="{k}"/>'
        "</marker></defs>{body}</svg>",
        w=drawn.width,
        h=drawn.height,
        n=name,
        f=FONT,
        k=WIRE,
        t=_("Route of %(code)s") % {"code": facts.code},
        d=describe(facts),
        body=format_html_join("", "{}", ((part,) for part in drawn.parts)),
    )


def _wide(steps: list[Station], facts: Facts, name: str) -> Drawn:
    """Boxes from left to right, the way back beneath, the way to the next cycle above."""
    left = {s.name: EDGE_ROOM + n * (BOX_WIDTH + GAP) for n, s in enumerate(steps)}
    middle = TOP + BOX_HEIGHT // 2
    end = EDGE_ROOM + len(steps) * (BOX_WIDTH + GAP) + 12
    span = left["review"] - left["accept"] + BOX_WIDTH + 24
    parts = [_frame(left["accept"] - 12, TOP - 26, span, 94, facts)]
    for step in steps:
        x = left[step.name]
        parts += [_box(x, step), _wire(name, f"M{x + BOX_WIDTH} {middle}h{GAP - 2}")]
    done = facts.open_items == {} and steps[-1].standing is Standing.DONE
    parts.append(_end(end, middle, done=done))
    parts += _way_back(left, name)
    if facts.cycles > 1:
        parts += _next_cycle(left, name)
    return Drawn(parts, end + 14 + EDGE_ROOM, TOP + BOX_HEIGHT + 52)


def _way_back(left: dict[str, int], name: str) -> list[SafeString]:
    """From verification, and from a failed evaluation, back to the bureaus named."""
    bottom = TOP + BOX_HEIGHT
    to, lane = left["fill"] + BOX_WIDTH // 2, bottom + 32
    verify = left["verify"] + BOX_WIDTH // 2
    parts = [_wire(name, f"M{verify} {bottom}V{lane}H{to}V{bottom + 2}", dashed=True)]
    if "evaluate" in left:
        failed = left["evaluate"] + BOX_WIDTH // 2
        parts.append(_wire(name, f"M{failed} {bottom}V{lane}H{verify + 8}", dashed=True))
    return [*parts, _label((to + verify) // 2, lane, _("returned with a reason"))]


def _next_cycle(left: dict[str, int], name: str) -> list[SafeString]:
    """From the last station to the next cycle's reports."""
    start, to, lane = left["close"] + BOX_WIDTH // 2, left["fill"] + BOX_WIDTH // 2, 14
    return [
        _wire(name, f"M{start} {TOP}V{lane}H{to}V{TOP - 2}", dashed=True),
        _label((start + to) // 2, lane, _("cycle closed, next cycle")),
    ]


def _tall(steps: list[Station], facts: Facts, name: str) -> Drawn:
    """Dots on a rail from top to bottom, the way back on the right."""
    y = {s.name: 34 + n * STEP + (22 if n else 0) for n, s in enumerate(steps)}
    height = y[steps[-1].name] + 40
    parts = [_frame(8, y["accept"] - 34, RIGHT - 22, 2 * STEP + 62, facts, indent=42)]
    for here, there in zip(steps, steps[1:], strict=False):
        parts.append(_wire(name, f"M{RAIL} {y[here.name] + DOT}V{y[there.name] - DOT - 2}"))
    for step in steps:
        parts += _dot(y[step.name], step)
    back = f"M{RIGHT - 60} {y['verify']}H{RIGHT + 10}V{y['fill']}H{RIGHT - 60}"
    middle = (y["verify"] + y["review"]) // 2 + 6
    parts += [_wire(name, back, dashed=True), _label(RIGHT + 10, middle, _("returned"))]
    if facts.cycles > 1:
        onward = f"M{RIGHT - 60} {y['close']}H{TALL_WIDTH - 10}V{y['fill'] - 8}H{RIGHT - 60}"
        parts += [_wire(name, onward, dashed=True), _label(TALL_WIDTH - 42, y["close"] - 14, _("next cycle"))]
    return Drawn(parts, TALL_WIDTH, height)


def _frame(x: int, y: int, width: int, height: int, facts: Facts, *, indent: int = 12) -> SafeString:
    """The frame around what every bureau does on its own."""
    text = ngettext("%(count)s bureau", "each of %(count)s bureaus", facts.shares) % {"count": facts.shares}
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="8" fill="#f6f8fb" stroke="#c5ccd7" stroke-dasharray="3 3"/>{}',
        x,
        y,
        width,
        height,
        _text(x + indent, y + 17, text if facts.shares else _("every bureau"), size=12, anchor="start"),
    )


def _box(x: int, step: Station) -> SafeString:
    """One station of the lying drawing."""
    mark = _mark(step)
    centre, ink = x + BOX_WIDTH / 2, INK[step.standing]
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="7" fill="{}" stroke="{}" stroke-width="1.5"/>{}{}',
        x,
        TOP,
        BOX_WIDTH,
        BOX_HEIGHT,
        FILL[step.standing],
        EDGE[step.standing],
        _text(centre, TOP + (23 if mark else 32), step.label, ink=ink, bold=True),
        _text(centre, TOP + 42, mark, size=12, ink=ink) if mark else "",
    )


def _dot(y: int, step: Station) -> Iterable[SafeString]:
    """One station of the upright drawing."""
    yield format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="2"/>',
        RAIL,
        y,
        DOT,
        FILL[step.standing],
        EDGE[step.standing],
    )
    if step.standing is not Standing.AHEAD:
        sign = "✓" if step.standing is Standing.DONE else "●"
        yield _text(RAIL, y + 4, sign, size=12, ink=INK[step.standing], bold=True)
    ink = EDGE[Standing.HERE] if step.standing is Standing.HERE else "#1d2735"
    yield _text(50, y + 5, step.label, size=15, ink=ink, bold=step.standing is Standing.HERE, anchor="start")
    if step.note:
        yield _text(RIGHT - 66, y + 5, step.note, size=13, ink="#4a5565", anchor="end")


def _end(x: int, y: int, *, done: bool) -> SafeString:
    """The ring at the end: struck off."""
    return format_html(
        '<circle cx="{}" cy="{}" r="12" fill="{}" stroke="{}" stroke-width="3"/>',
        x,
        y,
        FILL[Standing.DONE] if done else "#ffffff",
        EDGE[Standing.DONE] if done else WIRE,
    )


def _mark(step: Station) -> str:
    """The second line of a station, led by a tick or a dot."""
    if step.standing is Standing.HERE:
        return f"● {step.note or _('here now')}"
    if step.standing is Standing.DONE:
        return f"✓ {step.note}".rstrip()
    return step.note


def _wire(name: str, path: str, *, dashed: bool = False) -> SafeString:
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="1.5"{} marker-end="url(#{}-head)"/>',
        path,
        WIRE,
        mark_safe(' stroke-dasharray="4 4"') if dashed else "",  # noqa: S308 - a constant
        name,
    )


def _label(x: int, y: int, text: str) -> SafeString:
    """A word on a wire, with a white ground so that the line does not strike it through."""
    width = sum(13 if ord(sign) > 0x2E7F else 6.6 for sign in text) + 12
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="18" fill="#ffffff"/>{}',
        x - width / 2,
        y - 9,
        width,
        _text(x, y + 4, text, size=12, ink="#4a5565"),
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 14,
    ink: str = "#4a5565",
    bold: bool = False,
    anchor: str = "middle",
) -> SafeString:
    weight = "600" if bold else "400"
    return format_html(
        '<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}" text-anchor="{}">{}</text>',
        x,
        y,
        size,
        weight,
        ink,
        anchor,
        text,
    )
