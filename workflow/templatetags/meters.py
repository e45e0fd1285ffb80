"""Template tags that draw small bars as SVG: no script, no inline style. They read no database."""

from collections.abc import Sequence
from typing import Protocol

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from workflow.clock.period import Elapsed

register = template.Library()


class Counted(Protocol):
    """A state with how many things are in it."""

    code: str
    label: str
    count: int


@register.simple_tag
def state_bar(counts: Sequence[Counted]) -> SafeString:
    """How many are in each state, as one bar cut by state; described in words for those who hear it."""
    shown = [one for one in counts if one.count]
    total = sum(one.count for one in shown)
    if not total:
        return SafeString("")
    pieces, x = [], 0.0
    for one in shown:
        width = 100 * one.count / total
        pieces.append((one.code, f"{x:.2f}", f"{width:.2f}", f"{one.label}: {one.count}"))
        x += width
    return format_html(
        '<span class="meter"><svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg></span>',
        "; ".join(f"{one.label}: {one.count}" for one in shown),
        format_html_join(
            "",
            '<rect class="part part-{}" x="{}" y="0" width="{}" height="10"><title>{}</title></rect>',
            pieces,
        ),
    )


@register.simple_tag
def period_bar(over: Elapsed) -> SafeString:
    """How far today lies in a period, as a bar with a mark."""
    return format_html(
        '<span class="meter meter-thin"><svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="part part-elapsed" x="0" y="0" width="{}" height="10"/></svg></span>',
        _("%(percent)s %% of the period is over") % {"percent": over.percent},
        over.percent,
    )
