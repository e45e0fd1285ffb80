"""Targets written in any form are read back, and whatever is written is read in time."""

from datetime import date
from decimal import Decimal
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.passages import THREE_YEARS, passage_of
from workflow.intake.reader_warnings import WarningList
from workflow.intake.targets.reader import read_targets

WORDS = {
    ">=": ["不低于{}", "不少于{}", "至少{}", "达到{}", "达到{}以上", "提高到{}", "保持在{}以上"],
    "<=": ["不超过{}", "控制在{}以内", "降至{}以下", "不高于{}"],
    ">": ["超过{}", "突破{}", "高于{}"],
    "<": ["低于{}", "少于{}"],
}
FORMS = [(sign, form) for sign, forms in WORDS.items() for form in forms]
NAMES = ["绿化率", "驿站数量", "养护经费", "骑行人数", "树木成活率"]
UNITS = ["%", "个", "万元", "公里", "人次", "万平方米", "个百分点", "座"]
NUMBERS = st.decimals(min_value=1, max_value=9999, places=1)
PROMISES = st.tuples(st.sampled_from(NAMES), st.sampled_from(FORMS), NUMBERS, st.sampled_from(UNITS))
Promise = tuple[str, tuple[str, str], Decimal, str]
HOSTILE = [
    "6月",
    "2026年6月至",
    "5个",
    "5个的",
    "由5个到",
    "对5个",
    "（",
    "(5个)",
    "《",
    "“",
    "全覆盖、",
    "第5",
    "5+",
    "1,",
    "10-",
    "一百",
    "不低于",
    "每5户",
    "2026年、",
    "达到5个，",
    "率、率均达到9%",
    "已建成5个，覆盖3个，",
    "由1名和4名组成的",
    "按10%",
    "2025年，",
    "1-2",
]


def written(promise: Promise) -> str:
    name, (_, form), value, unit = promise
    return name + form.format(f"{value.normalize():f}{unit}")


@settings(derandomize=True, deadline=None)
@given(
    st.lists(PROMISES, min_size=1, max_size=5),
    st.sampled_from(["，", "、", "；", "，并确保"]),
    st.integers(2026, 2028),
)
def test_promises_written_in_any_form_are_read_back(promises: list[Promise], sign: str, year: int) -> None:
    text = f"到{year}年，" + sign.join(map(written, promises)) + "。"
    targets = read_targets(passage_of(text), THREE_YEARS, WarningList())
    assert [(t.comparator, t.value, t.unit, t.due) for t in targets] == [
        (sign_of, value, unit, date(year, 12, 31)) for _, (sign_of, _), value, unit in promises
    ]


@settings(derandomize=True, deadline=None)
@given(
    st.text(
        alphabet="2026年月0123,.:%％个元万亿不低于超过达到以上的由从到至对、，；。（）“”每名全覆盖零只增减 \n",
        max_size=80,
    )
)
def test_whatever_is_written_every_target_lies_in_the_text(text: str) -> None:
    passage = passage_of(text)
    for target in read_targets(passage, THREE_YEARS, WarningList()):
        assert target.span is not None
        start, end = target.span
        assert passage.start <= start <= end <= passage.end
        assert text[start - passage.start : end - passage.start] == target.text


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_is_read_in_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = monotonic()
    read_targets(passage_of(text), THREE_YEARS, WarningList())
    assert monotonic() - began < 5
