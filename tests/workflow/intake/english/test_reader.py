"""English plans: tables of milestones, labels under headings, front matter (INTAKE.md, layout 6)."""

from datetime import date
from decimal import Decimal

from workflow.intake.content import CellText, Content, ContentWriter
from workflow.intake.english.reader import EnglishPlan, is_english, read_english
from workflow.intake.reader_warnings import Caution, WarningList

HEAD = ("#", "Milestone", "Measurement", "Target date", "Responsible party")


def read(content: Content) -> tuple[EnglishPlan, list[tuple[int | None, Caution]]]:
    warnings = WarningList()
    return read_english(content, warnings), [(one.line, one.code) for one in warnings]


def table(writer: ContentWriter, *rows: tuple[str, ...]) -> None:
    writer.table([CellText.of(row) for row in rows])


def harbour() -> Content:
    writer = ContentWriter()
    writer.paragraph("Harbour City Action Plan 2024-2026", 1)
    writer.paragraph("Commitment 1: Publish what we spend", 2)
    writer.paragraph("**Lead agency:** Department of Finance")
    table(
        writer,
        HEAD,
        (
            "1.1",
            "Publish budget data",
            "At least 95 percent of lines",
            "~~March 2024~~ June 30, 2024",
            "Budget Office; Office of Data",
        ),
        HEAD,
        ("1.2", "Train staff", "Train 120 staff", "(See above)", "(See above)"),
        ("1.3", "Commission an audit", "", "Within 60 days of 1.2", ""),
    )
    writer.paragraph("Goal 2. Safer streets", 2)
    writer.paragraph("Action 2.1: Build lanes", 3)
    writer.paragraph("Responsible party: Transport Agency with all boroughs")
    writer.paragraph("Target date: Q3 2025")
    writer.paragraph("Action 2.2: Repair lights", 3)
    writer.paragraph("Responsible: Public Works")
    writer.paragraph("Deadline: Ongoing, quarterly")
    return writer.content()


def test_a_commitment_with_milestones_is_a_section_and_its_rows_are_measures() -> None:
    plan, _ = read(harbour())
    assert plan.title.text == "Harbour City Action Plan 2024-2026"
    assert [(s.number, s.title, len(s.measures)) for s in plan.sections] == [
        ("Commitment 1", "Publish what we spend", 3),
        ("Goal 2", "Safer streets", 2),
    ]


def test_a_row_gives_number_title_date_parties_and_targets() -> None:
    first = read(harbour())[0].sections[0].measures[0]
    assert (first.number, first.title, first.due) == ("1.1", "Publish budget data", date(2024, 6, 30))
    assert first.schedule == "~~March 2024~~ June 30, 2024"
    assert [(unit.text, unit.is_lead) for unit in first.units] == [
        ("Budget Office", True),
        ("Office of Data", False),
    ]
    assert [(t.comparator, t.value, t.unit) for t in first.targets] == [(">=", Decimal(95), "%")]


def test_see_above_takes_the_cell_of_the_row_above_and_blank_takes_the_commitments_lead() -> None:
    _, second, third = read(harbour())[0].sections[0].measures
    assert (second.due, [unit.text for unit in second.units]) == (
        date(2024, 6, 30),
        ["Budget Office", "Office of Data"],
    )
    assert [unit.text for unit in third.units] == ["Department of Finance"]


def test_labels_under_a_heading_make_it_a_measure() -> None:
    lanes, lights = read(harbour())[0].sections[1].measures
    assert (lanes.number, lanes.due) == ("Action 2.1", date(2025, 9, 30))
    assert [(unit.text, unit.is_lead, unit.kind) for unit in lanes.units] == [
        ("Transport Agency", True, "bureau"),
        ("all boroughs", False, "collective"),
    ]
    assert (lights.due, lights.is_ongoing, lights.cycle) == (None, True, "quarter")


def test_every_doubt_is_warned_of_at_its_line() -> None:
    content = harbour()
    _, warnings = read(content)
    lines = content.text.split("\n")
    assert [(code, lines[(line or 1) - 1].split("\t")[0]) for line, code in warnings] == [
        (Caution.SCHEDULE_REVISED, "1.1"),
        (Caution.SCHEDULE_REVISED, "1.1"),
        (Caution.DATE_RELATIVE, "1.3"),
    ]


def test_every_field_points_at_its_place() -> None:
    content = harbour()
    first = read(content)[0].sections[0].measures[0]
    assert {name: content.text[start:end] for name, (start, end) in first.spans.items()} == {
        "title": "Publish budget data",
        "text": "At least 95 percent of lines",
        "schedule": "~~March 2024~~ June 30, 2024",
        "units": "Budget Office; Office of Data",
    }


def test_front_matter_tells_of_one_commitment() -> None:
    writer = ContentWriter()
    for title, lead, when in (
        ("Open the archive", "National Archives", "2025-12-31"),
        ("Map the wells", "Water Board", "June 2026"),
    ):
        writer.paragraph(
            f'---\ntitle: "{title}"\nlead_agency: {lead}\nsupporting:\n  - Cabinet Office\ntarget_date: {when}\nstatus: open\n---\nWhat will be done.'
        )
    plan, warnings = read(writer.content())
    measures = [measure for section in plan.sections for measure in section.measures]
    assert [(m.title, m.due, [unit.text for unit in m.units], m.text) for m in measures] == [
        (
            "Open the archive",
            date(2025, 12, 31),
            ["National Archives", "Cabinet Office"],
            "What will be done.",
        ),
        ("Map the wells", date(2026, 6, 30), ["Water Board", "Cabinet Office"], "What will be done."),
    ]
    assert warnings == []


def test_a_row_without_party_or_date_is_asked_about() -> None:
    writer = ContentWriter()
    writer.paragraph("Parks Plan 2025", 1)
    table(
        writer,
        ("Action", "Owner", "Deadline"),
        ("Plant trees", "", "2025"),
        ("Fix paths", "Parks Office", ""),
        ("", "Parks Office", "2025"),
    )
    plan, warnings = read(writer.content())
    assert [measure.title for measure in plan.sections[0].measures] == ["Plant trees", "Fix paths"]
    assert sorted(warnings, key=lambda one: one[0] or 0) == [
        (3, Caution.UNITS_MISSING),
        (4, Caution.SCHEDULE_MISSING),
        (5, Caution.LINE_UNPLACED),
    ]


def test_chinese_is_not_english_even_with_some_latin_words() -> None:
    assert is_english("Publish the budget and train the staff of the whole city by June 2025.")
    assert not is_english("推进 5G 网络建设，完善 API 接口，到2025年底 HTTPS 覆盖率达到 100%。" * 3)


def test_a_label_that_names_a_commitment_begins_it_and_a_heading_that_repeats_it_adds_nothing() -> None:
    writer = ContentWriter()
    for title, lead in (("Open the archive", "National Archives"), ("Map the wells", "Water Board")):
        writer.paragraph(f"commitment: {title}\nlead_agency: {lead}\npartners:\ntarget_date: June 2026")
        writer.paragraph(title, 1)
        writer.paragraph("What will be done.")
    plan, warnings = read(writer.content())
    measures = [measure for section in plan.sections for measure in section.measures]
    assert [(m.title, [unit.text for unit in m.units], m.text) for m in measures] == [
        ("Open the archive", ["National Archives"], "What will be done."),
        ("Map the wells", ["Water Board"], "What will be done."),
    ]
    assert warnings == []
