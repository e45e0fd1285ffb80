"""Template tags of the ledger: `{% icon %}`, `{% lamp %}`, `{% state %}`, `{% due %}`, `{% left %}`.

They read no database; `{% left %}` asks the calendar, which is kept in memory. A list says the same few things on every
line, so what a tag made is kept for each language.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.clock.now import today
from workflow.models.target import Comparator
from workflow.queries.deadlines import days_left
from workflow.queries.deputies import in_both_names
from workflow.states import Lamp

register = template.Library()

NEAR = 5
"""Working days from which a due date is shown as near."""


class Stateful(Protocol):
    """Anything with an FSM state and its label."""

    state: str

    def get_state_display(self) -> str:
        """The state in words."""
        ...


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, css: str = "") -> SafeString:
    """The icon `name` of icons.svg; decoration only, hidden from readers."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def lamp(colour: str, reason: str = "") -> SafeString:
    """The lamp: a shape, a word and a colour, with its reason for who points at it or hears it."""
    return _lamp(colour, reason, get_language())


@lru_cache(maxsize=256)
def _lamp(colour: str, reason: str, language: str | None) -> SafeString:
    return format_html(
        '<span class="lamp lamp-{0}"{2}>{1}{3}</span>',
        colour,
        icon(f"lamp-{colour}"),
        format_html(' title="{}"', reason) if reason else "",
        Lamp(colour).label,
    )


@register.simple_tag
def state(thing: Stateful) -> SafeString:
    """The state of a measure, share, plan or evaluation as a badge."""
    return _state(type(thing), thing.state, get_language())


@lru_cache(maxsize=256)
def _state(model: Any, code: str, language: str | None) -> SafeString:
    return badge(code, str(dict(model._meta.get_field("state").flatchoices)[code]))


@register.simple_tag
def badge(code: str, label: str) -> SafeString:
    """A badge in the colours of state `code`."""
    return format_html('<span class="state state-{}">{}</span>', code, label)


def due_words(left: int | None) -> str:
    """How many working days are left, or by how many a date is passed; nothing when it does not matter."""
    if left is None:
        return ""
    if left < 0:
        return ngettext("%(days)s working day over", "%(days)s working days over", -left) % {"days": -left}
    if left == 0:
        return _("due today")
    return ngettext("%(days)s working day left", "%(days)s working days left", left) % {"days": left}


@register.simple_tag
def due(day: date | None, left: int | None = None) -> SafeString:
    """A due date in ISO form with the working days that are left (None: no longer counted)."""
    return _due(day, left, get_language())


@lru_cache(maxsize=4096)
def _due(day: date | None, left: int | None, language: str | None) -> SafeString:
    if day is None:
        return format_html('<span class="quiet">{}</span>', _("no date"))
    if left is None:
        return format_html('<time class="due" datetime="{0}">{0}</time>', day.isoformat())
    return format_html(
        '<span class="due"><time datetime="{0}">{0}</time> {1}</span>', day.isoformat(), _left_span(left)
    )


@register.simple_tag(name="left")
def left_until(day: date | None, *counts: object) -> SafeString:
    """The working days from today to `day`, to stand beside a date; nothing unless all of `counts` hold."""
    if day is None or not all(counts):
        return SafeString()
    return _left_span(days_left(day, today()) or 0)


def _left_span(left: int) -> SafeString:
    css = "due-late" if left < 0 else "due-near" if left <= NEAR else "quiet"
    return format_html('<span class="{} nowrap">{}</span>', css, due_words(left))


@register.simple_tag
def acted(person: User, head: User | None) -> str:
    """Who acted and, for a deputy, for which head."""
    return person.name if head is None else in_both_names(person.name, head.name)


@register.filter
def number(value: object) -> str:
    """A decimal without idle noughts: 95.0000 becomes 95."""
    text = f"{value}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def comparison(code: str) -> str:
    """The sign of a target's comparator."""
    return str(Comparator(code).label) if code else ""


@register.filter
def at(table: Mapping[object, object], key: object) -> object:
    """The entry of `key`, or nothing."""
    return table.get(key, ())
