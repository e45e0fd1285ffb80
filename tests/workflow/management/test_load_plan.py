"""The command load_plan, as a person at a terminal meets it."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from tests.factories.cast import PersonFactory
from tests.workflow.intake.greenway import WHOLE
from workflow.intake.reading import SHIPPED_LEDGERS
from workflow.models import AuditEvent, Measure, Plan

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = ROOT.parent / "shared" / "plans" / "education-modernisation.txt"
SHIPPED = SHIPPED_LEDGERS / "education-modernisation.json"


@pytest.fixture
def greenway(tmp_path: Path) -> Path:
    path = tmp_path / "greenway.txt"
    path.write_text(WHOLE, encoding="utf-8")
    return path


def load(*args: Any, **options: Any) -> str:
    out = StringIO()
    with override("en"):
        call_command("load_plan", *args, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_a_document_is_stored_as_a_plan_in_preparation(greenway: Path) -> None:
    said = load(greenway, code="LD")
    plan = Plan.objects.get()
    assert (plan.code, plan.source_name, plan.period_start.year) == ("LD", "greenway.txt", 2026)
    assert list(Measure.objects.order_by("position").values_list("code", flat=True)) == [
        "LD-01-01",
        "LD-01-02",
        "LD-02-01",
        "LD-03-01",
        "LD-03-02",
    ]
    assert said.endswith("Stored as plan LD, in preparation.\n")
    assert "6 warnings:" in said


@pytest.mark.django_db
def test_a_document_without_a_code_takes_the_first_free_one(greenway: Path) -> None:
    load(greenway)
    assert Plan.objects.get().code == "P1"


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_says_so(greenway: Path, tmp_path: Path) -> None:
    load(greenway, code="LD")
    other = tmp_path / "gb18030.txt"
    other.write_bytes(WHOLE.encode("gb18030"))
    for path in (greenway, other):
        assert load(path) == "This plan is already loaded as LD; nothing was changed.\n"
    assert (Plan.objects.count(), Measure.objects.count(), AuditEvent.objects.count()) == (1, 5, 1)


@pytest.mark.django_db
def test_the_shipped_ledger_file_is_stored_with_its_own_code_and_its_own_dates() -> None:
    load(SHIPPED)
    plan = Plan.objects.get()
    assert (plan.code, plan.period_start.isoformat(), plan.period_end.isoformat()) == (
        "JY",
        "2025-01-01",
        "2025-12-31",
    )
    assert (plan.sections.count(), plan.measures.count()) == (9, 33)
    assert plan.measures.order_by("position").last().code == "JY-09-04"


@pytest.mark.django_db
def test_a_person_who_loads_is_named_in_the_trail(greenway: Path) -> None:
    person = PersonFactory(username="du.juan")
    load(greenway, by="du.juan")
    assert AuditEvent.objects.get().actor == person


@pytest.mark.django_db
def test_without_a_person_the_installation_loads(greenway: Path) -> None:
    load(greenway)
    event = AuditEvent.objects.get()
    assert (event.actor, event.duty) == (None, "installation")


def test_a_dry_run_touches_no_database(greenway: Path) -> None:
    data = json.loads(load(greenway, dry_run=True, format="json"))
    assert [len(section["measures"]) for section in data["sections"]] == [2, 1, 2]
    assert "Dry run: nothing was stored." in load(greenway, dry_run=True)


@pytest.mark.parametrize(
    "options", [{"by": "nobody"}, {"code": "绿道"}, {"format": "json"}], ids=["person", "code", "format"]
)
@pytest.mark.django_db
def test_an_option_that_will_not_do_is_refused_and_nothing_stored(
    greenway: Path, options: dict[str, str]
) -> None:
    with pytest.raises(CommandError) as refused:
        load(greenway, **options)
    assert refused.value.returncode == 2
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_a_person_who_has_left_cannot_load(greenway: Path) -> None:
    PersonFactory(username="gone", is_active=False)
    with pytest.raises(CommandError):
        load(greenway, by="gone")
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_a_code_that_another_plan_has_is_refused_and_nothing_stored(greenway: Path) -> None:
    load(SHIPPED)
    with pytest.raises(CommandError, match="JY") as refused:
        load(greenway, code="JY")
    assert refused.value.returncode == 2
    assert Plan.objects.count() == 1


def _folder(path: Path) -> None:
    path.mkdir()


UNREADABLE = {
    "missing": lambda _: None,
    "folder": _folder,
    "empty": lambda path: path.write_bytes(b""),
    "blank": lambda path: path.write_bytes(b" \n\n"),
    "binary": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe"),
    "utf-16 without a mark": lambda path: path.write_bytes(WHOLE.encode("utf-16-be")),
    "shift-jis": lambda path: path.write_bytes("計画の実施について。\n".encode("shift_jis")),
    "no plan": lambda path: path.write_text("今天天气很好。\n", encoding="utf-8"),
    "no period": lambda path: path.write_text("一、修桥。（责任单位：区水务局）\n", encoding="utf-8"),
    "broken json": lambda path: path.write_text("{", encoding="utf-8"),
    "other json": lambda path: path.write_text('{"title": "绿道"}', encoding="utf-8"),
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_that_is_no_plan_is_refused_with_one_line(name: str, dry_run: bool, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    UNREADABLE[name](path)
    with pytest.raises(CommandError) as refused:
        load(path, dry_run=dry_run)
    assert refused.value.returncode == 2
    assert str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_process_ends_with_2_and_one_line_on_the_error_stream(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("今天天气很好。", encoding="utf-8")
    command = [sys.executable, ROOT / "manage.py", "load_plan", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published text is not here")
@pytest.mark.django_db
def test_the_published_document_loads_whole(tmp_path: Path) -> None:
    load(SHIPPED)
    load(PUBLISHED)
    plan = Plan.objects.get(code="P1")
    assert (plan.sections.count(), plan.measures.count()) == (9, 33)
    assert sum(measure.units.count() for measure in plan.measures.all()) == 80 + 16 + 2
    gb18030 = tmp_path / "gb18030.txt"
    gb18030.write_bytes(PUBLISHED.read_text(encoding="utf-8").encode("gb18030"))
    assert "already loaded as P1" in load(gb18030)
