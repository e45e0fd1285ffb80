"""One plan in every format is read into the same paragraphs and the same cells."""

import pytest

from tests.workflow.intake.formats.every_format import FILES, MERGING
from tests.workflow.intake.formats.small_plan import (
    HEADING,
    MERGED_COLUMN,
    MERGED_TO,
    PARAGRAPHS,
    ROWS,
    TITLE,
    headings,
    marks,
    paragraphs,
    tables,
)
from workflow.intake.content import Paragraph
from workflow.intake.formats.door import read_content
from workflow.intake.preview import as_data
from workflow.intake.reading import read_bytes


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_paragraphs_and_cells(name: str) -> None:
    content = read_content(FILES[name], name)
    assert paragraphs(content) == PARAGRAPHS
    assert tables(content) == [ROWS]


@pytest.mark.parametrize("name", FILES)
def test_everything_read_stands_where_its_place_says(name: str) -> None:
    content = read_content(FILES[name], name)
    lines = content.text.split("\n")
    for block in content.blocks:
        cells = [] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
        for passage in [block.passage] if isinstance(block, Paragraph) else [cell.passage for cell in cells]:
            assert content.text[slice(*passage.span)] == passage.text
            assert passage.text.split("\n")[0] in lines[passage.number - 1]


@pytest.mark.parametrize("name", MERGING)
def test_a_merged_cell_stands_in_each_row_that_it_covers(name: str) -> None:
    found = [
        (r, n) for r, row in enumerate(marks(read_content(FILES[name], name))) for n, m in enumerate(row) if m
    ]
    assert found == [(MERGED_TO, MERGED_COLUMN)]


@pytest.mark.parametrize(
    ("name", "ranks"),
    [
        ("plan.md", [(1, TITLE), (2, HEADING)]),
        ("plan.html", [(1, TITLE), (2, HEADING)]),
        ("plan.docx", [(1, TITLE), (1, HEADING)]),
        ("plan.txt", []),
    ],
)
def test_headings_have_the_rank_that_the_format_gives_them(name: str, ranks: list[tuple[int, str]]) -> None:
    assert headings(read_content(FILES[name], name)) == ranks


@pytest.mark.parametrize("name", ["plan.txt", "plan.md"])
def test_lines_keep_the_numbers_that_they_have_in_the_file(name: str) -> None:
    content = read_content(FILES[name], name)
    source = FILES[name].decode().split("\n")
    for block in content.blocks:
        if isinstance(block, Paragraph):
            assert block.passage.text in source[block.passage.number - 1]


def facts(name: str) -> list[tuple[object, ...]]:
    """What the plan of a file asks of whom by when."""
    read = as_data(read_bytes(FILES[name], name))
    measures = [measure for section in read["sections"] for measure in section["measures"]]
    return [(m["title"], m["lead"], m["supporting"], m["collective"], m["due"]) for m in measures]


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_plan(name: str) -> None:
    found = facts(name)
    assert found == facts("plan.txt")
    assert ("增设驿站", "区文旅局", [], [], "2027-06-30") in found
