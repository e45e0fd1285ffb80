"""Where an action comes from: the address and the client of the request being answered; nothing for commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The network address and what the client calls itself."""

    address: str = ""
    client: str = ""


NOWHERE = Origin()
_ORIGIN = ContextVar("origin", default=NOWHERE)


def origin() -> Origin:
    """Where what happens now comes from."""
    return _ORIGIN.get()


@contextmanager
def coming_from(place: Origin) -> Iterator[None]:
    """Let everything inside come from `place`."""
    before = _ORIGIN.set(place)
    try:
        yield
    finally:
        _ORIGIN.reset(before)
