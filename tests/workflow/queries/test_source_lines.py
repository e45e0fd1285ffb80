"""A long text is shown some lines at a time, each with its place."""

import pytest

from workflow.queries.source_lines import AROUND, line_at, window

TEXT = "\n".join(f"第{n}行" for n in range(1, 1001))


def test_a_line_stands_in_the_middle_with_its_place() -> None:
    shown = window(TEXT, 500)
    assert [line.number for line in shown.lines] == list(range(500 - AROUND, 501 + AROUND))
    assert all(TEXT[line.start :].startswith(line.text + "\n") for line in shown.lines)


def test_both_ends_are_reached_by_what_is_offered() -> None:
    line, seen = 1, set()
    while line is not None:
        shown = window(TEXT, line)
        seen |= {one.number for one in shown.lines}
        line = shown.after
    assert seen == set(range(1, 1001))
    assert window(TEXT, 1).before is None
    assert window(TEXT, 1000).after is None


@pytest.mark.parametrize("line", [0, 5000])
def test_a_line_that_is_not_there_stands_for_the_nearest(line: int) -> None:
    assert window("甲\n乙", line).total == 2
    assert window("", line).lines[0].text == ""


def test_every_place_is_on_the_line_that_holds_it() -> None:
    for line in window(TEXT, 500).lines:
        assert line_at(TEXT, line.start) == line_at(TEXT, line.start + len(line.text)) == line.number
