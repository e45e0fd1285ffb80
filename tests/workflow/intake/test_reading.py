"""From a file to a plan as read."""

import json
from pathlib import Path

import pytest

from tests.workflow.intake.greenway import LIST, NARRATIVE, WHOLE, measures, read, units
from tests.workflow.intake.test_ledger_file import LEDGER
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.formats.door import LIMIT_BYTES
from workflow.intake.reading import SHIPPED_LEDGERS, read_bytes, read_file


def test_a_document_is_read_alike_in_every_encoding(tmp_path: Path) -> None:
    plans = []
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(WHOLE.encode(encoding))
        plans.append(read_file(path))
    assert {plan.plan.source_hash for plan in plans} == {read().plan.source_hash}
    assert all(plan.plan.sections == read().plan.sections for plan in plans)
    assert plans[0].plan.source_name == "utf-8.txt"


@pytest.mark.parametrize("name", ["greenway.json", "greenway.JSON", "greenway", "greenway.txt"])
def test_a_ledger_file_is_known_by_what_it_holds(name: str) -> None:
    assert read_bytes(json.dumps(LEDGER).encode(), name).code == "LD"


def test_json_that_is_no_ledger_is_told_so_by_its_name() -> None:
    with pytest.raises(IntakeError) as refused:
        read_bytes("绿道".encode(), "greenway.json")
    assert refused.value.fault is Fault.NOT_JSON


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("x", encoding="utf-8")
    for path, fault in [
        (tmp_path / "none.txt", Fault.MISSING),
        (tmp_path / "text" / "below.txt", Fault.MISSING),
        (tmp_path, Fault.FOLDER),
        (tmp_path / ("x" * 5000), Fault.UNREADABLE),
        (Path("a\x00b"), Fault.UNREADABLE),
    ]:
        with pytest.raises(IntakeError) as refused:
            read_file(path)
        assert refused.value.fault is fault
        assert "\n" not in str(refused.value)


def test_an_endless_file_is_refused_without_reading_all_of_it() -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("there is no endless file here")
    with pytest.raises(IntakeError) as refused:
        read_file(endless)
    assert refused.value.fault is Fault.TOO_LARGE


def test_a_file_of_the_most_bytes_is_not_refused_for_them(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    data = WHOLE.encode()
    path.write_bytes(data + b" " * 20_000 + b"\n" * 200_000)
    assert read_file(path).plan.source_hash == read().plan.source_hash
    path.write_bytes(data + b"\n" * (LIMIT_BYTES + 1 - len(data)))
    with pytest.raises(IntakeError) as refused:
        read_file(path)
    assert refused.value.fault is Fault.TOO_LARGE


def test_a_plan_and_its_annexed_list_may_come_in_two_files(tmp_path: Path) -> None:
    for name, text in (("plan.txt", NARRATIVE), ("list.txt", LIST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    plan = read_file(tmp_path / "plan.txt", tmp_path / "list.txt")
    assert plan.plan.source_name == "plan.txt、list.txt"
    assert plan.place_of(plan.files[1][0]) == ("list.txt", 1)
    together = measures(read())
    for title, measure in measures(plan).items():
        assert (measure.schedule, units(measure)) == (together[title].schedule, units(together[title]))
        start, end = measure.spans["schedule"] if measure.schedule else (0, 0)
        assert plan.text[start:end] == measure.schedule


def test_every_shipped_ledger_file_can_be_read() -> None:
    paths = sorted(SHIPPED_LEDGERS.glob("*.json"))
    assert paths
    assert all(read_file(path).plan.sections for path in paths)
