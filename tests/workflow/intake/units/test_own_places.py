"""Offices that bear a place of their own."""

import pytest

from workflow.intake.units.own_places import bears_own_place, stem_in_title, stems_in


@pytest.mark.parametrize(
    "name",
    [
        "石泉派出所",
        "交警磐石大队",
        "石泉交警中队",
        "南岭海事局",
        "磐石海事处",
        "黄河河务局",
        "青苇湖管理处",
        "大青沟水库管理处",
        "白马湖湿地保护中心",
        "城关税务所",
        "白石法庭",
    ],
)
def test_what_is_no_field_of_work_is_a_place(name: str) -> None:
    assert bears_own_place(name, frozenset())


@pytest.mark.parametrize(
    "name",
    [
        "交警大队",
        "消防救援大队",
        "城市管理综合执法大队",
        "交通运输综合行政执法支队",
        "卫生监督所",
        "住房公积金管理处",
        "河湖管理中心",
        "地方海事局",
        "税务局",
        "气象局",
        "农业科学院",
        "国土空间规划研究院",
        "人民医院",
        "中级人民法院",
        "财政局",
        "老龄办",
    ],
)
def test_a_field_of_work_is_none(name: str) -> None:
    assert not bears_own_place(name, frozenset({"云山"}))


def test_a_known_place_at_the_beginning_is_enough() -> None:
    assert bears_own_place("云山财政局", frozenset({"云山"}))


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("石泉镇2026年安全生产工作要点", "石泉"),
        ("关于印发《云溪市养老服务实施方案》的通知", "云溪"),
        ("中共云溪区委2026年重点任务", "云溪"),
        ("全市营商环境任务清单", ""),
        ("公共区域清理方案", ""),
        ("2026年工作要点", ""),
    ],
)
def test_the_place_of_a_plan_stands_in_its_title(title: str, stem: str) -> None:
    assert stem_in_title(title) == stem


def test_the_places_of_a_list_are_those_its_units_begin_with() -> None:
    assert stems_in(["云山区教育局", "市财政局", "气象局"]) == {"云山"}
