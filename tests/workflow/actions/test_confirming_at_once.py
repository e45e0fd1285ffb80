"""Two imports that become plans at the same moment: each is made, or refused with a sentence."""

import threading
from dataclasses import replace

import pytest
from django.db import connection

from accounts.models import Bureau
from tests.factories.cast import Cast
from tests.factories.imports import bridge, drafted_import, importer, read_draft
from workflow.actions.import_confirmation import Checked, confirm_import
from workflow.actions.import_edits import decide_names
from workflow.actions.importing import ReadSection
from workflow.actions.plan_input import UnitInput
from workflow.intake.draft import measure_data
from workflow.models import Plan, PlanImport, ResponsibleUnit
from workflow.pages.importing.confirm import plan_of
from workflow.queries.unit_names import LONGEST_NAME, unit_names
from workflow.rules.refusal import Invalid, Refused


def naming(cast: Cast, unit: UnitInput, digit: str) -> PlanImport:
    """An import of one measure, that unit's, whose bureau is to be added."""
    measure = measure_data(replace(bridge(), units=[unit]))
    row = drafted_import(cast, read_draft([ReadSection("一", "节", [measure])], digit * 64))
    decide_names(row, by=importer(cast), decisions={unit.text: {"create": "bureau"}})
    row.refresh_from_db()
    return row


def at_once(cast: Cast, rows: list[PlanImport], codes: list[str]) -> list[str]:
    """What came of confirming them in the same moment."""
    people = [importer(cast, 1), importer(cast, 2)]
    checked = [Checked(plan_of(row), row.version, code) for row, code in zip(rows, codes, strict=True)]
    barrier, answers = threading.Barrier(2), []

    def confirms(n: int) -> None:
        try:
            barrier.wait()
            confirm_import(rows[n], checked[n], by=people[n])
            answers.append("made")
        except Refused as refusal:
            answers.append(refusal.code)
        except Exception as wrong:  # noqa: BLE001 - what nobody should see is the very question
            answers.append(repr(wrong))
        finally:
            connection.close()

    threads = [threading.Thread(target=confirms, args=(n,)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_plans_that_ask_for_one_code_are_one_plan_and_a_refusal(cast: Cast) -> None:
    rows = [naming(cast, UnitInput("水务局", "bureau"), digit) for digit in "12"]
    assert at_once(cast, rows, ["LD", "LD"]) == ["made", "plan.code_taken"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_plans_with_new_bureaus_are_both_made(cast: Cast) -> None:
    rows = [
        naming(cast, UnitInput(f"{name}局", "bureau"), digit)
        for name, digit in (("水务", "1"), ("气象", "2"))
    ]
    assert at_once(cast, rows, ["LA", "LB"]) == ["made", "made"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_plans_with_the_same_new_bureau_share_it(cast: Cast) -> None:
    rows = [naming(cast, UnitInput("水务局", "bureau"), digit) for digit in "12"]
    assert at_once(cast, rows, ["LA", "LB"]) == ["made", "made"]
    water = Bureau.objects.get(name="水务局")
    assert set(ResponsibleUnit.objects.values_list("bureau", flat=True)) == {water.pk}


@pytest.mark.django_db
def test_a_name_too_long_for_a_bureau_is_refused_with_a_sentence(cast: Cast) -> None:
    row = naming(cast, UnitInput("长" * LONGEST_NAME + "局", "bureau"), "3")
    with pytest.raises(Invalid) as refusal:
        confirm_import(row, Checked(plan_of(row), row.version, "LD"), by=importer(cast))
    assert refusal.value.code == "import.bureau_long"
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_a_name_too_long_for_a_bureau_is_not_missing(cast: Cast) -> None:
    row = naming(cast, UnitInput("长" * LONGEST_NAME + "局", "bureau"), "4")
    row.bureaus = {}
    [name] = unit_names(row)
    assert (name.is_open, name.is_missing) == (True, False)


@pytest.mark.django_db
def test_a_second_name_too_long_for_a_bureau_is_left_out(cast: Cast) -> None:
    row = naming(cast, UnitInput("水务局", "bureau", alias="长" * (LONGEST_NAME + 1)), "5")
    confirm_import(row, Checked(plan_of(row), row.version, "LD"), by=importer(cast))
    assert not Bureau.objects.get(name="水务局").aliases.exists()
