"""Draws the route of `flows/chart.py` as one SVG: lying for wide pages and paper, upright for narrow ones.

No script and no style sheet is needed: colours are attributes, so that the drawing prints; and every
standing is a mark (tick, dot) as well as a colour.
"""

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from flows.chart import PER_BUREAU, Facts, Standing, Station, describe, stations

INK = {Standing.DONE: "#175c33", Standing.HERE: "#ffffff", Standing.AHEAD: "#4a5565"}
FILL = {Standing.DONE: "#eaf6ee", Standing.HERE: "#1f4e9e", Standing.AHEAD: "#ffffff"}
EDGE = {Standing.DONE: "#5b9d75", Standing.HERE: "#1f4e9e", Standing.AHEAD: "#aab3c1"}
WIRE = "#7b8798"
FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"

BOX_WIDTH, BOX_HEIGHT, GAP, TOP, EDGE_ROOM = 104, 54, 26, 62, 18
STEP, DOT, RAIL, RIGHT, TALL_WIDTH, TALL_LANE = 54, 11, 26, 262, 330, 342


class Drawn(NamedTuple):
    """The parts of a drawing, its size, and where it begins from above."""

    parts: list[SafeString]
    width: int
    height: int
    top: int = 0


def draw(facts: Facts, *, tall: bool = False) -> SafeString:
    """The route as an SVG with title and description; `tall` stands it upright."""
    name = f"route-{facts.code}-{'tall' if tall else 'wide'}"
    drawn = (_tall if tall else _wide)(stations(facts), facts, name)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {y} {w} {h}" width="{w}" height="{h}" role="img"'
        ' aria-labelledby="{n}-title {n}-desc" font-family="{f}"><title id="{n}-title">{t}</title>'
        '<desc id="{n}-desc">{d}</desc><defs><marker id="{n}-head" viewBox="0 0 8 8" refX="7" refY="4"'
        ' markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="{k}"/>'
        "</marker></defs>{body}</svg>",
        y=drawn.top,
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
    above = 0 if facts.cycles > 1 else 30
    return Drawn(parts, end + 14 + EDGE_ROOM, TOP + BOX_HEIGHT + 48 - above, above)


def _way_back(left: dict[str, int], name: str) -> list[SafeString]:
    """From verification, a failed evaluation and the closure back to the reports of the bureaus named."""
    bottom = TOP + BOX_HEIGHT
    to, lane = left["fill"] + BOX_WIDTH // 2, bottom + 30
    starts = [left[step] + BOX_WIDTH // 2 for step in ("verify", "evaluate", "close") if step in left]
    feeders = "".join(f"M{start} {bottom}V{lane}" for start in starts)
    return [
        _wire(name, f"M{max(starts)} {lane}H{to}V{bottom + 2}", dashed=True),
        _wire(name, feeders, dashed=True, head=False),
        _label((to + min(starts)) // 2, lane, _("returned with a reason")),
    ]


def _next_cycle(left: dict[str, int], name: str) -> list[SafeString]:
    """From the last station to the next cycle's reports."""
    start, to, lane = left["close"] + BOX_WIDTH // 2, left["fill"] + BOX_WIDTH // 2, 14
    return [
        _wire(name, f"M{start} {TOP}V{lane}H{to}V{TOP - 2}", dashed=True),
        _label((start + to) // 2, lane, _("cycle closed, next cycle")),
    ]


def _tall(steps: list[Station], facts: Facts, name: str) -> Drawn:
    """Dots on a rail from top to bottom, the way back on the right."""
    y = {s.name: 26 + n * STEP + (26 if n else 0) for n, s in enumerate(steps)}
    height = y[steps[-1].name] + 30
    parts = [_frame(8, y["accept"] - 40, RIGHT - 22, 2 * STEP + 66, facts, indent=42)]
    for here, there in itertools.pairwise(steps):
        parts.append(_wire(name, f"M{RAIL} {y[here.name] + DOT}V{y[there.name] - DOT - 2}"))
    for step in steps:
        parts += _dot(y[step.name], step)
    starts = [y[step] for step in ("verify", "evaluate", "close") if step in y]
    back = f"M{RIGHT + 10} {max(starts)}V{y['fill']}H{RIGHT - 60}"
    feeders = "".join(f"M{RIGHT - 60} {start}H{RIGHT + 10}" for start in starts)
    middle = (y["verify"] + y["review"]) // 2 + 6
    parts += [_wire(name, back, dashed=True), _wire(name, feeders, dashed=True, head=False)]
    parts.append(_label(RIGHT + 10, middle, _("returned")))
    if facts.cycles > 1:
        onward = f"M{RIGHT - 60} {y['close'] + 9}H{TALL_LANE}V{y['fill'] - 9}H{RIGHT - 60}"
        label = _label(TALL_LANE, (y["fill"] + y["review"]) // 2, _("next cycle"))
        return Drawn([*parts, _wire(name, onward, dashed=True), label], TALL_LANE + 42, height)
    return Drawn(parts, TALL_WIDTH, height)


def _frame(x: int, y: int, width: int, height: int, facts: Facts, *, indent: int = 12) -> SafeString:
    """The frame around what every bureau does on its own."""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="8" fill="#f6f8fb" stroke="#c5ccd7" stroke-dasharray="3 3"/>{}',
        x,
        y,
        width,
        height,
        _text(x + indent, y + 17, _who(facts.shares), size=12, anchor="start"),
    )


def _who(shares: int) -> str:
    """Who passes the framed stations."""
    if shares > 1:
        return _("each of %(count)s bureaus") % {"count": shares}
    return _("the one bureau") if shares else _("every bureau")


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
    if step.note and step.name in PER_BUREAU:
        yield _text(RIGHT - 66, y + 5, step.note, size=13, ink="#4a5565", anchor="end")
    elif step.note:
        yield _text(50, y + 22, step.note, size=12, ink="#4a5565", anchor="start")


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


def _wire(name: str, path: str, *, dashed: bool = False, head: bool = True) -> SafeString:
    """A line along `path`, with an arrow's head at its end unless it joins another."""
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="1.5"{}{}/>',
        path,
        WIRE,
        mark_safe(' stroke-dasharray="4 4"') if dashed else "",
        format_html(' marker-end="url(#{}-head)"', name) if head else "",
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
