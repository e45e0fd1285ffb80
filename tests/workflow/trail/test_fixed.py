"""Nothing can change or delete a line of the trail through the ORM or the admin."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.admin.sites import all_sites
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector, ProtectedError

from tests.factories.cast import Cast
from tests.factories.road import Road
from workflow.models import AuditEvent, Measure
from workflow.models.audit_event import TrailIsFixedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(road: Road) -> AuditEvent:
    """A line of a dispatched measure."""
    return AuditEvent.objects.filter(measure=road.measure(supporting=0)).latest("seq")


def _changed(line: AuditEvent) -> AuditEvent:
    line.reason = "forged"
    return line


CHANGES: dict[str, Callable[[AuditEvent], object]] = {
    "save": lambda line: _changed(line).save(),
    "save of one field": lambda line: _changed(line).save(update_fields=["reason"]),
    "save past the class": lambda line: models.Model.save(_changed(line)),
    "update": lambda line: AuditEvent.objects.filter(pk=line.pk).update(reason="forged"),
    "update of all": lambda line: AuditEvent.objects.update(reason="forged"),
    "bulk_update": lambda line: AuditEvent.objects.bulk_update([_changed(line)], ["reason"]),
    "update_or_create": lambda line: AuditEvent.objects.update_or_create(
        pk=line.pk, defaults={"reason": "forged"}
    ),
    "upsert": lambda line: AuditEvent.objects.bulk_create(
        [_changed(line)], update_conflicts=True, unique_fields=["id"], update_fields=["reason"]
    ),
    "silent insert": lambda line: AuditEvent.objects.bulk_create([_changed(line)], ignore_conflicts=True),
    "base manager": lambda line: AuditEvent._base_manager.filter(pk=line.pk).update(reason="forged"),
    "default manager": lambda line: AuditEvent._default_manager.filter(pk=line.pk).update(reason="forged"),
    "related manager": lambda line: line.measure.events.update(reason="forged"),  # type: ignore[union-attr]
    "moving it away": lambda line: line.measure.events.remove(line),  # type: ignore[union-attr]
    "moving all away": lambda line: line.measure.events.clear(),  # type: ignore[union-attr]
    "moving it here": lambda line: line.plan.events.add(line),  # type: ignore[union-attr]
    "putting others": lambda line: line.measure.events.set([]),  # type: ignore[union-attr]
    "the actor's lines": lambda line: line.actor.events.update(reason="forged"),  # type: ignore[union-attr]
    "a fixture": lambda line: next(
        iter(serializers.deserialize("json", serializers.serialize("json", [_changed(line)])))
    ).save(),
}
DELETIONS: dict[str, Callable[[AuditEvent], object]] = {
    "delete": AuditEvent.delete,
    "delete past the class": models.Model.delete,
    "queryset": lambda line: AuditEvent.objects.filter(pk=line.pk).delete(),
    "all": lambda line: AuditEvent.objects.all().delete(),
    "raw delete": lambda line: AuditEvent.objects.filter(pk=line.pk)._raw_delete("default"),
    "base manager": lambda line: AuditEvent._base_manager.filter(pk=line.pk).delete(),
    "related manager": lambda line: line.measure.events.all().delete(),  # type: ignore[union-attr]
    "plain queryset": lambda line: models.QuerySet(AuditEvent).filter(pk=line.pk).delete(),
    "collector": lambda line: _collect(line, "default"),
}


def _collect(line: AuditEvent, using: str) -> None:
    collector = Collector(using=using, origin=line)
    collector.collect([line])
    collector.delete()


def _stored() -> list[dict[str, object]]:
    return list(AuditEvent.objects.order_by("pk").values())


@pytest.mark.parametrize("way", CHANGES)
def test_a_line_cannot_be_changed(line: AuditEvent, way: str) -> None:
    before = _stored()
    with pytest.raises(TrailIsFixedError), transaction.atomic():
        CHANGES[way](line)
    assert _stored() == before


@pytest.mark.parametrize("way", DELETIONS)
def test_a_line_cannot_be_deleted(line: AuditEvent, way: str) -> None:
    before = _stored()
    with pytest.raises(TrailIsFixedError), transaction.atomic():
        DELETIONS[way](line)
    assert _stored() == before


def test_what_a_line_names_cannot_be_deleted(line: AuditEvent) -> None:
    for thing in (line.measure, line.plan):
        with pytest.raises(ProtectedError):
            thing.delete()  # type: ignore[union-attr]
    with pytest.raises(ProtectedError):
        Measure.objects.all().delete()


def test_nothing_that_can_be_deleted_takes_lines_with_it() -> None:
    for relation in AuditEvent._meta.get_fields():
        if relation.many_to_one and relation.concrete:
            assert relation.remote_field.on_delete is models.PROTECT  # type: ignore[union-attr]
    behind = [r for r in AuditEvent._meta.get_fields() if r.auto_created and not r.concrete]
    assert [r for r in behind if r.on_delete not in (models.PROTECT, models.DO_NOTHING)] == []  # type: ignore[union-attr]


def test_the_trail_is_in_no_admin() -> None:
    for site in all_sites:
        assert AuditEvent not in site._registry


def test_no_permission_to_change_the_trail_exists() -> None:
    assert AuditEvent._meta.default_permissions == ()
    assert apps.get_model("workflow", "TrailHead")._meta.default_permissions == ()


def test_a_line_is_by_a_person_or_a_duty_never_by_nobody_or_both(cast: Cast, line: AuditEvent) -> None:
    """A line is by a person or by a duty, never by nobody, never by both."""
    for actor, duty in ((None, ""), (cast.stranger(), "tick")):
        event = AuditEvent(
            chain="people",
            seq=1,
            actor=actor,
            duty=duty,
            action="person.register",
            at=line.at,
            outcome="done",
            recorded_at=line.at,
            hash="0" * 64,
        )
        with pytest.raises(IntegrityError, match="event_is_by_a_person_or_a_duty"), transaction.atomic():
            event.save()
