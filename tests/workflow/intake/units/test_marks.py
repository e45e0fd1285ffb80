"""Signs beside a unit."""

import pytest

from workflow.intake.units.marks import mark_of, without_mark


@pytest.mark.parametrize(
    ("unit", "mark"),
    [
        ("区园林局*", "*"),
        ("区园林局＊", "*"),
        ("★区园林局", "★"),
        ("区园林局（▲）", "▲"),
        ("市发展改革委(市粮食局)*", "*"),
    ],
)
def test_a_sign_stands_before_or_behind_the_name(unit: str, mark: str) -> None:
    assert mark_of(unit) == mark
    assert without_mark(unit) in ("区园林局", "市发展改革委(市粮食局)")


@pytest.mark.parametrize(
    "unit", ["区园林局", "公安**分局", "**局", "市公安局**", "", "★", "区园林局（林业局）"]
)
def test_a_name_without_one_stays_and_so_does_a_redacted_one(unit: str) -> None:
    assert (mark_of(unit), without_mark(unit)) == ("", unit)
