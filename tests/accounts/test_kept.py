"""People and bureaus are never deleted: the trail names them, and roles are held by their ids."""

import pytest
from django.db import models
from django.db.models.deletion import ProtectedError

from accounts.models import Appointment, Bureau, Membership, User
from accounts.models.kept import KeptForeverError
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_person_is_not_deleted(cast: Cast) -> None:
    person = cast.handler(cast.bureau("教育局"))
    for way in (person.delete, User.objects.filter(pk=person.pk).delete, User._base_manager.all().delete):
        with pytest.raises(KeptForeverError):
            way()


def test_a_person_with_a_past_is_protected_by_the_database_layer_too(cast: Cast) -> None:
    person = cast.handler(cast.bureau("教育局"))
    with pytest.raises(ProtectedError):
        models.Model.delete(person)


def test_a_bureau_is_not_deleted(cast: Cast) -> None:
    bureau = cast.bureau("教育局")
    for way in (bureau.delete, Bureau.objects.filter(pk=bureau.pk).delete, Bureau.objects.all().delete):
        with pytest.raises(KeptForeverError):
            way()
    assert Bureau.objects.filter(pk=bureau.pk).exists()


def test_there_are_no_superusers() -> None:
    with pytest.raises(TypeError, match="no superusers"):
        User.objects.create_superuser("root", "root@example.com", "secret")


def test_every_link_to_a_person_or_bureau_protects_it() -> None:
    for model in (User, Bureau):
        for relation in model._meta.related_objects:
            owned = relation.related_model.__name__ in {"BureauAlias", "LogEntry"}
            ours = relation.related_model._meta.app_label in {"accounts", "workflow", "flows"}
            if ours and not owned:
                assert relation.on_delete is models.PROTECT, relation


def test_a_membership_and_an_appointment_are_somebodys() -> None:
    for model in (Membership, Appointment):
        assert not model._meta.get_field("user").null
