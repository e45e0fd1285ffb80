"""A measure as read goes into JSON and comes back the same, whatever stands in it."""

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.imports import bridge
from workflow.actions.plan_input import (
    ActionItemInput,
    MeasureInput,
    MilestoneInput,
    TargetInput,
    UnitInput,
)
from workflow.intake.draft import measure_data, measure_input

TEXT = st.text(max_size=20)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SPANS = st.none() | st.tuples(st.integers(0, 999), st.integers(0, 999))
NUMBERS = st.none() | st.decimals(-(10**9), 10**9, places=4, allow_nan=False)
UNITS = st.builds(UnitInput, TEXT, TEXT, st.booleans(), TEXT, TEXT, TEXT, SPANS)
MEASURES = st.builds(
    MeasureInput,
    title=TEXT,
    number=TEXT,
    text=TEXT,
    schedule=TEXT,
    due=st.none() | DAYS,
    line=st.none() | st.integers(1, 9999),
    units=st.lists(UNITS, max_size=3),
    targets=st.lists(st.builds(TargetInput, TEXT, TEXT, NUMBERS, TEXT, st.none() | DAYS, SPANS), max_size=3),
    differences=st.lists(st.dictionaries(TEXT, TEXT, max_size=2), max_size=2),
    is_ongoing=st.booleans(),
    cycle=TEXT,
    valid_until=st.none() | DAYS,
    milestones=st.lists(st.builds(MilestoneInput, TEXT, DAYS, SPANS), max_size=3),
    items=st.lists(st.builds(ActionItemInput, TEXT, SPANS), max_size=3),
    spans=st.dictionaries(TEXT, st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3),
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(MEASURES)
def test_every_measure_comes_back_as_it_was(measure: MeasureInput) -> None:
    assert measure_input(json.loads(json.dumps(measure_data(measure)))) == measure


def test_every_field_is_kept() -> None:
    data = measure_data(bridge())
    assert set(data) == {field.name for field in fields(MeasureInput)}
    assert set(data["units"][0]) == {field.name for field in fields(UnitInput)}


def test_days_numbers_and_places_have_their_types_again() -> None:
    measure: Any = measure_input(json.loads(json.dumps(measure_data(bridge()))))
    assert isinstance(measure.due, date)
    assert measure.targets[0].value == Decimal(3)
    assert measure.spans["text"] == (24, 38)
    assert measure.items[1].span == (31, 37)


def test_data_of_an_older_reader_without_a_newer_field_is_read() -> None:
    data = measure_data(bridge())
    del data["valid_until"]
    assert measure_data(measure_input({**data, "of_another_time": 1})) == measure_data(bridge())
