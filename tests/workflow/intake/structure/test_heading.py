"""The plan's own title and period among letter heads, addressees and letters of issue."""

import pytest

from tests.workflow.intake.structure.built import read, warned
from workflow.intake.reader_warnings import Caution

MEASURE = "一、疏浚。清淤。（责任单位：区水务局）"


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        (("柳堤区治水方案（2026年）",), "柳堤区治水方案（2026年）"),
        (("柳堤区河道整治", "三年行动方案", "（2026—2028年）"), "柳堤区河道整治三年行动方案（2026—2028年）"),
        (
            ("柳政办发〔2026〕8号", "附件1", "柳堤区治水方案（2026年）", "各街道办事处："),
            "柳堤区治水方案（2026年）",
        ),
        (
            (
                "柳堤区人民政府办公室关于印发《柳堤区2026年治水方案》的通知",
                "各街道办事处：",
                "现印发给你们。",
            ),
            "柳堤区2026年治水方案",
        ),
        (
            (
                "关于印发柳堤区治水工作方案的通知",
                "各街道：",
                "2026年3月2日",
                "柳堤区治水工作方案",
                "为治水，定本方案。",
            ),
            "柳堤区治水工作方案",
        ),
        (
            ("为落实《上级治水方案（2020年）》，2026年开展整治。",),
            "为落实《上级治水方案（2020年）》，2026年开展整治。",
        ),
    ],
    ids=["one line", "three lines", "letter head", "issued", "issued, own title", "prose alone"],
)
def test_the_title_is_the_plans_own(opening: tuple[str, ...], title: str) -> None:
    assert read(*opening, MEASURE).plan.title == title


def test_the_title_of_a_heading_goes_before_lines_above_it() -> None:
    assert (
        read("首页信息公开", ("柳堤区治水方案（2026年）", 1), MEASURE).plan.title
        == "柳堤区治水方案（2026年）"
    )


@pytest.mark.parametrize(
    ("title", "text", "first", "last"),
    [
        ("柳堤区治水方案", "用三年时间，2026—2028年全面治理。", 2026, 2028),
        ("柳堤区治水方案", "柳政发〔2026〕8号，到2028年基本治好。", 2026, 2028),
        ("柳堤区治水方案", "2026年6月底前完成。", 2026, 2026),
        ("柳堤区治水方案", "二〇二六年启动，到二〇二七年完成。", 2026, 2027),
        ("柳堤区治水方案", "贯彻“十五五”部署。", 2026, 2030),
    ],
)
def test_a_period_that_no_title_names_is_taken_from_the_text_and_warned_of(
    title: str, text: str, first: int, last: int
) -> None:
    plan = read(title, text, MEASURE)
    assert (plan.plan.period_start.year, plan.plan.period_end.year) == (first, last)
    assert warned(plan, Caution.PERIOD_GUESSED) == [1]


def test_a_five_year_plan_in_the_title_is_its_period() -> None:
    plan = read("柳堤区“十五五”治水规划", MEASURE)
    assert (plan.plan.period_start.year, plan.plan.period_end.year) == (2026, 2030)
    assert warned(plan, Caution.PERIOD_GUESSED) == []


def test_a_name_that_any_list_may_bear_gives_way_to_the_plans_own() -> None:
    plan = read(("工作台账", 1), "柳堤区河道整治2026年工作台账", "填报单位：区水务局", MEASURE)
    assert plan.plan.title == "柳堤区河道整治2026年工作台账"


@pytest.mark.parametrize(
    "menu", [("首页 > 政务公开",), ("首页", "走进柳堤", "政务公开"), ("当前位置：首页", "无障碍浏览")]
)
def test_a_pages_menu_is_no_part_of_the_title(menu: tuple[str, ...]) -> None:
    assert read(*menu, "柳堤区2026年治水重点任务分解", MEASURE).plan.title == "柳堤区2026年治水重点任务分解"


def test_a_title_may_end_in_quotation_marks_and_goes_before_the_name_of_a_list() -> None:
    plan = read(("说明", 1), "柳堤区2026年治水“三张清单”", "一、按月报送。", ("疏浚清单", 1), MEASURE)
    assert plan.plan.title == "柳堤区2026年治水“三张清单”"
