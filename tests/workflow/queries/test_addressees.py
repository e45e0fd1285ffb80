"""To whom a measure goes when it is dispatched."""

from datetime import date

import pytest

from accounts.models import Bureau, BureauKind
from tests.factories.cast import Cast
from tests.factories.plans import Line, drafted
from workflow.models import ResponsibleUnit
from workflow.queries.addressees import bureaus_behind, collectives_in, members_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

STREET = BureauKind.SUBDISTRICT.value


def _tree(cast: Cast) -> None:
    """A city with two districts, each with its office and subdistricts; one subdistrict of the city's own."""
    city = cast.bureau("市")
    for district in ("甲区", "乙区"):
        root = cast.bureau(district, under=city)
        cast.bureau(f"{district}政府办", under=root)
        for n in (1, 2):
            cast.bureau(f"{district}街道{n}", BureauKind.SUBDISTRICT, under=root)
    cast.bureau("市直街道", BureauKind.SUBDISTRICT, under=city)


@pytest.mark.parametrize(
    ("issuer", "members"),
    [
        ("甲区", ["甲区街道1", "甲区街道2"]),
        ("甲区政府办", ["甲区街道1", "甲区街道2"]),
        ("乙区政府办", ["乙区街道1", "乙区街道2"]),
        ("市", ["甲区街道1", "甲区街道2", "乙区街道1", "乙区街道2", "市直街道"]),
        ("别的系统", ["甲区街道1", "甲区街道2", "乙区街道1", "乙区街道2", "市直街道"]),
        (None, ["甲区街道1", "甲区街道2", "乙区街道1", "乙区街道2", "市直街道"]),
    ],
)
def test_a_collective_is_that_of_the_nearest_branch_that_has_any(
    cast: Cast, issuer: str | None, members: list[str]
) -> None:
    _tree(cast)
    by = None if issuer is None else Bureau.objects.get(pk=cast.bureau(issuer).pk)
    assert [bureau.name for bureau in members_of({STREET}, by)[STREET]] == members


def test_a_closed_bureau_is_no_member(cast: Cast) -> None:
    _tree(cast)
    Bureau.objects.filter(name="甲区街道1").update(active=False)
    found = members_of({STREET}, Bureau.objects.get(name="甲区"))[STREET]
    assert [bureau.name for bureau in found] == ["甲区街道2"]


def test_a_kind_that_nobody_is_of_has_no_members(cast: Cast) -> None:
    assert members_of({STREET}, None) == {STREET: []}
    assert members_of(set(), None) == {}


def test_each_bureau_comes_once_with_the_unit_by_which_it_is_named_first(cast: Cast) -> None:
    _tree(cast)
    lead, street = cast.bureau("教育局"), cast.bureau("甲区街道1")
    plan = drafted(cast, Line(lead, [STREET, street, lead], due=date(2026, 6, 30)))
    units = list(ResponsibleUnit.objects.filter(measure__plan=plan).select_related("bureau__succeeded_by"))
    assert collectives_in(units) == {STREET}
    found = bureaus_behind(units, members_of({STREET}, Bureau.objects.get(name="甲区")))
    assert [(bureau.name, unit.position) for unit, bureau in found] == [
        ("教育局", 1),
        ("甲区街道1", 2),
        ("甲区街道2", 2),
    ]
