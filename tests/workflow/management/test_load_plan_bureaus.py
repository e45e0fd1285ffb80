"""The command load_plan with --create-bureaus."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from accounts.models import Bureau
from tests.factories.cast import PersonFactory
from tests.workflow.intake.greenway import WHOLE
from workflow.models import Plan, ResponsibleUnit
from workflow.models.responsible_unit import UnitKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def greenway(tmp_path: Path) -> Path:
    path = tmp_path / "greenway.txt"
    path.write_text(WHOLE, encoding="utf-8")
    return path


def load(*args: object, **options: object) -> str:
    out = StringIO()
    with override("en"):
        call_command("load_plan", *args, stdout=out, **options)
    return out.getvalue()


def test_the_missing_bureaus_are_added_and_named(greenway: Path) -> None:
    said = load(greenway, code="LD", create_bureaus=True)
    names = list(Bureau.objects.values_list("name", flat=True))
    assert "区园林局" in names
    assert f"Bureaus added: {'、'.join(names)}." in said
    assert "nobody is tied" not in said
    units = ResponsibleUnit.objects.filter(kind=UnitKind.BUREAU)
    assert units.exists()
    assert not units.filter(bureau=None).exists()


def test_without_the_wish_they_are_listed_and_wait(greenway: Path) -> None:
    said = load(greenway, code="LD")
    assert not Bureau.objects.exists()
    assert "nobody is tied to them yet: 区园林局" in said
    assert "Bureaus added" not in said


def test_somebody_who_keeps_no_bureaus_is_refused_and_nothing_is_stored(greenway: Path) -> None:
    person = PersonFactory()
    with pytest.raises(CommandError):
        load(greenway, code="LD", create_bureaus=True, by=person.username)
    assert (Bureau.objects.count(), Plan.objects.count()) == (0, 0)
