"""`load_plan --edition-of`: what a later edition would change is shown first, and then brought in by a person."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.imports import importer
from tests.workflow.intake.greenway import WHOLE, changed
from workflow.actions.preparation import name_offices
from workflow.models import Measure, Plan, PlanImport
from workflow.states import PlanState

pytestmark = pytest.mark.django_db


def load(*args: Any, **options: Any) -> str:
    out = StringIO()
    with override("en"):
        call_command("load_plan", *args, stdout=out, **options)
    return out.getvalue()


OLD, NEW = "随坏随修", "当日修复"
CHANGED = [("LD-01-02", "text"), ("LD-01-02", "items")]


@pytest.fixture
def edition(tmp_path: Path, cast: Cast, clock: Clock) -> Path:
    """The greenway plan in preparation, and a file in which one sentence of it has changed."""
    first, second = tmp_path / "greenway.txt", tmp_path / "second.txt"
    first.write_text(WHOLE, encoding="utf-8")
    second.write_text(changed((OLD, NEW)), encoding="utf-8")
    load(first, code="LD")
    plan = Plan.objects.get()
    name_offices(plan, by=cast.supervisor(plan), issuer=cast.issuer, supervision_office=cast.office)
    return second


def test_a_dry_run_shows_just_what_differs_and_stores_nothing(edition: Path) -> None:
    shown = json.loads(load(edition, edition_of="LD", dry_run=True, format="json"))["edition"]
    assert [(one["code"], one["field"]) for one in shown["changed"]] == CHANGED
    assert [shown[name] for name in ("added", "moved", "dropped")] == [[], [], []]
    said = load(edition, edition_of="LD", dry_run=True)
    assert "Beside LD, edition 1:" in said
    assert "  4 measures stay as they are." in said
    assert Plan.objects.get().edition == 1


def test_a_person_who_may_brings_the_plan_in_preparation_up_to_it(edition: Path, cast: Cast) -> None:
    said = load(edition, edition_of="LD", by=importer(cast).username)
    assert said.endswith("Stored as edition 2 of LD.\n")
    plan = Plan.objects.get()
    assert (plan.edition, plan.source_name) == (2, "second.txt")
    assert Measure.objects.filter(text__contains=NEW).count() == 1
    assert PlanImport.objects.get().files.get().name == "second.txt"


def test_without_a_person_it_is_refused(edition: Path) -> None:
    with pytest.raises(CommandError, match="name one with --by"):
        load(edition, edition_of="LD")


def test_who_may_not_leaves_nothing_behind(edition: Path, cast: Cast) -> None:
    with pytest.raises(CommandError, match="Your roles do not allow this here"):
        load(edition, edition_of="LD", by=cast.stranger().username)
    assert not PlanImport.objects.exists()


def test_a_plan_on_the_ledger_asks_for_a_reason(edition: Path, cast: Cast) -> None:
    Plan.objects.update(state=PlanState.ON_LEDGER)
    person = importer(cast).username
    with pytest.raises(CommandError, match="say with --reason"):
        load(edition, edition_of="LD", by=person)
    load(edition, edition_of="LD", by=person, reason="按新版调整")
    assert Plan.objects.get().edition == 2


def test_an_unknown_code_is_said(edition: Path) -> None:
    with pytest.raises(CommandError, match="There is no plan with the code “XX”"):
        load(edition, edition_of="XX", dry_run=True)


def test_the_same_source_again_is_refused_and_leaves_no_import(edition: Path, cast: Cast) -> None:
    first = edition.with_name("greenway.txt")
    with pytest.raises(CommandError):
        load(first, edition_of="LD", by=importer(cast).username)
    assert not PlanImport.objects.exists()
