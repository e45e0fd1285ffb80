"""One small plan, and what every format of it must be read into."""

from workflow.intake.content import Content, Paragraph, Table
from workflow.intake.formats.confined import reader_of
from workflow.intake.formats.given import content_of
from workflow.intake.formats.kinds import kind_of

TITLE = "临江区步道提升行动方案（2026—2027年）"
HEADING = "一、重点任务"
PROSE = "（一）连通滨江步道。打通断点，补齐标识，到2026年底步道连通率达到95%以上。（责任单位：区园林局、区住建局）"
PARAGRAPHS = [TITLE, HEADING, PROSE]

ROWS = [
    ["序号", "重点任务", "完成时限", "责任单位"],
    ["1", "连通步道", "2026年12月底", "区园林局、区住建局"],
    ["2", "连通步道", "持续推进", "各街道"],
    ["3", "增设驿站", "2027年6月30日", "区文旅局"],
]
MERGED_FROM, MERGED_TO, MERGED_COLUMN = 1, 2, 1
"""Rows 1 and 2 share one cell for the task, where a format has such cells."""


def paragraphs(content: Content) -> list[str]:
    return [block.passage.text for block in content.blocks if isinstance(block, Paragraph)]


def tables(content: Content) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in b.rows] for b in content.blocks if isinstance(b, Table)]


def headings(content: Content) -> list[tuple[int, str]]:
    return [(b.heading, b.passage.text) for b in content.blocks if isinstance(b, Paragraph) and b.heading]


def marks(content: Content) -> list[list[str]]:
    """The first table's marks: ^ for continued, < for spread."""
    table = next(block for block in content.blocks if isinstance(block, Table))
    return [["^" * cell.is_continued + "<" * cell.is_spread for cell in row] for row in table.rows]


def read_here(data: bytes, name: str) -> Content:
    """As the door reads a file, but in this process."""
    return content_of(reader_of(kind_of(data, name))(data))
