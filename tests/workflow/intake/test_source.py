"""The normalised source and its hash."""

from workflow.intake.source import Line, digest, key, lines_of


def test_lines_keep_the_number_they_have_in_an_editor() -> None:
    assert lines_of(" 甲 \r\n\r\n　乙\n丙\r丁") == (
        Line(1, "甲"),
        Line(3, "乙"),
        Line(4, "丙"),
        Line(5, "丁"),
    )


def test_the_hash_ignores_line_ends_blank_lines_and_indents() -> None:
    assert digest("甲\n乙\n") == digest("　甲\r\n\r\n 乙")


def test_the_hash_tells_texts_apart() -> None:
    assert digest("甲\n乙") != digest("甲乙")


def test_titles_are_compared_without_blanks_and_in_one_form_of_signs() -> None:
    assert key("(一) 绿道 ２.0") == key("（一）绿道2.0")
