"""The bracket of responsible units at a paragraph's end."""

from workflow.intake.brackets import UnitBracket, has_bracket, take_brackets


def test_the_bracket_is_taken_out_of_the_text() -> None:
    text, brackets = take_brackets("架设步行桥。（责任单位：区园林局、区水务局）。")
    assert text == "架设步行桥。"
    assert brackets == (UnitBracket("区园林局、区水务局", is_closed=True),)


def test_other_brackets_stay_in_the_text() -> None:
    text, brackets = take_brackets("桥（含引桥）完工。(责任部门:区水务局（河道处）)")
    assert text == "桥（含引桥）完工。"
    assert brackets == (UnitBracket("区水务局（河道处）", is_closed=True),)


def test_a_bracket_that_never_closes_reaches_to_the_end() -> None:
    assert take_brackets("完工。（责任单位：区水务局、区园林局")[1] == (
        UnitBracket("区水务局、区园林局", is_closed=False),
    )


def test_several_brackets_are_found_in_order() -> None:
    text, brackets = take_brackets("甲。（责任单位：区水务局）乙。（责任单位：区园林局）")
    assert text == "甲。乙。"
    assert [bracket.units for bracket in brackets] == ["区水务局", "区园林局"]


def test_a_text_without_the_label_has_no_bracket() -> None:
    assert not has_bracket("责任单位要落实责任（见附件）。")
