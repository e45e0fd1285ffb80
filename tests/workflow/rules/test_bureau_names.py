"""What a bureau's name says."""

import pytest

from workflow.rules.bureau_names import area_of, is_redacted, level_of


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("区水务局", "区"),
        ("河湾区水务局", "河湾区"),
        ("省委宣传部", "省"),
        ("自治区财政厅", "自治区"),
        ("云州市财政局", "云州市"),
        ("市市场监管局", "市"),
        ("市政务服务局", "市"),
        ("市政协", "市"),
        ("团区委", "区"),
        ("市场监管局", None),
        ("市政公用局", None),
        ("城市管理局", None),
        ("社区办", None),
        ("乡村振兴局", None),
        ("区域合作办", None),
        ("园区办", None),
        ("水务局", None),
    ],
)
def test_a_name_begins_with_a_level_or_not(name: str, prefix: str | None) -> None:
    level = level_of(name)
    assert (level.prefix if level else None) == prefix


@pytest.mark.parametrize(
    ("name", "party"),
    [("区委宣传部", "委"), ("自治区党委组织部", "党委"), ("区委员会", ""), ("区水务局", "")],
)
def test_a_name_may_be_the_committees(name: str, party: str) -> None:
    level = level_of(name)
    assert level is not None
    assert level.party == party


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("河湾区绿道方案", "河湾区"),
        ("云州市河湾区政府督查室", "河湾区"),
        ("区政府督查室", ""),
        ("绿道方案", ""),
        ("**区绿道方案", ""),
    ],
)
def test_a_title_or_office_names_its_area(text: str, area: str) -> None:
    assert area_of(text) == area


@pytest.mark.parametrize(
    ("name", "redacted"),
    [
        ("公安**分局", True),
        ("XX局", True),
        ("×局", True),
        ("某区水务局", True),
        ("区水务局", False),
        ("A局", False),
    ],
)
def test_a_redacted_name_is_known_as_one(name: str, *, redacted: bool) -> None:
    assert is_redacted(name) == redacted
