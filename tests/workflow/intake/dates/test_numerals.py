"""Numbers in digits of any width and in Chinese."""

import pytest

from workflow.intake.dates.numerals import plain, whole_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12),
        ("十", 10),
        ("十二", 12),
        ("三十一", 31),
        ("两百三十", 230),
        ("一百零五", 105),
        ("三千", 3000),
        ("两万五千", 25000),
        ("二〇二六", 2026),
        ("二○二六", 2026),
        ("九", 9),
        ("〇", 0),
    ],
)
def test_a_number_is_read_in_digits_and_in_chinese(written: str, number: int) -> None:
    assert whole_number(written) == number


@pytest.mark.parametrize("written", ["", "绿", "3.5", "十绿"])
def test_what_is_no_whole_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        whole_number(written)


def test_full_width_signs_are_made_plain_and_keep_their_places() -> None:
    assert plain("２０２６年（５０％）") == "2026年(50%)"
