"""What a dry run shows."""

import json

from django.utils.translation import override

from tests.workflow.intake.greenway import LIST, NARRATIVE, line_of, read
from workflow.intake.preview import as_data, as_lines
from workflow.intake.reading import read_files


def test_the_data_have_exactly_the_published_shape() -> None:
    data = as_data(read())
    assert list(data) == ["title", "period", "sections", "warnings"]
    assert list(data["sections"][0]) == ["number", "title", "measures"]
    assert list(data["sections"][0]["measures"][0]) == [
        "number",
        "title",
        "text",
        "schedule",
        "due",
        "lead",
        "supporting",
        "collective",
        "open_ended",
        "units",
        "targets",
        "differences",
        "cycle",
        "is_ongoing",
        "valid_until",
        "milestones",
        "items",
        "spans",
    ]
    assert list(data["sections"][0]["measures"][0]["targets"][0]) == [
        "text",
        "comparator",
        "value",
        "unit",
        "due",
        "span",
    ]
    assert list(data["warnings"][0]) == ["line", "code", "message"]


def test_a_measure_is_shown_with_its_units_by_part() -> None:
    measure = as_data(read())["sections"][0]["measures"][0]
    assert measure["lead"] == "区园林局"
    assert measure["supporting"] == ["区水务局"]
    assert measure["collective"] == ["各街道"]
    assert measure["open_ended"] == ["等相关部门"]
    assert measure["units"] == ["区园林局", "区水务局", "各街道"]
    assert (measure["number"], measure["schedule"], measure["due"]) == ("1.", "2027年12月底前", "2027-12-31")
    assert [(t["comparator"], t["value"], t["unit"], t["due"]) for t in measure["targets"]] == [
        (">=", 90, "%", "2027-12-31"),
        (">", 40, "公里", "2027-12-31"),
    ]


def test_what_the_document_does_not_say_is_null() -> None:
    measure = as_data(read())["sections"][2]["measures"][1]
    assert (measure["schedule"], measure["due"], measure["targets"]) == (None, None, [])


def test_the_data_are_json() -> None:
    data = as_data(read())
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data


def test_the_summary_numbers_every_warning() -> None:
    plan = read()
    lines = as_lines(plan)
    assert lines[0] == plan.plan.title
    shown = lines[-len(plan.warnings) :]
    assert [line.split(".")[0].strip() for line in shown] == ["1", "2", "3", "4", "5"]
    assert all(warning.message in line for warning, line in zip(plan.warnings, shown, strict=True))


def test_a_warning_of_several_files_names_the_file_and_its_own_line() -> None:
    plan = read_files([("plan.txt", NARRATIVE.encode()), ("list.txt", LIST.encode())])
    line = line_of("区园林局、", LIST)
    with override("en"):
        assert any(f"list.txt, line {line}: The units of" in shown for shown in as_lines(plan))


def test_every_place_shown_holds_what_is_shown() -> None:
    plan = read()
    for measure in (measure for section in as_data(plan)["sections"] for measure in section["measures"]):
        for name in ("title", "text", "schedule"):
            if measure[name]:
                start, end = measure["spans"][name]
                assert plan.text[start:end] == measure[name]
        for part in (*measure["targets"], *measure["items"]):
            assert plan.text[slice(*part["span"])] == part["text"]
