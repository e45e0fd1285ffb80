"""The lines of the inbox, each written at one go: a page has fifty of them, and a dozen tags on every line would cost more
than everything that is read for them.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from workflow.models import Measure
from workflow.queries.item_lamps import LampSeen
from workflow.queries.returns import Return
from workflow.templatetags.ledger import Stateful, badge, due, icon, lamp, state

register = template.Library()

REASON = 40
"""Characters of the reason of a return that a line has room for."""


class Item(Protocol):
    """What a line needs of its work item."""

    pk: int
    due: date
    measure: Measure


class Row(Protocol):
    """A work item as the inbox shows it: `workflow.pages.rows.ItemRow`."""

    item: Item
    step: str
    code: str
    title: str
    bureau: str
    thing: Stateful
    days_left: int | None
    lamp: LampSeen | None
    came_back: Return | None
    work_url: str
    claim_url: str
    is_suspended: bool


@register.simple_tag
def work_lines(rows: Iterable[Row], kept_apart: Collection[int] | None = None) -> SafeString:
    """A table row for each of `rows`. With `kept_apart`, the items that separation keeps the reader from, each of the
    others has its button to claim; it sends the form "claim".
    """
    hand = icon("hand")
    claim, apart = _("Claim"), format_html('<span class="quiet small">{}</span>', _("not yours to decide"))
    written = []
    for row in rows:
        act = SafeString()
        if kept_apart is not None:
            act = apart if row.item.pk in kept_apart else _claim(row, hand, claim)
            act = SafeString(f'<td class="act">{act}</td>')
        written.append(_line(row, act))
    return SafeString("".join(written))


def _line(row: Row, act: SafeString) -> SafeString:
    return format_html(
        '<tr><td class="first">{}</td><td class="code first">{}</td>'
        '<td class="title"><a href="{}">{}</a>{}{}</td>'
        '<td class="nowrap"><b class="step-word">{}</b></td><td>{}</td><td>{}</td><td>{}</td>{}</tr>',
        due(row.item.due, row.days_left),
        row.code,
        row.work_url,
        row.title,
        _suspended(row.item.measure) if row.is_suspended else "",
        _returned(row.came_back) if row.came_back else "",
        row.step,
        row.bureau,
        state(row.thing),
        lamp(row.lamp.colour, row.lamp.reason) if row.lamp else "",
        act,
    )


def _claim(row: Row, hand: SafeString, claim: str) -> SafeString:
    return format_html(
        '<button class="btn btn-sm btn-primary" form="claim" formaction="{}">{}&nbsp;{}'
        '<span class="visually-hidden"> {} {}</span></button>',
        row.claim_url,
        hand,
        claim,
        row.step,
        row.code,
    )


def _suspended(measure: Measure) -> SafeString:
    until = _("until %(until)s") % {"until": f"{measure.suspended_until:%Y-%m-%d}"}
    return format_html(
        ' {} <span class="small quiet nowrap">{}</span>', badge("cancelled", _("suspended")), until
    )


def _returned(came_back: Return) -> SafeString:
    reason = Truncator(came_back.reason).chars(REASON)
    return format_html('<p class="row-back small">{} {}</p>', badge("failed", _("returned")), reason)
