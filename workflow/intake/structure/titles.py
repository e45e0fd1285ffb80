"""The title of a measure: its words up to the first full stop; and lines of a cell put together."""

import re

from workflow.intake.content import Passage, joined
from workflow.intake.structure.serials import Mark, mark_of

_STOP = "。！？!?"
_OPENING, _CLOSING = "（(《“「『【〔[", "）)》”」』】〕]"
_RUN_IN = re.compile(r"(?<=\S)(?:　|  )\s*(?=\S)")
_RUN_IN_LONGEST = 30
_SPACED = re.compile(r"[\u4e00-\u9fff](?:[ \t　]+[\u4e00-\u9fff]){1,5}")
"""One word drawn out: 总　则."""
_BLANKS = re.compile(r"[ \t　]+")
_NEWLINE = re.compile(r"\s*\n\s*")
_LINE_END = "。！？!?；;：:"
_INSIDE = "年0123456789至到-—~～"
_DATE_ENDS = "底末前后内日月年上中下旬之以至到-—~～"
_TAIL = "：:；;，,、 \t　"


def split_title(passage: Passage) -> tuple[Passage, Passage]:
    """The title without signs at its end, and the text behind it.

    A title ends at the first full stop outside brackets, at a line's end, or at a wide blank behind a few words.
    """
    text = passage.text
    stop = _first_stop(text)
    if _SPACED.fullmatch(text, 0, stop):
        return _clean(joined(passage.part(0, stop).split(_BLANKS))), passage.part(stop + 1).stripped()
    run_in = _RUN_IN.search(text, 0, stop)
    if run_in and run_in.start() <= _RUN_IN_LONGEST:
        return _clean(passage.part(0, run_in.start())), passage.part(run_in.end()).stripped()
    return _clean(passage.part(0, stop)), passage.part(stop + 1).stripped()


def without_number(passage: Passage) -> tuple[str, Passage]:
    """The number a passage begins with ("" for none), and the rest."""
    mark: Mark | None = mark_of(passage)
    return (mark.number, mark.rest) if mark else ("", passage)


def in_one_line(passage: Passage) -> Passage:
    """The passage with the line ends inside sentences taken out; a number at a line's start keeps its line."""
    if "\n" not in passage.text:
        return passage
    whole = Passage("")
    for line in passage.split(_NEWLINE):
        if not line:
            continue
        begins_anew = not whole or whole.text[-1] in _LINE_END or mark_of(line) is not None
        whole = joined((whole, line), "\n" if whole and begins_anew else "")
    return whole


def in_one_row(passage: Passage) -> Passage:
    """A cell of a schedule in one line: its lines are parts, but where one ends inside a date."""
    whole = Passage("")
    for line in passage.split(_NEWLINE):
        if line:
            is_cut = not whole or whole.text[-1] in _INSIDE + _LINE_END + _TAIL or line.text[0] in _DATE_ENDS
            whole = joined((whole, line), "" if is_cut else "；")
    return whole


def _first_stop(text: str) -> int:
    depth = 0
    for n, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(depth - 1, 0)
        elif sign == "\n" or (sign in _STOP and not depth):
            return n
    return _stop_inside(text) if depth else len(text)


def _stop_inside(text: str) -> int:
    """The first full stop of a text whose brackets do not close; its length for none."""
    return min((n for n, sign in enumerate(text) if sign in _STOP), default=len(text))


def _clean(passage: Passage) -> Passage:
    return passage.stripped().part(0, len(passage.stripped().text.rstrip(_TAIL)))
