"""Responsible parties of English plans: whole names, roles, collectives."""

import pytest

from workflow.intake.content import Passage
from workflow.intake.english.parties import read_parties


def names(cell: str) -> list[str]:
    return [party.name for party in read_parties(Passage(cell))]


@pytest.mark.parametrize(
    "name",
    [
        "Department of Health and Human Services",
        "Ministry of Culture, Youth and Sport",
        "Water and Sewer Authority",
        "Department for Business and Trade",
        "Public Works",
    ],
)
def test_an_and_inside_a_name_does_not_cut_it(name: str) -> None:
    assert names(name) == [name]


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("Department of Finance; Office of Data", ["Department of Finance", "Office of Data"]),
        ("GSA and OMB", ["GSA", "OMB"]),
        ("NARA / GSA", ["NARA", "GSA"]),
        ("Budget Office\nParks Department", ["Budget Office", "Parks Department"]),
        ("Human Resources Department and Legal Office", ["Human Resources Department", "Legal Office"]),
        (
            "Department of Education, Treasury and Office of the Mayor",
            ["Department of Education", "Treasury", "Office of the Mayor"],
        ),
    ],
)
def test_parties_are_told_apart(cell: str, parties: list[str]) -> None:
    assert names(cell) == parties


def test_labels_and_marks_say_who_leads() -> None:
    found = read_parties(Passage("Support: EPA, Parks Department; Lead: DOT"))
    assert [(one.name, one.leads, one.supports) for one in found] == [
        ("EPA", False, True),
        ("Parks Department", False, True),
        ("DOT", True, False),
    ]
    assert [one.leads for one in read_parties(Passage("Ministry of Finance, Ministry of Health (lead)"))] == [
        False,
        True,
    ]


def test_whom_one_works_with_supports() -> None:
    found = read_parties(
        Passage("Planning Department in coordination with Transit Agency and Housing Authority")
    )
    assert [(one.name, one.supports) for one in found] == [
        ("Planning Department", False),
        ("Transit Agency", True),
        ("Housing Authority", True),
    ]


def test_everybody_is_a_collective_and_others_are_open_ended() -> None:
    found = read_parties(Passage("Budget Office, all boroughs, other relevant departments"))
    assert [(one.is_collective, one.is_open) for one in found] == [
        (False, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("cell", ["", "N/A", "TBD", "—", "none"])
def test_nobody_is_nobody(cell: str) -> None:
    assert names(cell) == []


def test_a_party_keeps_its_place() -> None:
    cell = "Budget Office; Office of Data"
    assert [cell[slice(*party.passage.span)] for party in read_parties(Passage(cell))] == names(cell)
