"""Targets without a number."""

from datetime import date

import pytest

from tests.workflow.intake.passages import THREE_YEARS, passage_of
from workflow.intake.reader_warnings import WarningList
from workflow.intake.targets.reader import read_targets

END = date(2027, 12, 31)


def states(text: str) -> list[str]:
    targets = read_targets(passage_of(text), THREE_YEARS, WarningList())
    assert all(target.comparator == "" and target.value is None and target.unit == "" for target in targets)
    return [target.text for target in targets]


@pytest.mark.parametrize(
    "text",
    [
        "实现绿道巡查全覆盖",
        "推动各街道驿站挂牌全覆盖",
        "养护工全员持证上岗",
        "到2027年底全部整改到位",
        "2027年底整改到位",
        "将各类绿地全部纳入养护范围",
        "实现应绿尽绿、应管尽管",
        "断头路动态清零",
        "对绿道沿线新增违建动态清零",
        "有意愿的养护工全部转产转业",
        "确保绿道重大事故零发生",
        "基本消除裸露地块",
        "确保养护经费逐年只增不减",
        "养护工工资不低于全市平均工资水平",
        "投诉办结速度高于全省平均水平",
        "维护经费不低于上年水平",
        "绿化水平进入全省前三",
        "力争绿化水平进入全国百强",
        "湖区水质稳定达到Ⅲ类",
        "断面水质达到Ⅲ类以上标准",
        "出水达到一级A标准",
        "消除劣Ⅴ类水体",
        "绿地农药使用量零增长",
        "违规占绿问题全部清退",
        "绿化工程全部通过验收",
        "闲置绿地全部复绿",
        "占用步道全部恢复通行",
        "拖欠养护费全部清偿",
        "喷灌设施全部正常运行",
    ],
)
def test_a_state_that_is_promised_is_a_target_without_a_number(text: str) -> None:
    assert states(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "推动养护常态化、长效化、全覆盖、无死角",
        "建成巡查全覆盖、养护全过程、服务全方位的平台",
        "开展全覆盖检查",
        "健全全员参与机制的各项制度",
        "组织养护工全员继续教育",
        "整改到位后验收",
        "对维护经费低于上年水平的街道约谈",
        "全面完成年度计划",
        "开展“零事故”竞赛",
        "落实零容忍要求",
        "绿化水平位居全省前列",
        "形成全员参与的格局",
        "推进绿地农药使用量零增长",
        "开展三级标准宣传",
        "掌握企业全部运营成本",
        "裸露地块已全部复绿",
        "覆盖全部治理河段",
    ],
)
def test_words_that_describe_something_else_are_no_target(text: str) -> None:
    assert states(text) == []


def test_a_state_has_the_date_of_its_sentence() -> None:
    targets = read_targets(passage_of("到2027年，巡查全覆盖。亮灯全覆盖。"), THREE_YEARS, WarningList())
    assert [(target.text, target.due) for target in targets] == [("巡查全覆盖", END), ("亮灯全覆盖", None)]


def test_a_clause_with_a_number_is_one_target() -> None:
    targets = read_targets(passage_of("实现100%全覆盖"), THREE_YEARS, WarningList())
    assert [(target.comparator, target.value) for target in targets] == [("=", 100)]
