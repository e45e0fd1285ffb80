"""Sentences that lay down how units are to be read."""

import pytest

from tests.workflow.intake.units.told import passage
from workflow.intake.units.conventions import Conventions, without_conventions


def conventions(text: str, line: int = 7) -> Conventions:
    found = Conventions()
    assert found.note(passage(text, line))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "（责任单位：区园林局、区水务局，列第一位的为牵头单位，下同）",
        "（排名第一的为牵头单位，以下同）",
        "责任单位中，排在首位的为牵头单位。",
        "注：第一责任单位为牵头单位",
        "牵头单位列首位，下同",
        "无牵头单位的，责任单位即为牵头单位。",
        "未明确牵头单位的，排名第一的责任单位为牵头单位。",
    ],
)
def test_the_first_unit_leads_where_the_document_says_so(text: str) -> None:
    assert conventions(text).first_leads is True


def test_a_convention_holds_from_its_line_on_where_it_says_so() -> None:
    found = conventions("（列第一位的为牵头单位，下同）", line=7)
    assert (found.first_leads_at(6), found.first_leads_at(7), found.first_leads_at(90)) == (None, True, True)


def test_a_note_without_such_words_holds_for_the_whole_document() -> None:
    assert conventions("注：排第一的单位为牵头单位", line=90).first_leads_at(7) is True


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("以下各项均需各市、县政府推进，不再单独列出", ["各市、县政府"]),
        (
            "以下任务均由各区人民政府、各开发区管委会负责落实，不再逐一列出。",
            ["各区人民政府", "各开发区管委会"],
        ),
        ("各县（市、区）政府均为责任单位，以下不再单独列出", ["各县（市、区）政府"]),
        ("注：1.各街道为各项任务的配合单位，不再重复列出。", ["各街道"]),
        ("责任单位均包括各区政府，不再列出", ["各区政府"]),
        ("（区园林局负责。以下均需各市、县政府推进，不再单独列出）", ["各市、县政府"]),
    ],
)
def test_units_may_be_meant_without_being_named(text: str, units: list[str]) -> None:
    assert [unit.text for unit in conventions(text).implicit] == units


def test_the_unnamed_units_belong_to_later_measures_alone() -> None:
    found = conventions("以下各项均需各市、县政府推进，不再单独列出", line=7)
    assert found.implicit_at(6) == ()
    assert [unit.is_lead for unit in found.implicit_at(8)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "凡涉及征地拆迁的，均需各街道配合，不再逐项列出。",
        "以下各项如需跨区施工的，均由各区政府负责，不再单独列出。",
    ],
)
def test_a_rule_under_a_condition_is_no_rule_for_all(text: str) -> None:
    found = conventions(text)
    assert found.implicit == ()
    assert found.conditional == ((7, text.rstrip("。")),)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("注：带*号的为牵头单位", "*"),
        ("注：“*”为牵头单位", "*"),
        ("> 实施期：2024—2030年。注：“＊”为牵头单位。", "*"),
        ("★为牵头单位", "★"),
        ("责任单位（标▲者为牵头单位）", "▲"),
        ("责任单位（★表示牵头）", "★"),
        ("名称前有◆号的为主责单位，下同", "◆"),
        ("牵头单位以★标注", "★"),
        ("牵头部门名称后加*号", "*"),
    ],
)
def test_a_sign_may_mark_the_lead(text: str, mark: str) -> None:
    assert conventions(text).lead_mark_at(7) == mark


def test_that_the_order_says_nothing_is_understood_and_taken_out_of_the_list() -> None:
    assert conventions("责任单位排名不分先后").first_leads is None
    written = passage("区园林局、区水务局（排名不分先后）")
    assert without_conventions(written).text == "区园林局、区水务局"


@pytest.mark.parametrize(
    "text",
    [
        "各级政府要牵头抓好落实，不得推诿。",
        "首批示范区为牵头试点",
        "要把绿化放在第一位，明确为牵头任务",
        "区园林局、第一中学为牵头单位",
        "（责任单位：区园林局、区水务局）",
        "已建成的不再列出",
    ],
)
def test_other_sentences_lay_nothing_down(text: str) -> None:
    found = Conventions()
    assert not found.note(passage(text))
    assert (found.first_leads, found.implicit) == (None, ())


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("区园林局、区水务局，列第一位的为牵头单位，下同", "区园林局、区水务局"),
        ("区园林局、区水务局（排第一位的为牵头单位，下同）", "区园林局、区水务局"),
        ("区园林局、区水务局", "区园林局、区水务局"),
    ],
)
def test_a_list_is_read_without_the_convention_in_it(text: str, rest: str) -> None:
    assert without_conventions(passage(text)).text == rest
