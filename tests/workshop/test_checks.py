"""`dev.py check`: every part runs, and one that fails fails the whole."""

import pytest

from workshop import checks
from workshop.checks import Part
from workshop.running import StoppedError

GOOD = Part("good", ("-c", "print('fine')"))
BAD = Part("bad", ("-c", "print('a fault at line 3'); raise SystemExit(1)"))


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PARTS", (BAD, GOOD, Part("worse", ("-c", "1 / 0"))))


@pytest.mark.usefixtures("parts")
def test_a_check__with_faults__tells_each_of_them_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert checks.check([]) == 1
    said = capsys.readouterr().out
    assert "a fault at line 3" in said
    assert "ZeroDivisionError" in said
    assert said.strip().endswith("check: 2 of 3 parts failed: bad, worse")


@pytest.mark.usefixtures("parts")
def test_a_check__of_a_part_that_is_right__passes_without_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert checks.check(["good"]) == 0
    assert capsys.readouterr().out.strip().endswith("check: all 1 parts passed")


@pytest.mark.usefixtures("parts")
def test_a_check__of_an_unknown_part__names_those_there_are() -> None:
    with pytest.raises(StoppedError, match="bad, good, worse"):
        checks.check(["goood"])


def test_a_part__sees_its_own_variables() -> None:
    part = Part("told", ("-c", "import os; print(os.environ['DUBAN_TOLD'])"), {"DUBAN_TOLD": "so"})
    assert checks.run_part(part).output == "so"
