"""Lines as a page has them become paragraphs: page marks go, what a line end cut is put together again.

A line goes on in the next where the next begins nothing of its own and this one is full, or holds a bracket of units
that is still open.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from workflow.intake.content import Block, Cell, Paragraph, Passage, Table, joined
from workflow.intake.english.columns import label_in
from workflow.intake.english.headings import entry_form
from workflow.intake.structure.columns import Column, likely_meaning
from workflow.intake.structure.serials import mark_of
from workflow.intake.units.splitting import look_like_units

_PAGE_MARK = re.compile(
    r"[-—–－―·]\s*\d{1,4}\s*[-—–－―·]|第\s*\d{1,4}\s*页(?:[，,/／\s]*共\s*\d{1,4}\s*页)?"
    r"|[（(]?(?:续表|续上表|接上页|转下页)[）)]?"
)
_PAGE_COUNT = re.compile(r"\d{1,4}\s*/\s*\d{1,4}|\d{1,3}")
_BAR = re.compile(r"[|｜]")
_SENTENCE_END = "。！？!?：:；;"
_CLOSED = "）)】〕]"
_GOES_ON = "、，,和及与：:"
_NEVER_FIRST = "，、。；：！？）)】〕》”’,;:.%％"
_OF_UNITS = re.compile(r"单位|部门|负责|牵头|配合|[局委办厅部](?:[、，）)】〕]|$)")
_LABEL = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕。]{0,3}(?:责任|牵头|配合|主责|落实|实施|承办)")
_LISTS_ON = re.compile(
    r"[（(【\[]?\S{0,4}(?:责任|牵头|配合|主责|主办|协办|落实|实施|承办|参与|参加)\S{0,2}(?:单位|部门|主体)?[】\]]?[：:](?:.*[、，,和及与])?"
)
_LABEL_LINE = re.compile(r"[【\[（(]?(?P<name>[\u4e00-\u9fff]{4,8})[】\]）)]?\s*[：:]")
_ENGLISH_LABEL = re.compile(r"[-•*\s]*[A-Z][A-Za-z]+(?: [A-Za-z]+){0,3}:\s")
_OPENING, _CLOSING = "（([【〔", "）)]】〕"
_FULL = 0.82
_WIDEST = 110
_LEAST_LINES = 8
_FULL_LEAST, _FULL_PART, _CUT_PART = 4, 0.15, 0.45
_CUT_PART_INDENTED = 0.3
_OPEN_LONGEST = 6
_WHOLE = re.compile(r"[0-9A-Za-z.,%]+[\u4e00-\u9fff%％]?")
_BLANKS = " \t　"


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a document end: `width` of a full line, 0 where lines are an author's and not a page's."""

    width: int = 0
    has_indents: bool = False

    @property
    def is_wrapped(self) -> bool:
        """Whether a paragraph may go on in the next line."""
        return bool(self.width)


def wrapping_of(paragraphs: Sequence[Paragraph], text: str, *, is_wrapped: bool) -> Wrapping:
    """How the lines end. `text` is the normalised text, which knows where a line is indented."""
    if not paragraphs or not (is_wrapped or _look_wrapped(paragraphs, text)):
        return Wrapping()
    indented = sum(_is_indented(one.passage, text) for one in paragraphs)
    return Wrapping(
        max(_width(paragraph.passage.text) for paragraph in paragraphs), indented > len(paragraphs) // 8
    )


def without_page_marks(blocks: Iterable[Block], *, is_wrapped: bool) -> list[Block]:
    """The blocks without `— 2 —`, 第2页 and 续表 and, where lines are a page's, without bare page numbers.

    A table that such a mark cuts in two is one again.
    """
    found: list[Block] = []
    is_cut = False
    for block in blocks:
        if isinstance(block, Paragraph) and _is_page_mark(block, is_wrapped):
            is_cut = True
            continue
        before = found[-1] if found and is_cut else None
        rows = _rows_of(block) if isinstance(before, Table) else ()
        if isinstance(before, Table) and rows and len(before.rows[0]) == len(rows[0]):
            found[-1] = replace(before, rows=(*before.rows, *rows))
        else:
            found.append(block)
        is_cut = False
    return found


def _rows_of(block: Block) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table; a line drawn with bars is a row by itself."""
    if isinstance(block, Table):
        return block.rows
    line = block.passage.stripped("|｜ \t")
    return (tuple(Cell(part.stripped()) for part in line.split(_BAR)),)


def rejoined(blocks: Iterable[Block], text: str, wrapping: Wrapping) -> list[Block]:
    """The blocks with the lines of each paragraph put together; a table ends a paragraph."""
    found: list[Block] = []
    run: list[Paragraph] = []
    given = list(blocks)
    for n, block in enumerate(given):
        if isinstance(block, Paragraph):
            if run and _goes_on(
                run, block, text, wrapping, closes_soon=_closes_soon(given[n : n + _OPEN_LONGEST])
            ):
                run.append(block)
                continue
            _end_run(run, found)
            run = [block]
        else:
            _end_run(run, found)
            run = []
            found.append(block)
    _end_run(run, found)
    return found


def _is_page_mark(paragraph: Paragraph, is_wrapped: bool) -> bool:  # noqa: FBT001 - private
    text = paragraph.passage.text
    return bool(_PAGE_MARK.fullmatch(text)) or (is_wrapped and bool(_PAGE_COUNT.fullmatch(text)))


def _end_run(run: Sequence[Paragraph], found: list[Block]) -> None:
    if run:
        whole = run[0].passage if len(run) == 1 else joined_lines([one.passage for one in run])
        found.append(Paragraph(whole, run[0].heading))


def joined_lines(lines: Sequence[Passage]) -> Passage:
    """One passage of lines; a blank is put between words in Latin letters only."""
    whole = lines[0]
    for line in lines[1:]:
        last, first = whole.text[-1:], line.text[:1]
        is_latin = last.isascii() and (last.isalpha() or last in ",;:.)") and first.isascii()
        whole = joined((whole, line), " " if is_latin and (first.isalpha() or last.isalpha()) else "")
    return whole


def _look_wrapped(paragraphs: Sequence[Paragraph], text: str) -> bool:
    """Whether the lines are a page's: none is long, and many that are full do not end a sentence."""
    lines = [paragraph.passage for paragraph in paragraphs if not paragraph.heading]
    widths = [_width(line.text) for line in lines]
    width = max(widths, default=0)
    if len(lines) < _LEAST_LINES or width > _WIDEST or width < 30:
        return False
    full = [n for n in range(len(lines) - 1) if widths[n] >= _FULL * width]
    cut = sum(
        lines[n].text[-1] not in _SENTENCE_END + _CLOSED and mark_of(lines[n + 1]) is None for n in full
    )
    indented = sum(_is_indented(line, text) for line in lines) / len(lines)
    least = _CUT_PART_INDENTED if _FULL_PART < indented < 1 - _FULL_PART else _CUT_PART
    return len(full) >= max(_FULL_LEAST, _FULL_PART * len(lines)) and cut >= least * len(full)


def _closes_soon(blocks: Sequence[Block]) -> bool:
    """Whether a bracket closes in these lines before one of them begins something of its own."""
    for block in blocks:
        if not isinstance(block, Paragraph) or mark_of(block.passage) is not None:
            return False
        if any(sign in block.passage.text for sign in _CLOSING):
            return True
    return False


def _goes_on(
    run: Sequence[Paragraph], after: Paragraph, text: str, wrapping: Wrapping, *, closes_soon: bool
) -> bool:
    """Whether the paragraph begun by `run` goes on in the line `after`."""
    line = run[-1].passage.text
    if mark_of(after.passage) is not None or run[-1].heading or after.heading:
        return False
    if _begins_anew(after.passage.text):
        return False
    if _has_open_label(run):
        return wrapping.is_wrapped or closes_soon
    if (
        _LISTS_ON.fullmatch(run[0].passage.text)
        and line[-1] in _GOES_ON
        and look_like_units(after.passage.text)
    ):
        return True
    if not wrapping.is_wrapped or (wrapping.has_indents and _is_indented(after.passage, text)):
        return False
    if after.passage.text.startswith(("附件", "附表")):
        return False
    if _is_open(run) or after.passage.text[0] in _NEVER_FIRST:
        return True
    is_full = _width(line) + _width(_kept_whole(after.passage.text)) >= _FULL * wrapping.width
    return is_full and line[-1] not in _SENTENCE_END and not _ends_statement(run)


def _kept_whole(text: str) -> str:
    """The number or Latin word that a line begins with and that no line end cuts: for want of room it came down whole."""
    found = _WHOLE.match(text)
    return found[0] if found else ""


def _begins_anew(text: str) -> bool:
    """Whether a line begins with a label (完成时限：…; Deadline: …), or with a number as English plans write it."""
    label = _LABEL_LINE.match(text)
    if label is not None and likely_meaning(label["name"]) is not Column.UNKNOWN:
        return True
    return label_in(text) is not None or bool(entry_form(text) or _ENGLISH_LABEL.match(text))


def _ends_statement(run: Sequence[Paragraph]) -> bool:
    """Whether the run ends with a bracket that names units."""
    text = "".join(one.passage.text for one in run[-_OPEN_LONGEST:])
    if text[-1] not in _CLOSED:
        return False
    start = max(text.rfind(sign, 0, -1) for sign in _OPENING)
    return _OF_UNITS.search(text, max(start, 0)) is not None


def _has_open_label(run: Sequence[Paragraph]) -> bool:
    """Whether a bracket that begins like one of units is still open at the end of the run."""
    text = "".join(one.passage.text for one in run[-3:])
    found = None
    for found in _LABEL.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    if found is None:
        return text.endswith(tuple(_OPENING)) and len(run) == 1
    rest = text[found.start() :]
    return sum(rest.count(sign) for sign in _OPENING) > sum(rest.count(sign) for sign in _CLOSING)


def _is_open(run: Sequence[Paragraph]) -> bool:
    """Whether a bracket that was opened in one of the run's last lines is still open."""
    text = "".join(one.passage.text for one in run[-_OPEN_LONGEST:])
    return sum(text.count(sign) for sign in _OPENING) > sum(text.count(sign) for sign in _CLOSING)


def _is_indented(passage: Passage, text: str) -> bool:
    return passage.start > 0 and text[passage.start - 1] in _BLANKS


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
