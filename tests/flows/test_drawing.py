"""The drawn route: sound SVG that says the same to eyes and ears, and needs neither script nor style."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from flows.chart import stations
from flows.drawing import draw
from tests.flows.test_chart import JOINT, SINGLE, facts

SVG = "{http://www.w3.org/2000/svg}"
CASES: dict[str, dict[str, Any]] = {
    "draft": {**JOINT, "state": "draft", "shares": 0},
    "assigned": {**JOINT, "state": "assigned", "unaccepted": 4, "open_items": {"accept": 4}},
    "reported": {**JOINT, "state": "reported", "approved": 4, "open_items": {"verify": 1}},
    "closed": {**JOINT, "state": "closed", "approved": 4},
    "single": {**SINGLE, "open_items": {"fill": 1}},
    "cycles": {**JOINT, "is_evaluated": False, "cycle": 2, "cycles": 4, "open_items": {"fill": 4}},
}


def drawn(case: str, *, tall: bool) -> ElementTree.Element:
    """The drawing as a tree; it is well-formed or this raises."""
    return ElementTree.fromstring(draw(facts(**CASES[case]), tall=tall))  # noqa: S314 - our own drawing


@pytest.mark.parametrize("tall", [False, True])
@pytest.mark.parametrize("case", list(CASES))
def test_every_station_stands_in_the_drawing_by_its_name(case: str, tall: bool) -> None:
    texts = [text.text for text in drawn(case, tall=tall).iter(f"{SVG}text")]

    for station in stations(facts(**CASES[case])):
        assert station.label in texts


@pytest.mark.parametrize("tall", [False, True])
@pytest.mark.parametrize("case", list(CASES))
def test_nothing_is_drawn_outside_the_drawing(case: str, tall: bool) -> None:
    root = drawn(case, tall=tall)
    left, top, width, height = (float(n) for n in root.attrib["viewBox"].split())

    for text in root.iter(f"{SVG}text"):
        assert left <= float(text.attrib["x"]) <= left + width
        assert top <= float(text.attrib["y"]) <= top + height
    for box in root.iter(f"{SVG}rect"):
        assert left <= float(box.attrib["x"])
        assert float(box.attrib["x"]) + float(box.attrib["width"]) <= left + width + 1
        assert top <= float(box.attrib["y"])


@pytest.mark.parametrize("tall", [False, True])
def test_the_drawing_has_a_title_and_a_description_tied_to_it(tall: bool) -> None:
    with override("en"):
        root = drawn("reported", tall=tall)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert title is not None
    assert description is not None
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert "Verify: here now" in str(description.text)


def test_both_shapes_on_one_page_share_no_id() -> None:
    both = draw(facts(), tall=False) + draw(facts(), tall=True)
    ids = re.findall(r'\bid="([^"]+)"', both)

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("tall", [False, True])
def test_the_drawing_brings_no_script_and_no_style(tall: bool) -> None:
    drawing = draw(facts(), tall=tall)

    assert not re.search(r"<script|<style|\bstyle=|\bon\w+=|href=", drawing)


def test_a_standing_is_a_mark_as_well_as_a_colour() -> None:
    with override("en"):
        drawing = draw(facts(**CASES["reported"]))

    assert "● here now" in drawing
    assert drawing.count("✓") == len(
        [s for s in stations(facts(**CASES["reported"])) if s.standing == "done"]
    )


def test_only_a_measure_of_several_cycles_shows_the_way_to_the_next() -> None:
    with override("en"):
        assert "cycle closed, next cycle" in draw(facts(**CASES["cycles"]))
        assert "cycle closed, next cycle" not in draw(facts(**CASES["reported"]))


def test_a_code_cannot_break_out_of_the_drawing() -> None:
    assert "<b>" not in draw(facts(code='"><b>'))
