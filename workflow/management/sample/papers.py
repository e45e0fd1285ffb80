"""Small real files that stand behind the sample's reports: tables as CSV, records and notices as text."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from workflow.management.sample.diary import drawn

PLACES = (
    "实验小学",
    "文昌小学",
    "临江小学",
    "望湖路小学",
    "松林小学",
    "第一中学",
    "第四中学",
    "新城实验学校",
    "桥北中学",
    "职业中等专业学校",
)
KINDS = {"csv": "text/csv", "txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file: its name, content, media type and the grade its uploader proposes."""

    name: str
    content: bytes
    content_type: str
    grade: str


def paper(line: str, *, bureau: str, measure: str, day: date, text: str) -> Paper:
    """The file that `line` ("A 名单.csv") names, about what `bureau` did in `measure` by `day`."""
    grade, name = line.split(" ", 1)
    stem, kind = name.rsplit(".", 1)
    written = _table(stem, bureau, day) if kind == "csv" else _record(stem, bureau, measure, day, text)
    return Paper(name, written.encode("utf-8-sig"), KINDS[kind], grade)


def _table(title: str, bureau: str, day: date) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["序号", "单位", "应完成", "已完成", "完成率", "统计日期"])
    for number, place in enumerate(PLACES, start=1):
        due = 12 + drawn(f"{title}{bureau}{place}", 40)
        done = due - drawn(f"{place}{day}{title}", 3)
        rows.writerow([number, place, due, done, f"{done / due:.1%}", day.isoformat()])
    return out.getvalue()


def _record(title: str, bureau: str, measure: str, day: date, text: str) -> str:
    return (
        f"{title}\n\n"
        f"单位：{bureau}\n"
        f"举措：{measure}\n"
        f"日期：{day.year}年{day.month}月{day.day}日\n\n"
        f"{text}\n\n"
        f"（{bureau} 存档）\n"
    )
