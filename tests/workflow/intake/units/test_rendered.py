"""Units rendered into a form of the documents and read back are the same."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.units.told import passage
from workflow.intake.reader_warnings import WarningList
from workflow.intake.units.conventions import Conventions
from workflow.intake.units.reader import read_units
from workflow.intake.units.statements import take_statements
from workflow.models.responsible_unit import UnitKind

BUREAUS = (
    "市园林局",
    "市文化广电和旅游局",
    "市住房和城乡建设局",
    "市人力资源和社会保障局",
    "市工业和信息化局",
    "市规划和自然资源局",
    "市退役军人事务局",
    "市卫生健康委",
    "市市场监管局（知识产权局）",
    "市委宣传部",
    "市委网信办",
    "市纪委监委",
    "团市委",
    "市妇联",
    "市残联",
    "市工商联",
    "市政务服务和数据管理局",
    "市中级人民法院",
    "市公安局交警支队",
    "国网某某供电公司",
    "中国移动某某分公司",
    "人行某某支行",
    "某某海关",
    "某某大学",
    "公安**分局",
    "某某水务集团",
    "河湾区政府",
)
COLLECTIVES = (
    "各街道",
    "各市、县（市、区）政府",
    "各区人民政府",
    "各开发区管委会",
    "各镇（街道）",
    "各区、县级市",
    "市属高校",
)
FORMS = (
    ("（责任单位：{0}）", True),
    ("（牵头单位：{0}；配合单位：{1}）", False),
    ("[牵头部门:{0} 协办部门:{1}]", False),
    ("（{0}牵头，{1}配合）", False),
    ("（{0}牵头，{1}按职责分工负责）", False),
    ("（由{0}会同{1}负责）", False),
    ("（{0}负责，{1}配合）", False),
    ("（{0}、{1}按职责分工负责）", True),
    ("【责任单位】{0}", True),
    ("（2027年6月底前完成；责任单位：{0}）", True),
    ("[（牵头单位）：{0}，（配合单位）：{1}]", False),
    ("牵头单位：{0}\n配合单位：{1}。", False),
    ("责任单位：{0}。", True),
    ("（责任单位：{0}牵头，{1}配合；完成时限：2027年底前）", False),
)
LISTS = st.lists(st.sampled_from(BUREAUS + COLLECTIVES), min_size=1, max_size=7, unique=True)


def rendered(form: str, lead: str, others: Sequence[str], between: str, *, is_one_list: bool) -> str:
    if is_one_list and "{1}" not in form:
        return form.format(between.join([lead, *others]))
    return form.format(lead, between.join(others))


@settings(max_examples=600, deadline=None, derandomize=True)
@given(
    lead=st.sampled_from(BUREAUS),
    others=LISTS,
    form=st.sampled_from(FORMS),
    between=st.sampled_from(["、", "，", "；", ","]),
)
def test_units_in_any_form_are_read_back(
    lead: str, others: list[str], form: tuple[str, bool], between: str
) -> None:
    others = [unit for unit in others if unit != lead]
    if not others:
        return
    text = "架设步行桥。" + rendered(form[0], lead, others, between, is_one_list=form[1])
    taken = take_statements(passage(text))
    warnings = WarningList()
    units = read_units(taken.units, Conventions(), "贯通", 7, warnings)
    assert taken.rest.text == "架设步行桥。"
    assert [unit.text for unit in units] == [lead, *others]
    assert [unit.text for unit in units if unit.is_lead] == [lead]
    assert [unit.kind == UnitKind.COLLECTIVE for unit in units[1:]] == [
        unit in COLLECTIVES for unit in others
    ]
    assert list(warnings) == []


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.text(alphabet="区园林局、，；。（）()【】责任单位：牵头负责配合各等和*\n 2027年", max_size=60))
def test_whatever_is_written_is_read_without_an_error(text: str) -> None:
    taken = take_statements(passage(text))
    units = read_units(taken.units, Conventions(), "贯通", 7, WarningList())
    assert sum(unit.is_lead for unit in units) <= 1
    assert all(unit.text for unit in units)
