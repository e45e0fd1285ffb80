"""The key of the next page as an address carries it: a day or moment and an id."""

from datetime import date, datetime

SEPARATOR = "~"


def write_cursor(key: tuple[date | datetime, int] | None) -> str:
    """The key as text; "" for the last page."""
    return "" if key is None else f"{key[0].isoformat()}{SEPARATOR}{key[1]}"


def read_day(text: str) -> tuple[date, int] | None:
    """A key of a day and an id; None for what cannot be read, so that an old link still opens a page."""
    day, _, number = text.partition(SEPARATOR)
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def read_moment(text: str) -> tuple[datetime, int] | None:
    """A key of a moment and an id; None for what cannot be read."""
    moment, _, number = text.partition(SEPARATOR)
    try:
        found = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
    return None if found[0].tzinfo is None else found
