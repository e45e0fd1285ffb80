"""A measure's text broken into single things to do."""

import re
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.passages import passage_of
from workflow.intake.items import MOST, read_items


def items(text: str) -> list[str]:
    return [item.text for item in read_items(passage_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完善巡查制度。建立养护台账；强化考核。", ["完善巡查制度", "建立养护台账", "强化考核"]),
        ("（1）完善制度；（2）建立台账。", ["完善制度", "建立台账"]),
        ("①摸底②建档③整改", ["摸底", "建档", "整改"]),
        ("一是加强巡查，二是完善台账；三是强化考核。", ["加强巡查", "完善台账", "强化考核"]),
        ("全面开展以下工作：①摸底；②建档。", ["摸底", "建档"]),
        ("完善制度，建立台账。", ["完善制度，建立台账"]),
        ("到2027年，建成驿站10个。", ["到2027年，建成驿站10个"]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_its_sentences_and_points(text: str, expected: list[str]) -> None:
    assert items(text) == expected


def test_a_long_sentence_is_cut_at_clauses_with_a_verb_of_their_own() -> None:
    text = (
        "以提升骑行品质为目标，推进滨河绿道全线贯通和断点整治，完善沿线驿站、照明和导向标识，建立路长巡查和志愿养护制度，"
        "开展骑行安全宣传进社区进学校活动。"
    )
    assert items(text) == [
        "以提升骑行品质为目标，推进滨河绿道全线贯通和断点整治",
        "完善沿线驿站、照明和导向标识",
        "建立路长巡查和志愿养护制度",
        "开展骑行安全宣传进社区进学校活动",
    ]


def test_what_stands_in_brackets_or_quotes_is_not_cut() -> None:
    text = "建立台账（含断点；含驿站。）并实施“贯通。亮灯”工程。完善制度。"
    assert items(text) == ["建立台账（含断点；含驿站。）并实施“贯通。亮灯”工程", "完善制度"]


@pytest.mark.parametrize("text", ["为深入贯彻上级部署，结合本地实际。", "近年来，绿道成效明显。"])
def test_mere_background_is_no_item(text: str) -> None:
    assert items(text + "完善制度。") == ["完善制度"]


def test_background_in_which_something_is_done_stays() -> None:
    assert items("以制度建设为统领，完善巡查台账。") == ["以制度建设为统领，完善巡查台账"]


def test_there_are_never_more_than_the_most_and_nothing_is_lost() -> None:
    text = "。".join(f"完善第{n}号路段的制度" for n in range(500))
    found = items(text)
    assert len(found) <= MOST
    assert "。".join(found) == text


def test_an_item_has_its_place_in_the_source() -> None:
    passage = passage_of("完善制度；（2）建立台账。")
    assert [item.span for item in read_items(passage)] == [
        (passage.start, passage.start + 4),
        (passage.start + 8, passage.start + 12),
    ]


SENTENCES = st.lists(
    st.sampled_from(
        [
            "完善制度",
            "建立台账，加强巡查",
            "开展专项整治（含三处断点）",
            "建设绿道20公里",
            "推进贯通，完善驿站，强化养护",
        ]
    ),
    min_size=1,
    max_size=30,
)


@settings(derandomize=True, deadline=None)
@given(SENTENCES, st.sampled_from("。；\n"))
def test_nothing_to_do_is_lost(sentences: list[str], sign: str) -> None:
    text = sign.join(sentences)
    assert re.sub(r"\W", "", "".join(items(text))) == re.sub(r"\W", "", text)


@pytest.mark.parametrize("piece", ["完善制度，", "（", "（1）", "。", "完善制度。", "①", "以完善为目标，"])
def test_a_long_hostile_text_is_broken_up_in_time(piece: str) -> None:
    began = monotonic()
    read_items(passage_of(piece * (20_000 // len(piece))))
    assert monotonic() - began < 5
