"""One measure into two, and two into one."""

from dataclasses import replace

from tests.factories.imports import bridge
from workflow.actions.plan_input import MeasureInput, UnitInput
from workflow.intake.draft_parts import boundaries, cut, together


def test_a_text_can_be_cut_before_each_sentence_but_the_first() -> None:
    found = boundaries("修桥。铺路；\n装灯。")
    assert [(one.place, one.label) for one in found] == [(3, "铺路；"), (7, "装灯。")]
    assert boundaries("只有一句。") == []


def test_a_cut_measure_keeps_its_units_and_gives_each_part_what_its_words_hold() -> None:
    [place] = [boundary.place for boundary in boundaries(bridge().text)]

    first, second = cut(bridge(), place)

    assert (first.text, second.text) == ("建成桥梁3座。", "完成护栏改造。")
    assert (first.title, second.title) == ("修桥", "完成护栏改造")
    assert first.units == second.units == bridge().units
    assert [target.text for target in first.targets] == ["建成桥梁3座"]
    assert [step.title for step in second.milestones] == ["完成护栏改造"]
    assert [item.text for item in (*first.items, *second.items)] == ["建成桥梁3座", "完成护栏改造"]
    assert first.spans["text"] == (24, 31)
    assert second.spans["text"] == (31, 38)


def test_what_stands_in_neither_part_stays_with_the_first() -> None:
    [target] = bridge().targets
    measure = replace(bridge(), targets=[replace(target, text="别处的话")])
    first, second = cut(measure, 7)
    assert first.targets == measure.targets
    assert second.targets == []


def test_joined_measures_lose_nothing_and_have_one_lead() -> None:
    other = MeasureInput(
        "设站",
        number="2.",
        text="设置驿站。",
        units=[UnitInput("财政局", "bureau"), UnitInput("水务局", "bureau", is_lead=True)],
        spans={"text": (50, 60)},
    )
    joined = together(bridge(), other)

    assert joined.title == "修桥"
    assert "2.设站" in joined.text
    assert "设置驿站。" in joined.text
    assert [unit.text for unit in joined.units] == ["教育局", "财政局", "各街道", "水务局"]
    assert [unit.text for unit in joined.units if unit.is_lead] == ["教育局"]
    assert joined.spans["text"] == (24, 60)
    assert joined.targets == list(bridge().targets)
