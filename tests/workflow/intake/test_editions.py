"""Two editions of a plan are matched by what their measures say (INTAKE.md, Never silently)."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.intake.editions import Fate, Known, Match, match

PARKS = Known("绿化行动", "新建口袋公园", "在老城区选址新建口袋公园，配齐座椅和照明。", ("园林局", "住建局"))
TREES = Known("绿化行动", "补种行道树", "对缺株路段逐条补种，三年不断档。", ("园林局",))
RIVER = Known("清水行动", "整治沿河排口", "排查沿河排口，建档立卡，限期封堵。", ("水务局", "生态环境局"))
OLD = (PARKS, TREES, RIVER)


def test_shifted_numbers_and_order_change_nothing() -> None:
    assert match(OLD, (RIVER, PARKS, TREES)) == [
        Match(2, 0, Fate.SAME),
        Match(0, 1, Fate.SAME),
        Match(1, 2, Fate.SAME),
    ]


def test_a_reworded_title_is_the_same_measure() -> None:
    reworded = replace(TREES, title="补种城区行道树")
    found = match(OLD, (PARKS, reworded, RIVER))
    assert [(one.old, one.fate) for one in found] == [(0, Fate.SAME), (1, Fate.SAME), (2, Fate.SAME)]
    assert found[1].score < 1


def test_a_measure_under_another_head_has_moved() -> None:
    assert match(OLD, (PARKS, replace(TREES, section="清水行动"), RIVER))[1] == Match(1, 1, Fate.MOVED)


def test_what_is_new_and_what_is_gone_are_told_apart() -> None:
    school = Known("绿化行动", "校园屋顶改造", "选三所学校试点屋顶绿化。", ("教育局",))
    assert match(OLD, (PARKS, school, RIVER)) == [
        Match(0, 0, Fate.SAME),
        Match(None, 1, Fate.ADDED, 0.0),
        Match(2, 2, Fate.SAME),
        Match(1, None, Fate.DROPPED, 0.0),
    ]


def test_two_measures_of_one_title_keep_to_their_sections_and_texts() -> None:
    twin = replace(PARKS, section="清水行动", text="沿河新建口袋公园，连通步道。")
    found = match((PARKS, twin), (twin, PARKS))
    assert [(one.old, one.new) for one in found] == [(1, 0), (0, 1)]


def test_a_code_in_the_file_goes_before_likeness() -> None:
    coded = tuple(replace(one, code=f"LH-01-0{n}") for n, one in enumerate(OLD, start=1))
    renamed = replace(coded[1], title="缺株路段补植", text="对缺株路段逐条补种，两年完成。")
    assert [one.old for one in match(coded, (coded[0], renamed, coded[2]))] == [0, 1, 2]


def test_a_code_copied_to_a_row_of_another_content_is_not_believed() -> None:
    coded = tuple(replace(one, code=f"LH-01-0{n}") for n, one in enumerate(OLD, start=1))
    stray = Known("绿化行动", "开展垃圾分类督导", "每周入户", ("城管局",), code="LH-01-02")
    assert [(one.old, one.fate) for one in match(coded, (coded[0], stray, coded[2]))][1] == (None, Fate.ADDED)


words = st.text(
    alphabet="推进建设完善机制提升水平加强服务保障管理创新改革教育医疗交通", min_size=4, max_size=16
)


@given(st.lists(words, min_size=1, max_size=30, unique=True), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_order_of_the_same_measures_is_the_same_plan(titles, shuffle) -> None:  # type: ignore[no-untyped-def]
    old = [Known("一", title, title * 3, ("甲局",)) for title in titles]
    order = list(range(len(old)))
    shuffle.shuffle(order)
    found = match(old, [old[place] for place in order])
    assert [(one.old, one.fate, one.score) for one in found] == [(place, Fate.SAME, 1.0) for place in order]


@given(st.lists(words, max_size=12), st.lists(words, max_size=12))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_measure_of_both_editions_has_exactly_one_fate(before, after) -> None:  # type: ignore[no-untyped-def]
    old = [Known("一", title, "", ()) for title in before]
    new = [Known("一", title, "", ()) for title in after]
    found = match(old, new)
    assert sorted(one.old for one in found if one.old is not None) == list(range(len(old)))
    assert sorted(one.new for one in found if one.new is not None) == list(range(len(new)))
