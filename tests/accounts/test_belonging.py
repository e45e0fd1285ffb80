"""Who belonged to which bureau, when, with the bureaus that came before and after; who stands above whom."""

from datetime import date, timedelta

import pytest

from accounts.belonging import belonged, is_member, is_of_one_line, stands_above_or_below, succeed
from accounts.models import Bureau, BureauAlias, User
from tests.factories.cast import LONG_AGO, Cast, join

pytestmark = pytest.mark.django_db

FROM, TO = date(2026, 1, 1), date(2026, 3, 31)
DAY = timedelta(days=1)


def _own(person: User, bureau: Bureau) -> bool:
    """Whether the person belonged to the bureau of a row that points to it, as shares do."""
    row, _ = BureauAlias.objects.get_or_create(bureau=bureau, name="别名")
    rows = BureauAlias.objects.filter(pk=row.pk)
    return bool(rows.annotate(own=belonged(person, "bureau", since=FROM, until=TO)).get().own)


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (LONG_AGO, None, True),
        (LONG_AGO, FROM, True),
        (LONG_AGO, FROM - DAY, False),
        (TO, None, True),
        (TO + DAY, None, False),
        (FROM + DAY, FROM + DAY, True),
    ],
)
def test_any_day_in_the_time_counts_and_no_day_outside(
    cast: Cast, since: date, until: date | None, counts: bool
) -> None:
    bureau = cast.bureau("教育局")
    join(cast.stranger(), bureau, since, until)
    assert _own(cast.stranger(), bureau) == counts


def test_the_tree_does_not_count(cast: Cast) -> None:
    above = cast.bureau("区政府")
    below = cast.bureau("教育局", under=above)
    join(cast.stranger(1), above)
    join(cast.stranger(2), below)
    assert not _own(cast.stranger(1), below)
    assert not _own(cast.stranger(2), above)


def test_a_member_of_what_came_before_belongs(cast: Cast) -> None:
    old, new = cast.bureau("老局"), cast.bureau("新局")
    join(cast.stranger(), old)
    succeed(old, new)
    assert _own(cast.stranger(), new)


def test_a_member_of_what_came_after_belongs(cast: Cast) -> None:
    old, new = cast.bureau("老局"), cast.bureau("新局")
    join(cast.stranger(), new)
    succeed(old, new)
    assert _own(cast.stranger(), old)


def test_members_of_bureaus_merged_into_one_belong_to_one_another(cast: Cast) -> None:
    one, other, new = cast.bureau("甲局"), cast.bureau("乙局"), cast.bureau("新局")
    join(cast.stranger(), one)
    succeed(one, new)
    succeed(other, new)
    assert _own(cast.stranger(), other)


def test_the_whole_line_counts_however_long(cast: Cast) -> None:
    first, second, third = cast.bureau("一局"), cast.bureau("二局"), cast.bureau("三局")
    join(cast.stranger(), first)
    succeed(first, second)
    succeed(second, third)
    assert Bureau.objects.get(pk=first.pk).succeeded_by == third
    assert _own(cast.stranger(), third)
    assert _own(cast.stranger(), second)


def test_a_stranger_to_the_line_does_not_belong(cast: Cast) -> None:
    old, new = cast.bureau("老局"), cast.bureau("新局")
    succeed(old, new)
    join(cast.stranger(), cast.bureau("别局"))
    assert not _own(cast.stranger(), new)
    assert not _own(cast.stranger(), old)


def test_only_a_bureau_that_stands_succeeds(cast: Cast) -> None:
    old, new = cast.bureau("老局"), cast.bureau("新局")
    succeed(old, new)
    with pytest.raises(ValueError, match="stands"):
        succeed(cast.bureau("别局"), Bureau.objects.get(pk=old.pk))
    with pytest.raises(ValueError, match="stands"):
        succeed(new, new)


def test_who_stands_above_or_below(cast: Cast) -> None:
    city = cast.bureau("市")
    district = cast.bureau("区", under=city)
    bureau = cast.bureau("教育局", under=district)
    other = cast.bureau("财政局", under=district)
    assert stands_above_or_below(city, bureau)
    assert stands_above_or_below(bureau, city)
    assert not stands_above_or_below(bureau, other)
    assert not stands_above_or_below(bureau, bureau)


def test_one_line_is_the_bureau_itself_what_came_before_and_after(cast: Cast) -> None:
    old, new, other = cast.bureau("老局"), cast.bureau("新局"), cast.bureau("别局")
    succeed(old, new)
    old.refresh_from_db()
    assert is_of_one_line(old, new)
    assert is_of_one_line(new, new)
    assert not is_of_one_line(old, other)


def test_a_member_today_is_one_whose_dates_cover_the_day(cast: Cast) -> None:
    bureau = cast.bureau("教育局")
    join(cast.stranger(), bureau, FROM, TO)
    assert is_member(cast.stranger(), bureau, TO)
    assert not is_member(cast.stranger(), bureau, TO + DAY)
    assert not is_member(cast.stranger(), cast.bureau("别局"), TO)
