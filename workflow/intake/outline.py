"""Numbered lines become a tree: chapters hold heads, heads hold items, each with the lines under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.intake.brackets import has_bracket, take_brackets
from workflow.intake.reader_warnings import WarningList
from workflow.intake.serials import Level, Mark, mark_of, note_gaps
from workflow.intake.source import Line

ROOT = Mark("", 0, "", 1)


@dataclass(frozen=True, slots=True)
class Block:
    """A numbered line with the lines before its first numbered child, and those children.

    The document itself is the block without a level. `lines` begins with the rest of the numbered line.
    """

    mark: Mark
    level: Level | None
    lines: tuple[Line, ...]
    children: tuple["Block", ...]

    def at(self, level: Level) -> tuple["Block", ...]:
        """The children of one level."""
        return tuple(child for child in self.children if child.level is level)

    @property
    def title(self) -> str:
        """The numbered line up to its first full stop, without its units."""
        return take_brackets(self.mark.rest)[0].partition("。")[0].strip().rstrip("：:；;")

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The block's lines and those of all its children, numbers included, in the order of the document."""
        below = (
            Line(line.number, child.mark.number + line.text) if n == 0 else line
            for child in self.children
            for n, line in enumerate(child.all_lines)
        )
        return (*self.lines, *below)

    @property
    def has_units(self) -> bool:
        """Whether responsible units are named anywhere in the block."""
        return any(has_bracket(line.text) for line in self.all_lines)


def outline_of(lines: Sequence[Line], warnings: WarningList) -> Block:
    """The document as a tree. Warns of jumps in the numbering."""
    own, children = _grown(lines, tuple(Level), warnings)
    return Block(ROOT, None, own, children)


def _grown(
    lines: Sequence[Line], levels: tuple[Level, ...], warnings: WarningList
) -> tuple[tuple[Line, ...], tuple[Block, ...]]:
    """The lines before the first numbered one, and a block for each numbered line of the highest level met."""
    if not levels:
        return tuple(lines), ()
    level, deeper = levels[0], levels[1:]
    found = [(n, mark) for n, line in enumerate(lines) if (mark := mark_of(line, level))]
    note_gaps((mark for _, mark in found), warnings)
    starts = [n for n, _ in found]
    own, before = _grown(lines[: starts[0]] if starts else lines, deeper, warnings)
    blocks = []
    for (_, mark), (start, end) in zip(found, pairwise([*starts, len(lines)]), strict=True):
        under, children = _grown(lines[start + 1 : end], deeper, warnings)
        blocks.append(Block(mark, level, (Line(mark.line, mark.rest), *under), children))
    return own, (*before, *blocks)
