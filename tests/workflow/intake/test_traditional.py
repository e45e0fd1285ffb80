"""Plans in Traditional characters: read like others, told in their own characters, every place kept."""

import pytest
from opencc import OpenCC

from tests.workflow.intake.greenway import LIST, NARRATIVE, WHOLE, read
from tests.workflow.intake.structure.built import measures
from workflow.intake.plan_read import PlanRead
from workflow.intake.reading import read_bytes, read_files
from workflow.intake.source import digest
from workflow.intake.traditional import is_traditional

TO_TRADITIONAL = OpenCC("s2t")


def traditional(text: str) -> str:
    """Sign by sign, so that the two texts can be held side by side."""
    return "".join(TO_TRADITIONAL.convert(sign) for sign in text)


TRADITIONAL = traditional(WHOLE)


@pytest.fixture(scope="module")
def plan() -> PlanRead:
    return read_bytes(TRADITIONAL.encode(), "綠道.txt")


def test_the_writing_of_a_document_is_known_by_its_characters() -> None:
    assert is_traditional(TRADITIONAL)
    assert not is_traditional(WHOLE)
    assert not is_traditional("A greenway of 12 km (2026–2028)")
    assert not is_traditional("")


def test_every_fact_is_that_of_the_same_plan_in_simplified_characters(plan: PlanRead) -> None:
    for ours, theirs in zip(measures(plan), measures(read()), strict=True):
        assert ours.title == traditional(theirs.title)
        assert ours.text == traditional(theirs.text)
        assert ours.due == theirs.due
        assert [(unit.text, unit.kind, unit.is_lead) for unit in ours.units] == [
            (traditional(unit.text), unit.kind, unit.is_lead) for unit in theirs.units
        ]
        assert [(one.value, one.comparator, one.due) for one in ours.targets] == [
            (one.value, one.comparator, one.due) for one in theirs.targets
        ]
        assert ours.spans == theirs.spans


def test_every_place_is_one_of_the_text_as_written(plan: PlanRead) -> None:
    assert plan.text.strip() == TRADITIONAL.strip()
    for measure in measures(plan):
        start, end = measure.spans["title"]
        assert plan.text[start:end] == measure.title
        for unit in measure.units:
            assert unit.span is not None
            assert plan.text[unit.span[0] : unit.span[1]] == (unit.written or unit.text)


def test_the_hash_is_that_of_the_text_as_written(plan: PlanRead) -> None:
    assert plan.plan.source_hash == digest(TRADITIONAL)
    assert plan.plan.source_name == "綠道.txt"


def test_warnings_quote_the_document_as_written(plan: PlanRead) -> None:
    assert [warning.code for warning in plan.warnings] == [warning.code for warning in read().warnings]
    for ours, theirs in zip(plan.warnings, read().warnings, strict=True):
        assert ours.line == theirs.line
        assert ours.params == {
            name: traditional(value) if isinstance(value, str) else value
            for name, value in theirs.params.items()
        }


def test_a_plan_and_its_list_in_two_files_keep_their_lines() -> None:
    found = read_files(
        [("方案.txt", traditional(NARRATIVE).encode()), ("清單.txt", traditional(LIST).encode())]
    )
    assert [name for _line, name in found.files] == ["方案.txt", "清單.txt"]
    assert [measure.title for measure in measures(found)] == [
        traditional(measure.title) for measure in measures(read())
    ]


def test_one_sign_that_two_characters_share_is_told_as_it_stands_there() -> None:
    text = (
        "臨江區皇后大道後街整治計畫（2026—2027年）\n一、整治街區\n"
        "（一）整修皇后大道。改善人行環境與無障礙設施。（責任單位：區工務局）\n"
        "（二）整修後街。改善後巷照明與環境衛生。（責任單位：區環境衛生局）\n"
    )
    found = read_bytes(text.encode(), "計畫.txt")
    assert [measure.title for measure in measures(found)] == ["整修皇后大道", "整修後街"]
    assert found.plan.title == "臨江區皇后大道後街整治計畫（2026—2027年）"
