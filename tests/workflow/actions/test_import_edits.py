"""The draft is put right: every edit, and taking the last one back."""

from typing import Any

import pytest

from tests.factories.cast import Cast
from tests.factories.imports import drafted_import, importer
from workflow.actions import import_edits as edits
from workflow.actions import import_sections as sections
from workflow.models import AuditEvent, ImportMeasure, PlanImport
from workflow.queries.imports import place_of
from workflow.rules.refusal import Conflict, Forbidden, Invalid, NotFound
from workflow.states import ImportState

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast: Cast) -> PlanImport:
    return drafted_import(cast)


def titles(row: PlanImport) -> list[list[str]]:
    """The measures' titles, section by section."""
    return [
        [str(measure) for measure in section.measures.order_by("position", "pk")]
        for section in row.sections.order_by("position", "pk")
    ]


def named(row: PlanImport, title: str) -> ImportMeasure:
    found: ImportMeasure = row.measures.get(data__title=title)
    return found


START = [["修桥", "设站"], ["装灯"]]


def test_a_changed_measure_is_kept_and_the_change_is_taken_back(cast: Cast, row: PlanImport) -> None:
    by, bridge = importer(cast), named(row, "修桥")
    edits.change_measure(row, bridge.pk, by=by, version=0, data={**bridge.data, "title": "建桥"})

    assert titles(row) == [["建桥", "设站"], ["装灯"]]
    edits.undo(row, by=by)
    assert titles(row) == START
    assert named(row, "修桥").data == bridge.data


def test_somebody_elses_change_meanwhile_is_not_overwritten(cast: Cast, row: PlanImport) -> None:
    by, bridge = importer(cast), named(row, "修桥")
    edits.change_measure(row, bridge.pk, by=by, version=0, data={**bridge.data, "title": "建桥"})

    with pytest.raises(Conflict):
        edits.change_measure(row, bridge.pk, by=by, version=0, data={**bridge.data, "title": "拆桥"})
    assert titles(row) == [["建桥", "设站"], ["装灯"]]


def _remove(row: PlanImport, **by: Any) -> None:
    edits.remove_measure(row, named(row, "修桥").pk, **by)


def _add(row: PlanImport, **by: Any) -> None:
    bridge = named(row, "修桥")
    edits.add_measure(row, bridge.section_id, data={"title": "铺路", "units": []}, after=bridge.pk, **by)


def _move(row: PlanImport, **by: Any) -> None:
    edits.move_measure(row, named(row, "设站").pk, up=True, **by)


def _place(row: PlanImport, **by: Any) -> None:
    edits.place_measure(row, named(row, "修桥").pk, section=named(row, "装灯").section_id, **by)


def _split(row: PlanImport, **by: Any) -> None:
    edits.split_measure(row, named(row, "修桥").pk, parts=({"title": "甲"}, {"title": "乙"}), **by)


def _merge(row: PlanImport, **by: Any) -> None:
    one, other = named(row, "修桥"), named(row, "设站")
    edits.merge_measure(row, one.pk, other.pk, data={"title": "修桥设站"}, **by)


def _begin(row: PlanImport, **by: Any) -> None:
    sections.begin_section(row, named(row, "设站").pk, title="驿站", **by)


def _join(row: PlanImport, **by: Any) -> None:
    sections.join_section(row, named(row, "装灯").section_id, **by)


def _drop_section(row: PlanImport, **by: Any) -> None:
    sections.remove_section(row, named(row, "修桥").section_id, **by)


def _move_section(row: PlanImport, **by: Any) -> None:
    sections.move_section(row, named(row, "装灯").section_id, up=True, **by)


def _add_section(row: PlanImport, **by: Any) -> None:
    sections.add_section(row, title="保障", **by)


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (_remove, [["设站"], ["装灯"]]),
        (_add, [["修桥", "铺路", "设站"], ["装灯"]]),
        (_move, [["设站", "修桥"], ["装灯"]]),
        (_place, [["设站"], ["装灯", "修桥"]]),
        (_split, [["甲", "乙", "设站"], ["装灯"]]),
        (_merge, [["修桥设站"], ["装灯"]]),
        (_begin, [["修桥"], ["设站"], ["装灯"]]),
        (_join, [["修桥", "设站", "装灯"]]),
        (_drop_section, [["装灯"]]),
        (_move_section, [["装灯"], ["修桥", "设站"]]),
        (_add_section, [["修桥", "设站"], ["装灯"], []]),
    ],
)
def test_every_edit_does_what_it_says_and_is_taken_back(
    cast: Cast, row: PlanImport, edit: Any, after: list[list[str]]
) -> None:
    version, lines = row.version, AuditEvent.objects.count()
    kept = {measure.pk: measure.data for measure in row.measures.all()}

    edit(row, by=importer(cast))
    assert titles(row) == after
    assert row.version == version + 1

    edits.undo(row, by=importer(cast))
    assert titles(row) == START
    assert {measure.pk: measure.data for measure in row.measures.all()} == kept
    assert AuditEvent.objects.count() == lines  # a draft leaves no line
    with pytest.raises(Conflict):
        edits.undo(row, by=importer(cast))


def test_a_measure_that_was_taken_out_and_back_is_found_by_its_lines_again(
    cast: Cast, row: PlanImport
) -> None:
    by, station = importer(cast), named(row, "设站")
    edits.remove_measure(row, station.pk, by=by)
    assert place_of(row, 5) == named(row, "修桥")

    edits.undo(row, by=by)
    assert place_of(row, 5) == named(row, "设站")


def test_so_many_measures_between_two_that_the_gap_is_used_up_keep_their_order(
    cast: Cast, row: PlanImport
) -> None:
    by, bridge = importer(cast), named(row, "修桥")
    for n in range(25):
        edits.add_measure(row, bridge.section_id, by=by, data={"title": f"第{n}"}, after=bridge.pk)

    assert titles(row)[0] == ["修桥", *(f"第{n}" for n in reversed(range(25))), "设站"]


def test_title_and_period_are_put_right_and_wrong_ones_refused(cast: Cast, row: PlanImport) -> None:
    by, end = importer(cast), row.period_end
    assert end is not None
    start = end.replace(year=2025)
    edits.change_header(row, by=by, title="新题", start=start, end=end)
    assert (row.title, row.period_start) == ("新题", start)

    for title, first in (("  ", start), ("新题", end.replace(year=2030))):
        with pytest.raises(Invalid):
            edits.change_header(row, by=by, title=title, start=first, end=end)
    edits.undo(row, by=by)
    assert row.title == "云溪区绿道方案（2026-2027年）"


def test_a_warning_is_ticked_and_unticked_by_its_number(cast: Cast, row: PlanImport) -> None:
    by = importer(cast)
    edits.tick_warning(row, by=by, number=2, is_done=True)
    assert (row.ticked, row.open_warnings) == ([2], 1)
    edits.tick_warning(row, by=by, number=2, is_done=False)
    assert row.ticked == []
    with pytest.raises(NotFound):
        edits.tick_warning(row, by=by, number=3, is_done=True)


def test_the_first_section_joins_nothing_and_the_only_one_stays(cast: Cast, row: PlanImport) -> None:
    by = importer(cast)
    with pytest.raises(Conflict):
        sections.join_section(row, named(row, "修桥").section_id, by=by)
    _join(row, by=by)
    with pytest.raises(Conflict):
        sections.remove_section(row, named(row, "修桥").section_id, by=by)


def test_nobody_else_edits_and_nothing_is_edited_after_confirmation(cast: Cast, row: PlanImport) -> None:
    with pytest.raises(Forbidden):
        _remove(row, by=cast.stranger())
    PlanImport.objects.filter(pk=row.pk).update(state=ImportState.UPLOADED)
    with pytest.raises(Conflict):
        _remove(row, by=importer(cast))
    assert titles(row) == START
