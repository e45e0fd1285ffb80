"""The grade of evidence at the verification: one click confirms it, another grade can be given, both are shown."""

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import User
from flows.work import claim
from tests.factories.cast import join
from tests.factories.road import open_item
from tests.workflow.pages.stage import Stage, address, decide, see_work
from tests.workflow.pages.visits import Visitor, told, words
from workflow.actions.evidence import add_evidence
from workflow.models import Evidence, Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(stage: Stage) -> Measure:
    """Reported, with one file that its uploader holds for a sealed document."""
    measure = stage.joint()
    stage.road.accept_all(measure)
    share = stage.share(measure)
    content = ContentFile(b"list", name="名单.csv")
    add_evidence(share, by=stage.post(share), name="名单.csv", content=content, grade="B")
    return stage.road.report(measure)


def place(measure: Measure) -> str:
    """Where the grade of the one file is confirmed."""
    return reverse("ledger:confirm-grade", args=[*address(measure), Evidence.objects.get().pk])


def confirm(person: User, measure: Measure, grade: str, **more: str) -> HttpResponse:
    """The answer to a grade sent from the page."""
    return Visitor(person).client.post(place(measure), {"grade": grade}, **more)  # type: ignore[arg-type]


def test_the_proposed_grade_stands_ready_to_be_confirmed(stage: Stage, measure: Measure) -> None:
    page = words(see_work(stage.post(measure), measure))

    assert f'action="{place(measure)}"' in page
    assert '<option value="B" selected>' in page
    assert "Confirm the grade" in page
    assert "grade confirmed" not in page


def test_a_confirmed_grade_is_shown_beside_the_one_that_was_proposed(stage: Stage, measure: Measure) -> None:
    person = stage.post(measure)

    answer = confirm(person, measure, "C", follow=True)  # type: ignore[arg-type]

    assert told(answer) == ["Grade confirmed: 名单.csv."]
    page = words(see_work(person, measure))
    assert "grade confirmed" in page
    assert "proposed as B" in page
    assert '<option value="C" selected>' in page
    assert "Change the grade" in page


def test_a_script_gets_the_file_alone_as_it_is_listed_now(stage: Stage, measure: Measure) -> None:
    answer = confirm(stage.post(measure), measure, "B", headers={"HX-Request": "true"})  # type: ignore[arg-type]

    assert answer.status_code == 200
    assert words(answer).lstrip().startswith('<li class="file">')
    assert "grade confirmed" in words(answer)
    assert "proposed as" not in words(answer)


def test_later_readers_see_the_grade_and_cannot_change_it(stage: Stage, measure: Measure) -> None:
    confirm(stage.post(measure), measure, "A")
    approver, handler = stage.cast.approver(measure.plan), stage.cast.handler(stage.lead)

    for person in (approver, handler):
        page = words(Visitor(person).see("ledger:measure-detail", measure.code))
        assert "proposed as B" in page
        assert "/grade/" not in page
        assert confirm(person, measure, "C").status_code == 404
    assert Evidence.objects.get().grade_confirmed == "A"


def test_rule_2_is_told_and_no_grade_offered(stage: Stage, measure: Measure) -> None:
    member = stage.cast.supervisor(measure.plan, n=2)
    join(member, stage.support)

    assert "/grade/" not in words(see_work(member, measure))
    answer = confirm(member, measure, "C")
    assert answer.status_code == 403
    assert "Nobody verifies a measure in which a bureau they belong to has a share." in words(answer)


def test_who_does_not_hold_the_verification_is_offered_no_grade(stage: Stage, measure: Measure) -> None:
    claim(open_item(measure), by=stage.cast.supervisor(measure.plan))
    other = stage.cast.supervisor(measure.plan, n=2)

    assert "/grade/" not in words(see_work(other, measure))
    assert confirm(other, measure, "C").status_code == 409


def test_a_grade_that_there_is_not_is_refused_with_a_sentence(stage: Stage, measure: Measure) -> None:
    answer = confirm(stage.post(measure), measure, "Z")

    assert answer.status_code == 422
    assert "Choose the grade of the evidence: A, B or C." in words(answer)


def test_a_file_of_another_measure_is_not_graded_through_this_one(stage: Stage, measure: Measure) -> None:
    other = stage.road.report(stage.joint())
    where = reverse("ledger:confirm-grade", args=[*address(other), Evidence.objects.get().pk])

    answer = Visitor(stage.post(other)).client.post(where, {"grade": "A"})

    assert answer.status_code == 404


def test_a_step_that_is_no_verification_takes_no_grade(stage: Stage, measure: Measure) -> None:
    evidence = Evidence.objects.get()
    decide(stage.post(measure), measure, "rework", shares=[stage.share(measure).pk], reason="补充")
    share = stage.share(measure)
    where = reverse("ledger:confirm-grade", args=[*address(share), evidence.pk])

    assert Visitor(stage.post(share)).client.post(where, {"grade": "A"}).status_code == 409


def test_a_file_sent_with_an_earlier_version_is_graded_once_in_the_list_of_the_cycle(
    stage: Stage, measure: Measure
) -> None:
    decide(stage.post(measure), measure, "rework", shares=[stage.share(measure).pk], reason="补充")
    stage.road.report(measure)

    page = words(see_work(stage.post(measure), measure))

    assert page.count(f'action="{place(measure)}"') == 1
