"""Rows of the list find their measures by section and title."""

from tests.workflow.intake.greenway import (
    LIST,
    NARRATIVE,
    WHOLE,
    changed,
    line_of,
    measures,
    read,
    units,
    warned,
)
from workflow.intake.reader_warnings import Caution


def test_a_difference_of_units_is_listed_at_the_measure_and_warned_of() -> None:
    plan = read()
    differing = {
        title: measure.differences for title, measure in measures(plan).items() if measure.differences
    }
    assert differing == {
        "打通沿河断点": (
            {
                "kind": "units",
                "narrative": "区园林局、区水务局、各街道",
                "list": "区园林局、区水务局、各街道等相关部门",
            },
        )
    }
    assert [w.line for w in warned(plan, Caution.UNITS_DIFFER)] == [line_of("区园林局、", after="任务清单")]


def test_another_order_of_the_same_units_is_a_difference_for_it_changes_the_lead() -> None:
    plan = read(changed(("持续推进\n区文化和旅游局、公安**分局", "持续推进\n公安**分局、区文化和旅游局")))
    assert units(measures(plan)["增设驿站"])[0] == "*公安**分局"
    assert len(measures(plan)["增设驿站"].differences) == 1


def test_another_separator_is_no_difference() -> None:
    plan = read(changed(("持续推进\n区文化和旅游局、公安**分局、", "持续推进\n区文化和旅游局，公安**分局；")))
    assert measures(plan)["增设驿站"].differences == ()


def test_measures_pair_by_title_however_different_their_texts_are() -> None:
    plan = read(changed(("修补破损路面。随坏随修。", "修补破损路面。另一段话，与正文无关。")))
    assert measures(plan)["修补破损路面"].text == "逐段检查，随坏随修。"
    assert measures(plan)["修补破损路面"].schedule == "持续推进"


def test_equal_titles_in_two_sections_each_find_their_own_row() -> None:
    text = WHOLE.replace("修补破损路面。随坏随修。", "增设驿站。贯通处也设。").replace(
        "2.修补破损路面", "2.增设驿站"
    )
    first, second = (section.measures[-1] for section in read(text).plan.sections[:2])
    assert (first.title, units(first)) == ("增设驿站", ["*区园林局"])
    assert (second.title, units(second)[0]) == ("增设驿站", "*区文化和旅游局")


def test_a_section_that_the_list_leaves_out_is_warned_of_once() -> None:
    (warning,) = warned(read(), Caution.SECTION_NOT_IN_LIST)
    assert (warning.line, warning.params) == (line_of("三、保障措施"), {"section": "三、保障措施"})


def test_a_head_with_another_wording_is_matched_by_its_number_and_warned_of_once() -> None:
    text = WHOLE.replace(
        "（二）实施绿道便民行动\n（二）实施绿道便民行动\n", "（二）实施便民行动\n（二）实施便民行动\n"
    )
    plan = read(text)
    assert measures(plan)["增设驿站"].schedule == "持续推进"
    (warning,) = warned(plan, Caution.HEAD_DIFFERS)
    assert warning.line == line_of("实施便民行动", text)


def test_a_head_with_another_number_is_matched_by_its_title_and_warned_of() -> None:
    text = changed(("（二）实施绿道便民行动\n增设", "（五）实施绿道便民行动\n增设"))
    plan = read(text)
    assert measures(plan)["增设驿站"].schedule == "持续推进"
    assert len(warned(plan, Caution.HEAD_DIFFERS)) == 1


def test_a_head_that_matches_nothing_is_a_section_of_its_own_and_warned_of() -> None:
    text = WHOLE + "（七）实施绿道养护行动\n勤修剪。每月一次。\n持续推进\n区园林局\n"
    plan = read(text)
    assert [section.title for section in plan.plan.sections][-1] == "实施绿道养护行动"
    assert units(measures(plan)["勤修剪"]) == ["*区园林局"]
    assert [w.line for w in warned(plan, Caution.HEAD_UNMATCHED)] == [line_of("绿道养护", text)]


def test_a_row_without_a_measure_joins_its_section_and_is_warned_of() -> None:
    text = changed(
        (
            "\n修补破损路面。随坏随修。",
            "\n架设步行桥。先易后难。\n2028年底\n区水务局\n修补破损路面。随坏随修。",
        )
    )
    plan = read(text)
    assert [m.title for m in plan.plan.sections[0].measures] == ["打通沿河断点", "修补破损路面", "架设步行桥"]
    assert [w.line for w in warned(plan, Caution.ROW_UNPAIRED)] == [line_of("先易后难", text)]


def test_a_measure_without_a_row_keeps_the_narratives_units_and_is_warned_of() -> None:
    text = changed(("修补破损路面。随坏随修。\n持续推进\n区园林局\n", ""), text=LIST)
    plan = read(NARRATIVE + text)
    assert units(measures(plan)["修补破损路面"]) == ["*区园林局"]
    assert [w.line for w in warned(plan, Caution.MEASURE_UNLISTED)] == [line_of("修补破损路面", NARRATIVE)]


def test_a_row_that_stands_twice_is_taken_once_and_warned_of() -> None:
    row = "修补破损路面。随坏随修。\n持续推进\n区园林局\n"
    plan = read(changed((row, row + row)))
    assert [m.title for m in plan.plan.sections[0].measures] == ["打通沿河断点", "修补破损路面"]
    assert len(warned(plan, Caution.ROW_REPEATED)) == 1


def test_a_row_before_any_head_is_kept_and_warned_of() -> None:
    plan = read(changed(("（一）实施绿道\n贯通行动\n", ""), text=LIST))
    assert plan.plan.sections[0].title == "河湾区绿道建设任务清单（2026-2028年）"
    assert [w.params for w in warned(plan, Caution.ROW_WITHOUT_SECTION)] == [{"title": "打通沿河断点"}]


def test_an_abridged_title_finds_its_measure_and_is_warned_of() -> None:
    plan = read(changed(("\n修补破损路面。随坏随修。", "\n修补路面。随坏随修。")))
    assert measures(plan)["修补破损路面"].schedule == "持续推进"
    assert [w.params for w in warned(plan, Caution.TITLE_DIFFERS)] == [
        {"list": "修补路面", "narrative": "修补破损路面"}
    ]


def test_figures_that_only_the_list_promises_are_warned_of_and_the_narratives_kept() -> None:
    text = changed(("打通沿河断点。拆除围挡。\n", "打通沿河断点。贯通里程超过50公里。\n"))
    plan = read(text)
    assert [str(target.value) for target in measures(plan)["打通沿河断点"].targets] == ["90", "40"]
    (warning,) = warned(plan, Caution.FIGURES_DIFFER)
    assert (warning.line, warning.params) == (
        line_of("50公里", text),
        {"title": "打通沿河断点", "text": "贯通里程超过50公里"},
    )


def test_rows_without_heads_find_their_measures_by_titles_that_stand_once() -> None:
    rows = (
        "序号|任务|时限|责任单位\n"
        "1|打通沿河断点|2027年6月|区园林局\n"
        "2|修补破损路面|持续推进|区园林局\n"
        "3|增设驿站|2028年6月|区文化和旅游局\n"
    )
    plan = read(NARRATIVE + "附件\n绿道任务表\n" + rows)
    assert [measure.schedule for measure in measures(plan).values()][:3] == [
        "2027年6月",
        "持续推进",
        "2028年6月",
    ]
    assert warned(plan, Caution.ROW_WITHOUT_SECTION) == []
