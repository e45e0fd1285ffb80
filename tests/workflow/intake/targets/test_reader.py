"""Targets in a measure's text."""

from datetime import date
from decimal import Decimal

import pytest

from tests.workflow.intake.passages import ONE_YEAR, THREE_YEARS, passage_of
from workflow.actions.loading import TargetInput
from workflow.intake.period import Period
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.targets.reader import read_targets

END = date(2027, 12, 31)


def read(text: str, period: Period = THREE_YEARS) -> tuple[TargetInput, ...]:
    return read_targets(passage_of(text), period, WarningList())


def found(text: str) -> list[tuple[str, str, str]]:
    return [(t.comparator, str(t.value), t.unit) for t in read(text)]


def unread(text: str) -> list[str]:
    warnings = WarningList()
    read_targets(passage_of(text), THREE_YEARS, warnings)
    return [warning.params["figures"] for warning in warnings if warning.code is Caution.FIGURES_UNREAD]


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("绿化率超过85%", ">", "85", "%"),
        ("绿化率不低于85.5％", ">=", "85.5", "%"),
        ("每个街道至少建成3个驿站", ">=", "3", "个"),
        ("断点不超过5个", "<=", "5", "个"),
        ("投诉率低于2%", "<", "2", "%"),
        ("绿化率达到90%", ">=", "90", "%"),
        ("绿化率达90%以上", ">=", "90", "%"),
        ("绿化率保持在90%以上", ">=", "90", "%"),
        ("绿化率达到40%左右", "=", "40", "%"),
        ("生均绿地经费不低于200元", ">=", "200", "元/生"),
        ("投入超过1.5亿元", ">", "1.5", "亿元"),
        ("绿化率不低于９０％", ">=", "90", "%"),
        ("绿化率≥95%", ">=", "95", "%"),
        ("断点率控制在5%以内", "<=", "5", "%"),
        ("噪声降至55分贝以下", "<=", "55", "分贝"),
        ("细颗粒物浓度降到30微克/立方米", "<=", "30", "微克/立方米"),
        ("经费不低于10,000元", ">=", "10000", "元"),
        ("满意度达到百分之九十五以上", ">=", "95", "%"),
        ("巡查不少于三次", ">=", "3", "次"),
        ("绿道总里程突破5000公里", ">", "5000", "公里"),
        ("产量稳定在50亿斤以上", ">=", "50", "亿斤"),
        ("满意度得分达到95分", ">=", "95", "分"),
        ("受教育年限达到12年", ">=", "12", "年"),
        ("指数达到1.5", ">=", "1.5", ""),
        ("新增就业2万以上", ">=", "2", "万"),
        ("预期寿命提高到80岁", ">=", "80", "岁"),
        ("增速高于全省2个百分点", ">", "2", "个百分点"),
        ("超时率低于1‰", "<", "1", "‰"),
        ("不得少于2小时", ">=", "2", "小时"),
        ("办结时间压缩至3个工作日以内", "<=", "3", "个工作日"),
        ("完成不少于50公里的绿道建设", ">=", "50", "公里"),
    ],
)
def test_a_number_with_comparator_and_unit_is_a_target(
    text: str, comparator: str, value: str, unit: str
) -> None:
    (target,) = read(text)
    assert (target.comparator, target.value, target.unit) == (comparator, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("建成绿道20公里", "20", "公里"),
        ("新建“口袋”公园10个", "10", "个"),
        ("培育示范路段30条以上", "30", "条"),
        ("栽植乔木1.2万株", "1.2", "万株"),
        ("惠及居民5000余户", "5000", "户"),
        ("完成改造200户", "200", "户"),
        ("10处断点完成贯通", "10", "处"),
        ("全面完成200处断点整治任务", "200", "处"),
        ("实现园林产值2000亿元", "2000", "亿元"),
        ("开展专项整治3轮", "3", "轮"),
        ("绿化覆盖率45%", "45", "%"),
        ("骑行分担率提高5个百分点", "5", "个百分点"),
        ("能耗下降3.5%", "3.5", "%"),
        ("产值翻一番", "1", "番"),
        ("95%的路段达到二级标准", "95", "%"),
        ("90%以上的路段建成驿站", "90", "%"),
        ("85%", "85", "%"),
        ("引导10家企业上市", "10", "家"),
        ("完成年度计划的60%以上", "60", "%"),
        ("补植乔木300株", "300", "株"),
        ("评查绿化合同60件", "60", "件"),
        ("取缔3家违规苗圃", "3", "家"),
        ("由园林公司牵头组建规模不低于2亿元的绿化基金", "2", "亿元"),
        ("新打灌溉井20眼", "20", "眼"),
        ("算力规模达到2000P", "2000", "P"),
        ("举办养护培训班6期", "6", "期"),
        ("新建三座驿站", "3", "座"),
        ("谋划建设十五条环湖绿道", "15", "条"),
        ("每千名居民拥有驿站3处", "3", "处"),
        ("投诉量下降三成以上", "30", "%"),
        ("断点减少三成半", "35", "%"),
    ],
)
def test_a_number_that_is_to_be_made_or_reached_is_promised_as_at_least_that_much(
    text: str, value: str, unit: str
) -> None:
    assert found(text) == [(">=", value, unit)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("断点每年减少10%以上", "%/年"),
        ("绿地面积年均增长10%", "%/年"),
        ("每季度至少巡查10次", "次/季度"),
        ("人均绿地不低于10平方米", "平方米/人"),
        ("每年组织巡查，不少于10次", "次/年"),
        ("每名养护工至少培训10学时", "学时/人"),
        ("人均绿地面积增长10%", "%"),
        ("浓度不高于10微克每立方米", "微克/立方米"),
    ],
)
def test_what_a_number_is_counted_for_is_part_of_its_unit(text: str, unit: str) -> None:
    assert [target.unit for target in read(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "comparator"), [("贯通率100%", "="), ("100%贯通完成", "="), ("贯通率达到100%", ">=")]
)
def test_all_of_something_is_a_number_too(text: str, comparator: str) -> None:
    assert found(text) == [(comparator, "100", "%")]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("每名志愿者至少掌握2项急救技能和1门外语", [(">=", "2", "项/人"), (">=", "1", "门/人")]),
        (
            "绿化率、贯通率、亮灯率分别达到95%、90%和85%",
            [(">=", "95", "%"), (">=", "90", "%"), (">=", "85", "%")],
        ),
        ("新建公园10个、驿站5座", [(">=", "10", "个"), (">=", "5", "座")]),
        ("培训养护工1000人次，路长100人次", [(">=", "1000", "人次"), (">=", "100", "人次")]),
        ("新增示范企业3家，“个转企”500户", [(">=", "3", "家"), (">=", "500", "户")]),
        ("新增泊位1万个（其中公共泊位3000个）", [(">=", "1", "万个"), (">=", "3000", "个")]),
        ("失业率不超过5%，物价涨幅3%左右", [("<=", "5", "%"), ("=", "3", "%")]),
        ("两项指标提高5个、3个百分点", [(">=", "5", "个百分点"), (">=", "3", "个百分点")]),
    ],
)
def test_one_comparator_or_verb_holds_for_the_numbers_joined_to_it(
    text: str, targets: list[tuple[str, str, str]]
) -> None:
    assert found(text) == targets


def test_of_a_change_the_value_before_it_is_neither_target_nor_warned_of() -> None:
    assert found("绿化率由60%提高到80%") == [(">=", "80", "%")]
    assert unread("绿化率由60%提高到80%") == []


@pytest.mark.parametrize(
    ("text", "target", "attribute"),
    [
        ("引进5亿元以上项目3个", (">=", "3", "个"), "5亿元"),
        ("建设日处理5万吨污水厂2座", (">=", "2", "座"), "5万吨"),
        ("年收入10万元以上的路段占比达到80%", (">=", "80", "%"), "10万元"),
        ("20户以上自然村通行率超过98%", (">", "98", "%"), "20户"),
    ],
)
def test_a_measure_of_what_is_counted_is_no_target_of_its_own(
    text: str, target: tuple[str, str, str], attribute: str
) -> None:
    assert found(text) == [target]
    assert unread(text) == [attribute]


def test_free_years_are_a_target() -> None:
    assert found("实行残疾儿童12年免费入园") == [("=", "12", "年")]


def test_a_definition_in_brackets_may_stand_between_name_and_number() -> None:
    (target,) = read("到2027年，驿站覆盖率（有驿站的路段占比）超过80%。")
    assert (target.text, target.comparator, target.due) == ("驿站覆盖率（有驿站的路段占比）超过80%", ">", END)


def test_one_date_before_the_first_number_holds_for_the_whole_sentence_and_no_further() -> None:
    targets = read("到2027年，绿化率超过85%，驿站超过40个；断点少于3处。长椅超过100个。")
    assert [target.due for target in targets] == [END, END, END, None]


def test_one_date_behind_the_last_number_holds_for_its_part_of_the_sentence() -> None:
    targets = read("绿化率超过85%，驿站超过40个，2027年底完成；断点少于3处。")
    assert [target.due for target in targets] == [END, END, None]


def test_each_number_behind_a_date_of_its_own_has_that_date() -> None:
    targets = read("2026年6月底前完成200户，12月底前完成300户；2027年完成400户。")
    assert [str(target.due) for target in targets] == ["2026-06-30", "2026-12-31", "2027-12-31"]


@pytest.mark.parametrize("dates", ["2026年、2027年", "到2026年、2027年，", "到2026年和2027年"])
def test_several_dates_and_as_many_numbers_belong_together_one_by_one(dates: str) -> None:
    targets = read(f"{dates}绿化率分别达到80%、90%")
    assert [target.due for target in targets] == [date(2026, 12, 31), END]


def test_a_date_in_a_later_clause_with_a_number_of_its_own_does_not_reach_back() -> None:
    targets = read("修复岸线5.6公里，2026年底前完成绿道4.2公里")
    assert [target.due for target in targets] == [None, date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit", "taken"),
    [
        ("入选国家级名单1-2家", ">=", "1", "家", ("1-2家", "1")),
        ("新建3～5个示范点", ">=", "3", "个", ("3～5个", "3")),
        ("绿化率达到80%-90%", ">=", "80", "%", ("80%-90%", "80")),
        ("办理时限压缩至3-5个工作日", "<=", "5", "个工作日", ("3-5个工作日", "5")),
        ("引资8000万-1亿元", ">=", "0.8", "亿元", ("8000万-1亿元", "0.8")),
        ("造林1-2万亩", ">=", "1", "万亩", ("1-2万亩", "1")),
    ],
)
def test_of_a_range_the_end_that_is_promised_is_read_and_warned_of(
    text: str, comparator: str, value: str, unit: str, taken: tuple[str, str]
) -> None:
    warnings = WarningList()
    (target,) = read_targets(passage_of(text), THREE_YEARS, warnings)
    assert (target.comparator, target.value, target.unit) == (comparator, Decimal(value), unit)
    assert [(w.line, w.code, w.params) for w in warnings] == [
        (2, Caution.RANGE_READ, {"phrase": taken[0], "value": taken[1]})
    ]


def test_a_range_that_goes_down_is_not_read() -> None:
    assert found("建设15-10处公园") == []
    assert unread("建设15-10处公园") == ["15-10处"]


def test_rates_that_are_all_to_reach_a_number_are_one_target_each() -> None:
    passage = passage_of("到2027年，办结率、贯通率和满意率均达到98%以上。")
    targets = read_targets(passage, THREE_YEARS, WarningList())
    assert [(t.text, t.comparator, t.value, t.due) for t in targets] == [
        ("办结率达到98%以上", ">=", 98, END),
        ("贯通率达到98%以上", ">=", 98, END),
        ("满意率达到98%以上", ">=", 98, END),
    ]
    at = passage.start + passage.text.index("满意率")
    assert targets[2].span == (at, passage.start + passage.text.index("。"))


def test_names_before_one_rate_are_one_target() -> None:
    assert found("县、乡、村三级路网达标率均达到95%") == [(">=", "95", "%")]


@pytest.mark.parametrize(
    "text",
    ["目前已建成驿站35处", "现有公园12个", "2025年新建公园10个", "截至2025年底，建成公园10个，绿化率达到45%"],
)
def test_what_is_so_already_is_no_target(text: str) -> None:
    assert found(text) == []


def test_what_follows_in_the_plans_own_time_is_one_again() -> None:
    assert found("2025年新建公园10个，2026年新建12个") == [(">=", "12", "个")]
    assert found("已建成公园10个，力争再建5个") == [(">=", "5", "个")]


def test_a_time_that_counts_from_no_named_day_is_warned_of() -> None:
    warnings = WarningList()
    (target,) = read_targets(passage_of("三年内绿化率超过85%"), THREE_YEARS, warnings)
    assert target.due is None
    assert [(w.line, w.code, w.params) for w in warnings] == [
        (2, Caution.DATE_RELATIVE, {"phrase": "三年内"})
    ]


def test_the_time_that_a_plan_takes_is_warned_of() -> None:
    warnings = WarningList()
    read_targets(passage_of("用三年时间贯通全线"), THREE_YEARS, warnings)
    assert [(w.code, w.params) for w in warnings] == [(Caution.DATE_RELATIVE, {"phrase": "三年时间"})]


def test_a_baseline_year_is_no_date() -> None:
    (target,) = read("在2026年的基础上每年减少10%以上")
    assert target.due is None


def test_a_date_that_is_not_sure_is_warned_of() -> None:
    warnings = WarningList()
    (target,) = read_targets(passage_of("12月底前绿化率超过85%"), THREE_YEARS, warnings)
    assert target.due == date(2026, 12, 31)
    assert [(w.line, w.code, w.params) for w in warnings] == [
        (2, Caution.DATE_UNSURE, {"phrase": "12月底前", "date": "2026-12-31"})
    ]
    assert [target.due for target in read("12月底前绿化率超过85%", ONE_YEAR)] == [date(2026, 12, 31)]


@pytest.mark.parametrize(
    "text",
    [
        "完成第三轮改造和第二期工程",
        "推进绿道2.0和一街一品",
        "推进“三通两平台”、五业联动",
        "学习十九届二中全会精神",
        "对连续三年下降的路段约谈",
        "2027年贯通",
        "编制“十五五”规划",
        "落实双减，建设5G专网，服务3-6岁儿童",
        "创建4A级景区，开通12345热线",
        "推动12345与110对接联动",
        "依据国园〔2026〕3号文件和第12条",
        "完善1+3+N体系，打造15分钟休闲圈",
        "建设24小时自助驿站，实施三年行动计划",
        "联系电话：8888666，共5个方面",
        "健全三项机制，建立一个平台",
        "建成一座现代化园林",
    ],
)
def test_other_numbers_are_no_targets_and_not_warned_of(text: str) -> None:
    assert found(text) == []
    assert unread(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("对绿化率低于60%的街道约谈", ["60%"]),
        ("未达到90%的，限期整改", ["90%"]),
        ("配比不低于1:15", ["1:15"]),
        ("三分之二以上的路段亮灯", ["三分之二"]),
        ("给予不超过50万元的补助", ["50万元"]),
        ("支持年产值2000万元以上企业", ["2000万元"]),
        ("在10个街道开展试点", ["10个"]),
        ("为期3个月，总投资20亿元", ["3个月、20亿元"]),
        ("投资12.6亿元，改造老城", ["12.6亿元"]),
        ("占地30亩，建筑面积2万平方米", ["30亩、2万平方米"]),
        ("撤并客流低于50人的驿站", ["50人"]),
        ("推动14个县错位发展", ["14个"]),
        ("推广近年形成的50条经验", ["50条"]),
        ("产量达到50蒲式耳", ["50蒲"]),
        ("免费开放12年，绿化率超过85%，补助300元，又300元，2027年完成。", ["12年、300元"]),
    ],
)
def test_figures_that_were_not_read_are_named_once(text: str, figures: list[str]) -> None:
    assert unread(text) == figures


def test_figures_are_named_with_their_line_and_targets_with_their_place() -> None:
    passage = passage_of("补助300元，\n绿化率超过85%。\n奖励500元")
    warnings = WarningList()
    (target,) = read_targets(passage, THREE_YEARS, warnings)
    assert [(w.line, w.params["figures"]) for w in warnings] == [(2, "300元"), (4, "500元")]
    assert target.text == "绿化率超过85%"
    at = passage.start + passage.text.index("绿化率")
    assert target.span == (at, at + len(target.text))
