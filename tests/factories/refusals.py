"""That somebody is refused, and that nothing but the refusal's own line came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from workflow.models import AuditEvent
from workflow.models.audit_event import Outcome
from workflow.rules.refusal import Refused


def _rows(labels: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    """Every row of the applications' tables except the trail's, without the counters of its chains."""
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in {"event_seq", "last"}}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in models
        if model is not AuditEvent and model.__name__ != "TrailHead"
    }


@contextmanager
def refused(code: str, status: int | None = None, *, people: bool = False) -> Iterator[None]:
    """The block is refused with `code`: no row changes, and one line says so.

    `people`: rows of people, bureaus and roles are watched too; the cast must have been called before.
    """
    labels = ("workflow", "flows", "accounts") if people else ("workflow", "flows")
    before, lines = _rows(labels), AuditEvent.objects.count()
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code
    assert status is None or caught.value.status == status
    assert str(caught.value)
    assert _rows(labels) == before
    assert AuditEvent.objects.count() == lines + 1
    last = AuditEvent.objects.latest("pk")
    assert (last.outcome, last.reason) == (Outcome.REFUSED, code)
