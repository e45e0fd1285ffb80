"""The process that reads hostile formats: what it may use, what it is given, what its end means."""

import json
import subprocess
import sys

import pytest

from tests.workflow.intake.formats.every_format import FILES
from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats import confined, confinement
from workflow.intake.formats.confinement import ROOT, read_confined
from workflow.intake.formats.given import as_data, from_data
from workflow.intake.formats.kinds import CONFINED, Kind


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_confined_format_has_a_reader() -> None:
    assert set(confined.READERS) == CONFINED


def test_nothing_of_django_is_loaded_in_it() -> None:
    code = (
        "import sys; from workflow.intake.formats.confined import READERS, reader_of\n"
        "for kind in READERS: reader_of(kind)\n"
        "print([name for name in sys.modules if name.startswith('django')])"
    )
    assert run(code).stdout.strip() == "[]"


def test_it_cannot_take_more_memory_than_it_may() -> None:
    done = run(
        "from workflow.intake.formats.confined import limit_memory, MEMORY_LARGEST\n"
        "limit_memory(); bytearray(MEMORY_LARGEST)"
    )
    assert "MemoryError" in done.stderr


def test_one_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(UnreadableError) as stopped:
        read_confined(Kind.WEB_PAGE, FILES["plan.html"], seconds=0.001)
    assert stopped.value.fault is Fault.TOO_COSTLY


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_running_out_of_memory_or_depth_is_a_fault(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def reader(data: bytes) -> list[object]:
        raise error

    monkeypatch.setattr(confined, "reader_of", lambda kind: reader)
    assert confined.answer(Kind.WORD, b"")["fault"] == Fault.TOO_COSTLY


@pytest.mark.parametrize(
    ("output", "code"),
    [(b"", -9), (b"", -6), (b'{"blocks": []', 0), (b"", 1)],
    ids=["killed", "aborted", "cut", "failed"],
)
def test_one_that_dies_without_an_answer_was_too_costly(
    output: bytes, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        confinement.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], code, output, b"")
    )
    with pytest.raises(UnreadableError) as died:
        read_confined(Kind.PDF, b"x")
    assert died.value.fault is Fault.TOO_COSTLY


def test_it_is_given_nothing_of_the_servers_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SECRET_KEY", "secret")
    given: dict[str, object] = {}

    def keep(*_: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        given.update(options)
        return subprocess.CompletedProcess([], 0, b'{"blocks": []}', b"")

    monkeypatch.setattr(confinement.subprocess, "run", keep)
    assert read_confined(Kind.PDF, b"x") == []
    assert "secret" not in str(given["env"])


@pytest.mark.parametrize("kind", sorted(CONFINED))
def test_what_it_answers_is_what_its_reader_gives(kind: Kind) -> None:
    name = {
        Kind.WEB_PAGE: "plan.html", Kind.WORD: "plan.docx", Kind.EXCEL: "plan.xlsx", Kind.OLD_EXCEL: "plan.xls",
        Kind.PDF: "plan.pdf",
    }[kind]  # fmt: skip
    blocks = list(confined.reader_of(kind)(FILES[name]))
    passed_on = [from_data(block) for block in json.loads(json.dumps([as_data(block) for block in blocks]))]
    assert read_confined(kind, FILES[name]) == passed_on
    assert [as_data(block) for block in passed_on] == [as_data(block) for block in blocks]
