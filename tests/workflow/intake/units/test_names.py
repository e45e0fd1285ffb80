"""What may stand where a unit should."""

import pytest

from accounts.models import BureauKind
from workflow.intake.units.names import collective_kind, is_name, kind_of
from workflow.models.responsible_unit import UnitKind


@pytest.mark.parametrize(
    "unit",
    [
        "各街道",
        "各市、县（市、区）政府",
        "各区政府（开发区管委会）",
        "各地级以上市人民政府",
        "各级党委和政府",
        "各学校",
        "全区各中小学",
        "中央驻某单位",
        "市属高校",
        "区属国有企业",
        "区水务局所属各单位",
        "各直属单位",
        "县直各学校",
        "属地街道",
        "乡镇人民政府",
        "县（市、区）人民政府",
        "地方各级人民政府",
        "区园林局各科室",
        "市、县、乡三级政府",
        "南岭自贸试验区各片区管委会",
        "沿海各乡镇",
        "中心城区各街道",
        "区公安局各派出所",
        "乡镇（街道）",
        "市县两级政府",
        "所属商协会",
        "3个镇街",
        "各推进小组",
    ],
)
def test_every_bureau_of_a_kind_is_a_collective(unit: str) -> None:
    assert kind_of(unit) is UnitKind.COLLECTIVE


@pytest.mark.parametrize(
    "unit",
    [
        "等",
        "等相关部门",
        "各有关部门",
        "有关部门",
        "市级各部门",
        "市有关部门",
        "省直有关单位",
        "省政府各部门",
        "各责任单位",
        "相关部门和单位",
        "行业主管部门",
        "其他有关部门",
        "相关街道",
        "有关区人民政府",
        "领导小组各成员单位",
        "驻市有关单位",
        "市委各部委",
        "各地各有关部门",
        "有关市（州）人民政府",
        "相关市、县（区）人民政府",
        "省、市有关部门",
        "市委、市政府有关部门",
        "市级国家机关各部门",
        "项目单位",
        "业主单位",
    ],
)
def test_a_phrase_that_names_nobody_is_open_ended(unit: str) -> None:
    assert kind_of(unit) is UnitKind.OPEN_ENDED


@pytest.mark.parametrize(
    "unit",
    [
        "区园林局",
        "公安**分局",
        "XX局",
        "教育部门",
        "市场监管部门",
        "等级保护中心",
        "团市委",
        "河湾开发区管委会",
    ],
)
def test_a_name_is_a_bureau(unit: str) -> None:
    assert kind_of(unit) is UnitKind.BUREAU
    assert is_name(unit)


@pytest.mark.parametrize(
    "text",
    [
        "张三",
        "推进办学",
        "全部",
        "见附件",
        "区园林局。区水务局",
        "园" * 40 + "局",
        "各市要结合实际",
        "甲镇乙镇政府",
        "各县（市、区）制定配套方案",
        "重大事项及时报告省人民政府",
    ],
)
def test_other_words_are_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("各街道", BureauKind.SUBDISTRICT),
        ("各镇（街道）", BureauKind.SUBDISTRICT),
        ("各乡镇人民政府、街道办事处", BureauKind.SUBDISTRICT),
        ("各学校", BureauKind.SCHOOL),
        ("各区", ""),
        ("各公园", ""),
        ("各镇（街道、园区）", ""),
    ],
)
def test_only_a_collective_whose_members_are_sure_names_their_kind(unit: str, kind: str) -> None:
    assert collective_kind(unit) == kind


@pytest.mark.parametrize(
    ("unit", "is_one"),
    [("建设管理局", True), ("发展改革和统计局", True), ("建设新格局", False), ("优化产业布局", False)],
)
def test_an_office_may_begin_with_a_verb(unit: str, is_one: bool) -> None:
    assert is_name(unit) is is_one
