"""What readers give becomes a Content, unless there is nothing in it or too much."""

import pytest

from workflow.intake.content import CellText, Remark
from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats import given
from workflow.intake.formats.given import GivenParagraph, GivenRemark, GivenTable, content_of


def refused(*blocks: given.GivenBlock) -> Fault:
    with pytest.raises(UnreadableError) as error:
        content_of(blocks)
    return error.value.fault


def test_nothing_but_blanks_is_empty() -> None:
    assert refused() is Fault.EMPTY
    assert refused(GivenParagraph(" \u200b\n"), GivenTable([[CellText("")]])) is Fault.EMPTY


@pytest.mark.parametrize("limit", ["SIGNS_MOST", "PARAGRAPHS_MOST"])
def test_more_text_than_a_plan_can_have_is_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, limit, 1)
    assert refused(GivenParagraph("甲"), GivenParagraph("乙")) is Fault.TOO_COSTLY


@pytest.mark.parametrize("limit", ["ROWS_MOST", "CELLS_MOST"])
def test_more_rows_or_cells_than_a_plan_can_have_are_refused(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, limit, 1)
    assert refused(GivenTable([CellText.of("甲乙"), CellText.of("丙丁")])) is Fault.TABLE_TOO_LARGE


def test_a_line_that_is_too_long_is_refused_in_a_cell_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "LINE_LONGEST", 3)
    assert refused(GivenTable([[CellText("甲乙丙丁")]])) is Fault.LINE_TOO_LONG
    assert content_of([GivenTable([[CellText("甲乙\n丙丁")]])]).blocks


def test_a_remark_has_the_line_that_comes_next() -> None:
    content = content_of(
        [GivenParagraph("甲"), GivenRemark("pages_unread", {"page": 2}), GivenParagraph("乙")]
    )
    assert content.remarks == (Remark(2, "pages_unread", {"page": 2}),)


def test_signs_that_no_database_takes_are_dropped_in_cells_and_names() -> None:
    content = content_of([GivenTable([[CellText("甲\x00"), CellText("乙\ud800")]], "表\x01")])
    table = content.blocks[0]
    assert [[cell.text for cell in row] for row in table.rows] == [["甲", "乙"]]
    assert table.name == "表"
