"""Ledger files: exact, with errors that name the place."""

import copy
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.workflow.intake.greenway import measures, units, warned
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.ledger_file import read_ledger_file
from workflow.intake.plan_read import PlanRead
from workflow.intake.reader_warnings import Caution

LEDGER: dict[str, Any] = {
    "code": "LD",
    "title": "河湾区绿道建设行动方案（2026-2028年）",
    "period": "2026-2028年",
    "sections": [
        {
            "number": "（一）",
            "title": "实施绿道贯通行动",
            "measures": [
                {
                    "number": "1.",
                    "title": "打通沿河断点",
                    "description": "先拆围挡，再架桥。",
                    "schedule": "持续推进",
                    "due": "2027-12-31",
                    "units": ["区园林局", "区水务局", "各街道"],
                    "open_ended": ["等相关部门"],
                    "targets": [
                        {
                            "text": "减少断点",
                            "comparator": ">=",
                            "value": 90.5,
                            "unit": "%",
                            "due": "2027-12-31",
                        },
                        {"text": "全线贯通", "comparator": "=", "value": None, "unit": "", "due": None},
                    ],
                },
                {"number": "2.", "title": "修补破损路面", "units": ["区园林局"]},
            ],
        }
    ],
}


def ledger(**changes: Any) -> PlanRead:
    return read_ledger_file(json.dumps({**LEDGER, **changes}, ensure_ascii=False), "greenway.json")


def first_measure(data: dict[str, Any]) -> dict[str, Any]:
    return data["sections"][0]["measures"][0]


def test_a_ledger_file_is_read_in_full() -> None:
    plan = ledger()
    assert (plan.code, plan.period, plan.plan.title) == ("LD", "2026-2028年", LEDGER["title"])
    assert (plan.plan.period_start, plan.plan.period_end) == (date(2026, 1, 1), date(2028, 12, 31))
    measure = measures(plan)["打通沿河断点"]
    assert (measure.number, measure.text, measure.schedule) == ("1.", "先拆围挡，再架桥。", "持续推进")
    assert measure.due == date(2027, 12, 31)
    assert units(measure) == ["*区园林局", "区水务局", "各街道", "等相关部门"]
    assert [(t.text, t.comparator, t.value, t.unit, t.due) for t in measure.targets] == [
        ("减少断点", ">=", Decimal("90.5"), "%", date(2027, 12, 31)),
        ("全线贯通", "=", None, "", None),
    ]


def test_what_a_measure_leaves_out_is_empty() -> None:
    measure = measures(ledger())["修补破损路面"]
    assert (measure.text, measure.schedule, measure.due, list(measure.targets)) == ("", "", None, [])


def test_an_open_ended_phrase_is_warned_of() -> None:
    assert [w.params for w in warned(ledger(), Caution.UNIT_OPEN_ENDED)] == [{"unit": "等相关部门"}]


def test_a_period_of_one_year_twice_is_warned_of() -> None:
    plan = ledger(period="2027-2027年")
    assert plan.plan.period_start == date(2027, 1, 1)
    assert len(warned(plan, Caution.PERIOD_EQUAL)) == 1


def test_a_due_date_outside_the_period_is_warned_of() -> None:
    assert len(warned(ledger(period="2026年"), Caution.DUE_OUTSIDE_PERIOD)) == 1


def test_the_hash_is_that_of_the_facts_and_not_of_their_form() -> None:
    turned = dict(reversed(LEDGER.items()))
    form = read_ledger_file(json.dumps(turned, indent=4), "other.json")
    assert form.plan.source_hash == ledger().plan.source_hash
    assert ledger(code="LX").plan.source_hash != ledger().plan.source_hash


MEASURE = "sections[0].measures[0]"
WRONG: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ("title", lambda data: data.update(title="")),
    ("title", lambda data: data.update(title=7)),
    ("title", lambda data: data.update(title="绿" * 201)),
    ("title", lambda data: data.update(title="绿\x00道")),
    ("title", lambda data: data.update(title="绿\ud800道")),
    ("code", lambda data: data.update(code="ABCDEFGHI")),
    ("period", lambda data: data.update(period="三年")),
    ("sections", lambda data: data.update(sections=[])),
    ("sections", lambda data: data.update(sections={})),
    ("sections[0]", lambda data: data.update(sections=["实施"])),
    ("sections[0]", lambda data: data["sections"][0].pop("title")),
    ("sections[0].measures", lambda data: data["sections"][0].update(measures=None)),
    (MEASURE, lambda data: first_measure(data).pop("units")),
    (MEASURE, lambda data: first_measure(data).update(unit=[])),
    (f"{MEASURE}.units", lambda data: first_measure(data).update(units=[])),
    (f"{MEASURE}.units", lambda data: first_measure(data).update(units="区园林局")),
    (f"{MEASURE}.units[0]", lambda data: first_measure(data).update(units=["各街道"])),
    (f"{MEASURE}.units[1]", lambda data: first_measure(data).update(units=["区园林局", "等相关部门"])),
    (f"{MEASURE}.units[1]", lambda data: first_measure(data).update(units=["区园林局", "区园林局"])),
    (f"{MEASURE}.units[1]", lambda data: first_measure(data).update(units=["区园林局", None])),
    (f"{MEASURE}.due", lambda data: first_measure(data).update(due="2027-02-30")),
    (f"{MEASURE}.due", lambda data: first_measure(data).update(due="2027")),
    (f"{MEASURE}.due", lambda data: first_measure(data).update(due=2027)),
    (f"{MEASURE}.targets[0]", lambda data: first_measure(data)["targets"][0].pop("due")),
    (
        f"{MEASURE}.targets[0].comparator",
        lambda data: first_measure(data)["targets"][0].update(comparator="≥"),
    ),
    (
        f"{MEASURE}.targets[0].comparator",
        lambda data: first_measure(data)["targets"][0].update(comparator=[]),
    ),
    (f"{MEASURE}.targets[0].value", lambda data: first_measure(data)["targets"][0].update(value="90")),
    (f"{MEASURE}.targets[0].value", lambda data: first_measure(data)["targets"][0].update(value=True)),
    (f"{MEASURE}.targets[0].value", lambda data: first_measure(data)["targets"][0].update(value=10**12)),
    (f"{MEASURE}.targets[0].value", lambda data: first_measure(data)["targets"][0].update(value=0.00001)),
]


@pytest.mark.parametrize(("place", "spoil"), WRONG)
def test_a_wrong_value_is_refused_with_its_place(place: str, spoil: Callable[[dict[str, Any]], Any]) -> None:
    data = copy.deepcopy(LEDGER)
    spoil(data)
    with pytest.raises(IntakeError) as refused:
        read_ledger_file(json.dumps(data), "greenway.json")
    assert refused.value.fault is Fault.LEDGER_PLACE
    assert refused.value.params["place"] == place
    assert refused.value.params["why"]


@pytest.mark.parametrize("text", ["[]", "7", '"绿道"', "null"])
def test_a_file_that_holds_no_object_is_refused(text: str) -> None:
    with pytest.raises(IntakeError) as refused:
        read_ledger_file(text, "greenway.json")
    assert refused.value.fault is Fault.LEDGER_PLACE


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"title": }',
        "绿道",
        '{"value": NaN}',
        '{"title": "甲", "title": "乙"}',
        "[" * 100_000,
        '{"value": 1e99999999999999999999}',
        '{"value": ' + "9" * 5000 + "}",
    ],
    ids=["cut", "no value", "prose", "NaN", "key twice", "deep", "exponent", "digits"],
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(IntakeError) as refused:
        read_ledger_file(text, "greenway.json")
    assert refused.value.fault is Fault.NOT_JSON


def test_the_error_names_line_and_column() -> None:
    with pytest.raises(IntakeError) as refused:
        read_ledger_file('{\n "title": ,\n}', "greenway.json")
    assert (refused.value.params["line"], refused.value.params["column"]) == (2, 11)
