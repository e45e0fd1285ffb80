"""Records of labelled lines are the rows of a list."""

from tests.workflow.intake.structure.built import measures, read, told, units, warned
from workflow.intake.reader_warnings import Caution

TITLE = "柳堤区督察整改任务清单（2026年）"
WATER = (
    "责任领导：周平",
    "牵头单位：区水务局",
    "配合单位：区城管局、各街道",
    "整改时限：2026年9月底前",
    "整改措施：",
    "1.疏通管网40公里。",
    "2.更换泵站设备。",
)
TREES = (
    "责任领导：周平",
    "牵头单位：区园林局",
    "配合单位：区财政局",
    "整改时限：长期坚持",
    "整改措施：",
    "1.补植行道树。",
)


def test_each_record_under_a_numbered_name_is_a_measure() -> None:
    plan = read(TITLE, "整改任务一：河道污水直排。", *WATER, "整改任务二：绿化带缺株。", *TREES)
    assert [(m.title, units(m), m.schedule) for m in measures(plan)] == [
        ("河道污水直排", ["*区水务局", "区城管局", "各街道"], "2026年9月底前"),
        ("绿化带缺株", ["*区园林局", "区财政局"], "长期坚持"),
    ]
    assert "疏通管网40公里" in measures(plan)[0].text
    assert [target.value for target in measures(plan)[0].targets] == [40]


def test_a_label_may_name_the_task() -> None:
    plan = read(
        TITLE,
        *("项目一", "项目名称：疏浚北河", "建设内容：清淤3公里。", "责任单位：区水务局", "完成时限：6月底"),
        *("项目二", "项目名称：种树", "建设内容：栽柳200棵。", "责任单位：区园林局", "完成时限：9月底"),
    )
    assert [(m.title, units(m), m.schedule) for m in measures(plan)] == [
        ("疏浚北河", ["*区水务局"], "6月底"),
        ("种树", ["*区园林局"], "9月底"),
    ]


def test_a_head_between_records_is_their_section() -> None:
    plan = read(
        TITLE,
        "一、水务方面",
        *("问题1：污水直排。", "整改措施：接管。", "责任单位：区水务局", "整改时限：6月底"),
        *("问题2：河床淤积。", "整改措施：清淤。", "责任单位：区水务局", "整改时限：7月底"),
        "二、绿化方面",
        *("问题3：缺株。", "整改措施：补植。", "责任单位：区园林局", "整改时限：9月底"),
    )
    assert [(head, len(titles)) for head, titles in told(plan)] == [("一、水务方面", 2), ("二、绿化方面", 1)]


def test_items_under_a_numbered_name_share_the_units_behind_them() -> None:
    plan = read(
        TITLE,
        *("【攻坚任务一】打通断头路", "1.建成3条。", "2.改造8处。", "牵头单位：区住建局", "完成时间：6月底"),
        *("【攻坚任务二】治理内涝", "1.疏通9处。", "牵头单位：区水务局", "完成时间：9月底"),
    )
    assert [(m.title, units(m)) for m in measures(plan)] == [
        ("打通断头路", ["*区住建局"]),
        ("治理内涝", ["*区水务局"]),
    ]
    assert warned(plan, Caution.UNITS_MISSING) == []


def test_numbered_measures_with_label_lines_stay_a_narrative() -> None:
    plan = read(
        TITLE,
        *("1.任务：疏浚北河。", "责任单位：区水务局", "完成时限：6月底"),
        *("2.任务：种树。", "责任单位：区园林局", "完成时限：9月底"),
    )
    assert [(m.number, m.title, units(m)) for m in measures(plan)] == [
        ("1.", "疏浚北河", ["*区水务局"]),
        ("2.", "种树", ["*区园林局"]),
    ]


def test_what_tells_of_the_measure_behind_its_units_is_kept() -> None:
    plan = read(
        TITLE,
        *("一、疏浚北河", "责任单位：区水务局", "整改措施：清淤3公里。"),
        *("二、种树", "责任单位：区园林局", "整改措施：栽柳200棵。"),
    )
    assert [m.text for m in measures(plan)] == ["整改措施：清淤3公里。", "整改措施：栽柳200棵。"]
    assert warned(plan, Caution.LINE_UNPLACED) == []
