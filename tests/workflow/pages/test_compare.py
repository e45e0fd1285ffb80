"""The difference view: what stayed, came and went between two versions of a report."""

from hypothesis import given
from hypothesis import strategies as st

from workflow.pages.compare import LIMIT, Piece, pieces

texts = st.text(alphabet="甲乙丙丁，。 ab1.%\n", max_size=60)


def test_a_changed_number_is_marked_as_a_whole() -> None:
    assert pieces("提高到94.2%。", "提高到96.1%。") == [
        Piece("same", "提高到"),
        Piece("gone", "94.2%"),
        Piece("new", "96.1%"),
        Piece("same", "。"),
    ]


def test_an_added_sentence_leaves_what_stood_before_it() -> None:
    assert pieces("已完成。", "已完成。并通过验收。")[-1].kind == "new"
    assert pieces("已完成。", "已完成。并通过验收。")[0] == Piece("same", "已完成。")


@given(texts, texts)
def test_the_pieces_give_back_both_texts(was: str, now: str) -> None:
    found = pieces(was, now)

    assert "".join(piece.text for piece in found if piece.kind != "new") == was
    assert "".join(piece.text for piece in found if piece.kind != "gone") == now


def test_very_long_texts_stand_one_after_the_other() -> None:
    long = "长" * (LIMIT + 1)

    assert pieces(long, "短") == [Piece("gone", long), Piece("new", "短")]
