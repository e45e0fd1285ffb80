"""What a check of the database found wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that contradicts itself: `what` in words for the operator, in English as logs are."""

    thing: str
    what: str

    def __str__(self) -> str:
        return f"{self.thing}: {self.what}"


def found(rows: Iterable[Model], what: str) -> Iterator[Finding]:
    """A finding for each of `rows`."""
    for row in rows:
        yield Finding(f"{row._meta.model_name} {row.pk}", what)
