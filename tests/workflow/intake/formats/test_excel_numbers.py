"""Number formats."""

import pytest

from workflow.intake.formats.excel_numbers import general, shown

DAY = "46203.5"  # 2026-06-30 12:00


@pytest.mark.parametrize(
    ("written", "code", "seen"),
    [
        ("5", "General", "5"),
        ("1234567.25", "General", "1234567.25"),
        ("0.1", "0%", "10%"),
        ("0.9555", "0.0%", "95.6%"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("12", '0"项"', "12项"),
        ("12", '"≥"0', "≥12"),
        ("3", "000", "003"),
        ("2.5", "0.##", "2.5"),
        ("2", "0.##", "2"),
        ("-3", "0", "-3"),
        ("-3", "0;(0)", "(3)"),
        ("0", '0;-0;"无"', "无"),
        ("7", "@", "7"),
        ("12345678", '0.0,"千元"', "12345.7千元"),
        ("12", "[$¥-804]#,##0", "¥12"),
        (DAY, "yyyy-mm-dd", "2026年6月30日"),
        (DAY, 'yyyy"年"m"月"', "2026年6月"),
        (DAY, "[$-804]m月d日", "6月30日"),
        (DAY, "yyyy/m/d h:mm", "2026年6月30日 12:00"),
        (DAY, "h:mm", "12:00"),
        (DAY, "yyyy", "2026年"),
        ("99999999999", "yyyy-mm-dd", "99999999999"),
        ("n/a", "0", "n/a"),
        ("1e999999", "0", "1e999999"),
        ("nan", "0", "nan"),
    ],
)
def test_a_number_is_shown_as_its_format_says(written: str, code: str, seen: str) -> None:
    assert shown(written, code) == seen


def test_days_may_be_counted_from_1904() -> None:
    assert shown("44741", "yyyy-mm-dd", from_1904=True) == "2026年6月30日"


@pytest.mark.parametrize(
    ("number", "seen"), [(3.0, "3"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (-2.5, "-2.5")]
)
def test_a_number_without_a_format_has_no_noise(number: float, seen: str) -> None:
    assert general(number) == seen
