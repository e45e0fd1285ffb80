"""Markdown: headings with their rank, pipe tables, front matter; marks of emphasis go, struck text keeps its marks."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from workflow.intake.formats.given import GivenBlock, GivenParagraph
from workflow.intake.formats.line_tables import blocks_of
from workflow.intake.formats.plain_text import LINE_END

_HEADING = re.compile(r" {0,3}(#{1,6})(?!#)(.*)")
_HEADING_END = re.compile(r"(?:^|(?<=[ \t]))#+$")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|(-+))[ \t]*")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})[^`]*")
_THEMATIC = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:_ *){3,}|(?:- *){3,})")
_LEAD = re.compile(r"^\s*(?:>\s?)*(?:[-*+•](?:[ \t]+|$))?(?:\[[ xX]\][ \t]+)?")
_BREAK = re.compile(r"<br\s*/?>|\\$|(?<=\S) {2,}$", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|b|i|u|em|strong|font|center|sup|sub|a|small|mark)\b[^<>]{0,300}>", re.IGNORECASE
)
_STRUCK_TAG = re.compile(r"</?(?:del|s|strike)>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\]\[]{0,300})\]\([^()\s]{0,500}(?:\s+\"[^\"]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\]\[]{1,500})\]\([^()\s]{0,500}(?:\s+\"[^\"]{0,300}\")?\)")
_CODE = re.compile(r"(?<!`)(`{1,2})([^`]{1,500})\1(?!`)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")
_NOT_BEFORE, _NOT_AFTER = r"(?<![\w*\\])", r"(?![\w*])"
_STRONG = re.compile(rf"{_NOT_BEFORE}(\*\*\*|\*\*|__)(?=[^\s*_])([^*_]*?[^\s*_、，,\\])\1{_NOT_AFTER}")
_STRONG_LEAD = re.compile(r"^([\s\d.．、（）()一二三四五六七八九十]*)\*\*([^*]+[。：:.])\*\*")
_LIGHT = re.compile(rf"{_NOT_BEFORE}([*_])(?=[^\s*_])([^*_]*?[^\s*_、，,\\])\1{_NOT_AFTER}")
_GOES_ON = re.compile(r"[a-z(\"“‘]")
_LATIN_LONGEST = 50


def read_markdown(text: str) -> Iterator[GivenBlock]:
    """The blocks of a Markdown text; lines keep their numbers but for those that are put together."""
    lines = LINE_END.split(_without_comments(text))
    matter = _front_matter(lines)
    if matter:
        yield GivenParagraph("")
        yield from (GivenParagraph(line) for line in lines[1 : matter - 1])
        yield GivenParagraph("")
    body = [_unfenced(line) for line in lines[matter:]]
    at = 0
    for end in [*_heading_places(body), len(body)]:
        yield from blocks_of(_unwrapped(body[at:end]), _plain_line, _plain)
        at = end
        if end < len(body):
            heading, length = _heading(body, end) or ("", 1)
            rank = _rank(body, end)
            yield GivenParagraph(heading, rank)
            yield from [GivenParagraph("")] * (length - 1)
            at += length


def _without_comments(text: str) -> str:
    """The text without its comments; their lines are still counted."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept += [text[at:start], "\n" * len(LINE_END.findall(text, start, end))]
        at = end + 3
    return "".join([*kept, text[at:]])


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines the front matter takes; 0 where there is none."""
    if not lines or lines[0].lstrip("\ufeff").rstrip() != "---":
        return 0
    ends = (n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "..."))
    return next(ends, -1) + 1


def _unfenced(line: str) -> str:
    return (
        "" if _FENCE.fullmatch(line) or (_THEMATIC.fullmatch(line) and not set(line) <= {"-", " "}) else line
    )


def _heading_places(lines: Sequence[str]) -> list[int]:
    return [n for n in range(len(lines)) if _heading(lines, n)]


def _heading(lines: Sequence[str], at: int) -> tuple[str, int] | None:
    """The heading at a line and how many lines it takes."""
    if found := _HEADING.fullmatch(lines[at]):
        return _plain(_HEADING_END.sub("", found[2].strip()).strip()), 1
    is_text = bool(lines[at].strip()) and "|" not in lines[at] and not _UNDERLINE.fullmatch(lines[at])
    if (
        is_text
        and at + 1 < len(lines)
        and len(lines[at + 1].strip()) > 1
        and _UNDERLINE.fullmatch(lines[at + 1])
    ):
        return _plain(lines[at]), 2
    return None


def _rank(lines: Sequence[str], at: int) -> int:
    if found := _HEADING.fullmatch(lines[at]):
        return len(found[1])
    return 1 if lines[at + 1].lstrip().startswith("=") else 2


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Lines of Latin prose that were wrapped at a width are one again, with blank lines behind it."""
    out: list[str] = []
    behind = 0
    for line in lines:
        stripped = line.strip()
        before = out[-1].rstrip() if out else ""
        if stripped and _goes_on(before, stripped) and not line.startswith((" ", "\t")):
            out[-1] = f"{before} {stripped}"
            behind += 1
            continue
        out += [""] * behind
        behind = 0
        out.append("" if _THEMATIC.fullmatch(line) else line)
    return out + [""] * behind


def _goes_on(before: str, line: str) -> bool:
    is_long_latin = len(before) >= _LATIN_LONGEST and before.isascii() and "|" not in before
    return is_long_latin and not before.endswith((":", ".", "\\")) and _GOES_ON.match(line) is not None


def _plain_line(line: str) -> str:
    return _plain(_LEAD.sub("", line, count=1))


def _plain(text: str) -> str:
    """The text without the marks of Markdown; ~~ stays, and so does a ** that marks nothing (区**局)."""
    text = _STRUCK_TAG.sub("~~", _TAG.sub("", _BREAK.sub("\n", text)))
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _STRONG_LEAD.sub(r"\1\2", text)
    text = _LIGHT.sub(r"\2", _STRONG.sub(r"\2", text))
    return unescape(_ESCAPE.sub(r"\1", _CODE.sub(r"\2", text))).rstrip()
