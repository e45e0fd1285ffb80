"""Drafts: kept for the post, with all who typed in them, until the step is carried out."""

import re

import pytest

from flows.work import hand_over
from tests.factories.road import open_item
from tests.workflow.pages.stage import Stage, address, decide, see_work
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Draft, Report, Share

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def share(stage: Stage) -> Share:
    """A share whose report is being written by the lead's first handler."""
    return stage.road.accept(stage.share(stage.joint(targets=())))


def test_what_is_typed_is_kept_and_stands_in_the_form_again(stage: Stage, share: Share) -> None:
    person = stage.post(share)

    answer = Visitor(person).client.post(
        f"/work/{'/'.join(map(str, address(share)))}/draft/", {"progress": "写到一半"}, headers=HTMX
    )

    assert answer.status_code == 200
    assert "Draft saved at 09:00" in words(answer)
    assert "写到一半</textarea>" in words(see_work(person, share))


def test_without_a_script_saving_a_draft_leads_back_to_the_form(stage: Stage, share: Share) -> None:
    answer = Visitor(stage.post(share)).send("ledger:save-draft", *address(share), progress="写到一半")

    assert answer.status_code == 302
    assert Draft.objects.get().data["progress"] == "写到一半"


def test_only_fields_of_the_form_are_kept(stage: Stage, share: Share) -> None:
    Visitor(stage.post(share)).send(
        "ledger:save-draft", *address(share), progress="甲", decision="submit", x="y"
    )

    assert set(Draft.objects.get().data) == {"progress", "problems", "needs_coordination", "next_steps"}


def test_who_typed_before_is_named_and_counts_as_an_author(stage: Stage, share: Share) -> None:
    first, second = stage.cast.handler(stage.lead), stage.cast.handler(stage.lead, 2)
    Visitor(first).send("ledger:save-draft", *address(share), progress="甲")
    hand_over(open_item(share), to=second, by=stage.cast.head(stage.lead))

    page = words(see_work(second, share))
    decide(second, share, "submit", progress="乙")

    assert f"Also typed in by {first.name}." in page
    assert Report.objects.get().touched_by == sorted([first.pk, second.pk])
    assert not Draft.objects.exists()


def test_nobody_types_in_a_draft_that_is_on_anothers_desk(stage: Stage, share: Share) -> None:
    for person in (stage.cast.handler(stage.lead, 2), stage.cast.head(stage.lead)):
        answer = Visitor(person).send("ledger:save-draft", *address(share), progress="乙")

        assert answer.status_code == 409
        assert stage.cast.handler(stage.lead).name in words(answer)
    assert not Draft.objects.exists()


def test_a_step_without_a_form_to_write_keeps_no_draft(stage: Stage) -> None:
    share = stage.share(stage.joint())

    answer = Visitor(stage.post(share)).send("ledger:save-draft", *address(share), progress="甲")

    assert answer.status_code == 409
    assert not Draft.objects.exists()


def test_who_was_signed_out_is_told_on_the_page_that_nothing_was_kept(stage: Stage, share: Share) -> None:
    where = f"/work/{'/'.join(map(str, address(share)))}/draft/"

    answer = Visitor(None).client.post(where, {"progress": "甲"}, headers=HTMX)

    assert answer.status_code == 401
    assert answer["HX-Retarget"] == "#flash"
    assert "signed out" in words(answer)
    assert not Draft.objects.exists()


def test_the_several_choices_of_a_draft_are_all_kept(stage: Stage) -> None:
    measure = stage.road.report(stage.joint())

    Visitor(stage.post(measure)).send(
        "ledger:save-draft", *address(measure), checklist=["facts", "tasks"], opinion="尚待核对"
    )

    assert Draft.objects.get().data["checklist"] == ["facts", "tasks"]
    page = words(see_work(stage.post(measure), measure))
    assert len(re.findall(r"<input[^>]* checked", page)) == 2
