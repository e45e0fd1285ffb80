"""The same measures, whatever layout they are published in, are read the same."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.structure.built import content, measures
from workflow.intake.content import Content
from workflow.intake.document import read_document

TITLE = "柳堤区2026年河道整治方案"
THINGS = ("北河", "南河", "东堤", "西闸", "滨水步道", "亲水平台", "雨水泵站", "排污口", "蓄水池", "护坡")
VERBS = ("疏浚", "修缮", "新建", "整治", "排查", "加固")
UNITS = (
    "区水务局",
    "区财政局",
    "区园林局",
    "区住房城乡建设委",
    "区文化和旅游局",
    "区发展改革委",
    "公安分局",
    "各街道",
)
SCHEDULES = {
    "2026年6月底前": "2026-06-30",
    "9月底": "2026-09-30",
    "2026年12月": "2026-12-31",
    "三季度末": "2026-09-30",
    "持续推进": "None",
    "2026年11月15日前": "2026-11-15",
}


@dataclass(frozen=True)
class Told:
    """A measure as a plan tells it."""

    title: str
    text: str
    units: tuple[str, ...]
    schedule: str


def plans() -> st.SearchStrategy[list[Told]]:
    """Two to twelve measures of different titles, each led by a bureau."""
    titles = st.lists(
        st.tuples(st.sampled_from(VERBS), st.sampled_from(THINGS)).map("".join),
        min_size=2,
        max_size=12,
        unique=True,
    )
    units = st.lists(st.sampled_from(UNITS), min_size=1, max_size=4, unique=True).filter(
        lambda names: names[0] != "各街道"
    )
    rest = st.tuples(
        st.sampled_from(["逐段查明情况，先急后缓。", "随查随改。"]), units, st.sampled_from(sorted(SCHEDULES))
    )
    return titles.flatmap(
        lambda names: st.tuples(*(rest for _ in names)).map(
            lambda parts: [
                Told(name, text, tuple(named), schedule)
                for name, (text, named, schedule) in zip(names, parts, strict=True)
            ]
        )
    )


def as_table(plan: list[Told]) -> Content:
    rows = [(str(n), f"{m.title}。{m.text}", m.schedule, "、".join(m.units)) for n, m in enumerate(plan, 1)]
    return content(TITLE, [("序号", "工作任务", "完成时限", "责任单位"), *rows])


def as_two_columns_of_units(plan: list[Told]) -> Content:
    rows = [(m.schedule, m.units[0], "、".join(m.units[1:]), f"{m.title}。{m.text}") for m in plan]
    return content(TITLE, [("时间安排", "牵头单位", "配合单位", "主要举措"), *rows])


def as_cells_on_lines(plan: list[Told]) -> Content:
    cells = [part for m in plan for part in (f"{m.title}。{m.text}", m.schedule, "、".join(m.units))]
    return content(TITLE, "主要任务", "进度安排", "责任单位", *cells)


def as_numbered_cells_on_lines(plan: list[Told]) -> Content:
    cells = [
        part for n, m in enumerate(plan, 1) for part in (str(n), m.title, m.schedule, "、".join(m.units))
    ]
    return content(TITLE, "序号", "主要任务", "进度安排", "责任单位", *cells)


def as_rows_on_lines(plan: list[Told]) -> Content:
    rows = (f"{n} {m.title}。 {m.schedule} {'、'.join(m.units)}" for n, m in enumerate(plan, 1))
    return content(TITLE, "序号 工作任务 完成时限 责任单位", *rows)


def as_narrative(plan: list[Told]) -> Content:
    items = (
        f"{n}.{m.title}。{m.text}（责任单位：{'、'.join(m.units)}；完成时限：{m.schedule}）"
        for n, m in enumerate(plan, 1)
    )
    return content(TITLE, "一、总体要求", "坚持治水。", "二、主要任务", *items)


def as_cut_narrative(plan: list[Told]) -> Content:
    """The narrative as pages of 32 signs a line have it, a page mark after every tenth."""
    lines: list[str] = []
    for paragraph in as_narrative(plan).passages:
        text = paragraph.text
        lines += [text[n : n + 32] for n in range(0, len(text), 32)]
    marked = [
        part
        for n, line in enumerate(lines, 1)
        for part in ([line, f"— {n // 10} —"] if n % 10 == 0 else [line])
    ]
    return content(*marked, is_wrapped=True)


LAYOUTS = (
    as_table,
    as_two_columns_of_units,
    as_cells_on_lines,
    as_numbered_cells_on_lines,
    as_rows_on_lines,
    as_narrative,
    as_cut_narrative,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(plans(), st.sampled_from(LAYOUTS))
def test_what_is_read_does_not_depend_on_the_layout(plan: list[Told], layout: object) -> None:
    assert callable(layout)
    read = measures(read_document([layout(plan)], ["plan.txt"]))
    assert [measure.title for measure in read] == [told.title for told in plan]
    for told, measure in zip(plan, read, strict=True):
        assert tuple(unit.text for unit in measure.units) == told.units
        assert [unit.text for unit in measure.units if unit.is_lead] == [told.units[0]]
        assert (measure.schedule, str(measure.due)) == (told.schedule, SCHEDULES[told.schedule])
        assert measure.is_ongoing is (told.schedule == "持续推进")
