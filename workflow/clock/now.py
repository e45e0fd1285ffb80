"""The one clock. Business time comes from here, so that tests and the sample can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

DEFAULT_ZONE = "Asia/Shanghai"
_set_time: ContextVar[datetime | None] = ContextVar("duban_business_time", default=None)


def now() -> datetime:
    """Business time: an aware datetime."""
    return _set_time.get() or timezone.now()


def today(zone: str = DEFAULT_ZONE) -> date:
    """The day it is in `zone`; a day ends at 24:00 there (DESIGN.md, Time)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` (aware) inside the block."""
    token = _set_time.set(moment)
    try:
        yield
    finally:
        _set_time.reset(token)
